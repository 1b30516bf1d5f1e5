#include "tests/generated/conditions.h"

namespace samrad::generated {
namespace {

std::string number(Dice& dice) { return dice.word({"1", "2", "3", "4", "5", "10", "2.5", "0"}); }

std::string share(Dice& dice) { return dice.word({"25%", "1/2", "1/3", "50%", "100%", "0%"}); }

bool is_kind(std::string_view type) {
  return type == "role" || type == "party" || type == "forum" || type == "document" ||
         type == "area" || type == "place";
}

}  // namespace

std::string Conditions::compared() {
  return dice_.word({" = ", " != ", " < ", " <= ", " > ", " >= ", " is at least ", " is at most ",
                     " is more than ", " is less than "});
}

std::string Conditions::bare(EventType& event, std::string_view type, bool list) {
  return words_.field(event, type, list).name;
}

std::string Conditions::value(std::string_view type, const Here& here) {
  if (here.first != nullptr && dice_.percent(12))
    return say({bare(*here.first, type, false), " of ", here.alias});
  if (type == "text") return dice_.word({"\"water\"", "\"fire\"", "\"earth\""});
  if (type == "number") return number(dice_);
  if (type == "money")
    return dice_.word({"100 SEK", "500 SEK", "1000 SEK", "99.50 SEK", "500 EUR"});
  if (type == "yes/no") return dice_.word({"yes", "no"});
  if (type == "duration") return dice_.word({"1 day", "10 days", "30 days"});
  if (type == here.kind && dice_.percent(50)) return here.variable;
  return words_.member(type);
}

std::string Conditions::date_value(const Here& here) {
  std::vector<std::string> all{words_.date(), words_.date(), "start"};
  if (!words_.endless) all.emplace_back("expiry");
  if (here.event != nullptr) {
    all.emplace_back("day");
    if (dice_.percent(50)) all.push_back(bare(*here.event, "date", false));
  }
  if (here.first != nullptr) all.push_back("day of " + here.alias);
  std::string out = dice_.of(all);
  if (dice_.percent(30)) out += say({dice_.word({" + ", " - "}), words_.duration(false)});
  return out;
}

std::string Conditions::of_day(const Here& here) {
  if (here.event != nullptr && dice_.percent(25)) {
    const std::string dated = bare(*here.event, "date", false);
    return dice_.percent(50)
               ? say({"days from ", dated, " to day", compared(), std::to_string(dice_.below(40))})
               : say({"day - ", dated, compared(), std::to_string(dice_.below(40))});
  }
  const std::string left = here.event != nullptr && dice_.percent(70)
                               ? (dice_.percent(50) ? "day" : bare(*here.event, "date", false))
                               : date_value(here);
  return say({left,
              dice_.word({" = ", " != ", " < ", " <= ", " > ", " >= ", " is before ", " is after ",
                          " is on or before ", " is on or after "}),
              date_value(here)});
}

std::string Conditions::of_field(const Here& here) {
  const std::string type = dice_.of(field_types);
  const std::string name = bare(*here.event, type, false);
  if (dice_.percent(12)) return say({name, dice_.word({" present", " missing"})});
  if (type == "yes/no") return dice_.percent(70) ? name : say({name, " = ", value(type, here)});
  if (type == "date") return of_day(here);
  if (type == "number" || type == "money") {
    std::string left = name;
    if (dice_.percent(20))
      left += type == "number" ? dice_.word({" + 1", " * 2", " / 2", " - 1", " / 3"})
                               : dice_.word({" + 100 SEK", " * 2", " / 2", " - 50 SEK"});
    return left + compared() + value(type, here);
  }
  if (type == "duration")
    return say({name, dice_.word({" >= ", " < ", " <= ", " > "}),
                dice_.word({"10 days", "1 day", "30 days"})});
  if (is_kind(type) && type != "place" && dice_.percent(6))
    return say({name, dice_.word({" is one of ", " is not one of "}), words_.set(type)});
  if (is_kind(type) && dice_.percent(30))
    return say(
        {name, dice_.word({" is one of (", " is not one of ("}), words_.several(type, 2), ")"});
  return say({name, dice_.word({" = ", " is ", " != ", " is not "}), value(type, here)});
}

std::string Conditions::of_list(const Here& here) {
  const std::string type = dice_.word({"role", "role", "text", "party", "place"});
  const std::string name = bare(*here.event, type, true);
  const auto some = [&](int least) {
    return type == "text" ? dice_.word({"\"water\", \"fire\"", "\"fire\", \"earth\"", "\"water\""})
                          : words_.several(type, least);
  };
  switch (dice_.below(10)) {
  case 0: return say({"number of ", name, compared(), std::to_string(dice_.below(4))});
  case 1:
    if (type != "text")
      return say(
          {"number of ", name, " in (", some(1), ")", compared(), std::to_string(dice_.below(3))});
    [[fallthrough]];
  case 2:
    if (type != "text")
      return say({"share of ", name, " in (", some(1), ")", compared(), share(dice_)});
    [[fallthrough]];
  case 3: return say({name, dice_.word({" present", " missing"})});
  case 4: return say({name, " including all of (", some(1), ")"});
  case 5: return say({name, " including any of (", some(1), ")"});
  case 6: return say({name, " including none of (", some(1), ")"});
  case 7: return say({name, " including only (", some(1), ")"});
  case 8:
    if (type != "text") return say({name, " including at least 2 of (", some(2), ")"});
    [[fallthrough]];
  default: return say({name, " including ", value(type, here)});
  }
}

std::string Conditions::of_fact(const Here& here) {
  if (!here.kind.empty() && dice_.percent(40))
    return say({words_.fact(here.kind).name, " of ", here.variable});
  if (here.event != nullptr && !here.event->subjects.empty() && here.event->subjects.size() == 1 &&
      dice_.percent(30))
    return say({words_.fact(here.event->subjects[0]).name, " of subject"});
  if (dice_.percent(15)) {
    const std::string kind = dice_.word({"place", "party", "area"});
    return say({words_.fact(kind).name, " of ", words_.member(kind)});
  }
  return words_.fact("").name;
}

std::string Conditions::range(bool plain) {
  if (plain || dice_.percent(15)) return "";
  const std::string anchor =
      words_.endless ? dice_.word({"start", "day"}) : dice_.word({"start", "day", "expiry"});
  switch (dice_.below(9)) {
  case 0: return say({" since ", words_.date()});
  case 1: return " since start";
  case 2: return say({" since the last ", words_.event().name});
  case 3:
    return say({" in the same ", dice_.word({"month", "quarter", "year", "half-year", "week"})});
  case 4: return say({" before ", words_.date()});
  case 5:
    return say({" at least ", words_.duration(), " before ",
                (dice_.percent(25) ? words_.date() : anchor)});
  case 6:
    return say(
        {" within ", words_.duration(), " before ", (dice_.percent(25) ? words_.date() : anchor)});
  default: return say({" in the last ", words_.duration()});
  }
}

std::string Conditions::of_events(const Here& here) {
  EventType& e = words_.event();
  Here inner = here;
  inner.counts = inner.facts = false;
  return say(
      {(dice_.percent(35) ? "no " : ""), pattern(e, inner, "*", true), " happened", range()});
}

std::string Conditions::counted(const Here& here) {
  EventType& e = here.event != nullptr && !here.event->built_in && dice_.percent(50)
                     ? *here.event
                     : words_.event();
  Here inner = here;
  inner.counts = inner.facts = false;
  Here that = inner;
  that.event = &e;
  switch (dice_.below(6)) {
  case 0: {
    const std::string p = pattern(e, inner, "*", true);
    return say({"share of ", p, range(), " that are (", condition(that, 0), ")", compared(),
                share(dice_)});
  }
  case 1: {
    const std::string type = dice_.word({"number", "money"});
    const std::string of = bare(e, type, false);
    return say({"sum of ", of, " of ", pattern(e, inner, "*", true), range(), compared(),
                (type == "number" ? number(dice_) : dice_.word({"500 SEK", "1000 SEK"}))});
  }
  case 2:
    return say({"number of ", e.name, subject(e, here), " in a row where (", condition(that, 0),
                ")", compared(), std::to_string(dice_.between(1, 3))});
  default:
    return say({"number of ", pattern(e, inner, "*", true), range(), compared(),
                std::to_string(dice_.between(0, 3))});
  }
}

std::string Conditions::leaf(const Here& here) {
  const bool fields = here.event != nullptr && !here.event->built_in;
  const int of_fields = fields ? 40 : 0;
  const int events = here.counts ? 14 : 0;
  switch (dice_.weighed({of_fields, fields ? 14 : 0, 9, here.facts ? 14 : 0, events, events})) {
  case 0: return of_field(here);
  case 1: return of_list(here);
  case 2: return of_day(here);
  case 3: return of_fact(here);
  case 4: return say({"(", of_events(here), ")"});
  default: return say({"(", counted(here), ")"});
  }
}

std::string Conditions::condition(const Here& here, int depth) {
  const int turn = depth <= 0 ? 99 : dice_.below(12);
  if (turn == 0) return say({"not (", condition(here, depth - 1), ")"});
  if (turn < 3) return say({condition(here, depth - 1), " and ", condition(here, depth - 1)});
  if (turn < 5) return say({condition(here, depth - 1), " or ", condition(here, depth - 1)});
  if (turn == 5) return say({"(", condition(here, depth - 1), ")"});
  return leaf(here);
}

std::string Conditions::subject(const EventType& event, const Here& here) {
  if (event.subjects.empty()) return "";
  const std::string& kind = event.subjects[0];
  if (kind == here.kind && dice_.percent(75)) return say({" of ", here.variable});
  if (kind != "place" && kind != "measure" && dice_.percent(5))
    return say({" of ", words_.set(kind)});
  switch (dice_.below(8)) {
  case 0: return "";
  case 1: return say({" of ", kind});
  case 2: {
    const std::vector<std::string>& all = words_.members(kind);
    return say({" of ", all[0], " or ", all[1]});
  }
  default: return say({" of ", words_.member(kind)});
  }
}

std::string Conditions::pattern(EventType& event, const Here& here, const std::string& given,
                                bool enclosed) {
  std::string out = say({event.name, (given == "*" ? subject(event, here) : given)});
  if (event.built_in) return out;
  for (const Field& f : event.fields) {
    const bool preposition = f.name == "by" || f.name == "to" || f.name == "from" ||
                             f.name == "for" || f.name == "about";
    if (preposition && is_kind(f.type) && dice_.percent(30))
      out += say({" ", f.name, " ", value(f.type, {})});
  }
  if (dice_.percent(22)) {
    Here inner = here;
    inner.event = &event;
    const bool alone = enclosed || dice_.percent(50);
    out += say({dice_.word({" where ", " with "}), (alone ? "(" : ""),
                (alone ? condition(inner, 1) : leaf(inner)), (alone ? ")" : "")});
  }
  return out;
}

}  // namespace samrad::generated
