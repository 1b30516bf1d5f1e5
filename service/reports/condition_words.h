// Conditions and other expressions in words of the report's language, with the labels of what they name.
//
// Swedish: ”deltagare omfattar Kommunpolis och Säkerhetssamordnare”, ”skriftligt är ja”. Where there are no words for a part, that
// part stands as the rule has it. Internal to reports.
#pragma once

#include <optional>
#include <string>

#include "service/reports/words.h"

namespace samrad::reports {

// Of which types the events are that an expression asks; none where that is not known.
struct Scope {
  program::Index candidate = program::none;  // frame 0
  program::Index origin = program::none;     // frame 1
  bool one_event = false;                    // both frames are the event that is judged
};

// The condition, or the value, without quotes.
[[nodiscard]] std::string expression_words(const engine::Ground& ground,
                                           program::Expression expression, Scope scope,
                                           Language language);

// What a pattern asks beyond its type, as parts between commas: "Chefsamrådet, av Polisen, där skriftligt är ja"; empty for nothing.
[[nodiscard]] std::string pattern_details(const engine::Ground& ground, program::Index pattern,
                                          Language language);

// What gives the day by which an answer must come, between quotes: ”svarsdag för den händelsen”.
[[nodiscard]] std::string until_day(const engine::Ground& ground, const program::Rule& rule,
                                    Language language);

// Of which types the events are that a pattern's condition asks.
[[nodiscard]] Scope scope_of(const engine::Ground& ground, program::Index pattern);

// The part of a condition that is written with these words; nullopt where no condition has them. `rule` is looked through first.
struct Found {
  program::Expression expression;
  Scope scope;
};
[[nodiscard]] std::optional<Found> find_expression(const engine::Ground& ground,
                                                   program::Symbol text, program::Index rule);

}  // namespace samrad::reports
