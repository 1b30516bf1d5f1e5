// How each kind of row lies in its table: the columns and, in the same order, the members.
#pragma once

#include <tuple>
#include <utility>

#include "service/store/connection.h"

namespace samrad::store {

// A date or none. None is kept as what sorts behind every date.
inline constexpr std::string_view due_none = "~";
template <class Text>
struct Due {
  Text& date;
};
template <class Text>
Due(Text&) -> Due<Text>;

// Bytes that need not be text.
template <class Text>
struct Blob {
  Text& bytes;
};
template <class Text>
Blob(Text&) -> Blob<Text>;

// References to what has a name, and what has none by value.
template <class... T>
std::tuple<T...> members(T&&... each) {
  return {std::forward<T>(each)...};
}

template <class Row>
struct Table;

template <>
struct Table<Agreement> {
  static constexpr std::string_view name = "agreement";
  static constexpr std::string_view columns =
      "no, id, title, zone, created, created_by, closed, version";
  static auto of(auto& r) {
    return members(r.no, r.id, r.title, r.zone, r.created, r.created_by, r.closed, r.version);
  }
};

template <>
struct Table<RuleVersion> {
  static constexpr std::string_view name = "rule_version";
  static constexpr std::string_view columns =
      "agreement, version, recorded, by, in_force_from, content, program_hash";
  static auto of(auto& r) {
    return members(r.agreement, r.version, r.recorded, r.by, r.in_force_from, r.content,
                   r.program_hash);
  }
};

template <>
struct Table<Event> {
  static constexpr std::string_view name = "event";
  static constexpr std::string_view columns =
      "agreement, sequence, source, id, type, subject, day, recorded, by, bytes";
  static auto of(auto& r) {
    return members(r.agreement, r.sequence, r.source, r.id, r.type, r.subject, r.day, r.recorded,
                   r.by, Blob{r.bytes});
  }
};

template <>
struct Table<Finding> {
  static constexpr std::string_view name = "finding";
  static constexpr std::string_view columns =
      "no, agreement, sequence, occurrence, clause, before, after, due, due_at, noticed";
  static auto of(auto& r) {
    return members(r.no, r.agreement, r.sequence, r.occurrence, r.clause, r.before, r.after, r.due,
                   r.due_at, r.noticed);
  }
};

template <>
struct Table<Verdict> {
  static constexpr std::string_view name = "verdict";
  static constexpr std::string_view columns =
      "agreement, occurrence, clause, owners, status, severity, opens, due, settled, firm";
  static auto of(auto& r) {
    return members(r.agreement, r.occurrence, r.clause, r.owners, r.status, r.severity, r.opens,
                   Due{r.due}, r.settled, r.firm);
  }
};

template <>
struct Table<Snapshot> {
  static constexpr std::string_view name = "snapshot";
  static constexpr std::string_view columns = "agreement, sequence, bytes";
  static auto of(auto& r) { return members(r.agreement, r.sequence, Blob{r.bytes}); }
};

// Without `no`, which the table gives.
template <>
struct Table<Message> {
  static constexpr std::string_view name = "message";
  static constexpr std::string_view columns =
      "key, agreement, recipient, way, kind, occurrence, content, made, not_before, state, tries, "
      "last_error, finished";
  static auto of(auto& r) {
    return members(r.key, r.agreement, r.recipient, r.way, r.kind, r.occurrence, r.content, r.made,
                   r.not_before, r.state, r.tries, r.last_error, r.finished);
  }
};

template <>
struct Table<Document> {
  static constexpr std::string_view name = "document";
  static constexpr std::string_view columns = "kind, id, content";
  static auto of(auto& r) { return members(r.kind, r.id, r.content); }
};

template <class Value>
void put(Statement& to, int at, const Value& value) {
  if constexpr (std::is_same_v<Value, std::string> || std::is_same_v<Value, std::string_view>)
    to.put(at, std::string_view(value));
  else if constexpr (std::is_same_v<Value, Due<const std::string>>)
    to.put(at, value.date.empty() ? due_none : std::string_view(value.date));
  else if constexpr (std::is_same_v<Value, Blob<const std::string>>)
    to.put_blob(at, value.bytes);
  else if constexpr (std::is_same_v<Value, std::optional<Micros>>)
    value ? to.put(at, *value) : to.put_null(at);
  else
    to.put(at, static_cast<std::int64_t>(value));
}

template <class Value>
void get(const Statement& from, int at, Value&& value) {
  using Bare = std::remove_reference_t<Value>;
  if constexpr (std::is_same_v<Bare, std::string>) {
    value = from.text(at);
  } else if constexpr (std::is_same_v<Bare, Due<std::string>>) {
    value.date = from.text(at);
    if (value.date == due_none) value.date.clear();
  } else if constexpr (std::is_same_v<Bare, Blob<std::string>>) {
    value.bytes = from.text(at);
  } else if constexpr (std::is_same_v<Bare, std::optional<Micros>>) {
    if (!from.is_null(at)) value = from.integer(at);
  } else {
    value = static_cast<Bare>(from.integer(at));
  }
}

// Binds the values from parameter 1 on.
template <class... Values>
void put_all(Statement& to, const std::tuple<Values...>& values) {
  std::apply(
      [&](const auto&... each) {
        int at = 0;
        (put(to, ++at, each), ...);
      },
      values);
}

// The row that stands in the columns from `at` on.
template <class Row>
Row row_in(const Statement& from, int at = 0) {
  Row row;
  std::apply([&](auto&&... each) { (get(from, at++, each), ...); }, Table<Row>::of(row));
  return row;
}

}  // namespace samrad::store
