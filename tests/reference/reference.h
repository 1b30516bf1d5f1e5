// A second road to every answer: the whole history in, every occurrence with its verdict out. Written from docs/language.md and
// docs/events.md, sharing nothing with the compiler's lowering or the engine. Quadratic and worse; meant to be read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "tests/reference/rulings.h"

namespace samrad::reference {

struct Question {
  std::vector<const Tree*>
      texts;  // the agreement and its amendments, in order of `in force from`; without faults
  std::vector<nlohmann::json> records;
  std::string as_of;     // `2017-06-30` or RFC 3339
  std::string known_at;  // empty: whatever was recorded
  std::vector<Choice> readings;
};

struct Answer {
  std::string id;
  std::string clause;
  Status status = Status::open;
  Day opens{}, due = calendar::day_max, settled{};
  bool counted = false;  // of a count: so many on record, so many asked for
  int have = 0, need = 1;
};

struct Answers {
  std::vector<Answer> occurrences;  // sorted by id
  Voids voids;
};

[[nodiscard]] Answers answer(const Question& question);

}  // namespace samrad::reference
