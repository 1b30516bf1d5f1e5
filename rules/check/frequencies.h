// Two count sentences laid over the same calendar: what meets the one and breaks the other.
#pragma once

#include "rules/check/duties.h"

#include <optional>
#include <string>

namespace samrad::rules {

// What a count sentence asks, window by window, while it is in force.
struct Asked {
  Frequency frequency;
  calendar::PartPolicy parts = calendar::PartPolicy::not_assessed;
  calendar::Day first;  // the clause's interval within the term
  calendar::Day last;
  calendar::Day starts;  // the day on which the duty begins; cuts no window
};
// Precondition: the duty's core is a count or a `measured`, with nothing left to a parameter.
[[nodiscard]] Asked asked_of(const Pass& pass, const Duty& duty, const Terms& terms);

// The smallest history, in words such as "1 in January–June 2017 and 3 in July–December 2017", that does all that `met`
// asks and not all that `broken` asks; of those one that breaks it narrowly. Nothing when there is none while both are in
// force: then whatever meets the one meets the other. Looks at some years of a term without end, and at no more than a
// few thousand windows. Precondition: both ask for at least or exactly so many.
[[nodiscard]] std::optional<std::string> meets_and_breaks(const Asked& met, const Asked& broken);

// "January–June 2017", "2017", "16–30 June 2016", or both days in full. Precondition: first <= last.
[[nodiscard]] std::string spoken(calendar::Day first, calendar::Day last);
// "June, July and August".
[[nodiscard]] std::string spoken(calendar::Months months);

}  // namespace samrad::rules
