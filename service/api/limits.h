// How much may be asked of the API at once. What a client can pass is held by a row of tests/service/api/limits_test.cpp; limits of a
// request as a whole are in service/http.
#pragma once

#include <cstddef>
#include <cstdint>

namespace samrad::api {

inline constexpr std::size_t page_rows_default = 100;
inline constexpr std::size_t page_rows_max = 1'000;
inline constexpr std::size_t rule_files_max = 200;  // of one version of an agreement's rules
inline constexpr std::size_t rule_bytes_max = 4 * 1024 * 1024;  // of all files of one version
inline constexpr std::size_t parameter_bytes_max = 1'024;       // of one value in the query
inline constexpr std::size_t repeated_parameters_max = 100;     // of one name in one query
inline constexpr std::size_t remark_bytes_max =
    2'000;  // of a reason or a remark that somebody gives

inline constexpr std::uint32_t failed_sign_ins_per_minute =
    60;  // from one address, at once and over time: 429

inline constexpr std::size_t body_bytes_here_max =
    16 * 1024;  // longer bodies are read by a worker, not on the session's thread
inline constexpr std::size_t items_here_max =
    64;  // of an answer that the registry's thread writes itself

inline constexpr std::size_t idempotency_key_bytes_max = 255;
inline constexpr std::int64_t idempotency_hours = 24;
inline constexpr std::size_t idempotency_keys_max = 100'000;  // more, and the oldest is forgotten
inline constexpr std::size_t idempotency_answer_bytes_max =
    1024 * 1024;  // longer answers are not kept for repetition

inline constexpr std::size_t stream_events_at_once = 100;  // of one piece of a stream
inline constexpr std::size_t hub_findings_max = 4'096;  // kept in memory for streams that keep up

inline constexpr std::size_t calendars_per_agreement_max = 1'000;
inline constexpr int calendar_days_back =
    90;  // how long a deadline that was missed stays in a feed
inline constexpr int calendar_days_ahead = 400;
inline constexpr int cancelled_days = 60;  // how long a feed tells that something is cancelled

inline constexpr int upcoming_days_default = 90;
inline constexpr std::size_t few_agreements_max =
    50;  // a caller who sees no more of them is answered one by one
inline constexpr int scan_pages_max =
    50;  // looked through for a caller who may see few of many rows, before he gets a cursor

inline constexpr std::int64_t timers_behind_seconds_max =
    60;  // later than that and the service is not ready
inline constexpr std::int64_t alerts_stuck_seconds_max = 3'600;  // that the oldest message waits

}  // namespace samrad::api
