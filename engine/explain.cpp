// A finding and its rule to a tree of reasons. Entry point: explain.
//
// The dates are not computed anew to be compared with the finding's; each step is told with the finding's own days, and only
// what the finding leaves out (the whole window, the day counted from) is looked up.

#include "engine/explain.h"

#include <algorithm>

#include "engine/explain_time.h"

namespace samrad::engine {

using program::Form;
using program::Quantity;
using program::Rule;

Ground::Ground(const program::Program& program, const Symbols& symbols,
               std::span<const Event> events, const Book& book)
    : program_(&program), symbols_(&symbols), events_(events), book_(&book) {
  by_identity_.reserve(events.size());
  for (std::uint32_t i = 0; i < events.size(); ++i)
    by_identity_.emplace_back(events[i].identity, i);
  std::sort(by_identity_.begin(), by_identity_.end());
}

const Event* Ground::event(Symbol identity) const {
  const auto it = std::lower_bound(by_identity_.begin(), by_identity_.end(),
                                   std::pair<Symbol, std::uint32_t>(identity, 0));
  return it != by_identity_.end() && it->first == identity ? &events_[it->second] : nullptr;
}

const Reason* Reason::child(ReasonKind wanted) const {
  for (const Reason& reason : children)
    if (reason.kind == wanted) return &reason;
  return nullptr;
}

bool about_event(Why why) { return why <= Why::out_of_order; }

Index acting_rule(const Ground& ground, const Occurrence& occurrence) {
  const Key& key = occurrence.finding.key;
  const Index consequence = ground.program().rules[key.rule].otherwise;
  return key.otherwise && consequence != program::none ? consequence : key.rule;
}

namespace {

// Forms that judge each event by itself: what was wrong with that event is the verdict's own reason.
bool judges_one(Form form) {
  return form == Form::constraint || form == Form::prohibition || form == Form::power ||
         form == Form::alternation || form == Form::rotation;
}

// Forms that turn on who stands in one field.
bool names_one(Form form) {
  return form == Form::power || form == Form::alternation || form == Form::rotation;
}

class Explanation {
 public:
  Explanation(const Ground& ground, const Occurrence& occurrence)
      : ground_(ground),
        program_(ground.program()),
        finding_(occurrence.finding),
        row_(acting_rule(ground, occurrence)),
        rule_(program_.rules[row_]),
        id_(occurrence.id) {}

  Reason whole() const {
    Reason root = of(ReasonKind::occurrence);
    root.children.push_back(demand());
    root.children.push_back(explain_time(ground_, rule_, row_, finding_));
    if (Reason list = events(); !list.children.empty()) root.children.push_back(std::move(list));
    if (Reason way = remedy(); !way.children.empty()) root.children.push_back(std::move(way));
    root.children.push_back(verdict());
    return root;
  }

 private:
  Reason of(ReasonKind kind) const { return reason_of(kind, row_, finding_); }

  Reason of(const Note& note) const {
    Reason reason = of(ReasonKind::note);
    reason.why = note.why;
    reason.event = note.event;
    reason.text = note.text;
    reason.expected = note.expected;
    reason.actual = note.actual;
    reason.day = note.day;
    if (note.why == Why::fact_not_holding)
      reason.present = std::any_of(finding_.notes.begin(), finding_.notes.end(), [&](const Note& n) {
        return n.why == Why::fact_holds && n.text == note.text;
      });
    if (note.why == Why::void_event && reason.actual.kind == program::ValueKind::absent)
      for (const VoidEvent& one : ground_.book().voids)
        if (one.event == note.event && one.note.text == note.text) reason.actual = one.note.actual;
    return reason;
  }

  Reason demand() const {
    Reason reason = of(ReasonKind::demand);
    reason.text = rule_.sentence;
    if (rule_.source != 0) {
      reason.children.push_back(of(ReasonKind::source));
      reason.children.back().text = rule_.source;
    }
    if (rule_.reading != 0) {
      reason.children.push_back(of(ReasonKind::reading));
      reason.children.back().name = rule_.reading;
      reason.children.back().text = rule_.reading_label;
    }
    if (rule_.amended || rule_.amends) {
      reason.children.push_back(of(ReasonKind::in_force));
      reason.children.back().first = std::max(rule_.from, ground_.book().term_first);
      reason.children.back().last = rule_.to;
    }
    return reason;
  }

