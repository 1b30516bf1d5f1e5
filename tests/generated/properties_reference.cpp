// The engine against the reference evaluator, which shares no code with it and with the compiler's lowering.
#include <algorithm>
#include <map>
#include <set>

#include "rules/syntax/parse.h"
#include "tests/generated/properties.h"
#include "tests/generated/telling.h"
#include "tests/reference/reference.h"

namespace samrad::generated {
namespace {

// How far both roads look ahead.
constexpr int days_ahead = 365;

struct Progress {
  int have = 0, need = 0;
};

std::string told(const std::string& id, int status, Day opens, Day due, Day settled,
                 const std::optional<Progress>& counted) {
  const auto s = static_cast<engine::Status>(status);
  return id + " " + std::string(name(s)) + " opens " + calendar::iso(opens) +
         (due == calendar::day_max || s == engine::Status::cannot_assess
              ? ""
              : " due " + calendar::iso(due)) +
         (engine::settled(s) ? " settled " + calendar::iso(settled) : "") +
         (counted ? " " + std::to_string(counted->have) + " of " + std::to_string(counted->need)
                  : "");
}

std::string told(const engine::Occurrence& o, const program::Program& program) {
  const engine::Finding& f = o.finding;
  const bool counts =
      program.rules[f.key.rule].form == program::Form::count && !f.key.otherwise && f.maybe == 0;
  return told(o.id, static_cast<int>(f.status), f.opens, f.due, f.settled,
              counts ? std::optional(Progress{f.have, f.need}) : std::nullopt);
}

std::string told(const reference::Answer& a, bool in_doubt) {
  return told(a.id, static_cast<int>(a.status), a.opens, a.due, a.settled,
              a.counted && !in_doubt ? std::optional(Progress{a.have, a.need}) : std::nullopt);
}

std::string told_void(const engine::VoidEvent& v, const program::Program& program,
                      const engine::Symbols& symbols) {
  using engine::Why;
  const auto reason = [&] {
    switch (v.note.why) {
    case Why::condition_false:
    case Why::condition_unknown: return reference::Void::Reason::condition;
    case Why::void_event: return reference::Void::Reason::extension;
    case Why::term_had_ended: return reference::Void::Reason::term_had_ended;
    case Why::no_such_occurrence: return reference::Void::Reason::no_such_occurrence;
    case Why::no_authority: return reference::Void::Reason::no_authority;
    default: return reference::Void::Reason::no_such_verdict;
    }
  };
  const std::string clause =
      v.rule == program::none ? "" : std::string(program.text(program.rules[v.rule].clause));
  return reference::text({std::string(symbols.text(v.event)), clause, reason(), v.certain});
}

// The reference tries every order of a day's events where they are few.
bool crowded(const std::vector<engine::Event>& events) {
  constexpr std::size_t orders_tried = 5;
  for (std::size_t i = orders_tried; i < events.size(); ++i)
    if (events[i - orders_tried].day == events[i].day) return true;
  return false;
}

bool extended_twice_in_a_day(const program::Program& program,
                             const std::vector<engine::Event>& events) {
  std::set<Day> days;
  for (const engine::Event& event : events)
    if (program.event_types[event.type].builtin == program::Builtin::extension &&
        !days.insert(event.day).second)
      return true;
  return false;
}

// What the engine does not do: which of several events was the next where one day has more of them without times, and facts as they
// were on the day of an event of the past.
bool beyond_the_engine(const Prepared& p) {
  const program::Program& program = p.chosen();
  const std::vector<engine::Event> events = p.fed();
  const bool voidable =
      std::any_of(program.rules.begin(), program.rules.end(),
                  [](const program::Rule& rule) { return rule.form == program::Form::validity; });
  bool unordered = false;
  for (std::size_t i = 1; i < events.size(); ++i)
    unordered = unordered || (events[i - 1].day == events[i].day &&
                              engine::order(events[i - 1], events[i]) == engine::Order::unknown);
  const auto asks_facts = [&](program::Index pattern) {
    if (pattern == program::none) return false;
    const program::Expression code = program.patterns[pattern].condition;
    for (std::uint32_t i = 0; i < code.count; ++i)
      if (program.code[code.first + i].code == program::Code::holds) return true;
    return false;
  };
  for (const program::Rule& rule : program.rules) {
    const bool next =
        rule.form == program::Form::response && (rule.within == program::Within::before_next ||
                                                 rule.within == program::Within::before_next_day);
    if (next && unordered) return true;
    if (rule.form == program::Form::precedence &&
        (asks_facts(rule.answer) || asks_facts(rule.pattern)))
      return true;
    if (rule.form == program::Form::prohibition && asks_facts(rule.next)) return true;
    // A step that counts only if … holds for what can be a step, the page says for every event of the pattern.
    for (std::uint32_t i = 0; i < rule.overridden_by.count; ++i)
      if (program.rules[program.indices[rule.overridden_by.first + i]].instances != program::none)
        return true;
    if (rule.form == program::Form::validity && rule.procedure != program::none) return true;
    // A fact that ended by itself on the eve of its next beginning, or after the clause had.
    if (rule.form == program::Form::deadline && rule.instances != program::none &&
        (program.facts[rule.instances].lasting.count > 0 || rule.to != calendar::day_max))
      return true;
    // Days before an expiry that several extensions of one day moved.
    if (rule.due.kind == program::DueKind::before_expiry &&
        extended_twice_in_a_day(program, events))
      return true;
    // What is forbidden to whom a fact speaks of, where an event may have ended it for anybody.
    if (rule.form == program::Form::prohibition && rule.instances != program::none) return true;
    // A month after the end of days of which several have the same day a month later.
    if (rule.due.kind == program::DueKind::after_end &&
        rule.due.period.unit == calendar::PeriodUnit::day)
      return true;
    // What must have been before another of its kind, if it counts.
    if (rule.form == program::Form::precedence && voidable && rule.answer != program::none &&
        rule.pattern != program::none &&
        program.patterns[rule.answer].type == program.patterns[rule.pattern].type)
      return true;
  }
  return std::any_of(
      program.aggregates.begin(), program.aggregates.end(),
      [&](const program::Aggregate& a) { return asks_facts(a.pattern) || asks_facts(a.since); });
}

// Whether what makes an event void may turn on how many of others there are, of which some may be void or of the same day.
bool asks_of_itself(const program::Program& program) {
  return !program.aggregates.empty() &&
         std::any_of(program.rules.begin(), program.rules.end(), [](const program::Rule& rule) {
           return rule.form == program::Form::validity || rule.form == program::Form::extension;
         });
}

}  // namespace

std::string reference(const Prepared& p, Dice&) {
  // Amendments are compared where the stories are written by hand (tests/reference): of what an amendment makes of sentences of another
  // form under the same name the page does not say enough.
  if (p.it.texts.size() > 1) return {};
  if (crowded(p.fed()) || beyond_the_engine(p)) return {};
  std::vector<rules::Tree> trees;
  trees.reserve(p.it.texts.size());
  reference::Question question;
  for (const std::string& text : p.it.texts) {
    const rules::Source source{"text.samrad", text};
    trees.push_back(std::move(rules::parse({&source, 1}).tree));
    question.texts.push_back(&trees.back());
  }
  question.records = p.it.events;
  question.as_of = p.it.as_of;
  question.known_at = p.it.known_at.value_or("");
  for (const program::Choice& choice : p.it.readings)
    question.readings.push_back({choice.clause, choice.reading});
  std::vector<std::string> ours, theirs;
  const program::Program& program = p.chosen();
  std::set<std::string> in_doubt;  // of these the page does not say how many to show
  for (const engine::Occurrence& o : p.audit->book().occurrences) {
    const engine::Finding& f = o.finding;
    if (f.opens > p.as_of().day + days_ahead) continue;
    if (f.maybe > 0) in_doubt.insert(o.id);
    ours.push_back(told(o, program));
  }
  const reference::Answers answers = reference::answer(question);
  for (const reference::Answer& a : answers.occurrences)
    if (a.opens <= p.as_of().day + days_ahead) theirs.push_back(told(a, in_doubt.contains(a.id)));
  if (!asks_of_itself(program)) {
    for (const engine::VoidEvent& v : p.audit->book().voids)
      ours.push_back(told_void(v, program, p.symbols()));
    for (const reference::Void& v : answers.voids)
      theirs.push_back(reference::text(v));
  }
  const auto one = [](std::vector<std::string>& lines) {
    std::sort(lines.begin(), lines.end());
    std::string out;
    for (const std::string& line : lines)
      out += line + '\n';
    return out;
  };
  return difference("the engine (-) and the reference (+) differ", one(ours), one(theirs));
}

}  // namespace samrad::generated
