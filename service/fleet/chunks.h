// The lines of all event files, some thousand at a time.
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

// Whole lines of one file. The last may lack its line feed.
struct Chunk {
  std::vector<char> bytes;     // some more than size, for who reads ahead
  std::size_t size = 0;
  std::size_t file = 0;
  bool begins_file = false;
  std::uint64_t number = 0;    // the first is 0
  std::uint64_t read = 0;      // bytes of all files up to its end

  [[nodiscard]] std::string_view text() const { return {bytes.data(), size}; }
};

class ChunkReader {
 public:
  // Faults of the files themselves go to `faults`.
  ChunkReader(Inputs& inputs, record::Faults& faults) : inputs_(inputs), faults_(faults) {}

  // False at the end. Of a line much longer than an event may be only the beginning is kept.
  bool next(Chunk& chunk);

  static constexpr std::size_t bytes_wanted = std::size_t{1} << 20U;
  static constexpr std::size_t padding = 64;

 private:
  bool open();
  void fault(std::string why);

  Inputs& inputs_;
  record::Faults& faults_;
  std::unique_ptr<Input> input_;
  std::size_t file_ = 0;      // the next to be opened
  bool fresh_ = false;        // nothing of the open file has been handed out
  std::string rest_;          // of the open file: the beginning of a line
  std::uint64_t number_ = 0;
  std::uint64_t read_ = 0;
};

// Whether every file holds lines of JSON: its first character that is no blank is an opening brace, or there is none.
[[nodiscard]] bool all_lines(Inputs& inputs);

}  // namespace samrad::fleet
