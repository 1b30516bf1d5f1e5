// Snapshots every 64 events; a change in the past rewinds to the last snapshot before it and folds the rest again.
#include "engine/timeline.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace samrad::engine {
namespace {

constexpr std::size_t none_earlier = static_cast<std::size_t>(-1);

// What was retracted is not there.
std::optional<Finding> there(const Finding* f) {
  return f == nullptr || f->gone ? std::nullopt : std::optional(*f);
}

bool same(const Finding& a, const Finding& b) {
  return a.status == b.status && a.opens == b.opens && a.due == b.due && a.settled == b.settled &&
         a.have == b.have && a.need == b.need && a.evidence == b.evidence && a.missing == b.missing;
}

bool changes_something(const Revision& r) {
  return r.before.has_value() != r.after.has_value() || (r.before && !same(*r.before, *r.after));
}

}  // namespace

Timeline::Timeline(const Machine& machine) : machine_(machine), state_(begin(machine)) {
  take_snapshot();
}

bool Timeline::contains(Symbol identity) const { return day_of_.contains(identity); }

std::size_t Timeline::position(const Event& event) const {
  const Symbols& names = machine_.symbols;
  const auto at =
      std::upper_bound(events_.begin(), events_.end(), event, [&](const Event& a, const Event& b) {
        if (feeds_before(a, b) != feeds_before(b, a)) return feeds_before(a, b);
        return names.text(a.identity) < names.text(b.identity);
      });
  return static_cast<std::size_t>(at - events_.begin());
}

void Timeline::take_snapshot() {
  MemoryLog::Memory memory = std::exchange(state_.memory, {});
  snapshots_.push_back({folded_, state_, memories_.mark(memory), said_.changes.size(),
                        said_.voids.size(), said_.part_periods.size(), said_.rulings.size()});
  state_.memory = std::move(memory);
}

std::vector<Finding> Timeline::rewind(std::size_t events) {
  while (snapshots_.back().events > events)
    snapshots_.pop_back();
  const Snapshot& s = snapshots_.back();
  folded_ = s.events;
  MemoryLog::Memory memory = std::move(state_.memory);
  memories_.go_back(s.memory, memory);
  state_ = s.state;
  state_.memory = std::move(memory);
  said_.voids.resize(s.voids);
  said_.part_periods.resize(s.part_periods);
  said_.rulings.resize(s.rulings);
  return take_back(s.changes);
}

std::vector<Finding> Timeline::take_back(std::size_t mark) {
  for (std::size_t i = said_.changes.size(); i-- > mark;) {
    const auto at = last_.find(said_.changes[i].key);
    if (earlier_[i] == none_earlier)
      last_.erase(at);
    else
      at->second = earlier_[i];
  }
  const auto from = said_.changes.begin() + static_cast<std::ptrdiff_t>(mark);
  std::vector<Finding> taken(std::make_move_iterator(from),
                             std::make_move_iterator(said_.changes.end()));
  said_.changes.resize(mark);
  earlier_.resize(mark);
  return taken;
}

std::vector<Revision> Timeline::fold_rest(const std::vector<Finding>& taken_back) {
  const std::size_t mark = said_.changes.size();
  replayed_ = events_.size() - folded_;
  while (folded_ < events_.size()) {
    const Event& e = events_[folded_];
    step(machine_, state_, {{e.day, e.earliest}, &e}, said_);
    ++folded_;
    if (folded_ - snapshots_.back().events >= snapshot_events) take_snapshot();
  }
  if (passed_ > state_.today) step(machine_, state_, {{passed_, 0}, nullptr}, said_);

  std::vector<Revision> revisions = in_order(compared(mark, taken_back));
  for (std::size_t i = mark; i < said_.changes.size(); ++i) {
    const auto [at, first] = last_.try_emplace(said_.changes[i].key, i);
    earlier_.push_back(first ? none_earlier : std::exchange(at->second, i));
  }
  return revisions;
}

std::vector<Revision> Timeline::compared(std::size_t mark,
                                         const std::vector<Finding>& taken_back) const {
  std::map<Key, std::pair<const Finding*, const Finding*>> words;  // the last then, the last now
  for (const Finding& f : taken_back)
    words[f.key].first = &f;
  for (std::size_t i = mark; i < said_.changes.size(); ++i)
    words[said_.changes[i].key].second = &said_.changes[i];
  std::vector<Revision> revisions;
  for (const auto& [key, word] : words) {
    const auto at = last_.find(key);  // where there was or is none, that of before the mark
    const Finding* earlier = at == last_.end() ? nullptr : &said_.changes[at->second];
    const auto [then, now] = word;
    Revision r{key, there(then != nullptr ? then : earlier), there(now != nullptr ? now : earlier)};
    if (changes_something(r)) revisions.push_back(std::move(r));
  }
  return revisions;
}

// By the text of the occurrence's identity, so that no numbering of symbols shows.
std::vector<Revision> Timeline::in_order(std::vector<Revision> revisions) const {
  std::multimap<std::string, std::size_t> by_id;
  for (std::size_t i = 0; i < revisions.size(); ++i)
    by_id.emplace(occurrence_id(machine_.program, machine_.symbols, revisions[i].key), i);
  std::vector<Revision> sorted;
  for (const auto& [id, i] : by_id)
    sorted.push_back(std::move(revisions[i]));
  return sorted;
}

std::vector<Revision> Timeline::record(Event event) {
  const std::size_t at = position(event);
  const bool in_order = at == events_.size() && event.day >= state_.today;
  day_of_.emplace(event.identity, event.day);
  events_.insert(events_.begin() + static_cast<std::ptrdiff_t>(at), std::move(event));
  if (!in_order) return replay_from(at);
  return fold_rest();
}

std::vector<Revision> Timeline::withdraw(Symbol identity) {
  const auto day = day_of_.find(identity);
  if (day == day_of_.end()) return {};
  const auto at =
      std::find_if(std::lower_bound(events_.begin(), events_.end(), day->second,
                                    [](const Event& e, Day d) { return e.day < d; }),
                   events_.end(), [&](const Event& e) { return e.identity == identity; });
  const auto n = static_cast<std::size_t>(at - events_.begin());
  events_.erase(at);
  day_of_.erase(day);
  return replay_from(n);
}

std::vector<Revision> Timeline::correct(Symbol identity, Event event) {
  std::vector<Revision> gone = withdraw(identity);
  std::vector<Revision> come = record(std::move(event));
  std::map<Key, Revision> net;
  for (Revision& r : gone)
    net.emplace(r.key, std::move(r));
  for (Revision& r : come) {
    const auto at = net.find(r.key);
    if (at == net.end())
      net.emplace(r.key, std::move(r));
    else
      at->second.after = std::move(r.after);
  }
  std::vector<Revision> revisions;
  for (auto& [key, r] : net)
    if (changes_something(r)) revisions.push_back(std::move(r));
  return in_order(std::move(revisions));
}

std::vector<Revision> Timeline::pass(Day day) {
  if (day <= state_.today) return {};
  passed_ = day;
  return fold_rest();
}

Book Timeline::book(Moment as_of, int days_ahead) const {
  Book book = conclude_book(machine_, state_, said_, as_of, days_ahead);
  book.events = events_.size();
  if (!events_.empty()) book.last_event = events_.back().day;
  return book;
}

}  // namespace samrad::engine
