// A fleet's answers are those of each agreement alone: every rule file of the corpus is made a template, agreements with terms of their own
// are made of it, and whatever can happen happens to them in one stream: late, corrected, withdrawn, repeated, waived and judged by people.
// The ordinary audit of each agreement's own Program is the other road.

#include <filesystem>
#include <fstream>
#include <random>
#include <regex>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "rules/compile.h"
#include "service/fleet/fleet.h"
#include "service/reports/audit.h"
#include "tests/service/fleet_memory.h"
#include "tests/service/fleet_template.h"

namespace samrad::tests {
namespace {

namespace fs = std::filesystem;
using calendar::Day;
using nlohmann::json;
using program::Program;
using program::ValueKind;

std::string contents(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// The file as a template whose agreements have each a term of its own; nothing where that is not a text on its own.
std::optional<Program> as_template(std::string text) {
  static const std::regex head("(^|\n)agreement ");
  static const std::regex term("term (\\d{4}-\\d\\d-\\d\\d) (to|until) \\d{4}-\\d\\d-\\d\\d");
  static const std::regex endless("term from \\d{4}-\\d\\d-\\d\\d");
  text = std::regex_replace(text, head, "$1template ");
  if (std::regex_search(text, term)) {
    text = std::regex_replace(text, term, "term its_first to its_last");
    text += "\nparameter its_last date\n";
  } else {
    text = std::regex_replace(text, endless, "term from its_first");
  }
  text += "\nparameter its_first date\n";
  const rules::Source source{"template.samrad", text, 0};
  return rules::compile({&source, 1}).program;
}

// Happenings of an agreement, at random but such that they can be read.
class Chance {
 public:
  explicit Chance(unsigned seed) : engine_(seed) {}

  int below(int n) { return n <= 0 ? 0 : std::uniform_int_distribution<int>(0, n - 1)(engine_); }
  bool percent(int n) { return below(100) < n; }
  template <class T>
  const T& of(const std::vector<T>& all) {
    return all[static_cast<std::size_t>(below(static_cast<int>(all.size())))];
  }

 private:
  std::mt19937 engine_;
};

class Happenings {
 public:
  Happenings(const Program& program, Chance& chance, Day first, Day last)
      : program_(program), chance_(chance), first_(first), last_(last) {}

  // One of `kinds`, or nothing where there is none.
  std::optional<std::string> member(std::span<const program::Index> kinds) {
    std::vector<std::string> names;
    for (const program::Index kind : kinds) {
      if (program_.kinds[kind].open) names.insert(names.end(), {"here", "there"});
      for (const program::Member& member : program_.members)
        if (member.kind == kind) names.emplace_back(program_.text(member.name));
    }
    if (names.empty()) return std::nullopt;
    return chance_.of(names);
  }

  std::optional<json> value(const program::Field& field) {
    const auto one = [&]() -> std::optional<json> {
      switch (field.type) {
      case ValueKind::yes_no: return chance_.percent(60);
      case ValueKind::number: return chance_.below(12);
      case ValueKind::money: return std::to_string(chance_.below(200) * 1000) + " SEK";
      case ValueKind::date: return calendar::iso(day());
      case ValueKind::duration: return std::to_string(1 + chance_.below(90)) + " days";
      case ValueKind::text: return text();
      case ValueKind::member: {
        std::vector<program::Index> kinds = {field.kind};
        if (field.kind == program::none) {
          kinds.resize(program_.kinds.size());
          for (std::size_t i = 0; i < kinds.size(); ++i)
            kinds[i] = static_cast<program::Index>(i);
        }
        const auto name = member(kinds);
        return name ? std::optional<json>(*name) : std::nullopt;
      }
      case ValueKind::absent:
      case ValueKind::list: break;
      }
      return std::nullopt;
    };
    if (!field.list) return one();
    json list = json::array();
    for (int n = 1 + chance_.below(3); n > 0; --n)
      if (const auto entry = one()) list.push_back(*entry);
    if (list.empty()) return std::nullopt;
    return list;
  }

  // Nothing where a member is needed and there is none.
  std::optional<json> event(const program::EventType& type) {
    json e = started(std::string(program_.text(type.name)));
    if (type.subject_kinds.count > 0) {
      const auto subject =
          member({&program_.indices[type.subject_kinds.first], type.subject_kinds.count});
      if (!subject) return std::nullopt;
      e["subject"] = *subject;
    }
    for (program::Index i = 0; i < type.fields.count; ++i) {
      const program::Field& field = program_.fields[type.fields.first + i];
      if (!field.required && chance_.percent(25)) continue;
      const auto given = value(field);
      if (given)
        e["data"][std::string(program_.text(field.name))] = *given;
      else if (field.required)
        return std::nullopt;
    }
    return e;
  }

  json started(const std::string& type) {
    json e = {{"specversion", "1.0"},
              {"source", "urn:a"},
              {"id", "e-" + std::to_string(++count_)},
              {"type", type}};
    const std::string on = calendar::iso(day());
    e["time"] =
        chance_.percent(30) ? on + (chance_.percent(50) ? "T10:00:00+01:00" : "T23:30:00Z") : on;
    if (chance_.percent(20)) e["recordedtime"] = calendar::iso(day() + 30);
    return e;
  }

  // Mostly in the term.
  Day day() { return first_ - 40 + chance_.below((last_.n - first_.n) + 120); }

 private:
  std::string text() {
    std::vector<std::string> texts = {"something"};
    for (const std::string& symbol : program_.symbols)
      if (!symbol.empty() && symbol.size() < 30) texts.push_back(symbol);
    return chance_.of(texts);
  }

  const Program& program_;
  Chance& chance_;
  Day first_, last_;
  int count_ = 0;
};

struct Alone {
  std::string name;
  program::Arguments arguments;
  Program program;
  std::vector<json> events;  // in the order of recording
};

reports::AuditRequest asked(const record::Zone& zone, Day as_of, std::optional<Day> known_at) {
  reports::AuditRequest request;
  request.as_of = record::asked(as_of, zone);
  if (known_at) request.known_at = record::asked(*known_at, zone);
  return request;
}

// The ordinary audit; nothing where the events cannot be used.
struct Ordinary {
  std::unique_ptr<record::History> history;
  std::optional<reports::AuditResult> result;

  Ordinary(const Alone& alone, const reports::AuditRequest& request) {
    std::string text;
    for (const json& event : alone.events)
      text += event.dump() + '\n';
    record::Records records;
    records.read(text, "events");
    history = std::make_unique<record::History>(alone.program, std::move(records));
    if (auto audited = reports::audit(*history, request)) result = std::move(*audited);
  }
};

program::Argument date_argument(Day day) {
  program::Argument argument;
  argument.value = {ValueKind::date, 0, day.n, 1};
  return argument;
}

// A value of any type, of a kind that agreements have each their own of or that several share.
program::Argument filled_in(const program::Parameter& parameter, int agreement, program::Index row,
                            Chance& chance) {
  program::Argument argument;
  const bool may_lack = parameter.optional || parameter.fallback != program::none;
  if (may_lack && chance.percent(40)) return argument;
  switch (parameter.type) {
  case ValueKind::yes_no: argument.value = {ValueKind::yes_no, 0, chance.below(2), 1}; break;
  case ValueKind::number: argument.value = {ValueKind::number, 0, 1 + chance.below(3), 1}; break;
  case ValueKind::date: return date_argument(calendar::to_day({2016, 1, 1}) + chance.below(500));
  case ValueKind::duration:
    argument.value = {ValueKind::duration, 0, 10 * (1 + chance.below(4)),
                      static_cast<std::int64_t>(calendar::Unit::day)};
    break;
  case ValueKind::money:
    argument.value = {ValueKind::money, 0, 1000 * chance.below(200), 1};
    argument.names = {"SEK"};
    break;
  case ValueKind::text: argument.names = {"text " + std::to_string(chance.below(3))}; break;
  case ValueKind::member:
    for (int entry = parameter.list ? chance.below(3) : 0; entry >= 0; --entry) {
      argument.names.push_back("own-" + std::to_string(chance.percent(50) ? agreement : 0) + "-" +
                               std::to_string(row) + "-" + std::to_string(entry));
      argument.labels.emplace_back();
    }
    break;
  case ValueKind::absent:
  case ValueKind::list: break;
  }
  return argument;
}

class FleetAlone : public ::testing::Test {
 protected:
  // Waivers and assessments of what is there and of what is not.
  static void rule_on(const Ordinary& before, Alone& alone, Happenings& happenings,
                      Chance& chance) {
    if (!before.result || before.result->listed.empty()) return;
    const std::string& id = chance.of(before.result->listed)->id;
    const bool waiver = chance.percent(50);
    json e = happenings.started(waiver ? "waiver" : "assessment");
    std::vector<program::Index> kinds(alone.program.kinds.size());
    for (std::size_t i = 0; i < kinds.size(); ++i)
      kinds[i] = static_cast<program::Index>(i);
    const auto by = happenings.member(kinds);
    if (!by) return;
    e["data"] = {{"occurrence", chance.percent(80) ? id : "nothing/2017"}, {"by", *by}};
    if (!waiver) e["data"]["verdict"] = chance.percent(50) ? "met" : "broken";
    alone.events.push_back(e);
  }

  static void disturb(Alone& alone, Happenings& happenings, Chance& chance) {
    if (alone.events.empty()) return;
    const json target = chance.of(alone.events);
    if (chance.percent(30)) {
      alone.events.push_back(target);
    } else if (chance.percent(50)) {
      json e = happenings.started("correction");
      e["data"] = {{"corrects", target["id"]}, {"time", calendar::iso(happenings.day())}};
      alone.events.push_back(e);
    } else {
      json e = happenings.started("withdrawal");
      e["data"] = {{"withdraws", target["id"]}};
      alone.events.push_back(e);
    }
  }

  void check(const std::string& file, const Program& of_template, unsigned seed) {
    Chance chance(seed);
    const auto zone = record::Zone::open(of_template.text(of_template.timezone));
    ASSERT_TRUE(zone) << file;
    Program chosen = of_template;  // with the readings that hold unless others are asked for
    std::string unknown;
    ASSERT_TRUE(program::choose_readings(chosen, {}, unknown));
    fleet::Roster roster(chosen, *zone);
    const Day base = calendar::to_day({2016, 1, 1});
    const reports::AuditRequest request = asked(
        *zone, base + 300 + chance.below(900),
        chance.percent(30) ? std::optional<Day>(base + 400 + chance.below(700)) : std::nullopt);
    std::vector<Alone> all;
    for (int n = 0; n < 6; ++n) {
      const Day first = base + chance.below(200);
      const Day last = first + 300 + chance.below(600);
      Alone alone;
      alone.name = "a" + std::to_string(n);
      for (program::Index row = 0; row < of_template.parameters.size(); ++row) {
        if (row == of_template.term_first_from || row == of_template.term_last_from)
          alone.arguments.push_back(
              date_argument(row == of_template.term_first_from ? first : last));
        else
          alone.arguments.push_back(filled_in(of_template.parameters[row], n, row, chance));
      }
      const auto faults = program::faults(of_template, alone.arguments);
      ASSERT_TRUE(faults.empty()) << file << ": " << faults.front().message;
      alone.program = program::bind(of_template, alone.arguments);
      happen(alone, request, first, last, chance);
      roster.add(alone.name, "", alone.arguments, static_cast<std::size_t>(n) + 2);
      all.push_back(std::move(alone));
    }
    compare(file, all, roster, request, chance);
  }

  void happen(Alone& alone, const reports::AuditRequest& request, Day first, Day last,
              Chance& chance) {
    Happenings happenings(alone.program, chance, first, last);
    for (int i = 0; i < events_; ++i) {
      const program::EventType& type = chance.of(alone.program.event_types);
      if (type.builtin != program::Builtin::ordinary && (plain_ || type.builtin != program::Builtin::extension))
        continue;
      if (auto event = happenings.event(type)) alone.events.push_back(std::move(*event));
    }
    std::stable_sort(alone.events.begin(), alone.events.end(),
                     [](const json& a, const json& b) { return a["time"] < b["time"]; });
    if (chance.percent(25) && alone.events.size() > 3)
      std::swap(alone.events[1], alone.events[alone.events.size() - 2]);
    if (chance.percent(25)) disturb(alone, happenings, chance);
    if (chance.percent(25)) rule_on(Ordinary(alone, request), alone, happenings, chance);
  }

  void compare(const std::string& file, const std::vector<Alone>& all, fleet::Roster& roster,
               const reports::AuditRequest& request, Chance& chance) {
    std::vector<std::size_t> next(all.size());
    std::string stream;
    for (std::vector<std::size_t> left; true; left.clear()) {
      for (std::size_t i = 0; i < all.size(); ++i)
        if (next[i] < all[i].events.size()) left.push_back(i);
      if (left.empty()) break;
      const std::size_t i = chance.of(left);
      json event = all[i].events[next[i]++];
      event["agreement"] = all[i].name;
      // Now and then not as the lines before it.
      if (chance.percent(5)) event["dataschema"] = "about:blank";
      stream += event.dump(-1, ' ', chance.percent(5)) + (chance.percent(5) ? " \r\n" : "\n");
    }
    MemoryInputs inputs({stream});
    const fleet::Question question{request.as_of, request.known_at, true, 1U << chance.below(3)};
    const fleet::Result result = fleet::audit(roster, inputs, question,
                                              [](std::string_view, std::uint64_t, std::uint64_t) {});
    bool refused = false;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Ordinary ordinary(all[i], request);
      refused = refused || !ordinary.result;
      if (!ordinary.result) continue;
      same(file + ", " + all[i].name, *ordinary.result, result.tally(i), roster);
      EXPECT_EQ(result.violations(i), result.tally(i).violations().size());
      ++compared_;
      laned_ += result.others.contains(static_cast<std::uint32_t>(i)) ? 0 : 1;
    }
    if (!refused) apart_ += static_cast<int>(result.apart);
    EXPECT_EQ(result.faults.any_error(), refused) << file << record::text_of(result.faults);
  }

  void same(const std::string& where, const reports::AuditResult& ordinary,
            const fleet::Tally& tally, const fleet::Roster& roster) {
    const fleet::Counts counts = tally.counts();
    for (std::size_t status = 0; status < fleet::statuses; ++status) {
      EXPECT_EQ(counts[status], static_cast<std::uint64_t>(ordinary.summary[status]))
          << where << ": " << reports::code(static_cast<fleet::Status>(status));
      seen_[status] += counts[status];
    }
    std::vector<std::string> alone, in_fleet;
    for (const engine::Occurrence* o : ordinary.listed)
      if (reports::violates(*o))
        alone.push_back(
            o->id + ' ' + std::string(ordinary.program().text(ordinary.rule(*o).clause)) + ' ' +
            std::string(reports::code(o->finding.status)) + ' ' + calendar::iso(o->finding.opens) +
            ' ' + calendar::iso(o->finding.due) + ' ' + calendar::iso(o->finding.settled));
    for (const fleet::Violation& v : tally.violations())
      in_fleet.push_back(v.id + ' ' + roster.clauses()[v.clause].name + ' ' +
                         std::string(reports::code(v.status)) + ' ' + calendar::iso(v.opens) + ' ' +
                         calendar::iso(v.due) + ' ' + calendar::iso(v.settled));
    EXPECT_EQ(in_fleet, alone) << where;
  }

  fleet::Counts seen_{};
  int compared_ = 0;
  int events_ = 60;     // of an agreement
  bool plain_ = false;  // no extensions
  int apart_ = 0;
  int laned_ = 0;  // judged in a lane
};

// What is plain enough for lanes, together in one text.
TEST_F(FleetAlone, PlainClauses) {
  constexpr std::string_view text = R"(
template plain
  term its_first to its_last
parameter its_first date
parameter its_last date
party police
party city
role chief of police
role director of city
forum council
forum board
document plan
document picture
event meeting of forum
  chair role
  remote yes/no optional
  number number optional
event report of document
  by role
  written yes/no
event decision of document
  written yes/no
event consultation
clause a
  source "1"
  meeting of council must happen at least 2 times every quarter
  part periods pro rata up
clause b
  source "2"
  chair of meeting of council must alternate between chief, director
clause c
  source "3"
  after report as r, decision of subject of r where written must happen within 20 days, one for all
clause d
  source "4"
  after report of plan where written as r, meeting of council must happen within 5 working days
clause e
  source "5"
  every report must have by is chief or written
clause f
  source "6"
  term may be extended by 1 years if consultation happened at least 3 months before expiry
clause g
  source "7"
  severity warning
  meeting of board must happen at most 2 times during the term
)";
  const rules::Source source{"plain.samrad", text, 0};
  const auto compiled = rules::compile({&source, 1});
  ASSERT_TRUE(compiled.program) << compiled.diagnostics.front().message;
  plain_ = true;
  events_ = 25;
  for (unsigned seed = 1; seed <= 60; ++seed)
    check("seed " + std::to_string(seed), *compiled.program, seed);
  EXPECT_GE(laned_, 50);
  EXPECT_GE(apart_, 50);
}

TEST_F(FleetAlone, EveryFormOfSentenceOfTheCorpus) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(fs::path(SAMRAD_SOURCE_DIR) / "tests/corpus/ok"))
    if (entry.path().extension() == ".samrad") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  int templates = 0;
  for (const fs::path& file : files) {
    const auto of_template = as_template(contents(file));
    if (!of_template) continue;
    ++templates;
    for (unsigned seed = 1; seed <= 2; ++seed)
      check(file.filename().string() + ", seed " + std::to_string(seed), *of_template, seed);
    if (::testing::Test::HasFailure()) break;
  }
  EXPECT_GE(templates, 40);
  // All ways of judging were taken often enough.
  EXPECT_GE(laned_, 1);
  EXPECT_GE(apart_, 200);
  EXPECT_GE(compared_ - apart_, 200);
  for (std::size_t status = 0; status < fleet::statuses; ++status)
    EXPECT_GT(seen_[status], 0U) << reports::code(static_cast<fleet::Status>(status));
}

// Members, lists, numbers, durations and texts that each agreement fills in: shared where they can be, told apart where they must be.
TEST_F(FleetAlone, WhateverIsFilledIn) {
  std::vector<std::pair<std::string, std::string>> texts = {
      {"its own", std::string(fleet_template)},
      {"examples/fleet", contents(fs::path(SAMRAD_SOURCE_DIR) / "examples/fleet/template.samrad")}};
  for (const auto& [name, text] : texts) {
    const rules::Source source{name, text, 0};
    const rules::Compiled compiled = rules::compile({&source, 1});
    for (const rules::Diagnostic& d : compiled.diagnostics)
      EXPECT_NE(d.severity, rules::Severity::error) << name << ": " << d.message;
    if (!compiled.program) continue;
    for (unsigned seed = 1; seed <= 40 && !HasFailure(); ++seed)
      check(name + ", seed " + std::to_string(seed), *compiled.program, seed);
  }
  EXPECT_GE(apart_, 100);
  EXPECT_GE(compared_ - apart_, 100);
}

}  // namespace
}  // namespace samrad::tests
