// The tables of tests/calendar/tables: facts from public sources, one file each, whose head says
// where they come from.

#pragma once

#include "rules/calendar/date.h"

#include <string>
#include <string_view>
#include <vector>

namespace samrad::calendar {

// One line; cells without blanks or quotes.
struct Row {
  std::vector<std::string> cells;
  int line = 0;

  const std::string& text(std::size_t column) const { return cells.at(column); }
  int number(std::size_t column) const { return std::stoi(cells.at(column)); }
  Day day(std::size_t column) const;
};

// All rows of a table, without the lines that begin with # and the line of column names. Aborts
// when the file is missing, is empty or has a row whose cells do not match the columns: a test over
// no rows would pass.
std::vector<Row> read_table(std::string_view name);

// A day written in a test; aborts when there is no such day.
Day on(std::string_view text);

// Makes gtest print days as dates.
void PrintTo(Day day, std::ostream* out);

}  // namespace samrad::calendar
