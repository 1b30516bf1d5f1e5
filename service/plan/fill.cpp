// Rounds over all goals until they hold or nothing more can be done: mending one may show another.
#include "service/plan/fill.h"

#include <algorithm>

#include "engine/arithmetic.h"
#include "service/plan/bring_about.h"

namespace samrad::plan {

using engine::Asking;
using engine::Truth;
using program::Limit;
using program::ValueKind;

namespace {

constexpr int rounds_max = 8;

Symbol seat_of(const program::Program& p, const Rule& r, Symbol value) {
  for (std::uint32_t i = 0; i < r.members.count; ++i)
    if (p.symbol_lists[r.members.first + i] == value) return value;
  for (const program::Member& m : p.members)
    if (m.name == value && m.deputy_of != 0) return m.deputy_of;
  return value;
}

class Filling {
 public:
  Filling(const Fill& fill, Event& event, const std::vector<Wish>& wishes, bool choose_subject)
      : fill_(fill),
        p_(fill.machine.program),
        event_(event),
        wishes_(wishes),
        bring_(fill, event, choose_subject) {}

  Filled run() {
    bring_.required_fields();
    for (int round = 0; round < rounds_max; ++round) {
      changed_ = false;
      go_round();
      if (!changed_) break;
    }
    looking_only_ = true;
    result_.failing.clear();
    go_round();
    std::sort(result_.shaped_by.begin(), result_.shaped_by.end());
    return result_;
  }

 private:
  Asking asking(const Event* origin, Symbol member) const {
    return {fill_.machine, bring_.state(), &event_, origin != nullptr ? origin : &event_,
            event_.day,    member,         {}};
  }

  void shaped(Index rule) {
    if (rule == program::none) return;
    if (std::find(result_.shaped_by.begin(), result_.shaped_by.end(), rule) ==
        result_.shaped_by.end())
      result_.shaped_by.push_back(rule);
  }

  bool fail(Index rule) {
    if (std::find(result_.failing.begin(), result_.failing.end(), rule) == result_.failing.end())
      result_.failing.push_back(rule);
    return false;
  }

  void go_round() {
    for (const Wish& w : wishes_)
      grant(w);
    for (const engine::Instance& in : fill_.state.instances)
      mend(in.rule, in.member, &in);
    for (const Index row : fill_.machine.validity[event_.type])
      mend(row, 0, nullptr);
  }

  // True when it holds, by itself or after what was done now.
  bool achieve(program::Expression code, bool want, const Event* origin, Symbol member,
               Index rule) {
    if (code.count == 0) return want || fail(rule);
    const Truth wanted = want ? Truth::yes : Truth::no;
    if (engine::ask(asking(origin, member), code).truth == wanted) return true;
    if (looking_only_) return fail(rule);
    const Event before = event_;
    if (!bring_.about(code, want, origin, member)) {
      event_ = before;
      return fail(rule);
    }
    changed_ = true;
    shaped(rule);
    return true;
  }

  bool grant(const Wish& w) {
    if (w.key_slot == program::subject_slot) return event_.subject == w.member || fail(w.rule);
    if (w.key_slot != program::none && looking_only_)
      return bring_.members(w.key_slot) == std::vector<Symbol>{w.member} || fail(w.rule);
    if (w.key_slot != program::none) return bring_.set_member(w.key_slot, w.member) || fail(w.rule);
    return w.code.count == 0 || achieve(w.code, true, w.origin, w.member, w.rule);
  }

  // A condition of which nobody knows whether it fits is decided: rather not, so that nothing more is asked.
  Truth decided(Index pattern, Symbol member, Index rule) {
    const Truth t = engine::fit(asking(nullptr, member), pattern, event_);
    if (t != Truth::unknown || looking_only_) return t;
    const program::Expression code = p_.patterns[pattern].condition;
    for (const bool want : {false, true}) {
      const Event before = event_;
      if (bring_.about(code, want, nullptr, member)) {
        changed_ = true;
        shaped(rule);
        return want ? Truth::yes : Truth::no;
      }
      event_ = before;
    }
    return t;
  }

