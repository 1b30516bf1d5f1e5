// Questions about past events: how many, what share, the sum of a field, how many in a row, whether it happened at all.
//
// The events asked about are those the state remembers; a number counts the event being judged where it fits, `happened` asks for another.
// An event whose effect or fit is unknown, a type nobody records, and two events of one day whose order would decide leave the number
// between two bounds.
#include <algorithm>

#include "engine/arithmetic.h"
#include "engine/condition.h"

namespace samrad::engine {
namespace {

using program::Aggregate;
using program::Anchor;
using program::none;
using program::Reach;
using program::ValueKind;

struct Counted {
  std::int64_t sure = 0;
  std::int64_t maybe = 0;
};

Day anchor_day(const Asking& asking, const Aggregate& a) {
  switch (a.anchor) {
    case Anchor::this_day: return asking.day;
    case Anchor::expiry: return asking.state.expiry;
    case Anchor::start: return asking.state.term_first;
    case Anchor::date: return a.day;
  }
  return asking.day;
}

// An event that may be the last Q of `since the last Q`.
struct Border {
  const Event* event;
  Truth fits;  // whether it is a Q, if it counts
  Truth last;  // whether it is one that counts, and had come before the event that is judged
};

class Past {
 public:
  Past(const Asking& asking, const Aggregate& a, std::vector<Symbol>& missing)
      : asking_(asking), a_(a), missing_(missing), program_(asking.machine.program),
        pattern_(program_.patterns[a.pattern]) {
    bound();
  }

  void leave_out_judged() { others_only_ = true; }

  // Calls f(remembered, truth) for each event in reach that fits or may fit, latest first, while f says true.
  template <typename F>
  void each_back(F f) {
    if (type() == none) return;
    const std::vector<Remembered>& past = asking_.state.memory[type()];
    for (auto at = past.rbegin(); at != past.rend() && at->event.day >= first_; ++at) {
      const Truth t = counts(*at);
      if (t != Truth::no && !f(*at, t)) return;
    }
  }

  template <typename F>
  void each(F f) {
    each_back([&](const Remembered& r, Truth t) {
      f(r, t);
      return true;
    });
  }

  // Adds the event type to what is missing when its absence proves nothing within reach.
  bool unrecorded() {
    if (type() == none) return false;
    const program::EventType& t = program_.event_types[type()];
    if (t.recorded_from <= std::max(first_, asking_.state.term_first)) return false;
    miss(t.name);
    return true;
  }

  void miss(Symbol s) {
    if (std::find(missing_.begin(), missing_.end(), s) == missing_.end()) missing_.push_back(s);
  }

 private:
  Index type() const { return pattern_.type; }

  Truth counts(const Remembered& r) {
    if (others_only_ && is_judged(r.event)) return Truth::no;
    Truth t = both(reaches(r.event), r.effect);
    if (t == Truth::no) return t;
    Asking inner = asking_;
    inner.origin = asking_.origin != nullptr ? asking_.origin : asking_.candidate;
    const Answer fit_answer = fits(inner, a_.pattern, r.event);
    t = both(t, fit_answer.truth);
    if (t == Truth::no) return t;
    if (fit_answer.truth == Truth::unknown) miss_all(fit_answer.missing);
    else if (t == Truth::unknown) miss(program_.event_types[type()].name);
    return t;
  }

  void miss_all(const std::vector<Symbol>& all) {
    for (const Symbol s : all) miss(s);
  }

