// Aim: what a request brings decides who asks, and how the service is about to listen decides whether it may.

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/access/gate.h"

namespace samrad::access {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr Micros now = 1'800'000'000LL * 1'000'000;

class Nothing final : public Fetcher {
 public:
  tl::expected<std::string, std::string> get(const std::string&, const std::string&) override {
    return tl::unexpected(std::string("nothing is here"));
  }
};

Issuer issuer() {
  Issuer issuer;
  issuer.issuer = "https://login.example.org";
  issuer.audiences = {"samrad"};
  return issuer;
}

http::Request with(const std::vector<std::pair<std::string, std::string>>& fields) {
  http::Request request;
  std::vector<std::pair<std::string, std::string>> list = fields;
  for (auto& [name, value] : list)
    request.fields.add(std::move(name), std::move(value));
  return request;
}

TEST(Gate, what_a_request_brings) {
  Nothing nothing;
  Tokens tokens;
  const NewToken first = first_token(now);
  TokenRequest brief;
  brief.label = "brief";
  brief.rights = {Right::read};
  brief.agreements = Agreements::all();
  brief.expires = now;
  const NewToken expired = make_token(brief, now - 10);
  NewToken revoked = make_token(brief, now - 10);
  revoked.record.revoked = now - 5;
  const NewToken unknown = make_token(brief, now);
  tokens.load({first.record, expired.record, revoked.record});
  Oidc none({}, nothing, nullptr);
  Oidc some({issuer()}, nothing, nullptr);

  std::string mistyped = first.secret;
  mistyped[20] = mistyped[20] == 'x' ? 'y' : 'x';
  const std::string jwt = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJ4In0.AAAA";
  const auto bearer = [](const std::string& token) {
    return std::vector<std::pair<std::string, std::string>>{{"authorization", "Bearer " + token}};
  };
  const struct {
    std::vector<std::pair<std::string, std::string>> fields;
    Oidc* oidc;
    const char* type;  // empty: gets in
    int status;
    const char* challenge;
  } table[] = {
      {bearer(first.secret), &none, "", 0, ""},
      {{{"host", "a"}, {"authorization", "bearer   " + first.secret}}, &some, "", 0, ""},
      {{{"authorization", "BEARER " + first.secret}}, &some, "", 0, ""},
      {{}, &none, "credentials-missing", 401, "Bearer realm=\"samrad\""},
      {{{"cookie", "token=" + first.secret}}, &none, "credentials-missing", 401, "Bearer"},
      {{{"authorization", ""}}, &none, "credentials-malformed", 401, "invalid_request"},
      {{{"authorization", "Bearer"}}, &none, "credentials-malformed", 401, "invalid_request"},
      {{{"authorization", first.secret}}, &none, "credentials-malformed", 401, "invalid_request"},
      {{{"authorization", "Basic YTpi"}}, &none, "credentials-malformed", 401, "invalid_request"},
      {bearer(first.secret + " x"), &none, "credentials-malformed", 401, "invalid_request"},
      {{{"authorization", "Bearer " + first.secret}, {"authorization", "Bearer " + first.secret}},
       &none,
       "credentials-malformed",
       401,
       "invalid_request"},
      {bearer("hunter2"), &some, "credentials-malformed", 401, "invalid_request"},
      {bearer(mistyped), &none, "token-mistyped", 401, "invalid_token"},
      {bearer(unknown.secret), &none, "token-unknown", 401, "invalid_token"},
      {bearer(expired.secret), &none, "token-expired", 401, "invalid_token"},
      {bearer(revoked.secret), &none, "token-revoked", 401, "invalid_token"},
      {bearer(jwt), &none, "jwt-issuer", 401, "invalid_token"},
      {bearer(jwt), &some, "jwt-issuer", 401, "invalid_token"},
      {bearer("a.b"), &some, "jwt-malformed", 401, "invalid_token"},
  };
  for (const auto& row : table) {
    const Gate gate(tokens, *row.oidc);
    const auto principal = gate.authenticate(with(row.fields), now);
    if (*row.type == '\0') {
      ASSERT_TRUE(principal) << principal.error().detail;
      EXPECT_EQ(principal->kind, PrincipalKind::first_run);
      EXPECT_TRUE(may_everywhere(*principal, Right::administer));
      continue;
    }
    ASSERT_FALSE(principal) << row.type;
    const Refusal& refusal = principal.error();
    EXPECT_EQ(refusal.type, row.type);
    EXPECT_EQ(refusal.status, row.status) << row.type;
    EXPECT_THAT(refusal.www_authenticate, HasSubstr(row.challenge)) << row.type;
    for (const auto& [name, value] : row.fields)
      if (value.size() > 30) {
        EXPECT_THAT(refusal.detail, Not(HasSubstr(value.substr(20)))) << "shows the credentials";
      }
  }
}

TEST(Gate, a_missing_right_is_named) {
  const Refusal refusal = lacking(Right::decide);
  EXPECT_EQ(refusal.status, 403);
  EXPECT_EQ(refusal.type, "rights-missing");
  EXPECT_THAT(refusal.detail, HasSubstr("`decide`"));
  EXPECT_EQ(refusal.www_authenticate,
            R"(Bearer realm="samrad", error="insufficient_scope", scope="decide")");
}

TEST(Refusal, rows_stand_in_the_order_of_the_enum_with_types_of_their_own) {
  std::size_t number = 0;
  std::set<std::string_view> types;
  for (const FaultRow& row : fault_rows()) {
    EXPECT_EQ(static_cast<std::size_t>(row.fault), number++) << row.type;
    EXPECT_TRUE(types.insert(row.type).second) << row.type;
    EXPECT_EQ(refuse(row.fault, "x").type, row.type);
    EXPECT_EQ(refuse(row.fault, "x").www_authenticate.empty(), row.status == 503) << row.type;
  }
  EXPECT_EQ(number, static_cast<std::size_t>(Fault::rights_missing) + 1);
}

TEST(Start, which_addresses_are_loopback) {
  for (const char* address :
       {"127.0.0.1", "127.255.0.9", "::1", "localhost", "::ffff:127.0.0.1", "0:0:0:0:0:0:0:1"})
    EXPECT_TRUE(is_loopback(address)) << address;
  for (const char* address : {"0.0.0.0", "::", "128.0.0.1", "10.0.0.1", "::2", "::ffff:10.0.0.1",
                              "127.0.0.1.example.org", "", "127.1", "fe80::1"})
    EXPECT_FALSE(is_loopback(address)) << address;
}

TEST(Start, is_admitted_on_loopback_and_elsewhere_with_tls_and_tokens_only) {
  const struct {
    Exposure exposure;
    std::optional<Start> start;
    std::vector<const char*> says;
    std::vector<const char*> says_not;
  } table[] = {
      {{"127.0.0.1", false, false, false}, Start::with_first_token, {}, {}},
      {{"::1", true, false, false}, Start::with_first_token, {}, {}},
      {{"127.0.0.1", false, true, false}, Start::as_configured, {}, {}},
      {{"127.0.0.1", false, false, true}, Start::as_configured, {}, {}},
      {{"0.0.0.0", true, true, false}, Start::as_configured, {}, {}},
      {{"0.0.0.0", true, false, true}, Start::as_configured, {}, {}},
      {{"0.0.0.0", false, true, true}, std::nullopt, {"`0.0.0.0`", "tls.certificate"}, {"token"}},
      {{"10.0.0.1", true, false, false}, std::nullopt, {"`10.0.0.1`", "samrad token"}, {"tls."}},
      {{"::", false, false, false}, std::nullopt, {"`::`", "tls.key", "token", "127.0.0.1"}, {}},
  };
  for (const auto& row : table) {
    const auto start = admitted(row.exposure);
    ASSERT_EQ(start.has_value(), row.start.has_value()) << row.exposure.address;
    if (start) {
      EXPECT_EQ(*start, *row.start) << row.exposure.address;
    }
    for (const char* text : row.says)
      EXPECT_THAT(start.error(), HasSubstr(text));
    for (const char* text : row.says_not)
      EXPECT_THAT(start.error(), Not(HasSubstr(text)));
  }
}

}  // namespace
}  // namespace samrad::access
