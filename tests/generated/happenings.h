// Made-up histories of a made-up agreement: few events, near the days on which something turns.
#pragma once

#include <string>
#include <vector>

#include "tests/generated/case.h"
#include "tests/generated/words.h"

namespace samrad::generated {

class Happenings {
 public:
  // Days and names of occurrences that matter are found by asking how an agreement stands after a draft of a history.
  Happenings(Words& words, const std::vector<std::string>& texts,
             std::shared_ptr<const program::Program> program);

  // A history and a question; the texts are left to the caller.
  Case make();

 private:
  void look(const std::vector<json>& draft);
  json started(const std::string& type);
  json ordinary();
  json value(const Field& field);
  json single(const std::string& type);
  std::string subject(const EventType& type);
  Day day();
  std::string moment(Day day);
  void disturb(std::vector<json>& events);
  json ruling();

  Words& words_;
  Dice& dice_;
  std::shared_ptr<const program::Program> program_;
  std::vector<std::string> named_;  // members that the texts name, more likely than others
  std::vector<Day> borders_;
  std::vector<std::string> occurrences_;
  std::vector<Day> focus_;  // of the history that is being made
  int count_ = 0;
};

}  // namespace samrad::generated