  void bound() {
    last_ = asking_.day;
    switch (a_.reach) {
      case Reach::ever: break;
      case Reach::last: first_ = calendar::minus(asking_.day, a_.duration, program_.holidays); break;
      case Reach::since_date: first_ = a_.day; break;
      case Reach::since_start: first_ = asking_.state.term_first; break;
      case Reach::since_last: since_last(); break;
      case Reach::same_period: {
        calendar::Period period = a_.period;
        if (a_.anchor == Anchor::start) period.anchor = asking_.state.term_first;
        const calendar::Window w = calendar::window_at(period, asking_.day);
        first_ = w.first;
        last_ = std::min(last_, w.last);
        break;
      }
      case Reach::before_date: last_ = std::min(last_, a_.day - 1); break;
      case Reach::at_least_before: last_ = std::min(last_, latest_before(asking_, a_)); break;
      case Reach::within_before: {
        const Day anchor = anchor_day(asking_, a_);
        if (anchor == calendar::day_max) break;
        first_ = calendar::minus(anchor, a_.duration, program_.holidays);
        last_ = std::min(last_, anchor);
        break;
      }
    }
    // What was done for one term does not serve the next chance to extend it.
    const bool of_term = a_.reach == Reach::at_least_before || a_.reach == Reach::within_before;
    if (asking_.anew && of_term && a_.anchor == Anchor::expiry && asking_.state.extensions > 0)
      first_ = std::max(first_, asking_.state.extended_on + 1);
  }

  // The events other than the one being judged that fit `since`, or may: from the last that surely does and surely came before.
  void since_last() {
    const Index t = program_.patterns[a_.since].type;
    if (t == none) return;
    for (const Remembered& r : asking_.state.memory[t]) {
      if (r.event.day > asking_.day || is_judged(r.event)) continue;
      const Truth fits = fit(asking_, a_.since, r.event), counts = both(r.effect, fits);
      const Order o = asking_.judged && asking_.candidate != nullptr ? order(r.event, *asking_.candidate) : Order::before;
      if (counts == Truth::no || o == Order::after) continue;
      borders_.push_back({&r.event, fits, o == Order::before ? counts : Truth::unknown});
      if (borders_.back().last == Truth::yes) first_ = r.event.day;
    }
    std::erase_if(borders_, [&](const Border& b) { return b.event->day < first_; });
  }

  // Whether `e` came after the last of them. The event being judged did: what came after that is not the last before it.
  Truth since_borders(const Event& e) const {
    if (is_judged(e)) return Truth::yes;
    Truth t = Truth::yes;
    for (const Border& b : borders_) {
      if (b.event->identity == e.identity) t = both(t, negated(b.fits));
      else if (const Order o = order(*b.event, e); o != Order::before)
        t = both(t, o == Order::after ? negated(b.last) : Truth::unknown);
    }
    return t;
  }

  bool is_judged(const Event& e) const {
    return asking_.judged && asking_.candidate != nullptr && asking_.candidate->identity == e.identity;
  }

  Truth reaches(const Event& e) const {
    if (e.day < first_ || e.day > last_) return Truth::no;
    const bool that_day = asking_.judged && asking_.candidate != nullptr && asking_.candidate->day == asking_.day;
    if (that_day && order(*asking_.candidate, e) == Order::before && !is_judged(e)) return Truth::no;
    return since_borders(e);
  }

