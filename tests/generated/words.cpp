#include "tests/generated/words.h"

#include <algorithm>

namespace samrad::generated {
namespace {

const std::vector<std::string> parties{"town", "police"};
const std::vector<std::string> roles{"chief", "mayor", "clerk", "vice"};
const std::vector<std::string> forums{"board", "council", "youth"};
const std::vector<std::string> documents{"plan", "annex"};
const std::vector<std::string> areas{"north", "south"};
const std::vector<std::string> places{"park", "square"};

constexpr std::string_view members_declared = R"(party town
party police
role chief of police
role mayor of town
role clerk of town
role vice of police deputy of chief
forum board
forum council
forum youth
document plan
document annex
kind area
area north
area south
kind place
  members appear in events
)";

const std::vector<std::string> event_names{
    "meeting", "report", "decision", "request", "notice",  "alarm",   "visit", "review", "sale",
    "audit",   "draft",  "letter",   "call",    "reply",   "signing", "move",  "check",  "tip",
    "talk",    "survey", "loan",     "gift",    "inquiry", "hearing", "vote",  "plea",   "bid"};

const std::vector<std::string> fact_names{"agreed", "shut", "active", "fresh", "busy", "ready"};

std::string field_name(const std::string& type, bool list, int count, Dice& dice) {
  const std::string end = count == 0 ? "" : std::to_string(count + 1);
  if (list)
    return say({(type == "text"   ? "topics"
                 : type == "role" ? "present_roles"
                                  : say({type, "_list"})),
                end});
  if (type == "role" || type == "party" || type == "forum")
    return count == 0 ? dice.word({"by", "to", "from", "for", "chair"})
                      : say({type, "_named", end});
  if (type == "yes/no") return say({"open_to_all", end});
  if (type == "text") return count == 0 && dice.percent(40) ? "about" : say({"note", end});
  if (type == "number") return say({"score", end});
  if (type == "money") return say({"cost", end});
  if (type == "date") return say({"dated", end});
  if (type == "duration") return say({"pause", end});
  return say({type, "_named", end});
}

}  // namespace

const std::vector<std::string> kinds{"party", "role", "forum", "document", "area"};
const std::vector<std::string> field_types{"text",   "number", "money", "date",  "duration",
                                           "yes/no", "role",   "party", "forum", "place"};

std::string plural(std::string_view kind) {
  if (kind == "party") return "parties";
  if (kind == "text") return "texts";
  if (kind == "role" || kind == "forum" || kind == "document") return say({std::string(kind), "s"});
  return say({"list of ", std::string(kind)});
}

std::string say(std::initializer_list<std::string> parts) {
  std::string out;
  for (const std::string& part : parts)
    out += part;
  return out;
}

Words::Words(Dice& d, Day a, Day b) : dice(d), first(a), last(b) {}

const std::vector<std::string>& Words::members(std::string_view kind) const {
  if (kind == "party") return parties;
  if (kind == "role") return roles;
  if (kind == "forum") return forums;
  if (kind == "document") return documents;
  if (kind == "area") return areas;
  if (kind == "measure") return measures_;
  return places;
}

std::string Words::several(std::string_view kind, int least) {
  std::vector<std::string> all = members(kind);
  dice.shuffle(all);
  const int n = std::min(static_cast<int>(all.size()), dice.between(least, 3));
  std::string out;
  for (int i = 0; i < n; ++i)
    out += say({(i == 0 ? "" : ", "), all[static_cast<std::size_t>(i)]});
  return out;
}

bool Words::fits(const EventType& event, const Wanted& wanted) {
  if (wanted.subject == "-") {
    if (!event.subjects.empty()) return false;
  } else if (!wanted.subject.empty() && std::find(event.subjects.begin(), event.subjects.end(),
                                                  wanted.subject) == event.subjects.end()) {
    return false;
  }
  if (wanted.type.empty()) return true;
  return std::any_of(event.fields.begin(), event.fields.end(), [&](const Field& f) {
    return f.type == wanted.type && f.list == wanted.list &&
           (wanted.field.empty() || f.name == wanted.field);
  });
}

EventType& Words::event(const Wanted& wanted) {
  std::vector<EventType*> there;
  for (EventType& e : events)
    if (!e.built_in && fits(e, wanted)) there.push_back(&e);
  if (!there.empty() && (dice.percent(65) || events.size() >= event_names.size() - 1))
    return *dice.of(there);
  EventType& made = events.emplace_back();
  made.name = event_names[std::min(events.size() - 1, event_names.size() - 1)];
  if (wanted.subject == "-") {
  } else if (!wanted.subject.empty()) {
    made.subjects = {wanted.subject};
    if (dice.percent(10) && wanted.subject != "area") made.subjects.emplace_back("area");
  } else if (dice.percent(55)) {
    made.subjects = {
        dice.word({"forum", "forum", "document", "document", "area", "place", "role", "party"})};
    if (dice.percent(12) && made.subjects[0] != "document") made.subjects.emplace_back("document");
  }
  if (dice.percent(7)) made.unrecorded = "not recorded";
  if (dice.percent(7))
    made.unrecorded = say({"not recorded before ", calendar::iso(day_in_term())});
  if (!wanted.type.empty()) add_field(made, wanted);
  return made;
}

void Words::add_field(EventType& event, const Wanted& wanted) {
  int count = 0;
  for (const Field& f : event.fields)
    count += f.type == wanted.type && f.list == wanted.list ? 1 : 0;
  Field f{wanted.field, wanted.type, wanted.list, dice.percent(75)};
  if (f.name.empty()) f.name = field_name(f.type, f.list, count, dice);
  while (std::any_of(event.fields.begin(), event.fields.end(),
                     [&](const Field& other) { return other.name == f.name; }))
    f.name = say({f.type.substr(0, f.type.find('/')), "_x", std::to_string(event.fields.size())});
  event.fields.push_back(f);
}

