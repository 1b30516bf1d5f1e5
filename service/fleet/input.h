// Where the bytes of a fleet come from. Who opens files is somebody else: the command line, or a test.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace samrad::fleet {

class Input {
 public:
  virtual ~Input() = default;

  // Fills `room` with at most that many bytes and says how many; 0: nothing is left, or an error.
  virtual std::size_t read(char* room, std::size_t bytes) = 0;

  // Of all that is still to be read; 0: nobody knows.
  [[nodiscard]] virtual std::uint64_t left() const { return 0; }

  // A sentence when the last read failed; empty otherwise.
  [[nodiscard]] virtual std::string error() const { return {}; }
};

// A text in memory, which must outlive it, given out at most `most` bytes at a time.
class TextInput final : public Input {
 public:
  explicit TextInput(std::string_view text, std::size_t most = SIZE_MAX) : rest_(text), most_(most) {}
  std::size_t read(char* room, std::size_t bytes) override {
    const std::size_t n = rest_.copy(room, std::min(bytes, most_));
    rest_.remove_prefix(n);
    return n;
  }

 private:
  std::string_view rest_;
  std::size_t most_;
};

// Room for bytes that are wanted once more.
class Scratch {
 public:
  virtual ~Scratch() = default;

  // A sentence when they could not be kept; empty otherwise.
  [[nodiscard]] virtual std::string append(std::string_view bytes) = 0;

  // All that was appended, from its beginning. Nothing is appended afterwards.
  [[nodiscard]] virtual std::unique_ptr<Input> read() = 0;
};

// The event files of a run. Each can be read more than once and says the same each time.
class Inputs {
 public:
  virtual ~Inputs() = default;

  [[nodiscard]] virtual std::size_t count() const = 0;
  [[nodiscard]] virtual const std::string& name(std::size_t file) const = 0;  // for messages
  [[nodiscard]] virtual std::uint64_t bytes() const = 0;                      // of all files
  [[nodiscard]] virtual tl::expected<std::unique_ptr<Input>, std::string>
  open(std::size_t file) = 0;
  // As open(), but where the file is a packed log (service/pack) its own bytes instead of its lines; null where it is none.
  [[nodiscard]] virtual tl::expected<std::unique_ptr<Input>, std::string> open_log(std::size_t /*file*/) { return nullptr; }
  [[nodiscard]] virtual tl::expected<std::unique_ptr<Scratch>, std::string> scratch() = 0;
};

}  // namespace samrad::fleet
