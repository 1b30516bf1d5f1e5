// §3.6 Alternation and rotation.
#include <algorithm>

#include "tests/reference/forms.h"

namespace samrad::reference {
namespace {

// The one of those named whose turn the event takes; nothing: none of them. "A deputy counts as the one he or she stands in for."
std::optional<std::size_t> turn(const Story& story, const std::vector<std::string>& names,
                                std::string who) {
  for (int steps = 0; steps < 20; ++steps) {
    const auto at = std::find(names.begin(), names.end(), who);
    if (at != names.end()) return static_cast<std::size_t>(at - names.begin());
    const auto deputy = story.agreement.stands_for.find(who);
    if (deputy == story.agreement.stands_for.end()) return std::nullopt;
    who = deputy->second;
  }
  return std::nullopt;
}

}  // namespace

// "Alternate: the value is one of those named and differs from that of the previous P. Rotate: it is the one after the previous P's. The
// first P may be any of them; so may a P after one whose value was none of them. Unknown value, unknown previous value …, where it
// decides: cannot-assess. Void events are passed over."
void judge_turns(const Case& c, Verdicts& out) {
  const Tree& tree = c.tree();
  const auto parts = tree.of(c.clause.core);
  const bool rotate = tree.kind(c.clause.core) == Node::rotation;
  const std::string_view field = tree.text(c.clause.core);
  std::vector<std::string> names;
  for (const NodeId part : parts.subspan(1))
    for (const std::string& name : c.story.agreement.written_out(part))
      names.push_back(c.story.named(name, c.scene));

  struct Held {
    bool known = false;
    std::optional<std::size_t> turn;
  };
  std::optional<Held> previous;
  for (const Event* e : c.judged(parts[0])) {
    const Value value = c.story.field(*e, field);
    const Held now{!value.missing(),
                   value.missing() ? std::nullopt : turn(c.story, names, value.text)};
    // Whether it may be that one's turn, with what is known of the previous.
    const auto fits = [&](std::size_t who) {
      if (!previous) return Truth::yes;
      if (!previous->known) return names.size() == 1 ? Truth::no : Truth::unknown;
      if (!previous->turn) return Truth::yes;
      return sure(rotate ? who == (*previous->turn + 1) % names.size() : who != *previous->turn);
    };
    Verdict v;
    v.clause = &c.clause;
    name_after(v, c.name, *e);
    v.opens = v.due = v.settled = e->day();
    v.breach = e;
    v.scene = c.about(*e, parts[0]);
    const Truth right = !now.known ? Truth::unknown : now.turn ? fits(*now.turn) : Truth::no;
    v.status = right == Truth::yes  ? Status::met
               : right == Truth::no ? Status::broken
                                    : Status::cannot_assess;
    excuse(c, v);
    out.push_back(v);
    previous = now;
  }
}

}  // namespace samrad::reference
