// What a verified JWT claims: for whom it is, when it is valid, who that is and what he may. Pure.
#pragma once

#include <tl/expected.hpp>

#include "service/access/issuer.h"
#include "service/access/refusal.h"
#include "service/access/rights.h"
#include "service/clock.h"
#include "service/record/json.h"

namespace samrad::access {

inline constexpr Micros clock_leeway_micros = 60'000'000;  // between the issuer's clock and ours
inline constexpr std::size_t subject_bytes_max = 1024;     // of `sub`

// Valid from the one until before the other, the leeway included.
struct Lifetime {
  Micros from = 0;
  Micros until = 0;
};
// By `exp`, which must be there, `nbf` and `iat`, which need not. A refusal where that is not now.
[[nodiscard]] tl::expected<Lifetime, Refusal> lifetime_of(const record::Json& claims, Micros now);

// One of the issuer's audiences must be in `aud`.
[[nodiscard]] tl::expected<void, Refusal> check_audience(const record::Json& claims,
                                                         const Issuer& issuer);

// By `sub` and the claims that the issuer's configuration names. A claim's name is taken as it stands, then as a path with dots:
// `realm_access.roles`. A refusal where there is no right or no agreement.
[[nodiscard]] tl::expected<Principal, Refusal> principal_of(const record::Json& claims,
                                                            const Issuer& issuer);

}  // namespace samrad::access
