// The compiled agreement: the contract between the compiler, which makes it, and the engine, which runs it.
//
// Everything is a row in a flat table and refers to other rows by index; names and texts are symbols. Gone since the
// tree: names that could be unknown, types that could clash, sugar, templates of `for each` over closed kinds (one rule a
// member), the several texts of an amended agreement (one rule an interval). Guaranteed: every index is in range,
// every expression is well typed and leaves exactly one value, every duration and number fits its type, no rule refers
// to itself through `otherwise` or `overrides`.
//
// A Program is a value. It may be read by any number of threads once made.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/calendar/date.h"
#include "rules/calendar/duration.h"
#include "rules/calendar/holidays.h"
#include "rules/calendar/period.h"
#include "rules/calendar/shift.h"

namespace samrad::program {

using calendar::Day;
using calendar::Duration;

using Symbol = std::uint32_t;  // index into Program::symbols; 0 is the empty text
using Index = std::uint32_t;   // row of a table
inline constexpr Index none = 0xFFFFFFFFU;

// A run of rows in a table named at the member.
struct Range {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  auto operator<=>(const Range&) const = default;
};

// ---- values ---------------------------------------------------------------------------------------------------------

// What a value can be. `absent` is a field nobody filled in, or a parameter that an agreement leaves out: it makes a condition unknown.
enum class ValueKind : std::uint8_t { absent, yes_no, number, money, date, duration, text, member, list };

// A value of a field or a constant.
//   yes_no    a is 0 or 1
//   number    the fraction a / b in lowest terms, b > 0 (exact: a third is a third)
//   money     a / b in the currency `symbol`
//   date      a is a Day
//   duration  a of the unit b (calendar::Unit)
//   text      `symbol`;  member: `symbol` is the member's name
//   list      a is the first, b the number of entries in the event's list pool (symbols, texts or members alike)
struct Value {
  ValueKind kind = ValueKind::absent;
  Symbol symbol = 0;
  std::int64_t a = 0;
  std::int64_t b = 1;
  auto operator<=>(const Value&) const = default;
};

// ---- vocabulary -----------------------------------------------------------------------------------------------------

// party, role, forum, document, measure, and those declared with `kind`.
struct Kind {
  Symbol name = 0;
  Symbol label = 0;
  bool open = false;  // members appear in events
};

struct Member {
  Symbol name = 0;
  Symbol label = 0;
  Index kind = none;
  Symbol of = 0;         // `of`: the party of a role, …; 0: none
  Symbol deputy_of = 0;  // the member whose turn it takes; 0: none
  Index parameter = none;  // template: the parameter that names it; a list has one row for all, and `NAME#` is the one at hand
};

// What a template leaves open and each agreement made of it fills in (docs/language.md §11, bind.h). A Program with parameters
// is a template: nothing runs it before it is bound, and a bound Program has none.
struct Parameter {
  Symbol name = 0;
  Symbol label = 0;
  ValueKind type = ValueKind::text;  // yes_no, number, money, date, duration, text or member
  bool list = false;                 // members only: `list of KIND`
  bool optional = false;             // may be left out: what speaks of it does not apply, and in a condition it is unknown
  Index kind = none;                 // members
  Index fallback = none;             // Program::constants: what holds where the agreement says nothing
};

struct Field {
  Symbol name = 0;
  Symbol label = 0;
  ValueKind type = ValueKind::text;  // of the entries where `list`; never absent or list
  bool list = false;
  bool required = true;
  Index kind = none;  // for members
};

// The four built-in types act on the record itself or on occurrences; `extension` acts on the term.
enum class Builtin : std::uint8_t { ordinary, correction, withdrawal, waiver, assessment, extension };

struct EventType {
  Symbol name = 0;
  Symbol label = 0;
  Range subject_kinds;  // in Program::indices (kinds); count 0: no subject
  Range fields;         // in Program::fields
  Day recorded_from = calendar::day_min;  // absence proves nothing before this day; day_max: never recorded
  Builtin builtin = Builtin::ordinary;
};

// ---- expressions ------------------------------------------------------------------------------------------------------

// Postfix code over a stack of values and truth values. `frame` 0 is the event looked at, 1 the event the sentence began
// with (`as x`; the same event where there is only one). Every Op carries the source words it came from in `text`, so
// that a finding can quote the condition that failed.
enum class Code : std::uint8_t {
  // push a value
  constant,     // a: row of Program::constants
  field,        // a: frame, b: slot (position in the event type's fields)
  subject,      // a: frame
  event_day,    // a: frame
  event_id,     // a: frame; a text
  key,          // the member that a dynamic `for each` stands for
  expiry,       // last day of the term as it stands
  start,        // first day of the term
  parameter,    // template: a: row of Program::parameters (no member); b: 1 whether the agreement says it, a yes_no
  // values to value
  add, subtract, multiply, divide, negate, days_between,
  count_list,   // pops a list; pushes how many entries it has
  count_in,     // pops `a` values (top) then a list; pushes how many entries of the list are among them
  share_in,     // the same as a share of the list; an empty list gives unknown
  aggregate,    // a: row of Program::aggregates; pushes a number
  // values to truth
  equal, not_equal, less, less_equal, greater, greater_equal,
  includes,     // pops b members (top) then a list or single value; a: Inclusion
  one_of,       // pops b values (top) then a value
  present,      // a: frame, b: slot
  truth,        // pops a yes_no value
  holds,        // a: row of Program::facts, b: 1 pops the key first
  happened,     // a: row of Program::aggregates; true when its count is at least one
  // truth to truth
  logical_and, logical_or, logical_not,
};

// `including …`. at_least_n: n in the high bits of Op::a (a >> 8).
enum class Inclusion : std::uint8_t { one, all, any, no, only, at_least_n };

struct Op {
  Code code = Code::constant;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  Symbol text = 0;
};

// A run of Program::code; count 0 means "always true" where a condition is expected.
using Expression = Range;

// Which past events a count looks at, relative to the event being judged (or the due day).
enum class Reach : std::uint8_t {
  ever,
  last,             // within `duration` back, that day included
  since_date,       // on or after `day`
  since_start,      // of the term
  since_last,       // after the last event that matches `since`
  same_period,      // of `period`
  before_date,      // before `day`
  at_least_before,  // at least `duration` before the anchor
  within_before,    // within `duration` before the anchor
};
enum class Anchor : std::uint8_t { this_day, expiry, start, date };

// An event pattern: `EVENT of SUBJECT … where COND`.
struct Pattern {
  Index type = none;
  Range subjects;       // symbols (Program::symbol_lists); count 0: any, or decided by `condition`
  Expression condition; // frame 0 the candidate, frame 1 the event of the sentence
  Symbol text = 0;      // as written, for explanations
};

enum class Measure : std::uint8_t { count, share, sum, in_a_row };

// A count over past events. The event being judged counts too where it matches.
struct Aggregate {
  Measure measure = Measure::count;
  Index pattern = none;     // Program::patterns
  Reach reach = Reach::ever;
  Anchor anchor = Anchor::this_day;
  Duration duration{};
  Day day{};                // since_date, before_date, or the anchor's date
  calendar::Period period{};
  Index since = none;       // pattern
  Expression that;          // share: the part counted; in_a_row: the condition (frame 0 the past event)
  std::uint32_t slot = 0;   // sum: the field
  Index duration_from = none;  // parameters: these give `duration` and `day` (same_period: the anchor of `period`)
  Index day_from = none;
};

// A state of affairs that events begin and end; one for each key where `kind` is set.
struct Fact {
  Symbol name = 0;
  Symbol label = 0;
  Index kind = none;
  bool from_start = false;
  Index begins = none;      // pattern; none only with from_start
  Index ends = none;        // pattern; none: never, or by `lasting`
  Duration lasting{};       // count 0: no limit
  Index lasting_from = none;  // the parameter that gives `lasting`
  // Where the key is in each event: slot number, or subject_slot.
  std::uint32_t begins_key = 0;
  std::uint32_t ends_key = 0;
};
inline constexpr std::uint32_t subject_slot = 0xFFFFFFFEU;

// ---- rules -------------------------------------------------------------------------------------------------------------

enum class Severity : std::uint8_t { note, warning, error };

// What a rule demands; docs/language.md §3 says what each means.
enum class Form : std::uint8_t {
  count, deadline, response, precedence, constraint, alternation, rotation, validity, prohibition, power, standing,
  attested, extension,
  step,  // one step of a procedure: a response to the step before
};

enum class Quantity : std::uint8_t { at_least, at_most, exactly };

enum class DueKind : std::uint8_t { yearly, monthly, last_day, after_end, date, before_expiry, after_start };

struct MonthDay {
  std::uint8_t month = 1;
  std::uint8_t day = 1;
};

struct Due {
  DueKind kind = DueKind::date;
  Range month_days;          // yearly: Program::month_days, in calendar order
  std::uint8_t day_of_month = 0;  // monthly (31 means the last day of a shorter month)
  calendar::Period period{}; // last_day, after_end
  Duration duration{};       // after_end, before_expiry, after_start
  Day date{};
};

// When the answer of a response or step must have come.
enum class Within : std::uint8_t {
  unlimited,
  duration,
  same_day,
  before_next,      // the next event of pattern `next`, in order of time
  before_next_day,  // the day of it
  end_of_period,
  soon,             // as soon as possible, presumed late after `duration`
  date,             // the day that `until_day` gives, asked of the event of the sentence: `by FIELD of x`
};

enum class Limit : std::uint8_t { always, whenever, unless, before, after, within_after, months };

// The members of a Rule that a parameter may give; period_anchor of a deadline: that of `due`.
enum class Place : std::uint8_t {
  from, to, starts, ends, times, period_anchor, due_date, due_duration, duration, prec_at_least_duration, prec_within_duration,
};

// `parameter` gives what stands at `place`; what the Rule itself has there means nothing until the template is bound (bind.h).
struct Filling {
  Place place = Place::from;
  Index parameter = none;
};

// What becomes of what is open when the text changes.
enum class Tail : std::uint8_t { finish, lapse };

// One rule: a clause under one reading, for one member of a closed `for each`, in one interval of the text.
struct Rule {
  // -- what it is called and to whom it belongs
  Symbol clause = 0;        // `moten`; for a step the procedure's name
  Symbol step = 0;          // steps: `beslutad`
  Symbol key = 0;           // closed `for each`: the member
  Symbol title = 0;         // label, or 0
  Symbol source = 0;        // `§5 st 3`, or 0
  Symbol sentence = 0;      // the sentence as written, white space folded
  Range owners;             // symbol_lists
  Range warnings;           // durations, longest first
  Severity severity = Severity::error;
  Symbol reading = 0;       // name of the reading this rule belongs to; 0: the clause has none
  Symbol reading_label = 0;
  bool reading_default = true;
  Index ambiguity = none;        // the ambiguity that this reading answers

