// What the registry knows of an agreement as alerts see it: duties as plain values.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "service/alerts/duty.h"
#include "service/registry/rulebook.h"
#include "service/watch/rows.h"

namespace samrad::watch {

// The rule that an occurrence is of: of a consequence, that of the consequence. Null: the rules have no such clause any more.
[[nodiscard]] const program::Rule* rule_of(const program::Program& program,
                                           const store::Verdict& verdict);

// Missed, and an act on that day would make it met late.
[[nodiscard]] bool can_still_be_met(const program::Program& program, const store::Verdict& verdict,
                                    calendar::Day day);

// Its time runs out at a moment and not at the end of a day.
[[nodiscard]] bool is_due_by_the_hour(const program::Program& program,
                                      const store::Verdict& verdict);

// Who has seen an occurrence, if anybody.
using Acknowledged =
    std::function<std::optional<alerts::Acknowledgement>(const std::string& occurrence)>;

// Of occurrences without a day nothing can be told: they are left out. What is done and why is left out, since most duties are looked at without
// being told of; CloseLook::tell() adds it, and where there is none demand_of() the demand.
[[nodiscard]] alerts::Agreement agreement_of(const store::Agreement& agreement,
                                             const registry::Rulebook& rules, const Rows& rows,
                                             const record::Zone& zone, calendar::Day today,
                                             const Acknowledged& acknowledged);

// What the clause asks for in this occurrence, a sentence.
[[nodiscard]] alerts::Wording demand_of(const program::Program& program,
                                        const store::Verdict& verdict);

}  // namespace samrad::watch
