#include "tests/reference/value.h"

#include <stdexcept>

namespace samrad::reference {

Number Number::of(std::int64_t top, std::int64_t bottom) {
  if (bottom < 0) top = -top, bottom = -bottom;
  const std::int64_t common = std::gcd(top, bottom);
  return common == 0 ? Number{0, 1} : Number{top / common, bottom / common};
}

Number Number::read(std::string_view decimal) {
  std::int64_t top = 0, bottom = 1;
  bool point = false, minus = false;
  for (const char c : decimal) {
    if (c == '-')
      minus = true;
    else if (c == '.')
      point = true;
    else if (c >= '0' && c <= '9') {
      top = top * 10 + (c - '0');
      if (point) bottom *= 10;
    } else
      throw std::runtime_error("no number: " + std::string(decimal));
  }
  return of(minus ? -top : top, bottom);
}

Number operator+(Number a, Number b) {
  return Number::of(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);
}
Number operator-(Number a, Number b) {
  return Number::of(a.top * b.bottom - b.top * a.bottom, a.bottom * b.bottom);
}
Number operator*(Number a, Number b) { return Number::of(a.top * b.top, a.bottom * b.bottom); }
Number operator/(Number a, Number b) { return Number::of(a.top * b.bottom, a.bottom * b.top); }
bool operator<(Number a, Number b) { return a.top * b.bottom < b.top * a.bottom; }

Value Value::of(Truth truth) {
  Value v;
  v.is = Is::truth;
  v.truth = truth;
  return v;
}
Value Value::of(Number low, Number high) {
  Value v;
  v.is = Is::number;
  v.low = low;
  v.high = high;
  return v;
}
Value Value::of(Day day) {
  Value v;
  v.is = Is::date;
  v.day = day;
  return v;
}
Value Value::of(calendar::Duration duration) {
  Value v;
  v.is = Is::duration;
  v.duration = duration;
  return v;
}
Value Value::of(std::string text) {
  Value v;
  v.is = Is::text;
  v.text = std::move(text);
  return v;
}
Value Value::money(Number amount, std::string currency) {
  Value v = of(amount);
  v.is = Is::money;
  v.text = std::move(currency);
  return v;
}

calendar::Duration duration(std::int32_t count, std::string_view unit) {
  using calendar::Unit;
  if (unit == "hour") return {count, Unit::hour};
  if (unit == "day") return {count, Unit::day};
  if (unit == "working_day") return {count, Unit::working_day};
  if (unit == "week") return {count, Unit::week};
  if (unit == "fortnight") return {2 * count, Unit::week};
  if (unit == "month") return {count, Unit::month};
  if (unit == "quarter") return {3 * count, Unit::month};
  if (unit == "half_year") return {6 * count, Unit::month};
  if (unit == "year") return {count, Unit::year};
  throw std::runtime_error("no unit: " + std::string(unit));
}

namespace {

// The least and the most hours that a duration can be.
std::pair<std::int64_t, std::int64_t> hours(calendar::Duration d) {
  using calendar::Unit;
  const std::int64_t n = d.count;
  switch (d.unit) {
  case Unit::hour: return {n, n};
  case Unit::working_day:  // comparable with its like only
  case Unit::day: return {n * 24, n * 24};
  case Unit::week: return {n * 168, n * 168};
  case Unit::month: return {n * 28 * 24, n * 31 * 24};
  case Unit::year: return {n * 365 * 24, n * 366 * 24};
  }
  return {};
}

// -1, 0 or 1 where it is known how `a` stands to `b`, for numbers that may be ranges.
Truth less(const Value& a, const Value& b) {
  if (!a.unbounded && a.high < b.low) return Truth::yes;
  if (!b.unbounded && !(a.low < b.high)) return Truth::no;
  return Truth::unknown;
}

Truth equal(const Value& a, const Value& b) {
  if (!a.unbounded && !b.unbounded && a.low == a.high && b.low == b.high)
    return sure(a.low == b.low);
  const bool apart = (!a.unbounded && a.high < b.low) || (!b.unbounded && b.high < a.low);
  return apart ? Truth::no : Truth::unknown;
}

// Durations as ranges of hours, or of months where both are counted in months.
void spread(Value& a, Value& b) {
  using calendar::Unit;
  const auto months = [](const Value& v) {
    return v.duration.unit == Unit::month || v.duration.unit == Unit::year;
  };
  const bool both_months = months(a) && months(b);
  for (Value* v : {&a, &b}) {
    const auto [least, most] =
        both_months
            ? std::pair<std::int64_t, std::int64_t>{v->duration.count *
                                                        (v->duration.unit == Unit::year ? 12 : 1),
                                                    0}
            : hours(v->duration);
    v->low = Number::of(least);
    v->high = both_months ? v->low : Number::of(most);
  }
}

}  // namespace

Truth compare(std::string_view op, const Value& left, const Value& right) {
  Value a = left, b = right;
  // "date − date is a number of days", which may stand against a duration.
  for (Value* v : {&a, &b})
    if (const Value& other = v == &a ? b : a;
        v->is == Value::Is::number && other.is == Value::Is::duration) {
      if (other.duration.unit == calendar::Unit::month ||
          other.duration.unit == calendar::Unit::year ||
          other.duration.unit == calendar::Unit::working_day)
        return Truth::unknown;
      const Number days = v->low;
      if (!(v->low == v->high)) return Truth::unknown;
      Value& duration = v == &a ? b : a;
      duration = Value::of(Number::of(hours(duration.duration).first, 24));
      *v = Value::of(days);
    }
  if (a.missing() || b.missing() || a.is != b.is) return Truth::unknown;
  Truth lt = Truth::unknown, eq = Truth::unknown, gt = Truth::unknown;
  switch (a.is) {
  case Value::Is::truth:
    eq = a.truth == Truth::unknown || b.truth == Truth::unknown ? Truth::unknown
                                                                : sure(a.truth == b.truth);
    break;
  case Value::Is::text: eq = sure(a.text == b.text); break;
  case Value::Is::date:
    lt = sure(a.day < b.day), eq = sure(a.day == b.day), gt = sure(b.day < a.day);
    break;
  case Value::Is::money:
    if (a.text != b.text && !a.text.empty() && !b.text.empty()) return Truth::unknown;
    lt = less(a, b), eq = equal(a, b), gt = less(b, a);
    break;
  case Value::Is::duration: spread(a, b); [[fallthrough]];
  case Value::Is::number: lt = less(a, b), eq = equal(a, b), gt = less(b, a); break;
  default: return Truth::unknown;
  }
  if (op == "=") return eq;
  if (op == "!=") return opposite(eq);
  if (op == "<") return lt;
  if (op == ">") return gt;
  if (op == "<=") return opposite(gt);
  return opposite(lt);
}

Value calculate(Sum sum, const Value& a, const Value& b, calendar::Holidays holidays) {
  using Is = Value::Is;
  if (a.missing() || b.missing()) return {};
  if (a.is == Is::date && b.is == Is::duration)
    return Value::of(sum == Sum::add ? calendar::plus(a.day, b.duration, holidays)
                                     : calendar::minus(a.day, b.duration, holidays));
  if (a.is == Is::duration && b.is == Is::date)
    return Value::of(calendar::plus(b.day, a.duration, holidays));
  if (a.is == Is::date && b.is == Is::date) return Value::of(Number::of(a.day - b.day));
  const bool money = a.is == Is::money || b.is == Is::money;
  if (a.is == Is::money && b.is == Is::money && a.text != b.text && !a.text.empty() &&
      !b.text.empty())
    return {};
  if (a.unbounded || b.unbounded) return {};
  Value result;
  switch (sum) {
  case Sum::add: result = Value::of(a.low + b.low, a.high + b.high); break;
  case Sum::subtract: result = Value::of(a.low - b.high, a.high - b.low); break;
  case Sum::multiply:
    if (!(a.low == a.high) || !(b.low == b.high)) return {};
    result = Value::of(a.low * b.low);
    break;
  case Sum::divide:
    if (!(a.low == a.high) || !(b.low == b.high) || b.low == Number{}) return {};
    result = Value::of(a.low / b.low);
    break;
  }
  if (money && !(sum == Sum::divide && a.is == b.is)) {
    result.is = Is::money;
    result.text = a.is == Is::money && !a.text.empty() ? a.text : b.text;
  }
  return result;
}

}  // namespace samrad::reference
