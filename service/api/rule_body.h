// What a client hands in as the rules of an agreement: one text, or files and parameters.
#pragma once

#include <string>
#include <vector>

#include "service/api/api.h"
#include "service/api/call.h"
#include "service/registry/rulebook.h"

namespace samrad::api {

struct RuleBody {
  std::string id;             // of the agreement; empty: not given
  std::string in_force_from;  // a date; empty: not given
  registry::RuleText text;
};

// Reads the body by its media type: JSON with `rules`, `files` or the name of a `template`, and `parameters`; or the text of the rules
// itself, with the rest in the query. `members` are those that this operation knows besides (`id`, `inForceFrom`). All faults of query and body come at once.
[[nodiscard]] tl::expected<RuleBody, http::Problem>
read_rule_body(Call& call, const std::vector<std::string_view>& members,
               const std::vector<Template>& templates);

// The forms of it, for the rows of routes; `schema` is that of the JSON.
[[nodiscard]] std::vector<Media> rule_media(std::string_view schema);

}  // namespace samrad::api
