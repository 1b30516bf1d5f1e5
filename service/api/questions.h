// What every question about an agreement begins with: its history opened, moments and choices understood, the audit made.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "service/api/service.h"
#include "service/reports/audit.h"
#include "service/reports/render.h"

namespace samrad::api {

template <class T>
using Outcome = tl::expected<T, http::Problem>;

// The agreement with the rule versions that were on record at what that parameter says; all of them where it is not given.
[[nodiscard]] Outcome<registry::CasePointer> open_case(Service& service, const Call& call,
                                                       std::string_view known_at = "knownAt");

// The day that it is now in the agreement's zone; where the rules count hours, the very moment: a day cannot tell then. Sets
// Call::fresh_until to when that changes.
[[nodiscard]] record::Asked present(Call& call, const registry::Rulebook& rules,
                                    const record::Zone& zone);

// What the parameters `asOf`, `knownAt`, `reading`, `clause` and `status` ask, as far as the route has them. Keeps for good what does not
// speak of the present.
[[nodiscard]] reports::AuditRequest request_of(Call& call, const registry::Rulebook& rules,
                                               const record::Zone& zone);

// The audit, or why there is none.
[[nodiscard]] Outcome<reports::AuditResult> audit_of(const record::History& history,
                                                     const reports::AuditRequest& request);
[[nodiscard]] http::Problem problem_of(const reports::Refusal& refusal);

// Nothing, or the problem that no clause has one of the owners.
[[nodiscard]] std::optional<http::Problem> unknown_owner(const program::Program& program,
                                                         const std::vector<std::string>& owners);
[[nodiscard]] bool owned_by(const program::Program& program, const program::Rule& rule,
                            const std::vector<std::string>& owners);

// For text that is read in a window of usual width.
[[nodiscard]] reports::TextStyle style_of(const Call& call);

// An answer of the form that was chosen, in the language asked for.
[[nodiscard]] http::Response rendered(const Call& call, std::string body);

// The field `link` that leads to the next page: the target of the request with another cursor.
[[nodiscard]] std::string next_link(const Call& call, const std::string& cursor);

// Parameters that several routes have.
namespace parameter {
inline constexpr Parameter as_of{
    "asOf", Parameter::Form::moment,
    "as of when; a date is the end of that day. Absent: today, or now where the rules count hours"};
inline constexpr Parameter known_at{"knownAt", Parameter::Form::moment,
                                    "leave out what had not been recorded by then"};
inline constexpr Parameter reading{"reading", Parameter::Form::reading,
                                   "judge a clause or an ambiguity by this reading", true};
inline constexpr Parameter clause{"clause", Parameter::Form::text, "only of this clause", true};
inline constexpr Parameter owner{"owner", Parameter::Form::text,
                                 "only what this role or party owns", true};
inline constexpr Parameter status{
    "status",
    Parameter::Form::word,
    "only with this status",
    true,
    false,
    "upcoming open met metLate missed broken waived lapsed cannotAssess"};
inline constexpr Parameter language{
    "lang",
    Parameter::Form::word,
    "language of texts for people; absent: as `accept-language` says, else Swedish",
    false,
    false,
    "sv en"};
inline constexpr Parameter limit{"limit", Parameter::Form::limit, "rows of a page"};
inline constexpr Parameter cursor{"cursor", Parameter::Form::cursor, "`next` of the page before"};
}  // namespace parameter

}  // namespace samrad::api
