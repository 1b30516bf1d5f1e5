// Snapshots every 64 events; a change in the past rewinds to the last snapshot before it and folds the rest again.
#include "engine/timeline.h"

#include <algorithm>
#include <map>

namespace samrad::engine {
namespace {

using LastOf = std::map<Key, Finding>;

LastOf last_of(const std::vector<Finding>& said, std::size_t from) {
  LastOf last;
  for (std::size_t i = from; i < said.size(); ++i) last[said[i].key] = said[i];  // `gone` included
  return last;
}

// The last word on `key` among the first `until` findings.
std::optional<Finding> earlier(const std::vector<Finding>& said, std::size_t until, const Key& key) {
  for (std::size_t i = until; i-- > 0;)
    if (said[i].key == key) return said[i];
  return std::nullopt;
}

// What was retracted is not there.
std::optional<Finding> there(std::optional<Finding> f) { return f && f->gone ? std::nullopt : std::move(f); }

bool same(const Finding& a, const Finding& b) {
  return a.status == b.status && a.opens == b.opens && a.due == b.due && a.settled == b.settled && a.have == b.have &&
         a.need == b.need && a.evidence == b.evidence && a.missing == b.missing;
}

}  // namespace

Timeline::Timeline(const Machine& machine) : machine_(machine), state_(begin(machine)) { take_snapshot(); }

bool Timeline::contains(Symbol identity) const {
  return std::any_of(events_.begin(), events_.end(), [&](const Event& e) { return e.identity == identity; });
}

std::size_t Timeline::position(const Event& event) const {
  const Symbols& names = machine_.symbols;
  const auto at = std::upper_bound(events_.begin(), events_.end(), event, [&](const Event& a, const Event& b) {
    if (feeds_before(a, b) != feeds_before(b, a)) return feeds_before(a, b);
    return names.text(a.identity) < names.text(b.identity);
  });
  return static_cast<std::size_t>(at - events_.begin());
}

void Timeline::take_snapshot() {
  snapshots_.push_back({folded_, state_, said_.changes.size(), said_.voids.size(), said_.part_periods.size(), said_.rulings.size()});
}

void Timeline::rewind(std::size_t events) {
  while (snapshots_.size() > 1 && snapshots_.back().events > events) snapshots_.pop_back();
  // A snapshot's pending day must not lie after the day that is to change: then it has been judged already.
  while (snapshots_.size() > 1 && events < events_.size() && snapshots_.back().state.today > events_[events].day) snapshots_.pop_back();
  const Snapshot& s = snapshots_.back();
  folded_ = s.events;
  state_ = s.state;
  said_.changes.resize(s.changes);
  said_.voids.resize(s.voids);
  said_.part_periods.resize(s.part_periods);
  said_.rulings.resize(s.rulings);
}

void Timeline::fold_rest() {
  replayed_ = 0;
  while (folded_ < events_.size()) {
    const Event& e = events_[folded_];
    step(machine_, state_, {{e.day, e.earliest}, &e}, said_);
    ++folded_;
    ++replayed_;
    if (folded_ - snapshots_.back().events >= snapshot_events) take_snapshot();
  }
  if (passed_ > state_.today) step(machine_, state_, {{passed_, 0}, nullptr}, said_);
}

// By the text of the occurrence's identity, so that no numbering of symbols shows.
std::vector<Revision> Timeline::in_order(std::vector<Revision> revisions) const {
  std::multimap<std::string, std::size_t> by_id;
  for (std::size_t i = 0; i < revisions.size(); ++i) by_id.emplace(occurrence_id(machine_.program, machine_.symbols, revisions[i].key), i);
  std::vector<Revision> sorted;
  for (const auto& [id, i] : by_id) sorted.push_back(std::move(revisions[i]));
  return sorted;
}

// What was said since `mark`, against what was said before it.
std::vector<Revision> Timeline::news_since(std::size_t mark) const {
  std::vector<Revision> revisions;
  for (const auto& [key, finding] : last_of(said_.changes, mark)) {
    Revision r{key, there(earlier(said_.changes, mark, key)), there(finding)};
    if (r.before.has_value() != r.after.has_value() || (r.before && !same(*r.before, *r.after))) revisions.push_back(std::move(r));
  }
  return in_order(std::move(revisions));
}

std::vector<Revision> Timeline::replay_from(std::size_t events) {
  const std::vector<Finding> before = said_.changes;
  rewind(events);
  const std::size_t mark = said_.changes.size();
  fold_rest();
  const LastOf old = last_of(before, mark);
  const LastOf now = last_of(said_.changes, mark);
  std::vector<Revision> revisions;
  const auto compare = [&](const Key& key) {
    const auto a = old.find(key);
    const auto b = now.find(key);
    const std::optional<Finding> was = there(a != old.end() ? std::optional(a->second) : earlier(before, mark, key));
    const std::optional<Finding> is = there(b != now.end() ? std::optional(b->second) : earlier(said_.changes, mark, key));
    if (was.has_value() != is.has_value() || (was && !same(*was, *is))) revisions.push_back({key, was, is});
  };
  for (const auto& [key, finding] : old) compare(key);
  for (const auto& [key, finding] : now)
    if (!old.contains(key)) compare(key);
  return in_order(std::move(revisions));
}

std::vector<Revision> Timeline::record(Event event) {
  const std::size_t at = position(event);
  const bool in_order = at == events_.size() && event.day >= state_.today;
  events_.insert(events_.begin() + static_cast<std::ptrdiff_t>(at), std::move(event));
  if (!in_order) return replay_from(at);
  const std::size_t mark = said_.changes.size();
  fold_rest();
  return news_since(mark);
}

std::vector<Revision> Timeline::withdraw(Symbol identity) {
  const auto at = std::find_if(events_.begin(), events_.end(), [&](const Event& e) { return e.identity == identity; });
  if (at == events_.end()) return {};
  const auto n = static_cast<std::size_t>(at - events_.begin());
  const Day day = at->day;
  events_.erase(at);
  // Rewind by the day of the event that is gone, not of the one that took its place.
  while (snapshots_.size() > 1 && snapshots_.back().state.today > day) snapshots_.pop_back();
  return replay_from(n);
}

std::vector<Revision> Timeline::correct(Symbol identity, Event event) {
  std::vector<Revision> gone = withdraw(identity);
  std::vector<Revision> come = record(std::move(event));
  std::map<Key, Revision> net;
  for (Revision& r : gone) net.emplace(r.key, std::move(r));
  for (Revision& r : come) {
    const auto at = net.find(r.key);
    if (at == net.end()) net.emplace(r.key, std::move(r));
    else at->second.after = std::move(r.after);
  }
  std::vector<Revision> revisions;
  for (auto& [key, r] : net)
    if (r.before.has_value() != r.after.has_value() || (r.before && !same(*r.before, *r.after))) revisions.push_back(std::move(r));
  return in_order(std::move(revisions));
}

std::vector<Revision> Timeline::pass(Day day) {
  if (day <= state_.today) return {};
  passed_ = day;
  const std::size_t mark = said_.changes.size();
  fold_rest();
  return news_since(mark);
}

Book Timeline::book(Moment as_of, int days_ahead) const {
  Book book = conclude_book(machine_, state_, said_, as_of, days_ahead);
  book.events = events_.size();
  if (!events_.empty()) book.last_event = events_.back().day;
  return book;
}

}  // namespace samrad::engine
