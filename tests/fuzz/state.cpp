// Any bytes behind a true head as an encoded state: refused, or a state whose encoding is those very bytes and that the engine can run on.
#include <algorithm>

#include "engine/engine.h"
#include "engine/packed.h"
#include "tests/fuzz/agreement.h"
#include "tests/fuzz/story.h"
#include "tests/fuzz/target.h"

namespace samrad::fuzz {

void state(std::string_view text) {
  engine::Symbols symbols(agreement());
  const engine::Machine machine(agreement(), symbols);
  constexpr std::size_t head = 4 + 32;  // magic and the program's hash
  std::vector<std::uint8_t> bytes = engine::encode(machine, engine::begin(machine));
  bytes.resize(head);
  bytes.insert(bytes.end(), text.begin(), text.end());
  std::optional<engine::State> state = engine::decode(machine, symbols, bytes);
  if (!state) return;
  require(engine::encode(machine, *state) == bytes, "a state that was read is written as it was");
  require(engine::encode(machine, engine::unpack(engine::pack(*state))) == bytes, "a packed state is the state");

  engine::Findings said;
  const calendar::Day first = std::clamp(state->today + 1, agreement().term_first, calendar::day_max + -900);
  if (first <= state->today) return;
  Story story(agreement(), symbols, text.substr(0, 48));
  while (auto event = story.next()) {
    event->day = first + (event->day.n - agreement().term_first.n) % 400;
    if (event->day < state->today) continue;
    engine::step(machine, *state, {{event->day, std::int64_t{event->day.n} * 86400}, &*event}, said);
  }
  const calendar::Day as_of = first + 800;
  engine::conclude(machine, *state, {as_of, std::int64_t{as_of.n} * 86400}, said);
}

}  // namespace samrad::fuzz
