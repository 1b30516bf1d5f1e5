// The engine against the reference evaluator, which shares no code with it and with the compiler's lowering.
#include <algorithm>
#include <map>

#include "rules/syntax/parse.h"
#include "tests/generated/properties.h"
#include "tests/generated/telling.h"
#include "tests/reference/reference.h"

namespace samrad::generated {
namespace {

// How far both roads look ahead.
constexpr int days_ahead = 365;

std::string told(const std::string& id, int status, Day opens, Day due, Day settled) {
  const auto s = static_cast<engine::Status>(status);
  return id + " " + std::string(name(s)) + " opens " + calendar::iso(opens) +
         (due == calendar::day_max || s == engine::Status::cannot_assess
              ? ""
              : " due " + calendar::iso(due)) +
         (engine::settled(s) ? " settled " + calendar::iso(settled) : "");
}

// `c1/urn:a#e1` as `c1/e1`: which events count as having one id is not said alike by both.
std::string without_source(std::string id) {
  const std::size_t hash = id.find('#');
  if (hash == std::string::npos) return id;
  const std::size_t slash = id.rfind('/', hash);
  return id.erase(slash + 1, hash - slash);
}

// The reference tries every order of a day's events where they are few.
bool crowded(const std::vector<engine::Event>& events) {
  constexpr std::size_t orders_tried = 5;
  for (std::size_t i = orders_tried; i < events.size(); ++i)
    if (events[i - orders_tried].day == events[i].day) return true;
  return false;
}

// What the engine does not do: which of several events was the next where one day has more of them without times, and facts as they
// were on the day of an event of the past.
bool beyond_the_engine(const Prepared& p) {
  const program::Program& program = p.chosen();
  const std::vector<engine::Event> events = p.fed();
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
    // A fact that ended by itself on the eve of its next beginning.
    if (rule.form == program::Form::deadline && rule.instances != program::none &&
        program.facts[rule.instances].lasting.count > 0)
      return true;
  }
  return std::any_of(
      program.aggregates.begin(), program.aggregates.end(),
      [&](const program::Aggregate& a) { return asks_facts(a.pattern) || asks_facts(a.since); });
}

}  // namespace

std::string reference(const Prepared& p, Dice&) {
  if (p.it.texts.size() > 1 || crowded(p.fed()) || beyond_the_engine(p)) return {};
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
  for (const engine::Occurrence& o : p.audit->book().occurrences) {
    const engine::Finding& f = o.finding;
    if (f.status == engine::Status::upcoming && f.opens > p.as_of().day + days_ahead) continue;
    ours.push_back(
        told(without_source(o.id), static_cast<int>(f.status), f.opens, f.due, f.settled));
  }
  for (const reference::Answer& a : reference::answer(question)) {
    if (static_cast<engine::Status>(a.status) == engine::Status::upcoming &&
        a.opens > p.as_of().day + days_ahead)
      continue;
    theirs.push_back(
        told(without_source(a.id), static_cast<int>(a.status), a.opens, a.due, a.settled));
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
