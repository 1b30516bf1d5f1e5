// Aim: only what a key of the issuer signed in its own way passes; every known trick does not.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/access/hash.h"
#include "service/access/jwt.h"
#include "tests/service/access/signing_key.h"

namespace samrad::access {
namespace {

using testing::HasSubstr;
using namespace test;

KeySet keys_of(const std::vector<std::string>& list) { return parse_jwks(jwks(list)).value(); }

KeySet three_keys() { return keys_of({rsa().jwk(), p256().jwk(), ed25519().jwk()}); }

// As the service does it, up to the signature.
std::optional<Fault> fault_of(const std::string& text, const KeySet& keys) {
  const auto jwt = parse_jwt(text);
  if (!jwt) return jwt.error().fault;
  const Key* key = key_for(*jwt, keys);
  if (!key) return Fault::jwt_key;
  if (key->algorithm() != jwt->algorithm) return Fault::jwt_algorithm;
  return key->verifies(jwt->signed_, jwt->signature) ? std::nullopt
                                                     : std::optional(Fault::jwt_signature);
}

TEST(Jwt, of_each_algorithm_is_verified_and_every_changed_part_is_refused) {
  const KeySet keys = three_keys();
  for (const SigningKey* key : {&rsa(), &p256(), &ed25519()}) {
    const std::string text = key->jwt(R"({"sub":"a"})");
    EXPECT_EQ(fault_of(text, keys), std::nullopt) << key->alg();
    EXPECT_EQ(parse_jwt(text)->claims.find("sub")->text, "a");

    const std::string other = key->jwt(R"({"sub":"b"})");
    const std::size_t dot = text.rfind('.');
    EXPECT_EQ(fault_of(other.substr(0, other.rfind('.')) + text.substr(dot), keys),
              Fault::jwt_signature);
    for (const std::size_t at : {dot + 1, dot + 20, dot + 40}) {
      std::string changed = text;
      changed[at] = changed[at] == 'A' ? 'B' : 'A';
      EXPECT_EQ(fault_of(changed, keys), Fault::jwt_signature) << key->alg() << at;
    }
    EXPECT_EQ(fault_of(text.substr(0, dot + 1), keys), Fault::jwt_signature) << "none at all";
    EXPECT_NE(fault_of(text.substr(0, text.size() - 4), keys), std::nullopt) << "cut";
    EXPECT_EQ(fault_of(text + "AAAA", keys), Fault::jwt_signature) << "longer";
  }
}

TEST(Jwt, a_published_example_is_verified) {
  // RFC 8037, A.4: Ed25519 over bytes that are no JSON; and its key.
  const KeySet keys = keys_of({R"({"kty":"OKP","crv":"Ed25519","kid":"x",
      "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})"});
  const auto signature = parse_base64url(
      "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
  EXPECT_TRUE(
      keys[0].verifies("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc", *signature));
  EXPECT_FALSE(
      keys[0].verifies("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmd", *signature));
}

TEST(Jwt, no_algorithm_but_the_key_s_own_is_followed) {
  const KeySet keys = three_keys();
  const std::string claims = R"({"sub":"a"})";
  const auto header = [](const std::string& alg, const std::string& kid) {
    return fmt::format(R"({{"alg":"{}","kid":"{}"}})", alg, kid);
  };
  // The public key as a shared secret: what a verifier does that asks the token how to verify it.
  const auto with_shared_secret = [&](const std::string& alg, const std::string& secret) {
    const std::string head = header(alg, "r1");
    const std::string bytes = base64url_of(head) + '.' + base64url_of(claims);
    return bytes + '.' + base64url_of(hmac(secret, bytes));
  };
  const struct {
    std::string text;
    Fault fault;
  } table[] = {
      {joined_jwt(header("none", "r1"), claims, ""), Fault::jwt_algorithm},
      {joined_jwt(header("None", "r1"), claims, ""), Fault::jwt_algorithm},
      {joined_jwt(header("nOnE", "r1"), claims, "x"), Fault::jwt_algorithm},
      {with_shared_secret("HS256", rsa().public_pem()), Fault::jwt_algorithm},
      {with_shared_secret("RS256", rsa().public_pem()), Fault::jwt_signature},
      {rsa().signed_jwt(header("RS384", "r1"), claims), Fault::jwt_algorithm},
      {rsa().signed_jwt(header("PS256", "r1"), claims), Fault::jwt_algorithm},
      {rsa().signed_jwt(header("rs256", "r1"), claims), Fault::jwt_algorithm},
      {rsa().signed_jwt(header("ES256", "r1"), claims), Fault::jwt_algorithm},
      {rsa().signed_jwt(header("EdDSA", "r1"), claims), Fault::jwt_algorithm},
      {p256().signed_jwt(header("RS256", "e1"), claims), Fault::jwt_algorithm},
      {p256().signed_jwt(header("ES256", "d1"), claims), Fault::jwt_algorithm},
      {ed25519().signed_jwt(header("ES256", "d1"), claims), Fault::jwt_algorithm},
      {rsa().signed_jwt(header("RS256", "other"), claims), Fault::jwt_key},
      {rsa().signed_jwt(R"({"kid":"r1"})", claims), Fault::jwt_malformed},
      {rsa().signed_jwt(R"({"alg":["RS256"],"kid":"r1"})", claims), Fault::jwt_malformed},
  };
  for (const auto& row : table)
    EXPECT_EQ(fault_of(row.text, keys), row.fault) << row.text;
}

TEST(Jwt, a_signature_of_zeros_is_none) {
  const KeySet keys = three_keys();
  const std::string header = R"({"alg":"ES256","kid":"e1"})";
  EXPECT_EQ(fault_of(joined_jwt(header, "{}", std::string(64, '\0')), keys), Fault::jwt_signature);
  EXPECT_EQ(fault_of(joined_jwt(header, "{}", std::string(63, '\1')), keys), Fault::jwt_signature);
  EXPECT_EQ(fault_of(joined_jwt(header, "{}", std::string(64, '\xff')), keys),
            Fault::jwt_signature);
}

TEST(Jwt, texts_that_are_none) {
  const std::string good = rsa().jwt("{}");
  const struct {
    std::string text;
    const char* says;
  } table[] = {
      {"", "three parts"},
      {"..", "no JSON"},
      {"a.b", "three parts"},
      {good + ".x.y", "encrypted"},
      {good + ".x", "three parts"},
      {"=" + good, "header is not base64url"},
      {joined_jwt("[]", "{}", ""), "header is no object"},
      {joined_jwt("{", "{}", ""), "header is no JSON"},
      {joined_jwt(R"({"alg":"RS256","alg":"none"})", "{}", ""), "header is no JSON"},
      {joined_jwt(R"({"alg":"RS256"})", "7", ""), "claims is no object"},
      {joined_jwt(R"({"alg":"RS256"})", R"({"sub":"a","sub":"b"})", ""), "claims is no JSON"},
      {joined_jwt(R"({"alg":"RS256","crit":["b64"],"b64":false})", "{}", ""), "`crit`"},
      {joined_jwt(R"({"alg":"RS256","typ":"logout+jwt"})", "{}", ""), "`typ`"},
      {joined_jwt(R"({"alg":"RS256","typ":7})", "{}", ""), "`typ`"},
      {joined_jwt(R"({"alg":"RS256","kid":7})", "{}", ""), "`kid`"},
      {good.substr(0, good.rfind('.')) + ".a+b/", "signature is not base64url"},
      {good + std::string(jwt_bytes_max, 'A'), "more than"},
  };
  for (const auto& row : table) {
    const auto jwt = parse_jwt(row.text);
    ASSERT_FALSE(jwt) << row.text;
    EXPECT_EQ(jwt.error().status, 401);
    EXPECT_THAT(jwt.error().detail, HasSubstr(row.says)) << row.text;
  }
  for (const char* type : {"JWT", "jwt", "at+jwt", "application/at+JWT"})
    EXPECT_TRUE(
        parse_jwt(joined_jwt(fmt::format(R"({{"alg":"RS256","typ":"{}"}})", type), "{}", "")))
        << type;
}

TEST(Jwt, without_a_name_the_only_key_of_the_algorithm_is_meant) {
  const SigningKey second("P-256", "e2");
  const std::string text = p256().signed_jwt(R"({"alg":"ES256"})", "{}");
  EXPECT_EQ(fault_of(text, three_keys()), std::nullopt);
  EXPECT_EQ(fault_of(text, keys_of({p256().jwk(), second.jwk()})), Fault::jwt_key);
}

TEST(Jwt, one_name_may_stand_for_a_key_of_each_algorithm) {
  const SigningKey ec("P-256", "same");
  const SigningKey ed("Ed25519", "same");
  const KeySet keys = keys_of({ec.jwk(), ed.jwk()});
  EXPECT_EQ(fault_of(ec.jwt("{}"), keys), std::nullopt);
  EXPECT_EQ(fault_of(ed.jwt("{}"), keys), std::nullopt);
}

TEST(Jwks, keys_for_other_purposes_are_passed_over) {
  const SigningKey short_rsa("RSA-1024", "short");
  const SigningKey p384("P-384", "long");
  const std::string off_curve = R"({"kty":"EC","crv":"P-256","kid":"off","x":")" +
                                base64url_of(std::string(32, '\1')) + R"(","y":")" +
                                base64url_of(std::string(32, '\2')) + R"("})";
  const struct {
    const char* what;
    std::string jwk;
    bool taken;
  } table[] = {
      {"plain", rsa().jwk(), true},
      {"for signatures", rsa().jwk(R"(,"use":"sig","alg":"RS256","key_ops":["verify"])"), true},
      {"for encryption", rsa().jwk(R"(,"use":"enc")"), false},
      {"another algorithm", rsa().jwk(R"(,"alg":"PS256")"), false},
      {"other operations", rsa().jwk(R"(,"key_ops":["encrypt"])"), false},
      {"too short", short_rsa.jwk(), false},
      {"another curve", p384.jwk(), false},
      {"not on the curve", off_curve, false},
      {"a shared secret", R"({"kty":"oct","k":"AAAA","kid":"s"})", false},
      {"of a kind to come", R"({"kty":"ML-DSA","kid":"s"})", false},
      {"no kind", R"({"kid":"s"})", false},
      {"no object", "7", false},
      {"exponent 1",
       R"({"kty":"RSA","e":"AQ","n":")" + base64url_of(std::string(256, '\xab')) + "\"}", false},
      {"half a key", R"({"kty":"OKP","crv":"Ed25519","x":"AAAA"})", false},
  };
  for (const auto& row : table)
    EXPECT_EQ(keys_of({ed25519().jwk(), row.jwk}).size(), row.taken ? 2 : 1) << row.what;
}

TEST(Jwks, sets_that_cannot_be_used) {
  for (const std::string& text :
       {std::string("x"), std::string("[]"), std::string("{}"), std::string(R"({"keys":{}})"),
        std::string(R"({"keys":[]})"), std::string(R"({"keys":[{"kty":"oct","k":"AAAA"}]})"),
        jwks(std::vector<std::string>(jwk_count_max + 1, ed25519().jwk()))})
    EXPECT_FALSE(parse_jwks(text)) << text.substr(0, 80);
}

TEST(Base64url, has_one_text_for_one_row_of_bytes) {
  const struct {
    std::string_view bytes;
    const char* text;
  } table[] = {{"", ""}, {"f", "Zg"}, {"fo", "Zm8"}, {"foo", "Zm9v"}, {"\xfb\xff", "-_8"}};
  for (const auto& row : table) {
    EXPECT_EQ(base64url_of(row.bytes), row.text);
    EXPECT_EQ(parse_base64url(row.text), row.bytes);
  }
  for (const char* text : {"Z", "Zh", "Zm9", "Zg==", "Zg\n", "+/8", " Zg"})
    EXPECT_EQ(parse_base64url(text), std::nullopt) << text;
}

}  // namespace
}  // namespace samrad::access
