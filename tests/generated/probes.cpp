#include "tests/generated/probes.h"

#include <algorithm>
#include <array>
#include <set>

#include "engine/explain.h"
#include "tests/engine/story.h"
#include "tests/generated/probes_expected.h"
#include "tests/generated/telling.h"

namespace samrad::generated {
namespace {

std::map<std::string, std::uint64_t>& counters() {
  static std::map<std::string, std::uint64_t> all;
  return all;
}

template <class Enum>
std::size_t row(Enum e) {
  return static_cast<std::size_t>(e);
}

constexpr std::array form_names{"count",       "deadline", "response",  "precedence",  "constraint",
                                "alternation", "rotation", "validity",  "prohibition", "power",
                                "standing",    "attested", "extension", "step"};
constexpr std::array policy_names{"not assessed", "in full", "pro rata up", "pro rata down",
                                  "pro rata nearest"};
constexpr std::array shift_names{"stay", "following", "modified following", "preceding"};
constexpr std::array due_names{"yearly", "monthly",       "last day",   "after end",
                               "date",   "before expiry", "after start"};
constexpr std::array within_names{"unlimited",       "duration",      "same day", "before next",
                                  "before next day", "end of period", "soon",     "date"};
constexpr std::array limit_names{"always", "while",        "unless", "before",
                                 "after",  "within after", "months"};
constexpr std::array quantity_names{"at least", "at most", "exactly"};

constexpr std::array op_names{
    "constant",     "field",      "subject",  "event day",     "event id",  "key",    "expiry",
    "start",        "parameter",  "add",      "subtract",      "multiply",  "divide", "negate",
    "days between", "count list", "count in", "share in",      "aggregate", "equal",  "not equal",
    "less",         "less equal", "greater",  "greater equal", "includes",  "one of", "present",
    "truth",        "holds",      "happened", "and",           "or",        "not"};
constexpr std::array inclusion_names{"one", "all", "any", "no", "only", "at least n"};
constexpr std::array reach_names{"ever",         "last",
                                 "since date",   "since start",
                                 "since last",   "in the same period",
                                 "before date",  "at least before",
                                 "within before"};
constexpr std::array measure_names{"count", "share", "sum", "in a row"};

std::string form_of(const program::Rule& rule) {
  const std::string name = form_names[row(rule.form)];
  if (rule.form == program::Form::count) return name + " " + quantity_names[row(rule.quantity)];
  return name;
}

void of_rules(const program::Program& program) {
  for (const program::Rule& rule : program.rules) {
    using program::Form;
    if (rule.form == Form::deadline) reach(std::string("due ") + due_names[row(rule.due.kind)]);
    if (rule.form == Form::response && !rule.is_otherwise)
      reach(std::string("within ") + within_names[row(rule.within)]);
    if (rule.form == Form::prohibition) reach(std::string("limit ") + limit_names[row(rule.limit)]);
    if (rule.form == Form::precedence)
      reach(std::string("precedence") + (rule.prec_at_least ? " at least" : "") +
            (rule.prec_within ? " within" : "") + (rule.prec_since_previous ? " since" : ""));
    if (rule.instances != program::none) reach("for each of an open kind, " + form_of(rule));
    if (rule.key != 0) reach("for each of a closed kind, " + form_of(rule));
    if (rule.reading != 0) reach("a reading of " + form_of(rule));
    if (rule.exception.count > 0) reach("an exception of " + form_of(rule));
    if (rule.amended)
      reach(rule.tail == program::Tail::lapse ? "an amendment that lapses"
                                              : "an amendment that continues");
  }
  for (const program::Op& op : program.code)
    reach(std::string("condition: ") + op_names.at(row(op.code)) +
          (op.code == program::Code::includes ? std::string(" ") + inclusion_names.at(op.a & 0xFFU)
                                              : std::string()));
  for (const program::Aggregate& a : program.aggregates)
    reach(std::string(measure_names.at(row(a.measure))) + ", " + reach_names.at(row(a.reach)));
}

void of_days(const Prepared& p) {
  const std::vector<engine::Event> events = p.fed();
  for (std::size_t i = 0; i < events.size(); ++i) {
    const calendar::Date d = calendar::to_date(events[i].day);
    if (d.month == 2 && d.day == 29) reach("an event on a leap day");
    const calendar::Date next = calendar::to_date(events[i].day + 1);
    if (next.day == 1) reach("an event on the last day of a month");
    if (p.history->zone().last_second(events[i].day) -
            p.history->zone().first_second(events[i].day) + 1 !=
        86400)
      reach("an event on a day of 23 or 25 hours");
    if (events[i].day == p.audit->book().expiry) reach("an event on the last day of the term");
    if (i == 0 || events[i].day != events[i - 1].day) continue;
    const bool a = events[i - 1].timed, b = events[i].timed;
    reach(a && b   ? events[i].earliest == events[i - 1].earliest ? "one day, one instant"
                                                                  : "one day, two instants"
          : a || b ? "one day, one time"
                   : "one day, no times");
  }
}

void of_records(const Prepared& p) {
  std::set<std::string> seen;
  for (const json& e : p.it.events) {
    const std::string type = e["type"];
    if (!seen.insert(e["source"].get<std::string>() + "#" + e["id"].get<std::string>()).second)
      reach("recorded twice");
    if (type == "correction" || type == "withdrawal" || type == "waiver" || type == "assessment" ||
        type == "extension" || type == "measurement")
      reach("recorded: " + type);
    if (e.contains("recordedtime")) reach("recorded late");
  }
  if (p.it.known_at) reach("known at another moment");
  if (!p.it.readings.empty()) reach("another reading is chosen");
}

}  // namespace

void reach(const std::string& probe) { ++counters()[probe]; }

void probe(const Prepared& p) {
  const program::Program& program = p.chosen();
  of_rules(program);
  of_days(p);
  of_records(p);
  for (const engine::Occurrence& o : p.audit->book().occurrences) {
    const engine::Finding& f = o.finding;
    const program::Rule& rule = program.rules[f.key.rule];
    reach((f.key.otherwise ? std::string("otherwise") : form_of(rule)) + ": " +
          std::string(name(f.status)));
    if (rule.form == program::Form::response && !f.key.otherwise)
      reach(std::string("within ") + within_names[row(rule.within)] + ": " +
            std::string(name(f.status)));
    if (f.part)
      reach(std::string("part periods ") + policy_names[row(rule.parts)] + ": " +
            std::string(name(f.status)));
    if (f.nominal_due != f.due && f.nominal_due != calendar::day_max)
      reach(std::string("due days move ") + shift_names[row(rule.shift)]);
    if (f.presumed) reach("presumed");
    for (const engine::Note& n : f.notes)
      reach("why " + std::string(story::name(n.why)));
  }
  for (const engine::VoidEvent& v : p.audit->book().voids)
    reach("void " + std::string(story::name(v.note.why)) + (v.certain ? "" : " perhaps"));
  if (!p.audit->book().part_periods.empty()) reach("part periods not assessed");
}

const std::map<std::string, std::uint64_t>& reached() { return counters(); }

std::vector<std::string> missed() {
  std::vector<std::string> out;
  for (const std::string_view probe : expected_probes)
    if (counters().count(std::string(probe)) == 0) out.emplace_back(probe);
  return out;
}

}  // namespace samrad::generated
