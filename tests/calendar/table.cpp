// Turns a file of comma-separated facts into rows. The files quote nothing, so that splitting at
// each comma is all there is to it.

#include "tests/calendar/table.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <ostream>

namespace samrad::calendar {
namespace {

[[noreturn]] void fail(std::string_view where, std::string_view what) {
  std::fprintf(stderr, "%.*s: %.*s\n", static_cast<int>(where.size()), where.data(),
               static_cast<int>(what.size()), what.data());
  std::abort();
}

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> cells(1);
  for (const char c : line) {
    if (c == ',') {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  return cells;
}

}  // namespace

Day Row::day(std::size_t column) const { return on(cells.at(column)); }

std::vector<Row> read_table(std::string_view name) {
  std::ifstream file(std::string(SAMRAD_SOURCE_DIR "/tests/calendar/tables/").append(name));
  if (!file) fail(name, "no such table");
  std::vector<Row> rows;
  std::size_t columns = 0;
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.empty() || line.front() == '#') continue;
    Row row{split(line), number};
    if (columns == 0) {
      columns = row.cells.size();
      continue;
    }
    if (row.cells.size() != columns) fail(name, "a row does not match the columns");
    rows.push_back(std::move(row));
  }
  if (rows.empty()) fail(name, "no rows");
  return rows;
}

Day on(std::string_view text) {
  const auto day = parse_iso(text);
  if (!day) fail(text, "no such day");
  return *day;
}

void PrintTo(Day day, std::ostream* out) { *out << iso(day); }

}  // namespace samrad::calendar
