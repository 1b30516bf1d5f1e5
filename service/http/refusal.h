// What the session itself refuses, before a handler sees it. One name, one status, one title each; docs and the API's description list
// them from here.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "service/http/problem.h"

namespace samrad::http {

struct RefusalKind {
  std::string_view name;
  int status;
  std::string_view title;
};

namespace refusal {
inline constexpr RefusalKind malformed_request{"malformed-request", 400,
                                               "the request is malformed"};
inline constexpr RefusalKind ambiguous_length{"ambiguous-length", 400,
                                              "where the body ends is ambiguous"};
inline constexpr RefusalKind bad_host{"bad-host", 400, "the request must name one host"};
inline constexpr RefusalKind malformed_body{"malformed-body", 400, "the body is malformed"};
inline constexpr RefusalKind too_slow{"request-too-slow", 408, "the request took too long to come"};
inline constexpr RefusalKind body_too_large{"body-too-large", 413, "the body is too large"};
inline constexpr RefusalKind target_too_long{"target-too-long", 414, "the target is too long"};
inline constexpr RefusalKind unknown_content_coding{"unknown-content-coding", 415,
                                                    "the coding of the body is not known"};
inline constexpr RefusalKind unknown_expectation{"unknown-expectation", 417,
                                                 "the expectation is not known"};
inline constexpr RefusalKind too_many_connections{"too-many-connections", 429,
                                                  "too many connections from one address"};
inline constexpr RefusalKind header_too_large{"header-too-large", 431, "the header is too large"};
inline constexpr RefusalKind internal_error{"internal-error", 500,
                                            "the service failed on this request"};
inline constexpr RefusalKind unknown_transfer_coding{"unknown-transfer-coding", 501,
                                                     "the transfer coding is not known"};
inline constexpr RefusalKind overloaded{"overloaded", 503, "the service has too much to do"};
inline constexpr RefusalKind no_answer{"no-answer-in-time", 503,
                                       "the service did not answer in time"};
inline constexpr RefusalKind unknown_version{"unknown-http-version", 505,
                                             "the version of HTTP is not known"};

inline constexpr std::array all = {malformed_request,
                                   ambiguous_length,
                                   bad_host,
                                   malformed_body,
                                   too_slow,
                                   body_too_large,
                                   target_too_long,
                                   unknown_content_coding,
                                   unknown_expectation,
                                   too_many_connections,
                                   header_too_large,
                                   internal_error,
                                   unknown_transfer_coding,
                                   overloaded,
                                   no_answer,
                                   unknown_version};
}  // namespace refusal

// `kind` points to one of those above.
struct Refusal {
  const RefusalKind* kind = nullptr;
  std::string detail;
};

[[nodiscard]] inline Response response_of(const Refusal& refusal) {
  return response_of(Problem{std::string(refusal.kind->name),
                             std::string(refusal.kind->title),
                             refusal.kind->status,
                             refusal.detail,
                             {},
                             {}});
}

}  // namespace samrad::http
