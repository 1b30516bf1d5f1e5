// The content in force as known at a moment: acts are applied from the last link of each chain to the event at its end.
//
// Entry point: effective. No recursion: a chain of corrections may be as long as the file.

#include "service/record/effective.h"

#include <algorithm>
#include <map>

namespace samrad::record {

namespace {

void put(Json& object, const std::string& name, const Json& value) {
  for (auto& [member, old] : object.members) {
    if (member != name) continue;
    old = value;
    return;
  }
  object.members.push_back({name, value});
}

// The content of a correction (already corrected itself) on an event.
void apply_to_event(const Json& content, Record& event) {
  for (const auto& [member, value] : content.members)
    if (member == "data" && value.kind == JsonKind::object) event.data = value;
  for (const auto& [member, value] : content.members) {
    if (member == "corrects" || member == "data") continue;
    if (member == "type")
      event.type = value.text;
    else if (member == "subject")
      event.subject = value.text;
    else if (member == "time")
      event.time = parse_when(value.text).value_or(event.time);
    else if (member != "reason" || event.data.find("reason"))
      put(event.data, member, value);
  }
}

// A correction of a correction or withdrawal changes what that one says, but not what it acts on.
void apply_to_act(const Json& content, Record& act) {
  for (const auto& [member, value] : content.members)
    if (member != "corrects") put(act.data, member, value);
}

class Folding {
 public:
  Folding(std::span<const Record> records, std::span<const Link> links, Instant known_at)
      : records_(records),
        links_(links),
        known_at_(known_at),
        waiting_(records.size(), 0),
        gone_(records.size(), false) {}

  Effective fold() {
    std::vector<std::uint32_t> ready;
    for (std::uint32_t i = 0; i < links_.size(); ++i)
      if (acts(i)) ++waiting_[links_[i].target], by_target_.emplace_back(links_[i].target, i);
    std::sort(by_target_.begin(), by_target_.end(), [&](const auto& a, const auto& b) {
      if (a.first != b.first) return a.first < b.first;
      const Link& left = links_[a.second];
      const Link& right = links_[b.second];
      if (left.recorded != right.recorded) return left.recorded < right.recorded;
      return records_[a.second].identity() < records_[b.second].identity();
    });
    for (std::uint32_t i = 0; i < links_.size(); ++i)
      if (acts(i) && waiting_[i] == 0) ready.push_back(i);
    for (std::size_t n = 0; n < ready.size(); ++n) {
      const std::uint32_t target = links_[ready[n]].target;
      if (--waiting_[target] > 0) continue;
      take(target);
      if (acts(target)) ready.push_back(target);
    }
    Effective result;
    for (std::uint32_t i = 0; i < links_.size(); ++i)
      if (links_[i].act == Act::event && links_[i].ours && known(i) && !gone_[i])
        result.events.push_back(i);
    for (auto& [i, record] : changed_)
      if (links_[i].act == Act::event && !gone_[i])
        result.changed.emplace_back(i, std::move(record));
    return result;
  }

 private:
  bool known(std::uint32_t i) const { return links_[i].recorded <= known_at_; }
  bool acts(std::uint32_t i) const {
    const Link& link = links_[i];
    return link.target != nowhere && link.ours && known(i) && known(link.target);
  }

  // All that acts on `target` is final: apply it in the order of recording.
  void take(std::uint32_t target) {
    auto it = std::lower_bound(by_target_.begin(), by_target_.end(),
                               std::pair<std::uint32_t, std::uint32_t>(target, 0),
                               [](const auto& a, const auto& b) { return a.first < b.first; });
    for (; it != by_target_.end() && it->first == target; ++it) {
      const std::uint32_t act = it->second;
      if (gone_[act]) continue;
      if (links_[act].act == Act::withdrawal) {
        gone_[target] = true;
        continue;
      }
      const auto own = changed_.find(act);
      const Json content = own == changed_.end() ? records_[act].data : own->second.data;
      Record& record = changed_.try_emplace(target, records_[target]).first->second;
      record.place =
          records_[act].place;  // a fault of the new content is a fault of the correction
      if (links_[target].act == Act::event)
        apply_to_event(content, record);
      else
        apply_to_act(content, record);
    }
  }

  std::span<const Record> records_;
  std::span<const Link> links_;
  Instant known_at_;
  std::vector<std::uint32_t> waiting_;  // acts on it that are not final
  std::vector<bool> gone_;              // withdrawn
  std::vector<std::pair<std::uint32_t, std::uint32_t>> by_target_;
  std::map<std::uint32_t, Record> changed_;
};

}  // namespace

Effective effective(std::span<const Record> records, std::span<const Link> links,
                    Instant known_at) {
  return Folding(records, links, known_at).fold();
}

Instant recorded_at(const Record& record, const Zone& zone) {
  const When& when = record.has_recorded ? record.recorded : record.time;
  if (when.timed) return when.instant;
  return {zone.last_second(when.day), 999'999'999U};
}

}  // namespace samrad::record
