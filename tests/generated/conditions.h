// Made-up conditions and event patterns (docs/language.md §3, §6).
#pragma once

#include <string>

#include "tests/generated/words.h"

namespace samrad::generated {

// From where a condition is asked.
struct Here {
  EventType* event = nullptr;  // whose fields stand bare; null: there is none
  EventType* first = nullptr;  // the event that the sentence began with, where it has a name
  std::string alias;           // that name
  std::string variable, kind;  // of `for each`
  bool counts = true;          // other events may be asked for
  bool facts = true;           // facts may be asked for
};

class Conditions {
 public:
  explicit Conditions(Words& words) : words_(words), dice_(words.dice) {}

  // `depth` bounds how far `and`, `or` and `not` stand within each other.
  std::string condition(const Here& here, int depth = 2);

  // `EVENT of … by … where …` with what a sentence may say after it; `subject` fixed where it is given (with its `of`).
  std::string pattern(EventType& event, const Here& here, const std::string& subject = "*",
                      bool enclosed = false);
  // ` of SUBJECT`, ` of A or B`, ` of KIND` or nothing.
  std::string subject(const EventType& event, const Here& here);

  std::string range(bool plain = false);

 private:
  std::string leaf(const Here& here);
  std::string of_field(const Here& here);
  std::string of_list(const Here& here);
  std::string of_day(const Here& here);
  std::string of_fact(const Here& here);
  std::string of_events(const Here& here);
  std::string counted(const Here& here);
  std::string date_value(const Here& here);
  std::string compared();
  std::string bare(EventType& event, std::string_view type, bool list);
  std::string value(std::string_view type, const Here& here);

  Words& words_;
  Dice& dice_;
};

}  // namespace samrad::generated
