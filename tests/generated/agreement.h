// A made-up agreement: one text, or several that amend each other, and the words that histories of it use.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/generated/sentences.h"

namespace samrad::generated {

struct Agreement {
  std::vector<std::string> texts;
  std::unique_ptr<Words> words;
};

// `clauses` is how many there are at most.
[[nodiscard]] Agreement make_agreement(Dice& dice, int clauses);

}  // namespace samrad::generated
