// The small words of the two languages: verdicts, dates, windows, lengths of time, lists, and names as they are labelled.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/explain.h"
#include "rules/calendar/holidays.h"

namespace samrad::reports {

using calendar::Day;
using calendar::Language;

// "försummad", "cannot be assessed"; as it stands in running text.
[[nodiscard]] std::string_view words(engine::Status status, Language language);

// "maj", "May"; 1..12.
[[nodiscard]] std::string_view month(unsigned number, Language language);

// "10 maj 2017"; "10 May 2017"
[[nodiscard]] std::string date(Day day, Language language);
// "den 10 maj 2017"; "10 May 2017": as it stands after a preposition.
[[nodiscard]] std::string the_date(Day day, Language language);
// "1 juli–31 december 2017"; the year of the first day only where it differs. An open end: "från och med 1 juli 2017".
[[nodiscard]] std::string dates(Day first, Day last, Language language);

// "andra halvåret 2017", "mars 2017"; windows that have no name: "perioden 1 juni–30 november 2016".
[[nodiscard]] std::string window(const calendar::Period& period, Day first, Language language);

// "halvår", "period of two months": a window of the period, whichever it is.
[[nodiscard]] std::string period_name(const calendar::Period& period, Language language);

// "30 dagar", "10 arbetsdagar", "sex månader"
[[nodiscard]] std::string duration(calendar::Duration duration, Language language);

// In words to twelve, else digits. "en", "två"; "one", "two".
[[nodiscard]] std::string number(int n, Language language);
// "en gång", "två gånger"; "once", "twice", "3 times"
[[nodiscard]] std::string times(int n, Language language);

// "A", "A och B", "A, B och C"
[[nodiscard]] std::string listed(std::span<const std::string> items, Language language,
                                 bool alternatives = false);

// Numbers as "12,5" (sv) or "12.5" and "1/3", money as "12,5 SEK", yes or no, dates, names by their label.
[[nodiscard]] std::string value(const engine::Ground& ground, const program::Value& value,
                                Language language);

// The label of a member, clause, fact or event type, else its name.
[[nodiscard]] std::string label(const engine::Ground& ground, program::Symbol name);

// "sammanträde (Chefsamrådet)": what a pattern is about, from labels where declared.
[[nodiscard]] std::string pattern(const engine::Ground& ground, program::Index pattern,
                                  Language language);

// "sammanträde (Chefsamrådet) den 10 maj 2017 [m-3]": what it is, its day and its id; the identity alone when it is not known.
[[nodiscard]] std::string event(const engine::Ground& ground, program::Symbol identity,
                                Language language);

// The label of an event type where it has one in the language (a Swedish report shows any), else its name, in English with blanks
// for `_`.
[[nodiscard]] std::string type_name(const engine::Ground& ground, const program::EventType& type,
                                    Language language);

// Names of events and fields are English: a report in English shows no Swedish label where a name will do.
[[nodiscard]] bool shows_label(const engine::Ground& ground, program::Symbol label,
                               Language language);

// "av" for a field `by`: those that stand in patterns have words of their own; empty for all others.
[[nodiscard]] std::string_view preposition(std::string_view field, Language language);

// A field as an event type, as it stands in running text.
[[nodiscard]] std::string field_name(const engine::Ground& ground, const program::Field& field,
                                     Language language);

// "Tolkning av X2": what the reading of a rule is introduced with.
[[nodiscard]] std::string reading_heading(const engine::Ground& ground, const program::Rule& rule,
                                          Language language);
// The condition that is written with these words, between quotes and in words of the language: ”skriftligt är ja”; a fact alone by its
// label; as it is written where no condition has these words. The conditions of `rule` come first.
[[nodiscard]] std::string condition(const engine::Ground& ground, program::Symbol text,
                                    program::Index rule, Language language);

// What a set condition of those words turned on in that event: "; “public comment” is missing", or "; it includes X"; empty where the
// words are no set condition on a field of its own.
[[nodiscard]] std::string set_detail(const engine::Ground& ground, program::Symbol event,
                                     program::Symbol text, Language language);

// What is missing, by name: fields, facts, roles and event types between quotes, the hour in words.
[[nodiscard]] std::string missing_name(const engine::Ground& ground, program::Symbol name,
                                       Language language);

// First letter upper case, Swedish letters included.
[[nodiscard]] std::string sentence_case(std::string text);
// First letter lower case unless the word looks like a name (all capitals).
[[nodiscard]] std::string running_case(std::string text);

// Straight quotes of the language: ”text” and “text”.
[[nodiscard]] std::string quoted(std::string_view text, Language language);

}  // namespace samrad::reports
