// A signed JSON Web Token (RFC 7515, 7519) in compact form, read and verified. Pure; any thread.
//
// Strict where the standards leave room (RFC 8725): three algorithms, each with one kind of key; no `crit`, no embedded keys, no
// member twice; base64url in its one canonical form.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "service/access/refusal.h"
#include "service/record/json.h"

namespace samrad::access {

inline constexpr std::size_t jwt_bytes_max = 16 * 1024;
inline constexpr std::size_t jwk_count_max = 100;  // of one set; more are not read
inline constexpr int rsa_bits_min = 2048;
inline constexpr int rsa_bits_max = 8192;

enum class Algorithm : std::uint8_t {
  rs256,  // RSASSA-PKCS1-v1_5 with SHA-256; an RSA key
  es256,  // ECDSA on P-256 with SHA-256; an EC key
  eddsa,  // Ed25519; an OKP key
};

struct Jwt {
  Algorithm algorithm = Algorithm::rs256;
  std::string kid;           // empty: none given
  record::Json claims;       // an object
  std::string_view signed_;  // the bytes the signature is over; of the text given
  std::string signature;     // as bytes
};
// A text of a stranger for a message: cut, and without control characters and backticks.
[[nodiscard]] std::string shown(std::string_view text);

// Takes apart what was not verified yet: nothing of it may be believed. Valid as long as `text`.
[[nodiscard]] tl::expected<Jwt, Refusal> parse_jwt(std::string_view text);

// A public key of an issuer.
class Key {
 public:
  // Nothing where the JWK is not for verifying with one of the three algorithms. Other kinds are legal in a set: they are passed over.
  [[nodiscard]] static std::optional<Key> of(const record::Json& jwk);

  [[nodiscard]] const std::string& kid() const { return kid_; }
  [[nodiscard]] Algorithm algorithm() const { return algorithm_; }
  // Whether the key signed these bytes. False whenever anything is not as it must be.
  [[nodiscard]] bool verifies(std::string_view bytes, std::string_view signature) const;
  // The same key material, name and algorithm.
  bool operator==(const Key& other) const;

 private:
  std::string kid_;
  Algorithm algorithm_ = Algorithm::rs256;
  std::string material_;        // the numbers as they stand in the JWK
  std::shared_ptr<void> pkey_;  // an EVP_PKEY
};

using KeySet = std::vector<Key>;

// The keys of a JWKS document that can be used here. The error is a sentence; a set without any such key is one.
[[nodiscard]] tl::expected<KeySet, std::string> parse_jwks(std::string_view json);

// The key of the name the token gives, of its algorithm if there is one; without a name the only key of its algorithm. Null: none. What
// is returned may be for another algorithm: then the token must be refused.
[[nodiscard]] const Key* key_for(const Jwt& jwt, const KeySet& keys);

}  // namespace samrad::access