const Field& Words::field(EventType& event, std::string_view type, bool list) {
  const auto there = [&]() -> const Field* {
    for (const Field& f : event.fields)
      if (f.type == type && f.list == list) return &f;
    return nullptr;
  };
  if (there() == nullptr || dice.percent(8)) add_field(event, {"", std::string(type), list, ""});
  return dice.percent(50) && event.fields.back().type == type && event.fields.back().list == list
             ? event.fields.back()
             : *there();
}

void Words::event_field(EventType& event, const std::string& type, const std::string& name) {
  for (const Field& f : event.fields)
    if (f.name == name) return;
  event.fields.push_back({name, type, false, true});
}

const Fact& Words::fact(const std::string& kind) {
  std::vector<const Fact*> there;
  for (const Fact& f : facts)
    if (f.kind == kind) there.push_back(&f);
  if (!there.empty() && (dice.percent(70) || facts.size() == fact_names.size()))
    return *dice.of(there);
  if (facts.size() == fact_names.size()) return facts.front();
  Fact made{fact_names[facts.size()], kind, ""};
  const auto pattern = [&](bool may_key_by_field) {
    if (kind.empty()) {
      EventType& e = event();
      std::string text = e.name;
      if (!e.subjects.empty() && dice.percent(60)) text += say({" of ", member(e.subjects[0])});
      if (dice.percent(15)) text += say({" where ", field(e, "yes/no", false).name});
      return text;
    }
    if (may_key_by_field && dice.percent(20)) {
      EventType& e = event({"", kind, false, ""});
      const Field& f = field(e, kind, false);
      return say({e.name, " per ", f.name});
    }
    return event({kind, "", false, ""}).name;
  };
  made.holds = kind.empty() && dice.percent(15) ? "start" : pattern(true);
  const int end = dice.below(10);
  if (end < 6 || made.holds == "start")
    made.holds += say({" until ", pattern(true)});
  else if (end < 9)
    made.holds += say({" for ", duration()});
  return facts.emplace_back(made);
}

const std::string& Words::set(const std::string& kind) {
  for (const Set& s : sets_)
    if (s.kind == kind && dice.percent(70)) return s.name;
  Set made{"set" + std::to_string(sets_.size() + 1), kind, several(kind, 2)};
  if (dice.percent(25))
    made.members =
        kind == "role" && dice.percent(60) ? "every role of police" : say({"every ", kind});
  return sets_.emplace_back(made).name;
}

void Words::extended() {
  for (const EventType& e : events)
    if (e.name == "extension") return;
  events.push_back({"extension", {}, {{"until", "date", false, true}}, "", true});
}

void Words::measured(const std::string& measure) {
  measures_.push_back(measure);
  events.push_back({"measurement",
                    {"measure"},
                    {{"value", "number", false, true},
                     {"year", "number", false, true},
                     {"no_newer", "yes/no", false, true}},
                    "",
                    true});
}

Day Words::day() {
  const auto around = [&](Day d) { return d + dice.between(-1, 1); };
  switch (dice.below(9)) {
  case 0: return around(first);
  case 1: return around(last);
  case 2: {  // a turn of a month
    const calendar::Date d = calendar::to_date(day_in_term());
    return around(calendar::to_day({d.year, d.month, 1}));
  }
  case 3: {  // a leap day
    const int year = calendar::to_date(first).year;
    return around(calendar::to_day({(year + 3) / 4 * 4, 2, 29}));
  }
  case 4: {  // a change of the clocks
    Day d =
        calendar::to_day({calendar::to_date(day_in_term()).year, dice.percent(50) ? 3U : 10U, 31});
    while (calendar::weekday(d) != calendar::Weekday::sunday)
      d = d - 1;
    return around(d);
  }
  case 5: return first - dice.below(60);
  case 6: return last + dice.below(60);
  default: return day_in_term();
  }
}

Day Words::day_in_term() { return first + dice.below(last.n - first.n + 1); }

std::string Words::duration(bool working_days) {
  const int n = dice.between(1, 3);
  switch (dice.below(working_days ? 10 : 9)) {
  case 0: return say({std::to_string(n), (n == 1 ? " week" : " weeks")});
  case 1: return say({std::to_string(n), (n == 1 ? " month" : " months")});
  case 2: return say({std::to_string(n), (n == 1 ? " month" : " months")});
  case 3: return dice.word({"1 quarter", "1 half-year", "1 year", "1 fortnight", "2 quarters"});
  case 9: return say({std::to_string(dice.between(1, 12) + 1), " working days"});
  default:
    return dice.word(
        {"1 day", "2 days", "7 days", "10 days", "14 days", "30 days", "45 days", "90 days"});
  }
}

std::string Words::declared() const {
  std::string out(members_declared);
  for (const Set& s : sets_)
    out += say({"set ", s.name, " of ", s.kind, "\n  ", s.members, "\n"});
  for (const EventType& e : events) {
    if (e.built_in) continue;
    out += say({"event ", e.name});
    for (std::size_t i = 0; i < e.subjects.size(); ++i)
      out += say({(i == 0 ? " of " : ", "), e.subjects[i]});
    out += '\n';
    for (const Field& f : e.fields)
      out += say({"  ", f.name, " ", (f.list ? plural(f.type) : f.type),
                  (f.optional ? " optional\n" : "\n")});
    if (!e.unrecorded.empty()) out += say({"  ", e.unrecorded, "\n"});
  }
  for (const Fact& f : facts)
    out += say({"fact ", f.name, (f.kind.empty() ? "" : say({" of ", f.kind})), "\n  holds from ",
                f.holds, "\n"});
  return out;
}

}  // namespace samrad::generated
