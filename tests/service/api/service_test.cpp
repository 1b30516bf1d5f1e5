// What concerns the service as a whole: tokens, alerts, health, figures, pages of other sites, limits.

#include <future>

#include <gtest/gtest.h>

#include "service/api/kept.h"
#include "service/api/limits.h"
#include "tests/service/api/house.h"

namespace samrad::tests {

namespace {

constexpr const char* now = "2026-02-01T12:00:00+01:00";
const std::string council = "/v1/agreements/council";

void fill(House& house) {
  ASSERT_EQ(house.post("/v1/agreements", json{{"rules", council_rules()}}.dump()).status, 201);
}

json check_named(const json& readiness, const std::string& name) {
  for (const json& one : readiness["checks"])
    if (one["name"] == name) return one;
  return {};
}

}  // namespace

TEST(Tokens, AreShownOnceAndCanBeRevoked) {
  House house(now);
  fill(house);
  const auto made = house.post(
      "/v1/tokens",
      R"({"label":"case system","rights":["record"],"agreements":["council"],"expires":"2027-01-01T00:00:00Z"})");
  ASSERT_EQ(made.status, 201) << made.content();
  const json token = body_of(made);
  const std::string secret = token["token"];
  const Fields with = {{"authorization", "Bearer " + secret}};
  EXPECT_EQ(house.ask("GET", council, {}, with).status, 200);
  EXPECT_EQ(house.ask("GET", "/v1/tokens", {}, with).status, 403);
  const auto list = house.ask("GET", "/v1/tokens");
  EXPECT_EQ(list.content().find(secret), std::string_view::npos);
  EXPECT_NE(list.content().find("case system"), std::string_view::npos);
  const auto kept = house.store->reader().value()->documents(api::kind_of_token).value();
  for (const auto& document : kept)
    EXPECT_EQ(document.content.find(secret), std::string::npos);
  EXPECT_EQ(house.ask("DELETE", "/v1/tokens/" + token["id"].get<std::string>()).status, 200);
  EXPECT_EQ(house.ask("GET", council, {}, with).status, 401);
  EXPECT_EQ(house.ask("DELETE", "/v1/tokens/none").status, 404);
}

TEST(Tokens, NobodyGivesWhatHeHasNot) {
  House house(now);
  const auto steward = house.token({access::Right::administer}, {"a-*"});
  EXPECT_EQ(
      house.post("/v1/tokens", R"({"label":"x","rights":["read"],"agreements":["a-1"]})", {steward})
          .status,
      201);
  EXPECT_EQ(
      house.post("/v1/tokens", R"({"label":"x","rights":["read"],"agreements":["*"]})", {steward})
          .status,
      403);
  const auto wrong = house.post(
      "/v1/tokens", R"({"label":1,"rights":["reed"],"agreements":"a","expires":"soon","more":1})");
  EXPECT_EQ(wrong.status, 400);
  EXPECT_GE(body_of(wrong)["errors"].size(), 5U) << wrong.content();
  // What can be read is held against what a token may be also where another member cannot.
  const auto both =
      house.post("/v1/tokens",
                 R"({"label":"","rights":[],"agreements":"a","expires":"2001-01-01T00:00:00Z"})");
  EXPECT_EQ(both.status, 400);
  std::vector<std::string> members;
  const json told = body_of(both);
  for (const json& fault : told["errors"])
    members.push_back(fault["pointer"]);
  EXPECT_EQ(members, (std::vector<std::string>{"/agreements", "/label", "/rights", "/expires"}))
      << both.content();
}

TEST(Alerts, RulesAreReplacedByWhoReadThem) {
  House house(now);
  std::vector<alerts::Configuration> told;
  house.alerting.changed = [&](const alerts::Configuration& rules) { told.push_back(rules); };
  house.restart();
  const auto empty = house.ask("GET", "/v1/alerts/rules");
  ASSERT_EQ(empty.status, 200);
  const std::string rules =
      R"({"recipients":[{"id":"registry","roles":["librarian"],"mail":"registry@example.org"}],"rules":[{"id":"all","kinds":["due"]}]})";
  const Fields type = {{"content-type", "application/json"}};
  EXPECT_EQ(house.ask("PUT", "/v1/alerts/rules", rules, type).status, 428);
  EXPECT_EQ(house.ask("PUT", "/v1/alerts/rules", rules, {type[0], {"if-match", "\"old\""}}).status,
            412);
  const auto put =
      house.ask("PUT", "/v1/alerts/rules", rules, {type[0], {"if-match", field(empty, "etag")}});
  ASSERT_EQ(put.status, 200) << put.content();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].recipients[0].mail, "registry@example.org");
  EXPECT_EQ(field(house.ask("GET", "/v1/alerts/rules"), "etag"), field(put, "etag"));
  const auto wrong =
      house.ask("PUT", "/v1/alerts/rules",
                R"({"rules":[{"id":"a","kinds":["duee"]},{"id":"a","kinds":["due"]}]})",
                {type[0], {"if-match", field(put, "etag")}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_GE(body_of(wrong)["errors"].size(), 2U) << wrong.content();
  EXPECT_EQ(house.ask("GET", "/v1/alerts/rules", {}, {house.token({access::Right::audit})}).status,
            403);
}

TEST(Alerts, TheLogTellsWhatBecameOfEach) {
  House house(now);
  int woken = 0;
  house.alerting.wake = [&] { ++woken; };
  house.restart();
  fill(house);
  store::Batch batch;
  for (int i = 1; i <= 3; ++i) {
    store::Message message{.key = "council|plan/2026-08-31|" + std::to_string(i),
                           .agreement = i < 3 ? 1 : 0,
                           .recipient = "registry",
                           .way = "mail"};
    message.kind = i < 3 ? "due" : "digest";
    message.content = R"({"to":"registry@example.org"})";
    batch.messages.push_back(message);
  }
  batch.progress.push_back({.key = batch.messages[1].key,
                            .state = store::Message::State::failed,
                            .tries = 10,
                            .last_error = "refused",
                            .finished = 1});
  ASSERT_TRUE(house.store->commit(batch));

  const json all = house.get("/v1/alerts");
  ASSERT_EQ(all["alerts"].size(), 3U);
  EXPECT_EQ(all.dump().find("@"), std::string::npos) << "no addresses";
  const json failed = house.get("/v1/alerts?state=failed");
  ASSERT_EQ(failed["alerts"].size(), 1U);
  EXPECT_EQ(failed["alerts"][0]["lastError"], "refused");
  // A digest is of many agreements; who sees one agreement does not see it.
  const auto auditor = house.token({access::Right::audit}, {"council"});
  EXPECT_EQ(body_of(house.ask("GET", "/v1/alerts", {}, {auditor}))["alerts"].size(), 2U);
  EXPECT_EQ(house.ask("GET", "/v1/alerts", {}, {house.token({access::Right::read})}).status, 403);

  const std::string path = "/v1/alerts/" + std::to_string(failed["alerts"][0]["alert"].get<int>());
  EXPECT_EQ(house.get(path)["tries"], 10);
  const auto again = house.post(path + "/retry", "");
  EXPECT_EQ(again.status, 202) << again.content();
  EXPECT_EQ(woken, 1);
  EXPECT_EQ(house.get(path)["state"], "waiting");
  EXPECT_EQ(house.post(path + "/retry", "").status, 422);
  EXPECT_EQ(house.ask("GET", "/v1/alerts/99").status, 404);
}

TEST(Alerts, ADutyIsAcknowledged) {
  House house(now);
  fill(house);
  const std::string path = council + "/occurrences/plan/2026-08-31/acknowledgement";
  EXPECT_EQ(house.ask("GET", path).status, 404);
  EXPECT_EQ(
      house.post(path, R"({"remark":"on the agenda"})", {house.token({access::Right::record})})
          .status,
      403);
  const auto made =
      house.post(path, R"({"remark":"on the agenda"})", {house.token({access::Right::decide})});
  ASSERT_EQ(made.status, 200) << made.content();
  EXPECT_FALSE(body_of(made).contains("by"));
  EXPECT_EQ(house.get(path)["remark"], "on the agenda");
  EXPECT_TRUE(house.get(path).contains("by"));
  EXPECT_EQ(house.post(council + "/occurrences/plan/1999/acknowledgement", "").status, 404);
  EXPECT_EQ(house.post(path, R"({"note":1})").status, 400);
}

TEST(Health, SaysWhatFails) {
  House house(now);
  fill(house);
  EXPECT_EQ(house.ask("GET", "/healthz", {}, {{"authorization", ""}}).status, 200);
  const json ready = house.get("/readyz");
  EXPECT_EQ(ready["ready"], true);
  for (const char* name : {"migrations", "store", "commits", "timers", "alerts", "workers"})
    EXPECT_EQ(check_named(ready, name)["good"], true) << name;
  // A message that waits for hours.
  store::Batch batch;
  batch.messages.push_back({.key = "k",
                            .agreement = 1,
                            .recipient = "r",
                            .way = "mail",
                            .kind = "due",
                            .content = "{}"});
  batch.messages.back().not_before = house.clock.now() - 2LL * 3'600 * 1'000'000;
  ASSERT_TRUE(house.store->commit(batch));
  const auto stuck = house.ask("GET", "/readyz");
  EXPECT_EQ(stuck.status, 503);
  EXPECT_EQ(check_named(body_of(stuck), "alerts")["good"], false);
}

TEST(Health, TellsWhatWasGivenUpAndIsReadyAllTheSame) {
  House house(now);
  fill(house);
  store::Batch batch;
  batch.messages.push_back({.key = "k",
                            .agreement = 1,
                            .recipient = "r",
                            .way = "mail",
                            .kind = "due",
                            .content = "{}"});
  batch.messages.back().state = store::Message::State::failed;
  ASSERT_TRUE(house.store->commit(batch));
  EXPECT_EQ(check_named(house.get("/readyz"), "alerts")["detail"],
            "none waits; 1 given up: see /v1/alerts?state=failed");
  EXPECT_EQ(house.get("/v1/alerts?state=failed")["alerts"].size(), 1U);
  const auto figures = house.ask("GET", "/metrics");
  EXPECT_NE(figures.content().find("samrad_alerts_given_up 1\n"), std::string_view::npos);
}

TEST(Health, WaitsForTheKeysOfAllIssuers) {
  House house(now);
  EXPECT_EQ(check_named(house.get("/readyz"), "issuers")["detail"], "none is configured");
  std::vector<access::IssuerState> states = {{"https://a.example.org", 2, house.clock.now(), ""},
                                             {"https://b.example.org", 0, {}, "no connection"}};
  house.issuers = [&] { return states; };
  house.alerting.figures = [] { return api::Alerting::Figures{.unheard = 3, .troubles = 2}; };
  house.restart();
  const auto without = house.ask("GET", "/readyz");
  EXPECT_EQ(without.status, 503);
  const json check = check_named(body_of(without), "issuers");
  EXPECT_EQ(check["good"], false);
  EXPECT_EQ(check["detail"], "no keys have come yet of `https://b.example.org`");
  const auto figures = house.ask("GET", "/metrics");
  for (const char* line :
       {"samrad_issuers 2\n", "samrad_issuers_without_keys 1\n", "samrad_issuers_failing 1\n",
        "samrad_alerts_unheard 3\n", "samrad_alerts_troubles_total 2\n"})
    EXPECT_NE(figures.content().find(line), std::string_view::npos) << line << figures.content();
  states[1].fetched = house.clock.now();
  EXPECT_EQ(house.ask("GET", "/readyz").status, 200) << "old keys are keys";
}

TEST(Metrics, AreInTheTextFormat) {
  House house(now);
  fill(house);
  (void)house.ask("GET", council + "/occurrences");
  (void)house.ask("GET", council + "/occurrences");
  const auto response = house.ask(
      "GET", "/metrics", {},
      {{"accept",
        "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1"}});
  EXPECT_EQ(field(response, "content-type"), "text/plain; version=0.0.4; charset=utf-8");
  const std::string text(response.content());
  for (const char* line :
       {"samrad_agreements 1\n",
        "samrad_http_requests_total{operation=\"listOccurrences\",status=\"200\"} 2\n",
        "samrad_http_cache_answers_total{kept=\"yes\"} 1\n",
        "samrad_http_request_duration_seconds_count{operation=\"listOccurrences\"} 2\n",
        "# TYPE samrad_timer_lag_seconds gauge\n", "samrad_alerts_waiting 0\n"})
    EXPECT_NE(text.find(line), std::string::npos) << line << text;
}

TEST(Requests, OfOtherSitesAreLetInOnlyWhereConfigured) {
  const Fields page = {{"origin", "https://portal.example.org"},
                       {"access-control-request-method", "POST"},
                       {"authorization", ""}};
  House closed(now);
  const auto without = closed.ask("OPTIONS", "/v1/agreements", {}, page);
  EXPECT_EQ(without.status, 204);
  EXPECT_EQ(field(without, "allow"), "GET, HEAD, OPTIONS, POST");
  EXPECT_EQ(field(without, "access-control-allow-origin"), "");
  House open(now, {.cors_origins = {"https://portal.example.org"}});
  const auto with = open.ask("OPTIONS", "/v1/agreements", {}, page);
  EXPECT_EQ(field(with, "access-control-allow-origin"), "https://portal.example.org");
  EXPECT_NE(field(with, "access-control-allow-headers").find("authorization"), std::string::npos);
  EXPECT_EQ(field(open.ask("GET", "/v1/agreements", {}, {page[0]}), "access-control-allow-origin"),
            "https://portal.example.org");
  EXPECT_EQ(field(open.ask("GET", "/v1/agreements", {}, {{"origin", "https://other.example.org"}}),
                  "access-control-allow-origin"),
            "");
}

TEST(Requests, AreCountedByWhoAsks) {
  House house(now, {}, {"requests", 3, 60});
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(house.ask("GET", "/v1/agreements").status, 200);
  const auto refused = house.ask("GET", "/v1/agreements");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(body_of(refused)["type"], "/problems/requests-exceeded");
  EXPECT_NE(field(refused, "retry-after"), "");
  EXPECT_EQ(field(refused, "ratelimit-remaining"), "0");
  // Somebody else has requests of his own, and so has who is not known.
  EXPECT_EQ(house.ask("GET", "/v1/agreements", {}, {house.token({access::Right::read})}).status,
            200);
  EXPECT_EQ(house.ask("GET", "/v1/agreements", {}, {{"authorization", "Bearer x"}}).status, 401);
  house.clock.pass(2'000'000);
  EXPECT_EQ(house.ask("GET", "/v1/agreements").status, 200);
}

TEST(Requests, ThatFailToSignInAreCountedByAddressAndKeepNobodyElseOut) {
  House house(now);
  const Fields wrong = {{"authorization", "Bearer x"}};
  for (std::uint32_t i = 0; i < api::failed_sign_ins_per_minute; ++i)
    ASSERT_EQ(house.ask("GET", "/v1/agreements", {}, wrong).status, 401) << i;
  const auto refused = house.ask("GET", "/v1/agreements", {}, wrong);
  EXPECT_EQ(refused.status, 429);
  EXPECT_NE(body_of(refused)["detail"].get<std::string>().find("failed sign-ins"),
            std::string::npos);
  EXPECT_EQ(field(refused, "retry-after"), "1");
  EXPECT_EQ(field(refused, "ratelimit-limit"), "60");
  // From the same address: who is known, and who brings nothing.
  EXPECT_EQ(house.ask("GET", "/v1/agreements").status, 200);
  EXPECT_EQ(house.ask("GET", "/v1/agreements", {}, {{"authorization", ""}}).status, 401);
  EXPECT_EQ(house.ask("GET", "/healthz", {}, {{"authorization", ""}}).status, 200);
  house.clock.pass(1'000'000);
  EXPECT_EQ(house.ask("GET", "/v1/agreements", {}, wrong).status, 401);
}

TEST(Requests, ThatFindNothingAreToldWhatThereIs) {
  House house(now);
  fill(house);
  EXPECT_EQ(house.ask("GET", "/v2/agreements").status, 404);
  EXPECT_EQ(house.ask("GET", "/v1/agreements/").status, 404);
  EXPECT_EQ(house.ask("GET", "/v1/agreements/%zz").status, 404);
  const auto wrong = house.ask("PATCH", council);
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(field(wrong, "allow"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(house.ask("HEAD", council).status, 200);
}

}  // namespace samrad::tests
