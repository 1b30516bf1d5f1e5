// One rule file as text. A Source is a view: whoever made it keeps the bytes alive for as long as anything that
// was made from it (tokens, a rendering) is in use. A Tree and Diagnostics own what they hold and outlive it.
#pragma once

#include <string>
#include <string_view>

namespace samrad::rules {

struct Source {
  std::string name;  // as the user knows it: shown in messages and matched against `use`
  std::string_view text;
  unsigned version = 0;  // sources of one version are one text; later versions amend earlier ones
};

}  // namespace samrad::rules
