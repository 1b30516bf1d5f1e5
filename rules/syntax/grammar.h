// The rules of the grammar that more than one of its files needs. Each reads its construct and leaves one row (or, where
// it says so, several) with the builder.
#pragma once

#include "rules/syntax/primitives.h"

namespace samrad::rules::grammar {

#define SAMRAD_RULE(name, described)                       \
  struct name##_id;                                        \
  inline constexpr x3::rule<struct name##_id> name{described}; \
  BOOST_SPIRIT_DECLARE(x3::rule<name##_id>)

// In the file that has the rule's definition, named name_def, outside its unnamed namespace.
#define SAMRAD_DEFINE(name)   \
  BOOST_SPIRIT_DEFINE(name)   \
  BOOST_SPIRIT_INSTANTIATE(x3::rule<name##_id>, Cursor, Context)

// grammar_blocks.cpp
SAMRAD_RULE(block, "block")

// grammar_sentences.cpp
SAMRAD_RULE(sentence, "sentence")

// grammar_conditions.cpp
SAMRAD_RULE(condition, "condition")
SAMRAD_RULE(value, "value")

// grammar_parts.cpp
SAMRAD_RULE(pattern, "pattern")            // an event pattern
SAMRAD_RULE(pattern_as, "pattern_as")      // … that may be given a name: `as x`
SAMRAD_RULE(counted_pattern, "counted_pattern")  // … whose `where (…)` ends with its parenthesis
SAMRAD_RULE(start_pattern, "start_pattern")  // … whose subjects may be joined by commas
SAMRAD_RULE(duration, "duration")          // or a parameter
SAMRAD_RULE(day, "day")                    // a date, or a parameter
SAMRAD_RULE(period, "period")              // after `every`: unit, number, and what limits it
SAMRAD_RULE(plain_period, "plain_period")  // after `every`: only unit and number, `of the term`, `counted from`
SAMRAD_RULE(times, "times")                // at least 2 times
SAMRAD_RULE(during_term, "during_term")    // during the term
SAMRAD_RULE(due, "due")                    // one of the due_… rows
SAMRAD_RULE(months, "months")              // after `in` or `except`, for the months row under way: its numbers
SAMRAD_RULE(every_member, "every_member")  // every KIND, every KIND of MEMBER
SAMRAD_RULE(names, "names")                // name rows: A, B and C

#undef SAMRAD_RULE

}  // namespace samrad::rules::grammar
