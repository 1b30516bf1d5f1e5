// Agreements over the API: made, listed, read, given new rules and closed.

#include <gtest/gtest.h>

#include "tests/service/api/house.h"

namespace samrad::tests {

namespace {

constexpr const char* now = "2026-02-01T12:00:00+01:00";

std::string council(const std::string& id = "council") {
  return json{{"id", id}, {"rules", council_rules()}}.dump();
}

// The same with three meetings instead of two.
std::string three_meetings() {
  std::string text = council_rules();
  text.replace(text.find("2 times"), 7, "3 times");
  return text;
}

}  // namespace

TEST(AgreementsApi, MakesReadsAndListsThem) {
  House house(now);
  const auto made = house.post("/v1/agreements", council());
  ASSERT_EQ(made.status, 201) << made.content();
  EXPECT_EQ(field(made, "location"), "/v1/agreements/council");
  EXPECT_EQ(field(made, "etag"), "\"1\"");
  // The rules' text alone, with the id in the query.
  const auto plain = house.post("/v1/agreements?id=other", council_rules(),
                                {{"content-type", "application/vnd.samrad; charset=utf-8"}});
  ASSERT_EQ(plain.status, 201) << plain.content();

  const json agreement = house.get("/v1/agreements/council");
  EXPECT_EQ(agreement["title"], "The reading council");
  EXPECT_EQ(agreement["clauses"][1]["owner"], json({"head"}));
  EXPECT_EQ(agreement["forums"][0]["name"], "council");
  const json all = house.get("/v1/agreements");
  ASSERT_EQ(all["agreements"].size(), 2U);
  EXPECT_EQ(all["agreements"][1]["id"], "other");

  const json first = house.get("/v1/agreements?limit=1");
  ASSERT_EQ(first["agreements"].size(), 1U);
  const json second =
      house.get("/v1/agreements?limit=1&cursor=" + first["next"].get<std::string>());
  EXPECT_EQ(second["agreements"][0]["id"], "other");
  EXPECT_TRUE(second["next"].is_null());
}

TEST(AgreementsApi, TellsWhatIsWrongWithTheRequest) {
  // Each body with the status and the kind of problem that it gives.
  const std::vector<std::tuple<std::string, int, std::string>> rows = {
      {"{", 400, "wrong-body"},
      {"[]", 400, "wrong-body"},
      {"{}", 400, "wrong-body"},
      {R"({"rules": "agreement", "files": []})", 400, "wrong-body"},
      {R"({"rules": 1, "rulez": 2, "files": 3})", 400, "wrong-body"},
      {R"({"rules": "agreement council\nclause"})", 422, "wrong-rules"},
      {json{{"id", "så här"}, {"rules", council_rules()}}.dump(), 422, "not-possible"},
      {council("taken"), 409, "agreement-exists"},
      {json{{"id", "x"}, {"rules", council_rules()}, {"parameters", {{"a", 1}}}}.dump(), 422,
       "wrong-rules"},
  };
  House house(now);
  ASSERT_EQ(house.post("/v1/agreements", council("taken")).status, 201);
  for (const auto& [body, status, type] : rows) {
    const auto response = house.post("/v1/agreements", body);
    EXPECT_EQ(response.status, status) << body << response.content();
    EXPECT_EQ(body_of(response)["type"], "/problems/" + type) << body;
    EXPECT_EQ(field(response, "content-type"), "application/problem+json");
  }
  EXPECT_EQ(house.post("/v1/agreements", council_rules(), {{"content-type", "text/csv"}}).status,
            415);
  // Three faults of one body at once.
  const json many = body_of(house.post("/v1/agreements?unknown=1", R"({"rulez": 2, "id": 3})"));
  EXPECT_EQ(many["errors"].size(), 4U) << many.dump(2);
}

// From a text that the service lays out: its name and what fills it in are enough; the agreement has that text for good.
TEST(AgreementsApi, AreMadeOfTheServicesTemplates) {
  constexpr const char* text = R"(template pair "A pair"
  term first_day to 2027-12-31

parameter first_day date "The first day"

event meeting "Meeting"

clause meets "They meet"
  meeting must happen at least once every year
)";
  api::Settings settings;
  settings.templates.push_back({"pair", {{{"pair.samrad", text}}, {}}});
  House house(now, settings);
  const json listed = house.get("/v1/templates");
  ASSERT_EQ(listed["templates"].size(), 1U);
  EXPECT_EQ(listed["templates"][0]["parameters"][0]["name"], "first_day");
  EXPECT_EQ(house.get("/v1/templates/pair")["files"][0]["text"], text);

  const auto body = [](const char* name, const char* day) {
    return json{{"id", "p"}, {"template", name}, {"parameters", {{"first_day", day}}}}.dump();
  };
  const auto unknown = house.post("/v1/agreements", body("pear", "2026-01-01"));
  EXPECT_EQ(unknown.status, 400);
  EXPECT_EQ(body_of(unknown)["errors"][0]["pointer"], "/template");
  EXPECT_EQ(house.post("/v1/agreements", body("pair", "soon")).status, 422);
  const auto made = house.post("/v1/agreements", body("pair", "2026-01-01"));
  ASSERT_EQ(made.status, 201) << made.content();
  EXPECT_EQ(body_of(made)["term"]["first"], "2026-01-01") << made.content();
  EXPECT_EQ(house.get("/v1/agreements/p/versions/1")["files"][0]["text"], text);
}

