// Lanes against the engine: made-up agreements of the clauses that lanes know, and made-up histories with crowded days. Whatever a lane does
// not call odd must stand as the engine has it: the same number of each status by rule, and the same verdicts against somebody.
#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "engine/lane/fleet.h"
#include "tests/engine/story.h"

namespace samrad::engine::lane {
namespace {

using story::Story;

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  int below(int n) { return static_cast<int>(engine_() % static_cast<std::uint64_t>(n)); }
  bool percent(int n) { return below(100) < n; }
  std::string one(std::initializer_list<const char*> of) { return of.begin()[below(static_cast<int>(of.size()))]; }

 private:
  std::mt19937_64 engine_;
};

std::string where(Dice& d, std::string_view type) {
  if (d.percent(50)) return "";
  if (type == "meeting") return " where " + d.one({"chair is chief", "remote", "not remote", "chair is one of (chief, director)", "number is more than 3", "remote or chair is director"});
  if (type == "report") return " where " + d.one({"written", "by is chief", "not written", "to is police", "dated is after 2016-10-01", "written and by is director"});
  return " where " + d.one({"written", "not written"});
}

std::string quantity(Dice& d) { return d.one({"at least", "at most", "exactly"}) + " " + std::to_string(1 + d.below(3)) + " times"; }

std::string sentence(Dice& d) {
  const std::string within = " must happen " + d.one({"within 10 days", "within 2 months", "within 5 working days", "on the same day", "within 1 week", "by the end of the month", "within 90 days"}) + d.one({"", "", ", one for all"});
  switch (d.below(10)) {
    case 0: return "meeting of council" + where(d, "meeting") + " must happen " + quantity(d) + " every " + d.one({"month", "quarter", "half-year", "year", "month except July", "week"});
    case 1: return "report of plan" + where(d, "report") + " must happen " + quantity(d) + " every " + d.one({"month", "quarter", "half-year", "year"}) + d.one({"", " from 2016-09-15", " until 2017-02-10"});
    case 2: return "decision must happen " + quantity(d) + " during the term";
    case 3: return "chair of meeting of " + d.one({"council", "youth"}) + " must alternate between chief, director";
    case 4: return "chair of meeting of council must rotate among chief, director, officer";
    case 5: return "after report of plan" + where(d, "report") + " as r, decision of plan" + where(d, "decision") + within;
    case 6: return "after report as r, decision of subject of r" + where(d, "decision") + within;
    case 7: return "every meeting of council must have " + d.one({"chair present", "remote", "chair is chief", "number is at least 3", "remote or chair is director"});
    case 8: return d.one({"only chief, director may be chair of meeting of council", "meeting must not happen while remote", "meeting of youth must not happen", "meeting of council must not happen unless remote"});
    default: return "term may be extended by 2 years if " + d.one({"consultation happened at least 6 months before expiry", "consultation happened at least 14 months before expiry and report of plan happened at least 10 months before expiry", "decision of plan happened at least 40 days before expiry"});
  }
}

std::string rules(Dice& d) {
  std::string out;
  const int clauses = d.percent(15) ? 12 : 1 + d.below(4);
  bool extension = false;
  for (int i = 0; i < clauses; ++i) {
    std::string s = sentence(d);
    if (s.starts_with("term may")) {
      if (extension) continue;
      extension = true;
    }
    out += "clause c" + std::to_string(i) + "\n  source \"" + std::to_string(i + 1) + "\"\n  " + s + "\n";
    if (d.percent(15)) out += "  part periods " + d.one({"in full", "pro rata up", "pro rata down", "pro rata nearest"}) + "\n";
  }
  return out;
}

// Crowded: few days, few values, sometimes a time of day.
std::string history(Dice& d) {
  struct Line {
    int day;
    int second;  // -1: none
    std::string text;
  };
  std::vector<Line> lines;
  const int events = d.below(40);
  const int span = d.one({"a", "b"}) == "a" ? 60 : 800;
  const bool timed = d.percent(40);
  const auto yes = [&] { return d.one({"yes", "no"}); };
  for (int i = 0; i < events; ++i) {
    Line line{d.below(span) - 10, timed && d.percent(80) ? d.below(24) * 3600 : -1, ""};
    const bool all = d.percent(97);
    switch (d.below(5)) {
      case 0:
      case 1: line.text = "meeting of " + d.one({"council", "council", "youth"}) + (all ? " chair=" + d.one({"chief", "director", "officer", "vice"}) + " remote=" + yes() + " number=" + std::to_string(d.below(6)) : ""); break;
      case 2: line.text = "report of " + d.one({"plan", "picture"}) + (all ? " by=" + d.one({"chief", "director"}) + " to=" + d.one({"police", "city"}) + " written=" + yes() + " dated=2016-1" + d.one({"0", "1"}) + "-05" : ""); break;
      case 3: line.text = "decision of " + d.one({"plan", "picture"}) + (all ? " written=" + yes() : ""); break;
      default: line.text = "consultation";
    }
    lines.push_back(line);
  }
  std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.day < b.day; });
  std::string out;
  int n = 0;
  for (const Line& line : lines) {
    out += calendar::iso(calendar::to_day({2016, 6, 1}) + line.day);
    if (line.second >= 0) out += "T" + std::string(line.second < 36000 ? "0" : "") + std::to_string(line.second / 3600) + ":00";
    out += " e" + std::to_string(n++) + " " + line.text + "\n";
  }
  return out;
}

