// The parts that sentences and conditions share: event patterns, durations, periods with what limits them, numbers of
// times, due days, months, and rows of names.
#include "rules/syntax/grammar.h"
#include "rules/syntax/shape.h"
#include "rules/syntax/words.h"

namespace samrad::rules::grammar {
namespace {

const auto comma = w(",");
const auto every = w("every") | w("each");

// -- rows of names ---------------------------------------------------------------------------------------------------------

// A, B and C: a comma, `and` or `or`, or a comma and one of them.
const auto joint = as("`,` or `and`")[(comma > -(w("and") | w("or"))) | w("and") | w("or")];
const auto more_names = if_(ahead::more_items) | if_([](const Builder& b, Cursor at, Cursor last) {
                          return b.is(at, last, "and") || b.is(at, last, "or");
                        });
const auto names_def = named() >> *(more_names > joint > named());

const auto every_member_def = node(Node::v_every)[every > called("a kind such as `role`") > -(w("of") > named("a party or another name"))];

// -- event patterns ----------------------------------------------------------------------------------------------------------

const auto kind_there = if_([](const Builder& b, Cursor at, Cursor last) { return !ahead::role_is(b, at, last); });
const auto one_subject = as("the name of what it is about")[
    node(Node::subject_same)[w("the") > w("same") > -(kind_there >> called())]
    | node(Node::subject_of)[if_(ahead::subject_of) > named() > w("of") > called()]
    | node(Node::subject)[-w("any") >> called("the name of what it is about")]];
const auto subjects = w("of") > one_subject > *(w("or") > one_subject);
const auto start_subjects = w("of") > one_subject > *((comma | w("or")) > one_subject);

// Each of the prepositions is the field of that name.
struct Preposition : Terminal<Preposition> {
  bool match(Cursor& first, Cursor, Builder& b) const {
    b.text(b.word(first), first);
    ++first;
    return true;
  }
};
const auto of_event = node(Node::v_of)[if_(ahead::field_of) > Name("a name", Node::root, true, true) > w("of") > named()];
const auto role_is = node(Node::role_is)[if_(ahead::role_is) > Preposition() > (of_event | named())];
const auto where = node(Node::where)[(w("where") | w("with")) > condition];
const auto parenthesis = w("(") > condition > w(")");
const auto where_enclosed = node(Node::where)[(w("where") | w("with")) > (parenthesis | condition)];
const auto alias = node(Node::alias)[w("as") > called("a name for this event")];
const auto event_type = called("the name of an event type");

const auto pattern_def = node(Node::pattern)[event_type >> -subjects >> *role_is >> -where];
const auto pattern_as_def = node(Node::pattern)[event_type >> -subjects >> *role_is >> -where >> -alias];
const auto counted_pattern_def = node(Node::pattern)[event_type >> -subjects >> *role_is >> -where_enclosed];
const auto start_pattern_def = node(Node::pattern)[event_type >> -start_subjects >> *role_is >> -where];

// -- durations and periods -----------------------------------------------------------------------------------------------------

const auto count = whole_number | Mapped(words::number, "a number", Node::v_number, false);

const auto working_days = w("working") > says("working_day") > (w("days") | w("day"));
const auto calendar_days = w("calendar") > says("day") > (w("days") | w("day"));
const auto duration_unit =
    as("a unit such as `days`, `working days` or `months`")[
        working_days | calendar_days | Mapped(words::duration_unit, "a unit such as `days` or `months`", Node::root, true)];
const auto parameter = if_(ahead::parameter) > named("a parameter", Node::v_name);
const auto duration_def = as("a duration such as `30 days`")[parameter | node(Node::v_duration)[count > duration_unit]];
const auto day_def = date | parameter;

const auto of_term = node(Node::of_term)[w("of") >> w("the") >> w("term")];
const auto counted_from = node(Node::counted_from)[w("counted", "from") > day];
const auto from = node(Node::from)[w("from") > day];
const auto until = node(Node::until)[w("until") > day];

const auto during_term_def = w("during") > w("the") > w("term");

const auto month_number = Mapped(words::month, "a month such as `July`", Node::v_number, false);

// `June to August` stands for every month from the one to the other, over the turn of the year if need be.
struct SpreadMonths : Terminal<SpreadMonths> {
  bool match(Cursor&, Cursor, Builder& b) const { return b.spread_months(), true; }
};
const auto month_range = month_number > -(w("to") > month_number > SpreadMonths());
const auto months_def = month_range > *(if_(ahead::more_months) > (comma | w("and") | w("or")) > month_range);

const auto month_words = as("`in` or `except` with months such as `July`")[
    node(Node::months)[if_(ahead::not_an_item) >> ((w("in") > says("in")) | (w("except") > says("except"))) > months]];

const auto period_unit = as("a period such as `month`, `half-year` or `2 weeks`")[
    -(count | (w("other") > implied(Node::v_number, "2"))) >> Mapped(words::period_unit, "a period such as `month` or `half-year`", Node::root, true)];
const auto period_def = node(Node::period)[period_unit >> *(of_term | counted_from | month_words | from | until)];
const auto plain_period_def = node(Node::period)[period_unit >> -(of_term | counted_from)];

// -- numbers of times -----------------------------------------------------------------------------------------------------------

const auto more_or_less =
    (w("more", "than") > says("at_most")) | ((w("less", "than") | w("fewer", "than")) > says("at_least"));
const auto bound = (w("at") > ((w("least") > says("at_least")) | (w("most") > says("at_most"))))
                   | (w("exactly") > says("exactly")) | ((w("no") | w("not")) > more_or_less);
const auto how_often = as("a number of times such as `once` or `2 times`")[
    (w("once") > implied(Node::v_number, "1")) | (w("twice") > implied(Node::v_number, "2"))
    | ((parameter | count) > (w("times") | w("time")))];
const auto times_def = node(Node::times)[bound > how_often];

// -- due days ---------------------------------------------------------------------------------------------------------------------

const auto ordinal = -(quietly[Mapped(words::ordinal_ending, "", Node::root, false)]);
const auto day_number = whole_number >> ordinal;
// `January 31`: the day comes first in the tree.
struct SwapLast : Terminal<SwapLast> {
  bool match(Cursor&, Cursor, Builder& b) const { return b.swap_last(), true; }
};
const auto month_day = as("a day of the year such as `31 January`")[
    node(Node::month_day)[(day_number > month_number) | (month_number > day_number > SwapLast())]];
const auto yearly = node(Node::due_yearly)[if_(ahead::month_day) > month_day
                                           > *((comma | w("and")) > month_day) > every > w("year")];

const auto last_day = (w("last", "day") > w("of")) | (w("end") > w("of"));
const auto every_period = every > plain_period;
const auto monthly = -w("of") > every > w("month");
const auto day_of_month = (w("day") > whole_number) | (day_number > -w("day"));
const auto last_of_term = node(Node::due_before_expiry)[(w("end") | w("last", "day")) >> w("of") >> w("the") >> w("term")];
const auto due_after_the = last_of_term | node(Node::due_last_day)[last_day > every_period]
                           | node(Node::due_monthly)[day_of_month > monthly];
const auto due_by_day = node(Node::due_monthly)[w("day") > whole_number > monthly];

const auto after_what = w("after") > ((w("the") > w("end") > w("of") > becomes(Node::due_after_end) > every_period)
                                      | (w("start") > becomes(Node::due_after_start)));
const auto before_expiry = w("before") > w("expiry") > becomes(Node::due_before_expiry);
const auto relative = node(Node::due_after_start)[if_(ahead::relative) > duration > (before_expiry | after_what)];

const auto by_what = as("a day: `31 January every year`, a date, `the last day of every month`, `6 months before expiry`")[
    relative | node(Node::due_date)[day] | yearly | (w("the") > due_after_the) | due_by_day];
const auto due_def = (w("by") > by_what) | node(Node::due_after_start)[w("within") > duration > after_what]
                     | node(Node::due_before_expiry)[w("at", "least") > duration > w("before") > w("expiry")];

}  // namespace

SAMRAD_DEFINE(every_member)
SAMRAD_DEFINE(names)
SAMRAD_DEFINE(pattern)
SAMRAD_DEFINE(pattern_as)
SAMRAD_DEFINE(counted_pattern)
SAMRAD_DEFINE(start_pattern)
SAMRAD_DEFINE(duration)
SAMRAD_DEFINE(day)
SAMRAD_DEFINE(period)
SAMRAD_DEFINE(plain_period)
SAMRAD_DEFINE(months)
SAMRAD_DEFINE(during_term)
SAMRAD_DEFINE(times)
SAMRAD_DEFINE(due)

}  // namespace samrad::rules::grammar
