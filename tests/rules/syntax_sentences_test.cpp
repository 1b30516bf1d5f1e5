// Each form of sentence becomes the tree that rules/tree/tree.h promises, however it is worded.
#include "tests/rules/reading.h"

#include <gtest/gtest.h>

namespace samrad::tests {
namespace {

struct Row {
  const char* text;
  const char* tree;
};

void hold(std::initializer_list<Row> rows) {
  for (const Row& row : rows) EXPECT_EQ(sentence(row.text), row.tree) << row.text;
}

TEST(Sentences, CountsAndPeriods) {
  hold({
      {"p must happen at least 2 times every half-year", "count(pattern(p) times(at_least number(2)) period(half_year))"},
      {"p must happen at least two times each half-year", "count(pattern(p) times(at_least number(2)) period(half_year))"},
      {"p must happen no fewer than twice a year", "count(pattern(p) times(at_least number(2)) period(year))"},
      {"p must happen at most once per fortnight", "count(pattern(p) times(at_most number(1)) period(fortnight))"},
      {"p must happen no more than 3 times every 2 weeks", "count(pattern(p) times(at_most number(3)) period(week number(2)))"},
      {"p must happen exactly once every other month", "count(pattern(p) times(exactly number(1)) period(month number(2)))"},
      {"p must happen at least once every month from 2016-06-16 except July",
       "count(pattern(p) times(at_least number(1)) period(month months(except number(7)) from(date(2016-06-16))))"},
      {"p must happen at least once every month in November to February",
       "count(pattern(p) times(at_least number(1)) period(month months(in number(11) number(12) number(1) number(2))))"},
      {"p must happen at least once every quarter of the term until 2018-01-01",
       "count(pattern(p) times(at_least number(1)) period(quarter of_term until(date(2018-01-01))))"},
      {"p must happen at least once every 6 weeks counted from 2016-08-01",
       "count(pattern(p) times(at_least number(1)) period(week number(6) counted_from(date(2016-08-01))))"},
  });
}

TEST(Sentences, DueDays) {
  hold({
      {"p must happen by 31 January every year", "deadline(pattern(p) due_yearly(month_day(number(31) number(1))))"},
      {"p must happen by January 31st and June 30th each year",
       "deadline(pattern(p) due_yearly(month_day(number(31) number(1)) month_day(number(30) number(6))))"},
      {"p must happen by day 15 every month", "deadline(pattern(p) due_monthly(number(15)))"},
      {"p must happen by the 15th of every month", "deadline(pattern(p) due_monthly(number(15)))"},
      {"p must happen by the last day of every quarter", "deadline(pattern(p) due_last_day(period(quarter)))"},
      {"p must happen by 20 days after the end of every quarter",
       "deadline(pattern(p) due_after_end(duration(day number(20)) period(quarter)))"},
      {"p must happen by 2017-11-30", "deadline(pattern(p) due_date(date(2017-11-30)))"},
      {"p must happen by six months before expiry", "deadline(pattern(p) due_before_expiry(duration(month number(6))))"},
      {"p must happen at least 6 months before expiry", "deadline(pattern(p) due_before_expiry(duration(month number(6))))"},
      {"p must happen within 10 working days after start",
       "deadline(pattern(p) due_after_start(duration(working_day number(10))))"},
  });
}

TEST(Sentences, AfterAndBefore) {
  hold({
      {"after p as x, q of subject of x must happen within 72 hours",
       "response(pattern(p alias(x)) pattern(q subject_of(x name(subject))) within(duration(hour number(72))))"},
      {"after p, q of the same document must happen", "response(pattern(p) pattern(q subject_same(document)))"},
      {"after p, q must happen on the same day", "response(pattern(p) pattern(q) same_day)"},
      {"after p, q must happen before the next r of x", "response(pattern(p) pattern(q) before_next(pattern(r subject(x))))"},
      {"after p, q must happen before the day of the next r", "response(pattern(p) pattern(q) before_next_day(pattern(r)))"},
      {"after p, q must happen by the end of the quarter", "response(pattern(p) pattern(q) end_of(period(quarter)))"},
      {"after p, q must happen as soon as possible, presumed late after a week",
       "response(pattern(p) pattern(q) soon(duration(week number(1))))"},
      {"after p as x, q must happen by f of x", "response(pattern(p alias(x)) pattern(q) by_day(of(f name(x))))"},
      {"after p as x, q must happen by f of x + 14 days, otherwise \"y\"",
       "response(pattern(p alias(x)) pattern(q) by_day(add(of(f name(x)) duration(day number(14))))) otherwise(label(y))"},
      {"after p, q must happen by 2017-11-30", "response(pattern(p) pattern(q) by_day(date(2017-11-30)))"},
      {"before p, q must have happened", "precedence(pattern(p) pattern(q))"},
      {"before p as x, q must have happened since the previous one at least 1 day before",
       "precedence(pattern(p alias(x)) pattern(q) at_least(duration(day number(1))) since)"},
      {"before p, q must have happened within 3 months before",
       "precedence(pattern(p) pattern(q) prec_within(duration(month number(3))))"},
  });
}

TEST(Sentences, WhatEachOneMustBe) {
  hold({
      {"every p as x must have agenda including \"x\"",
       "constraint(pattern(p alias(x)) including(one v(agenda) list(text(x))))"},
      {"each p must be written", "constraint(pattern(p) v(written))"},
      {"p by x counts only if written", "validity(pattern(p role_is(by name(x))) v(written))"},
      {"f of p must alternate between a and b", "alternation(f pattern(p) name(a) name(b))"},
      {"f of p of q must rotate among a, b, and c", "rotation(f pattern(p subject(q)) name(a) name(b) name(c))"},
      {"p must not happen", "prohibition(pattern(p))"},
      {"p must never happen in June to July", "prohibition(pattern(p) limit_months(months(in number(6) number(7))))"},
      {"p must not happen within 3 days after q",
       "prohibition(pattern(p) within_after(duration(day number(3)) pattern(q)))"},
      {"p must not happen unless written", "prohibition(pattern(p) unless(v(written)))"},
      {"only a or b may make p", "power(pattern(p) name(a) name(b))"},
      {"only a may hold p of q", "power(pattern(p subject(q)) name(a))"},
      {"only a, b may be chair of p", "power(chair pattern(p) name(a) name(b))"},
  });
}

TEST(Sentences, WhatHolds) {
  hold({
      {"f must hold", "standing(name(f))"},
      {"f of x must hold while g", "standing(name(f) subject(x) v(g))"},
      {"\"It is so\" must hold every year, judged by r", "attested(label(It is so) period(year) name(r))"},
      {"\"It is so\" must hold judged by r", "attested(label(It is so) name(r))"},
      {"term may be extended by 2 years", "extension(duration(year number(2)))"},
      {"term may be extended by two years if f", "extension(duration(year number(2)) v(f))"},
      {"for each area, p of area must happen by 2017-01-01",
       "for_each(area name(area)) deadline(pattern(p subject(area)) due_date(date(2017-01-01)))"},
      {"for every area as x in (a, b) while f, p of x must not happen",
       "for_each(x name(area) list(v(a) v(b)) while_fact(f)) prohibition(pattern(p subject(x)))"},
      {"f must hold, otherwise q must happen within 30 days",
       "standing(name(f)) otherwise(pattern(q) duration(day number(30)))"},
      {"every p must have s including all of a, b, otherwise \"c\"",
       "constraint(pattern(p) including(all v(s) list(v(a) v(b)))) otherwise(label(c))"},
  });
}

}  // namespace
}  // namespace samrad::tests
