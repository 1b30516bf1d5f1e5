#include "tests/service/schema.h"

#include <map>
#include <regex>
#include <set>

#include "tests/service/golden.h"

namespace samrad::tests {

namespace {

using nlohmann::json;

class Validator {
 public:
  void check(const std::string& file, const json& schema, const json& value,
             const std::string& path) {
    if (schema.is_boolean()) {
      if (!schema.get<bool>()) fault(path, "is not allowed");
      return;
    }
    for (const auto& [keyword, rule] : schema.items())
      apply(file, schema, keyword, rule, value, path);
  }

  const json& load(const std::string& file) {
    const auto it = files_.find(file);
    if (it != files_.end()) return it->second;
    return files_[file] =
               json::parse(read_file(std::string(SAMRAD_SOURCE_DIR) + "/docs/schema/" + file));
  }

  void hold(const std::string& file, const json& document) { files_[file] = document; }

  std::vector<std::string> faults;

 private:
  void fault(const std::string& path, const std::string& what) {
    faults.push_back(path + ": " + what);
  }

  static bool is(const json& value, const std::string& type) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "integer") return value.is_number_integer();
    if (type == "number") return value.is_number();
    if (type == "boolean") return value.is_boolean();
    return type == "null" && value.is_null();
  }

  void apply(const std::string& file, const json& schema, const std::string& keyword,
             const json& rule, const json& value, const std::string& path) {
    static const std::set<std::string> words = {"$schema", "$id", "title", "description", "$defs"};
    if (words.count(keyword)) return;
    if (keyword == "$ref") return follow(file, rule.get<std::string>(), value, path);
    if (keyword == "type") {
      bool any = false;
      for (const json& type : rule.is_array() ? rule : json::array({rule}))
        any = any || is(value, type);
      if (!any) fault(path, "is not " + rule.dump());
    } else if (keyword == "const") {
      if (value != rule) fault(path, "is not " + rule.dump());
    } else if (keyword == "enum") {
      if (std::find(rule.begin(), rule.end(), value) == rule.end())
        fault(path, value.dump() + " is none of " + rule.dump());
    } else if (keyword == "pattern") {
      if (value.is_string() &&
          !std::regex_search(value.get<std::string>(), std::regex(rule.get<std::string>())))
        fault(path, value.dump() + " does not match " + rule.dump());
    } else if (keyword == "minLength") {
      if (value.is_string() && value.get<std::string>().size() < rule) fault(path, "is too short");
    } else if (keyword == "maxLength") {
      if (value.is_string() && value.get<std::string>().size() > rule) fault(path, "is too long");
    } else if (keyword == "minItems") {
      if (value.is_array() && value.size() < rule) fault(path, "has too few entries");
    } else if (keyword == "maxItems") {
      if (value.is_array() && value.size() > rule) fault(path, "has too many entries");
    } else if (keyword == "minimum") {
      if (value.is_number() && value < rule) fault(path, "is too small");
    } else {
      apply_to_parts(file, schema, keyword, rule, value, path);
    }
  }

  void apply_to_parts(const std::string& file, const json& schema, const std::string& keyword,
                      const json& rule, const json& value, const std::string& path) {
    if (keyword == "required") {
      for (const json& name : rule)
        if (value.is_object() && !value.contains(name.get<std::string>()))
          fault(path, "lacks " + name.dump());
    } else if (keyword == "properties") {
      if (value.is_object())
        for (const auto& [name, member] : rule.items())
          if (value.contains(name)) check(file, member, value[name], path + "/" + name);
    } else if (keyword == "additionalProperties") {
      if (value.is_object())
        for (const auto& [name, member] : value.items())
          if (!schema.contains("properties") || !schema["properties"].contains(name))
            check(file, rule, member, path + "/" + name);
    } else if (keyword == "items") {
      if (value.is_array())
        for (std::size_t i = 0; i < value.size(); ++i)
          check(file, rule, value[i], path + "/" + std::to_string(i));
    } else {
      fault(path, "the schema uses `" + keyword + "`, which this test does not know");
    }
  }

  void follow(const std::string& file, const std::string& ref, const json& value,
              const std::string& path) {
    const std::size_t hash = ref.find('#');
    const std::string target = hash == 0 ? file : ref.substr(0, hash);
    const json& whole = load(target);
    check(target,
          hash == std::string::npos ? whole : whole.at(json::json_pointer(ref.substr(hash + 1))),
          value, path);
  }

  std::map<std::string, json> files_;
};

}  // namespace

std::vector<std::string> faults_by_schema(const std::string& name, const json& value) {
  Validator validator;
  const json schema = validator.load(name);
  validator.check(name, schema, value, "");
  return validator.faults;
}

std::vector<std::string> faults_in_document(const json& document, const json& schema, const json& value) {
  Validator validator;
  validator.hold("", document);
  validator.check("", schema, value, "");
  return validator.faults;
}

}  // namespace samrad::tests
