// Conditions bind as docs/language.md says: or, and, not, comparison, sum, product, minus; and each form of question
// about sets and about other events has its own node.
#include "tests/rules/reading.h"

#include <gtest/gtest.h>
#include <string>

namespace samrad::tests {
namespace {

struct Row {
  const char* text;
  const char* tree;
};

void hold(std::initializer_list<Row> rows) {
  for (const Row& row : rows)
    EXPECT_EQ(sentence(std::string("p must not happen while ") + row.text),
              std::string("prohibition(pattern(p) while(") + row.tree + "))")
        << row.text;
}

TEST(Conditions, Precedence) {
  hold({
      {"a or b and c", "or(v(a) and(v(b) v(c)))"},
      {"(a or b) and c", "and(or(v(a) v(b)) v(c))"},
      {"a and b and c", "and(and(v(a) v(b)) v(c))"},
      {"not a = b or c", "or(not(compare(= v(a) v(b))) v(c))"},
      {"a + b * c - d > -2", "compare(> subtract(add(v(a) multiply(v(b) v(c))) v(d)) negate(number(2)))"},
      {"(a + b) / 4 <= 1/4", "compare(<= divide(add(v(a) v(b)) number(4)) divide(number(1) number(4)))"},
  });
}

TEST(Conditions, Comparisons) {
  hold({
      {"a is b", "compare(= v(a) v(b))"},
      {"a is not b", "compare(!= v(a) v(b))"},
      {"a is at least 2", "compare(>= v(a) number(2))"},
      {"a is at most 2", "compare(<= v(a) number(2))"},
      {"a is more than two", "compare(> v(a) number(2))"},
      {"a is less than 25%", "compare(< v(a) percent(25))"},
      {"a is before 2016-06-01", "compare(< v(a) date(2016-06-01))"},
      {"a is after start", "compare(> v(a) v(start))"},
      {"a is on or before expiry", "compare(<= v(a) v(expiry))"},
      {"a is on or after day + 30 days", "compare(>= v(a) add(v(day) duration(day number(30))))"},
      {"a is no", "compare(= v(a) no)"},
      {"a = yes", "compare(= v(a) yes)"},
      {"a != 5000 SEK", "compare(!= v(a) money(5000 SEK))"},
      {"by is x", "compare(= v(by) v(x))"},
      {"days from a to b <= 3", "compare(<= days_between(v(a) v(b)) number(3))"},
  });
}

TEST(Conditions, SetsAndPresence) {
  hold({
      {"a including \"b\"", "including(one v(a) list(text(b)))"},
      {"a includes all of (b, c)", "including(all v(a) list(v(b) v(c)))"},
      {"a including any of (b)", "including(any v(a) list(v(b)))"},
      {"a including none of (b)", "including(none v(a) list(v(b)))"},
      {"a including only (b, c)", "including(only v(a) list(v(b) v(c)))"},
      {"a including at least two of (b, c, d)", "including(at_least_2 v(a) list(v(b) v(c) v(d)))"},
      {"a is one of (b, c)", "one_of(is v(a) list(v(b) v(c)))"},
      {"a is not one of (b, c)", "one_of(is_not v(a) list(v(b) v(c)))"},
      {"a present and b missing", "and(present(v(a)) missing(v(b)))"},
      {"chair of x is present", "present(of(chair name(x)))"},
      {"number of a is 2", "compare(= number_of(v(a)) number(2))"},
      {"number of a in (b, c) >= 1", "compare(>= number_of(v(a) list(v(b) v(c))) number(1))"},
      {"share of a in (b, c) > 1/4", "compare(> share_of(v(a) list(v(b) v(c))) divide(number(1) number(4)))"},
  });
}

TEST(Conditions, OtherEvents) {
  hold({
      {"q happened", "happened(pattern(q))"},
      {"no q of a or b by c happened in the last 3 months",
       "happened(no pattern(q subject(a) subject(b) role_is(by name(c))) range_last(duration(month number(3))))"},
      {"q happened since the last r", "happened(pattern(q) range_since_last(pattern(r)))"},
      {"q happened since start and r happened since 2016-06-01",
       "and(happened(pattern(q) range_since_start) happened(pattern(r) range_since_date(date(2016-06-01))))"},
      {"q happened in the same half-year", "happened(pattern(q) range_same_period(period(half_year)))"},
      {"q happened before 2016-06-01", "happened(pattern(q) range_before_date(date(2016-06-01)))"},
      {"q happened at least 6 months before expiry",
       "happened(pattern(q) range_at_least_before(duration(month number(6)) v(expiry)))"},
      {"q happened within 1 week before day", "happened(pattern(q) range_within_before(duration(week number(1)) v(day)))"},
      {"number of meeting is 2", "compare(= count_events(pattern(meeting)) number(2))"},
      {"number of meeting where (a) in the last 12 months is at most 2",
       "compare(<= count_events(pattern(meeting where(v(a))) range_last(duration(month number(12)))) number(2))"},
      {"number of meeting in a row where (a) is less than 3",
       "compare(< in_a_row(pattern(meeting) v(a)) number(3))"},
      {"share of meeting since start that are (a) <= 25%",
       "compare(<= share_events(pattern(meeting) range_since_start v(a)) percent(25))"},
      {"sum of cost of meeting in the same year < 10", "compare(< sum_events(cost pattern(meeting) range_same_period(period(year))) number(10))"},
  });
}

}  // namespace
}  // namespace samrad::tests
