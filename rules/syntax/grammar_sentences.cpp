// Sentences: what a clause demands. shape.h has told which of the forms it is, so each is read without turning back.
#include "rules/syntax/grammar.h"
#include "rules/syntax/shape.h"

namespace samrad::rules::grammar {
namespace {

const auto comma = w(",");
const auto every = w("every") | w("each");
const auto must = w("must");
constexpr IsShape is_shape(Shape shape) { return IsShape(shape); }
constexpr std::string_view duty = "`at least`, `at most` or `exactly` and a number of times, or `by` a day";

// -- counts and deadlines ------------------------------------------------------------------------------------------------------

const auto once_a = every | w("per") | w("a") | w("an");
const auto happening = node(Node::count)[
    is_shape(Shape::happening) > pattern_as > must > w("happen")
    > as(duty)[(if_(ahead::times) > times
                > (quietly[during_term] | (as("`every` and a period")[once_a] > period))) | (due > becomes(Node::deadline))]];

// -- after and before ------------------------------------------------------------------------------------------------------------

const auto soon = w("as") > w("soon") > w("as") > w("possible") > comma > w("presumed") > w("late") > w("after") > duration;
const auto next = w("next") > (w("one") | pattern);
const auto before_next = w("before") > w("the")
                         > (next | (w("day") > becomes(Node::within_before_next_day) > w("of") > w("the") > next));
const auto within = as("`within` a duration, `on the same day`, `before the next …`, `by the end of the …`, `by` a day or `as soon as possible`")[
    node(Node::within)[w("within") > duration] | node(Node::within_same_day)[w("on") > w("the") > w("same") > w("day")]
    | node(Node::within_before_next)[before_next]
    | node(Node::within_end_of)[w("by") >> w("the") > w("end") > w("of") > (w("the") | w("that")) > plain_period]
    | node(Node::within_by)[w("by") > value] | node(Node::within_soon)[soon]];
const auto response = node(Node::response)[
    w("after") > pattern_as > comma > pattern > must > w("happen") > -within
    >> -node(Node::one_for_all)[quietly[comma] >> w("one") > w("for") > w("all")]];

const auto precedence_limit = as("`at least` or `within` a duration and `before`, or `since the previous one`")[
    node(Node::prec_at_least)[w("at", "least") > duration > w("before")]
    | node(Node::prec_within)[w("within") > duration > w("before")]
    | node(Node::prec_since)[w("since") > w("the") > (w("previous") | w("last")) > -(w("one") | (if_(ahead::previous) > called()))]];
const auto precedence = node(Node::precedence)[
    w("before") > pattern_as > comma > pattern > must > w("have") > w("happened") > *precedence_limit];

// -- every, only, counts -----------------------------------------------------------------------------------------------------------

const auto constraint = node(Node::constraint)[every > pattern_as > must > with_bare_lists[condition]];

const auto field_of = Name("a field", Node::root, true, true) > w("of");
const auto alternation = node(Node::alternation)[
    is_shape(Shape::alternation) > field_of > pattern > must > w("alternate") > w("between") > names];
const auto rotation = node(Node::rotation)[
    is_shape(Shape::rotation) > field_of > pattern > must > w("rotate") > (w("among") | w("between")) > names];

const auto filler = if_(ahead::filler) > AnyWord();
const auto power = node(Node::power)[
    w("only") > names > w("may") > ((w("be") > field_of > pattern) | (-filler > pattern))];

const auto validity = node(Node::validity)[
    is_shape(Shape::validity) > pattern_as > w("counts") > w("only") > w("if") > with_bare_lists[condition]];

const auto limit = as("`while`, `unless`, `before`, `after`, `within` or `in`")[
    node(Node::limit_while)[(w("while") | w("when")) > condition] | node(Node::limit_unless)[w("unless") > condition]
    | node(Node::limit_before)[w("before") > pattern] | node(Node::limit_after)[w("after") > pattern]
    | node(Node::limit_within_after)[w("within") > duration > w("after") > pattern]
    | node(Node::limit_months)[w("in") > node(Node::months)[says("in") > months]]];
const auto prohibition = node(Node::prohibition)[
    is_shape(Shape::prohibition) > pattern_as > must > (w("not") | w("never")) > w("happen") > -limit];

// -- what holds, and the term --------------------------------------------------------------------------------------------------------

const auto subject = node(Node::subject)[called()];
const auto standing = node(Node::standing)[
    is_shape(Shape::standing) > named("a fact") > -(w("of") > subject) > must > w("hold") > -(w("while") > condition)];
const auto attested = node(Node::attested)[
    label > must > w("hold") > -(every > plain_period) > -comma > w("judged") > w("by") > named("a role")];
const auto extension = node(Node::extension)[
    is_shape(Shape::extension) > w("term") > w("may") > w("be") > w("extended") > w("by") > duration
    > -(w("if") > condition)];

// -- the sentence ----------------------------------------------------------------------------------------------------------------------

const auto member = named("a name", Node::v_name);
const auto members = (if_(ahead::members) > named("a set or a parameter", Node::v_name))
                     | node(Node::list)[w("(") > member > *(comma > member) > w(")")];
const auto each_kind = Name("a kind such as `area`", Node::name, true, false);
const auto for_each = node(Node::for_each)[
    w("for") > every > each_kind > -(w("as") > called()) > -(w("in") > members)
    > -node(Node::while_fact)[w("while") > called("a fact")] > comma];

const auto otherwise = node(Node::otherwise)[
    if_(ahead::otherwise) > -comma > w("otherwise")
    > (label | (pattern > must > w("happen") > w("within") > duration))];

const auto core = response | precedence | constraint | power | attested | alternation | rotation | standing | prohibition
                  | validity | extension | happening;
const auto sentence_def = as("a sentence")[
    node(Node::sentence)[((for_each > as("a sentence")[core]) | core) >> -otherwise]];

}  // namespace

SAMRAD_DEFINE(sentence)

}  // namespace samrad::rules::grammar
