#include "service/access/refusal.h"

#include <utility>

#include <fmt/format.h>

namespace samrad::access {

namespace {

constexpr int retry_seconds = 2;  // keys that are asked for are mostly there by then

constexpr FaultRow rows[] = {
    {Fault::credentials_missing, "credentials-missing", 401, "credentials are needed", ""},
    {Fault::credentials_malformed, "credentials-malformed", 401, "the credentials are malformed",
     "invalid_request"},
    {Fault::token_mistyped, "token-mistyped", 401, "the token is mistyped", "invalid_token"},
    {Fault::token_unknown, "token-unknown", 401, "the token is not known", "invalid_token"},
    {Fault::token_expired, "token-expired", 401, "the token has expired", "invalid_token"},
    {Fault::token_revoked, "token-revoked", 401, "the token is revoked", "invalid_token"},
    {Fault::jwt_malformed, "jwt-malformed", 401, "the JWT is malformed", "invalid_token"},
    {Fault::jwt_algorithm, "jwt-algorithm", 401, "the algorithm of the JWT is not taken",
     "invalid_token"},
    {Fault::jwt_issuer, "jwt-issuer", 401, "the issuer of the JWT is not believed",
     "invalid_token"},
    {Fault::jwt_key, "jwt-key", 401, "the key of the JWT is not known", "invalid_token"},
    {Fault::jwt_signature, "jwt-signature", 401, "the signature of the JWT is wrong",
     "invalid_token"},
    {Fault::jwt_audience, "jwt-audience", 401, "the JWT is for another service", "invalid_token"},
    {Fault::jwt_time, "jwt-time", 401, "the JWT is not valid now", "invalid_token"},
    {Fault::jwt_claims, "jwt-claims", 401, "claims of the JWT are missing or malformed",
     "invalid_token"},
    {Fault::keys_missing, "keys-missing", 503, "the keys of the issuer are not at hand", ""},
    {Fault::rights_missing, "rights-missing", 403, "a right is missing", "insufficient_scope"},
};

}  // namespace

std::span<const FaultRow> fault_rows() { return rows; }

Refusal refuse(Fault fault, std::string detail) {
  const FaultRow& row = rows[static_cast<std::size_t>(fault)];
  Refusal refusal{row.fault, row.status, row.type, row.title, std::move(detail), {}, 0};
  if (row.status == 503) {
    refusal.retry_after_seconds = retry_seconds;
  } else {
    refusal.www_authenticate = R"(Bearer realm="samrad")";
    if (!row.error.empty()) refusal.www_authenticate += fmt::format(R"(, error="{}")", row.error);
  }
  return refusal;
}

}  // namespace samrad::access
