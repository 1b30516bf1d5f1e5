// The engine and the reference asked the same, and where they differ.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/book.h"
#include "rules/calendar/date.h"
#include "tests/reference/forms.h"

namespace samrad::tests {

struct Material {
  std::string name;  // for messages
  std::vector<std::vector<std::string>>
      texts;            // the files' contents of each version, in order of `in force from`
  std::string records;  // JSON lines
  std::vector<std::pair<std::string, std::string>> readings;
};

// A rule file and all that it uses. `files` (by path) goes before the disk; paths are from the root of the tree.
std::vector<std::string> text_of(const std::string& path,
                                 const std::map<std::string, std::string>& files = {});
std::string content_of(const std::string& path);

// The engine's word on an event without effect in the reference's.
std::string text_of(const engine::VoidEvent& v, const program::Program& program,
                    const engine::Symbols& symbols);

// The days that a history turns on: of each event and the one after, the ends of months, the first and the last day and some beyond.
std::vector<std::string> telling_days(const std::string& records, std::size_t most);

// What one of them says of an occurrence.
struct Said {
  reference::Status status = reference::Status::open;
  calendar::Day opens{}, due{},
      settled{};           // day_max: no due day; settled: of a verdict that has fallen
  int have = 0, need = 0;  // of a count
  bool operator==(const Said&) const = default;
  [[nodiscard]] std::string text() const;
};

struct Difference {
  std::string moment, id;
  std::optional<Said> engine, reference;  // nothing: no such occurrence
  [[nodiscard]] std::string text() const;
};

struct Compared {
  std::size_t occurrences = 0;
  std::vector<Difference> differences;
  std::size_t voids = 0;            // events without effect, or that may have none
  std::vector<std::string> unlike;  // those that one of the two does not list
};
// A moment is a day or an instant; `2017-01-05|2017-01-10` adds what was known.
Compared compare(const Material& material, const std::vector<std::string>& moments);

}  // namespace samrad::tests
