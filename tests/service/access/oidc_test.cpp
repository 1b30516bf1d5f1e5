// Aim: whom an issuer vouches for gets in with what the claims give, as long as they hold; keys come and go without anybody waiting.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/access/oidc.h"
#include "tests/service/access/signing_key.h"

namespace samrad::access {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using namespace test;

constexpr Micros second = 1'000'000;
constexpr std::int64_t now_seconds = 1'800'000'000;
constexpr Micros now = now_seconds * second;

constexpr const char* us = "https://login.example.org/realm";
constexpr const char* configuration_url =
    "https://login.example.org/realm/.well-known/openid-configuration";
constexpr const char* keys_url = "https://login.example.org/keys";

// Pages from memory; what is not there cannot be reached.
class Pages final : public Fetcher {
 public:
  tl::expected<std::string, std::string> get(const std::string& url, const std::string&) override {
    asked.push_back(url);
    const auto page = pages.find(url);
    if (page == pages.end()) return tl::unexpected(url + ": no route");
    return page->second;
  }
  void publish(const std::vector<std::string>& keys) {
    pages[configuration_url] = fmt::format(R"({{"issuer":"{}","jwks_uri":"{}"}})", us, keys_url);
    pages[keys_url] = jwks(keys);
  }

  std::map<std::string, std::string> pages;
  std::vector<std::string> asked;
};

Issuer issuer() {
  Issuer issuer;
  issuer.issuer = us;
  issuer.audiences = {"samrad", "https://samrad.example.org"};
  issuer.agreements = Agreements::of({"n-1"}).value();
  return issuer;
}

// The usual claims, with some put in place of them; an empty text takes one away.
std::string claims(const std::map<std::string, std::string>& instead = {}) {
  std::map<std::string, std::string> all = {{"iss", fmt::format("\"{}\"", us)},
                                            {"aud", R"("samrad")"},
                                            {"sub", R"("anna")"},
                                            {"exp", std::to_string(now_seconds + 300)},
                                            {"iat", std::to_string(now_seconds)},
                                            {"samrad_rights", R"(["record"])"}};
  for (const auto& [name, value] : instead)
    all[name] = value;
  std::string text;
  for (const auto& [name, value] : all)
    if (!value.empty()) text += fmt::format("{}\"{}\":{}", text.empty() ? "" : ",", name, value);
  return '{' + text + '}';
}

struct House {
  explicit House(Issuer whom = issuer())
      : oidc({std::move(whom)}, pages,
             [this](std::string text) { said.push_back(std::move(text)); }) {
    pages.publish({rsa().jwk(), p256().jwk(), ed25519().jwk()});
    oidc.refresh(now);
  }
  std::string fault(const std::string& jwt, Micros at = now) {
    const auto principal = oidc.check(jwt, at);
    return principal ? "" : std::string(principal.error().type);
  }

