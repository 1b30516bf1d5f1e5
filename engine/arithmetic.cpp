// Fractions of 64-bit integers, computed in 128 bits and reduced: a third stays a third, and a sum that does not fit is
// absent instead of wrong.
#include "engine/arithmetic.h"

#include <numeric>

namespace samrad::engine {
namespace {

using program::Code;
using program::Value;
using program::ValueKind;

__extension__ using Wide = __int128;

Wide gcd(Wide a, Wide b) {
  if (a < 0) a = -a;
  while (b != 0) {
    const Wide r = a % b;
    a = b;
    b = r;
  }
  return a;
}

// kind and symbol of `like`, amount a / b.
Value reduced(const Value& like, Wide a, Wide b) {
  if (b == 0) return {};
  if (b < 0) {
    a = -a;
    b = -b;
  }
  if (const Wide g = gcd(a, b); g > 1) {
    a /= g;
    b /= g;
  }
  constexpr Wide top = INT64_MAX;
  if (a > top || a < -top || b > top) return {};
  Value v = like;
  v.a = static_cast<std::int64_t>(a);
  v.b = static_cast<std::int64_t>(b);
  return v;
}

bool amount(ValueKind k) { return k == ValueKind::number || k == ValueKind::money; }

// Nothing, in no currency: the sum of no amounts.
bool nothing(const Value& v) { return v.kind == ValueKind::money && v.symbol == 0; }

bool like(const Value& a, const Value& b) { return a.kind == b.kind && (a.symbol == b.symbol || nothing(a) || nothing(b)); }

Value add(const Value& a, const Value& b, int sign) {
  if (!like(a, b)) return {};
  return reduced(nothing(a) ? b : a, Wide{a.a} * b.b + sign * Wide{b.a} * a.b, Wide{a.b} * b.b);
}

calendar::Duration duration_of(const Value& v) {
  return {static_cast<std::int32_t>(v.a), static_cast<calendar::Unit>(v.b)};
}

// A duration as hours, or as months, since the two have no common measure.
std::optional<Wide> as_hours(const Value& v) {
  switch (static_cast<calendar::Unit>(v.b)) {
    case calendar::Unit::hour: return Wide{v.a};
    case calendar::Unit::day: return Wide{v.a} * 24;
    case calendar::Unit::week: return Wide{v.a} * 24 * 7;
    default: return std::nullopt;
  }
}

std::optional<Wide> as_months(const Value& v) {
  switch (static_cast<calendar::Unit>(v.b)) {
    case calendar::Unit::month: return Wide{v.a};
    case calendar::Unit::year: return Wide{v.a} * 12;
    default: return std::nullopt;
  }
}

int sign(Wide a, Wide b) { return a < b ? -1 : a > b ? 1 : 0; }

// The least and the most hours that a duration can be; a month has 28 to 31 days, a year 365 or 366. Working days have no most.
std::optional<std::pair<Wide, Wide>> bounds(const Value& v) {
  if (const auto hours = as_hours(v)) return std::pair{*hours, *hours};
  const Wide days = Wide{v.a} * 24;
  switch (static_cast<calendar::Unit>(v.b)) {
    case calendar::Unit::month: return std::pair{days * 28, days * 31};
    case calendar::Unit::year: return std::pair{days * 365, days * 366};
    default: return std::nullopt;
  }
}

std::optional<int> compare_durations(const Value& a, const Value& b) {
  if (const auto x = as_months(a), y = as_months(b); x && y) return sign(*x, *y);
  if (a.b == b.b) return sign(a.a, b.a);
  const auto x = bounds(a), y = bounds(b);
  if (!x || !y) return std::nullopt;
  const int least = sign(x->first, y->second), most = sign(x->second, y->first);
  return least == most ? std::optional<int>(least) : std::nullopt;
}

// A number of days against a duration.
std::optional<int> compare_days(const Value& days, const Value& duration) {
  const auto hours = as_hours(duration);
  if (!hours) return std::nullopt;
  return sign(Wide{days.a} * 24, *hours * days.b);
}

}  // namespace

Value number(std::int64_t n) { return {ValueKind::number, 0, n, 1}; }

Value fraction(std::int64_t a, std::int64_t b) { return reduced({ValueKind::number, 0, 0, 1}, a, b); }

Value date(calendar::Day day) { return {ValueKind::date, 0, day.n, 1}; }

Value text_value(program::Symbol symbol) { return {ValueKind::text, symbol, 0, 1}; }

Value compute(Code op, const Value& a, const Value& b, calendar::Holidays holidays) {
  if (a.kind == ValueKind::date && b.kind == ValueKind::duration) {
    const calendar::Day day{static_cast<std::int32_t>(a.a)};
    if (op == Code::add) return date(calendar::plus(day, duration_of(b), holidays));
    if (op == Code::subtract) return date(calendar::minus(day, duration_of(b), holidays));
    return {};
  }
  if (a.kind == ValueKind::date && b.kind == ValueKind::date && op == Code::subtract) return number(a.a - b.a);
  if (!amount(a.kind) || !amount(b.kind)) return {};
  switch (op) {
    case Code::add: return add(a, b, 1);
    case Code::subtract: return add(a, b, -1);
    case Code::multiply:
      if (a.kind == ValueKind::money && b.kind == ValueKind::money) return {};
      return reduced(a.kind == ValueKind::money ? a : b.kind == ValueKind::money ? b : a, Wide{a.a} * b.a,
                     Wide{a.b} * b.b);
    case Code::divide:
      if (b.a == 0) return {};
      if (b.kind == ValueKind::money) {
        if (a.kind != ValueKind::money || a.symbol != b.symbol) return {};
        return reduced(number(0), Wide{a.a} * b.b, Wide{a.b} * b.a);
      }
      return reduced(a, Wide{a.a} * b.b, Wide{a.b} * b.a);
    default: return {};
  }
}

std::optional<int> compare(const Value& a, const Value& b) {
  if (a.kind == ValueKind::absent || b.kind == ValueKind::absent) return std::nullopt;
  const bool words = (a.kind == ValueKind::text || a.kind == ValueKind::member) &&
                     (b.kind == ValueKind::text || b.kind == ValueKind::member);
  if (words) return a.symbol == b.symbol ? 0 : a.symbol < b.symbol ? -1 : 1;
  if (a.kind == ValueKind::number && b.kind == ValueKind::duration) return compare_days(a, b);
  if (a.kind == ValueKind::duration && b.kind == ValueKind::number) {
    const auto c = compare_days(b, a);
    return c ? std::optional<int>(-*c) : std::nullopt;
  }
  if (a.kind != b.kind) return std::nullopt;
  switch (a.kind) {
    case ValueKind::number: return sign(Wide{a.a} * b.b, Wide{b.a} * a.b);
    case ValueKind::money:
      return like(a, b) ? std::optional<int>(sign(Wide{a.a} * b.b, Wide{b.a} * a.b)) : std::nullopt;
    case ValueKind::date:
    case ValueKind::yes_no: return sign(a.a, b.a);
    case ValueKind::duration: return compare_durations(a, b);
    default: return std::nullopt;
  }
}

}  // namespace samrad::engine
