// Which record acts on which: corrections and withdrawals find their targets, once for all questions. Entry point: link.

#include <algorithm>

#include <fmt/format.h>

#include "rules/diagnostics/near.h"
#include "service/record/cloud_event.h"
#include "service/record/effective.h"

namespace samrad::record {

namespace {

constexpr std::size_t near_names_max =
    5000;  // beyond this no nearest id is looked for: the cost is that of all ids for each fault

class Linker {
 public:
  Linker(std::span<const Record> records, std::string_view agreement, const Zone& zone,
         Faults& faults)
      : records_(records), agreement_(agreement), faults_(faults), links_(records.size()) {
    for (std::uint32_t i = 0; i < records.size(); ++i) {
      links_[i].recorded = recorded_at(records[i], zone);
      if (records[i].type == "correction") links_[i].act = Act::correction;
      if (records[i].type == "withdrawal") links_[i].act = Act::withdrawal;
      acts_ = acts_ || links_[i].act != Act::event;
    }
  }

  std::vector<Link> link() {
    if (acts_) {
      for (std::uint32_t i = 0; i < records_.size(); ++i)
        by_id_.emplace_back(records_[i].id, i);
      std::sort(by_id_.begin(), by_id_.end());
      for (std::uint32_t i = 0; i < records_.size(); ++i)
        if (links_[i].act != Act::event) content(i);
    }
    const std::vector<std::uint32_t> order = targets_last();
    // From the targets back, so that what has no agreement of its own takes that of its target.
    for (std::size_t n = order.size(); n-- > 0;) {
      Link& link = links_[order[n]];
      const std::string& named = records_[order[n]].agreement;
      if (!named.empty())
        link.ours = named == agreement_;
      else if (link.target != nowhere)
        link.ours = links_[link.target].ours;
    }
    return std::move(links_);
  }

 private:
  void fault(std::uint32_t i, Level level, std::string attribute, std::string message,
             std::string help = {}) {
    const Record& record = records_[i];
    faults_.add({level, record.place.file, record.place.line, record.id, std::move(attribute),
                 std::move(message), std::move(help)});
  }

  void content(std::uint32_t i) {
    const Json& data = records_[i].data;
    const bool correction = links_[i].act == Act::correction;
    const std::string name = correction ? "corrects" : "withdraws";
    const Json* target = data.find(name);
    if (!target || target->kind != JsonKind::text || target->text.empty()) {
      fault(i, Level::error, "data." + name, target ? "should be the id of an event" : "missing",
            fmt::format("give the `id` of what it {}, or `source#id`", name));
    } else {
      links_[i].target = resolve(i, name, target->text);
    }
    if (correction)
      new_content(i);
    else
      for (const auto& [member, value] : data.members)
        if (member != "withdraws" && member != "reason")
          fault(i, Level::error, "data." + member, "a withdrawal has `withdraws` and `reason` only",
                rules::did_you_mean(member, std::vector<std::string>{"withdraws", "reason"}));
  }

  void new_content(std::uint32_t i) {
    const Json& data = records_[i].data;
    bool changes = false;
    for (const auto& [member, value] : data.members) {
      changes = changes || (member != "corrects" && member != "reason");
      const bool text = value.kind == JsonKind::text && !value.text.empty();
      const std::string place = "data." + member;
      if (member == "type" && !text)
        fault(i, Level::error, place, "should be the name of an event type");
      if (member == "type" && is_act(value.text))
        fault(i, Level::error, place,
              fmt::format("an event cannot be corrected into a `{}`", value.text));
      if (member == "subject" && !text && value.kind != JsonKind::null)
        fault(i, Level::error, place, "should be a name, or null where there is no subject");
      if (member == "time" && (!text || !parse_when(value.text)))
        fault(i, Level::error, place, "should be a date or time that exists",
              "such as \"2017-05-10\"");
      if (member == "data" && value.kind != JsonKind::object)
        fault(
            i, Level::error, place,
            fmt::format("should be an object with all fields anew; this is {}", words(value.kind)));
    }
    if (!changes) fault(i, Level::warning, "", "the correction gives no new content");
  }

  // The record meant by an id or `source#id`: the own source first, then any.
  std::uint32_t resolve(std::uint32_t i, const std::string& attribute, const std::string& text) {
    const auto begin = std::lower_bound(by_id_.begin(), by_id_.end(),
                                        std::pair<std::string_view, std::uint32_t>(text, 0));
    std::vector<std::uint32_t> found;
    for (auto it = begin; it != by_id_.end() && it->first == text; ++it) {
      if (records_[it->second].source == records_[i].source) return it->second;
      found.push_back(it->second);
    }
    for (std::size_t hash = text.find('#'); hash != std::string::npos;
         hash = text.find('#', hash + 1)) {
      const std::pair<std::string_view, std::uint32_t> id(std::string_view(text).substr(hash + 1),
                                                          0);
      for (auto it = std::lower_bound(by_id_.begin(), by_id_.end(), id);
           it != by_id_.end() && it->first == id.first; ++it)
        if (records_[it->second].source == std::string_view(text).substr(0, hash))
          return it->second;
    }
    if (found.size() == 1) return found[0];
    if (found.size() > 1) {
      fault(i, Level::error, "data." + attribute,
            fmt::format("`{}` is the id of events of several sources", text),
            fmt::format("say which: `{}`", records_[found[0]].identity()));
      return nowhere;
    }
    std::vector<std::string> ids;
    if (by_id_.size() <= near_names_max)
      for (const Record& record : records_)
        ids.push_back(record.id);
    fault(i, Level::error, "data." + attribute,
          fmt::format("no event `{}` is among those handed in", text),
          rules::did_you_mean(text, ids));
    return nowhere;
  }

  // All records, each before its target; those in a circle lose their targets and come last.
  std::vector<std::uint32_t> targets_last() {
    std::vector<std::uint32_t> waiting(links_.size(), 0);
    for (const Link& link : links_)
      if (link.target != nowhere) ++waiting[link.target];
    std::vector<std::uint32_t> order;
    order.reserve(links_.size());
    for (std::uint32_t i = 0; i < links_.size(); ++i)
      if (waiting[i] == 0) order.push_back(i);
    for (std::size_t n = 0; n < order.size(); ++n) {
      const std::uint32_t target = links_[order[n]].target;
      if (target != nowhere && --waiting[target] == 0) order.push_back(target);
    }
    for (std::uint32_t i = 0; i < links_.size(); ++i) {
      if (waiting[i] == 0) continue;
      fault(i, Level::error, links_[i].act == Act::correction ? "data.corrects" : "data.withdraws",
            "corrections and withdrawals go in a circle");
      links_[i].target = nowhere;
      order.push_back(i);
    }
    return order;
  }

  std::span<const Record> records_;
  std::string_view agreement_;
  Faults& faults_;
  std::vector<Link> links_;
  std::vector<std::pair<std::string_view, std::uint32_t>> by_id_;
  bool acts_ = false;
};

}  // namespace

std::vector<Link> link(std::span<const Record> records, std::string_view agreement,
                       const Zone& zone, Faults& faults) {
  return Linker(records, agreement, zone, faults).link();
}

}  // namespace samrad::record
