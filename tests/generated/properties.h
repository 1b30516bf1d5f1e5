// What must hold of every agreement and every history. A property is asked of one case and says what is wrong, or nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/generated/case.h"
#include "tests/generated/dice.h"

namespace samrad::generated {

struct Property {
  std::string_view name;
  std::string_view says;
  std::string (*fault)(const Prepared& prepared, Dice& dice);
  int every = 1;      // asked of one case in so many
  bool text = false;  // about the text alone: asked once an agreement
};

[[nodiscard]] const std::vector<Property>& properties();
[[nodiscard]] const Property* property(std::string_view name);

// Dice of its own for each property, so that shrinking and replaying throw the same.
[[nodiscard]] std::string fault_of(const Property& property, const Prepared& prepared);

// -- properties_engine.cpp ----------------------------------------------------------------------------------------------------
std::string order(const Prepared&, Dice&);
std::string revised(const Prepared&, Dice&);
std::string resumed(const Prepared&, Dice&);
std::string walked(const Prepared&, Dice&);
std::string quiet_until_wake(const Prepared&, Dice&);
// -- properties_record.cpp ----------------------------------------------------------------------------------------------------
std::string lines(const Prepared&, Dice&);
std::string never_recorded(const Prepared&, Dice&);
std::string day_by_day(const Prepared&, Dice&);
std::string reports_written(const Prepared&, Dice&);
// -- properties_text.cpp ------------------------------------------------------------------------------------------------------
std::string formatted(const Prepared&, Dice&);
std::string encoded(const Prepared&, Dice&);
// -- properties_template.cpp --------------------------------------------------------------------------------------------------
std::string bound(const Prepared&, Dice&);
std::string fleet(const Prepared&, Dice&);
// -- properties_reference.cpp -------------------------------------------------------------------------------------------------
std::string reference(const Prepared&, Dice&);

}  // namespace samrad::generated
