// The words of the language: which cannot be names, and what months, units and number words stand for.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace samrad::rules::words {

bool is_reserved(std::string_view word);
bool is_field_word(std::string_view word);     // reserved, and yet allowed as the name of a field: by to from for about
bool is_block_keyword(std::string_view word);  // `clause`, `party` …; kinds that a file declares are not among them
bool is_item_word(std::string_view word);      // begins an item of some block: `source`, `owner`, `step` …
bool is_modal(std::string_view word);          // `shall`, `ska` …: what people write for `must`

// Each returns the text that the tree has for the word: "1".."12", "7", "half_year", "working_day" …
std::optional<std::string> month(std::string_view word);          // English name, upper case
std::optional<std::string> number(std::string_view word);         // one … twenty, a, an
std::optional<std::string> period_unit(std::string_view word);    // singular or plural
std::optional<std::string> duration_unit(std::string_view word);  // the same; `working days` is two words
std::optional<std::string> ordinal_ending(std::string_view word); // st nd rd th, as in 15th

// The English month for a Swedish or carelessly written one.
std::optional<std::string_view> month_meant(std::string_view word);
// The digits of a number word that the language does not have: `thirty`, `forty-five`, `hundred`.
std::optional<std::string> number_meant(std::string_view word);
// The period of `monthly`, `quarterly` …
std::optional<std::string_view> adverb_meant(std::string_view word);
// The English unit for a Swedish one or an abbreviation.
std::optional<std::string_view> unit_meant(std::string_view word);
// The English word of the language for a Swedish one (`minst`, `senast`, `inom` …).
std::optional<std::string_view> word_meant(std::string_view word);

// A number, month, unit, adverb or other word of the language, as people also write it; no name that somebody would choose.
bool may_stand_for_another(std::string_view word);

// The keyword for a Swedish one or another word for the same.
std::optional<std::string_view> keyword_meant(std::string_view word);

std::span<const std::string_view> block_keywords();
std::span<const std::string_view> item_words();

}  // namespace samrad::rules::words
