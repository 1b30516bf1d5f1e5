// The words of a made-up agreement. Sentences ask for what they need (an event with a date, a fact of a place) and get one
// that is there already or a new one, so that what is declared is what is spoken of.
#pragma once

#include <deque>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "rules/calendar/date.h"
#include "tests/generated/dice.h"

namespace samrad::generated {

using calendar::Day;

struct Field {
  std::string name;
  std::string type;  // `number`, `money`, `date`, `duration`, `text`, `yes/no`, or a kind
  bool list = false;
  bool optional = true;
};

struct EventType {
  std::string name;
  std::vector<std::string> subjects;  // kinds
  std::vector<Field> fields;
  std::string unrecorded;  // `not recorded …` or empty
  bool built_in = false;   // declared by the language itself
};

struct Fact {
  std::string name;
  std::string kind;  // empty: one fact for the whole agreement
  std::string holds;
};

struct Set {
  std::string name;
  std::string kind;
  std::string members;
};

// What an event type is asked for.
struct Wanted {
  std::string subject;  // a kind that it must be of; `-`: none at all
  std::string type;     // of a field that it must have
  bool list = false;
  std::string field;  // the name of that field
};

class Words {
 public:
  Words(Dice& dice, Day first, Day last);

  Dice& dice;
  const Day first, last;  // of the term; without an end, `last` is as far as histories go
  bool endless = false;

  std::deque<EventType> events;
  std::deque<Fact> facts;

  EventType& event(const Wanted& wanted = {});
  // The field of that type, new where there is none.
  const Field& field(EventType& event, std::string_view type, bool list);
  // Gives the event that very field, where it has not got it.
  static void event_field(EventType& event, const std::string& type, const std::string& name);
  const Fact& fact(const std::string& kind);
  // A name for several members of the kind, at least two of them.
  const std::string& set(const std::string& kind);
  // Histories have extensions of the term, or measurements, from now on.
  void extended();
  void measured(const std::string& measure);

  [[nodiscard]] const std::vector<std::string>& members(std::string_view kind) const;
  std::string member(std::string_view kind) { return dice.of(members(kind)); }
  // `N` different ones as `A, B, C`.
  std::string several(std::string_view kind, int least);

  // A day near something: an end of the term, of a month, a leap day, a change of the clocks.
  Day day();
  Day day_in_term();
  std::string date() { return calendar::iso(day_in_term()); }
  // Without `hours`, and without working days unless said.
  std::string duration(bool working_days = true);

  // All blocks that declare what has been asked for.
  [[nodiscard]] std::string declared() const;

 private:
  std::vector<std::string> measures_;
  std::deque<Set> sets_;

  [[nodiscard]] static bool fits(const EventType& event, const Wanted& wanted);
  void add_field(EventType& event, const Wanted& wanted);
};

// Kinds whose members can be named: all but `place`, of which members appear in events as well.
extern const std::vector<std::string> kinds;
// Types of single fields, kinds included.
extern const std::vector<std::string> field_types;

[[nodiscard]] std::string plural(std::string_view kind);

// The parts in a row. They are thrown for from left to right on every compiler, which those of a sum are not.
[[nodiscard]] std::string say(std::initializer_list<std::string> parts);

}  // namespace samrad::generated