  bool of_verdict(const Note& note) const {
    if (!about_event(note.why)) return true;
    const bool own = note.event == finding_.key.identity && note.event != 0;
    return judges_one(rule_.form) && own &&
           (note.why == Why::condition_false || note.why == Why::condition_unknown);
  }

  Reason events() const {
    Reason list = of(ReasonKind::events);
    list.have = finding_.have;
    list.need = finding_.need;
    for (const Note& note : finding_.notes)
      if (!of_verdict(note)) list.children.push_back(of(note));
    for (const Symbol identity : finding_.evidence) {
      const bool told =
          std::any_of(finding_.notes.begin(), finding_.notes.end(), [&](const Note& note) {
            return note.event == identity && about_event(note.why) && note.why != Why::triggered;
          });
      if (told) continue;
      Note counted;
      const bool own = identity == finding_.key.identity &&
                       (judges_one(rule_.form) || rule_.form == Form::precedence);
      counted.why = own ? Why::judged : Why::counted;
      counted.event = identity;
      if (const Event* event = ground_.event(identity)) {
        counted.day = event->day;
        if (own && names_one(rule_.form) && rule_.slot < event->fields.size())
          counted.actual = event->fields[rule_.slot];
      }
      list.children.push_back(of(counted));
    }
    std::stable_sort(list.children.begin(), list.children.end(),
                     [&](const Reason& a, const Reason& b) {
                       const Event* left = ground_.event(a.event);
                       const Event* right = ground_.event(b.event);
                       return left && right && left->day < right->day;
                     });
    return list;
  }

  const Note* note(Why why) const {
    for (const Note& note : finding_.notes)
      if (note.why == why) return &note;
    return nullptr;
  }

  Reason way(ReasonKind kind, Symbol text, Day day) const {
    Reason reason = of(kind);
    reason.present = !settled(finding_.status);
    reason.text = text;
    reason.day = day;
    reason.event = finding_.key.identity;
    return reason;
  }

  Symbol pattern_text(Index pattern) const {
    return pattern == program::none ? 0 : program_.patterns[pattern].text;
  }

  // What would have met the clause, or still would.
  Reason remedy() const {
    Reason list = of(ReasonKind::remedy);
    list.present = !settled(finding_.status);
    switch (finding_.status) {
    case Status::upcoming:
    case Status::open:
    case Status::missed:
    case Status::lapsed: to_do(list.children); break;
    case Status::broken: to_avoid(list.children); break;
    case Status::cannot_assess: to_tell(list.children); break;
    case Status::met:
    case Status::met_late:
    case Status::waived: break;
    }
    return list;
  }

  void to_do(std::vector<Reason>& out) const {
    switch (rule_.form) {
    case Form::count: {
      const bool at_most = rule_.quantity == Quantity::at_most;
      Reason reason = way(at_most ? ReasonKind::fewer_times : ReasonKind::more_times,
                          pattern_text(rule_.pattern), finding_.due);
      reason.need = finding_.need - finding_.have;
      reason.have = finding_.have;
      if (!at_most ? reason.need > 0 : reason.present) out.push_back(reason);
      break;
    }
    case Form::deadline:
      out.push_back(way(ReasonKind::act_by, pattern_text(rule_.pattern), finding_.due));
      break;
    case Form::response:
    case Form::step:
      out.push_back(way(ReasonKind::act_by, pattern_text(rule_.answer), finding_.due));
      break;
    case Form::extension:
      for (std::uint32_t i = 0; i < rule_.dated.count; ++i) {
        const program::Aggregate& dated =
            program_.aggregates[program_.indices[rule_.dated.first + i]];
        out.push_back(way(ReasonKind::act_by, pattern_text(dated.pattern), finding_.due));
      }
      break;
    case Form::standing:
      out.push_back(way(ReasonKind::keep_fact,
                        rule_.fact == program::none ? 0 : program_.facts[rule_.fact].name,
                        finding_.due));
      break;
    case Form::attested:
      out.push_back(way(ReasonKind::assess, 0, finding_.due));
      out.back().name = rule_.judged_by;
      break;
    case Form::precedence:
    case Form::constraint:
    case Form::alternation:
    case Form::rotation:
    case Form::validity:
    case Form::prohibition:
    case Form::power: break;
    }
  }

