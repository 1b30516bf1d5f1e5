// A plan's sentences in the two languages, shared by its text and its calendar. Internal to plans.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "service/plan/plan.h"

namespace samrad::plan {

// "Sammanträde (Chefsamrådet)"
[[nodiscard]] std::string event_name(const Plan& plan, const engine::Event& event,
                                     Language language);

// "`moten`, §5 st 3"
[[nodiscard]] std::string clause_name(const Plan& plan, Index rule, Language language);

// "Efterfrågas av …": the clauses that ask for the event, each once.
[[nodiscard]] std::string asked_text(const Plan& plan, const PlannedEvent& one, Language language);

// "Tidigast 1 januari 2017 (planens första dag), senast …"
[[nodiscard]] std::string bounds_text(const Plan& plan, const PlannedEvent& one, Language language);

// The contents, "ordförande: …; dagordning: …"; empty when there are none.
[[nodiscard]] std::string contents_text(const Plan& plan, const PlannedEvent& one,
                                        Language language);

// The clauses that asked for contents; empty when none did.
[[nodiscard]] std::string shaped_text(const Plan& plan, const PlannedEvent& one, Language language);

[[nodiscard]] std::string_view outside_title(Outside why, Language language);

}  // namespace samrad::plan
