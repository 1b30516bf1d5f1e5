// Conditions of a lane: postfix over at most 64 truth values, one bit each.

#include "engine/lane/plan.h"

namespace samrad::engine::lane::detail {
namespace {

Word value(const Operand& o, const Frames& f) {
  switch (o.where) {
    case Where::candidate: return f.candidate[o.index];
    case Where::origin: return f.origin[o.index];
    case Where::candidate_day: return static_cast<Word>(std::int64_t{f.candidate_day});
    case Where::origin_day: return static_cast<Word>(std::int64_t{f.origin_day});
    case Where::start: return static_cast<Word>(std::int64_t{f.start});
    case Where::constant: break;
  }
  return o.constant;
}

bool one(const Plan& plan, const Test& t, const Frames& f) {
  if (t.what == Do::present) return (f.known >> t.a.index & 1U) != 0;
  const Word a = value(t.a, f);
  switch (t.what) {
    case Do::equal: return a == value(t.b, f);
    case Do::not_equal: return a != value(t.b, f);
    case Do::less: return static_cast<std::int64_t>(a) < static_cast<std::int64_t>(value(t.b, f));
    case Do::less_equal: return static_cast<std::int64_t>(a) <= static_cast<std::int64_t>(value(t.b, f));
    case Do::greater: return static_cast<std::int64_t>(a) > static_cast<std::int64_t>(value(t.b, f));
    case Do::greater_equal: return static_cast<std::int64_t>(a) >= static_cast<std::int64_t>(value(t.b, f));
    case Do::one_of: {
      const Word* const first = plan.words.data() + t.options.first;
      return std::find(first, first + t.options.count, a) != first + t.options.count;
    }
    default: return a != 0;
  }
}

}  // namespace

bool holds(const Plan& plan, program::Range tests, const Frames& frames) {
  const Test* t = plan.tests.data() + tests.first;
  std::uint64_t stack = 0;  // the top is bit 0
  for (const Test* const end = t + tests.count; t != end; ++t) {
    switch (t->what) {
      case Do::logical_and: stack = (stack >> 1U & ~std::uint64_t{1}) | (stack >> 1U & stack & 1U); break;
      case Do::logical_or: stack = (stack >> 1U) | (stack & 1U); break;
      case Do::logical_not: stack ^= 1U; break;
      default: stack = stack << 1U | static_cast<std::uint64_t>(one(plan, *t, frames));
    }
  }
  return (stack & 1U) != 0;
}

}  // namespace samrad::engine::lane::detail
