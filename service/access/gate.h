// The gate of the service: who asks, and whether the service may listen at all.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "service/access/oidc.h"
#include "service/access/refusal.h"
#include "service/access/rights.h"
#include "service/access/tokens.h"
#include "service/clock.h"
#include "service/http/message.h"

namespace samrad::access {

class Gate {
 public:
  // Both outlive the gate.
  Gate(const Tokens& tokens, Oidc& oidc) : tokens_(tokens), oidc_(oidc) {}

  // Who sent the request: by `authorization: Bearer …`, an API token or a JWT, and by nothing else. Any thread; never waits.
  [[nodiscard]] tl::expected<Principal, Refusal> authenticate(const http::Request& request,
                                                              Micros now) const;

 private:
  const Tokens& tokens_;
  Oidc& oidc_;
};

// 403 for somebody known who has not this right for that agreement. To hide that an agreement exists, answer 404 instead.
[[nodiscard]] Refusal lacking(Right right);

// 127.0.0.0/8, ::1 and `localhost`.
[[nodiscard]] bool is_loopback(std::string_view address);

// How the service is about to listen.
struct Exposure {
  std::string address;
  bool tls = false;
  bool administered = false;  // somebody has a token that administers everything, now
  bool any_issuer = false;  // an OpenID Connect issuer is configured
};

enum class Start : std::uint8_t {
  as_configured,
  with_first_token,  // make the first administrator token (`first_token`), store it, print its secret once
};
// On loopback everything goes, and where there is neither an administrator nor an issuer a first token is made. Anywhere else TLS and one
// of the two are needed; the error is the sentence to print before ending.
[[nodiscard]] tl::expected<Start, std::string> admitted(const Exposure& exposure);

// Administers all agreements, without an end.
[[nodiscard]] NewToken first_token(Micros now);

}  // namespace samrad::access
