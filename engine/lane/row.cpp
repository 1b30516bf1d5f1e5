// Texts that are too long for a word, and their numbers.

#include "engine/lane/row.h"

namespace samrad::engine::lane {

Word Texts::long_word(std::string_view text) {
  const auto at = numbers_.find(text);
  if (at != numbers_.end()) return long_text | at->second;
  std::uint32_t number = static_cast<std::uint32_t>(texts_.size());
  if (free_.empty()) {
    texts_.emplace_back();
  } else {
    number = free_.back();
    free_.pop_back();
  }
  texts_[number] = std::make_unique<const std::string>(text);
  numbers_.emplace(*texts_[number], number);
  return long_text | number;
}

void Texts::sweep(std::span<const Word> live) {
  std::vector<bool> stays(texts_.size());
  for (std::size_t i = 0; i < kept_; ++i) stays[i] = true;
  for (const Word word : live)
    if ((word & long_text) != 0 && (word & ~long_text) < texts_.size()) stays[word & ~long_text] = true;
  for (std::size_t i = 0; i < texts_.size(); ++i) {
    if (stays[i] || texts_[i] == nullptr) continue;
    numbers_.erase(*texts_[i]);
    texts_[i].reset();
    free_.push_back(static_cast<std::uint32_t>(i));
  }
}

}  // namespace samrad::engine::lane
