#include "service/config/load.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <set>

#include <fmt/format.h>
#include <unistd.h>

#include "rules/diagnostics/near.h"
#include "service/config/apply.h"

namespace samrad::config {

namespace {

constexpr std::string_view file_name = "samrad.toml";
constexpr std::string_view file_variable = "SAMRAD_CONFIG";
constexpr std::string_view file_flag = "config";

// Those that other commands and tools read.
constexpr std::array<std::string_view, 3> other_variables = {file_variable, "SAMRAD_NOW",
                                                             "SAMRAD_PRESET"};

const Setting<Configuration>* by(std::string (*spelling)(std::string_view),
                                 const std::string& text) {
  for (const auto& setting : settings())
    if (spelling(setting.name) == text) return &setting;
  return nullptr;
}

std::vector<std::string> spelled(std::string (*spelling)(std::string_view),
                                 std::size_t without_first) {
  std::vector<std::string> names;
  for (const auto& setting : settings())
    names.push_back(spelling(setting.name).substr(without_first));
  return names;
}

// A container's surroundings may have variables of their own that begin so: a likely slip of the pen is an error, others are told.
Fault unknown_variable(const std::string& variable) {
  const std::size_t prefix = std::string_view("SAMRAD_").size();
  const std::vector<std::string> names = spelled(variable_of, prefix);
  const auto near = rules::nearest(variable.substr(prefix), names);
  Fault fault{near ? Level::error : Level::warning, variable, "no setting has this variable", ""};
  if (near) fault.help = fmt::format("did you mean `SAMRAD_{}`?", *near);
  return fault;
}

std::vector<Given> from_variables(const Sources& sources, std::vector<Fault>& faults) {
  std::vector<Given> given;
  for (const auto& [variable, value] : sources.variables) {
    if (value.empty() || std::find(other_variables.begin(), other_variables.end(), variable) !=
                             other_variables.end())
      continue;
    if (const auto* setting = by(variable_of, variable))
      given.push_back({std::string(setting->name), value, false, variable, variable});
    else
      faults.push_back(unknown_variable(variable));
  }
  return given;
}

std::vector<Given> from_flags(const Sources& sources, std::vector<Fault>& faults) {
  std::vector<Given> given;
  std::set<std::string> seen;
  for (const auto& [flag, value] : sources.flags) {
    const std::string at = "--" + flag;
    const auto* setting = by(flag_of, flag);
    if (!seen.insert(flag).second)
      faults.push_back({Level::error, at, "this flag is given twice",
                        setting && setting->type == Type::texts
                            ? "give it once, with commas between the values"
                            : "give it once"});
    else if (setting)
      given.push_back({std::string(setting->name), value, false, at, at});
    else if (flag != file_flag)
      faults.push_back({Level::error, at, "no setting has this flag",
                        rules::did_you_mean(flag, spelled(flag_of, 0))});
  }
  return given;
}

const std::string* value_named(const std::vector<std::pair<std::string, std::string>>& list,
                               std::string_view name) {
  for (const auto& [key, value] : list)
    if (key == name && !value.empty()) return &value;
  return nullptr;
}

// Reads the TOML file that the sources name, or the one in the data folder if there is one.
struct FoundFile {
  std::string path;  // empty: none
  std::string text;
};

FoundFile found_file(const Sources& sources, std::vector<Fault>& faults) {
  namespace fs = std::filesystem;
  FoundFile found;
  std::string at = "--config";
  if (const auto* flag = value_named(sources.flags, file_flag)) {
    found.path = *flag;
  } else if (const auto* variable = value_named(sources.variables, file_variable)) {
    found.path = *variable;
    at = file_variable;
  } else {
    const auto* data = value_named(sources.flags, "data");
    if (!data) data = value_named(sources.variables, variable_of("data"));
    if (!data) return found;
    std::error_code code;
    const fs::path path = fs::path(*data) / file_name;
    if (!fs::exists(path, code)) return found;
    found.path = path.string();
    at = found.path;
  }
  std::error_code code;
  if (fs::is_directory(found.path, code)) found.path = (fs::path(found.path) / file_name).string();
  std::ifstream stream(found.path, std::ios::binary);
  std::string text(file_bytes_max + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  if (!stream.is_open() || stream.bad())
    faults.push_back({Level::error, at, fmt::format("`{}` cannot be read", found.path),
                      "name a TOML file that is there and that the service may read"});
  else if (text.size() > file_bytes_max)
    faults.push_back({Level::error, at,
                      fmt::format("`{}` has more than {} bytes", found.path, file_bytes_max),
                      "this is no file of settings"});
  else
    found.text = std::move(text);
  return found;
}

bool is_error(const Fault& fault) { return fault.level == Level::error; }

void cut(std::vector<Fault>& faults) {
  if (faults.size() <= faults_max) return;
  const std::size_t more = faults.size() - faults_max;
  const bool errors = std::any_of(faults.begin() + faults_max, faults.end(), is_error);
  faults.resize(faults_max);
  faults.push_back({errors ? Level::error : Level::warning, "",
                    fmt::format("{} more are not listed", more), "mend these first"});
}

}  // namespace

std::vector<std::pair<std::string, std::string>> variables_of_process() {
  std::vector<std::pair<std::string, std::string>> variables;
  for (char** entry = environ; entry && *entry; ++entry) {
    const std::string_view text = *entry;
    const std::size_t equals = text.find('=');
    if (text.starts_with("SAMRAD_") && equals != std::string_view::npos)
      variables.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  std::sort(variables.begin(), variables.end());
  return variables;
}

tl::expected<Loaded, std::vector<Fault>> load(const Sources& sources) {
  std::vector<Fault> faults;
  Loaded loaded;
  Configuration& configuration = loaded.configuration;
  Places places;

  const FoundFile found = found_file(sources, faults);
  loaded.file = found.path;
  const GivenFile file = read_toml(found.text, found.path, faults);
  apply(file.settings, configuration, places, faults);
  apply(file.issuers, configuration, places, faults);
  apply(from_variables(sources, faults), configuration, places, faults);
  apply(from_flags(sources, faults), configuration, places, faults);
  check(configuration, places, faults);

  cut(faults);
  if (std::any_of(faults.begin(), faults.end(), is_error)) return tl::unexpected(std::move(faults));
  loaded.warnings = std::move(faults);
  return loaded;
}

std::string text_of(const std::vector<Fault>& faults) {
  std::string text;
  for (const Fault& fault : faults) {
    text += fmt::format("{}{}{}: {}\n", fault.where, fault.where.empty() ? "" : ": ",
                        fault.level == Level::error ? "error" : "warning", fault.message);
    if (!fault.help.empty()) text += fmt::format("  help: {}\n", fault.help);
  }
  return text;
}

}  // namespace samrad::config
