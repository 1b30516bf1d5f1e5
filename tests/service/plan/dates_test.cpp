// Aim: bindings of days give the earliest and the latest day with the reason of each, a conflict from which nothing can be left out,
// and a choice that keeps every binding.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "service/plan/dates.h"

namespace samrad::plan {
namespace {

using testing::ElementsAre;

Day day(const char* text) { return *calendar::parse_iso(text); }

class DatesTest : public testing::Test {
 protected:
  Dates dates{day("2017-01-01"), day("2017-12-31")};
  std::string first(const std::vector<Dates::Range>& r, Variable v) {
    return calendar::iso(dates.day(r[v].first));
  }
  std::string last(const std::vector<Dates::Range>& r, Variable v) {
    return calendar::iso(dates.day(r[v].last));
  }
};

TEST_F(DatesTest, BoundsComeWithTheirReasons) {
  const Variable meeting = dates.add(), notice = dates.add();
  dates.between(meeting, 1, day("2017-03-01"), day("2017-03-31"));
  dates.not_after(notice, 2, meeting, [](Day d) { return d - 14; });
  dates.between(notice, 3, day("2017-03-10"), day("2017-12-31"));
  std::vector<Dates::Range> ranges = dates.open();
  Dates::Reasons reasons;
  ASSERT_TRUE(dates.narrow(ranges, &reasons));
  EXPECT_EQ(first(ranges, meeting), "2017-03-24");
  EXPECT_EQ(last(ranges, meeting), "2017-03-31");
  EXPECT_EQ(first(ranges, notice), "2017-03-10");
  EXPECT_EQ(last(ranges, notice), "2017-03-17");
  EXPECT_EQ(reasons.earliest[meeting].tag, 2U);
  EXPECT_EQ(reasons.earliest[meeting].other, notice);
  EXPECT_EQ(reasons.latest[meeting].tag, 1U);
  EXPECT_EQ(reasons.earliest[notice].tag, 3U);
  EXPECT_EQ(reasons.latest[notice].tag, 2U);
}

TEST_F(DatesTest, WithoutBindingsThePlanItselfIsTheBound) {
  const Variable v = dates.add();
  std::vector<Dates::Range> ranges = dates.open();
  Dates::Reasons reasons;
  ASSERT_TRUE(dates.narrow(ranges, &reasons));
  EXPECT_EQ(first(ranges, v), "2017-01-01");
  EXPECT_EQ(last(ranges, v), "2017-12-31");
  EXPECT_EQ(reasons.latest[v].kind, Binding::Kind::plan);
}

TEST_F(DatesTest, ConflictIsTheSmallestSet) {
  const Variable a = dates.add(), b = dates.add(), c = dates.add();
  dates.between(c, 10, day("2017-02-01"), day("2017-11-30"));
  dates.not_before(c, 11, a, [](Day d) { return d + 1; });
  dates.between(a, 12, day("2017-07-01"), day("2017-12-31"));
  dates.not_before(b, 13, a, [](Day d) { return d + 30; });
  dates.between(b, 14, day("2017-01-01"), day("2017-07-15"));
  dates.limit(b, 15, [](Day d) { return calendar::to_date(d).month != 8; });
  ASSERT_FALSE(dates.possible());
  EXPECT_THAT(dates.conflict(), ElementsAre(12U, 13U, 14U));
  for (const Tag gone : {12U, 13U, 14U}) {
    Dates rest = dates;
    rest.forget([&](Tag t) { return t == gone; });
    EXPECT_TRUE(rest.possible()) << gone;
  }
}

// Against a search through all days: the same answer to whether there is a solution, and a choice that is one.
TEST_F(DatesTest, AgreesWithSearch) {
  std::mt19937 random(20170101);
  const Day first_day = day("2017-01-01");
  int impossible = 0;
  for (int round = 0; round < 300; ++round) {
    constexpr int span = 7;
    Dates small(first_day, first_day + (span - 1));
    for (int i = 0; i < 3; ++i)
      small.add();
    struct Rel {
      Variable x, y;
      int by;
      bool after;
    };
    std::vector<Rel> relations;
    std::vector<int> masks;
    for (Variable v = 0; v < 3; ++v) {
      masks.push_back(static_cast<int>(random() % 128));
      small.limit(v, v, [&](Day d) { return (masks.back() >> (d - first_day) & 1) != 0; });
    }
    for (int i = 0; i < 4; ++i) {
      const Rel r{static_cast<Variable>(random() % 3), static_cast<Variable>(random() % 3),
                  static_cast<int>(random() % 5) - 2, random() % 2 == 0};
      if (r.x == r.y) continue;
      relations.push_back(r);
      const auto f = [&](Day d) { return d + r.by; };
      r.after ? small.not_before(r.y, 9, r.x, f) : small.not_after(r.y, 9, r.x, f);
    }
    const auto holds = [&](const std::array<int, 3>& days) {
      for (Variable v = 0; v < 3; ++v)
        if ((masks[v] >> days[v] & 1) == 0) return false;
      for (const Rel& r : relations)
        if (r.after ? days[r.y] < days[r.x] + r.by : days[r.y] > days[r.x] + r.by) return false;
      return true;
    };
    bool found = false;
    for (int n = 0; n < span * span * span && !found; ++n)
      found = holds({n % span, n / span % span, n / span / span});
    ASSERT_EQ(small.possible(), found) << round;
    impossible += found ? 0 : 1;
    if (!found) continue;
    const auto wish = [&](Variable v, Day d) {
      return std::abs((d - first_day) - static_cast<int>(v + 3));
    };
    const std::vector<Day> chosen = small.choose({2, 0, 1}, wish);
    EXPECT_TRUE(holds({chosen[0] - first_day, chosen[1] - first_day, chosen[2] - first_day}))
        << round;
  }
  EXPECT_GT(impossible, 20);
  EXPECT_LT(impossible, 280);
}

}  // namespace
}  // namespace samrad::plan
