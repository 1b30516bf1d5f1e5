// The JSON values of a stream, one at a time: the lines of an NDJSON file, or the elements of a list. Memory: the longest value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "service/fleet/input.h"

namespace samrad::fleet {

struct StreamPiece {
  std::string_view text;  // good until the next call; cut off a little beyond event_bytes_max
  std::size_t line = 1;   // on which it begins
};

class PieceReader {
 public:
  explicit PieceReader(Input& input) : input_(input) {}

  // False at the end. Blank lines and a byte order mark are passed over.
  bool next(StreamPiece& out);

  // How far the input has been read.
  [[nodiscard]] std::uint64_t bytes() const { return passed_ + at_; }

  // Not 0: a list that does not end, or has something after it, and what is wrong there, a sentence.
  [[nodiscard]] std::size_t broken_line() const { return broken_line_; }
  [[nodiscard]] std::string_view broken() const { return broken_; }

 private:
  enum class Shape { unknown, lines, list, behind_list, ended };

  bool refill();
  bool skip_blanks();
  void begin();
  bool next_line(StreamPiece& out);
  bool next_element(StreamPiece& out);
  void look_behind_list();
  StreamPiece piece(std::size_t from, std::size_t to, std::size_t line) const;

  Input& input_;
  std::string buffer_;
  std::size_t at_ = 0;      // the next piece begins here
  std::size_t filled_ = 0;  // of buffer_
  std::size_t fresh_ = 0;   // where the bytes read last begin
  std::uint64_t passed_ = 0;
  std::size_t line_ = 1;
  Shape shape_ = Shape::unknown;
  bool first_element_ = true;
  std::size_t broken_line_ = 0;
  std::string_view broken_;
};

}  // namespace samrad::fleet
