// Any bytes as an encoded program: refused, or a program whose encoding is those very bytes and that the engine can run.
#include <algorithm>
#include <cstdlib>

#include "engine/engine.h"
#include "rules/program/decode.h"
#include "rules/program/dump.h"
#include "tests/fuzz/target.h"

namespace samrad::fuzz {

namespace {

using calendar::Day;

engine::Moment morning(Day day) { return {day, std::int64_t{day.n} * 86400}; }

}  // namespace

void program(std::string_view text) {
  const std::span<const std::uint8_t> bytes = bytes_of(text);
  const program::Decoded decoded = program::decode(bytes);
  require(decoded.program.has_value() != !decoded.fault.empty(), "a program or a fault");
  if (!decoded.program) return;
  const std::vector<std::uint8_t> again = program::encode(*decoded.program);
  require(std::equal(again.begin(), again.end(), bytes.begin(), bytes.end()), "a program that was read is written as it was");
  (void)program::dump(*decoded.program);

  // A template has parameters to be filled in first.
  if (!decoded.program->parameters.empty()) return;
  const engine::Symbols symbols(*decoded.program);
  const engine::Machine machine(*decoded.program, symbols);
  engine::State state = engine::begin(machine);
  engine::Findings said;
  const Day end = std::min(std::max(state.term_first, calendar::day_min) + 60, calendar::day_max);
  engine::Event event;
  for (event.type = 0; event.type < std::min<std::size_t>(decoded.program->event_types.size(), 20); ++event.type) {
    event.day = std::min(state.term_first + static_cast<int>(event.type), end);
    event.earliest = morning(event.day).utc;
    event.latest = event.earliest + 86399;
    event.fields.assign(decoded.program->event_types[event.type].fields.count, {});
    engine::step(machine, state, {morning(event.day), &event}, said);
  }
  engine::conclude(machine, state, morning(end), said);
}

}  // namespace samrad::fuzz
