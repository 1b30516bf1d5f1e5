#include "service/config/apply.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "rules/diagnostics/near.h"

namespace samrad::config {

namespace {

std::string_view words_of(const Value& value) {
  if (const auto* other = std::get_if<Other>(&value)) return other->words;
  return words(static_cast<Type>(value.index()));
}

std::string trimmed(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
  const std::size_t end = text.find_last_not_of(" \t");
  return std::string(text.substr(begin, end == std::string_view::npos ? 0 : end + 1 - begin));
}

template <class Of>
std::string range_of(const Setting<Of>& setting) {
  return fmt::format("{} to {}{}{}", setting.least, setting.most, setting.values.empty() ? "" : " ",
                     setting.values);
}

// Puts the value into the subject. What is expected in its place, or empty.
template <class Of>
std::string put(const Setting<Of>& setting, const Given& given, Of& subject) {
  Value value = given.value;
  if (!given.typed) {
    auto read = value_of(std::get<std::string>(given.value), setting.type);
    if (!read) return std::move(read.error());
    value = std::move(*read);
  }
  if (value.index() != static_cast<std::size_t>(setting.type))
    return fmt::format("{} is expected, not {}", words(setting.type), words_of(value));
  if (const auto* number = std::get_if<std::int64_t>(&value))
    if (*number < setting.least || *number > setting.most)
      return fmt::format("{} is not within {}", *number, range_of(setting));
  return setting.set(subject, value);
}

template <class Of>
Fault unknown(std::span<const Setting<Of>> rows, const Given& given) {
  const std::string table = given.name + '.';
  std::vector<std::string> names;
  std::string elsewhere;
  bool is_table = false;
  for (const Setting<Of>& row : rows) {
    names.emplace_back(row.name);
    is_table = is_table || row.name.starts_with(table);
    if (row.name.ends_with('.' + given.name)) elsewhere = row.name;
  }
  Fault fault{Level::error, given.name_at, fmt::format("no setting `{}`", given.name), ""};
  if (is_table)
    fault.help = fmt::format("`{0}` is a table: write `[{0}]` with its settings below", given.name);
  else if (given.name == "oidc")
    fault.help = "each issuer is a table of its own: write `[[oidc]]`";
  else if (!elsewhere.empty())
    fault.help = fmt::format("did you mean `{}`?", elsewhere);
  else
    fault.help = rules::did_you_mean(given.name, names);
  return fault;
}

// `prefix` stands before names in messages: `oidc.`.
template <class Of>
void apply_to(Of& subject, std::span<const Setting<Of>> rows, const std::vector<Given>& given,
              std::string_view prefix, Places& places, std::vector<Fault>& faults) {
  for (const Given& each : given) {
    const auto row = std::find_if(rows.begin(), rows.end(),
                                  [&](const Setting<Of>& one) { return one.name == each.name; });
    if (row == rows.end()) {
      faults.push_back(unknown(rows, each));
      continue;
    }
    const std::string name = std::string(prefix) + each.name;
    if (row->from == From::variable_only && each.name_at != variable_of(row->name)) {
      faults.push_back(
          {Level::error, each.name_at,
           fmt::format("`{}` is a secret and must not be given here", name),
           fmt::format("use `{}_file`, or the variable `{}`", name, variable_of(row->name))});
      continue;
    }
    if (const std::string fault = put(*row, each, subject); !fault.empty()) {
      faults.push_back({Level::error, each.value_at, fmt::format("`{}`: {}", name, fault), ""});
      places.fail(name);
    } else {
      places.set(name, each.value_at);
    }
  }
}

}  // namespace

tl::expected<Value, std::string> value_of(std::string_view text, Type type) {
  switch (type) {
  case Type::whole: {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.begin(), text.end(), number);
    if (error == std::errc() && end == text.end()) return number;
    return tl::unexpected(std::string("a whole number is expected"));
  }
  case Type::yes_no:
    if (text == "true" || text == "false") return text == "true";
    return tl::unexpected(std::string("`true` or `false` is expected"));
  case Type::texts: {
    Texts texts;
    while (!text.empty()) {
      const std::size_t comma = std::min(text.find(','), text.size());
      texts.push_back(trimmed(text.substr(0, comma)));
      text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return texts;
  }
  case Type::text:
  case Type::table: break;
  }
  return std::string(text);
}

void apply(const std::vector<Given>& given, Configuration& configuration, Places& places,
           std::vector<Fault>& faults) {
  apply_to(configuration, settings(), given, "", places, faults);
}

void apply(const std::vector<GivenIssuer>& given, Configuration& configuration, Places& places,
           std::vector<Fault>& faults) {
  for (const GivenIssuer& each : given) {
    access::Issuer issuer;
    Places inside;
    apply_to(issuer, issuer_settings(), each.settings, "oidc.", inside, faults);
    const std::string name = fmt::format("oidc.{}", configuration.issuers.size());
    places.set(name, each.at);
    for (const auto& row : issuer_settings())
      if (const std::string part = fmt::format("oidc.{}", row.name); inside.failed(part))
        places.fail(fmt::format("{}.{}", name, row.name));
    configuration.issuers.push_back(std::move(issuer));
  }
}

}  // namespace samrad::config
