// Bytes as a history: six to an event, so that any bytes tell one.
#pragma once

#include <optional>
#include <string_view>

#include "engine/engine.h"

namespace samrad::fuzz {

// Reads events from the front of `bytes`, in order of time.
class Story {
 public:
  // `symbols` must be those of the machine that the events are for.
  Story(const program::Program& program, engine::Symbols& symbols, std::string_view bytes)
      : program_(program), symbols_(symbols), bytes_(bytes), day_(program.term_first) {}

  [[nodiscard]] std::optional<engine::Event> next();

 private:
  unsigned byte();
  program::Value value(const program::Field& field, engine::Event& event);

  const program::Program& program_;
  engine::Symbols& symbols_;
  std::string_view bytes_;
  calendar::Day day_;
  unsigned told_ = 0;
};

}  // namespace samrad::fuzz
