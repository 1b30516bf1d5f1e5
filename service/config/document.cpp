#include "service/config/document.h"

#include <algorithm>

#include <fmt/format.h>

#include "service/config/settings.h"

namespace samrad::config {

namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      (out += '\\') += c;
    else if (byte < 0x20 || byte == 0x7f)
      out += fmt::format("\\u{:04X}", byte);
    else
      out += c;
  }
  return out + '"';
}

std::string list_of(const Texts& texts) {
  std::string out;
  for (const std::string& text : texts)
    out += (out.empty() ? "" : ", ") + quoted(text);
  return '[' + out + ']';
}

std::string toml_of(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return quoted(*text);
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* yes = std::get_if<bool>(&value)) return *yes ? "true" : "false";
  if (const auto* texts = std::get_if<Texts>(&value)) return list_of(*texts);
  std::string out;
  if (const auto* table = std::get_if<Table>(&value))
    for (const auto& [name, texts] : *table)
      out += fmt::format("{}{} = {}", out.empty() ? " " : ", ", quoted(name), list_of(texts));
  return out.empty() ? "{}" : '{' + out + " }";
}

template <class Of>
std::string values_of(const Setting<Of>& setting) {
  if (setting.type != Type::whole) return std::string(setting.values);
  return fmt::format("{} to {}{}{}", setting.least, setting.most, setting.values.empty() ? "" : " ",
                     setting.values);
}

std::string_view table_of(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : name.substr(0, dot);
}

std::string_view within_table(std::string_view name) { return name.substr(name.rfind('.') + 1); }

// A setting with what it is for; commented out where it is as by default.
template <class Of>
std::string entry(const Setting<Of>& setting, const Of& subject, const std::string& places) {
  static const Of standard;
  const std::string value = toml_of(setting.get(subject));
  const bool as_by_default = value == toml_of(setting.get(standard));
  return fmt::format("# {}\n# {}{}\n{}{} = {}\n\n", setting.text, values_of(setting), places,
                     as_by_default ? "# " : "", within_table(setting.name), value);
}

std::string entry(const Setting<Configuration>& setting, const Configuration& configuration) {
  if (setting.from == From::variable_only)
    return fmt::format("# {}\n# Only as {}; never in a file like this.\n\n", setting.text,
                       variable_of(setting.name));
  return entry(setting, configuration,
               fmt::format("; {}, --{}", variable_of(setting.name), flag_of(setting.name)));
}

template <class Of>
Described described(const Setting<Of>& setting, std::string_view prefix) {
  Described row;
  row.name = std::string(prefix) + std::string(setting.name);
  if (setting.from != From::file_only) row.variable = variable_of(setting.name);
  if (setting.from == From::anywhere) row.flag = flag_of(setting.name);
  row.values = values_of(setting);
  row.standard = toml_of(setting.get(Of()));
  if (row.standard == "\"\"" || row.standard == "[]" || row.standard == "{}") row.standard.clear();
  row.text = setting.text;
  row.is_switch = setting.type == Type::yes_no;
  return row;
}

std::string code(std::string_view text) {
  return text.empty() ? std::string() : fmt::format("`{}`", text);
}

}  // namespace

std::vector<Described> described() {
  std::vector<Described> rows;
  for (const auto& setting : settings())
    rows.push_back(described(setting, ""));
  for (const auto& setting : issuer_settings())
    rows.push_back(described(setting, "oidc."));
  return rows;
}

std::string as_toml(const Configuration& configuration) {
  std::string out =
      "# How the service is set up. Lines that are commented out say what holds without them.\n"
      "# Variables go before this file, flags before both.\n\n";
  std::string_view table;
  for (const auto& setting : settings()) {
    if (table_of(setting.name) != table)
      out += fmt::format("[{}]\n\n", table = table_of(setting.name));
    out += entry(setting, configuration);
  }
  for (const access::Issuer& issuer : configuration.issuers) {
    out += "[[oidc]]\n\n";
    for (const auto& setting : issuer_settings())
      out += entry(setting, issuer, "");
  }
  if (configuration.issuers.empty()) {
    out += "# Issuers of OpenID Connect whose tokens are taken, one table each.\n# [[oidc]]\n\n";
    for (const auto& setting : issuer_settings())
      out += entry(setting, access::Issuer(), "");
  }
  while (out.ends_with("\n\n"))
    out.pop_back();
  return out;
}

std::string documentation() {
  std::string out =
      "| in the file | variable | flag | takes | default | |\n|---|---|---|---|---|---|\n";
  for (const Described& row : described())
    out += fmt::format("| {} | {} | {} | {} | {} | {} |\n", code(row.name), code(row.variable),
                       code(row.flag.empty() ? "" : "--" + row.flag), row.values,
                       code(row.standard), row.text);
  return out;
}

}  // namespace samrad::config
