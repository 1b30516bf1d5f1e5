// The JSON Schemas of docs/schema, compiled in.
#pragma once

#include <span>
#include <string_view>

namespace samrad::api {

struct SchemaFile {
  std::string_view name;  // `audit.schema.json`
  std::string_view text;
};
[[nodiscard]] std::span<const SchemaFile> schema_files();

}  // namespace samrad::api
