// A file's pieces to records, collecting what is wrong with each attribute.
//
// Entry point: Records::read. One event's attributes are all looked at before it is given up, so that one run tells everything.

#include "service/record/cloud_event.h"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "rules/diagnostics/near.h"
#include "service/record/limits.h"
#include "service/record/split.h"

namespace samrad::record {

namespace {

// Reads one event; `faulty` is set by any error.
class Reader {
 public:
  Reader(const Json& json, Record& record, Faults& faults)
      : json_(json), record_(record), faults_(faults) {}

  bool read() {
    if (json_.kind != JsonKind::object) {
      error("", fmt::format("an event is an object, `{{…}}`; this is {}", words(json_.kind)));
      return false;
    }
    name("id", record_.id, true);
    event_ = record_.id;
    name("source", record_.source, true);
    specversion();
    name("type", record_.type, true);
    name("subject", record_.subject, false);
    name("agreement", record_.agreement, false);
    if (const Json* time = required("time")) when("time", *time, record_.time);
    if (const Json* time = given("recordedtime"))
      record_.has_recorded = when("recordedtime", *time, record_.recorded);
    content();
    strangers();
    return !faulty_;
  }

 private:
  void error(std::string attribute, std::string message, std::string help = {}) {
    faulty_ = true;
    faults_.add({Level::error, record_.place.file, record_.place.line, event_, std::move(attribute),
                 std::move(message), std::move(help)});
  }

  // Null where absent or null.
  const Json* given(std::string_view attribute) const {
    const Json* value = json_.find(attribute);
    return value && value->kind != JsonKind::null ? value : nullptr;
  }

  const Json* required(std::string_view attribute) {
    const Json* value = given(attribute);
    if (!value) error(std::string(attribute), "missing");
    return value;
  }

  void name(std::string_view attribute, std::string& out, bool must) {
    const Json* value = must ? required(attribute) : given(attribute);
    if (!value) return;
    const std::string place(attribute);
    if (value->kind != JsonKind::text)
      return error(place, fmt::format("should be a text; this is {}", words(value->kind)));
    if (value->text.empty())
      return error(place, "is empty", must ? "" : "leave it out where there is none");
    if (value->text.size() > name_bytes_max)
      return error(place, fmt::format("is longer than {} bytes", name_bytes_max));
    const auto is_control = [](char c) {
      return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    };
    if (std::any_of(value->text.begin(), value->text.end(), is_control))
      return error(place, "contains a line break or another control character");
    out = value->text;
  }

  void specversion() {
    const Json* value = required("specversion");
    if (value && (value->kind != JsonKind::text || value->text != "1.0"))
      error("specversion", fmt::format("should be \"1.0\"; this is `{}`", value->text),
            value->kind == JsonKind::number ? "write it with quotes" : "");
  }

  bool when(std::string_view attribute, const Json& value, When& out) {
    const std::string place(attribute);
    if (value.kind != JsonKind::text) {
      error(place,
            fmt::format("should be a text such as \"2017-05-10\"; this is {}", words(value.kind)));
      return false;
    }
    if (const auto time = parse_when(value.text)) {
      out = *time;
      return true;
    }
    error(place, fmt::format("`{}` is no date or time that exists", value.text.substr(0, 60)),
          "a day is \"2017-05-10\", a time \"2017-05-10T13:00:00+02:00\" with its offset from UTC, "
          "or Z");
    return false;
  }

  void content() {
    if (given("data_base64"))
      error("data_base64", "binary content cannot be read", "give the fields in `data`");
    if (const Json* type = given("datacontenttype");
        type && (type->kind != JsonKind::text || type->text.find("json") == std::string::npos))
      error("datacontenttype", "only JSON can be read", "`application/json`, or leave it out");
    record_.data.kind = JsonKind::object;
    const Json* value = given("data");
    if (!value) return;
    if (value->kind == JsonKind::object)
      record_.data = *value;
    else
      error("data", fmt::format("should be an object with the event's fields; this is {}",
                                words(value->kind)));
  }

