// The rule texts that an operator lays out for agreements to be made of.
#pragma once

#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "service/api/api.h"

namespace samrad::serve {

// Reads `folder`: each `.samrad` file in it is a template by its name without the ending, each folder in it with such files one by the
// folder's name. In order of names. The error says what cannot be read, or why a text is no template.
[[nodiscard]] tl::expected<std::vector<api::Template>, std::string>
templates_in(const std::string& folder);

}  // namespace samrad::serve
