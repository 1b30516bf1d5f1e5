// What is wrong with the events handed in: a message with the place, the event and the attribute it concerns.
//
// Faults are values. Reading never stops at the first one: all faults of all files come at once, in the order of the files. Messages are
// English and lower case, with names in backticks, as those of the compiler are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace samrad::record {

enum class Level : std::uint8_t {
  error,    // the events cannot be used until it is mended
  warning,  // they can, and something is probably not as meant
};

struct Fault {
  Level level = Level::error;
  std::string file;       // as the caller named it; empty: not in any file
  std::size_t line = 0;   // from 1; 0: the file as a whole
  std::string event;      // the id, or empty where it is not known
  std::string attribute;  // `time`, `data.chair`; empty: the event as a whole
  std::string message;
  std::string help;  // empty: none
  bool operator==(const Fault&) const = default;
};

// Keeps the first faults_max of them and counts the rest: a file of rubbish must not cost memory without end.
class Faults {
 public:
  void add(Fault fault);
  void append(const Faults& other);

  [[nodiscard]] const std::vector<Fault>& list() const { return list_; }
  [[nodiscard]] bool any_error() const { return errors_ > 0; }
  [[nodiscard]] std::size_t errors() const { return errors_; }
  [[nodiscard]] std::size_t not_listed() const { return not_listed_; }
  [[nodiscard]] bool empty() const { return list_.empty(); }

  // By file in the order first seen, then line, keeping the order of those on one line.
  void sort();

 private:
  std::vector<Fault> list_;
  std::size_t errors_ = 0;
  std::size_t not_listed_ = 0;
};

// One a line: `events.ndjson:12: error: event `m-3`, data.chair: no role …`, the help on a line of its own below. A last line
// counts what is not listed. Ends with a line break unless empty.
[[nodiscard]] std::string text_of(const Faults& faults);
[[nodiscard]] std::string text_of(const Fault& fault);

}  // namespace samrad::record
