// What a rule text may be at most. Each limit has its one home here; a text beyond one ends in a diagnostic.
#pragma once

#include <cstddef>

namespace samrad::rules {

inline constexpr std::size_t source_bytes_max = 16 * 1024 * 1024;  // bytes in one file
inline constexpr std::size_t tokens_max = 6'000'000;    // words, texts, numbers and signs in all files together
inline constexpr std::size_t block_tokens_max = 50'000;  // the same in one block
inline constexpr std::size_t nesting_depth_max = 100;    // parentheses, or conditions within conditions
inline constexpr std::size_t number_digits_max = 15;     // digits in a number
inline constexpr std::size_t name_bytes_max = 200;       // bytes in a name
inline constexpr std::size_t quotation_bytes_max = 2000;    // of a sentence or condition, as findings quote it; the rest is `…`
inline constexpr std::size_t diagnostics_max = 100;      // messages shown for one file
inline constexpr std::size_t faults_counted_max = 10'000;  // further faults of a file, after which it is read no more

}  // namespace samrad::rules
