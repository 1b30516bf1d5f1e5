// Conditions and values, which are one grammar: `(a + b) > 2` and `(a or b) and c` begin alike, and only the checker
// knows which name is a number. Loosest first: or, and, not, comparison, sum, product, minus, primary.
#include "rules/syntax/grammar.h"
#include "rules/syntax/shape.h"
#include "rules/syntax/words.h"

namespace samrad::rules::grammar {
namespace {

struct SumId;
constexpr x3::rule<SumId> sum{"sum"};
BOOST_SPIRIT_DECLARE(x3::rule<SumId>)

struct PrimaryId;
constexpr x3::rule<PrimaryId> primary{"primary"};
BOOST_SPIRIT_DECLARE(x3::rule<PrimaryId>)

struct RangeId;
constexpr x3::rule<RangeId> range{"range"};
BOOST_SPIRIT_DECLARE(x3::rule<RangeId>)

struct CountingId;
constexpr x3::rule<CountingId> counting{"counting"};
BOOST_SPIRIT_DECLARE(x3::rule<CountingId>)

const auto comma = w(",");

// -- lists -------------------------------------------------------------------------------------------------------------------

const auto entry = every_member | sum;
const auto parenthesised = w("(") > entry > *(comma > entry) > w(")");
const auto bare = BareLists() > entry > *(if_(ahead::more_items) > comma > entry);
const auto set = if_(ahead::set) > named("a set", Node::v_name);
const auto list = as("a list in parentheses: `(A, B)`")[node(Node::list)[parenthesised | bare | set]];
const auto single = node(Node::list)[sum];

// -- history -----------------------------------------------------------------------------------------------------------------

const auto anchor = as("`expiry`, `start`, `day` or a date")[
    date | (if_(ahead::anchor) > named("a name", Node::v_name))];

const auto last_of = w("in") | w("during") | w("over") | w("within");
const auto range_def = as("a stretch of time such as `in the last 12 months`")[
    node(Node::range_last)[last_of >> w("the") >> (w("last") | w("past")) > duration]
    | node(Node::range_same_period)[w("in") >> w("the") >> w("same") > plain_period]
    | (w("since") > (node(Node::range_since_date)[day] | node(Node::range_since_start)[w("start")]
                     | node(Node::range_since_last)[w("the") > (w("last") | w("previous")) > counted_pattern]))
    | node(Node::range_before_date)[w("before") > day]
    | node(Node::range_at_least_before)[w("at", "least") > duration > w("before") > anchor]
    | node(Node::range_within_before)[w("within") > duration > w("before") > anchor]];

const auto in_parentheses = w("(") > condition > w(")");
const auto that_are = w("that") > -(w("are") | w("have") | w("were") | w("had")) > in_parentheses;
const auto in_a_row = w("in") >> w("a") > w("row") > becomes(Node::v_in_a_row) > -((w("where") | w("with")) > (in_parentheses | condition));

const auto number_of =
    (if_(ahead::event_set) > becomes(Node::v_count_events) > counted_pattern > -(in_a_row | range))
    | (Name("an event or a field", Node::v_name, false, true) > -(w("in") > list));
const auto share_of =
    (if_(ahead::field_share) > becomes(Node::v_share_of) > Name("a field", Node::v_name, false, true) > w("in") > list)
    | (counted_pattern > -range > that_are);

const auto counting_def =
    node(Node::v_number_of)[w("number", "of") > number_of]
    | node(Node::v_share_events)[w("share", "of") > share_of]
    | node(Node::v_sum_events)[w("sum", "of") > called("a field") > w("of") > counted_pattern > -range];

// -- primaries ---------------------------------------------------------------------------------------------------------------

const auto amount =
    (if_(ahead::percent) > Amount(Node::v_percent)) | (if_(ahead::money) > Amount(Node::v_money))
    | (if_(ahead::duration) > duration) | number
    | (if_(ahead::number_word) > Mapped(words::number, "a number", Node::v_number, false));

const auto happened =
    node(Node::c_happened)[if_(ahead::no_happened) > w("no") > says("no") > pattern > w("happened") > -range]
    | node(Node::c_happened)[if_(ahead::happened) > pattern > w("happened") > -range];

const auto reference =
    node(Node::v_of)[if_(ahead::field_of) > Name("a name", Node::root, true, true) > w("of") > named()]
    | Name("a name", Node::v_name, false, true);

const auto primary_def = as("a value")[
    (w("(") > condition > w(")"))
    | amount
    | date
    | Leaf(TokenKind::text, Node::v_text, "a text")
    | (w("yes") > implied(Node::v_yes))
    | node(Node::v_days_between)[w("days", "from") > sum > w("to") > sum]
    | counting
    | happened
    | (w("no") > implied(Node::v_no))
    | reference];

// -- sums and products ---------------------------------------------------------------------------------------------------------

const auto factor = node(Node::v_negate)[w("-") > primary] | primary;
const auto product = factor >> *(around(Node::v_multiply)[quietly[w("*")] > factor]
                                 | around(Node::v_divide)[quietly[w("/")] > factor]);
const auto sum_def = as("a value")[product >> *(around(Node::v_add)[quietly[w("+")] > product]
                                                | around(Node::v_subtract)[quietly[w("-")] > product])];

// -- comparisons -----------------------------------------------------------------------------------------------------------------

const auto sign = quietly[
    (w("=") > says("=")) | (w("!=") > says("!=")) | (w("<=") > says("<=")) | (w("<") > says("<"))
    | (w(">=") > says(">=")) | (w(">") > says(">"))];

const auto than = w("than");
const auto on_or = w("on") > w("or") > ((w("before") > says("<=")) | (w("after") > says(">=")));
const auto degree =
    (w("at") > ((w("least") > says(">=")) | (w("most") > says("<="))))
    | ((w("more") | w("greater")) > than > says(">")) | ((w("less") | w("fewer")) > than > says("<"))
    | (w("before") > says("<")) | (w("after") > says(">")) | on_or;
const auto one_of = (w("one", "of") | w("in")) > becomes(Node::c_one_of);
const auto is_not = w("not") > ((one_of > says("is_not") > list) | (says("!=") > sum));
const auto is = w("is") > ((one_of > says("is") > list) | is_not | (w("present") > becomes(Node::c_present))
                           | (w("missing") > becomes(Node::c_missing)) | (degree > sum) | (says("=") > sum));

// `at least 2 of (A, B, C)`: the number becomes part of the text.
struct AtLeast : Terminal<AtLeast> {
  bool match(Cursor& first, Cursor last, Builder& b) const {
    std::string number;
    if (first != last && first->kind == TokenKind::number) number = b.word(first);
    if (first != last && first->kind == TokenKind::word) number = words::number(b.word(first)).value_or("");
    if (number.empty() || number.find('.') != std::string::npos) {
      b.expect(first, {"a whole number", false});
      return false;
    }
    b.text("at_least_" + number);
    ++first;
    return true;
  }
};

const auto several =
    (w("all") > -w("of") > says("all")) | (w("any") > -w("of") > says("any")) | (w("none") > -w("of") > says("none"))
    | (w("only") > -w("of") > says("only")) | (w("at", "least") > AtLeast() > w("of"));
const auto including = (w("including") | w("includes") | w("include"))
                       > ((several > list) | (says("one") > single));

const auto compared = as("`is`, `including`, `present` or another comparison")[
    around(Node::c_compare)[sign > sum]
    | around(Node::c_compare)[is]
    | around(Node::c_including)[including]
    | around(Node::c_one_of)[(quietly[w("in")] >> &(w("(") | if_(ahead::set))) > says("is") > list]
    | around(Node::c_present)[w("present")]
    | around(Node::c_missing)[w("missing")]];

const auto have = if_(ahead::have) > (w("have") | w("has") | w("be"));
const auto comparison = -have >> sum >> -compared;
const auto negation = -have >> (node(Node::c_not)[w("not") > comparison] | comparison);
const auto conjunction = negation >> *around(Node::c_and)[w("and") > negation];
const auto condition_def = nested[as("a condition")[conjunction >> *around(Node::c_or)[w("or") > conjunction]]];

BOOST_SPIRIT_DEFINE(sum, primary, range, counting)

}  // namespace

const auto value_def = sum;
SAMRAD_DEFINE(condition)
SAMRAD_DEFINE(value)

}  // namespace samrad::rules::grammar
