// Text to Jwt: three parts, a header that says how it is signed, claims that nobody has vouched for yet.

#include "service/access/jwt.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "service/access/hash.h"

namespace samrad::access {

namespace {

using record::Json;
using record::JsonKind;

tl::unexpected<Refusal> malformed(std::string detail) {
  return tl::unexpected(refuse(Fault::jwt_malformed, std::move(detail)));
}

std::optional<Algorithm> parse_algorithm(std::string_view name) {
  if (name == "RS256") return Algorithm::rs256;
  if (name == "ES256") return Algorithm::es256;
  if (name == "EdDSA") return Algorithm::eddsa;
  return std::nullopt;
}

// `at+jwt` is an access token (RFC 9068). Any other kind is signed for another purpose and must not pass for one.
bool is_access_type(const Json* type) {
  if (!type) return true;
  if (type->kind != JsonKind::text) return false;
  std::string name = type->text;
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (name.starts_with("application/")) name.erase(0, 12);
  return name == "jwt" || name == "at+jwt";
}

tl::expected<Json, Refusal> parse_object(std::string_view part, std::string_view what) {
  const auto bytes = parse_base64url(part);
  if (!bytes) return malformed(fmt::format("the {} is not base64url", what));
  auto json = record::parse_json(*bytes);
  if (!json) return malformed(fmt::format("the {} is no JSON: {}", what, json.error()));
  if (json->kind != JsonKind::object) return malformed(fmt::format("the {} is no object", what));
  return std::move(*json);
}

// Fills in what the header says of the signature.
tl::expected<void, Refusal> read_header(const Json& header, Jwt& jwt) {
  const Json* algorithm = header.find("alg");
  if (!algorithm || algorithm->kind != JsonKind::text)
    return malformed("the header has no `alg`; RS256, ES256 and EdDSA are taken");
  const auto known = parse_algorithm(algorithm->text);
  if (!known)
    return tl::unexpected(
        refuse(Fault::jwt_algorithm, fmt::format("`alg` is `{}`; RS256, ES256 and EdDSA are taken",
                                                 shown(algorithm->text))));
  jwt.algorithm = *known;
  if (header.find("crit"))
    return malformed("the header has `crit`: it asks for something that is not understood here");
  if (!is_access_type(header.find("typ")))
    return malformed("`typ` is neither `JWT` nor `at+jwt`: this is no access token");
  if (const Json* kid = header.find("kid")) {
    if (kid->kind != JsonKind::text) return malformed("`kid` is no text");
    jwt.kid = kid->text;
  }
  return {};
}

}  // namespace

std::string shown(std::string_view text) {
  constexpr std::size_t bytes_max = 100;
  std::string clean(text.substr(0, bytes_max));
  for (char& c : clean)
    if (c < 0x20 || c == 0x7f || c == '`') c = '?';
  return text.size() > bytes_max ? clean + "..." : clean;
}

tl::expected<Jwt, Refusal> parse_jwt(std::string_view text) {
  if (text.size() > jwt_bytes_max)
    return malformed(fmt::format("the JWT has more than {} bytes", jwt_bytes_max));
  const auto dots = std::count(text.begin(), text.end(), '.');
  if (dots == 4) return malformed("the JWT is encrypted; a signed one is taken");
  if (dots != 2) return malformed("a JWT has three parts with a dot between");
  const std::size_t first = text.find('.');
  const std::size_t second = text.find('.', first + 1);

  Jwt jwt;
  const auto header = parse_object(text.substr(0, first), "header");
  if (!header) return tl::unexpected(header.error());
  if (auto read = read_header(*header, jwt); !read) return tl::unexpected(std::move(read.error()));
  auto claims = parse_object(text.substr(first + 1, second - first - 1), "claims");
  if (!claims) return tl::unexpected(std::move(claims.error()));
  auto signature = parse_base64url(text.substr(second + 1));
  if (!signature) return malformed("the signature is not base64url");
  jwt.claims = std::move(*claims);
  jwt.signed_ = text.substr(0, second);
  jwt.signature = std::move(*signature);
  return jwt;
}

const Key* key_for(const Jwt& jwt, const KeySet& keys) {
  const Key* found = nullptr;
  for (const Key& key : keys) {
    const bool same_algorithm = key.algorithm() == jwt.algorithm;
    if (jwt.kid.empty()) {
      if (!same_algorithm) continue;
      if (found) return nullptr;
      found = &key;
    } else if (key.kid() == jwt.kid) {
      if (same_algorithm) return &key;
      found = &key;
    }
  }
  return found;
}

}  // namespace samrad::access
