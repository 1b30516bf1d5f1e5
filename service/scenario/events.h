// A happening as a CloudEvent: the words of a scenario become the JSON that any other event comes
// as, so that both meet the same checks.
#pragma once

#include <map>
#include <string>

#include "rules/program/program.h"
#include "service/record/zone.h"
#include "service/scenario/scenario.h"

namespace samrad::scenario {

// What the words are read against.
struct Setting {
  const program::Program& program;
  const record::Zone& zone;
  std::map<std::string, std::string> type_of;  // event id to its type, for corrections
};

// One line of JSON without the line break. `source` is `scenario`.
[[nodiscard]] std::string json_line(const Happening& happening, const Setting& setting);

// A moment of a scenario in the form of the interfaces: a time without an offset is in the
// agreement's zone. Empty when it is none.
[[nodiscard]] std::string moment_text(const std::string& written, const record::Zone& zone);

}  // namespace samrad::scenario
