// What can be set, told: from the one table that the reader uses too.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "service/config/configuration.h"

namespace samrad::config {

struct Described {
  std::string name;        // in the file: `listen.port`
  std::string variable;    // `SAMRAD_LISTEN_PORT`; empty: only in the file
  std::string flag;        // `listen-port`; empty: none
  std::string values;      // `1 to 65535`, `a folder`, `sv or en`
  std::string standard;    // the default, as TOML; empty: none
  std::string text;        // a sentence
  bool is_switch = false;  // yes or no: the flag may come without a value
};
// In the order of the file. Settings of an issuer begin with `oidc.`.
[[nodiscard]] std::vector<Described> described();

// A TOML file that says what `configuration` says, with a comment for each setting; what is as by default is commented out. Without
// secrets. Reading it gives the same configuration, apart from those.
[[nodiscard]] std::string as_toml(const Configuration& configuration);

// The table of docs/service.md: Markdown, one row a setting.
[[nodiscard]] std::string documentation();

}  // namespace samrad::config
