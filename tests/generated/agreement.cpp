#include "tests/generated/agreement.h"

#include <algorithm>

namespace samrad::generated {
namespace {

// A clause before it is written: its items and its sentence or readings.
struct Clause {
  std::string name;
  std::string text;
  bool judged = false;
};

class Maker {
 public:
  Maker(Dice& dice, Words& words) : dice_(dice), words_(words), sentences_(words) {}

  std::vector<Clause> clauses(int most) {
    std::vector<Clause> all;
    const int n = dice_.between(1, most);
    for (int i = 0; i < n; ++i)
      all.push_back(clause("c" + std::to_string(i + 1), all));
    if (dice_.percent(10)) all.push_back(measure());
    if (dice_.percent(14)) all.push_back(procedure("p"));
    return all;
  }

  Clause clause(const std::string& name, const std::vector<Clause>& before) {
    Clause made{name, "clause " + name + "\n  source \"1\"\n", false};
    int form = dice_.below(Sentences::forms);
    const bool one_already = std::any_of(before.begin(), before.end(), [](const Clause& c) {
      return c.text.find("may be extended") != std::string::npos;
    });
    if (form == 11 && (words_.endless || one_already)) form = 0;
    if (form != 6 && form != 11 && dice_.percent(8)) {
      readings(made, form);
      return made;
    }
    const std::string sentence = sentences_.sentence(form);
    const std::size_t at = made.text.size();
    items(made, sentence, before);
    // Items may stand on either side of the sentence.
    if (dice_.percent(85))
      made.text += say({"  ", sentence, "\n"});
    else
      made.text.insert(at, "  " + sentence + "\n");
    return made;
  }

  std::string head(bool amending, Day in_force, const std::string& fixed) {
    std::string out = "agreement north \"A made-up agreement\"\n";
    out += words_.endless ? say({"  term from ", calendar::iso(words_.first), "\n"})
                          : say({"  term ", calendar::iso(words_.first), " to ",
                                 calendar::iso(words_.last), "\n"});
    if (amending) {
      out += say({"  in force from ", calendar::iso(in_force), "\n"});
      out += dice_.word({"  open occurrences continue\n", "  open occurrences lapse\n", ""});
    }
    return out + fixed + policies();
  }

  std::string zone() {
    std::string out;
    if (dice_.percent(12))
      out +=
          say({"  timezone ", dice_.word({"UTC", "America/New_York", "Pacific/Auckland"}), "\n"});
    if (dice_.percent(25)) out += "  weekends only\n";
    return out;
  }

 private:
  std::string part_policy() {
    return dice_.word({"part periods not assessed", "part periods in full", "part periods in full",
                       "part periods pro rata up", "part periods pro rata down",
                       "part periods pro rata nearest"});
  }
  std::string shift() {
    return dice_.word({"due days stay", "due days move following",
                       "due days move modified following", "due days move preceding"});
  }
  std::string policies() {
    std::string out;
    if (dice_.percent(60)) out += say({"  ", part_policy(), "\n"});
    if (dice_.percent(35)) out += say({"  ", shift(), "\n"});
    return out;
  }

  void items(Clause& made, const std::string& sentence, const std::vector<Clause>& before) {
    std::string& out = made.text;
    const auto item = [&](int percent, const std::string& text) {
      if (dice_.percent(percent)) out += "  " + text + "\n";
    };
    item(50, "owner " + words_.several("role", 1));
    item(8, "warn " + dice_.word({"30 days, 7 days before", "1 week before"}));
    item(12, "severity " + dice_.word({"warning", "note", "error"}));
    if (dice_.percent(12)) {
      const Day a = words_.day_in_term();
      out += say({"  in force from ", calendar::iso(a)});
      if (dice_.percent(40))
        out += say({" until ", calendar::iso(a + dice_.below(words_.last.n - a.n + 1))});
      out += '\n';
    } else {
      item(6, "in force until " + words_.date());
    }
    item(18, part_policy());
    item(12, shift());
    if (Sentences::may_be_judged(sentence) && dice_.percent(9)) {
      made.judged = true;
      out += say({"  judged by ", words_.member("role"), "\n"});
    }
    item(12, "may be waived by " + words_.several("role", 1));
    Here here;
    here.counts = dice_.percent(40);
    const bool excusable = sentence.find("counts only if") == std::string::npos;
    if (excusable && dice_.percent(14))
      out += say({"  except ", dice_.word({"while ", "when "}),
                  sentences_.conditions().condition(here, 1), "\n"});
    if (!before.empty() && dice_.percent(10)) {
      out += say({"  overrides ", dice_.of(before).name});
      if (dice_.percent(45)) out += say({" while ", sentences_.conditions().condition(here, 0)});
      out += "\n";
    }
  }

