// JWK (RFC 7517, 7518, 8037) to keys of OpenSSL, and signatures checked with them. The algorithm belongs to the key: what the token says
// of it is compared, never followed.

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include "service/access/hash.h"
#include "service/access/jwt.h"

namespace samrad::access {

namespace {

using record::Json;
using record::JsonKind;

template <auto release>
struct Release {
  template <class T>
  void operator()(T* pointer) const {
    release(pointer);
  }
};
using Number = std::unique_ptr<BIGNUM, Release<BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Release<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Release<OSSL_PARAM_free>>;
using Context = std::unique_ptr<EVP_PKEY_CTX, Release<EVP_PKEY_CTX_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Release<EVP_MD_CTX_free>>;
using PublicKey = std::shared_ptr<EVP_PKEY>;

constexpr std::size_t coordinate_bytes = 32;  // of P-256, and all of an Ed25519 key

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// Empty: missing, or no text.
std::string text_member(const Json& jwk, std::string_view name) {
  const Json* member = jwk.find(name);
  return member && member->kind == JsonKind::text ? member->text : std::string();
}

// Empty: missing, or not base64url.
std::string bytes_member(const Json& jwk, std::string_view name) {
  return parse_base64url(text_member(jwk, name)).value_or(std::string());
}

Number number_of(std::string_view bytes) {
  return Number(BN_bin2bn(bytes_of(bytes), static_cast<int>(bytes.size()), nullptr));
}

PublicKey key_of(const char* type, OSSL_PARAM_BLD* builder) {
  const Params params(OSSL_PARAM_BLD_to_param(builder));
  const Context context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* pkey = nullptr;
  if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &pkey, EVP_PKEY_PUBLIC_KEY, params.get()) != 1)
    return nullptr;
  PublicKey key(pkey, EVP_PKEY_free);
  const Context check(EVP_PKEY_CTX_new(pkey, nullptr));
  return check && EVP_PKEY_public_check(check.get()) == 1 ? key : nullptr;
}

PublicKey rsa_key(const Json& jwk) {
  const std::string modulus = bytes_member(jwk, "n");
  const std::string exponent = bytes_member(jwk, "e");
  // A long exponent makes each check slow; no issuer has one.
  if (modulus.empty() || modulus.size() > rsa_bits_max / 8 || exponent.empty() ||
      exponent.size() > 8)
    return nullptr;
  const Number n = number_of(modulus);
  const Number e = number_of(exponent);
  const Builder builder(OSSL_PARAM_BLD_new());
  if (!n || !e || !builder || BN_num_bits(n.get()) < rsa_bits_min || !BN_is_odd(e.get()) ||
      BN_is_one(e.get()) ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
    return nullptr;
  return key_of("RSA", builder.get());
}

PublicKey ec_key(const Json& jwk) {
  const std::string x = bytes_member(jwk, "x");
  const std::string y = bytes_member(jwk, "y");
  if (text_member(jwk, "crv") != "P-256" || x.size() != coordinate_bytes ||
      y.size() != coordinate_bytes)
    return nullptr;
  const std::string point = '\x04' + x + y;
  const Builder builder(OSSL_PARAM_BLD_new());
  if (!builder ||
      OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) !=
          1 ||
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                       point.size()) != 1)
    return nullptr;
  return key_of("EC", builder.get());
}

PublicKey ed25519_key(const Json& jwk) {
  const std::string x = bytes_member(jwk, "x");
  if (text_member(jwk, "crv") != "Ed25519" || x.size() != coordinate_bytes) return nullptr;
  EVP_PKEY* pkey = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes_of(x), x.size());
  return pkey ? PublicKey(pkey, EVP_PKEY_free) : nullptr;
}

struct Form {
  std::string_view type;  // `kty`
  std::string_view name;  // `alg`
  Algorithm algorithm;
  PublicKey (*key)(const Json& jwk);
  std::initializer_list<std::string_view> members;  // that make up the key
};

const Form* form_of(std::string_view type) {
  static const Form forms[] = {{"RSA", "RS256", Algorithm::rs256, rsa_key, {"n", "e"}},
                               {"EC", "ES256", Algorithm::es256, ec_key, {"x", "y"}},
                               {"OKP", "EdDSA", Algorithm::eddsa, ed25519_key, {"x"}}};
  const auto found = std::find_if(std::begin(forms), std::end(forms),
                                  [&](const Form& form) { return form.type == type; });
  return found == std::end(forms) ? nullptr : found;
}