bool adverse(Status s) { return s == Status::missed || s == Status::broken || s == Status::met_late || s == Status::lapsed; }

std::string row_of(Index rule, Status status, Day opens, Day due, Day settled, std::string_view about) {
  return std::to_string(rule) + ' ' + std::string(story::name(status)) + ' ' + calendar::iso(opens) + ' ' + calendar::iso(due) + ' ' + calendar::iso(settled) + ' ' + std::string(about);
}

struct Stand {
  std::map<std::pair<Index, Status>, int> counts;
  std::set<std::string> verdicts;
};

Stand by_engine(const Story& s, const std::string& as_of) {
  Stand out;
  const Book book = s.book(as_of);
  for (const Occurrence& o : book.occurrences) {
    const Finding& f = o.finding;
    ++out.counts[{f.key.rule, f.status}];
    if (adverse(f.status))
      out.verdicts.insert(row_of(f.key.rule, f.status, f.opens, f.due, f.settled, f.key.bound == Bound::event ? s.id(f.key.identity) : calendar::iso(f.key.day)));
  }
  return out;
}

// Nothing where the history is odd.
std::optional<Stand> by_lane(Story& s, const Lane& lane, Texts& texts, const std::string& as_of, bool calendar, bool walk) {
  Fleet fleet({&lane}, {}, calendar);
  if (!fleet.add(0, {s.program().term_first, s.program().term_last})) return std::nullopt;
  const Day today = story::day(as_of);
  std::vector<std::uint32_t> odd;
  Rows rows(lane.values());
  std::uint32_t ordinal = 0;
  for (const Event& e : s.events()) {
    const std::uint32_t number = ordinal++;
    if (e.day > today) continue;
    if (walk) {
      rows.clear();
      if (calendar) fleet.pass(e.day);
      else fleet.pass_all(e.day);
    }
    Row& row = rows.add();
    row.ordinal = number;
    if (!lane.row_of(e, s.symbols(), texts, row)) return std::nullopt;
    if (walk) fleet.take(rows, odd);
  }
  if (!walk) fleet.take(rows, odd);
  if (!odd.empty()) return std::nullopt;
  if (calendar) fleet.pass(today);
  else fleet.pass_all(today);
  Stand out;
  std::vector<Counts> by_rule(s.program().rules.size());
  const Term term = fleet.term(0);
  fleet.tell(0, today, term.last == calendar::day_max ? today + 400 : term.last, by_rule);
  for (Index rule = 0; rule < by_rule.size(); ++rule)
    for (std::size_t status = 0; status < by_rule[rule].size(); ++status)
      if (by_rule[rule][status] > 0) out.counts[{rule, static_cast<Status>(status)}] = static_cast<int>(by_rule[rule][status]);
  std::map<std::string, std::string> last;  // met late takes a missed one back
  for (const Verdict& v : fleet.verdicts()) {
    const std::string about = v.bound == Bound::event ? s.id(s.events()[v.ordinal].identity) : calendar::iso(v.day);
    last[std::to_string(v.rule) + ' ' + about] = row_of(v.rule, v.status, v.opens, v.due, v.settled, about);
  }
  for (const auto& [key, verdict] : last) out.verdicts.insert(verdict);
  return out;
}

std::string told(const Stand& stand) {
  std::string out;
  for (const auto& [key, n] : stand.counts) out += std::to_string(key.first) + ' ' + std::string(story::name(key.second)) + " x" + std::to_string(n) + '\n';
  for (const std::string& v : stand.verdicts) out += v + '\n';
  return out;
}

TEST(Lanes, StandAsTheEngineHasIt) {
  int taken = 0;
  int odd = 0;
  int refused = 0;
  std::set<std::string> seen;  // form and status
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
    Dice dice(seed);
    const std::string text = rules(dice);
    std::string happened = history(dice);
    std::optional<Story> s;
    try {
      s.emplace(text, happened);
    } catch (const std::runtime_error& e) {
      if (std::string_view(e.what()).find("error[C05") != std::string_view::npos) continue;  // two clauses that cannot both be met
      FAIL() << "seed " << seed << '\n' << text << e.what();
    }
    Texts texts;
    Refusal why;
    const std::optional<Lane> lane = Lane::of(s->machine(), texts, why);
    if (!lane) {
      ++refused;
      continue;
    }
    const std::string as_of = calendar::iso(calendar::to_day({2016, 5, 25}) + dice.below(1200));
    const std::optional<Stand> mine = by_lane(*s, *lane, texts, as_of, dice.percent(50), dice.percent(50));
    if (!mine) {
      ++odd;
      continue;
    }
    ++taken;
    const Stand theirs = by_engine(*s, as_of);
    ASSERT_EQ(told(theirs), told(*mine)) << "seed " << seed << ", as of " << as_of << '\n' << text << happened;
    for (const auto& [key, n] : mine->counts)
      seen.insert(std::to_string(static_cast<int>(s->program().rules[key.first].form)) + ' ' + std::string(story::name(key.second)));
  }
  EXPECT_GT(taken, 1500) << odd << " odd, " << refused << " refused";
  EXPECT_LT(refused, 20);
  EXPECT_EQ(seen.size(), 22U);  // every status that each of the eight forms has
  RecordProperty("taken", taken);
}

}  // namespace
}  // namespace samrad::engine::lane