  const Asking& asking_;
  const Aggregate& a_;
  std::vector<Symbol>& missing_;
  const program::Program& program_;
  const program::Pattern& pattern_;
  Day first_ = calendar::day_min;
  Day last_{};
  std::vector<Border> borders_;  // of `since the last Q`
  bool others_only_ = false;
};

Counted tally(Past& past) {
  Counted n;
  past.each([&](const Remembered&, Truth t) { ++(t == Truth::yes ? n.sure : n.maybe); });
  return n;
}

Range share(const Asking& asking, const Aggregate& a, Past& past, std::vector<Symbol>& missing) {
  std::int64_t all = 0;
  Counted those;
  bool unknown = false;
  past.each([&](const Remembered& r, Truth t) {
    Asking inner = asking;
    inner.candidate = &r.event;
    if (inner.origin == nullptr) inner.origin = asking.candidate;
    const Answer that = ask(inner, a.that);
    ++all;
    if (that.truth == Truth::yes) ++those.sure;
    if (that.truth == Truth::unknown) ++those.maybe;
    if (t == Truth::unknown) unknown = true;
    for (const Symbol s : that.missing) missing.push_back(s);
  });
  if (unknown || past.unrecorded()) return {};
  if (all == 0) {
    past.miss(asking.machine.program.patterns[a.pattern].text);
    return {};
  }
  return {fraction(those.sure, all), fraction(those.sure + those.maybe, all), true};
}

Range sum(const Asking& asking, const Aggregate& a, Past& past) {
  const program::Program& p = asking.machine.program;
  const program::Pattern& pattern = p.patterns[a.pattern];
  Range total{number(0), number(0), true};
  // Nothing is nothing in any currency.
  if (pattern.type != none && p.fields[p.event_types[pattern.type].fields.first + a.slot].type == ValueKind::money)
    total.low.kind = total.high.kind = ValueKind::money;
  bool unknown = false;
  past.each([&](const Remembered& r, Truth t) {
    const Value v = a.slot < r.event.fields.size() ? r.event.fields[a.slot] : Value{};
    if (v.kind == ValueKind::absent) unknown = true;
    if (v.kind == ValueKind::absent || t == Truth::unknown) past.miss(pattern.text);
    if (t == Truth::yes || v.a < 0) total.low = compute(program::Code::add, total.low, v, p.holidays);
    if (t == Truth::yes || v.a > 0) total.high = compute(program::Code::add, total.high, v, p.holidays);
  });
  if (unknown || total.high.kind == ValueKind::absent || past.unrecorded()) return {};
  return total;
}

// One event of a run: whether it fulfils the condition, and whether it counts at all.
struct Item {
  const Event* event;
  Truth fulfils;
  Truth counts;
  bool judged;
};

// Whether the events of one day, without an order among them, would give another number in another order.
bool tied_with_unlike(const std::vector<Item>& day, const Item& it) {
  if (it.judged) return false;
  return std::any_of(day.begin(), day.end(), [&](const Item& o) {
    return o.event != it.event && !o.judged && o.fulfils != it.fulfils && order(*o.event, *it.event) == Order::unknown;
  });
}

// How many of the latest events in reach fulfil `that`, backwards from the event being judged, until one does not: day by day, so that
// no more of the past is looked at than the run is long.
class InARow {
 public:
  InARow(const Asking& asking, const Aggregate& a, Past& past, std::vector<Symbol>& missing)
      : asking_(asking), a_(a), past_(past), missing_(missing) {}

  Range count() {
    past_.each_back([&](const Remembered& r, Truth t) {
      if (!day_.empty() && day_.back().event->day != r.event.day) close_day();
      if (!ended_) day_.push_back(item(r, t));
      return !ended_;
    });
    if (!ended_) close_day();
    if (unknown_) past_.miss(asking_.machine.program.patterns[a_.pattern].text);
    // Between two of the events there may be one that nobody recorded.
    if (past_.unrecorded()) return {number(0), {}, false};
    return {number(n_), number(most_), true};
  }

 private:
  Item item(const Remembered& r, Truth counts) {
    Asking inner = asking_;
    inner.candidate = &r.event;
    if (inner.origin == nullptr) inner.origin = asking_.candidate;
    const Answer that = ask(inner, a_.that);
    for (const Symbol s : that.missing) missing_.push_back(s);
    const Event* judged = asking_.judged ? asking_.candidate : nullptr;
    const bool itself = judged != nullptr && judged->identity == r.event.identity;
    // What may have come after the event that is judged is not in its row.
    if (judged != nullptr && !itself && order(*judged, r.event) == Order::unknown) counts = both(counts, Truth::unknown);
    return {&r.event, that.truth, counts, itself};
  }

  // Counts the day's events, latest first, until one surely ends the run. What is in doubt ends the count of those that surely belong to
  // it, and may belong itself.
  void close_day() {
    bool ends = false;
    std::stable_partition(day_.begin(), day_.end(), [](const Item& it) { return it.judged; });
    for (const Item& it : day_) {
      const bool tied = tied_with_unlike(day_, it);
      const bool not_of_it = it.fulfils == Truth::no && it.counts == Truth::yes;
      ends = ends || not_of_it;
      if (not_of_it && !tied) break;
      unknown_ = unknown_ || it.counts == Truth::unknown || it.fulfils == Truth::unknown || tied;
      if (tied || it.fulfils != Truth::yes) may_have_ended_ = true;
      if (it.fulfils != Truth::no) ++most_;
      if (!may_have_ended_ && it.counts == Truth::yes) ++n_;
    }
    ended_ = ends;
    day_.clear();
  }

