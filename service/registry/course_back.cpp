// Back in the log: from a stop before the day from which what was taken changes anything, once as it was and once as it is now.

#include <algorithm>
#include <limits>
#include <set>

#include "engine/book.h"
#include "engine/engine.h"
#include "rules/calendar/date.h"
#include "service/record/decode.h"
#include "service/registry/course.h"

namespace samrad::registry {

namespace {

using calendar::Day;

constexpr record::Instant end_of_time{std::numeric_limits<std::int64_t>::max(), 0};

bool unsettled(const store::Verdict& row) {
  return row.status == "open" || row.status == "upcoming";
}

// What the state holds has been said before it: an occurrence is told of when it is opened.
engine::Findings said_by(const engine::State& state) {
  engine::Findings said;
  for (const engine::Instance& instance : state.instances)
    for (const engine::Open& open : instance.open)
      if (!open.unassessed) said.changes.push_back(open.finding);
  return said;
}

}  // namespace

store::Result<Course::Records> Course::read(Log& log, std::vector<Sequence> events) const {
  events = trail_.with_acts(std::move(events));
  auto records = log.some(events);
  if (!records) return tl::unexpected(records.error());
  Records out;
  for (std::size_t i = 0; i < records->size(); ++i)
    out.emplace_back(events[i], std::move((*records)[i]));
  return out;
}

void Course::link(const Records& records) {
  std::vector<record::Record> list;
  for (const auto& [sequence, record] : records)
    list.push_back(record);
  const auto links = linked(list);
  for (std::size_t i = 0; i < links.size(); ++i)
    if (links[i].target != record::nowhere)
      trail_.link(records[i].first, records[links[i].target].first);
}

std::map<Sequence, engine::Event> Course::in_force(const Records& records, Sequence last) {
  std::vector<record::Record> list;
  bool any_acts = false;
  for (const auto& [sequence, record] : records) {
    if (sequence > last) break;
    list.push_back(record);
    any_acts = any_acts || record::is_act(record.type);
  }
  std::map<Sequence, engine::Event> out;
  each_in_force(list, any_acts ? linked(list) : std::vector<record::Link>(),
                [&](std::uint32_t i, engine::Event&& event) {
                  out.emplace_hint(out.end(), records[i].first, std::move(event));
                });
  return out;
}

std::vector<record::Link> Course::linked(const std::vector<record::Record>& list) const {
  record::Faults ignored;
  return record::link(list, room_->program().text(room_->program().name), room_->zone, ignored);
}

void Course::each_in_force(const std::vector<record::Record>& list,
                           const std::vector<record::Link>& links,
                           const std::function<void(std::uint32_t, engine::Event&&)>& take) const {
  record::Effective effective;
  if (!links.empty())
    effective = record::effective(list, links, end_of_time);
  else
    for (std::uint32_t i = 0; i < list.size(); ++i)
      effective.events.push_back(i);
  record::Faults ignored;
  auto changed = effective.changed.begin();
  for (const std::uint32_t i : effective.events) {
    const bool corrected = changed != effective.changed.end() && changed->first == i;
    const record::Record& record = corrected ? (changed++)->second : list[i];
    engine::Event event;
    if (record::decode(room_->vocabulary, record, event, ignored)) take(i, std::move(event));
  }
}

store::Result<void> Course::remember(Log& log) {
  if (unread_.empty()) return {};
  auto records = read(log, unread_);
  if (!records) return tl::unexpected(records.error());
  std::vector<Taken> rulings;
  for (auto& [sequence, event] : in_force(*records, looked_through_)) {
    if (!std::binary_search(unread_.begin(), unread_.end(), sequence)) continue;
    const bool waits = std::binary_search(waiting_.begin(), waiting_.end(), sequence);
    (waits ? later_ : rulings).push_back({std::move(event), sequence});
  }
  rule(rulings);
  unread_.clear();
  waiting_.clear();
  return {};
}

std::optional<engine::State> Course::state_at(const Trail::Stop& stop) {
  if (stop.state.empty()) return engine::begin(room_->machine);
  return engine::decode(
      room_->machine, room_->symbols,
      {reinterpret_cast<const std::uint8_t*>(stop.state.data()), stop.state.size()});
}

void Course::rule(const std::vector<Taken>& events) {
  std::set<std::string> touched;
  for (const Taken& one : events) {
    const auto ruling = engine::ruling_of(room_->program(), one.event);
    if (!ruling) continue;
    const std::string occurrence(room_->symbols.text(ruling->occurrence));
    rulings_[occurrence].push_back(one);
    touched.insert(occurrence);
  }
  for (const std::string& occurrence : touched)
    sort(rulings_[occurrence]);
}

const engine::Finding& Course::ruled(const engine::Finding& finding, const std::string& id,
                                     engine::Finding& space) const {
  const auto words = rulings_.find(id);
  if (words == rulings_.end()) return finding;
  space = finding;
  for (const Taken& one : words->second)
    if (const auto ruling = engine::ruling_of(room_->program(), one.event))
      engine::rule_on(room_->machine, *ruling, space);
  return space;
}

store::Result<Day> Course::bears_from(const engine::Event& event, Log& log) const {
  const auto ruling = engine::ruling_of(room_->program(), event);
  if (!ruling) return calendar::day_max;
  const std::string occurrence(room_->symbols.text(ruling->occurrence));
  const auto loose = loose_.find(occurrence);
  // What is not settled the state holds still, or has just spoken of.
  if (loose != loose_.end() && unsettled(loose->second)) return calendar::day_max;
  std::string opens;
  if (loose != loose_.end()) {
    opens = loose->second.opens;
  } else {
    const auto row = log.verdict(occurrence);
    if (!row) return tl::unexpected(row.error());
    if (!*row) return calendar::day_max;
    opens = (*row)->opens;
  }
  return calendar::parse_iso(opens).value_or(calendar::day_min);
}

store::Result<Day> Course::changed_from(const engine::Moment& now, Log& log,
                                        std::vector<std::pair<Sequence, Day>>& moved) {
  Day from = calendar::day_max;
  std::optional<store::Failure> failure;
  const auto ruling = [&](const engine::Event& event) {
    const auto day = bears_from(event, log);
    if (!day) failure = day.error();
    if (day) from = std::min(from, *day);
  };
  for (const auto* list : {&taken_, &later_})
    for (const Taken& one : *list) {
      if (!happened(one.event, now)) continue;
      if (one.event.day < state_.today) from = std::min(from, one.event.day);
      ruling(one.event);
    }
  std::vector<Sequence> concerned;
  for (const Act& act : acts_) {
    concerned.push_back(act.sequence);
    const std::vector<Sequence> meant = trail_.meant_by(act.names);
    concerned.insert(concerned.end(), meant.begin(), meant.end());
  }
  if (!concerned.empty()) {
    const auto records = read(log, std::move(concerned));
    if (!records) return tl::unexpected(records.error());
    link(*records);
    const auto before = in_force(*records, looked_through_), after = in_force(*records, sequence());
    for (const auto& [sequence, record] : *records) {
      if (record::is_act(record.type)) continue;
      const auto was = before.find(sequence), is = after.find(sequence);
      const bool there_was = was != before.end(), there_is = is != after.end();
      const Day day = there_is ? is->second.day : Trail::nowhere;
      if (trail_.day(sequence) != day) moved.emplace_back(sequence, day);
      if (there_was == there_is && (!there_is || was->second == is->second)) continue;
      if (there_was) {
        from = std::min(from, was->second.day);
        ruling(was->second);
      }
      if (there_is) {
        from = std::min(from, day);
        ruling(is->second);
      }
    }
  }
  if (failure) return tl::unexpected(*failure);
  return from;
}

store::Result<bool> Course::look_back(Day from, const std::vector<std::pair<Sequence, Day>>& moved,
                                      const engine::Moment& now, Log& log, Changes& changes,
                                      Micros at) {
  const Trail::Stop stop = trail_.last_before(from);
  auto old = state_at(stop), fresh = old;
  if (!old) return false;

  std::set<Sequence> waited;
  for (const Taken& one : later_)
    waited.insert(one.sequence);
  std::vector<Sequence> was = trail_.since(stop.day);
  std::erase_if(was, [&](Sequence s) { return s > looked_through_ || waited.contains(s); });
  for (const auto& [sequence, day] : moved)
    trail_.move(sequence, day);
  const std::vector<Sequence> is = trail_.since(stop.day);
  std::vector<Sequence> both = was;
  both.insert(both.end(), is.begin(), is.end());
  const auto records = read(log, std::move(both));
  if (!records) return tl::unexpected(records.error());

  // As it was: what was said since the stop.
  const auto pick = [](std::map<Sequence, engine::Event>&& of, const std::vector<Sequence>& these) {
    std::vector<Taken> out;
    for (const Sequence sequence : these)
      if (const auto it = of.find(sequence); it != of.end())
        out.push_back({std::move(it->second), sequence});
    return out;
  };
  std::vector<Taken> events = pick(in_force(*records, looked_through_), was);
  sort(events);
  engine::Findings said = said_by(*old);
  for (const Taken& one : events)
    engine::step(room_->machine, *old, {{one.event.day, one.event.earliest}, &one.event}, said);
  // Rows that came back from the store may have been said by a state that stood later than the one that came back.
  const Day told = all_loose_ ? std::max(state_.today, now.day) : state_.today;
  if (old->today < told)
    engine::step(room_->machine, *old, {{told, room_->zone.first_second(told)}, nullptr}, said);
  judged_ += events.size();
  Verdicts before = rows_of(said);

  // As it is.
  std::vector<Taken> ready;
  later_.clear();
  for (Taken& one : pick(in_force(*records, sequence()), is))
    (happened(one.event, now) ? ready : later_).push_back(std::move(one));
  for (auto& [occurrence, words] : rulings_)
    std::erase_if(words, [&](const Taken& one) { return one.event.day >= stop.day; });
  rule(ready);
  trail_.go_back(stop.day);
  state_ = std::move(*fresh);
  folded_ = stop.events;
  said = said_by(state_);
  fold(std::move(ready), now, said);
  Standing standing = stand(said, now);

  const std::set<std::string> denied(standing.gone.begin(), standing.gone.end());
  Verdicts known;
  for (auto& [id, row] : take_loose())
    if (!row.firm || before.contains(id) || standing.all.contains(id) || denied.contains(id))
      known.emplace(id, std::move(row));
  if (!all_loose_) known.merge(before);
  compare(std::move(standing), std::move(known), true, changes, at);
  return true;
}

Course::Verdicts Course::rows_of(const engine::Findings& said) const {
  std::map<engine::Key, const engine::Finding*> last;
  for (const engine::Finding& finding : said.changes)
    last[finding.key] = &finding;
  Verdicts out;
  engine::Finding space;
  for (const auto& [key, finding] : last) {
    if (finding->gone) continue;
    std::string id = engine::occurrence_id(room_->program(), room_->symbols, key);
    store::Verdict row = verdict(ruled(*finding, id, space), id);
    row.firm = true;
    out.emplace(std::move(id), std::move(row));
  }
  return out;
}

}  // namespace samrad::registry
