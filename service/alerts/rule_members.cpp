#include "service/alerts/rule_members.h"

#include <algorithm>

#include <fmt/format.h>

#include "service/alerts/one_line.h"

namespace samrad::alerts {

using record::Json;
using record::JsonKind;

namespace {

std::string escaped(std::string_view name) {
  std::string text;
  for (char c : name)
    text += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return text;
}

bool is_id(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
}

std::string listed(std::initializer_list<std::string_view> names) {
  std::string text;
  for (std::string_view name : names)
    text += fmt::format("{}`{}`", text.empty() ? "" : ", ", name);
  return text;
}

void wrong_kind(ConfigurationFaults& faults, std::string pointer, std::string_view expected,
                const Json& found) {
  add_fault(faults, std::move(pointer),
            fmt::format("expected {}, found {}", expected, words(found.kind)));
}

}  // namespace

void add_fault(ConfigurationFaults& faults, std::string pointer, std::string message,
               std::string help) {
  if (faults.size() < configuration_faults_max)
    faults.push_back({std::move(pointer), std::move(message), std::move(help)});
}

std::string text_at(const Json& json, const std::string& pointer, ConfigurationFaults& faults) {
  if (json.kind != JsonKind::text) {
    wrong_kind(faults, pointer, "a text", json);
  } else if (has_control(json.text)) {
    add_fault(faults, pointer, "the text holds a line break or another control character");
  } else if (json.text.size() > word_bytes_max) {
    add_fault(faults, pointer,
              fmt::format("the text is {} bytes long; at most {} are kept", json.text.size(),
                          word_bytes_max));
  } else if (json.text.empty()) {
    add_fault(faults, pointer, "the text is empty");
  } else {
    return json.text;
  }
  return {};
}

Members::Members(const Json& json, std::string pointer,
                 std::initializer_list<std::string_view> known, ConfigurationFaults& faults)
    : json_(json), pointer_(std::move(pointer)), faults_(faults) {
  if (json_.kind != JsonKind::object) wrong_kind(faults_, pointer_, "an object", json_);
  for (const record::JsonMember& member : json_.members)
    if (std::find(known.begin(), known.end(), member.name) == known.end())
      add_fault(faults_, at(member.name), fmt::format("no member `{}` belongs here", member.name),
                "the members are " + listed(known));
}

const Json* Members::find(std::string_view name) const {
  if (json_.kind != JsonKind::object) return nullptr;
  const Json* found = json_.find(name);
  return found && found->kind != JsonKind::null ? found : nullptr;
}

std::string Members::at(std::string_view name) const { return pointer_ + "/" + escaped(name); }

void Members::fault(std::string_view name, std::string message, std::string help) const {
  add_fault(faults_, at(name), std::move(message), std::move(help));
}

std::string Members::text(std::string_view name, bool required) const {
  const Json* found = find(name);
  if (!found) {
    if (required && json_.kind == JsonKind::object)
      fault(name, fmt::format("`{}` is missing", name));
    return {};
  }
  const bool empty = found->kind == JsonKind::text && found->text.empty();
  return empty && !required ? std::string() : text_at(*found, at(name), faults_);
}

std::string Members::id() const {
  std::string id = text("id", true);
  if (!is_id(id))
    fault("id", fmt::format("`{}` is no id", id), "letters a–z, digits, `-`, `_` and `.`");
  return id;
}

bool Members::yes_no(std::string_view name, bool otherwise) const {
  const Json* found = find(name);
  if (!found) return otherwise;
  if (found->kind == JsonKind::yes_no) return found->yes;
  wrong_kind(faults_, at(name), "true or false", *found);
  return otherwise;
}

void Members::each(std::string_view name, std::size_t max,
                   const std::function<void(const Json&, const std::string&)>& read) const {
  const Json* found = find(name);
  if (!found) return;
  if (found->kind != JsonKind::list) return wrong_kind(faults_, at(name), "a list", *found);
  if (found->items.size() > max)
    return fault(name, fmt::format("the list has {} items; at most {}", found->items.size(), max));
  for (std::size_t i = 0; i < found->items.size(); ++i)
    read(found->items[i], fmt::format("{}/{}", at(name), i));
}

std::vector<std::string> Members::texts(std::string_view name, std::size_t max) const {
  std::vector<std::string> all;
  each(name, max, [&](const Json& json, const std::string& pointer) {
    if (std::string text = text_at(json, pointer, faults_); !text.empty())
      all.push_back(std::move(text));
  });
  return all;
}

}  // namespace samrad::alerts
