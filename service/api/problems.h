// Every kind of fault that the API tells, with a stable name each, and the pages that explain them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "service/access/refusal.h"
#include "service/api/route.h"
#include "service/http/problem.h"
#include "service/registry/trouble.h"
#include "service/store/store.h"

namespace samrad::api {

struct ProblemKind {
  std::string_view name;
  int status = 400;
  std::string_view title;
  std::string_view meaning;  // what happened and what to do, for the page
};

namespace fault {
inline constexpr ProblemKind no_such_path{
    "no-such-path", 404, "there is nothing at this path",
    "No operation has this path. `/openapi.json` lists those that there are."};
inline constexpr ProblemKind no_such_method{
    "no-such-method", 405, "this path does not take this method",
    "The field `allow` of the answer names the methods that the path takes."};
inline constexpr ProblemKind not_acceptable{
    "not-acceptable", 406, "the answer cannot be given in this form",
    "None of the media types in `accept`, or the one that `format` names, is offered. The detail "
    "names those that are."};
inline constexpr ProblemKind wrong_parameters{
    "wrong-parameters", 400, "the query cannot be understood",
    "`errors` names every parameter that is unknown, missing, given twice or of a wrong form."};
inline constexpr ProblemKind wrong_header{"wrong-header", 400, "a header cannot be understood",
                                          "`errors` names the header and what it should be."};
inline constexpr ProblemKind wrong_body{"wrong-body", 400, "the body cannot be understood",
                                        "The body is not of the form that its media type promises: "
                                        "`errors` tells where and what instead."};
inline constexpr ProblemKind unknown_media_type{"unknown-media-type", 415,
                                                "a body of this media type is not taken here",
                                                "The detail names the media types that are."};
inline constexpr ProblemKind wrong_alerts{
    "wrong-alert-rules", 422, "the alert rules have faults",
    "`errors` holds every fault with its place. The rules in use stay as they are."};
inline constexpr ProblemKind no_agreement{
    "no-agreement", 404, "there is no such agreement",
    "None of this id exists, or the caller may not see it: the service does not tell which."};
inline constexpr ProblemKind no_such_thing{
    "no-such-thing", 404, "there is none of this name here",
    "The agreement exists, or none is concerned; what the rest of the path names does not."};
inline constexpr ProblemKind agreement_exists{
    "agreement-exists", 409, "an agreement of this id exists already",
    "Give another `id`, or add a version to the one that exists."};
inline constexpr ProblemKind agreement_closed{
    "agreement-closed", 409, "the agreement is closed",
    "It takes no more events and no new rule version. Reading goes on as before."};
inline constexpr ProblemKind wrong_rules{
    "wrong-rules", 422, "the rules have faults",
    "`check` holds what the compiler says, as `samrad check --format json` does: each message with "
    "its place. Nothing was recorded."};
inline constexpr ProblemKind wrong_events{
    "wrong-events", 422, "the events have faults",
    "`errors` holds every fault of every event; `pointer` begins with the position in a batch, "
    "from 0. Of a batch nothing was recorded, unless each "
    "event was to be taken alone."};
inline constexpr ProblemKind event_conflict{
    "event-conflict", 409, "an event of this identity is on record with other content",
    "`source` and `id` together are the identity of an event. Give it another, or record a "
    "`correction`."};
inline constexpr ProblemKind not_current{
    "not-current", 412, "somebody else was first",
    "What `if-match` names is not what is on record now: `version` or `sequence` tells that. Read "
    "it again, and decide anew."};
inline constexpr ProblemKind condition_required{
    "condition-required", 428, "say which version is to be changed",
    "This operation needs `if-match` with the entity tag that was read, so that nobody undoes "
    "unseen what somebody else has done."};
inline constexpr ProblemKind not_possible{
    "not-possible", 422, "this cannot be done",
    "The request is understood and cannot be followed: the detail says why, and what instead."};
inline constexpr ProblemKind wrong_question{
    "wrong-question", 422, "the question does not fit the agreement",
    "It names a clause, reading, forum, status or owner that the agreement does not have. The "
    "detail names the nearest that it has."};
inline constexpr ProblemKind history_faulty{
    "history-faulty", 409, "what was known then cannot be judged",
    "As known at that moment the events do not fit the rules, for example since a correction left "
    "out a field: `errors` tells which."};
inline constexpr ProblemKind batch_too_large{
    "batch-too-large", 413, "too many events in one request",
    "Send them in several requests; the detail tells how many one may have."};
inline constexpr ProblemKind other_body{
    "idempotency-key-used", 422, "the idempotency key was used for another request",
    "A key stands for one request of one caller for 24 hours. Take a new key for a new request."};
inline constexpr ProblemKind in_progress{
    "request-in-progress", 409, "a request of this idempotency key is being answered",
    "Wait for the answer of the first one, or try again a little later."};
inline constexpr ProblemKind rights_missing{"rights-missing", 403, "the caller may not do this",
                                            "The token or the claims are good, and lack the right "
                                            "that the operation needs. The detail names it."};
inline constexpr ProblemKind requests_exceeded{
    "requests-exceeded", 429, "too many requests",
    "`retry-after` tells in how many seconds one is taken again."};
inline constexpr ProblemKind store_unavailable{
    "store-unavailable", 503, "the store cannot be read or written now",
    "Nothing was recorded. `/readyz` tells what is wrong; the same request may be sent again."};
inline constexpr ProblemKind too_busy{
    "too-busy", 503, "too much is waiting",
    "`retry-after` tells when to try again. Nothing was recorded."};
inline constexpr ProblemKind stopping{
    "stopping", 503, "the service is being stopped",
    "Nothing was recorded. Send the request again when it is up."};
}  // namespace fault

// All, those of the sessions and of the gate among them; by name.
[[nodiscard]] const std::vector<ProblemKind>& all_problems();
[[nodiscard]] const ProblemKind* problem_named(std::string_view name);

[[nodiscard]] http::Problem problem(const ProblemKind& kind, std::string detail = {},
                                    std::vector<http::Fault> errors = {});
inline tl::unexpected<http::Problem> refusal(const ProblemKind& kind, std::string detail = {},
                                             std::vector<http::Fault> errors = {}) {
  return tl::unexpected(problem(kind, std::move(detail), std::move(errors)));
}
// Status 503 comes with `retry-after`.
[[nodiscard]] http::Response response_to(const http::Problem& problem);
[[nodiscard]] http::Response response_to(const access::Refusal& refusal);
[[nodiscard]] http::Response response_to(Answer answer);

// How faults of events are told: by the position in a batch, in an object of its own, or in the headers of the binary mode.
enum class EventPlace : std::uint8_t { batch, alone, headers };
[[nodiscard]] std::vector<http::Fault> faults_of(const record::Faults& faults, EventPlace place);

[[nodiscard]] http::Problem problem_of(const registry::Trouble& trouble,
                                       EventPlace place = EventPlace::batch);
[[nodiscard]] http::Problem problem_of(const store::Failure& failure);

void add_problem_pages(Routes& routes);

}  // namespace samrad::api