  Pages pages;
  std::vector<std::string> said;
  Oidc oidc;
};

TEST(Oidc, somebody_vouched_for_gets_in_and_his_name_stays_outside) {
  House house;
  for (const SigningKey* key : {&rsa(), &p256(), &ed25519()}) {
    const auto principal = house.oidc.check(key->jwt(claims()), now);
    ASSERT_TRUE(principal) << principal.error().detail;
    EXPECT_EQ(principal->kind, PrincipalKind::oidc);
    EXPECT_EQ(principal->rights, Rights{Right::record});
    EXPECT_EQ(principal->agreements.patterns(), std::vector<std::string>{"n-1"});
    EXPECT_THAT(principal->id, testing::StartsWith("oidc:"));
    EXPECT_THAT(principal->id, Not(HasSubstr("anna")));
    EXPECT_EQ(principal->id, house.oidc.check(rsa().jwt(claims({{"jti", "1"}})), now)->id);
    EXPECT_NE(principal->id, house.oidc.check(rsa().jwt(claims({{"sub", R"("bo")"}})), now)->id);
  }
  EXPECT_TRUE(house.said.empty());
}

TEST(Oidc, claims_that_do_not_hold) {
  House house;
  const auto at = [](std::int64_t seconds) { return std::to_string(now_seconds + seconds); };
  const struct {
    const char* claim;
    std::string value;
    const char* type;  // empty: gets in
  } table[] = {
      {"iss", R"("https://login.example.org/realm/")", "jwt-issuer"},
      {"iss", R"(["https://login.example.org/realm"])", "jwt-issuer"},
      {"iss", "", "jwt-issuer"},
      {"aud", R"("other")", "jwt-audience"},
      {"aud", R"(["other","SAMRAD"])", "jwt-audience"},
      {"aud", R"([7,"https://samrad.example.org"])", ""},
      {"aud", "[]", "jwt-audience"},
      {"aud", "", "jwt-audience"},
      {"aud", "7", "jwt-claims"},
      {"exp", at(-59), ""},
      {"exp", at(-60), "jwt-time"},
      {"exp", "1.8e9", ""},
      {"exp", "", "jwt-claims"},
      {"exp", R"("1800000300")", "jwt-claims"},
      {"exp", "-5", "jwt-claims"},
      {"exp", "253402300800", "jwt-claims"},
      {"exp", "1e400", "jwt-malformed"},
      {"nbf", at(60), ""},
      {"nbf", at(61), "jwt-time"},
      {"nbf", "null", "jwt-claims"},
      {"iat", at(60), ""},
      {"iat", at(61), "jwt-time"},
      {"iat", at(-86'400), ""},
      {"iat", "", ""},
      {"sub", "", "jwt-claims"},
      {"sub", R"("")", "jwt-claims"},
      {"sub", "7", "jwt-claims"},
      {"sub", '"' + std::string(subject_bytes_max + 1, 'a') + '"', "jwt-claims"},
      {"samrad_rights", "", "rights-missing"},
      {"samrad_rights", R"(["write","Record"])", "rights-missing"},
      {"samrad_rights", R"("openid record email")", ""},
      {"samrad_rights", R"([["record"]])", "jwt-claims"},
      {"samrad_rights", "true", "jwt-claims"},
      {"samrad_agreements", R"(["a**"])", "jwt-claims"},
      {"samrad_agreements", R"([])", "rights-missing"},
      {"samrad_agreements", R"("a b-*")", ""},
  };
  for (const auto& row : table)
    EXPECT_EQ(house.fault(ed25519().jwt(claims({{row.claim, row.value}}))), row.type)
        << row.claim << " = " << row.value;
}

TEST(Oidc, the_key_and_not_the_token_says_how_it_is_signed) {
  House house;
  const std::string bytes =
      base64url_of(R"({"alg":"HS256","kid":"r1"})") + '.' + base64url_of(claims());
  const std::string text = rsa().jwt(claims());
  const std::string other = rsa().jwt(claims({{"sub", R"("bo")"}}));
  const struct {
    std::string jwt;
    const char* type;
  } table[] = {
      {joined_jwt(R"({"alg":"none","kid":"r1"})", claims(), ""), "jwt-algorithm"},
      {bytes + '.' + base64url_of(hmac(rsa().public_pem(), bytes)), "jwt-algorithm"},
      {ed25519().signed_jwt(R"({"alg":"ES256","kid":"d1"})", claims()), "jwt-algorithm"},
      {p256().signed_jwt(R"({"alg":"ES256","kid":"r1"})", claims()), "jwt-algorithm"},
      {other.substr(0, other.rfind('.')) + text.substr(text.rfind('.')), "jwt-signature"},
      {SigningKey("P-256", "e1").jwt(claims()), "jwt-signature"},
  };
  for (const auto& row : table)
    EXPECT_EQ(house.fault(row.jwt), row.type) << row.jwt;
}

TEST(Oidc, rights_and_agreements_come_from_the_claims_that_are_configured) {
  Issuer grouped = issuer();
  grouped.rights_claim = "realm_access.roles";
  grouped.groups_claim = "https://example.org/groups";
  grouped.agreements_claim = "scope.agreements";
  grouped.groups = {{"samråd/revision", {Right::audit}}, {"samråd/drift", {Right::administer}}};
  House house(grouped);
  const struct {
    const char* roles;
    const char* groups;
    const char* agreements;  // empty: no claim
    Rights rights;
    std::vector<std::string> patterns;
  } table[] = {
      {R"({"roles":["decide"]})", R"([])", "", {Right::decide}, {"n-1"}},
      {R"({"roles":[]})", R"(["samråd/revision","x"])", "", {Right::audit}, {"n-1"}},
      {R"({"roles":["record"]})",
       R"(["samråd/revision"])",
       R"(["*"])",
       {Right::record, Right::audit},
       {"*"}},
      {R"("administer")", R"("samråd/drift")", R"(["a","b*"])", {Right::administer}, {"a", "b*"}},
  };
  for (const auto& row : table) {
    std::map<std::string, std::string> instead = {{"realm_access", row.roles},
                                                  {"https://example.org/groups", row.groups}};
    if (*row.agreements != '\0')
      instead["scope"] = fmt::format(R"({{"agreements":{}}})", row.agreements);
    const auto principal = house.oidc.check(ed25519().jwt(claims(instead)), now);
    ASSERT_TRUE(principal) << principal.error().detail;
    EXPECT_EQ(principal->rights, row.rights) << row.roles << row.groups;
    EXPECT_EQ(principal->agreements.patterns(), row.patterns);
  }
}

TEST(Oidc, without_configured_agreements_the_claim_is_needed) {
  Issuer strict = issuer();
  strict.agreements = {};
  House house(strict);
  const auto refused = house.oidc.check(ed25519().jwt(claims()), now);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().status, 403);
  EXPECT_THAT(refused.error().www_authenticate, HasSubstr("insufficient_scope"));
  EXPECT_EQ(house.fault(ed25519().jwt(claims({{"samrad_agreements", R"(["a"])"}}))), "");
}

TEST(Oidc, a_remembered_token_ends_when_it_ends) {
  House house;
  const std::string jwt = ed25519().jwt(claims());
  EXPECT_EQ(house.fault(jwt), "");
  EXPECT_EQ(house.fault(jwt, now + 359 * second), "");
  EXPECT_EQ(house.fault(jwt, now + 360 * second), "jwt-time");
  EXPECT_EQ(house.fault(jwt), "");
  EXPECT_EQ(house.fault(jwt, now - 61 * second), "jwt-time") << "the clock was set back";
}

TEST(Oidc, a_new_key_is_fetched_and_an_old_one_ends_with_the_set) {
  House house;
  const SigningKey next("Ed25519", "d2");
  int wanted = 0;
  house.oidc.on_wanted([&] { ++wanted; });
  const std::string old_jwt = ed25519().jwt(claims());
  const std::string new_jwt = next.jwt(claims());
  const auto fetches = [&] { return house.pages.asked.size(); };
  EXPECT_EQ(house.fault(old_jwt), "");
  EXPECT_EQ(fetches(), 2);

  house.pages.publish({next.jwk()});
  const Micros soon = now + 30 * second;
  EXPECT_EQ(house.fault(new_jwt, soon), "jwt-key") << "asked for less than a minute ago";
  house.oidc.refresh(soon);
  EXPECT_EQ(wanted, 0);
  EXPECT_EQ(fetches(), 2);

  const Micros later = now + 60 * second;
  EXPECT_EQ(house.fault(new_jwt, later), "keys-missing");
  EXPECT_EQ(house.fault(new_jwt, later), "keys-missing") << "still being fetched";
  EXPECT_GE(wanted, 1);
  EXPECT_EQ(house.fault(old_jwt, later), "") << "until the set is fetched";
  house.oidc.refresh(later);
  EXPECT_EQ(fetches(), 4);
  EXPECT_EQ(house.fault(new_jwt, later), "");
  EXPECT_EQ(house.fault(old_jwt, later), "jwt-key") << "remembered, and its key is gone";
}

TEST(Oidc, unknown_keys_fetch_once_a_minute_however_many_ask) {
  House house;
  const SigningKey stranger("Ed25519", "nobody");
  std::size_t before = house.pages.asked.size();
  for (int minute = 1; minute <= 3; ++minute) {
    const Micros at = now + minute * 60 * second;
    for (int i = 0; i < 5; ++i) {
      EXPECT_NE(house.fault(stranger.jwt(claims()), at + i * second), "");
      house.oidc.refresh(at + i * second);
    }
    EXPECT_EQ(house.pages.asked.size(), before += 2) << minute;
  }
}

TEST(Oidc, a_failure_to_fetch_keeps_the_old_keys_and_is_told_once) {
  House house;
  const SigningKey next("Ed25519", "d2");
  const Micros later = now + keys_refresh_micros;
  house.pages.pages.erase(keys_url);
  house.oidc.refresh(later);
  house.oidc.refresh(later + 61 * second);
  EXPECT_THAT(house.said,
              ElementsAre(testing::AllOf(HasSubstr("old ones stay"), HasSubstr("no route"))));
  EXPECT_THAT(house.oidc.states()[0].failure, HasSubstr("no route"));
  EXPECT_EQ(house.oidc.states()[0].keys, 3);
  EXPECT_EQ(house.oidc.states()[0].fetched, now);
  const std::map<std::string, std::string> longer = {{"exp", std::to_string(now_seconds + 9'999)}};
  EXPECT_EQ(house.fault(ed25519().jwt(claims(longer)), later), "");
  EXPECT_EQ(house.fault(next.jwt(claims(longer)), later + 62 * second), "keys-missing");

  house.pages.publish({next.jwk()});
  house.oidc.refresh(later + 122 * second);
  EXPECT_EQ(house.said.size(), 2);
  EXPECT_THAT(house.said.back(), HasSubstr("fetched again"));
  EXPECT_TRUE(house.oidc.states()[0].failure.empty());
  EXPECT_EQ(house.fault(next.jwt(claims(longer)), later + 122 * second), "");
}

TEST(Oidc, before_the_first_keys_everybody_is_asked_to_come_again) {
  Pages nothing;
  std::vector<std::string> said;
  Oidc oidc({issuer()}, nothing, [&](std::string text) { said.push_back(std::move(text)); });
  auto refused = oidc.check(ed25519().jwt(claims()), now);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().status, 503);
  EXPECT_GT(refused.error().retry_after_seconds, 0);
  oidc.refresh(now);
  EXPECT_THAT(said, ElementsAre(HasSubstr("refused until they are")));
  EXPECT_EQ(oidc.check(ed25519().jwt(claims()), now).error().status, 503);
}

TEST(Oidc, keys_are_fetched_again_every_hour) {
  House house;
  house.oidc.refresh(now + keys_refresh_micros - 1);
  EXPECT_EQ(house.pages.asked.size(), 2);
  house.oidc.refresh(now + keys_refresh_micros);
  EXPECT_EQ(house.pages.asked.size(), 4);
  house.oidc.refresh(now - 1);
  EXPECT_EQ(house.pages.asked.size(), 6) << "the clock was set back";
}

TEST(Oidc, an_issuer_s_own_page_must_be_its_own) {
  const struct {
    const char* page;
    const char* says;
  } table[] = {
      {R"({"issuer":"https://other.example","jwks_uri":"https://login.example.org/keys"})",
       "`issuer`"},
      {R"({"issuer":"https://login.example.org/realm","jwks_uri":"http://login.example.org/keys"})",
       "`jwks_uri`"},
      {R"({"issuer":"https://login.example.org/realm"})", "`jwks_uri`"},
      {"<html>", "no JSON"},
      {"[]", "`issuer`"},
  };
  for (const auto& row : table) {
    House house;
    house.pages.pages[configuration_url] = row.page;
    house.oidc.refresh(now + keys_refresh_micros);
    EXPECT_THAT(house.oidc.states()[0].failure, HasSubstr(row.says)) << row.page;
    EXPECT_EQ(house.oidc.states()[0].keys, 3);
  }
}

TEST(Oidc, a_configured_address_of_the_keys_is_not_asked_for) {
  Issuer direct = issuer();
  direct.jwks_url = keys_url;
  House house(direct);
  EXPECT_THAT(house.pages.asked, ElementsAre(keys_url));
  EXPECT_EQ(house.fault(rsa().jwt(claims())), "");
}

TEST(Oidc, one_issuer_s_key_does_not_sign_for_another) {
  const SigningKey theirs("Ed25519", "d1");
  Issuer other = issuer();
  other.issuer = "https://other.example";
  other.jwks_url = "https://other.example/keys";
  Pages pages;
  pages.publish({ed25519().jwk()});
  pages.pages[other.jwks_url] = jwks({theirs.jwk()});
  Oidc oidc({issuer(), other}, pages, nullptr);
  oidc.refresh(now);
  const std::map<std::string, std::string> as_other = {{"iss", R"("https://other.example")"}};
  EXPECT_TRUE(oidc.check(ed25519().jwt(claims()), now));
  EXPECT_TRUE(oidc.check(theirs.jwt(claims(as_other)), now));
  EXPECT_EQ(oidc.check(theirs.jwt(claims()), now).error().fault, Fault::jwt_signature);
  EXPECT_EQ(oidc.check(ed25519().jwt(claims(as_other)), now).error().fault, Fault::jwt_signature);
  EXPECT_NE(oidc.check(ed25519().jwt(claims()), now)->id,
            oidc.check(theirs.jwt(claims(as_other)), now)->id)
      << "the same `sub` of two issuers is two";
}

TEST(Oidc, what_is_remembered_is_bounded_and_what_was_forgotten_is_verified_again) {
  House house;
  const std::string first = ed25519().jwt(claims());
  EXPECT_EQ(house.fault(first), "");
  for (std::size_t i = 0; i <= verified_tokens_max / 2; ++i)
    ASSERT_EQ(house.fault(ed25519().jwt(claims({{"jti", std::to_string(i)}}))), "");
  EXPECT_EQ(house.fault(first), "");
  EXPECT_LE(house.oidc.remembered_count(), verified_tokens_max);
}

TEST(KeyRefresher, fetches_at_the_start_and_when_a_key_is_wanted) {
  const SigningKey next("Ed25519", "d2");
  Pages pages;
  pages.publish({ed25519().jwk()});
  std::mutex mutex;
  std::condition_variable changed;
  // Every fetch goes through here: the test waits for it instead of sleeping.
  class Watched final : public Fetcher {
   public:
    Watched(Pages& pages, std::mutex& mutex, std::condition_variable& changed)
        : pages_(pages), mutex_(mutex), changed_(changed) {}
    tl::expected<std::string, std::string> get(const std::string& url,
                                               const std::string& ca) override {
      const std::lock_guard lock(mutex_);
      changed_.notify_all();
      return pages_.get(url, ca);
    }

   private:
    Pages& pages_;
    std::mutex& mutex_;
    std::condition_variable& changed_;
  } watched(pages, mutex, changed);

  ManualClock clock(now);
  Oidc oidc({issuer()}, watched, nullptr);
  const auto gets_in = [&](const std::string& jwt) {
    for (int i = 0; i < 500; ++i) {
      if (oidc.check(jwt, clock.now())) return true;
      std::unique_lock lock(mutex);
      changed.wait_for(lock, std::chrono::milliseconds(10));
    }
    return false;
  };
  const KeyRefresher refresher(oidc, clock);
  EXPECT_TRUE(gets_in(ed25519().jwt(claims())));
  {
    const std::lock_guard lock(mutex);
    pages.publish({ed25519().jwk(), next.jwk()});
  }
  clock.pass(keys_refetch_micros);
  EXPECT_TRUE(gets_in(next.jwt(claims())));
}

}  // namespace
}  // namespace samrad::access
