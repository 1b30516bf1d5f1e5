// Why a request is not let in: one row a fault, for the answers, the documentation and the OpenAPI document.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace samrad::access {

enum class Fault : std::uint8_t {
  credentials_missing,    // no `authorization` field
  credentials_malformed,  // two of them, no bearer, or nothing that is a token
  token_mistyped,
  token_unknown,
  token_expired,
  token_revoked,
  jwt_malformed,
  jwt_algorithm,  // `none`, a shared secret, or one that is not taken here
  jwt_issuer,     // nobody whom the service believes
  jwt_key,        // no key of that issuer has this name
  jwt_signature,
  jwt_audience,
  jwt_time,        // expired, not valid yet, from the future
  jwt_claims,      // what is needed is missing or of the wrong kind
  keys_missing,    // the issuer's keys are being fetched, or could not be
  rights_missing,  // known, and without any right or agreement; or without the one that is asked for
};

struct FaultRow {
  Fault fault;
  std::string_view type;  // last part of the problem document's `type`; stable
  int status;
  std::string_view title;
  std::string_view error;  // of `www-authenticate`, RFC 6750; empty: none
};
[[nodiscard]] std::span<const FaultRow> fault_rows();

struct Refusal {
  Fault fault = Fault::credentials_missing;
  int status = 401;  // 401, 403 or 503
  std::string_view type;
  std::string_view title;
  std::string detail;            // a sentence; shows nothing that would let anybody in
  std::string www_authenticate;  // with 401 and 403
  int retry_after_seconds = 0;   // with 503
};
[[nodiscard]] Refusal refuse(Fault fault, std::string detail);

}  // namespace samrad::access
