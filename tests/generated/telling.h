// A book as text: what two roads to one answer are compared by.
#pragma once

#include <string>
#include <string_view>

#include "engine/book.h"

namespace samrad::generated {

enum class Detail {
  figures,   // id, status, days, numbers, evidence
  verdicts,  // what is missing, too
  all,       // reasons, void events and part periods, too
};

[[nodiscard]] std::string tell(const program::Program& program, const engine::Symbols& symbols,
                               const engine::Book& book, Detail detail);
[[nodiscard]] std::string tell(const program::Program& program, const engine::Symbols& symbols,
                               const engine::Occurrence& occurrence, Detail detail);
[[nodiscard]] std::string_view name(engine::Status status);

// The first lines in which two texts differ, for a message; empty where they are equal.
[[nodiscard]] std::string difference(std::string_view what, const std::string& a,
                                     const std::string& b);

}  // namespace samrad::generated