  // -- when it applies
  Day from = calendar::day_min;  // the text's and the clause's own interval, both days included
  Day to = calendar::day_max;
  Tail tail = Tail::finish;      // at `to`, when an amendment and not the term ends it
  bool amended = false;          // `to` is the eve of an amendment
  bool amends = false;           // `from` is the day of one
  calendar::PartPolicy parts = calendar::PartPolicy::not_assessed;
  calendar::Shift shift = calendar::Shift::none;
  Expression exception;          // count 0: none
  Range overridden_by;           // indices (rules): where one of them applies, this one does not
  Range override_conditions;     // override_conditions[i] in Program::expressions, parallel to overridden_by
  Index instances = none;        // open `for each`: the fact during which a member's rule applies
  Index instances_of = none;     // template: the list for each member of which the rule stands; `key` names the one at hand
  Range fillings;                // template: Program::fillings
  Range needs;                   // template: indices (optional parameters); without one of them the rule does not apply

  // -- who judges
  Symbol judged_by = 0;
  Range waived_by;               // symbol_lists; count 0: anyone

  // -- what it demands
  Form form = Form::count;
  Index pattern = none;          // P
  Index answer = none;           // Q
  Index next = none;             // R of before_next…; the pattern of limit before/after/within_after
  Quantity quantity = Quantity::at_least;
  std::uint32_t times = 1;
  calendar::Period period{};
  bool has_period = false;       // count, attested: one a window, else one for the term
  bool period_of_term = false;   // period.anchor is the term's first day (State::term_first, where agreements share a Program)
  Day starts = calendar::day_min;  // count: `from DATE` of the sentence; the window that holds it is the first, and asked in full
  Day ends = calendar::day_max;    // count: `until DATE`
  Due due{};
  Within within = Within::unlimited;
  bool one_for_all = false;      // response: an answer meets every occurrence that waits for it, not only the oldest
  Expression until_day;          // within date: a date, frame 1 the event of the sentence
  Duration duration{};           // within, soon, limit within_after, extension
  bool of_start = false;         // step: counted from the start event, not from the step before
  bool prec_at_least = false;
  Duration prec_at_least_duration{};
  bool prec_within = false;
  Duration prec_within_duration{};
  bool prec_since_previous = false;
  Limit limit = Limit::always;
  calendar::Months months{};     // limit months
  Expression condition;          // constraint, validity, prohibition (while/unless), standing (while), extension (if)
  Range members;                 // symbol_lists: alternation, rotation, power
  std::uint32_t slot = 0;        // alternation, rotation, power: the field
  Index fact = none;             // standing
  Symbol fact_key = 0;           // standing: `FACT of X`; 0: unkeyed, or the dynamic key
  Symbol attests = 0;            // attested: the text
  Index procedure = none;        // step
  std::uint32_t step_number = 0; // 0 for the first
  // extension: the dated condition that gives the due day (`Q happened at least D before expiry`), earliest first
  Range dated;                   // indices (aggregates)
  Index otherwise = none;        // a rule of form response without pattern: what a breach opens
  Symbol otherwise_text = 0;
  bool is_otherwise = false;     // opened by a breach only
};

struct Procedure {
  Symbol name = 0;
  Symbol title = 0;
  Index starts = none;  // pattern
  Range steps;          // indices (rules) in order, validity steps left out
};

struct Registration {
  Symbol number = 0;
  Symbol party = 0;
  Index number_from = none;  // the parameter (a text) that gives `number`
};

struct MeasureRow {
  Symbol name = 0, label = 0, unit = 0, source = 0;
  Range baselines;  // constants: value, year, value, year …
};

// Words of the agreement that can be taken in more than one way.
struct Ambiguity {
  Symbol name = 0;
  Symbol title = 0;
  Symbol source = 0;
  Symbol settled = 0;  // what holds here and why; 0: nothing said
};

// A version of the text.
struct Version {
  Day in_force{};
  Tail open_occurrences = Tail::finish;
  std::array<std::uint8_t, 32> source_hash{};  // SHA-256 of the canonical (formatted) text
};

struct Program {
  // -- pools
  std::vector<std::string> symbols{std::string()};
  std::vector<Symbol> symbol_lists;
  std::vector<Index> indices;
  std::vector<Value> constants;
  std::vector<Op> code;
  std::vector<Expression> expressions;
  std::vector<Duration> durations;
  std::vector<MonthDay> month_days;