TEST(AgreementsApi, GivesTheCompilersMessagesAsData) {
  House house(now);
  const auto response = house.post(
      "/v1/agreements", R"({"rules": "agreement a \"A\"\n  term 2026-01-01 to 2025-01-01\n"})");
  const json problem = body_of(response);
  ASSERT_TRUE(problem.contains("check")) << problem.dump(2);
  EXPECT_TRUE(problem["check"]["diagnostics"][0].contains("line"));
  EXPECT_GE(problem["check"]["summary"]["errors"].get<int>(), 1);
}

TEST(AgreementsApi, NewRulesNeedTheVersionThatWasRead) {
  House house(now);
  ASSERT_EQ(house.post("/v1/agreements", council()).status, 201);
  const std::string body = json{{"rules", three_meetings()}, {"inForceFrom", "2026-07-01"}}.dump();
  const std::string path = "/v1/agreements/council/versions";
  EXPECT_EQ(house.post(path, body).status, 428);
  EXPECT_EQ(house.post(path, body, {{"if-match", "one"}}).status, 400);
  const auto stale = house.post(path, body, {{"if-match", "\"7\""}});
  EXPECT_EQ(stale.status, 412);
  EXPECT_EQ(body_of(stale)["current"], 1);
  // Whose version is not current hears of that, and of faults of the text when it is.
  const std::string faulty = json{{"rules", "agreement"}, {"inForceFrom", "2026-07-01"}}.dump();
  EXPECT_EQ(house.post(path, faulty, {{"if-match", "\"7\""}}).status, 412);
  const auto refused = house.post(path, faulty, {{"if-match", "\"1\""}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(body_of(refused)["type"], "/problems/wrong-rules");
  const auto made = house.post(path, body, {{"if-match", "\"1\""}});
  ASSERT_EQ(made.status, 201) << made.content();
  EXPECT_EQ(field(made, "etag"), "\"2\"");
  EXPECT_EQ(field(made, "location"), path + "/2");
  EXPECT_EQ(house.post(path, body, {{"if-match", "\"1\""}}).status, 412);

  const json versions = house.get(path);
  ASSERT_EQ(versions["versions"].size(), 2U);
  EXPECT_EQ(versions["versions"][1]["inForceFrom"], "2026-07-01");
  EXPECT_EQ(house.get(path + "/1")["files"][0]["text"], council_rules());
  EXPECT_EQ(house.ask("GET", path + "/3").status, 404);
}

TEST(AgreementsApi, AClosedOneTakesNothingMore) {
  House house(now);
  ASSERT_EQ(house.post("/v1/agreements", council()).status, 201);
  EXPECT_TRUE(house.get("/v1/agreements/council")["closing"].is_null());
  EXPECT_EQ(house.post("/v1/agreements/council/close", "").status, 428);
  const auto closed =
      house.post("/v1/agreements/council/close", R"({"reason": "over"})", {{"if-match", "\"1\""}});
  ASSERT_EQ(closed.status, 200) << closed.content();
  EXPECT_EQ(body_of(closed)["state"], "closed");
  EXPECT_EQ(field(closed, "etag"), "\"1-closed\"");
  EXPECT_EQ(house.get("/v1/agreements/council")["closing"]["reason"], "over");
  const auto event = house.post(
      "/v1/agreements/council/events",
      R"({"specversion":"1.0","source":"urn:x","id":"1","type":"meeting","subject":"council","time":"2026-01-20"})");
  EXPECT_EQ(event.status, 409);
  EXPECT_EQ(body_of(event)["type"], "/problems/agreement-closed");
  const std::string rules = json{{"rules", "agreement"}}.dump();
  const auto version =
      house.post("/v1/agreements/council/versions", rules, {{"if-match", "\"1-closed\""}});
  EXPECT_EQ(version.status, 409) << version.content();
}

TEST(AgreementsApi, UnchangedOnesAreNotSentAgain) {
  House house(now);
  ASSERT_EQ(house.post("/v1/agreements", council()).status, 201);
  const auto same = house.ask("GET", "/v1/agreements/council", {}, {{"if-none-match", "\"1\""}});
  EXPECT_EQ(same.status, 304);
  EXPECT_TRUE(same.content().empty());
  EXPECT_EQ(house.ask("GET", "/v1/agreements/council", {}, {{"if-none-match", "\"2\""}}).status,
            200);
}

TEST(AgreementsApi, ShowsOnlyWhatTheCallerMaySee) {
  House house(now);
  ASSERT_EQ(house.post("/v1/agreements", council("a-1")).status, 201);
  ASSERT_EQ(house.post("/v1/agreements", council("b-1")).status, 201);
  const auto reader = house.token({access::Right::read}, {"a-*"});
  const json list = body_of(house.ask("GET", "/v1/agreements", {}, {reader}));
  ASSERT_EQ(list["agreements"].size(), 1U);
  EXPECT_EQ(list["agreements"][0]["id"], "a-1");
  // What may not be seen does not exist; what may be seen and not done is refused.
  EXPECT_EQ(house.ask("GET", "/v1/agreements/b-1", {}, {reader}).status, 404);
  EXPECT_EQ(house.ask("GET", "/v1/agreements/nowhere", {}, {reader}).content(),
            house.ask("GET", "/v1/agreements/nowhere").content());
  EXPECT_EQ(house.post("/v1/agreements/a-1/close", "", {reader, {"if-match", "\"1\""}}).status,
            403);
  EXPECT_EQ(house.post("/v1/agreements", council("a-2"), {reader}).status, 403);
  const auto steward = house.token({access::Right::administer}, {"a-*"});
  EXPECT_EQ(house.post("/v1/agreements", council("a-2"), {steward}).status, 201);
  EXPECT_EQ(house.post("/v1/agreements", council("c-2"), {steward}).status, 403);
}

}  // namespace samrad::tests
