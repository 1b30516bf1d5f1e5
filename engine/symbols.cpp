// Texts to numbers and back: open addressing over FNV-1a, since the standard hash differs between libraries and the
// order of a table must never show in a result.
#include "engine/symbols.h"

namespace samrad::engine {
namespace {

std::uint64_t fnv1a(std::string_view text) {
  std::uint64_t h = 14695981039346656037ULL;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return h;
}

}  // namespace

Symbols::Symbols(const program::Program& program) {
  slots_.resize(64);
  // The program's table is free of repetitions except the empty text at 0, so numbers stay as they are.
  for (const std::string& text : program.symbols) {
    texts_.push_back(text);
    if (texts_.size() * 2 > slots_.size()) grow();
    slots_[slot(text)] = static_cast<std::uint32_t>(texts_.size());
  }
  intern(time_of_day);
  own_ = texts_.size();
}

std::size_t Symbols::slot(std::string_view text) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = fnv1a(text) & mask;
  while (slots_[at] != 0 && texts_[slots_[at] - 1] != text) at = (at + 1) & mask;
  return at;
}

// Only while nothing is forgotten that still stands in texts_: intern takes free numbers before the table grows.
void Symbols::grow() {
  slots_.assign(slots_.size() * 2, 0);
  for (std::size_t i = 0; i < texts_.size(); ++i) slots_[slot(texts_[i])] = static_cast<std::uint32_t>(i + 1);
}

void Symbols::sweep(const std::vector<bool>& live) {
  slots_.assign(slots_.size(), 0);
  free_.clear();
  for (std::size_t i = texts_.size(); i-- > 0;) {
    if (i < own_ || live[i]) {
      slots_[slot(texts_[i])] = static_cast<std::uint32_t>(i + 1);
    } else {
      texts_[i].clear();
      free_.push_back(static_cast<program::Symbol>(i));
    }
  }
}

program::Symbol Symbols::intern(std::string_view text) {
  const std::size_t at = slot(text);
  if (slots_[at] != 0) return slots_[at] - 1;
  if (!free_.empty()) {
    const program::Symbol again = free_.back();
    free_.pop_back();
    texts_[again] = text;
    slots_[at] = again + 1;
    return again;
  }
  texts_.emplace_back(text);
  slots_[at] = static_cast<std::uint32_t>(texts_.size());
  const auto symbol = static_cast<program::Symbol>(texts_.size() - 1);
  if (texts_.size() * 2 > slots_.size()) grow();
  return symbol;
}

program::Symbol Symbols::find(std::string_view text) const {
  const std::uint32_t found = slots_[slot(text)];
  return found == 0 ? program::none : found - 1;
}

}  // namespace samrad::engine
