// Lines to a packed log. Lines that the ordinary reader of events accepts and that have a shape are taken apart; all others are kept as they are.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "service/fleet/input.h"
#include "service/pack/format.h"
#include "service/record/shape.h"

namespace samrad::pack {

// One thread. Memory: a block, and the dictionaries.
class Writer {
 public:
  // Gets the bytes of the log in their order.
  using Write = std::function<void(std::string_view)>;

  explicit Writer(Write write);

  // Lines, whole: each but perhaps the very last ends in a line feed, and none is longer than line_bytes_max. ShapeReader::padding bytes
  // behind them must be readable.
  void add(std::string_view lines);

  // What is still open, and the end of the log. Nothing is added afterwards.
  void finish();

  [[nodiscard]] std::uint64_t lines() const { return lines_; }
  [[nodiscard]] std::uint64_t bytes() const { return all_bytes_; }          // of them
  [[nodiscard]] std::uint64_t as_they_are() const { return as_they_are_; }  // lines without a shape

 private:
  // Where the values of one attribute or field go, whatever the shape.
  struct Stream {
    record::SlotKind kind = record::SlotKind::text;
    bool names_agreements = false;
    // Of the open block:
    std::string bytes;
    std::vector<std::uint32_t> ends;
    // Of the log:
    std::deque<std::string> entries;
    std::unordered_map<std::string_view, std::uint32_t> numbers;
  };

  void add_line(const char*& at, const char* end);
  void keep(std::string_view line);
  void take_apart(std::string_view line);
  [[nodiscard]] std::vector<std::uint32_t> streams_of(const record::Shape& shape);
  void close_block();
  void close_column(std::uint32_t number, Stream& stream, Writing& growth, std::uint64_t& growing,
                    Writing& columns);

  Write write_;
  record::ShapeReader shapes_;
  std::vector<std::vector<std::uint32_t>> slots_;  // by shape: the stream of each slot
  std::size_t shapes_written_ = 0;
  std::size_t streams_written_ = 0;
  std::deque<Stream> streams_;  // the first holds the lines kept as they are
  std::map<std::string, std::uint32_t> by_path_;
  std::vector<std::uint64_t> sequence_;  // by event of the open block: 0, or the shape and 1
  bool carriage_return_ = false;         // before each line feed of the block's shaped lines
  bool shaped_ = false;                  // the block has such lines
  std::size_t bytes_ = 0;                // of the block's lines
  std::uint64_t lines_ = 0;
  std::uint64_t all_bytes_ = 0;
  std::uint64_t as_they_are_ = 0;
};

// Adds all lines of the input; where it is a packed log, those in it. `more`: another input follows, so that the last line is ended if it is
// not. `alone`: no other comes or came; else the input must be no list. A sentence when it could not be read or packed; empty otherwise.
[[nodiscard]] std::string add_all(std::unique_ptr<fleet::Input> input, bool more, bool alone,
                                  Writer& writer);

}  // namespace samrad::pack
