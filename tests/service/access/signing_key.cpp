#include "tests/service/access/signing_key.h"

#include <stdexcept>

#include <fmt/format.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>

#include "service/access/hash.h"

namespace samrad::access::test {

namespace {

EVP_PKEY* made(std::string_view kind) {
  if (kind == "RSA-2048") return EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{2048});
  if (kind == "RSA-1024") return EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{1024});
  if (kind == "P-256" || kind == "P-384")
    return EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", std::string(kind).c_str());
  return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
}

std::string number(EVP_PKEY* key, const char* name, int bytes_min = 1) {
  BIGNUM* value = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &value) != 1) throw std::runtime_error(name);
  std::string bytes(static_cast<std::size_t>(std::max(bytes_min, BN_num_bytes(value))), '\0');
  BN_bn2binpad(value, reinterpret_cast<unsigned char*>(bytes.data()),
               static_cast<int>(bytes.size()));
  BN_free(value);
  return base64url_of(bytes);
}

std::string raw_of_der(const std::string& der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  ECDSA_SIG* pair = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size()));
  std::string raw(64, '\0');
  auto* out = reinterpret_cast<unsigned char*>(raw.data());
  BN_bn2binpad(ECDSA_SIG_get0_r(pair), out, 32);
  BN_bn2binpad(ECDSA_SIG_get0_s(pair), out + 32, 32);
  ECDSA_SIG_free(pair);
  return raw;
}

}  // namespace

std::string base64url_of(std::string_view bytes) {
  return base64url({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

SigningKey::SigningKey(std::string_view kind, std::string kid)
    : kind_(kind),
      kid_(std::move(kid)),
      pkey_(made(kind), [](EVP_PKEY* key) { EVP_PKEY_free(key); }) {}

std::string SigningKey::alg() const {
  return kind_.starts_with("RSA") ? "RS256" : kind_.starts_with("P-") ? "ES256" : "EdDSA";
}

std::string SigningKey::jwk(std::string_view more) const {
  auto* key = static_cast<EVP_PKEY*>(pkey_.get());
  std::string members;
  if (kind_.starts_with("RSA")) {
    members = fmt::format(R"("kty":"RSA","n":"{}","e":"{}")", number(key, OSSL_PKEY_PARAM_RSA_N),
                          number(key, OSSL_PKEY_PARAM_RSA_E));
  } else if (kind_.starts_with("P-")) {
    const int bytes = kind_ == "P-256" ? 32 : 48;
    members = fmt::format(R"("kty":"EC","crv":"{}","x":"{}","y":"{}")", kind_,
                          number(key, OSSL_PKEY_PARAM_EC_PUB_X, bytes),
                          number(key, OSSL_PKEY_PARAM_EC_PUB_Y, bytes));
  } else {
    std::string raw(32, '\0');
    std::size_t length = raw.size();
    EVP_PKEY_get_raw_public_key(key, reinterpret_cast<unsigned char*>(raw.data()), &length);
    members = fmt::format(R"("kty":"OKP","crv":"Ed25519","x":"{}")", base64url_of(raw));
  }
  const std::string kid = kid_.empty() ? "" : fmt::format(R"(,"kid":"{}")", kid_);
  return fmt::format("{{{}{}{}}}", members, kid, more);
}

std::string SigningKey::signature(std::string_view bytes) const {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  const char* digest = kind_ == "Ed25519" ? nullptr : "SHA256";
  std::string signature(1024, '\0');
  std::size_t length = signature.size();
  const bool done =
      EVP_DigestSignInit_ex(context, nullptr, digest, nullptr, nullptr,
                            static_cast<EVP_PKEY*>(pkey_.get()), nullptr) == 1 &&
      EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &length,
                     reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()) == 1;
  EVP_MD_CTX_free(context);
  if (!done) throw std::runtime_error("signing");
  signature.resize(length);
  return kind_ == "P-256" ? raw_of_der(signature) : signature;
}

std::string SigningKey::signed_jwt(std::string_view header, std::string_view claims) const {
  const std::string bytes = base64url_of(header) + '.' + base64url_of(claims);
  return bytes + '.' + base64url_of(signature(bytes));
}

std::string SigningKey::jwt(std::string_view claims) const {
  return signed_jwt(fmt::format(R"({{"alg":"{}","typ":"JWT","kid":"{}"}})", alg(), kid_), claims);
}

std::string SigningKey::public_pem() const {
  BIO* bio = BIO_new(BIO_s_mem());
  PEM_write_bio_PUBKEY(bio, static_cast<EVP_PKEY*>(pkey_.get()));
  char* text = nullptr;
  const long length = BIO_get_mem_data(bio, &text);
  std::string pem(text, static_cast<std::size_t>(length));
  BIO_free(bio);
  return pem;
}

std::string jwks(const std::vector<std::string>& keys) {
  return fmt::format(R"({{"keys":[{}]}})", fmt::join(keys, ","));
}

const SigningKey& rsa() {
  static const SigningKey key("RSA-2048", "r1");
  return key;
}

const SigningKey& p256() {
  static const SigningKey key("P-256", "e1");
  return key;
}

const SigningKey& ed25519() {
  static const SigningKey key("Ed25519", "d1");
  return key;
}

std::string joined_jwt(std::string_view header, std::string_view claims,
                       std::string_view signature) {
  return base64url_of(header) + '.' + base64url_of(claims) + '.' + base64url_of(signature);
}

std::string hmac(std::string_view secret, std::string_view bytes) {
  std::string code(32, '\0');
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
       reinterpret_cast<unsigned char*>(code.data()), nullptr);
  return code;
}

}  // namespace samrad::access::test
