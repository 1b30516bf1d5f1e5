// One target for libFuzzer: the build says which.
#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  samrad::fuzz::SAMRAD_FUZZ_TARGET({reinterpret_cast<const char*>(bytes), size});
  return 0;
}
