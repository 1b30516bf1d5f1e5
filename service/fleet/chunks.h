// The lines of an event file, some thousand at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "service/fleet/input.h"
#include "service/record/fault.h"

namespace samrad::fleet {

// Whole lines. The last of the file may lack its line feed.
struct Chunk {
  std::unique_ptr<char[]> bytes;  // some more than size, for who reads ahead
  std::size_t room = 0;
  std::size_t size = 0;

  [[nodiscard]] std::string_view text() const { return {bytes.get(), size}; }
};

class ChunkReader {
 public:
  explicit ChunkReader(Input& input) : input_(input) {}

  // False at the end. Of a line much longer than an event may be only the beginning is kept.
  bool next(Chunk& chunk);

  // How far the input has been read.
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

  static constexpr std::size_t bytes_wanted = std::size_t{1} << 18U;  // what the caches hold with the rows made of it
  static constexpr std::size_t padding = 64;

 private:
  static void widen(Chunk& chunk, std::size_t room, std::size_t kept);

  Input& input_;
  std::string rest_;  // the beginning of a line
  bool begun_ = false;
  std::uint64_t bytes_ = 0;
};

// Whether every file holds lines of JSON: its first character that is no blank is an opening brace, or there is none.
[[nodiscard]] bool all_lines(Inputs& inputs);

}  // namespace samrad::fleet
