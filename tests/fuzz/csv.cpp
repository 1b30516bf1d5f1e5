// Any bytes as a table: the same rows and faults however the bytes come, and written anew the same rows.
#include <algorithm>

#include "service/record/csv.h"
#include "tests/fuzz/target.h"

namespace samrad::fuzz {

namespace {

struct Table {
  std::vector<std::vector<std::string>> rows;  // the header first
  std::vector<record::CsvFault> faults;
  std::size_t not_listed = 0;
  bool operator==(const Table&) const = default;
};

std::vector<std::string> texts(const std::vector<record::CsvCell>& cells) {
  std::vector<std::string> row;
  for (const record::CsvCell& cell : cells)
    row.push_back(cell.text);
  return row;
}

Table read(std::string_view text, std::size_t most) {
  record::CsvReader reader([&](char* room, std::size_t bytes) {
    const std::size_t n = text.copy(room, std::min(bytes, most));
    text.remove_prefix(n);
    return n;
  });
  Table table;
  table.rows.push_back(texts(reader.header()));
  while (const auto* row = reader.next()) {
    require(row->size() == reader.header().size(), "a row has a cell for each column");
    table.rows.push_back(texts(*row));
  }
  table.faults = reader.faults();
  table.not_listed = reader.faults_not_listed();
  (void)text_of(reader, "fuzz.csv");
  return table;
}

std::string written(const Table& table) {
  std::string text;
  for (const std::vector<std::string>& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      text += i == 0 ? "\"" : ",\"";
      for (const char c : row[i])
        text += c == '"' ? "\"\"" : std::string(1, c);
      text += '"';
    }
    text += "\r\n";
  }
  return text;
}

}  // namespace

void csv(std::string_view text) {
  const Table table = read(text, text.size() + 1);
  require(read(text, 1) == table, "where the bytes are cut decides nothing");
  if (table.rows.front().empty()) return;
  const auto two_columns = [](const record::CsvFault& fault) { return fault.message.starts_with("there are two columns"); };
  if (std::any_of(table.faults.begin(), table.faults.end(), two_columns)) return;
  // A line with nothing but one empty field is no row.
  if (table.rows.front().size() == 1 &&
      std::any_of(table.rows.begin(), table.rows.end(), [](const auto& row) { return row[0].empty(); }))
    return;
  const Table again = read(written(table), 11);
  require(again.rows == table.rows && again.faults.empty(), "rows written and read are the same rows");
}

}  // namespace samrad::fuzz