  bool mend(Index row, Symbol member, const engine::Instance* in) {
    const Rule& r = p_.rules[row];
    if (r.pattern == program::none || p_.patterns[r.pattern].type != event_.type) return true;
    if (event_.day < r.from || event_.day > r.to) return true;
    if (in != nullptr && (event_.day < in->from || event_.day > in->to)) return true;
    const Truth concerned = decided(r.pattern, member, row);
    if (concerned != Truth::yes || overridden(r)) return true;
    switch (r.form) {
    case Form::constraint:
    case Form::validity: return achieve(r.condition, true, nullptr, member, row);
    case Form::prohibition:
      if (r.limit == Limit::whenever) return achieve(r.condition, false, nullptr, member, row);
      if (r.limit == Limit::unless) return achieve(r.condition, true, nullptr, member, row);
      return true;
    case Form::power: return permitted(r, row);
    case Form::alternation:
    case Form::rotation: return take_turn(r, row, *in);
    default: return true;
    }
  }

  bool overridden(const Rule& r) const {
    for (std::uint32_t i = 0; i < r.overridden_by.count; ++i) {
      const Rule& other = p_.rules[p_.indices[r.overridden_by.first + i]];
      const program::Expression when = p_.expressions[r.override_conditions.first + i];
      if (other.pattern == program::none || event_.day < other.from || event_.day > other.to)
        continue;
      if (engine::fit(asking(nullptr, 0), other.pattern, event_) == Truth::yes &&
          engine::ask(asking(nullptr, 0), when).truth == Truth::yes)
        return true;
    }
    return false;
  }

  // The field holds none but those who may.
  bool permitted(const Rule& r, Index row) {
    const std::vector<Symbol> now = bring_.members(r.slot);
    const bool fine = !now.empty() && std::all_of(now.begin(), now.end(), [&](Symbol s) {
      for (std::uint32_t i = 0; i < r.members.count; ++i)
        if (p_.symbol_lists[r.members.first + i] == s) return true;
      return false;
    });
    if (fine) return true;
    if (looking_only_ || r.slot == program::subject_slot || r.members.count == 0) return fail(row);
    changed_ = true;
    shaped(row);
    return bring_.set_member(r.slot, p_.symbol_lists[r.members.first]);
  }

  bool take_turn(const Rule& r, Index row, const engine::Instance& in) {
    const auto right = [&](Symbol seat) {
      return std::all_of(in.previous.begin(), in.previous.end(), [&](const engine::Turn& t) {
        if (t.event == 0 || !t.known) return true;
        if (r.form == Form::alternation) return seat != t.value;
        for (std::uint32_t i = 0; i < r.members.count; ++i)
          if (p_.symbol_lists[r.members.first + i] == t.value)
            return p_.symbol_lists[r.members.first + (i + 1) % r.members.count] == seat;
        return true;
      });
    };
    const std::vector<Symbol> now = bring_.members(r.slot);
    if (now.size() == 1 && (bring_.firm(r.slot) || looking_only_) &&
        right(seat_of(p_, r, now.front())))
      return true;
    for (std::uint32_t i = 0; i < r.members.count && !looking_only_; ++i) {
      const Symbol seat = p_.symbol_lists[r.members.first + i];
      if (!right(seat)) continue;
      if (now.size() == 1 && now.front() == seat) return true;
      if (!bring_.set_member(r.slot, seat)) continue;
      changed_ = true;
      shaped(row);
      return true;
    }
    return fail(row);
  }

  const Fill& fill_;
  const program::Program& p_;
  Event& event_;
  const std::vector<Wish>& wishes_;
  BringAbout bring_;
  Filled result_;
  bool changed_ = false;
  bool looking_only_ = false;  // the last round: nothing is changed any more
};

}  // namespace

Filled fill(const Fill& how, Event& event, const std::vector<Wish>& wishes, bool choose_subject) {
  return Filling(how, event, wishes, choose_subject).run();
}

}  // namespace samrad::plan