  void to_avoid(std::vector<Reason>& out) const {
    switch (rule_.form) {
    case Form::count:
      out.push_back(way(ReasonKind::fewer_times, pattern_text(rule_.pattern), finding_.due));
      out.back().need = finding_.have - finding_.need;
      out.back().have = finding_.have;
      break;
    case Form::precedence: {
      Reason reason = way(ReasonKind::act_before, pattern_text(rule_.answer), calendar::day_max);
      if (const Note* late = note(Why::not_early_enough)) reason.day = late->day;
      out.push_back(reason);
      break;
    }
    case Form::constraint:
    case Form::prohibition: {
      const Note* failed =
          note(rule_.form == Form::constraint ? Why::condition_false : Why::prohibited);
      Reason reason = way(ReasonKind::condition_true, failed ? failed->text : rule_.sentence,
                          calendar::day_max);
      if (rule_.form == Form::constraint) out.push_back(reason);
      break;
    }
    case Form::alternation:
    case Form::rotation:
    case Form::power: {
      Reason reason = way(ReasonKind::value_one_of, 0, calendar::day_max);
      if (const Note* turn = note(Why::wrong_turn)) reason.expected = turn->expected;
      out.push_back(reason);
      break;
    }
    case Form::standing:
      out.push_back(way(ReasonKind::keep_fact,
                        rule_.fact == program::none ? 0 : program_.facts[rule_.fact].name,
                        finding_.due));
      break;
    case Form::deadline:
    case Form::response:
    case Form::step:
    case Form::validity:
    case Form::attested:
    case Form::extension: break;
    }
  }

  void to_tell(std::vector<Reason>& out) const {
    if (note(Why::awaiting_assessment)) {
      out.push_back(way(ReasonKind::assess, 0, calendar::day_max));
      out.back().name = rule_.judged_by;
      return;
    }
    for (const Symbol name : finding_.missing) {
      out.push_back(way(ReasonKind::name_missing, name, calendar::day_max));
      for (const Note& note : finding_.notes) {
        const bool names = note.text == name || note.expected.symbol == name;
        if (names && note.event != 0) out.back().event = note.event;
      }
    }
  }

  Reason verdict() const {
    Reason reason = of(ReasonKind::verdict);
    reason.day = finding_.settled;
    reason.due = finding_.due;
    reason.instant = finding_.due_instant;
    reason.have = finding_.have;
    reason.need = finding_.need;
    for (const Note& note : finding_.notes)
      if (of_verdict(note)) reason.children.push_back(of(note));
    const bool breached = finding_.status == Status::missed || finding_.status == Status::broken;
    if (breached && (rule_.otherwise_text != 0 || rule_.otherwise != program::none) &&
        !finding_.key.otherwise) {
      Reason next = of(ReasonKind::consequence);
      next.text = rule_.otherwise_text != 0 ? rule_.otherwise_text
                                            : pattern_text(program_.rules[rule_.otherwise].answer);
      next.name = rule_.otherwise_text;
      next.day = calendar::day_max;
      if (const Occurrence* opened = ground_.book().find(id_ + "/otherwise"))
        next.day = opened->finding.due;
      reason.children.push_back(next);
    }
    return reason;
  }

  const Ground& ground_;
  const program::Program& program_;
  const Finding& finding_;
  Index row_;
  const Rule& rule_;
  const std::string& id_;
};

}  // namespace

Reason explain(const Ground& ground, const Occurrence& occurrence) {
  return Explanation(ground, occurrence).whole();
}

}  // namespace samrad::engine
