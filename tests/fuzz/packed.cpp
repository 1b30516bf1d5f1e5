// Any history: a state that is packed, or encoded, and taken up again after every event goes on as if it had never rested.
#include "engine/engine.h"
#include "engine/packed.h"
#include "tests/fuzz/agreement.h"
#include "tests/fuzz/story.h"
#include "tests/fuzz/target.h"

namespace samrad::fuzz {

namespace {

using engine::Findings;
using engine::State;

bool same(const Findings& a, const Findings& b) {
  if (a.changes.size() != b.changes.size() || a.voids.size() != b.voids.size()) return false;
  for (std::size_t i = 0; i < a.changes.size(); ++i) {
    const engine::Finding &x = a.changes[i], &y = b.changes[i];
    if (x.key != y.key || x.status != y.status || x.due != y.due || x.settled != y.settled || x.have != y.have) return false;
    if (x.evidence != y.evidence || x.missing != y.missing || x.notes != y.notes || x.gone != y.gone) return false;
  }
  return true;
}

}  // namespace

void packed(std::string_view bytes) {
  engine::Symbols symbols(agreement());
  const engine::Machine machine(agreement(), symbols);
  Story story(agreement(), symbols, bytes.substr(0, 120));
  State straight = engine::begin(machine), rested = straight;
  Findings said, rested_said;
  while (const auto event = story.next()) {
    const engine::Moment at{event->day, event->earliest};
    const auto wake = engine::step(machine, straight, {at, &*event}, said);
    require(engine::step(machine, rested, {at, &*event}, rested_said) == wake, "a rested state wakes on the same day");
    rested = engine::unpack(engine::pack(rested));
    const std::vector<std::uint8_t> encoded = engine::encode(machine, straight);
    require(engine::encode(machine, rested) == encoded, "a packed state is the state");
    const auto decoded = engine::decode(machine, symbols, encoded);
    require(decoded && engine::encode(machine, *decoded) == encoded, "a state is what its bytes say");
  }
  const calendar::Day end = std::max(straight.today, agreement().term_first) + 500;
  engine::conclude(machine, straight, {end, std::int64_t{end.n} * 86400}, said);
  engine::conclude(machine, rested, {end, std::int64_t{end.n} * 86400}, rested_said);
  require(same(said, rested_said), "a rested state says the same");
}

}  // namespace samrad::fuzz
