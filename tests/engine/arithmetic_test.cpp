// Aim: amounts are exact, signs and common factors gone; what does not fit 64 bits, has no meaning or no common measure is absent and never
// a wrong answer.

#include "engine/arithmetic.h"

#include <gtest/gtest.h>

namespace samrad::engine {
namespace {

using calendar::Unit;
using program::Code;
using program::Value;
using program::ValueKind;

constexpr std::int64_t top = INT64_MAX;
constexpr auto nothing = Value{};

Value money(std::int64_t a, std::int64_t b = 1, program::Symbol currency = 1) { return {ValueKind::money, currency, a, b}; }
Value length(std::int64_t count, Unit unit) { return {ValueKind::duration, 0, count, static_cast<std::int64_t>(unit)}; }
Value day(std::int32_t n) { return date(calendar::Day{n}); }
Value yes(bool is) { return {ValueKind::yes_no, 0, is ? 1 : 0, 1}; }

TEST(Arithmetic, is_exact_or_absent) {
  struct Case {
    const char* aim;
    Value a;
    Code op;
    Value b;
    Value result;
  };
  for (const Case& c : {
           Case{"a third and a sixth", fraction(1, 3), Code::add, fraction(1, 6), fraction(1, 2)},
           Case{"common factors go", number(6), Code::divide, number(4), Value{ValueKind::number, 0, 3, 2}},
           Case{"the sign stands above", number(1), Code::divide, number(-2), Value{ValueKind::number, 0, -1, 2}},
           Case{"nothing is divided by nothing", number(1), Code::divide, number(0), nothing},
           Case{"nor money", money(1), Code::divide, money(0), nothing},
           Case{"a sum that does not fit", number(top), Code::add, number(1), nothing},
           Case{"a difference that does not fit", number(-top), Code::subtract, number(1), nothing},
           Case{"a sum that just fits", number(top - 1), Code::add, number(1), number(top)},
           Case{"a denominator that does not fit", fraction(1, top), Code::multiply, fraction(1, 2), nothing},
           Case{"a product over the top that comes down again", number(top), Code::multiply, fraction(2, top), number(2)},
           Case{"money times a number", money(5), Code::multiply, fraction(1, 2), money(5, 2)},
           Case{"a number times money", fraction(1, 2), Code::multiply, money(5), money(5, 2)},
           Case{"money times money", money(2), Code::multiply, money(3), nothing},
           Case{"money by a number", money(5), Code::divide, number(2), money(5, 2)},
           Case{"money by money is a number", money(6), Code::divide, money(4), fraction(3, 2)},
           Case{"money by other money", money(6), Code::divide, money(4, 1, 2), nothing},
           Case{"a number by money", number(6), Code::divide, money(4), nothing},
           Case{"money and other money", money(1), Code::add, money(1, 1, 2), nothing},
           Case{"money and a number", money(1), Code::add, number(1), nothing},
           Case{"days after", day(100), Code::add, length(2, Unit::week), day(114)},
           Case{"days before", day(100), Code::subtract, length(2, Unit::week), day(86)},
           Case{"a day times a length", day(100), Code::multiply, length(2, Unit::week), nothing},
           Case{"days between", day(100), Code::subtract, day(114), number(-14)},
           Case{"a day and a day", day(100), Code::add, day(114), nothing},
           Case{"a text and a number", text_value(1), Code::add, number(1), nothing},
           Case{"a number and a text", number(1), Code::add, text_value(1), nothing},
           Case{"no operation", number(1), Code::equal, number(1), nothing},
       })
    EXPECT_EQ(compute(c.op, c.a, c.b, calendar::Holidays::sweden), c.result) << c.aim;
}

TEST(Arithmetic, compares_what_has_a_common_measure) {
  struct Case {
    const char* aim;
    Value a, b;
    std::optional<int> order;
  };
  for (const Case& c : {
           Case{"fractions beyond 64 bits crosswise", fraction(top, 3), fraction(top - 1, 3), 1},
           Case{"equal fractions", fraction(2, 6), fraction(1, 3), 0},
           Case{"money", money(1), money(2), -1},
           Case{"money of two currencies", money(1), money(1, 1, 2), std::nullopt},
           Case{"days", day(1), day(2), -1},
           Case{"yes and no", yes(true), yes(false), 1},
           Case{"a week is seven days", length(1, Unit::week), length(7, Unit::day), 0},
           Case{"a day is 24 hours", length(1, Unit::day), length(25, Unit::hour), -1},
           Case{"a year is twelve months", length(1, Unit::year), length(12, Unit::month), 0},
           Case{"a month against days", length(1, Unit::month), length(30, Unit::day), std::nullopt},
           Case{"days against a month", length(30, Unit::day), length(1, Unit::month), std::nullopt},
           Case{"working days among themselves", length(3, Unit::working_day), length(2, Unit::working_day), 1},
           Case{"working days against days", length(3, Unit::working_day), length(3, Unit::day), std::nullopt},
           Case{"a number of days against a length", number(8), length(1, Unit::week), 1},
           Case{"half a day", fraction(1, 2), length(12, Unit::hour), 0},
           Case{"a length against a number of days", length(1, Unit::week), number(8), -1},
           Case{"a number against months", number(31), length(1, Unit::month), std::nullopt},
           Case{"months against a number", length(1, Unit::month), number(31), std::nullopt},
           Case{"a member and a text of one name", Value{ValueKind::member, 7, 0, 1}, text_value(7), 0},
           Case{"two texts", text_value(7), text_value(8), -1},
           Case{"the other way", text_value(8), text_value(7), 1},
           Case{"a text and a number", text_value(7), number(7), std::nullopt},
           Case{"nothing and a number", nothing, number(0), std::nullopt},
           Case{"a number and nothing", number(0), nothing, std::nullopt},
           Case{"two lists", Value{ValueKind::list}, Value{ValueKind::list}, std::nullopt},
       })
    EXPECT_EQ(compare(c.a, c.b), c.order) << c.aim;
}

}  // namespace
}  // namespace samrad::engine
