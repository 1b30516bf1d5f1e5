// Canonical bytes back to a Program, and the proof that a Program keeps what program.h guarantees.
//
// Both may be handed anything: bytes from a stranger, a Program made by hand. They return a fault as a sentence and
// never trust an index, a length or an order that they have not looked at. Pure; any thread.

#pragma once

#include "rules/program/program.h"

#include <optional>

namespace samrad::program {

struct Decoded {
  std::optional<Program> program;
  std::string fault;  // why there is none, lower case: "rule 3: pattern 17 of 9"
};

// Accepts exactly the bytes that encode() writes for Programs that verify() finds nothing wrong with:
// encode(*decode(bytes).program) == bytes. Memory is bounded by a constant times the length of `bytes`.
[[nodiscard]] Decoded decode(std::span<const std::uint8_t> bytes);

// Empty when every range and index lies in its table, every expression leaves exactly one truth value, every period can
// be cut into windows, every rule has what its form needs, and `otherwise` and `overridden_by` lead back to no rule
// that they came from; otherwise the first fault found.
[[nodiscard]] std::string verify(const Program& program);

}  // namespace samrad::program
