// The engine against itself: any order of recording, any stop on the way, any day on which it is asked.
#include <algorithm>

#include "engine/engine.h"
#include "engine/timeline.h"
#include "tests/generated/properties.h"
#include "tests/generated/telling.h"

namespace samrad::generated {
namespace {

using engine::Event;

engine::State state_after(const engine::Machine& machine, const std::vector<Event>& events) {
  engine::State state = engine::begin(machine);
  engine::Findings said;
  for (const Event& e : events)
    engine::step(machine, state, {{e.day, e.earliest}, &e}, said);
  return state;
}

std::string book_of(const Prepared& p, const engine::Book& book) {
  return tell(p.chosen(), p.symbols(), book, Detail::all);
}

Event moved(Event e, const record::Zone& zone, Day to) {
  e.day = to;
  e.timed = false;
  e.second = 0;
  e.earliest = zone.first_second(to);
  e.latest = zone.last_second(to);
  return e;
}

}  // namespace

// Recorded in any order, with moments passing between, the timeline ends where a run in order of time does.
std::string order(const Prepared& p, Dice& dice) {
  const engine::Machine machine(p.chosen(), p.symbols());
  std::vector<Event> events = p.fed();
  engine::State in_order = state_after(machine, events);
  const bool pass = dice.percent(40);
  engine::Findings said;
  if (pass && p.as_of().day > in_order.today)
    engine::step(machine, in_order, {{p.as_of().day, 0}, nullptr}, said);
  dice.shuffle(events);
  engine::Timeline timeline(machine);
  for (const Event& e : events) {
    timeline.record(e);
    if (pass && dice.percent(30)) timeline.pass(std::min(e.day + dice.below(60), p.as_of().day));
  }
  if (pass) timeline.pass(p.as_of().day);
  std::string fault = difference("the order of recording decides", book_of(p, p.audit->book()),
                                 book_of(p, timeline.book(p.as_of())));
  if (fault.empty() && engine::hash(machine, in_order) != engine::hash(machine, timeline.state()))
    fault = "the order of recording decides the state";
  return fault;
}

// What is recorded wrongly and then corrected or withdrawn leaves no trace.
std::string revised(const Prepared& p, Dice& dice) {
  engine::Symbols symbols = p.symbols();
  const program::Symbol new_name = symbols.intern("urn:a#extra");
  const engine::Machine machine(p.chosen(), symbols);
  const std::vector<Event> events = p.fed();
  if (events.empty()) return {};
  engine::Timeline timeline(machine);
  std::vector<Event> wrong;
  std::vector<Event> order = events;
  dice.shuffle(order);
  for (const Event& e : order) {
    const bool elsewhere = dice.percent(30);
    timeline.record(elsewhere ? moved(e, p.history->zone(), p.as_of().day - dice.below(200)) : e);
    if (elsewhere) wrong.push_back(e);
  }
  Event extra = moved(dice.of(events), p.history->zone(), p.as_of().day - dice.below(300));
  extra.identity = new_name;
  timeline.record(extra);
  for (const Event& e : wrong)
    timeline.correct(e.identity, e);
  timeline.withdraw(extra.identity);
  std::string fault = difference("what was corrected or withdrawn leaves a trace",
                                 book_of(p, p.audit->book()), book_of(p, timeline.book(p.as_of())));
  if (fault.empty() && engine::hash(machine, state_after(machine, events)) !=
                           engine::hash(machine, timeline.state()))
    fault = "what was corrected or withdrawn leaves a trace in the state";
  return fault;
}

// Stopped after every input and resumed from bytes, by a process that has met the names in another order.
std::string resumed(const Prepared& p, Dice&) {
  engine::Symbols symbols = p.symbols();
  const engine::Machine machine(p.chosen(), symbols);
  const engine::Machine whole_machine(p.chosen(), p.symbols());
  engine::State whole = engine::begin(whole_machine);
  engine::State state = engine::begin(machine);
  engine::Findings said, again;
  for (const Event& e : p.fed()) {
    const auto wake = engine::step(whole_machine, whole, {{e.day, e.earliest}, &e}, said);
    const auto wake_again = engine::step(machine, state, {{e.day, e.earliest}, &e}, again);
    if (wake != wake_again) return "the resumed engine wants to be woken on another day";
    const std::vector<std::uint8_t> bytes = engine::encode(machine, state);
    if (engine::encode(whole_machine, whole) != bytes) return "the resumed state is another";
    auto decoded = engine::decode(machine, symbols, bytes);
    if (!decoded) return "an encoded state cannot be read";
    if (engine::encode(machine, *decoded) != bytes)
      return "a state that was read is written otherwise";
    state = std::move(*decoded);
  }
  return difference(
      "a run that was stopped and resumed says otherwise", book_of(p, p.audit->book()),
      tell(p.chosen(), symbols,
           engine::conclude_book(machine, std::move(state), std::move(again), p.as_of()),
           Detail::all));
}

// Time passing day by day changes nothing, and on the way each day's book is the one that a question on that day gives.
std::string walked(const Prepared& p, Dice& dice) {
  const engine::Machine machine(p.chosen(), p.symbols());
  const std::vector<Event> events = p.fed();
  const Day end = p.as_of().day;
  Day today = std::min(p.chosen().term_first - 1, end);
  if (!events.empty()) today = std::min(today, events.front().day);
  std::vector<Day> stops;
  for (int i = 0; i < 3; ++i)
    stops.push_back(today + dice.below(end.n - today.n + 1));
  if (!events.empty()) stops.push_back(dice.of(events).day + dice.below(2));
  engine::State state = engine::begin(machine);
  engine::Findings said;
  std::size_t next = 0;
  for (; today <= end; today = today + 1) {
    engine::step(machine, state, {{today, p.history->zone().first_second(today)}, nullptr}, said);
    for (; next < events.size() && events[next].day == today; ++next)
      engine::step(machine, state, {{today, events[next].earliest}, &events[next]}, said);
    if (today != end && std::find(stops.begin(), stops.end(), today) == stops.end()) continue;
    const engine::Moment moment =
        today == end ? p.as_of() : engine::Moment{today, p.history->zone().last_second(today)};
    const std::string fault =
        difference("walked to " + calendar::iso(today),
                   book_of(p, engine::evaluate(p.chosen(), p.symbols(), events, moment)),
                   book_of(p, engine::conclude_book(machine, state, said, moment)));
    if (!fault.empty()) return fault;
  }
  return {};
}

// Nothing changes before the day on which the engine asked to be woken.
std::string quiet_until_wake(const Prepared& p, Dice&) {
  const engine::Machine machine(p.chosen(), p.symbols());
  const std::vector<Event> events = p.fed();
  engine::State state = engine::begin(machine);
  engine::Findings said;
  for (std::size_t i = 0; i < events.size(); ++i) {
    said.clear();
    const Day today = events[i].day;
    const auto wake = engine::step(machine, state, {{today, events[i].earliest}, &events[i]}, said);
    const Day next = i + 1 < events.size() ? events[i + 1].day : p.as_of().day;
    const Day quiet = wake && *wake < next ? *wake : next;
    if (quiet <= today + 1) continue;
    engine::State copy = state;
    engine::Findings heard;
    engine::step(machine, copy, {{quiet - 1, 0}, nullptr}, heard);
    const auto book_on = [&](Day day) {
      return engine::conclude_book(machine, state, {}, {day, p.history->zone().last_second(day)},
                                   0);
    };
    const engine::Book now = book_on(today), then = book_on(quiet - 1);
    for (const engine::Occurrence& o : then.occurrences) {
      const engine::Occurrence* before = now.find(o.id);
      if (o.finding.status == engine::Status::upcoming || o.finding.due_instant != 0) continue;
      if (before == nullptr || before->finding.status != o.finding.status)
        return o.id + " stands otherwise on " + calendar::iso(quiet - 1) + " than on " +
               calendar::iso(today) + ", and nobody was to be called before " +
               calendar::iso(quiet);
    }
    for (const engine::Finding& f : heard.changes)
      if (f.settled > today || (!engine::settled(f.status) && f.opens > today))
        return engine::occurrence_id(p.chosen(), p.symbols(), f.key) + " changes before " +
               (wake ? calendar::iso(*wake) : "ever") +
               ", the day of the wake that was asked for on " + calendar::iso(today);
  }
  return {};
}

}  // namespace samrad::generated
