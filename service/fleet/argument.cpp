// Values are read as those of events are (record::decode_value); here is only what a table has no types for, and names with labels.

#include "service/fleet/argument.h"

#include <algorithm>

#include <fmt/format.h>

#include "service/record/limits.h"

namespace samrad::fleet {

namespace {

using program::Argument;
using program::Parameter;
using program::ValueKind;
using record::Json;
using record::JsonKind;
using Result = tl::expected<Argument, Wrong>;

tl::unexpected<Wrong> wrong(std::string message, std::string help = {}) {
  return tl::unexpected(Wrong{std::move(message), std::move(help)});
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
    text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
    text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(';');
    parts.push_back(trimmed(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// Of any type but a member.
Result plain(const record::Vocabulary& words, const Parameter& parameter, const Json& json) {
  program::Field field;
  field.type = parameter.type;
  std::vector<program::Symbol> pool;
  const auto value = record::decode_value(words, field, json, pool);
  if (!value) return tl::unexpected(value.error());
  Argument argument;
  const std::string text(words.symbols().text(value->symbol));
  if (parameter.type == ValueKind::text) {
    argument.names = {text};
    return argument;
  }
  argument.value = *value;
  if (parameter.type == ValueKind::money) argument.names = {text};
  argument.value.symbol = 0;
  return argument;
}

Result add_member(Argument& argument, std::string_view name, std::string_view label) {
  if (const std::string why = wrong_name(name); !why.empty()) return wrong(why);
  argument.names.emplace_back(name);
  argument.labels.emplace_back(label);
  return Argument();
}

Result members_of_text(const Parameter& parameter, std::string_view text, std::string_view label) {
  Argument argument;
  if (!parameter.list) {
    if (const auto added = add_member(argument, text, label); !added) return added;
    return argument;
  }
  const std::vector<std::string_view> names = split(text);
  std::vector<std::string_view> labels;
  if (!label.empty()) labels = split(label);
  if (!labels.empty() && labels.size() != names.size())
    return wrong(fmt::format("{} names and {} labels", names.size(), labels.size()),
                 "give each name a label, or none, separated by `;`");
  for (std::size_t i = 0; i < names.size(); ++i)
    if (const auto added = add_member(argument, names[i], labels.empty() ? "" : labels[i]); !added)
      return added;
  return argument;
}

Result member_of_json(Argument& argument, const Json& json) {
  if (json.kind == JsonKind::text) return add_member(argument, json.text, "");
  const Json* name = json.kind == JsonKind::object ? json.find("name") : nullptr;
  const Json* label = json.kind == JsonKind::object ? json.find("label") : nullptr;
  const bool fine = name && name->kind == JsonKind::text &&
                    (!label || label->kind == JsonKind::text) &&
                    json.members.size() == (label ? 2U : 1U);
  if (!fine)
    return wrong(fmt::format("should be a name; this is {}", record::words(json.kind)),
                 R"("x", or {"name": "x", "label": "…"})");
  return add_member(argument, name->text, label ? std::string_view(label->text) : "");
}

}  // namespace

std::string wrong_name(std::string_view name) {
  if (name.empty()) return "a name is empty";
  if (name.size() > record::name_bytes_max)
    return fmt::format("a name is longer than {} bytes", record::name_bytes_max);
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  if (std::any_of(name.begin(), name.end(), is_control))
    return "a name contains a line break or another control character";
  return {};
}

Result argument_of_text(const record::Vocabulary& words, const Parameter& parameter,
                        std::string_view text, std::string_view label) {
  text = trimmed(text);
  label = trimmed(label);
  if (text.empty() && !label.empty())
    return wrong("a label without a name", "fill in the name, or leave both out");
  if (text.empty()) return Argument();
  switch (parameter.type) {
  case ValueKind::member: return members_of_text(parameter, text, label);
  case ValueKind::yes_no: {
    const bool yes = text == "yes" || text == "true";
    if (!yes && text != "no" && text != "false")
      return wrong(fmt::format("`{}` is neither yes nor no", text.substr(0, 40)),
                   "write yes, no, true or false");
    return plain(words, parameter, {.kind = JsonKind::yes_no, .yes = yes});
  }
  case ValueKind::number:
    return plain(words, parameter, {.kind = JsonKind::number, .text = std::string(text)});
  default: return plain(words, parameter, {.kind = JsonKind::text, .text = std::string(text)});
  }
}

Result argument_of_json(const record::Vocabulary& words, const Parameter& parameter,
                        const Json& json) {
  if (json.kind == JsonKind::null) return Argument();
  if (parameter.type != ValueKind::member) return plain(words, parameter, json);
  Argument argument;
  if (!parameter.list || json.kind != JsonKind::list) {
    const auto added = member_of_json(argument, json);
    return added ? Result(argument) : added;
  }
  if (json.items.empty()) return wrong("the list is empty", "leave it out where there is none");
  for (const Json& item : json.items)
    if (const auto added = member_of_json(argument, item); !added) return added;
  return argument;
}

}  // namespace samrad::fleet
