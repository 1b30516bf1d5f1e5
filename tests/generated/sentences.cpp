#include "tests/generated/sentences.h"

#include <algorithm>

namespace samrad::generated {
namespace {

constexpr int days_of_two_years = 740;

}  // namespace

std::string Sentences::months() {
  return dice_.word(
      {"July", "June, December", "June to August", "November to February", "January"});
}

std::string Sentences::times() {
  return say({dice_.word({"at least ", "at least ", "at most ", "exactly ", "no more than ",
                          "no less than "}),
              dice_.word({"once", "once", "twice", "3 times", "one time"})});
}

// Short periods in short terms only: a window is an occurrence.
std::string Sentences::period(bool plain) {
  const int days = words_.last.n - words_.first.n;
  std::string unit;
  if (days < 60 && dice_.percent(25))
    unit = "day";
  else if (days < days_of_two_years && dice_.percent(30))
    unit = dice_.word({"week", "fortnight", "2 weeks", "10 days", "45 days", "3 weeks"});
  else
    unit = dice_.word({"month", "month", "quarter", "half-year", "year", "2 months", "3 months",
                       "5 months", "6 months", "4 months", "18 months"});
  if (dice_.percent(20))
    unit += " of the term";
  else if (dice_.percent(12))
    unit += say({" counted from ", words_.date()});
  if (plain) return unit;
  if (dice_.percent(15))
    unit += say({" in ", months()});
  else if (dice_.percent(15))
    unit += say({" except ", months()});
  if (dice_.percent(18)) {
    const Day a = words_.day_in_term();
    unit += say({" from ", calendar::iso(a)});
    if (dice_.percent(30))
      unit += say({" until ", calendar::iso(a + dice_.below(words_.last.n - a.n + 1))});
  } else if (dice_.percent(12)) {
    unit += say({" until ", words_.date()});
  }
  return unit;
}

EventType& Sentences::subject_event(const Here& each) {
  return each.kind.empty() ? words_.event() : words_.event({each.kind, "", false, ""});
}

std::string Sentences::count(const Here& each) {
  EventType& e = subject_event(each);
  return say({conditions_.pattern(e, each, each.kind.empty() ? "*" : " of " + each.variable),
              " must happen ", times(),
              (dice_.percent(7) ? " during the term" : say({" every ", period()}))});
}

std::string Sentences::deadline(const Here& each) {
  EventType& e = subject_event(each);
  std::string due;
  if (!words_.endless && dice_.percent(6))
    due = "the end of the term";
  else
    switch (dice_.below(words_.endless ? 6 : 8)) {
    case 0:
      due = dice_.word({"31 January every year", "29 February every year",
                        "30 June, 31 December every year", "1 March every year"});
      break;
    case 1: due = say({"day ", dice_.word({"1", "15", "30", "31", "28"}), " every month"}); break;
    case 2: due = say({"the last day of every ", period(true)}); break;
    case 3: due = say({words_.duration(), " after the end of every ", period(true)}); break;
    case 4: due = words_.date(); break;
    case 5: due = say({words_.duration(), " after start"}); break;
    default: due = say({words_.duration(), " before expiry"}); break;
    }
  return say({conditions_.pattern(e, each, each.kind.empty() ? "*" : " of " + each.variable),
              " must happen by ", due});
}

std::string Sentences::within(EventType& first, const std::string& alias) {
  switch (dice_.below(alias.empty() ? 10 : 13)) {
  case 0: return " on the same day";
  case 1:
    return say({" before the next ",
                (dice_.percent(15)   ? "one"
                 : dice_.percent(60) ? say({first.name, conditions_.subject(first, {})})
                                     : words_.event().name)});
  case 2:
    return say({" before the day of the next ", (dice_.percent(15)   ? "one"
                                                 : dice_.percent(60) ? first.name
                                                                     : words_.event().name)});
  case 3:
    return say({" by the end of the ",
                dice_.word({"month", "quarter", "year", "week", "half-year", "2 months"})});
  case 4: return say({" as soon as possible, presumed late after ", words_.duration()});
  case 5: return "";
  case 6: return say({" within ", dice_.word({"1 hour", "24 hours", "48 hours", "72 hours"})});
  case 7: return say({" by ", words_.date()});
  case 10:
  case 11:
    return say({" by ", words_.field(first, "date", false).name, " of ", alias,
                (dice_.percent(40) ? say({" + ", words_.duration()}) : "")});
  case 12:
    return say(
        {" by day of ", alias, " + ",
         (dice_.percent(50) ? words_.duration()
                            : say({words_.field(first, "duration", false).name, " of ", alias}))});
  default: return say({" within ", words_.duration()});
  }
}

std::string Sentences::response(const Here& each) {
  EventType& p = subject_event(each);
  EventType& q = dice_.percent(12)    ? p
                 : p.subjects.empty() ? words_.event()
                 : dice_.percent(60)  ? words_.event({p.subjects[0], "", false, ""})
                                      : words_.event();
  const std::string alias = dice_.percent(45) ? "x" : "";
  std::string out = say({"after ", conditions_.pattern(p, each)});
  Here here = each;
  here.event = nullptr;
  if (!alias.empty()) {
    out += say({" as ", alias});
    here.first = &p;
    here.alias = alias;
  }
  const bool same_kind = !p.subjects.empty() && p.subjects == q.subjects;
  std::string of = "*";
  if (same_kind && dice_.percent(35))
    of = dice_.percent(50) || alias.empty() ? " of the same" : say({" of subject of ", alias});
  else if (same_kind && dice_.percent(40))
    of = "";
  out += say({", ", conditions_.pattern(q, here, of)});
  if (!alias.empty() && dice_.percent(10) && out.find(" where ") == std::string::npos &&
      out.find(" with ") == std::string::npos && out.find(" about ") == std::string::npos) {
    words_.event_field(q, "text", "about");
    out += dice_.word({" about x", " about id of x"});
  } else if (!alias.empty() && of == "*" && dice_.percent(15) &&
             out.find(" where ") == std::string::npos && out.find(" with ") == std::string::npos)
    out += say({" where ", words_.field(q, "date", false).name, " = day of ", alias});
  return say({out, " must happen", within(p, alias), (dice_.percent(8) ? ", one for all" : "")});
}

std::string Sentences::precedence(const Here& each) {
  EventType& p = subject_event(each);
  EventType& q = dice_.percent(15) ? p : words_.event();
  const std::string alias = dice_.percent(35) ? "x" : "";
  std::string out = say({"before ", conditions_.pattern(p, each)});
  Here here = each;
  if (!alias.empty()) {
    out += say({" as ", alias});
    here.first = &p;
    here.alias = alias;
  }
  const bool same_kind = !p.subjects.empty() && p.subjects == q.subjects;
  out += say({", ",
              conditions_.pattern(q, here, same_kind && dice_.percent(40) ? " of the same" : "*"),
              " must have happened"});
  if (dice_.percent(30)) out += say({" at least ", words_.duration(), " before"});
  if (dice_.percent(30)) out += say({" within ", words_.duration(), " before"});
  if (dice_.percent(30)) out += say({" since the previous ", (dice_.percent(25) ? p.name : "one")});
  return out;
}

std::string Sentences::constraint(const Here& each) {
  EventType& p = subject_event(each);
  Here here = each;
  std::string out = say({"every ", conditions_.pattern(p, each)});
  if (dice_.percent(40)) {
    here.alias = "x";
    here.first = &p;
    out += " as x";
  }
  here.event = &p;
  return say({out, " must ", conditions_.condition(here, 3)});
}

std::string Sentences::turns() {
  const std::string kind = dice_.word({"role", "role", "role", "party", "forum"});
  EventType& p = words_.event({"", kind, false, "chair"});
  const std::string field = "chair";
  const std::string head = say({field, " of ", conditions_.pattern(p, {}), " must "});
  if (dice_.percent(10))
    return say({head, dice_.word({"alternate between ", "rotate among "}), words_.set(kind)});
  if (dice_.percent(50)) {
    std::vector<std::string> all = words_.members(kind);
    dice_.shuffle(all);
    return say({head, "alternate between ", all[0], ", ", all[1]});
  }
  return say({head, "rotate among ", words_.several(kind, 2)});
}

// A condition that asks for events of the very type whose effect it decides would go round in circles.
bool Sentences::asks_for(const std::string& condition, const EventType& event) const {
  if (condition.find(event.name) != std::string::npos) return true;
  return std::any_of(words_.facts.begin(), words_.facts.end(), [&](const Fact& f) {
    return condition.find(f.name) != std::string::npos &&
           f.holds.find(event.name) != std::string::npos;
  });
}

std::string Sentences::validity() {
  EventType& p = words_.event();
  Here here;
  here.event = &p;
  here.counts = dice_.percent(30);
  const std::string pattern = conditions_.pattern(p, {});
  std::string condition = conditions_.condition(here, 1);
  if (asks_for(condition, p)) condition = words_.field(p, "yes/no", false).name;
  return say({pattern, " counts only if ", condition});
}

std::string Sentences::prohibition(const Here& each) {
  EventType& p = subject_event(each);
  std::string out =
      say({conditions_.pattern(p, each), dice_.word({" must not happen", " must never happen"})});
  Here here = each;
  here.event = &p;
  const auto other = [&] {
    EventType& q = dice_.percent(15) ? p : words_.event();
    return conditions_.pattern(q, each);
  };
  switch (dice_.below(7)) {
  case 0: return say({out, " while ", conditions_.condition(here, 1)});
  case 1: return say({out, " unless ", conditions_.condition(here, 1)});
  case 2: return say({out, " before ", other()});
  case 3: return say({out, " after ", other()});
  case 4: return say({out, " within ", words_.duration(), " after ", other()});
  case 5: return say({out, " in ", months()});
  default: return out;
  }
}

std::string Sentences::power(const Here& each) {
  const std::string kind = dice_.word({"role", "role", "party", "forum"});
  const std::string names = dice_.percent(12) ? words_.set(kind) : words_.several(kind, 1);
  if (dice_.percent(45)) {
    EventType& p = words_.event({"", kind, false, "by"});
    return say({"only ", names, " may ", dice_.word({"", "make ", "give "}),
                conditions_.pattern(p, each)});
  }
  EventType& p =
      words_.event({"", kind, dice_.percent(25), dice_.word({"chair", "holder", "maker"})});
  const std::string field = std::find_if(p.fields.begin(), p.fields.end(), [&](const Field& f) {
                              return f.type == kind && f.name != "by" && f.name != "to" &&
                                     f.name != "from" && f.name != "for";
                            })->name;
  return say({"only ", names, " may be ", field, " of ", conditions_.pattern(p, each)});
}

std::string Sentences::standing(const Here& each) {
  std::string out;
  if (!each.kind.empty())
    out = say({words_.fact(each.kind).name, " of ", each.variable});
  else if (dice_.percent(30)) {
    const std::string kind = dice_.word({"party", "area", "forum"});
    out = say({words_.fact(kind).name, " of ", words_.member(kind)});
  } else {
    out = words_.fact("").name;
  }
  out += " must hold";
  if (dice_.percent(40)) {
    Here here = each;
    here.counts = dice_.percent(40);
    out += say({" while ", conditions_.condition(here, dice_.percent(30) ? 1 : 0)});
  }
  return out;
}

std::string Sentences::attested() {
  std::string out = "\"All is well\" must hold";
  if (dice_.percent(65)) out += say({" every ", period(true)});
  return say({out, ", judged by ", words_.member("role")});
}

std::string Sentences::extension() {
  words_.extended();
  std::string out = say({"term may be extended by ", words_.duration(false)});
  if (dice_.percent(75)) {
    Here here;
    out += " if ";
    if (dice_.percent(75)) {
      EventType& q = words_.event();
      Here plain;
      plain.counts = plain.facts = false;
      out += say({"(", conditions_.pattern(q, plain, "*", true), " happened at least ",
                  words_.duration(false), " before expiry)"});
      if (dice_.percent(40))
        out += say({dice_.word({" and ", " or "}), conditions_.condition(here, 1)});
    } else {
      out += conditions_.condition(here, 1);
    }
  }
  return out;
}

std::string Sentences::otherwise() {
  if (dice_.percent(20)) return ", otherwise \"The old plan holds\"";
  EventType& q = words_.event();
  return say(
      {", otherwise ", conditions_.pattern(q, {}), " must happen within ", words_.duration()});
}

bool Sentences::may_be_judged(const std::string& sentence) {
  return sentence.find("judged by") == std::string::npos &&
         sentence.find("counts only if") == std::string::npos &&
         sentence.find("may be extended") == std::string::npos;
}

std::string Sentences::sentence(int form) {
  Here each;
  std::string head;
  const bool may_each = form != 6 && form != 5 && form < 10;
  if (may_each && dice_.percent(18)) {
    const bool open = dice_.percent(45);
    each.kind = open ? "place" : dice_.word({"area", "forum", "party", "document", "role"});
    each.variable = dice_.percent(40) ? "it" : each.kind;
    head = say({"for each ", each.kind, (each.variable == "it" ? " as it" : "")});
    if (!open && dice_.percent(40))
      head += dice_.percent(25) ? say({" in ", words_.set(each.kind)})
                                : say({" in (", words_.several(each.kind, 1), ")"});
    if (open || dice_.percent(25)) head += say({" while ", words_.fact(each.kind).name});
    head += ", ";
  }
  std::string out;
  switch (form) {
  case 0: out = count(each); break;
  case 1: out = deadline(each); break;
  case 2: out = response(each); break;
  case 3: out = precedence(each); break;
  case 4: out = constraint(each); break;
  case 5: out = turns(); break;
  case 6: out = validity(); break;
  case 7: out = prohibition(each); break;
  case 8: out = power(each); break;
  case 9: out = standing(each); break;
  case 10: out = attested(); break;
  case 11: out = extension(); break;
  default: out = response(each); break;
  }
  const bool may_follow = form != 6 && form != 10 && form != 11;
  return say({head, out, (may_follow && dice_.percent(20) ? otherwise() : "")});
}

}  // namespace samrad::generated
