// A packed log where lines are expected: they come out of it as they went in.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "service/fleet/input.h"

namespace samrad::pack {

// The input itself; where it begins as a packed log does, its lines instead. Reads the first bytes at once. A log that cannot be read
// ends early, and error() says why.
[[nodiscard]] std::unique_ptr<fleet::Input> lines_of(std::unique_ptr<fleet::Input> input);

// As lines_of, for what is in memory already. The second is a sentence, empty where the whole was read.
struct Unpacked {
  std::string text;
  std::string fault;
};
[[nodiscard]] Unpacked unpack(std::string_view log);

}  // namespace samrad::pack
