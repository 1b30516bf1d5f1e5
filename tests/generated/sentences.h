// Made-up sentences of every form (docs/language.md §3).
#pragma once

#include <string>

#include "tests/generated/conditions.h"

namespace samrad::generated {

class Sentences {
 public:
  explicit Sentences(Words& words) : words_(words), dice_(words.dice), conditions_(words) {}

  static constexpr int forms = 13;
  // `form` below `forms`; with `for each`, `otherwise` and all that may follow.
  std::string sentence(int form);

  // What a `judged by` fits.
  static bool may_be_judged(const std::string& sentence);

  std::string period(bool plain = false);
  std::string times();
  Conditions& conditions() { return conditions_; }

 private:
  std::string count(const Here& each);
  std::string deadline(const Here& each);
  std::string response(const Here& each);
  std::string within(EventType& first, const std::string& alias);
  std::string precedence(const Here& each);
  std::string constraint(const Here& each);
  std::string turns();
  std::string validity();
  std::string prohibition(const Here& each);
  std::string power(const Here& each);
  std::string standing(const Here& each);
  std::string attested();
  std::string extension();

  std::string months();
  EventType& subject_event(const Here& each);
  std::string otherwise();
  [[nodiscard]] bool asks_for(const std::string& condition, const EventType& event) const;

  Words& words_;
  Dice& dice_;
  Conditions conditions_;
};

}  // namespace samrad::generated
