// A condition as a tree over the program's postfix code, for whoever wants to bring it about and not only to ask it.
#pragma once

#include <vector>

#include "engine/condition.h"
#include "rules/program/tree.h"

namespace samrad::plan {

using engine::Event;
using program::Form;
using program::Index;
using program::Node;
using program::Rule;
using program::Symbol;
using program::Tree;
using program::Value;

// What a value node comes to; absent where it cannot be told. `list` gets the entries where it is a list.
[[nodiscard]] Value value_of(const engine::Asking&, const Tree&, std::uint32_t node,
                             std::vector<Symbol>& list);

// Whether nothing but the event's own day and fixed dates decide.
[[nodiscard]] bool only_dates(const Tree&);

}  // namespace samrad::plan
