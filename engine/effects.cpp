// Which events of a day have effect (validity clauses), and the word of people on occurrences (waivers, assessments).
#include <algorithm>

#include "engine/arithmetic.h"
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

// Events are remembered before their effect is judged, since a validity condition may ask about others of the same day.
void Run::judge_effects() {
  for (Remembered& r : today) {
    if (machine.keep_days[r.event.type] >= 0) state.memory[r.event.type].push_back(r);
  }
  for (Remembered& r : today) {
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
      out.voids.push_back(v);
      r.effect = both(r.effect, valid.truth);
      // What is missing is what a verdict that turns on this event must name.
      r.void_text = valid.truth == Truth::no ? valid.text : valid.missing.front();
    }
    if (r.effect == Truth::yes) continue;
    for (Remembered& kept : state.memory[r.event.type])
      if (kept.event.identity == r.event.identity) {
        kept.effect = r.effect;
        kept.void_text = r.void_text;
      }
  }
}

void Run::announce_rulings() {
  const program::Program& p = machine.program;
  for (const Remembered& r : today) {
    const Builtin builtin = p.event_types[r.event.type].builtin;
    if (builtin != Builtin::waiver && builtin != Builtin::assessment) continue;
    Ruling ruling;
    ruling.waiver = builtin == Builtin::waiver;
    ruling.occurrence = field(p, r.event, "occurrence").symbol;
    ruling.event = r.event.identity;
    ruling.by = field(p, r.event, "by").symbol;
    ruling.verdict = field(p, r.event, "verdict").symbol;
    ruling.reason = field(p, r.event, "reason").symbol;
    ruling.day = r.event.day;
    out.rulings.push_back(ruling);
  }
}

}  // namespace samrad::engine
