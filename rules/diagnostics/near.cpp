// Names to the nearest of them: Damerau-Levenshtein distance (the variant in which no letter is edited twice) over
// letters without case and marks, cut off at the greatest distance that would be worth a word.
#include "rules/diagnostics/near.h"

#include "rules/diagnostics/unicode.h"

#include <algorithm>
#include <cstddef>
#include <fmt/format.h>

namespace samrad::rules {
namespace {

constexpr std::size_t letters_max = 64;

std::size_t worth(std::size_t letters) {
  if (letters <= 2) return 0;
  if (letters <= 4) return 1;
  return letters <= 8 ? 2 : 3;
}

// The number of edits, or `bound + 1` for more than `bound`.
std::size_t distance(const std::u32string& a, const std::u32string& b, std::size_t bound) {
  const std::size_t gap = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (gap > bound) return bound + 1;
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> previous(b.size() + 1);
  std::vector<std::size_t> current(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) previous[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    std::size_t least = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      current[j] = std::min({previous[j] + 1, current[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        current[j] = std::min(current[j], before[j - 2] + 1);
      least = std::min(least, current[j]);
    }
    if (least > bound) return bound + 1;
    std::swap(before, previous);
    std::swap(previous, current);
  }
  return std::min(previous[b.size()], bound + 1);
}

}  // namespace

std::optional<std::string_view> nearest(std::string_view name, std::span<const std::string_view> candidates) {
  const std::u32string wanted = unicode::folded(name, letters_max);
  std::size_t bound = worth(wanted.size());
  std::optional<std::string_view> best;
  for (const std::string_view candidate : candidates) {
    if (candidate == name) continue;
    const std::size_t d = distance(wanted, unicode::folded(candidate, letters_max), bound);
    if (d > bound || (best && d == bound)) continue;
    best = candidate;
    bound = d;
    if (d == 0) break;
  }
  return best;
}

std::optional<std::string_view> nearest(std::string_view name, const std::vector<std::string>& candidates) {
  const std::vector<std::string_view> views(candidates.begin(), candidates.end());
  return nearest(name, std::span<const std::string_view>(views));
}

std::string did_you_mean(std::string_view name, std::span<const std::string_view> candidates) {
  const auto near = nearest(name, candidates);
  return near ? fmt::format("did you mean `{}`?", *near) : std::string();
}

std::string did_you_mean(std::string_view name, const std::vector<std::string>& candidates) {
  const std::vector<std::string_view> views(candidates.begin(), candidates.end());
  return did_you_mean(name, std::span<const std::string_view>(views));
}

}  // namespace samrad::rules
