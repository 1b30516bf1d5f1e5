// Blocks and their items. Each item, field, step and sentence begins a line; the keyword that begins the block is on the
// first column, which the splitting into blocks has seen to.
#include "rules/syntax/grammar.h"
#include "rules/syntax/shape.h"
#include "rules/syntax/words.h"

namespace samrad::rules::grammar {
namespace {

const auto comma = w(",");
const auto new_line = if_(ahead::item_start, "a new item on a line of its own");

// -- items that several blocks share --------------------------------------------------------------------------------------------

const auto source = node(Node::item_source)[w("source") > Quoted()];
const auto owner = node(Node::item_owner)[w("owner") > names];
const auto before_due = w("before") > -(w("the") > w("due") > w("day"));
const auto warn = node(Node::item_warn)[w("warn") > duration > *((comma | w("and")) > duration) > before_due];
const auto severity = node(Node::item_severity)[
    w("severity") > ((w("error") > says("error")) | (w("warning") > says("warning")) | (w("note") > says("note")))];

const auto until = node(Node::item_until)[w("until") > day];
const auto in_force = node(Node::item_in_force)[
    w("in") > w("force") > ((w("from") > day) | (w("until") > becomes(Node::item_until) > day))] >> -until;

const auto rounding = (w("up") > says("pro_rata_up")) | (w("down") > says("pro_rata_down"))
                      | (w("nearest") > says("pro_rata_nearest"));
const auto part_periods = node(Node::item_part_periods)[
    w("part") > w("periods")
    > ((w("not") > w("assessed") > says("not_assessed")) | (w("in") > w("full") > says("in_full"))
       | (w("pro") > w("rata") > rounding))];
const auto move = w("move") > ((w("following") > says("following")) | (w("preceding") > says("preceding"))
                               | (w("modified") > w("following") > says("modified_following")));
const auto due_days = node(Node::item_due_days)[w("due") > w("days") > ((w("stay") > says("none")) | move)];

const auto judged_by = node(Node::item_judged_by)[w("judged") > w("by") > named("a role")];
const auto waived_by = node(Node::item_waived_by)[w("may") > w("be") > w("waived") > w("by") > names];
const auto except = node(Node::item_except)[w("except") > (w("while") | w("when")) > condition];
const auto overrides = node(Node::item_overrides)[w("overrides") > called("the name of a clause")
                                                  > -((w("while") | w("when")) > condition)];

const auto clause_item = source | owner | warn | severity | in_force | until | part_periods | due_days | judged_by
                         | waived_by | except | overrides;

// -- agreement or template, use, kind --------------------------------------------------------------------------------------------------------

const auto registered = node(Node::item_registered)[
    w("registered") > ((if_(ahead::parameter) > named("a parameter", Node::v_name)) | Quoted()) > w("by") > named("a party")];
const auto timezone = node(Node::item_timezone)[w("timezone") > Zone()];
const auto term = node(Node::item_term)[
    w("term") > ((w("from") > day > -((w("to") | w("until")) > day)) | (day > (w("to") | w("until")) > day))];
const auto open = node(Node::item_open_occurrences)[
    w("open") > w("occurrences") > ((w("continue") > says("continue")) | (w("lapse") > says("lapse")))];
const auto weekends = w("weekends") > w("only") > says("weekends_only");
const auto holidays = node(Node::item_holidays)[
    (w("holidays") > ((w("sweden") > says("sweden")) | weekends)) | weekends];

const auto language = node(Node::item_language)[
    w("language") > ((w("swedish") > says("swedish")) | (w("english") > says("english")))];

const auto agreement_item = as("an item such as `term`, `timezone` or `registered`")[
    registered | timezone | term | in_force | open | part_periods | holidays | language | due_days];
const auto agreement = node(Node::agreement)[
    (w("agreement") > called("a name for the agreement") > -label > *(new_line > agreement_item))
    | (w("template") > called("a name for the template") > -label > implied(Node::is_template) > *(new_line > agreement_item))];

const auto use = node(Node::use)[w("use") > Quoted()];

const auto open_kind = node(Node::open_kind)[w("members") > w("appear") > w("in") > w("events")];
const auto kind = node(Node::kind)[
    w("kind") > called("a name for the kind") > -label > -(new_line > as("`members appear in events`")[open_kind])];

// -- members of kinds --------------------------------------------------------------------------------------------------------------

const auto deputy = node(Node::deputy)[w("deputy") > w("of") > called("a role")];
// What a member belongs to: a role to its party, a forum to its area; any member of another kind.
const auto of_whom = as("`of`")[w("of") > named("a party or another name")];
const auto entity = node(Node::entity)[
    KindWord() > called("a name") > *(of_whom | as("`deputy of`")[deputy] | label)];

// -- event types -------------------------------------------------------------------------------------------------------------------

const auto yes_no = node(Node::name)[w("yes") > w("/") > w("no") > says("yes/no")];
const auto list_of = (w("list") >> w("of")) > named("a kind such as `role`") > implied(Node::list_of);
const auto type = as("a type such as `text`, `date`, `role` or `yes/no`")[
    yes_no | list_of | named("a type such as `text`, `date`, `role` or `yes/no`")];
const auto field = node(Node::field)[
    Name("the name of a field", Node::root, true, true) > if_(ahead::same_line, "a type such as `text`, `date`, `role` or `yes/no`")
    > type > *(as("`optional`")[node(Node::optional)[w("optional")]] | label)];
const auto not_recorded = node(Node::not_recorded)[w("not") > w("recorded") > -(w("before") > date)];
const auto kinds = w("of") > -w("any") > named("a kind") > *((comma | w("or")) > named("a kind"));
const auto event = node(Node::event)[
    w("event") > called("a name for the event type") > *(as("`of`")[kinds] | label)
    > *(new_line > (not_recorded | as("a field: its name and its type")[field]))];

// -- parameters of a template -------------------------------------------------------------------------------------------------------

const auto value = as("a value such as `2`, `90 days`, `2016-06-01` or `yes`")[
    (if_(ahead::percent) > Amount(Node::v_percent)) | (if_(ahead::money) > Amount(Node::v_money)) | (if_(ahead::duration) > duration)
    | number | (if_(ahead::number_word) > Mapped(words::number, "a number", Node::v_number, false)) | date
    | Leaf(TokenKind::text, Node::v_text, "a text") | (w("yes") > implied(Node::v_yes)) | (w("no") > implied(Node::v_no))
    | named("a value", Node::v_name)];
const auto default_value = node(Node::default_value)[w("default") > value];
const auto same_line_type = if_(ahead::same_line, "a type such as `date`, `number`, `party` or `list of forum`");
const auto parameter = node(Node::parameter)[
    w("parameter") > called("a name for the parameter") > same_line_type > type
    > *(as("`of`")[w("of") > named("a party or another name")] | as("`optional`")[node(Node::optional)[w("optional")]] | label
        | as("`default`")[default_value])];

// -- facts and measures ------------------------------------------------------------------------------------------------------------

const auto pattern_key = node(Node::pattern_key)[pattern > -(w("per") > Name("a field", Node::name, false, true))];
const auto from_start = node(Node::from_start)[w("start")];
const auto holds = node(Node::holds)[
    w("holds") > w("from") > (from_start | pattern_key)
    > -((w("until") > pattern_key) | (w("for") > duration))];
const auto fact = node(Node::fact)[
    w("fact") > called("a name for the fact") > *(as("`of`")[w("of") > named("a kind")] | label)
    > *(new_line > as("`holds from` an event or `start`")[holds])];

const auto unit = node(Node::item_unit)[w("unit") > Quoted()];
const auto baseline = node(Node::item_baseline)[w("baseline") > number > w("in") > whole_number];
const auto target = node(Node::item_target)[
    w("target") > as("`at least` or `at most`")[w("at") > ((w("least") > says("at_least")) | (w("most") > says("at_most")))]
    > number];
const auto measured = node(Node::measured)[
    w("must") > w("be") > w("measured")
    > ((w("once") > during_term) | (-times > (during_term | ((w("every") | w("each") | w("per") | w("a")) > period))))];
const auto measure = node(Node::measure)[
    w("measure") > called("a name for the measure") > -label
    > *(new_line > as("an item such as `unit`, `target` or `must be measured`")[
                       unit | baseline | target | measured | source | owner | warn | severity | in_force | until
                       | part_periods | due_days | judged_by | waived_by])];

// -- clauses and procedures ----------------------------------------------------------------------------------------------------------

const auto heading = if_(ahead::heading, "a text in double quotes") > label;
const auto default_reading = node(Node::default_reading)[w("default")];
const auto reading = node(Node::reading)[
    w("reading") > called("a name for the reading") > -as("`of`")[w("of") > named("the name of an ambiguity")] > *(heading | as("`default`")[default_reading])
    > *(part_periods | due_days) > sentence];
const auto clause = node(Node::clause)[
    w("clause") > called("a name for the clause") > -heading
    > *(new_line > (as("an item such as `source` or `owner`")[clause_item | reading] | sentence))];

const auto set_member = every_member | named("the name of a member", Node::v_name);
const auto set = node(Node::set)[
    w("set") > called("a name for the set") > w("of") > named("a kind") > -label
    > if_(ahead::item_start, "the members, on a line of their own")
    > node(Node::list)[set_member > *(comma > set_member)]];

const auto settled = node(Node::item_settled)[w("settled") > Quoted()];
const auto ambiguity = node(Node::ambiguity)[
    w("ambiguity") > called("a name for the ambiguity") > -heading
    > *(new_line > as("an item such as `source` or `settled`")[source | settled])];

const auto starts = node(Node::starts)[w("starts") > w("with") > start_pattern];
const auto of_start = (w("of") | w("from") | w("after")) > -w("the") > w("start") > says("start");
const auto step_within = node(Node::step_within)[w("within") > duration > -of_start];
const auto counts_if = node(Node::counts_if)[w("counts") > w("only") > w("if") > with_bare_lists[condition]];
const auto step = node(Node::step)[
    w("step") > called("a name for the step") > -label > pattern > -(counts_if | step_within)];
const auto procedure = node(Node::procedure)[
    w("procedure") > called("a name for the procedure") > -label
    > *(new_line > as("`starts with`, `step` or an item such as `source`")[starts | step | clause_item])];

const auto block_def = (agreement | use | kind | event | fact | measure | parameter | ambiguity | set | clause | procedure | entity) > end_of_block;

}  // namespace

SAMRAD_DEFINE(block)

}  // namespace samrad::rules::grammar
