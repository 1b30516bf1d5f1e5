// Any bytes behind a true head as an encoded state: refused, or a state that the engine can run on.
#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/engine.h"
#include "tests/fuzz/fixed.h"

using namespace samrad;

namespace {

constexpr std::string_view rule_text =
    "agreement fuzz\n  term 2016-06-01 to 2018-05-31\nforum council\nevent meeting of forum\n  remote yes/no optional\n"
    "event minutes of forum\nfact open\n  holds from meeting until minutes\n"
    "clause often\n  meeting of council must happen at least twice every half-year\n"
    "clause answered\n  after meeting of council, minutes of council must happen within 30 days\n"
    "clause near\n  every meeting must have number of meeting in the last 3 months is at most 2\n"
    "clause stands\n  open must hold\n";

const program::Program& fixed() {
  static const program::Program program = fuzz::compiled(rule_text);
  return program;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  engine::Symbols symbols(fixed());
  const engine::Machine machine(fixed(), symbols);
  constexpr std::size_t head = 4 + 32;  // magic and the program's hash
  std::vector<std::uint8_t> bytes = engine::encode(machine, engine::begin(machine));
  bytes.resize(head);
  bytes.insert(bytes.end(), data, data + size);
  std::optional<engine::State> state = engine::decode(machine, symbols, bytes);
  if (!state) return 0;
  engine::Findings said;
  const calendar::Day as_of{std::max(state->today.n, 0) + 800};
  if (as_of <= calendar::day_max) engine::conclude(machine, *state, {as_of, std::int64_t{as_of.n} * 86400}, said);
  return 0;
}
