// A text turned into a template whose parameters are filled in with what stood there.
#pragma once

#include <string>
#include <vector>

#include "rules/program/bind.h"
#include "tests/generated/dice.h"

namespace samrad::generated {

struct Template {
  std::string text;
  program::Arguments arguments;  // in the order of the parameters of the text
};

// Numbers, money, dates, durations and texts of the clauses, some of them, and the term become parameters.
[[nodiscard]] Template as_template(const std::string& text, Dice& dice);

}  // namespace samrad::generated
