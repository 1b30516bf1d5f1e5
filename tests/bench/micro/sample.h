// Programs and histories made of the texts of texts.h.
#pragma once

#include <string>
#include <vector>

#include "rules/program/program.h"
#include "service/record/history.h"

namespace samrad::bench {

// Ends the program where the text has an error.
program::Program compiled(const std::string& text);

// A program with events decoded against it. Not moved, since the history refers to the program.
struct Recorded {
  Recorded(const std::string& rules, const std::string& lines);
  Recorded(const Recorded&) = delete;
  Recorded& operator=(const Recorded&) = delete;

  program::Program program;
  record::History history;
  std::vector<engine::Event> events;  // in order of time
};

}  // namespace samrad::bench
