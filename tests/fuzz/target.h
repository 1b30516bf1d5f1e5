// The fuzz targets. Each takes any bytes; what must hold of what the house makes of them is said by `require`.
//
// A target is linked with libFuzzer (entry.cpp, the preset `fuzz`) or called with the files of corpus/ (replay_test.cpp, every build).
#pragma once

#include <cstdint>
#include <span>
#include <stdexcept>
#include <string_view>

namespace samrad::fuzz {

void rules(std::string_view bytes);
void program(std::string_view bytes);
void events(std::string_view bytes);
void quick(std::string_view bytes);
void log(std::string_view bytes);
void lines(std::string_view bytes);
void csv(std::string_view bytes);
void instances(std::string_view bytes);
void scenario(std::string_view bytes);
void state(std::string_view bytes);
void packed(std::string_view bytes);

// A property does not hold: libFuzzer ends with the input kept, the replay names the file.
struct Broken : std::logic_error {
  using std::logic_error::logic_error;
};

inline void require(bool holds, const char* property) {
  if (!holds) throw Broken(property);
}

inline std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace samrad::fuzz
