// Reading, linking and decoding put together, and the comparison of two states of knowledge.

#include "service/record/history.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

namespace samrad::record {

namespace {

constexpr Instant end_of_time{std::numeric_limits<std::int64_t>::max(), 0};

// A file may hold the events of several agreements; none of this one is probably a mistake.
void warn_if_strange(const std::vector<Record>& records, const std::vector<Link>& links,
                     std::string_view agreement, Faults& faults) {
  if (records.empty() ||
      std::any_of(links.begin(), links.end(), [](const Link& link) { return link.ours; }))
    return;
  std::set<std::string> names;
  for (const Record& record : records)
    names.insert(record.agreement);
  std::string list;
  for (const std::string& name : names)
    list += (list.empty() ? "`" : ", `") + name + "`";
  faults.add({Level::warning, records[0].place.file, 0, "", "agreement",
              fmt::format("no event belongs to `{}`; they are of {}", agreement, list), ""});
}

}  // namespace

History::History(const program::Program& program, Records records)
    : program_(&program),
      symbols_(std::make_unique<engine::Symbols>(program)),
      faults_(records.faults()) {
  records_ = std::move(records).release();
  auto zone = Zone::open(program.text(program.timezone));
  if (!zone) {
    faults_.add({Level::error, "", 0, "", "", zone.error(), ""});
    records_.clear();
    return;
  }
  zone_ = std::make_unique<Zone>(std::move(*zone));
  vocabulary_.emplace(program, *symbols_, *zone_);
  links_ = link(records_, program.text(program.name), *zone_, faults_);
  warn_if_strange(records_, links_, program.text(program.name), faults_);

  std::vector<bool> touched(records_.size(),
                            false);  // a correction or withdrawal may mend what is wrong
  for (const Link& link : links_)
    if (link.target != nowhere) touched[link.target] = true;
  decoded_.resize(records_.size());
  for (std::size_t i = 0; i < records_.size(); ++i) {
    if (links_[i].act != Act::event || !links_[i].ours) continue;
    Faults own;
    engine::Event event;
    if (decode(*vocabulary_, records_[i], event, own))
      decoded_[i] = std::move(event);
    else if (!touched[i])
      faults_.append(own);
  }
  faults_.sort();
}

Known History::known_at(Instant moment) const {
  Known known;
  if (!zone_) return known;
  Effective in_force = effective(records_, links_, moment);
  auto changed = in_force.changed.begin();
  for (const std::uint32_t i : in_force.events) {
    if (changed != in_force.changed.end() && changed->first == i) {
      engine::Event event;
      if (decode(*vocabulary_, changed->second, event, known.faults))
        known.events.push_back(std::move(event));
      ++changed;
    } else if (decoded_[i]) {
      known.events.push_back(*decoded_[i]);
    } else {
      // Wrong as first written, and at this moment not yet mended; or wrong for good, which faults() tells.
      engine::Event event;
      Faults again;
      decode(*vocabulary_, records_[i], event, again);
      const auto& told = faults_.list();
      if (!again.empty() && std::find(told.begin(), told.end(), again.list()[0]) == told.end())
        known.faults.append(again);
    }
  }
  std::sort(known.events.begin(), known.events.end(),
            [&](const engine::Event& a, const engine::Event& b) {
              if (engine::feeds_before(a, b)) return true;
              if (engine::feeds_before(b, a)) return false;
              return symbols_->text(a.identity) < symbols_->text(b.identity);
            });
  known.faults.sort();
  return known;
}

Known History::all() const { return known_at(end_of_time); }

std::optional<Instant> History::last_recorded() const {
  std::optional<Instant> last;
  for (const Link& link : links_)
    if (link.ours && (!last || *last < link.recorded)) last = link.recorded;
  return last;
}

calendar::Day History::day_of(const Record& record) const {
  return record.time.timed ? zone_->day_of(record.time.instant.seconds) : record.time.day;
}

std::vector<Revision> History::revisions(Instant before, Instant after) const {
  std::vector<Revision> revisions;
  if (!zone_) return revisions;
  if (after < before) std::swap(before, after);

  // The act recorded last in between, for the event at the end of each chain.
  std::map<std::uint32_t, std::uint32_t> causes;
  for (std::uint32_t i = 0; i < links_.size(); ++i) {
    const bool between = before < links_[i].recorded && links_[i].recorded <= after;
    if (links_[i].target == nowhere || !between) continue;
    std::uint32_t end = i;
    while (links_[end].target != nowhere)
      end = links_[end].target;
    const auto [it, first] = causes.emplace(end, i);
    const auto rank = [&](std::uint32_t act) {
      return std::pair(links_[act].recorded, records_[act].identity());
    };
    if (!first && rank(it->second) < rank(i)) it->second = i;
  }

  struct Side {
    const Record* before = nullptr;
    const Record* after = nullptr;
  };
  std::map<std::uint32_t, Side> sides;
  const auto collect = [&](const Effective& in_force, const Record* Side::*side) {
    for (const std::uint32_t i : in_force.events)
      sides[i].*side = &records_[i];
    for (const auto& [i, record] : in_force.changed)
      if (links_[i].ours) sides[i].*side = &record;
  };
  const Effective then = effective(records_, links_, before);
  const Effective now = effective(records_, links_, after);
  collect(then, &Side::before);
  collect(now, &Side::after);

  for (const auto& [i, side] : sides) {
    if (side.before && side.after && same_content(*side.before, *side.after)) continue;
    Revision revision;
    revision.event = records_[i].identity();
    revision.happened = day_of(side.after ? *side.after : *side.before);
    const auto cause = causes.find(i);
    const std::uint32_t known_by = cause == causes.end() ? i : cause->second;
    if (!side.before)
      revision.kind =
          before < links_[i].recorded ? Revision::Kind::recorded : Revision::Kind::restored;
    else
      revision.kind = side.after ? Revision::Kind::corrected : Revision::Kind::withdrawn;
    const std::uint32_t by = revision.kind == Revision::Kind::recorded ? i : known_by;
    if (by != i) revision.cause = records_[by].identity();
    const Record& record = records_[by];
    const When& when = record.has_recorded ? record.recorded : record.time;
    const std::int64_t utc = links_[by].recorded.seconds;
    revision.recorded = {{zone_->day_of(utc), utc}, !when.timed};
    revisions.push_back(std::move(revision));
  }
  std::sort(revisions.begin(), revisions.end(), [](const Revision& a, const Revision& b) {
    return std::tie(a.happened, a.event) < std::tie(b.happened, b.event);
  });
  return revisions;
}

}  // namespace samrad::record
