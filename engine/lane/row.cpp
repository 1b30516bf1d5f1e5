// Texts that are too long for a word, and their numbers: open addressing, rebuilt when it fills up or texts are forgotten.

#include "engine/lane/row.h"

#include <algorithm>

namespace samrad::engine::lane {
namespace {

constexpr std::size_t slots_min = 64;

// Eight bytes at a time, multiplied and folded.
std::uint64_t hash_of(std::string_view text) {
  constexpr std::uint64_t factor = 0x9E3779B97F4A7C15U;  // 2^64 over the golden ratio
  std::uint64_t hash = text.size();
  for (; text.size() >= sizeof hash; text.remove_prefix(sizeof hash)) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data(), sizeof bytes);
    hash = (hash ^ bytes) * factor;
    hash ^= hash >> 32U;
  }
  std::uint64_t rest = 0;
  std::memcpy(&rest, text.data(), text.size());
  hash = (hash ^ rest) * factor;
  return hash ^ hash >> 32U;
}

}  // namespace

std::size_t Texts::slot(std::string_view text) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash_of(text) & mask;
  while (slots_[at] != 0 && texts_[slots_[at] - 1] != text) at = (at + 1) & mask;
  return at;
}

void Texts::rebuild(std::size_t slots) {
  slots_.assign(slots, 0);
  for (std::size_t i = 0; i < texts_.size(); ++i)
    if (!texts_[i].empty()) slots_[slot(texts_[i])] = static_cast<std::uint32_t>(i + 1);
}

Word Texts::long_word(std::string_view text) {
  if (slots_.empty()) rebuild(slots_min);
  std::size_t at = slot(text);
  if (slots_[at] != 0) return long_text | (slots_[at] - 1);
  if ((texts_.size() - free_.size() + 1) * 2 > slots_.size()) {
    rebuild(slots_.size() * 2);
    at = slot(text);
  }
  if (free_.empty()) {
    free_.push_back(static_cast<std::uint32_t>(texts_.size()));
    texts_.emplace_back();
  }
  const std::uint32_t number = free_.back();
  free_.pop_back();
  texts_[number] = text;
  slots_[at] = number + 1;
  return long_text | number;
}

void Texts::sweep(std::span<const Word> live) {
  std::vector<bool> stays(texts_.size());
  std::fill_n(stays.begin(), kept_, true);
  for (const Word word : live)
    if ((word & long_text) != 0 && (word & ~long_text) < texts_.size()) stays[word & ~long_text] = true;
  for (std::size_t i = 0; i < texts_.size(); ++i) {
    if (stays[i] || texts_[i].empty()) continue;
    texts_[i] = std::string();
    free_.push_back(static_cast<std::uint32_t>(i));
  }
  if (!slots_.empty()) rebuild(slots_.size());
}

}  // namespace samrad::engine::lane
