// Comma separated values, read strictly as RFC 4180 says: a header with the names of the columns, then one row at a time.
//
// Lines end in LF or CR LF, a byte order mark is passed over, lines without anything are no rows. Every row has as many fields as the
// header; a field with a comma, a quote or a line break stands in quotes. Memory: one row. A reader belongs to one thread.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace samrad::record {

struct CsvCell {
  std::string text;        // without its quotes
  std::size_t line = 1;    // where it begins, from 1
  std::size_t column = 1;  // from 1, in characters
};

struct CsvFault {
  std::size_t line = 1;
  std::size_t column = 1;
  std::string message;
  std::string help;  // empty: none
  bool operator==(const CsvFault&) const = default;
};

class CsvReader {
 public:
  // Fills `room` with at most that many bytes and says how many; 0: nothing is left.
  using Read = std::function<std::size_t(char* room, std::size_t bytes)>;

  // Reads the header at once.
  explicit CsvReader(Read read);
  explicit CsvReader(std::string_view text);  // which must stay for as long as the reader
  CsvReader(const CsvReader&) = delete;
  CsvReader& operator=(const CsvReader&) = delete;

  // Empty where there is no header, which is a fault.
  [[nodiscard]] const std::vector<CsvCell>& header() const { return header_; }
  [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
  // Where there is none that is a fault of the header, with the near name that may be meant.
  std::optional<std::size_t> required_column(std::string_view name);

  // The next row without a fault, one cell for each column of the header, or null at the end. It stays until the next call. What is
  // wrong with the rows between is among the faults.
  [[nodiscard]] const std::vector<CsvCell>* next();

  // What the caller finds wrong with a cell.
  void complain(const CsvCell& at, std::string message, std::string help = {});

  // In the order of the text, at most `faults_max`; further ones are counted.
  [[nodiscard]] const std::vector<CsvFault>& faults() const { return faults_; }
  [[nodiscard]] std::size_t faults_not_listed() const { return not_listed_; }

 private:
  enum class Ending { field, row, text };

  int peek();
  void advance();
  void fault(std::size_t line, std::size_t column, std::string message, std::string help = {});
  Ending read_quoted(CsvCell& cell);
  void read_plain(CsvCell& cell);
  Ending read_field(CsvCell& cell);
  bool read_row(std::vector<CsvCell>& row);
  bool sound(const std::vector<CsvCell>& row, std::size_t count);
  void read_header();

  Read read_;
  std::string buffer_;
  std::size_t at_ = 0, filled_ = 0;
  std::size_t line_ = 1, column_ = 1;
  std::size_t row_bytes_ = 0;
  bool ended_ = false;
  bool row_faulty_ = false;
  std::size_t cells_ = 0;  // of `row_`, whose further cells keep their memory
  std::vector<CsvCell> header_, row_;
  std::vector<CsvFault> faults_;
  std::size_t not_listed_ = 0;
};

// One a line: `catalogue.csv:12:5: error: …`, the help below. A last line counts what is not listed. Ends with a line break unless empty.
[[nodiscard]] std::string text_of(const CsvReader& reader, std::string_view file);

}  // namespace samrad::record
