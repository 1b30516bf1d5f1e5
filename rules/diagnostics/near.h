// The name that the user probably meant.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace samrad::rules {

// The candidate nearest to `name`, if near enough to be worth a suggestion: at most one edit for names up to four
// letters, two up to eight, three beyond (insert, delete, replace or swap neighbours, letters compared without case,
// diacritics, `_` and `-`). Of equally near ones the first. Never `name` itself. Time: the sum of the candidates'
// lengths times the length of the name, both cut at 64 letters. The view is one of the candidates'.
std::optional<std::string_view> nearest(std::string_view name, std::span<const std::string_view> candidates);
std::optional<std::string_view> nearest(std::string_view name, const std::vector<std::string>& candidates);

// "did you mean `X`?" for the nearest, or an empty text: ready for Diagnostic::help.
std::string did_you_mean(std::string_view name, std::span<const std::string_view> candidates);
std::string did_you_mean(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace samrad::rules
