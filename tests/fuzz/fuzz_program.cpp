// Any bytes as an encoded program: refused, or a program whose encoding is those very bytes.
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "rules/program/decode.h"

using namespace samrad;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const program::Decoded decoded = program::decode({data, size});
  if (decoded.program && program::encode(*decoded.program) != std::vector<std::uint8_t>(data, data + size)) std::abort();
  return 0;
}
