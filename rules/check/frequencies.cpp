// The fewest events that meet one sentence are put outside the windows of the other wherever they may stand there; a
// window in which too few are left is one that shows the difference.
#include "rules/check/frequencies.h"

#include <algorithm>
#include <array>

namespace samrad::rules {

namespace {

using calendar::Day;
using calendar::Months;
using calendar::Window;

constexpr int years_looked_at = 4;
constexpr int windows_looked_at = 2000;

constexpr std::array<std::string_view, 12> month_names = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

std::string_view month_name(unsigned month) { return month_names[month - 1]; }

// The months that some day of the interval lies in.
Months months_of(Day first, Day last) {
  Months out = Months::no_month;
  calendar::Date date = calendar::to_date(first);
  const calendar::Date end = calendar::to_date(last);
  for (int n = 0; n < 12; ++n) {
    out = out.with(date.month);
    if (date.year == end.year && date.month == end.month) break;
    date.year += date.month == 12 ? 1 : 0;
    date.month = date.month == 12 ? 1 : date.month + 1;
  }
  return out;
}

std::string year_of(Day first, Day last) {
  const int a = calendar::to_date(first).year;
  const int b = calendar::to_date(last).year;
  return std::to_string(a) + (a == b ? "" : "–" + std::to_string(b));
}

Months both(Months a, Months b) { return {static_cast<std::uint16_t>(a.mask & b.mask)}; }
Months without(Months a, Months b) { return {static_cast<std::uint16_t>(a.mask & ~b.mask)}; }

// One window and what is asked of it; `times` is 0 where nothing is.
struct Slot {
  Day first;
  Day last;
  std::int64_t times = 0;
};

Slot slot(const Asked& asked, const Window& window) {
  const calendar::Period& period = asked.frequency.period;
  const calendar::Clipped clipped = calendar::clip(period, window, asked.first, asked.last);
  Slot out{std::max(clipped.first, asked.starts), clipped.last};
  if (clipped.empty() || out.first > out.last || !calendar::counted(period, window)) return out;
  const int times = static_cast<int>(std::min<std::int64_t>(asked.frequency.times, 1'000'000));
  out.times = std::max(calendar::needed(times, clipped, asked.parts, period), 0);
  return out;
}

// Events laid in and around one window of the sentence that is to be broken.
struct Layout {
  struct Part {
    Day first;
    Day last;
    std::string where;  // in place of the days, where only some of their months are meant
    std::int64_t times = 0;
    int windows = 1;  // of the sentence that is met, that ask for these
  };
  std::vector<Part> parts;
  std::int64_t forced = 0;  // of them that cannot be elsewhere
  bool all_asked = true;    // the sentence that is met asks something of every day around
};

class Search {
 public:
  Search(const Asked& met, const Asked& broken) : met_(met), broken_(broken) {}

  std::optional<std::string> run() {
    const Day first =
        std::max(std::max(met_.first, met_.starts), std::max(broken_.first, broken_.starts));
    const Day last =
        std::min(std::min(met_.last, broken_.last),
                 calendar::add_months(first, years_looked_at * 12).value_or(calendar::day_max));
    const calendar::Period& period = broken_.frequency.period;
    std::optional<std::string> second_best;
    for (Window w = calendar::window_at(period, first);
         w.first <= last && looked_ < windows_looked_at;) {
      const Slot target = slot(broken_, w);
      if (target.times > 0 && target.first <= last) {
        const Layout layout = lay(target);
        if (std::optional<std::string> found = history(layout, target)) {
          if (layout.all_asked) return found;
          if (!second_best) second_best = std::move(found);
        }
      }
      const auto next = calendar::next_window(period, w);
      if (!next) break;
      w = *next;
    }
    return second_best;
  }

 private:
  [[nodiscard]] Months inside(Day first, Day last) const {
    return both(both(met_.frequency.period.months, broken_.frequency.period.months),
                months_of(first, last));
  }
  // Months in which an event counts for the one that is met and not for the other.
  [[nodiscard]] Months aside(Day first, Day last) const {
    return both(without(met_.frequency.period.months, broken_.frequency.period.months),
                months_of(first, last));
  }
  [[nodiscard]] bool counts(Day first, Day last) const {
    return first <= last && both(met_.frequency.period.months, months_of(first, last)).mask != 0;
  }

