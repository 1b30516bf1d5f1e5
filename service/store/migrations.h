// The schema, as the steps that lead to it.
#pragma once

#include <span>

#include "service/store/connection.h"

namespace samrad::store {

inline constexpr std::int64_t application_id = 0x53616D72;  // `Samr`, in the header of the file

// Step n leads from schema n-1 to schema n; schema 0 is an empty file. A published step never changes.
struct Migration {
  int to = 0;
  const char* sql = nullptr;
};
[[nodiscard]] std::span<const Migration> migrations();

// Which schema the file has. Failures: corrupt, if it is a file of another program; newer_schema; io.
[[nodiscard]] Result<std::int64_t> schema_of(Connection& connection,
                                             std::span<const Migration> steps = migrations());

// Takes the steps that are missing, each in a transaction of its own.
[[nodiscard]] Result<void> migrate(Connection& connection,
                                   std::span<const Migration> steps = migrations());

}  // namespace samrad::store
