// Aim: bytes that hold a state which the engine could not run on are refused. Each row breaks a state that is right in one place.

#include <gtest/gtest.h>

#include "engine/engine.h"
#include "tests/engine/story.h"

namespace samrad::story {
namespace {

using engine::State;
using program::Value;
using program::ValueKind;

constexpr std::int32_t beyond = 1 << 30;  // no day of the calendar

// A rule with what is open, a fact, and an event of the day that is not yet judged, with a list and a number.
Story told() {
  return Story("fact busy\n  holds from meeting of council until report of plan\n" + clause("busy must hold") +
                   "clause d\n  after meeting of council, report of plan must happen within 30 days\n"
                   "clause v\n  decision counts only if by present\n"
                   "clause e\n  every meeting must have number of meeting in the last 3 months is at most 2\n",
               "2016-09-01 m1 meeting of council number=3\n2016-09-02 m2 meeting of council agenda=a,b number=1/3\n");
}

State after(const Story& story) {
  State state = engine::begin(story.machine());
  engine::Findings said;
  for (const engine::Event& e : story.events())
    engine::step(story.machine(), state, {{e.day, e.earliest}, &e}, said);
  return state;
}

engine::Open& open(State& s) {
  for (engine::Instance& in : s.instances)
    for (engine::Open& o : in.open)
      if (o.has_anchor) return o;
  throw std::logic_error("nothing is open");
}

Value& value(State& s, ValueKind kind) {
  for (Value& v : s.pending.at(0).fields)
    if (v.kind == kind) return v;
  throw std::logic_error("no such value");
}

engine::Remembered& remembered(State& s) {
  for (auto& kept : s.memory)
    if (!kept.empty()) return kept.front();
  throw std::logic_error("nothing is remembered");
}

TEST(StateCheck, refuses_what_cannot_be_run_on) {
  struct Case {
    const char* aim;
    void (*wrong)(State&);
  };
  Story story = told();
  const State sound = after(story);
  ASSERT_TRUE(engine::decode(story.machine(), story.symbols(), engine::encode(story.machine(), sound)));
  for (const Case& c : {
           Case{"an event type less", [](State& s) { s.memory.pop_back(); }},
           Case{"an event type more", [](State& s) { s.memory.emplace_back(); }},
           Case{"today", [](State& s) { s.today.n = beyond; }},
           Case{"the first day", [](State& s) { s.term_first.n = beyond; }},
           Case{"the last day", [](State& s) { s.expiry.n = beyond; }},
           Case{"an event of no type", [](State& s) { s.pending.at(0).type = 999; }},
           Case{"an event on no day", [](State& s) { s.pending.at(0).day.n = beyond; }},
           Case{"a field less", [](State& s) { s.pending.at(0).fields.pop_back(); }},
           Case{"a value of no kind", [](State& s) { s.pending.at(0).fields.front().kind = static_cast<ValueKind>(99); }},
           Case{"a number over nothing", [](State& s) { value(s, ValueKind::number).b = 0; }},
           Case{"a list before the pool", [](State& s) { value(s, ValueKind::list).a = -1; }},
           Case{"a list of less than nothing", [](State& s) { value(s, ValueKind::list).b = -1; }},
           Case{"a list behind the pool", [](State& s) { value(s, ValueKind::list).a = 99; }},
           Case{"a list longer than the pool", [](State& s) { value(s, ValueKind::list).b = 99; }},
           Case{"a rule less", [](State& s) { s.instances.pop_back(); }},
           Case{"a rule that is none", [](State& s) { s.instances.front().rule = 999; }},
           Case{"a rule twice", [](State& s) { s.instances.push_back(s.instances.front()); }},
           Case{"a rule that nothing is an instance of", [](State& s) { s.instances.push_back({2}); }},
           Case{"rules out of order", [](State& s) { std::swap(s.instances[0], s.instances[1]); }},
           Case{"a finding of no rule", [](State& s) { open(s).finding.key.rule = 999; }},
           Case{"a finding without status", [](State& s) { open(s).finding.status = static_cast<engine::Status>(99); }},
           Case{"a finding bound to nothing", [](State& s) { open(s).finding.key.bound = static_cast<engine::Bound>(99); }},
           Case{"due on no day", [](State& s) { open(s).finding.due.n = beyond; }},
           Case{"open from no day", [](State& s) { open(s).finding.opens.n = beyond; }},
           Case{"opened by an event of no type", [](State& s) { open(s).anchor.type = 999; }},
           Case{"a fact that is none", [](State& s) { s.facts.push_back({999}); }},
           Case{"a fact of no truth", [](State& s) { s.facts.at(0).value = static_cast<engine::Truth>(99); }},
           Case{"a memory of no truth", [](State& s) { remembered(s).effect = static_cast<engine::Truth>(99); }},
           Case{"a memory on no day", [](State& s) { remembered(s).event.day.n = beyond; }},
           Case{"a memory among another type's", [](State& s) { s.memory.back().push_back(remembered(s)); }},
       }) {
    State broken = sound;
    c.wrong(broken);
    EXPECT_FALSE(engine::decode(story.machine(), story.symbols(), engine::encode(story.machine(), broken))) << c.aim;
  }
}

// The same number in more bytes than it needs, and a truth value that is neither no nor yes, would give one state two hashes.
TEST(StateCheck, reads_one_encoding_of_a_state) {
  Story story = told();
  const auto bytes = engine::encode(story.machine(), after(story));
  constexpr std::size_t head = 4 + 32;
  std::size_t refused = 0;
  for (std::size_t at = head; at < bytes.size(); ++at) {
    if (bytes[at] >= 0x80) continue;
    auto longer = bytes;
    longer[at] |= 0x80U;
    longer.insert(longer.begin() + static_cast<std::ptrdiff_t>(at) + 1, 0);
    const auto read = engine::decode(story.machine(), story.symbols(), longer);
    EXPECT_TRUE(!read || engine::encode(story.machine(), *read) == longer) << at;
    refused += read ? 0 : 1;
  }
  EXPECT_GT(refused, bytes.size() / 4);
  for (std::size_t at = head; at < bytes.size(); ++at) {
    auto other = bytes;
    other[at] = static_cast<std::uint8_t>(other[at] + 2);
    const auto read = engine::decode(story.machine(), story.symbols(), other);
    EXPECT_TRUE(!read || engine::encode(story.machine(), *read) == other) << at;
  }
}

}  // namespace
}  // namespace samrad::story