  // Where the events of each window of `met` that touches the target can stand: before it, after it, in months of it that
  // do not count for it, or only in it. Of those that need not be inside, as many are as leave it one short.
  Layout lay(const Slot& target) {
    Layout out;
    Layout::Part in{target.first, target.last, {}, 0, 0};
    std::vector<Layout::Part> movable;
    const calendar::Period& period = met_.frequency.period;
    std::optional<Window> w = calendar::window_at(period, target.first);
    for (; w && w->first <= target.last; w = calendar::next_window(period, *w)) {
      ++looked_;
      const Slot s = slot(met_, *w);
      if (s.times == 0) {
        out.all_asked = out.all_asked && !calendar::counted(period, *w);
        continue;
      }
      const Day from = std::max(s.first, target.first);
      const Day to = std::min(s.last, target.last);
      if (from > to) continue;
      if (counts(s.first, target.first - 1)) {
        out.parts.push_back({s.first, target.first - 1, {}, s.times});
      } else if (counts(target.last + 1, s.last)) {
        out.parts.push_back({target.last + 1, s.last, {}, s.times});
      } else if (const Months other = aside(from, to); other.mask != 0) {
        out.parts.push_back({from, to, spoken(other) + ' ' + year_of(from, to), s.times});
      } else {
        in.times += s.times;
        ++in.windows;
        continue;
      }
      movable.push_back({from, to, {}, 0});
    }
    out.forced = in.times;
    std::int64_t room = target.times - 1 - in.times;
    for (std::size_t i = 0; i < movable.size(); ++i) {
      const Layout::Part inner = movable[i];
      if (inside(inner.first, inner.last).mask == 0) continue;
      const std::int64_t moved = std::clamp<std::int64_t>(room, 0, out.parts[i].times);
      out.parts[i].times -= moved;
      room -= moved;
      if (moved > 0) out.parts.push_back({inner.first, inner.last, {}, moved});
    }
    const bool none = out.parts.size() == movable.size() && in.times == 0;
    if (none || in.times > 0) out.parts.push_back(in);
    std::stable_sort(out.parts.begin(), out.parts.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    return out;
  }

  [[nodiscard]] std::optional<std::string> history(Layout layout, const Slot& target) const {
    if (layout.forced >= target.times) {
      // It cannot be too few; `exactly` is also broken by too many.
      const bool more = layout.forced > target.times || !met_.frequency.at_most;
      if (!broken_.frequency.at_most || !more) return std::nullopt;
      layout.parts = {{target.first, target.last, {}, std::max(layout.forced, target.times + 1)}};
    }
    std::vector<std::string> words;
    for (const Layout::Part& part : layout.parts) {
      if (part.times == 0 && (part.first != target.first || !part.where.empty())) continue;
      const std::string when = part.where.empty() ? spoken(part.first, part.last) : part.where;
      const bool days = when.front() <= '9' && when.find(' ') != std::string::npos;
      words.push_back((part.times == 0 ? "none" : std::to_string(part.times)) +
                      (part.windows > 1 ? " spread over "
                       : days           ? " on "
                                        : " in ") +
                      when);
    }
    return listed(words, "and");
  }

  const Asked& met_;
  const Asked& broken_;
  int looked_ = 0;
};

}  // namespace

Asked asked_of(const Pass& pass, const Duty& duty, const Terms& terms) {
  // A template leaves its term to each agreement; any year then shows what two sentences ask.
  constexpr calendar::Date any{2017, 1, 1};
  const bool known = terms.term != no_node && !terms.open();
  const Day term_first = known ? terms.first : calendar::to_day(any);
  Asked out;
  out.frequency = frequency_of(pass, duty, term_first);
  const NodeId own = pass.child(duty.block, Node::item_part_periods);
  out.parts = own == no_node ? terms.parts : read_parts(pass.text(own));
  out.first = std::max(duty.from, term_first);
  out.last = std::min(duty.to, known ? terms.last : calendar::day_max);
  out.starts = duty.starts;
  return out;
}

std::optional<std::string> meets_and_breaks(const Asked& met, const Asked& broken) {
  return Search(met, broken).run();
}

std::string spoken(Day first, Day last) {
  const calendar::Date a = calendar::to_date(first);
  const calendar::Date b = calendar::to_date(last);
  const auto month = [](calendar::Date d) { return std::string(month_name(d.month)); };
  const auto year = [](calendar::Date d) { return std::to_string(d.year); };
  const auto day = [](calendar::Date d) { return std::to_string(d.day); };
  if (first == last) return day(a) + " " + month(a) + " " + year(a);
  const bool whole_months =
      a.day == 1 && b.day == static_cast<unsigned>(calendar::days_in_month(b.year, b.month));
  if (!whole_months) {
    if (a.year == b.year && a.month == b.month)
      return day(a) + "–" + day(b) + " " + month(b) + " " + year(b);
    return day(a) + " " + month(a) + (a.year == b.year ? "" : " " + year(a)) + " – " + day(b) +
           " " + month(b) + " " + year(b);
  }
  if (a.year != b.year) {
    if (a.month == 1 && b.month == 12) return year(a) + "–" + year(b);
    return month(a) + " " + year(a) + " – " + month(b) + " " + year(b);
  }
  if (a.month == b.month) return month(b) + " " + year(b);
  if (a.month == 1 && b.month == 12) return year(b);
  return month(a) + "–" + month(b) + " " + year(b);
}

std::string spoken(Months months) {
  std::vector<std::string> names;
  for (unsigned m = 1; m <= 12; ++m)
    if (months.contains(m)) names.emplace_back(month_name(m));
  return listed(names, "and");
}

}  // namespace samrad::rules
