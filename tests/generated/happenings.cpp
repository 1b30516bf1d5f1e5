#include "tests/generated/happenings.h"

#include <algorithm>

namespace samrad::generated {
namespace {

constexpr std::size_t borders_max = 120;

}  // namespace

Happenings::Happenings(Words& words, const std::vector<std::string>& texts,
                       std::shared_ptr<const program::Program> program)
    : words_(words), dice_(words.dice), program_(std::move(program)) {
  const std::string& text = texts.back();
  const std::size_t sentences = text.find("\nclause ");
  for (const char* kind : {"party", "role", "forum", "document", "area", "place"})
    for (const std::string& member : words_.members(kind))
      if (sentences != std::string::npos && text.find(" " + member, sentences) != std::string::npos)
        named_.push_back(member);
  for (std::size_t at = 0; at + 10 <= text.size(); ++at)
    if (text[at] == '2' && text[at + 4] == '-')
      if (const auto d = calendar::parse_iso(std::string_view(text).substr(at, 10)))
        borders_.push_back(*d);
  std::vector<json> draft;
  for (int i = 0; i < 8; ++i)
    draft.push_back(ordinary());
  look(draft);
}

void Happenings::look(const std::vector<json>& draft) {
  Case it;
  it.events = draft;
  it.as_of = calendar::iso(words_.last + 60);
  const Prepared prepared(it, program_);
  if (!prepared.audit) return;
  for (const engine::Occurrence& o : prepared.audit->book().occurrences) {
    const engine::Finding& f = o.finding;
    for (const Day d : {f.opens, f.due, f.nominal_due})
      if (d > words_.first - 100 && d < words_.last + 400) borders_.push_back(d);
    occurrences_.push_back(o.id);
  }
  for (const engine::PartPeriod& part : prepared.audit->book().part_periods)
    borders_.insert(borders_.end(), {part.first, part.last});
  dice_.shuffle(borders_);
  if (borders_.size() > borders_max) borders_.resize(borders_max);
}

Day Happenings::day() {
  if (!focus_.empty() && dice_.percent(60)) return dice_.of(focus_) + dice_.between(-1, 1);
  if (!borders_.empty() && dice_.percent(40)) return dice_.of(borders_) + dice_.between(-1, 1);
  return words_.day();
}

std::string Happenings::moment(Day d) {
  const std::string on = calendar::iso(d);
  if (dice_.percent(55)) return on;
  return say(
      {on,
       dice_.word({"T00:00:00", "T00:30:00", "T01:30:00", "T02:30:00", "T08:00:00", "T12:00:00",
                   "T12:00:00", "T12:00:01", "T12:00:00.5", "T23:30:00", "T23:59:59"}),
       dice_.word({"Z", "+01:00", "+02:00", "+02:00"})});
}

json Happenings::started(const std::string& type) {
  const Day on = day();
  json e = {{"specversion", "1.0"}, {"source", "urn:a"}, {"type", type}};
  e["id"] = "e" + std::to_string(++count_);
  // The same id from another source is another event.
  if (count_ > 1 && dice_.percent(3)) {
    e["id"] = "e" + std::to_string(dice_.between(1, count_ - 1));
    e["source"] = "urn:b" + std::to_string(count_);
  }
  e["time"] = moment(on);
  if (dice_.percent(25)) e["recordedtime"] = moment(on + dice_.between(1, 45));
  return e;
}

std::string Happenings::subject(const EventType& type) {
  const std::vector<std::string>& all = words_.members(dice_.of(type.subjects));
  std::vector<std::string> likely;
  for (const std::string& member : all)
    if (std::find(named_.begin(), named_.end(), member) != named_.end()) likely.push_back(member);
  return !likely.empty() && dice_.percent(75) ? dice_.of(likely) : dice_.of(all);
}

json Happenings::single(const std::string& type) {
  if (type == "yes/no") return dice_.percent(60);
  if (type == "number") {
    if (dice_.percent(20)) return 2.5;
    if (dice_.percent(30)) return dice_.between(78, 100);
    return dice_.below(7);
  }
  if (type == "money") {
    if (dice_.percent(30))
      return {{"amount", dice_.word({"99.50", "500", "0", "1000.01"})}, {"currency", "SEK"}};
    return dice_.word({"100 SEK", "500 SEK", "1000 SEK", "99.50 SEK", "50 SEK", "500 EUR"});
  }
  if (type == "date") return calendar::iso(day());
  if (type == "duration") return dice_.word({"1 day", "10 days", "11 days", "30 days"});
  if (type == "text") return dice_.word({"water", "fire", "earth"});
  return words_.member(type);
}

json Happenings::value(const Field& field) {
  if (!field.list) return single(field.type);
  json list = json::array();
  for (int n = dice_.below(4); n > 0; --n)
    list.push_back(single(field.type));
  return list;
}

json Happenings::ordinary() {
  const EventType& type =
      words_.events[static_cast<std::size_t>(dice_.below(static_cast<int>(words_.events.size())))];
  json e = started(type.name);
  if (!type.subjects.empty()) e["subject"] = subject(type);
  for (const Field& f : type.fields)
    if (!f.optional || dice_.percent(70)) e["data"][f.name] = value(f);
  // A text that speaks of an event is of use where it names one.
  if (e.contains("data") && e["data"].contains("about") && e["data"]["about"].is_string() &&
      e["data"]["about"].get<std::string>().find_first_of("wf") == 0 && count_ > 1 &&
      dice_.percent(60))
    e["data"]["about"] = "e" + std::to_string(dice_.between(1, count_ - 1));
  return e;
}

json Happenings::ruling() {
  const bool waiver = dice_.percent(50);
  json e = started(waiver ? "waiver" : "assessment");
  std::string of = occurrences_.empty() || dice_.percent(8) ? "c1/nothing" : dice_.of(occurrences_);
  if (dice_.percent(6)) of += "/otherwise";
  e["data"] = {{"occurrence", of}, {"reason", "so it was"}};
  std::vector<std::string> judges;
  for (const program::Rule& rule : program_->rules)
    if (rule.judged_by != 0) judges.emplace_back(program_->text(rule.judged_by));
  e["data"]["by"] = !waiver && !judges.empty() && dice_.percent(70)
                        ? dice_.of(judges)
                        : words_.member(dice_.percent(80) ? "role" : "party");
  if (!waiver)
    e["data"]["verdict"] = dice_.word({"met", "met late", "missed", "broken", "met", "perhaps"});
  return e;
}

// Corrections, withdrawals and repetitions of what is there.
void Happenings::disturb(std::vector<json>& events) {
  if (events.empty()) return;
  const json target = dice_.of(events);
  const int turn = dice_.below(10);
  if (turn < 2) {
    json again = target;
    if (dice_.percent(50)) again["recordedtime"] = calendar::iso(day() + 30);
    events.push_back(again);
    return;
  }
  // An id alone names the event where only one has it.
  const bool alone = std::count_if(events.begin(), events.end(), [&](const json& other) {
                       return other["id"] == target["id"];
                     }) == 1;
  const std::string named =
      dice_.percent(50) || !alone
          ? say({target["source"].get<std::string>(), "#", target["id"].get<std::string>()})
          : target["id"].get<std::string>();
  if (turn < 5) {
    json e = started("withdrawal");
    e["data"] = {{"withdraws", named}, {"reason", "by mistake"}};
    events.push_back(e);
    return;
  }
  json e = started("correction");
  e["data"] = {{"corrects", named}};
  const auto type = std::find_if(words_.events.begin(), words_.events.end(),
                                 [&](const EventType& t) { return t.name == target["type"]; });
  if (type != words_.events.end() && !type->fields.empty() && dice_.percent(40)) {
    const Field& f = dice_.of(type->fields);
    e["data"][f.name] = value(f);
  } else if (type != words_.events.end() && !type->subjects.empty() && dice_.percent(30)) {
    e["data"]["subject"] = subject(*type);
  } else {
    e["data"]["time"] = moment(day());
  }
  events.push_back(e);
}

Case Happenings::make() {
  Case made;
  count_ = 0;
  made.seed = dice_.next();
  focus_.clear();
  for (int n = dice_.below(3); n > 0; --n)
    focus_.push_back(!borders_.empty() && dice_.percent(80) ? dice_.of(borders_) : words_.day());
  const int n = dice_.percent(8) ? dice_.between(12, 30) : dice_.between(0, 9);
  for (int i = 0; i < n; ++i)
    made.events.push_back(ordinary());
  for (int i = dice_.percent(35) ? dice_.between(1, 3) : 0; i > 0; --i)
    made.events.push_back(ruling());
  for (int i = dice_.percent(30) ? dice_.between(1, 3) : 0; i > 0; --i)
    disturb(made.events);
  if (dice_.percent(60)) dice_.shuffle(made.events);
  Day as_of = dice_.percent(50) ? words_.last + dice_.between(-5, 100) : day();
  as_of = std::max(as_of, words_.first - 30);
  made.as_of = calendar::iso(as_of);
  if (dice_.percent(15)) made.as_of += dice_.word({"T12:00:00+02:00", "T00:00:00Z", "T23:30:00Z"});
  if (dice_.percent(25)) made.known_at = calendar::iso(dice_.percent(50) ? as_of : day());
  for (const program::Rule& rule : program_->rules)
    if (rule.reading != 0 && made.readings.empty() && dice_.percent(40))
      made.readings.push_back(
          {std::string(program_->text(rule.clause)), std::string(program_->text(rule.reading))});
  return made;
}

}  // namespace samrad::generated
