// Which events of a day have effect (validity clauses), and the word of people on occurrences (waivers, assessments).
#include <algorithm>

#include "engine/arithmetic.h"
#include "engine/book.h"
#include "engine/day.h"

namespace samrad::engine {
namespace {

using program::Builtin;

Value field(const program::Program& p, const Event& e, std::string_view name) {
  const program::EventType& type = p.event_types[e.type];
  for (std::uint32_t i = 0; i < type.fields.count && i < e.fields.size(); ++i)
    if (p.symbols[p.fields[type.fields.first + i].name] == name) return e.fields[i];
  return {};
}

}  // namespace

// What a validity rule says of one event. `effects` are those of the round before, as the memory holds them.
void Run::judge_effect(Remembered& r, std::vector<VoidEvent>& voids) const {
  for (const Index row : machine.validity[r.event.type]) {
    const program::Rule& rule = machine.program.rules[row];
    if (r.event.day < rule.from || r.event.day > rule.to) continue;
    const Answer concerned = fits(asking(&r.event), rule.pattern, r.event);
    if (concerned.truth == Truth::no) continue;
    Answer valid = ask(asking(&r.event), rule.condition);
    if (concerned.truth == Truth::unknown && valid.truth == Truth::no) valid = concerned;
    if (valid.truth == Truth::yes) continue;
    VoidEvent v{r.event.identity, row, valid.truth == Truth::no, {}};
    v.note = {Why::condition_false, r.event.identity, valid.text, valid.expected, valid.actual, r.event.day};
    if (!v.certain) {
      v.note.why = Why::condition_unknown;
      v.note.expected = text_value(valid.missing.front());
    }
    voids.push_back(v);
    r.effect = both(r.effect, valid.truth);
    // What is missing is what a verdict that turns on this event must name.
    r.void_text = valid.truth == Truth::no ? valid.text : valid.missing.front();
  }
}

void Run::remember_effect(const Remembered& r) {
  std::vector<Remembered>& kept = state.memory[r.event.type];
  for (auto at = kept.rbegin(); at != kept.rend() && at->event.day == r.event.day; ++at)  // today's are the last
    if (at->event.identity == r.event.identity) {
      at->effect = r.effect;
      at->void_text = r.void_text;
    }
}

// Effects may turn on facts, facts on events that have effect, and both on other events of the day. Rounds, each from the result of
// the one before as a whole, so that no order of the day's events shows; rules that go in a circle end after a few.
void Run::judge_effects_and_facts() {
  constexpr int rounds_max = 4;
  for (const Remembered& r : today)
    if (machine.keep_days[r.event.type] >= 0) state.memory[r.event.type].push_back(r);
  const std::vector<FactState> before = state.facts;
  std::vector<VoidEvent> voids;
  for (int round = 0; round < rounds_max; ++round) {
    voids.clear();
    std::vector<Remembered> judged = today;
    for (Remembered& r : judged) {
      r.effect = Truth::yes;
      r.void_text = 0;
      judge_effect(r, voids);
    }
    const bool settled_down = round > 0 && judged == today;
    today = std::move(judged);
    for (const Remembered& r : today) remember_effect(r);
    if (settled_down) break;
    state.facts = before;
    judge_facts();
  }
  out.voids.insert(out.voids.end(), voids.begin(), voids.end());
}

std::optional<Ruling> ruling_of(const program::Program& p, const Event& e) {
  const Builtin builtin = p.event_types[e.type].builtin;
  if (builtin != Builtin::waiver && builtin != Builtin::assessment) return std::nullopt;
  Ruling ruling;
  ruling.waiver = builtin == Builtin::waiver;
  ruling.occurrence = field(p, e, "occurrence").symbol;
  ruling.event = e.identity;
  ruling.by = field(p, e, "by").symbol;
  ruling.verdict = field(p, e, "verdict").symbol;
  ruling.reason = field(p, e, "reason").symbol;
  ruling.day = e.day;
  return ruling;
}

void Run::announce_rulings() {
  for (const Remembered& r : today)
    if (const auto ruling = ruling_of(machine.program, r.event)) out.rulings.push_back(*ruling);
}

}  // namespace samrad::engine