  const Asking& asking_;
  const Aggregate& a_;
  Past& past_;
  std::vector<Symbol>& missing_;
  std::vector<Item> day_;
  std::int64_t n_ = 0;     // surely
  std::int64_t most_ = 0;  // at most
  bool unknown_ = false;
  bool may_have_ended_ = false;
  bool ended_ = false;
};

}  // namespace

Range count(const Asking& asking, const Aggregate& a, std::vector<Symbol>& missing) {
  Past past(asking, a, missing);
  switch (a.measure) {
    case program::Measure::count: {
      const Counted n = tally(past);
      return {number(n.sure), number(n.sure + n.maybe), !past.unrecorded()};
    }
    case program::Measure::share: return share(asking, a, past, missing);
    case program::Measure::sum: return sum(asking, a, past);
    case program::Measure::in_a_row: return InARow(asking, a, past, missing).count();
  }
  return {};
}

Truth any(const Asking& asking, const Aggregate& a, std::vector<Symbol>& missing) {
  std::vector<Symbol> reasons;
  Past past(asking, a, reasons);
  past.leave_out_judged();
  const Counted n = tally(past);
  if (n.sure > 0) return Truth::yes;
  if (n.maybe == 0 && !past.unrecorded()) return Truth::no;
  missing.insert(missing.end(), reasons.begin(), reasons.end());
  return Truth::unknown;
}

Day latest_before(const Asking& asking, const Aggregate& a) {
  const Day anchor = anchor_day(asking, a);
  if (anchor == calendar::day_max) return anchor;
  const calendar::Holidays holidays = asking.machine.program.holidays;
  return calendar::shift(calendar::minus(anchor, a.duration, holidays), asking.shift, holidays);
}

Truth on_record(const Asking& asking, Index fact, Symbol key) {
  const program::Program& p = asking.machine.program;
  const program::Fact& row = p.facts[fact];
  Truth t = row.from_start && asking.day >= asking.state.term_first ? Truth::yes : Truth::no;
  const FactState* anybodys = nullptr;
  Day since = calendar::day_min;
  for (const FactState& f : asking.state.facts) {
    if (f.fact != fact) continue;
    if (f.key == key) {
      t = f.cause == 0 && f.value == Truth::yes && asking.day < f.since ? Truth::no : f.value;
      since = f.since;
    } else if (f.key == 0) {
      anybodys = &f;
    }
  }
  // Of events that do not say whose it was, one may have begun or ended it since.
  if (anybodys != nullptr) {
    const bool lasts = row.lasting.count == 0 || asking.day < calendar::plus(anybodys->since, row.lasting, p.holidays);
    if (t == Truth::no && lasts && anybodys->since != calendar::day_min && anybodys->since >= since) t = Truth::unknown;
    if (t == Truth::yes && anybodys->until != calendar::day_max && anybodys->until >= since) t = Truth::unknown;
  }
  return t;
}

Truth holds(const Asking& asking, Index fact, Symbol key, std::vector<Symbol>& missing) {
  const program::Program& p = asking.machine.program;
  const program::Fact& row = p.facts[fact];
  Truth t = on_record(asking, fact, key);
  const auto unrecorded = [&](Index pattern) {
    if (pattern == none || p.patterns[pattern].type == none) return false;
    return p.event_types[p.patterns[pattern].type].recorded_from > asking.state.term_first;
  };
  // A record that nobody keeps could have begun or ended the fact unseen.
  if ((t == Truth::no && unrecorded(row.begins)) || (t == Truth::yes && unrecorded(row.ends))) t = Truth::unknown;
  if (t == Truth::unknown) missing.push_back(row.name);
  return t;
}

}  // namespace samrad::engine