  void readings(Clause& made, int form) {
    const int n = dice_.between(2, 3);
    const int by_default = dice_.below(n);
    for (int i = 0; i < n; ++i) {
      made.text +=
          say({"  reading r", std::to_string(i + 1), (i == by_default ? " default\n" : "\n")});
      if (dice_.percent(25)) made.text += say({"    ", part_policy(), "\n"});
      if (dice_.percent(20)) made.text += say({"    ", shift(), "\n"});
      made.text += say({"    ", sentences_.sentence(form), "\n"});
    }
  }

  Clause measure() {
    words_.measured("safety");
    std::string out = say({"measure safety\n  unit \"percent\"\n  source \"2\"\n  owner ",
                           words_.member("role"), "\n"});
    if (dice_.percent(50)) out += "  baseline 80 in 2015\n";
    if (dice_.percent(70))
      out += say({"  target ", dice_.word({"at least 85", "at most 90"}), "\n"});
    if (dice_.percent(20)) out += "  target at most 99\n";
    if (dice_.percent(20)) out += say({"  ", part_policy(), "\n"});
    if (dice_.percent(80))
      out += say({"  must be measured ", (dice_.percent(50) ? "" : say({sentences_.times(), " "})),
                  "every ", sentences_.period(), "\n"});
    return {"safety", out, false};
  }

  Clause procedure(const std::string& name) {
    const std::string kind = dice_.word({"-", "document", "forum"});
    const auto event = [&]() -> EventType& {
      return words_.event({dice_.percent(70) ? kind : "", "", false, ""});
    };
    std::string out = say({"procedure ", name, "\n  source \"3\"\n"});
    Clause made{name, "", false};
    items(made, "", {});
    out += say({made.text, "  starts with ", sentences_.conditions().pattern(event(), {}), "\n"});
    const int n = dice_.between(1, 3);
    for (int i = 0; i < n; ++i) {
      out += say(
          {"  step s", std::to_string(i + 1), " ", sentences_.conditions().pattern(event(), {})});
      if (dice_.percent(70)) {
        out += say({" within ", words_.duration()});
        if (dice_.percent(40)) out += " of start";
      }
      out += "\n";
    }
    if (dice_.percent(20)) {
      EventType& e = words_.event();
      out += say({"  step valid ", e.name, " counts only if ",
                  words_.field(e, "yes/no", false).name, "\n"});
    }
    return {name, out, made.judged};
  }

  Dice& dice_;
  Words& words_;
  Sentences sentences_;
};

Day first_day(Dice& dice) {
  const Day any = calendar::to_day({2015, 6, 1}) + dice.below(1700);
  const calendar::Date d = calendar::to_date(any);
  switch (dice.below(5)) {
  case 0: return calendar::to_day({d.year, d.month, 1});
  case 1: return calendar::to_day({d.year, 1, 1});
  case 2: return calendar::to_day({d.year, d.month, 28});
  case 3: return calendar::to_day({2016, 2, 29});
  default: return any;
  }
}

Day last_day(Dice& dice, Day first) {
  const calendar::Date d = calendar::to_date(first);
  switch (dice.below(6)) {
  case 0: return first + dice.between(10, 60);
  case 1: return calendar::to_day({d.year + 1, d.month, std::min(d.day, 28U)}) - 1;
  case 2: return calendar::to_day({d.year + 2, d.month, std::min(d.day, 28U)}) - 1;
  case 3: return calendar::to_day({d.year + 1, 2, 28}) + dice.below(2);
  default: return first + dice.between(90, 800);
  }
}

}  // namespace

Agreement make_agreement(Dice& dice, int most) {
  Agreement made;
  const Day first = first_day(dice);
  made.words = std::make_unique<Words>(dice, first, last_day(dice, first));
  made.words->endless = dice.percent(15);
  Maker maker(dice, *made.words);
  std::vector<std::vector<Clause>> versions{maker.clauses(most)};
  while (versions.size() < 3 && dice.percent(versions.size() == 1 ? 16 : 20)) {
    std::vector<Clause> next;
    for (const Clause& c : versions.back()) {
      const int turn = dice.below(10);
      if (turn < 4 || !c.text.starts_with("clause "))
        next.push_back(c);
      else if (turn < 8)
        next.push_back(maker.clause(c.name, next));
    }
    if (dice.percent(30)) next.push_back(maker.clause("n" + std::to_string(versions.size()), next));
    versions.push_back(std::move(next));
  }
  if (made.words->events.empty()) made.words->event();
  const std::string zone = maker.zone();
  std::vector<Day> days;
  for (std::size_t i = 1; i < versions.size(); ++i)
    days.push_back(first + 1 + dice.below(made.words->last.n - first.n));
  std::sort(days.begin(), days.end());
  std::vector<std::string> heads;
  for (std::size_t i = 0; i < versions.size(); ++i)
    heads.push_back(maker.head(i > 0, i > 0 ? days[i - 1] : first, zone));
  const std::string declared = made.words->declared();
  for (std::size_t i = 0; i < versions.size(); ++i) {
    std::string text = heads[i] + declared;
    for (const Clause& c : versions[i])
      text += c.text;
    made.texts.push_back(std::move(text));
  }
  return made;
}

}  // namespace samrad::generated
