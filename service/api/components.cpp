#include "service/api/components.h"

#include <algorithm>
#include <set>

#include "service/api/schemas.h"

namespace samrad::api {

namespace {

constexpr std::string_view ending = ".schema.json";
constexpr std::string_view definitions = "/$defs/";
constexpr std::string_view components = "#/components/schemas/";

std::string stem(std::string_view file) {
  return std::string(file.substr(0, file.size() - ending.size()));
}

std::string definition_name(const std::string& file, std::string_view name) {
  return file == "api" ? std::string(name) : file + '.' + std::string(name);
}

// `#/$defs/date` and `occurrence.schema.json#/$defs/date`, as said in `file`, where the definition is now.
std::string moved(std::string_view reference, const std::string& file) {
  const std::size_t hash = std::min(reference.find('#'), reference.size());
  const std::string home = hash == 0 ? file : stem(reference.substr(0, hash));
  const std::string_view pointer = reference.substr(std::min(hash + 1, reference.size()));
  if (pointer.starts_with(definitions))
    return std::string(components) + definition_name(home, pointer.substr(definitions.size()));
  return std::string(components) + home + std::string(pointer);
}

void move_references(Json& json, const std::string& file) {
  if (json.is_array())
    for (Json& item : json)
      move_references(item, file);
  if (!json.is_object()) return;
  for (auto& [name, value] : json.items()) {
    if (name == "$ref" && value.is_string())
      value = moved(value.get<std::string>(), file);
    else
      move_references(value, file);
  }
}

// The components that the part refers to, by name.
void collect(const Json& part, std::set<std::string>& names) {
  if (part.is_object())
    for (const auto& [name, value] : part.items())
      if (name == "$ref" && value.is_string() && value.get<std::string>().starts_with(components)) {
        const std::string rest = value.get<std::string>().substr(components.size());
        names.insert(rest.substr(0, rest.find('/')));
      }
  if (part.is_structured())
    for (const Json& child : part)
      collect(child, names);
}

Json all_components() {
  Json all = Json::object();
  for (const SchemaFile& one : schema_files()) {
    const std::string file = stem(one.name);
    Json schema = Json::parse(one.text, nullptr, false);
    move_references(schema, file);
    if (const auto defs = schema.find("$defs"); defs != schema.end())
      for (const auto& [name, definition] : defs->items())
        all[definition_name(file, name)] = definition;
    for (const char* own : {"$schema", "$id", "$defs"})
      schema.erase(own);
    if (file != "api") all[file] = std::move(schema);
  }
  return all;
}

}  // namespace

Json schema_components(const Json& paths) {
  const Json all = all_components();
  std::set<std::string> used;
  collect(paths, used);
  for (std::size_t before = 0; before != used.size();) {
    before = used.size();
    for (const std::string& name : std::set<std::string>(used))
      if (const auto found = all.find(name); found != all.end()) collect(*found, used);
  }
  Json kept = Json::object();
  for (const auto& [name, schema] : all.items())
    if (used.count(name) > 0) kept[name] = schema;
  return kept;
}

Json reference_to(std::string_view schema) {
  const std::size_t hash = schema.find('#');
  const std::string name =
      hash == std::string_view::npos
          ? std::string(schema)
          : definition_name(std::string(schema.substr(0, hash)), schema.substr(hash + 1));
  return {{"$ref", std::string(components) + name}};
}

}  // namespace samrad::api
