// CloudEvents 1.0 in JSON, one a line or a list of them, to records: what the text says, before any agreement is known.
//
// A record still holds texts: which types, fields and members exist is the business of decode.h. Gone since the text: wrong JSON, events
// without identity, impossible times, doubles.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/record/fault.h"
#include "service/record/instant.h"
#include "service/record/json.h"

namespace samrad::record {

// The attributes that are read, or refused in so many words; all others are those of strangers.
inline constexpr std::string_view known_attributes[] = {
    "specversion", "id",   "source",          "type",       "subject",    "time", "recordedtime",
    "agreement",   "data", "datacontenttype", "dataschema", "data_base64"};

// When something happened or was recorded, as the text has it: an instant, or a civil day of the agreement's zone.
struct When {
  bool timed = false;
  Instant instant;      // where timed
  calendar::Day day{};  // where not
  bool operator==(const When&) const = default;
};
[[nodiscard]] std::optional<When> parse_when(std::string_view text);

// Where an event stands in the files.
struct Place {
  std::string file;
  std::size_t line = 0;
};

struct Record {
  std::string id;
  std::string source;
  std::string type;
  std::string subject;  // empty: none
  When time;
  bool has_recorded = false;
  When recorded;          // where absent: as `time`
  std::string agreement;  // empty: whichever the rules are of
  Json data;              // an object; empty where absent
  // Attributes of others that are texts, numbers or yes and no: kept, and never looked at.
  std::vector<JsonMember> extensions;
  Place place;

  [[nodiscard]] std::string identity() const { return source + '#' + id; }
};

// The types that act on other events, and those that are a person's word on an occurrence.
[[nodiscard]] constexpr bool is_act(std::string_view type) {
  return type == "correction" || type == "withdrawal";
}
[[nodiscard]] constexpr bool is_ruling(std::string_view type) {
  return type == "waiver" || type == "assessment";
}
// What a correction or a withdrawal acts on, in its own words; empty where it does not say.
[[nodiscard]] std::string_view named_by(const Record& act);

// The event that `text` is, or nothing where it has a fault.
[[nodiscard]] std::optional<Record> read_record(std::string_view text, Place place, Faults& faults);

// True when the two tell the same: aside from the time of recording and attributes of others, which who passes an event on sets anew.
[[nodiscard]] bool same_content(const Record& a, const Record& b);

// What all files together say. Reading the same event twice keeps one (and of two times of recording the earlier); the same
// identity with other content is a fault that names both places. Cost is linear, whatever the order.
class Records {
 public:
  // Appends the events of one file, named `file` in messages. Events with a fault are left out.
  void read(std::string_view text, std::string_view file);

  [[nodiscard]] const std::vector<Record>& list() const { return list_; }
  [[nodiscard]] const Faults& faults() const { return faults_; }

  // Adds one that has been read elsewhere.
  void add(Record record);

  // The records themselves; nothing is left here.
  [[nodiscard]] std::vector<Record> release() && { return std::move(list_); }

 private:
  std::vector<Record> list_;
  std::vector<std::size_t> slots_;  // open addressing by identity; 0 free, else position + 1
  Faults faults_;
};

}  // namespace samrad::record
