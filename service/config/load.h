// The configuration of the service from all that says something of it, and all that is wrong with it at once.
//
// Later ones win: the defaults, one TOML file, `SAMRAD_*` variables, flags. What an earlier one has wrong is a fault also where a later
// one overrides it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

#include "service/config/configuration.h"

namespace samrad::config {

inline constexpr std::size_t file_bytes_max = 1024 * 1024;  // of the TOML file
inline constexpr std::size_t secret_bytes_max = 64 * 1024;  // of a file with a secret

struct Sources {
  // Names without `--`, in the order given: {`listen-port`, `8080`}. A flag without a value has the value `true`. `config` names the TOML
  // file; without it `SAMRAD_CONFIG` does; without both it is `samrad.toml` in the data folder, if there.
  std::vector<std::pair<std::string, std::string>> flags;
  // Those that begin with `SAMRAD_`; an empty value is as none.
  std::vector<std::pair<std::string, std::string>> variables;
};

// The variables of this process. Not while another thread sets some.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> variables_of_process();

enum class Level : std::uint8_t {
  error,    // the service does not start
  warning,  // it does, and something is probably not as meant
};

struct Fault {
  Level level = Level::error;
  std::string where;  // `samrad.toml:12:3`, `SAMRAD_LISTEN_PORT`, `--listen-port`; empty: the whole
  std::string message;  // holds no secret
  std::string help;     // what instead; empty: none
  bool operator==(const Fault&) const = default;
};

// One a line, with its help on the next; ends with a line break unless empty.
[[nodiscard]] std::string text_of(const std::vector<Fault>& faults);

struct Loaded {
  Configuration configuration;
  std::vector<Fault> warnings;
  std::string file;  // the TOML file that was read; empty: none
};

// Reads the TOML file and the files with secrets, and looks whether other files named are there. The error has at least one Level::error.
[[nodiscard]] tl::expected<Loaded, std::vector<Fault>> load(const Sources& sources);

}  // namespace samrad::config
