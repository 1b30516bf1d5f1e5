// Bytes to rows: fields are gathered through one buffer, and a fault ends the row it stands in, never the reading. Only a
// row beyond the limit does, since what follows it is most likely the inside of a quote that nobody closed. Entry point: next.

#include "service/record/csv.h"

#include <algorithm>

#include <fmt/format.h>

#include "rules/diagnostics/near.h"
#include "rules/diagnostics/unicode.h"
#include "service/record/limits.h"

namespace samrad::record {

namespace {

constexpr std::size_t buffer_bytes = 64 * 1024;
constexpr int end_of_text = -1;

bool begins_character(int byte) { return (byte & 0xC0) != 0x80; }
bool steers(char byte) { return byte == ',' || byte == '"' || byte == '\n' || byte == '\r'; }

std::size_t read_from(std::string_view& rest, char* room, std::size_t bytes) {
  const std::size_t n = std::min(bytes, rest.size());
  std::copy_n(rest.data(), n, room);
  rest.remove_prefix(n);
  return n;
}

std::string fields(std::size_t n) { return fmt::format("{} field{}", n, n == 1 ? "" : "s"); }

}  // namespace

CsvReader::CsvReader(Read read) : read_(std::move(read)), buffer_(buffer_bytes, '\0') {
  read_header();
}

CsvReader::CsvReader(std::string_view text)
    : CsvReader([rest = text](char* room, std::size_t bytes) mutable {
        return read_from(rest, room, bytes);
      }) {}

int CsvReader::peek() {
  if (at_ == filled_ && !ended_) {
    at_ = 0;
    filled_ = read_(buffer_.data(), buffer_.size());
    ended_ = filled_ == 0;
  }
  return ended_ ? end_of_text : static_cast<unsigned char>(buffer_[at_]);
}

// Precondition: peek() is a byte.
void CsvReader::advance() {
  const int byte = static_cast<unsigned char>(buffer_[at_++]);
  ++row_bytes_;
  if (byte == '\n') {
    ++line_;
    column_ = 1;
  } else if (begins_character(byte)) {
    ++column_;
  }
}

void CsvReader::fault(std::size_t line, std::size_t column, std::string message, std::string help) {
  row_faulty_ = true;
  if (faults_.size() < faults_max)
    faults_.push_back({line, column, std::move(message), std::move(help)});
  else
    ++not_listed_;
}

void CsvReader::complain(const CsvCell& at, std::string message, std::string help) {
  fault(at.line, at.column, std::move(message), std::move(help));
}

// Between the quotes; the opening one is at hand. What follows the closing one is not for here.
CsvReader::Ending CsvReader::read_quoted(CsvCell& cell) {
  advance();
  for (;;) {
    const int byte = peek();
    if (byte == end_of_text || row_bytes_ > csv_row_bytes_max) {
      fault(cell.line, cell.column, "the quote that opens this field is never closed",
            "a field ends with a quote; a quote within it is written twice");
      ended_ = true;
      return Ending::text;
    }
    advance();
    if (byte == '"') {
      if (peek() != '"') return Ending::field;
      advance();
    }
    cell.text += static_cast<char>(byte);
  }
}

// What is at hand of a field without quotes, up to a byte that means something.
void CsvReader::read_plain(CsvCell& cell) {
  const char* const begin = buffer_.data() + at_;
  const char* const filled = buffer_.data() + filled_;
  const char* end = begin;
  for (; end != filled && !steers(*end); ++end)
    column_ += begins_character(static_cast<unsigned char>(*end)) ? 1 : 0;
  const auto size = static_cast<std::size_t>(end - begin);
  cell.text.append(begin, size);
  at_ += size;
  row_bytes_ += size;
}

CsvReader::Ending CsvReader::read_field(CsvCell& cell) {
  cell.text.clear();
  cell.line = line_;
  cell.column = column_;
  bool quoted = false, told = false;
  if (peek() == '"') {
    if (read_quoted(cell) == Ending::text) return Ending::text;
    quoted = true;
  }
  for (;;) {
    if (!quoted) read_plain(cell);
    const int byte = peek();
    if (byte == end_of_text) return Ending::text;
    if (row_bytes_ > csv_row_bytes_max) {
      fault(cell.line, cell.column,
            fmt::format("this row is longer than {} bytes", csv_row_bytes_max));
      ended_ = true;
      return Ending::text;
    }
    const std::size_t line = line_, column = column_;
    advance();
    if (byte == ',') return Ending::field;
    if (byte == '\n') return Ending::row;
    if (byte == '\r' && peek() == '\n') continue;
    if (!told && quoted)
      fault(line, column, "text after the closing quote of a field",
            "a quote within a quoted field is written twice");
    else if (!told && byte == '"')
      fault(line, column, "a quote within a field that does not begin with one",
            "put the whole field in quotes and write the quote twice");
    else if (!told && byte == '\r')
      fault(line, column, "a carriage return without a line feed",
            "lines end in LF or CR LF; a field with line breaks stands in quotes");
    told = told || quoted || byte == '"' || byte == '\r';
    cell.text += static_cast<char>(byte);
  }
}

// False at the end of the text. The first `cells_` of the cells are the row's.
bool CsvReader::read_row(std::vector<CsvCell>& row) {
  do {
    if (peek() == end_of_text) return false;
    cells_ = 0;
    row_bytes_ = 0;
    row_faulty_ = false;
    for (Ending ending = Ending::field; ending == Ending::field;) {
      if (cells_ == row.size()) row.emplace_back();
      ending = read_field(row[cells_++]);
    }
  } while (cells_ == 1 && row[0].text.empty() && !row_faulty_);
  return true;
}

// What only the whole row shows.
bool CsvReader::sound(const std::vector<CsvCell>& row, std::size_t count) {
  for (std::size_t i = 0; i < cells_; ++i) {
    if (rules::unicode::first_invalid(row[i].text) != std::string::npos)
      fault(row[i].line, row[i].column, "this field is not UTF-8", "save the file as UTF-8");
    else if (row[i].text.find('\0') != std::string::npos)
      fault(row[i].line, row[i].column, "a field with a NUL character");
  }
  if (row_faulty_ || cells_ == count) return !row_faulty_;
  const CsvCell& at = cells_ > count ? row[count] : row[0];
  fault(at.line, at.column,
        fmt::format("this row has {}, the header {}", fields(cells_), fields(count)),
        cells_ > count ? "a field with a comma stands in quotes"
                       : "an empty field is still followed by its comma");
  return false;
}

void CsvReader::read_header() {
  for (const int byte : {0xEF, 0xBB, 0xBF})  // a byte order mark
    if (peek() == byte)
      ++at_;
    else
      break;
  if (!read_row(header_)) {
    fault(1, 1, "there is no header", "the first line names the columns");
    return;
  }
  header_.resize(cells_);
  if (!sound(header_, cells_)) {
    header_.clear();
    ended_ = true;
    return;
  }
  for (std::size_t i = 0; i < header_.size(); ++i) {
    const auto same = [&](const CsvCell& other) { return other.text == header_[i].text; };
    const auto here = header_.begin() + static_cast<std::ptrdiff_t>(i);
    if (!header_[i].text.empty() && std::find_if(header_.begin(), here, same) != here)
      complain(header_[i], fmt::format("there are two columns `{}`", header_[i].text));
  }
}

std::optional<std::size_t> CsvReader::column(std::string_view name) const {
  for (std::size_t i = 0; i < header_.size(); ++i)
    if (header_[i].text == name) return i;
  return std::nullopt;
}

std::optional<std::size_t> CsvReader::required_column(std::string_view name) {
  const auto at = column(name);
  if (at || header_.empty()) return at;
  std::vector<std::string> names;
  for (const CsvCell& cell : header_)
    names.push_back(cell.text);
  std::string help = rules::did_you_mean(name, names);
  if (header_.size() == 1 && names[0].find(';') != std::string::npos)
    help = "the columns stand apart by commas, not by semicolons";
  complain(header_[0], fmt::format("there is no column `{}`", name), std::move(help));
  return std::nullopt;
}

const std::vector<CsvCell>* CsvReader::next() {
  if (header_.empty()) return nullptr;
  while (read_row(row_)) {
    if (!sound(row_, header_.size())) continue;
    row_.resize(cells_);
    return &row_;
  }
  return nullptr;
}

std::string text_of(const CsvReader& reader, std::string_view file) {
  std::string text;
  for (const CsvFault& fault : reader.faults()) {
    text += fmt::format("{}:{}:{}: error: {}\n", file, fault.line, fault.column, fault.message);
    if (!fault.help.empty()) text += fmt::format("  help: {}\n", fault.help);
  }
  if (reader.faults_not_listed() > 0)
    text += fmt::format("{}: {} more faults are not listed\n", file, reader.faults_not_listed());
  return text;
}

}  // namespace samrad::record
