// An issuer's side of a JWT, for the tests: keys made afresh, and tokens signed with them, the wrong ones too.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace samrad::access::test {

class SigningKey {
 public:
  // `kind`: `RSA-2048`, `RSA-1024`, `P-256`, `P-384` or `Ed25519`.
  SigningKey(std::string_view kind, std::string kid);

  [[nodiscard]] const std::string& kid() const { return kid_; }
  // The public key; `more` are further members, with a comma before: `,"use":"sig"`.
  [[nodiscard]] std::string jwk(std::string_view more = "") const;
  // header.claims.signature, signed as the key can.
  [[nodiscard]] std::string signed_jwt(std::string_view header, std::string_view claims) const;
  // With the header that belongs to the key.
  [[nodiscard]] std::string jwt(std::string_view claims) const;
  // Its public key in PEM: what a careless verifier would take as a shared secret.
  [[nodiscard]] std::string public_pem() const;

  // The algorithm's name.
  [[nodiscard]] std::string alg() const;

 private:
  [[nodiscard]] std::string signature(std::string_view bytes) const;

  std::string kind_;
  std::string kid_;
  std::shared_ptr<void> pkey_;
};

// {"keys":[…]}
std::string jwks(const std::vector<std::string>& keys);
// Made once for the program: RSA keys take their time.
const SigningKey& rsa();
const SigningKey& p256();
const SigningKey& ed25519();

// header.claims.signature with any signature, all three as they are.
std::string joined_jwt(std::string_view header, std::string_view claims,
                       std::string_view signature);
// HMAC with SHA-256, for tokens that try to pass with a shared secret.
std::string hmac(std::string_view secret, std::string_view bytes);
std::string base64url_of(std::string_view bytes);

}  // namespace samrad::access::test
