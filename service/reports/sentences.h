// Trees of reasons in words: a short paragraph to read aloud, and the whole tree line by line. Swedish and English.
#pragma once

#include <string>
#include <vector>

#include "engine/explain.h"
#include "rules/calendar/holidays.h"
#include "service/record/zone.h"

namespace samrad::reports {

using calendar::Language;

// One line of the tree.
struct Line {
  int depth = 0;
  std::string text;
};

// The paragraph: what was demanded and until when, what is on record, and the verdict. `root` comes from engine::explain. The zone is for
// hours only.
[[nodiscard]] std::string paragraph(const engine::Ground& ground, const engine::Reason& root,
                                    const record::Zone& zone, Language language);

// The paragraph without title and source, for where they stand beside it.
[[nodiscard]] std::string account(const engine::Ground& ground, const engine::Reason& root,
                                  const record::Zone& zone, Language language);

// Every reason, one a line, children below and one deeper.
[[nodiscard]] std::vector<Line> lines(const engine::Ground& ground, const engine::Reason& root,
                                      const record::Zone& zone, Language language);

// One note as a sentence with its full stop. Its rule, where it has one, says what a turn or a power was about.
[[nodiscard]] std::string note_text(const engine::Ground& ground, const engine::Reason& note,
                                    Language language);

// Notes on events that did not fulfil the demand, in the order of time, as sentences: the nearest to what decided, then how many more.
[[nodiscard]] std::string uncounted_text(const engine::Ground& ground,
                                         std::vector<const engine::Reason*> notes,
                                         Language language);

// The note of an event without effect.
[[nodiscard]] std::string void_text(const engine::Ground& ground, const engine::VoidEvent& without,
                                    Language language);

// What the clause demands of this occurrence, as a sentence: "Under andra halvåret 2017 ska sammanträde (Chefsamrådet) ske minst två gånger."
[[nodiscard]] std::string demand_text(const engine::Ground& ground, const engine::Reason& root,
                                      Language language);

// How a day on which nothing could fall due is called: "midsommarafton", "lördag".
[[nodiscard]] std::string day_off(const engine::Ground& ground, calendar::Day day,
                                  Language language);

}  // namespace samrad::reports