  // -- the agreement
  Symbol name = 0;
  Symbol title = 0;
  Symbol timezone = 0;
  std::vector<Registration> registrations;
  Day term_first{};
  Day term_last = calendar::day_max;  // day_max: until further notice
  Index term_first_from = none;       // parameters (dates) that give them; a last day that is left out: until further notice
  Index term_last_from = none;
  calendar::Holidays holidays = calendar::Holidays::sweden;
  calendar::Language language = calendar::Language::sv;  // of the labels
  std::vector<Version> versions;      // at least one, by in_force

  // -- vocabulary and rules
  std::vector<Kind> kinds;
  std::vector<Member> members;
  std::vector<EventType> event_types;
  std::vector<Field> fields;
  std::vector<Pattern> patterns;
  std::vector<Aggregate> aggregates;
  std::vector<Fact> facts;
  std::vector<MeasureRow> measures;
  std::vector<Parameter> parameters;
  std::vector<Filling> fillings;
  std::vector<Ambiguity> ambiguities;
  std::vector<Procedure> procedures;
  std::vector<Rule> rules;            // in the order of the text

  [[nodiscard]] std::string_view text(Symbol s) const { return symbols[s]; }
};

// Canonical bytes: the same Program gives the same bytes on every machine; two Programs with equal bytes behave alike.
[[nodiscard]] std::vector<std::uint8_t> encode(const Program&);

// SHA-256 (FIPS 180-4) of encode(program).
[[nodiscard]] std::array<std::uint8_t, 32> hash(const Program&);

// The Program without the rules of readings that are not chosen. `choices` names clause and reading, or an ambiguity and a
// reading of it: then every clause with such a reading takes it, unless the clause itself is named. A clause not named keeps
// its default. False, with `program` untouched, when a name is unknown; `unknown` then names it.
struct Choice {
  std::string clause;  // or ambiguity
  std::string reading;
};
[[nodiscard]] bool choose_readings(Program& program, std::span<const Choice> choices, std::string& unknown);

}  // namespace samrad::program
