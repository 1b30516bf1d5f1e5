#include "tests/generated/properties.h"

#include <exception>

namespace samrad::generated {

const std::vector<Property>& properties() {
  static const std::vector<Property> all{
      {"reference", "the engine and the reference evaluator say the same", reference, 2},
      {"order", "the order of recording decides neither the book nor the state", order},
      {"revised", "what was recorded wrongly and put right leaves no trace", revised, 2},
      {"resumed", "a run stopped after every input and resumed from bytes says the same", resumed},
      {"walked", "time passing day by day gives the same book on every day", walked, 2},
      {"wake", "nothing changes before the wake that was asked for", quiet_until_wake, 2},
      {"lines", "neither the order of lines nor repetition decides", lines, 2},
      {"withdrawn", "what was withdrawn was never recorded", never_recorded, 2},
      {"days", "a verdict that has fallen changes only for a cause", day_by_day, 3},
      {"reports", "every report can be written and its JSON read", reports_written, 4},
      {"formatted", "formatting keeps the meaning and is done once", formatted, 1, true},
      {"encoded", "a Program is what its bytes say", encoded, 1, true},
      {"bound", "a template filled in judges as the text", bound, 2},
      {"fleet", "among others in a fleet an agreement is judged as alone", fleet, 3},
  };
  return all;
}

const Property* property(std::string_view name) {
  for (const Property& p : properties())
    if (p.name == name) return &p;
  return nullptr;
}

std::string fault_of(const Property& property, const Prepared& prepared) {
  std::uint64_t seed = prepared.it.seed;
  for (const char c : property.name)
    seed = seed * 31 + static_cast<unsigned char>(c);
  Dice dice(seed);
  try {
    return property.fault(prepared, dice);
  } catch (const std::exception& e) {
    return std::string("thrown: ") + e.what();
  }
}

}  // namespace samrad::generated