// Not where the issuer says that the key is for something else.
bool is_for_verifying(const Json& jwk, const Form& form) {
  const Json* use = jwk.find("use");
  if (use && !(use->kind == JsonKind::text && use->text == "sig")) return false;
  const Json* algorithm = jwk.find("alg");
  if (algorithm && !(algorithm->kind == JsonKind::text && algorithm->text == form.name))
    return false;
  const Json* uses = jwk.find("key_ops");
  return !uses || std::any_of(uses->items.begin(), uses->items.end(), [](const Json& item) {
    return item.kind == JsonKind::text && item.text == "verify";
  });
}

// A JWS has r and s side by side, OpenSSL takes them as DER. Empty: they are not.
std::string der_of(std::string_view signature) {
  if (signature.size() != 2 * coordinate_bytes) return {};
  const std::unique_ptr<ECDSA_SIG, Release<ECDSA_SIG_free>> pair(ECDSA_SIG_new());
  Number r = number_of(signature.substr(0, coordinate_bytes));
  Number s = number_of(signature.substr(coordinate_bytes));
  if (!pair || !r || !s) return {};
  ECDSA_SIG_set0(pair.get(), r.release(), s.release());
  unsigned char* der = nullptr;
  const int length = i2d_ECDSA_SIG(pair.get(), &der);
  std::string text;
  if (length > 0) text.assign(der, der + length);
  OPENSSL_free(der);
  return text;
}

}  // namespace

std::optional<Key> Key::of(const Json& jwk) {
  const Form* form = jwk.kind == JsonKind::object ? form_of(text_member(jwk, "kty")) : nullptr;
  if (!form || !is_for_verifying(jwk, *form)) return std::nullopt;
  PublicKey pkey = form->key(jwk);
  ERR_clear_error();  // TLS on this thread must not find what went wrong here
  if (!pkey) return std::nullopt;
  Key key;
  key.kid_ = text_member(jwk, "kid");
  key.algorithm_ = form->algorithm;
  key.pkey_ = std::move(pkey);
  for (const std::string_view member : form->members)
    key.material_ += text_member(jwk, member) + '.';
  return key;
}

bool Key::verifies(std::string_view bytes, std::string_view signature) const {
  const bool is_ec = algorithm_ == Algorithm::es256;
  const std::string der = is_ec ? der_of(signature) : std::string();
  const std::string_view checked = is_ec ? std::string_view(der) : signature;
  if (checked.empty()) return false;
  const char* digest = algorithm_ == Algorithm::eddsa ? nullptr : "SHA256";
  const Digest context(EVP_MD_CTX_new());
  const bool valid = context &&
                     EVP_DigestVerifyInit_ex(context.get(), nullptr, digest, nullptr, nullptr,
                                             static_cast<EVP_PKEY*>(pkey_.get()), nullptr) == 1 &&
                     EVP_DigestVerify(context.get(), bytes_of(checked), checked.size(),
                                      bytes_of(bytes), bytes.size()) == 1;
  ERR_clear_error();
  return valid;
}

bool Key::operator==(const Key& other) const {
  return kid_ == other.kid_ && algorithm_ == other.algorithm_ && material_ == other.material_;
}

tl::expected<KeySet, std::string> parse_jwks(std::string_view text) {
  const auto json = record::parse_json(text);
  if (!json) return tl::unexpected("the key set is no JSON: " + json.error());
  const Json* list = json->kind == JsonKind::object ? json->find("keys") : nullptr;
  if (!list || list->kind != JsonKind::list)
    return tl::unexpected(std::string("the key set has no list `keys`"));
  if (list->items.size() > jwk_count_max)
    return tl::unexpected(fmt::format("the key set has {} keys; at most {} are taken",
                                      list->items.size(), jwk_count_max));
  KeySet keys;
  for (const Json& jwk : list->items)
    if (auto key = Key::of(jwk)) keys.push_back(std::move(*key));
  if (keys.empty())
    return tl::unexpected(std::string(
        "the key set has no key for RS256 (2048 bits or more), ES256 or EdDSA (Ed25519)"));
  return keys;
}

}  // namespace samrad::access
