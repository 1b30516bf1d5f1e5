// When the planned events can happen: one day a variable, and what binds them.
//
// Two kinds of binding. A limit leaves a variable some days of the plan, whatever the others do. A relation says that one
// variable lies on or after, or on or before, a day that another one gives, by a function that never falls. Such a system is closed
// under taking the earlier (or the later) of two solutions day by day, so that narrowing each variable to its earliest and latest
// day decides whether there is a solution, and the earliest days are one. No search is needed, and each bound has a reason.
//
// A value; not for use from several threads while it changes.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "rules/calendar/date.h"

namespace samrad::plan {

using calendar::Day;
using Variable = std::uint32_t;
using Tag = std::uint32_t;  // whose binding it is: the caller's affair

// Where a bound comes from.
struct Binding {
  enum class Kind : std::uint8_t { plan, limit, relation };
  Kind kind = Kind::plan;  // plan: the first or last day of the plan
  Tag tag = 0;
  Variable other = 0;  // relation
};

class Dates {
 public:
  // The days of the plan, both included; first <= last.
  Dates(Day first, Day last);

  Variable add();
  // Takes back the variable added last; nothing may be bound to it any more.
  void drop_last();
  [[nodiscard]] std::size_t size() const { return left_.size(); }

  // `v` only on days for which `keep` is true.
  void limit(Variable v, Tag tag, const std::function<bool(Day)>& keep);
  void between(Variable v, Tag tag, Day first, Day last);
  // `y` on or after, on or before, the day that `f` gives for `x`; `f` must never fall as its argument rises.
  void not_before(Variable y, Tag tag, Variable x, const std::function<Day(Day)>& f);
  void not_after(Variable y, Tag tag, Variable x, const std::function<Day(Day)>& f);

  // Everything that carries one of these tags is taken back.
  void forget(const std::function<bool(Tag)>& which);

  struct Range {
    int first = 0;
    int last = 0;
  };
  // The earliest and the latest day of each variable; false when one has none. `reasons` where asked for.
  struct Reasons {
    std::vector<Binding> earliest;
    std::vector<Binding> latest;
  };
  [[nodiscard]] bool narrow(std::vector<Range>& ranges, Reasons* reasons = nullptr) const;
  // The same where only `moved` differs from ranges that are narrow already.
  [[nodiscard]] bool narrow_from(std::vector<Range>& ranges, Variable moved) const;
  // As it stands without any day chosen.
  [[nodiscard]] std::vector<Range> open() const;
  [[nodiscard]] bool possible() const;

  // The tags of a set of bindings that cannot hold together; none can be left out. Only where possible() is false.
  [[nodiscard]] std::vector<Tag> conflict() const;

  // A day for each variable: they are asked in `order`, each takes the possible day for which `cost` is least (ties: the earlier),
  // given those before it, and is told to `taken`. Only where possible() is true.
  using Cost = std::function<int(Variable, Day)>;
  using Taken = std::function<void(Variable, Day)>;
  [[nodiscard]] std::vector<Day> choose(const std::vector<Variable>& order, const Cost& cost,
                                        const Taken& taken = {}) const;

  [[nodiscard]] bool allows(Variable v, Day day) const;
  [[nodiscard]] Day day(int offset) const { return first_ + offset; }

 private:
  struct Limit {
    Variable v;
    Tag tag;
    std::vector<bool> days;
  };
  struct Relation {
    Variable x;
    Variable y;
    Tag tag;
    bool after;          // y >= f(x), else y <= f(x)
    std::vector<int> f;  // by offset of x; may lie outside the plan
  };

  void relate(Variable y, Tag tag, Variable x, const std::function<Day(Day)>& f, bool after);
  // By offset: the nearest day that the limits leave, that day included, forwards and backwards; outside the plan: none.
  struct Left {
    std::vector<int> next;
    std::vector<int> previous;
  };

  void rebuild();
  void keep(Left& left, const std::vector<bool>& days) const;
  bool work_off(std::vector<Range>& ranges, std::vector<Variable> waiting, Reasons* reasons) const;
  [[nodiscard]] bool settle(Variable v, Range& range) const;
  [[nodiscard]] Binding limit_at(Variable v, int offset) const;

  Day first_;
  int days_;
  std::vector<Left> left_;                            // by variable
  std::vector<std::vector<std::uint32_t>> touching_;  // by variable: its relations
  std::vector<Limit> limits_;
  std::vector<Relation> relations_;
};

}  // namespace samrad::plan
