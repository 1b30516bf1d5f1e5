// What the sources say, before it is known whether it makes sense: names and values with their places. Internal to the room.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "service/config/load.h"
#include "service/config/settings.h"

namespace samrad::config {

struct Given {
  std::string name;      // `listen.port`; within an issuer `audiences`
  Value value;           // from variables and flags a text, whatever the setting takes
  bool typed = true;     // false: from a variable or a flag
  std::string name_at;   // where the name stands: `samrad.toml:12:1`, `SAMRAD_LISTEN_PORT`
  std::string value_at;  // where the value stands
};

struct GivenIssuer {
  std::string at;
  std::vector<Given> settings;
};

struct GivenFile {
  std::vector<Given> settings;  // in the order of the file
  std::vector<GivenIssuer> issuers;
};

// The TOML text taken apart; a fault, if its syntax is wrong, in place of all that it says.
[[nodiscard]] GivenFile read_toml(std::string_view text, const std::string& path,
                                  std::vector<Fault>& faults);

}  // namespace samrad::config