  // Attributes of others are allowed (CloudEvents calls them extensions); one that looks like a misspelt own is told.
  void strangers() {
    for (const auto& [attribute, value] : json_.members) {
      if (std::find(std::begin(known_attributes), std::end(known_attributes), attribute) !=
          std::end(known_attributes))
        continue;
      const std::string help =
          rules::did_you_mean(attribute, std::span<const std::string_view>(known_attributes));
      if (!help.empty())
        faults_.add({Level::warning, record_.place.file, record_.place.line, event_, attribute,
                     "an unknown attribute is passed over", help});
      const JsonKind kind = value.kind;
      if (kind == JsonKind::text || kind == JsonKind::number || kind == JsonKind::yes_no)
        record_.extensions.push_back({attribute, value});
    }
  }

  const Json& json_;
  Record& record_;
  Faults& faults_;
  std::string event_;
  bool faulty_ = false;
};

// True when `a` was recorded before `b` as far as their texts tell; a day without time counts to its end.
bool recorded_before(const Record& a, const Record& b) {
  const auto end = [](const Record& r) {
    const When& when = r.has_recorded ? r.recorded : r.time;
    return when.timed ? when.instant : Instant{(std::int64_t{when.day.n} + 1) * 86400, 0};
  };
  return end(a) < end(b);
}

}  // namespace

std::string_view named_by(const Record& act) {
  const Json* name = act.data.find(act.type == "correction" ? "corrects" : "withdraws");
  return name != nullptr && name->kind == JsonKind::text ? std::string_view(name->text)
                                                         : std::string_view();
}

bool same_content(const Record& a, const Record& b) {
  return a.type == b.type && a.subject == b.subject && a.time == b.time &&
         a.agreement == b.agreement && same(a.data, b.data);
}

std::optional<When> parse_when(std::string_view text) {
  if (const auto day = calendar::parse_iso(text)) return When{false, {}, *day};
  if (const auto instant = parse_rfc3339(text)) return When{true, *instant, {}};
  return std::nullopt;
}

std::optional<Record> read_record(std::string_view text, Place place, Faults& faults) {
  const auto fault = [&](std::string message) {
    faults.add({Level::error, place.file, place.line, "", "", std::move(message), ""});
    return std::nullopt;
  };
  if (text.empty()) return fault("an event is missing between two commas, or after the last one");
  if (text.size() > event_bytes_max)
    return fault(fmt::format("the event is longer than {} bytes", event_bytes_max));
  auto json = parse_json(text);
  if (!json) return fault(json.error());
  Record record;
  record.place = std::move(place);
  if (!Reader(*json, record, faults).read()) return std::nullopt;
  return record;
}

void Records::read(std::string_view text, std::string_view file) {
  const Pieces pieces = split(text);
  for (const Piece& piece : pieces.list)
    if (auto record = read_record(piece.text, {std::string(file), piece.line}, faults_))
      add(std::move(*record));
  if (pieces.broken_line != 0)
    faults_.add({Level::error, std::string(file), pieces.broken_line, "", "",
                 std::string(pieces.broken), ""});
}

void Records::add(Record record) {
  if ((list_.size() + 1) * 2 > slots_.size()) {
    slots_.assign(std::max<std::size_t>(64, slots_.size() * 2), 0);
    for (std::size_t i = 0; i < list_.size(); ++i) {
      std::size_t slot = std::hash<std::string>()(list_[i].identity()) & (slots_.size() - 1);
      while (slots_[slot] != 0)
        slot = (slot + 1) & (slots_.size() - 1);
      slots_[slot] = i + 1;
    }
  }
  const std::string identity = record.identity();
  std::size_t slot = std::hash<std::string>()(identity) & (slots_.size() - 1);
  for (; slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1)) {
    Record& known = list_[slots_[slot] - 1];
    if (known.identity() != identity) continue;
    if (known.id != record.id || !same_content(known, record)) {
      faults_.add({Level::error, record.place.file, record.place.line, record.id, "",
                   fmt::format("the same `source` and `id` stand with other content at {}:{}",
                               known.place.file, known.place.line),
                   "give one of them an id of its own, or write a `correction`"});
    } else if (recorded_before(record, known)) {
      known.has_recorded = record.has_recorded;
      known.recorded = record.recorded;
    }
    return;
  }
  slots_[slot] = list_.size() + 1;
  list_.push_back(std::move(record));
}

}  // namespace samrad::record
