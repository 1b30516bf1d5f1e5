#include "service/registry/canonical.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "rules/calendar/date.h"

namespace samrad::registry {

namespace {

void append(std::string& out, const record::Json& json) {
  switch (json.kind) {
  case record::JsonKind::null: out += "null"; return;
  case record::JsonKind::yes_no: out += json.yes ? "true" : "false"; return;
  case record::JsonKind::number: out += json.text; return;
  case record::JsonKind::text: append_text(out, json.text); return;
  case record::JsonKind::list: {
    out += '[';
    for (const record::Json& item : json.items) {
      if (&item != json.items.data()) out += ',';
      append(out, item);
    }
    out += ']';
    return;
  }
  case record::JsonKind::object: {
    std::vector<const record::JsonMember*> members;
    for (const record::JsonMember& member : json.members)
      members.push_back(&member);
    std::sort(members.begin(), members.end(),
              [](const auto* a, const auto* b) { return a->name < b->name; });
    out += '{';
    for (const record::JsonMember* member : members) {
      if (member != members.front()) out += ',';
      append_text(out, member->name);
      out += ':';
      append(out, member->value);
    }
    out += '}';
    return;
  }
  }
}

std::string text_of(const record::When& when) {
  if (!when.timed) return calendar::iso(when.day);
  const auto whole = record::rfc3339(when.instant.seconds, 0);
  if (when.instant.nanos == 0) return whole;
  std::string decimals = fmt::format("{:09}", when.instant.nanos);
  decimals.erase(decimals.find_last_not_of('0') + 1);
  return whole.substr(0, whole.size() - 1) + '.' + decimals + 'Z';
}

}  // namespace

void append_text(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    switch (c) {
    case '"': out += "\\\""; break;
    case '\\': out += "\\\\"; break;
    case '\b': out += "\\b"; break;
    case '\f': out += "\\f"; break;
    case '\n': out += "\\n"; break;
    case '\r': out += "\\r"; break;
    case '\t': out += "\\t"; break;
    default:
      if (static_cast<unsigned char>(c) < 0x20)
        out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
      else
        out += c;
    }
  }
  out += '"';
}

std::string canonical(const record::Json& json) {
  std::string out;
  append(out, json);
  return out;
}

std::string canonical(const record::Record& record) {
  std::string out = "{";
  std::vector<const record::JsonMember*> others;
  for (const record::JsonMember& one : record.extensions)
    others.push_back(&one);
  std::sort(others.begin(), others.end(),
            [](const auto* a, const auto* b) { return a->name > b->name; });
  const auto begin = [&](std::string_view name) {
    if (out.size() > 1) out += ',';
    append_text(out, name);
    out += ':';
  };
  // Those of others that come before the next own one.
  const auto others_before = [&](std::string_view name) {
    for (; !others.empty() && (name.empty() || others.back()->name < name); others.pop_back()) {
      begin(others.back()->name);
      append(out, others.back()->value);
    }
  };
  const auto member = [&](std::string_view name, std::string_view value) {
    if (!others.empty()) others_before(name);
    begin(name);
    append_text(out, value);
  };
  if (!record.agreement.empty()) member("agreement", record.agreement);
  if (!record.data.members.empty()) {
    others_before("data");
    begin("data");
    append(out, record.data);
  }
  member("id", record.id);
  if (record.has_recorded) member("recordedtime", text_of(record.recorded));
  member("source", record.source);
  member("specversion", "1.0");
  if (!record.subject.empty()) member("subject", record.subject);
  member("time", text_of(record.time));
  member("type", record.type);
  others_before({});
  out += '}';
  return out;
}

record::Instant instant_of(Micros at) {
  std::int64_t seconds = at / 1'000'000, rest = at % 1'000'000;
  if (rest < 0) {
    --seconds;
    rest += 1'000'000;
  }
  return {seconds, static_cast<std::uint32_t>(rest) * 1000U};
}

Micros micros_of(const record::Instant& instant) {
  return instant.seconds * 1'000'000 + instant.nanos / 1000;
}

std::string utc_text(Micros at) { return text_of(record::When{true, instant_of(at), {}}); }

}  // namespace samrad::registry
