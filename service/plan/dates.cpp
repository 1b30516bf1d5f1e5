// Narrowing: relations are applied until no bound moves. Each move makes a range shorter, so it ends; the order of work does not
// show in the result.
#include "service/plan/dates.h"

#include <algorithm>
#include <deque>
#include <numeric>

namespace samrad::plan {

Dates::Dates(Day first, Day last) : first_(first), days_(last - first + 1) {}

Variable Dates::add() {
  Left all{std::vector<int>(static_cast<std::size_t>(days_)), {}};
  std::iota(all.next.begin(), all.next.end(), 0);
  all.previous = all.next;
  left_.push_back(std::move(all));
  touching_.emplace_back();
  return static_cast<Variable>(left_.size() - 1);
}

void Dates::drop_last() {
  left_.pop_back();
  touching_.pop_back();
}

// Those days of `left` that are among `days`.
void Dates::keep(Left& left, const std::vector<bool>& days) const {
  const auto stays = [&](int i) {
    const auto at = static_cast<std::size_t>(i);
    return days[at] && left.next[at] == i;
  };
  std::vector<bool> kept(days.size());
  for (int i = 0; i < days_; ++i)
    kept[static_cast<std::size_t>(i)] = stays(i);
  int nearest = days_;
  for (int i = days_; i-- > 0;)
    left.next[static_cast<std::size_t>(i)] = nearest =
        kept[static_cast<std::size_t>(i)] ? i : nearest;
  nearest = -1;
  for (int i = 0; i < days_; ++i)
    left.previous[static_cast<std::size_t>(i)] = nearest =
        kept[static_cast<std::size_t>(i)] ? i : nearest;
}

void Dates::limit(Variable v, Tag tag, const std::function<bool(Day)>& keep_day) {
  Limit one{v, tag, std::vector<bool>(static_cast<std::size_t>(days_))};
  for (int i = 0; i < days_; ++i)
    one.days[static_cast<std::size_t>(i)] = keep_day(first_ + i);
  keep(left_[v], one.days);
  limits_.push_back(std::move(one));
}

void Dates::between(Variable v, Tag tag, Day first, Day last) {
  limit(v, tag, [&](Day d) { return first <= d && d <= last; });
}

void Dates::relate(Variable y, Tag tag, Variable x, const std::function<Day(Day)>& f, bool after) {
  Relation r{x, y, tag, after, std::vector<int>(static_cast<std::size_t>(days_))};
  for (int i = 0; i < days_; ++i)
    r.f[static_cast<std::size_t>(i)] = f(first_ + i) - first_;
  // A function that falls somewhere (a month's end clamped) is replaced by the strictest that does not.
  if (after)
    for (std::size_t i = 1; i < r.f.size(); ++i)
      r.f[i] = std::max(r.f[i], r.f[i - 1]);
  else
    for (std::size_t i = r.f.size() - 1; i-- > 0;)
      r.f[i] = std::min(r.f[i], r.f[i + 1]);
  touching_[x].push_back(static_cast<std::uint32_t>(relations_.size()));
  touching_[y].push_back(static_cast<std::uint32_t>(relations_.size()));
  relations_.push_back(std::move(r));
}

void Dates::not_before(Variable y, Tag tag, Variable x, const std::function<Day(Day)>& f) {
  relate(y, tag, x, f, true);
}

void Dates::not_after(Variable y, Tag tag, Variable x, const std::function<Day(Day)>& f) {
  relate(y, tag, x, f, false);
}

void Dates::forget(const std::function<bool(Tag)>& which) {
  std::erase_if(limits_, [&](const Limit& l) { return which(l.tag); });
  std::erase_if(relations_, [&](const Relation& r) { return which(r.tag); });
  rebuild();
}

void Dates::rebuild() {
  const std::size_t n = left_.size();
  left_.clear();
  touching_.clear();
  while (left_.size() < n)
    add();
  for (const Limit& l : limits_)
    keep(left_[l.v], l.days);
  for (std::uint32_t i = 0; i < relations_.size(); ++i) {
    touching_[relations_[i].x].push_back(i);
    touching_[relations_[i].y].push_back(i);
  }
}

std::vector<Dates::Range> Dates::open() const {
  return std::vector<Range>(left_.size(), Range{0, days_ - 1});
}

bool Dates::settle(Variable v, Range& range) const {
  if (range.first >= days_ || range.last < 0 || range.first > range.last) return false;
  range.first = left_[v].next[static_cast<std::size_t>(std::max(range.first, 0))];
  range.last = left_[v].previous[static_cast<std::size_t>(std::min(range.last, days_ - 1))];
  return range.first <= range.last;
}

// The limit that keeps the variable from that day; the plan's own where the day lies outside it.
Binding Dates::limit_at(Variable v, int offset) const {
  if (offset >= 0 && offset < days_)
    for (const Limit& l : limits_)
      if (l.v == v && !l.days[static_cast<std::size_t>(offset)])
        return {Binding::Kind::limit, l.tag, 0};
  return {};
}

bool Dates::narrow(std::vector<Range>& ranges, Reasons* reasons) const {
  const auto n = static_cast<Variable>(left_.size());
  if (reasons != nullptr) *reasons = {std::vector<Binding>(n), std::vector<Binding>(n)};
  for (Variable v = 0; v < n; ++v) {
    const Range before = ranges[v];
    if (!settle(v, ranges[v])) return false;
    if (reasons == nullptr) continue;
    if (ranges[v].first != before.first) reasons->earliest[v] = limit_at(v, ranges[v].first - 1);
    if (ranges[v].last != before.last) reasons->latest[v] = limit_at(v, ranges[v].last + 1);
  }
  std::vector<Variable> all(n);
  std::iota(all.begin(), all.end(), 0U);
  return work_off(ranges, std::move(all), reasons);
}

bool Dates::narrow_from(std::vector<Range>& ranges, Variable moved) const {
  return settle(moved, ranges[moved]) && work_off(ranges, {moved}, nullptr);
}

bool Dates::work_off(std::vector<Range>& ranges, std::vector<Variable> first,
                     Reasons* reasons) const {
  std::deque<Variable> waiting(first.begin(), first.end());
  std::vector<bool> queued(left_.size());
  for (const Variable v : first)
    queued[v] = true;
  // `by` moved the range of `v` from `before`: the limits may move it on.
  const auto told = [&](Variable v, const Range before, const Binding& by) {
    Range& now = ranges[v];
    if (now.first == before.first && now.last == before.last) return true;
    const Range moved = now;
    const bool some = settle(v, now);
    if (reasons != nullptr && some) {
      if (now.first != before.first)
        reasons->earliest[v] = now.first != moved.first ? limit_at(v, now.first - 1) : by;
      if (now.last != before.last)
        reasons->latest[v] = now.last != moved.last ? limit_at(v, now.last + 1) : by;
    }
    if (!queued[v]) {
      queued[v] = true;
      waiting.push_back(v);
    }
    return some;
  };
  while (!waiting.empty()) {
    const Variable moved = waiting.front();
    waiting.pop_front();
    queued[moved] = false;
    for (const std::uint32_t row : touching_[moved]) {
      const Relation& r = relations_[row];
      const Binding from_x{Binding::Kind::relation, r.tag, r.x},
          from_y{Binding::Kind::relation, r.tag, r.y};
      const auto at = [&](int i) { return r.f[static_cast<std::size_t>(i)]; };
      const Range y = ranges[r.y], x = ranges[r.x];
      if (r.after)
        ranges[r.y].first = std::max(y.first, at(x.first));
      else
        ranges[r.y].last = std::min(y.last, at(x.last));
      if (!told(r.y, y, from_x)) return false;
      Range& back = ranges[r.x];
      if (r.after)
        while (back.last >= back.first && at(back.last) > ranges[r.y].last)
          --back.last;
      else
        while (back.first <= back.last && at(back.first) < ranges[r.y].first)
          ++back.first;
      if (!told(r.x, x, from_y)) return false;
    }
  }
  return true;
}

bool Dates::possible() const {
  std::vector<Range> ranges = open();
  return narrow(ranges);
}

std::vector<Tag> Dates::conflict() const {
  std::vector<Tag> tags;
  for (const Limit& l : limits_)
    tags.push_back(l.tag);
  for (const Relation& r : relations_)
    tags.push_back(r.tag);
  std::sort(tags.begin(), tags.end());
  tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
  std::vector<Tag> kept = tags;
  const auto without = [&](std::size_t first, std::size_t count) {
    std::vector<Tag> rest(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(first));
    rest.insert(rest.end(), kept.begin() + static_cast<std::ptrdiff_t>(first + count), kept.end());
    return rest;
  };
  // Halves first, then ever smaller pieces, down to one by one.
  for (std::size_t piece = std::max<std::size_t>(kept.size() / 2, 1);;
       piece = std::max<std::size_t>(piece / 2, 1)) {
    for (std::size_t at = 0; at < kept.size();) {
      const std::vector<Tag> rest = without(at, std::min(piece, kept.size() - at));
      Dates trial = *this;
      trial.forget([&](Tag t) { return !std::binary_search(rest.begin(), rest.end(), t); });
      if (trial.possible())
        at += piece;
      else
        kept = rest;
    }
    if (piece == 1) return kept;
  }
}

std::vector<Day> Dates::choose(const std::vector<Variable>& order, const Cost& cost,
                               const Taken& taken) const {
  std::vector<Range> ranges = open();
  (void)narrow(ranges);
  for (const Variable v : order) {
    std::vector<std::pair<int, int>> days;  // cost, offset
    for (int i = ranges[v].first; i <= ranges[v].last; ++i)
      if (allows(v, first_ + i)) days.emplace_back(cost(v, first_ + i), i);
    std::sort(days.begin(), days.end());
    for (const auto& [c, i] : days) {
      std::vector<Range> trial = ranges;
      trial[v] = {i, i};
      if (!narrow_from(trial, v)) continue;
      ranges = std::move(trial);
      break;
    }
    if (taken) taken(v, first_ + ranges[v].first);
  }
  std::vector<Day> days;
  for (const Range& r : ranges)
    days.push_back(first_ + r.first);
  return days;
}

bool Dates::allows(Variable v, Day day) const {
  const int i = day - first_;
  return i >= 0 && i < days_ && left_[v].next[static_cast<std::size_t>(i)] == i;
}

}  // namespace samrad::plan
