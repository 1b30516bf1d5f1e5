// The part of JSON Schema 2020-12 that docs/schema uses: type, const, enum, pattern, minLength, maxLength, minimum, required,
// properties, additionalProperties, items, $ref (within a file, or to another file of the folder). A keyword outside that is itself a
// fault, so that no schema says what is not held.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace samrad::tests {

// What of `value` goes against the schema file NAME in docs/schema; empty when nothing does.
std::vector<std::string> faults_by_schema(const std::string& name, const nlohmann::json& value);

// The same against `schema`, a part of `document` that holds all that it refers to.
std::vector<std::string> faults_in_document(const nlohmann::json& document, const nlohmann::json& schema, const nlohmann::json& value);

}  // namespace samrad::tests
