#include "service/registry/trail.h"

#include <algorithm>

#include "service/fleet/names.h"
#include "service/registry/bytes.h"

namespace samrad::registry {

using calendar::Day;

namespace {

constexpr std::uint64_t ratio_of_distances = 3;

std::uint64_t number_of(Day day) { return static_cast<std::uint32_t>(day.n); }
Day day_of(std::uint64_t number) {
  return Day{static_cast<std::int32_t>(static_cast<std::uint32_t>(number))};
}

void in_order(std::vector<Sequence>& events) {
  std::sort(events.begin(), events.end());
  events.erase(std::unique(events.begin(), events.end()), events.end());
}

}  // namespace

void Trail::add(std::string_view id, Day day) {
  days_.push_back(day);
  ids_.emplace(fleet::hash_of(id), static_cast<std::uint32_t>(days_.size()));
}

std::vector<Sequence> Trail::since(Day day) const {
  std::vector<Sequence> out;
  for (std::size_t i = 0; i < days_.size(); ++i)
    if (days_[i] >= day && days_[i] != nowhere) out.push_back(i + 1);
  return out;
}

bool Trail::knows(std::string_view id) const { return ids_.contains(fleet::hash_of(id)); }

std::vector<Sequence> Trail::of_id(std::string_view id) const {
  std::vector<Sequence> out;
  const auto [begin, end] = ids_.equal_range(fleet::hash_of(id));
  for (auto it = begin; it != end; ++it)
    out.push_back(it->second);
  in_order(out);
  return out;
}

void Trail::link(Sequence act, Sequence target) {
  if (targets_.emplace(act, target).second) acts_.emplace(target, act);
}

std::vector<Sequence> Trail::meant_by(std::string_view text) const {
  std::vector<Sequence> out = of_id(text);
  for (std::size_t at = text.find('#'); at != std::string_view::npos; at = text.find('#', at + 1)) {
    const std::vector<Sequence> more = of_id(text.substr(at + 1));
    out.insert(out.end(), more.begin(), more.end());
  }
  return out;
}

std::vector<Sequence> Trail::with_acts(std::vector<Sequence> events) const {
  in_order(events);
  std::vector<Sequence> more;
  for (const Sequence event : events)
    if (acts_.contains(event) || targets_.contains(event)) more.push_back(event);
  std::map<Sequence, bool> seen;
  while (!more.empty()) {
    const Sequence event = more.back();
    more.pop_back();
    if (!seen.emplace(event, true).second) continue;
    events.push_back(event);
    if (const auto target = targets_.find(event); target != targets_.end())
      more.push_back(target->second);
    const auto [begin, end] = acts_.equal_range(event);
    for (auto it = begin; it != end; ++it)
      more.push_back(it->second);
  }
  in_order(events);
  return events;
}

const Trail::Stop& Trail::last_before(Day day) const {
  auto it = std::upper_bound(stops_.begin(), stops_.end(), day,
                             [](Day at, const Stop& stop) { return at < stop.day; });
  return it == stops_.begin() ? *it : *std::prev(it);
}

void Trail::put(Stop stop) {
  stops_.push_back(std::move(stop));
  thin(ratio_of_distances);
  const auto bytes = [&] {
    std::size_t sum = 0;
    for (const Stop& one : stops_)
      sum += one.state.size();
    return sum;
  };
  for (std::uint64_t ratio = 2 * ratio_of_distances; stops_.size() > 2 && bytes() > stops_bytes_max;
       ratio *= 2)
    thin(ratio);
}

// Between two that stay the distance to the end grows by no more than `ratio`; of those further apart none goes.
void Trail::thin(std::uint64_t ratio) {
  const std::uint64_t end = stops_.back().events + stop_events;
  for (std::size_t i = stops_.size() - 1; i-- > 1;)
    if (end - stops_[i - 1].events <= ratio * (end - stops_[i + 1].events))
      stops_.erase(stops_.begin() + static_cast<std::ptrdiff_t>(i));
}

void Trail::go_back(Day day) {
  while (stops_.size() > 1 && stops_.back().day > day)
    stops_.pop_back();
}

void Trail::write(std::string& out) const {
  std::vector<std::uint64_t> hashes(days_.size());
  for (const auto& [hash, event] : ids_)
    hashes[event - 1] = hash;
  pack(out, days_.size());
  for (std::size_t i = 0; i < days_.size(); ++i) {
    pack(out, hashes[i]);
    pack(out, number_of(days_[i]));
  }
  pack(out, targets_.size());
  for (const auto& [act, target] : targets_) {
    pack(out, act);
    pack(out, target);
  }
  pack(out, stops_.size() - 1);
  for (std::size_t i = 1; i < stops_.size(); ++i) {
    pack(out, number_of(stops_[i].day));
    pack(out, stops_[i].events);
    pack(out, stops_[i].state);
  }
}

bool Trail::read(std::string_view bytes) {
  Taker taker(bytes);
  Trail made;
  const std::uint64_t events = taker.count(16);
  made.days_.reserve(events);
  made.ids_.reserve(events);
  for (std::uint64_t n = 1; n <= events; ++n) {
    made.ids_.emplace(taker.number(), static_cast<std::uint32_t>(n));
    made.days_.push_back(day_of(taker.number()));
  }
  for (std::uint64_t count = taker.count(16); count > 0; --count) {
    const Sequence act = taker.number(), target = taker.number();
    if (act == 0 || target == 0 || act > events || target > events) return false;
    made.link(act, target);
  }
  for (std::uint64_t count = taker.count(24); count > 0; --count) {
    Stop stop;
    stop.day = day_of(taker.number());
    stop.events = taker.number();
    stop.state = taker.text();
    made.stops_.push_back(std::move(stop));
  }
  if (!taker.at_end()) return false;
  *this = std::move(made);
  return true;
}

}  // namespace samrad::registry
