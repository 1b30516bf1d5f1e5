// What all agreements of one rulebook share while they are in memory: names, the machine, the zone. For the registry's thread alone.
#pragma once

#include <memory>
#include <string>

#include <tl/expected.hpp>

#include "engine/machine.h"
#include "engine/state.h"
#include "engine/symbols.h"
#include "service/clock.h"
#include "service/record/decode.h"
#include "service/record/zone.h"
#include "service/registry/rulebook.h"

namespace samrad::registry {

struct Workroom {
  RulebookPointer book;
  engine::Symbols symbols;
  engine::Machine machine;
  record::Zone zone;
  record::Vocabulary vocabulary;
  bool amended = false;  // of more than one text

  // The error is a sentence: no such time zone.
  [[nodiscard]] static tl::expected<std::unique_ptr<Workroom>, std::string>
  make(RulebookPointer book);

  [[nodiscard]] const program::Program& program() const { return book->chosen; }
  [[nodiscard]] engine::Moment moment(Micros at) const;
  // The first instant of the day.
  [[nodiscard]] Micros start_of(calendar::Day day) const {
    return zone.first_second(day) * 1'000'000;
  }

 private:
  Workroom(RulebookPointer rules, record::Zone where);
};

}  // namespace samrad::registry
