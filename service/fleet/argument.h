// One value of an instance, from the text of a table's cell or from JSON. Internal to fleet/.
#pragma once

#include <string_view>

#include <tl/expected.hpp>

#include "rules/program/bind.h"
#include "service/record/decode.h"

namespace samrad::fleet {

using Wrong = record::Vocabulary::Wrong;

// `label` belongs to a member; for a list both are separated by `;`. An empty text: left out.
[[nodiscard]] tl::expected<program::Argument, Wrong>
argument_of_text(const record::Vocabulary& words, const program::Parameter& parameter,
                 std::string_view text, std::string_view label);

// Null: left out.
[[nodiscard]] tl::expected<program::Argument, Wrong>
argument_of_json(const record::Vocabulary& words, const program::Parameter& parameter,
                 const record::Json& json);

// What is wrong with `name` as the name of an agreement or a member: empty when nothing is.
[[nodiscard]] std::string wrong_name(std::string_view name);

}  // namespace samrad::fleet
