// Verdicts over the API: the bytes of the command line, pages, filters, forms, and answers kept.

#include <sstream>

#include <gtest/gtest.h>

#include "tests/service/api/house.h"

namespace samrad::tests {

namespace {

const std::string norrmalm = "/v1/agreements/norrmalm";
const std::string council = "/v1/agreements/council";

// The history as the command line takes it: what does not say when it was recorded was recorded when it happened.
std::string history() {
  std::istringstream lines(file_text("examples/norrmalm/history.ndjson"));
  std::string all;
  for (std::string line; std::getline(lines, line);) {
    json event = json::parse(line);
    if (!event.contains("recordedtime")) event["recordedtime"] = event["time"];
    all += event.dump() + '\n';
  }
  return all;
}

void fill_norrmalm(House& house) {
  const auto made = house.post("/v1/agreements", norrmalm_body());
  ASSERT_EQ(made.status, 201) << made.content();
  const auto posted =
      house.post(norrmalm + "/events", history(), {{"content-type", "application/x-ndjson"}});
  ASSERT_EQ(posted.status, 201) << posted.content().substr(0, 2000);
}

std::string meeting(const std::string& id, const std::string& day) {
  return R"({"specversion":"1.0","source":"urn:example:diary","id":")" + id +
         R"(","type":"meeting","subject":"council","time":")" + day + "\"}";
}

void fill_council(House& house) {
  ASSERT_EQ(house.post("/v1/agreements", json{{"rules", council_rules()}}.dump()).status, 201);
  ASSERT_EQ(house.post(council + "/events", meeting("m-1", "2026-01-20")).status, 201);
}

constexpr const char* february = "2026-02-01T12:00:00+01:00";

}  // namespace

TEST(Verdicts, NorrmalmReadsAsOnTheCommandLine) {
  House house("2018-06-02T12:00:00+02:00");
  fill_norrmalm(house);
  const auto whole = house.ask("GET", norrmalm + "/occurrences?asOf=2018-05-31");
  ASSERT_EQ(whole.status, 200);
  EXPECT_EQ(whole.content(), file_text("examples/norrmalm/expected-audit.json"));
  EXPECT_EQ(field(whole, "content-type"), "application/json");
  EXPECT_EQ(house.ask("GET", norrmalm + "/occurrences?asOf=2018-05-31&format=text").content(),
            file_text("examples/norrmalm/expected-audit.txt"));

  // In pages it is the same rows in the same order, and the summary counts all.
  const json all = body_of(whole);
  json rows = json::array();
  std::string cursor;
  do {
    const json page = house.get(norrmalm + "/occurrences?asOf=2018-05-31&limit=100" + cursor);
    EXPECT_EQ(page["summary"], all["summary"]);
    rows.insert(rows.end(), page["occurrences"].begin(), page["occurrences"].end());
    cursor = page.contains("next") ? "&cursor=" + page["next"].get<std::string>() : "";
  } while (!cursor.empty());
  EXPECT_EQ(rows, all["occurrences"]);

  const json one = house.get(norrmalm + "/occurrences/moten/2017-H1?asOf=2018-05-31");
  EXPECT_EQ(one["id"], "moten/2017-H1");
  EXPECT_FALSE(one["reasons"]["sv"].empty());
  EXPECT_EQ(house.get(norrmalm + "/occurrences/moten%2F2017-H1?asOf=2018-05-31"), one);

  const json brief = house.get(norrmalm + "/brief?meeting=chefsamrad&on=2018-05-15");
  EXPECT_EQ(brief["asOf"], "2018-05-14");
  const auto sheet = house.ask("GET", norrmalm + "/brief?meeting=chefsamrad&on=2018-05-15", {},
                               {{"accept", "text/html"}});
  EXPECT_TRUE(sheet.content().starts_with("<!doctype html>") ||
              sheet.content().starts_with("<!DOCTYPE html>"));
  EXPECT_NE(field(sheet, "content-security-policy"), "");
}

TEST(Verdicts, ComeInTheFormAndLanguageAskedFor) {
  House house(february);
  fill_council(house);
  struct Row {
    std::string query;
    Fields fields;
    std::string type;
    std::string holds;
  };
  const std::string path = council + "/occurrences";
  const std::vector<Row> rows = {
      {"", {}, "application/json", "\"occurrences\""},
      {"", {{"accept", "text/csv"}}, "text/csv; charset=utf-8", "meetings/2026-H1"},
      {"?format=markdown&lang=en", {{"accept", "text/csv"}}, "text/markdown; charset=utf-8", "|"},
      {"",
       {{"accept", "application/x-ndjson, application/json;q=0.5"}},
       "application/x-ndjson",
       "{\"id\":\""},
      {"?format=text",
       {{"accept-language", "en-GB, sv;q=0.4"}},
       "text/plain; charset=utf-8",
       "As of"},
      {"?format=text",
       {{"accept-language", "de, sv;q=0.4"}},
       "text/plain; charset=utf-8",
       "Läget per"},
      {"?format=text&lang=en", {{"accept-language", "sv"}}, "text/plain; charset=utf-8", "As of"},
      {"?format=junit", {}, "application/xml", "<testsuite"},
  };
  for (const Row& row : rows) {
    const auto response = house.ask("GET", path + row.query, {}, row.fields);
    EXPECT_EQ(response.status, 200) << row.query;
    EXPECT_EQ(field(response, "content-type"), row.type) << row.query;
    EXPECT_NE(response.content().find(row.holds), std::string_view::npos)
        << row.query << response.content();
  }
  EXPECT_EQ(house.ask("GET", path, {}, {{"accept", "image/png"}}).status, 406);
}

TEST(Verdicts, FollowTheQuestion) {
  House house(february);
  fill_council(house);
  const std::string path = council + "/occurrences";
  const std::vector<std::pair<std::string, std::size_t>> counts = {
      {"?status=open", 2},
      {"?clause=plan", 2},
      {"?owner=head", 2},
      {"?owner=head&owner=librarian&status=open", 2},
      {"?clause=plan&status=met", 0}};
  for (const auto& [query, count] : counts)
    EXPECT_EQ(house.get(path + query)["occurrences"].size(), count) << query;
  EXPECT_EQ(house.get(path)["asOf"], "2026-02-01");
  EXPECT_EQ(house.get(path + "?owner=head")["summary"]["open"], 1);
  const std::vector<std::tuple<std::string, int, std::string>> wrong = {
      {"?clause=plans", 422, "did you mean `plan`"},
      {"?owner=hed", 422, "did you mean `head`"},
      {"?reading=plan%3Dx", 422, "has no readings"},
      {"?reading=plan", 400, "CLAUSE=NAME"},
      {"?status=done", 400, "is none of"},
      {"?asof=2026-01-01", 400, "did you mean `asOf`"},
      {"?asOf=2026-02-30", 400, "no moment"},
      {"?asOf=2026-01-01&asOf=2026-01-02", 400, "given 2 times"},
      {"?limit=0", 400, "from 1 to"},
      {"?cursor=x", 400, "no cursor"},
      {"/plan/2026-08-30", 404, "did you mean `plan/2026-08-31`"},
  };
  for (const auto& [query, status, words] : wrong) {
    const auto response = house.ask("GET", path + query);
    EXPECT_EQ(response.status, status) << query;
    EXPECT_NE(response.content().find(words), std::string_view::npos)
        << query << response.content();
  }
  // Every fault of one query at once.
  EXPECT_EQ(body_of(house.ask("GET", path + "?asOf=x&limit=x&status=x&unknown=x"))["errors"].size(),
            4U);
}

TEST(Verdicts, AreKeptUntilSomethingChanges) {
  House house(february);
  fill_council(house);
  const std::string path = council + "/occurrences";
  const auto first = house.ask("GET", path);
  const std::string tag = field(first, "etag");
  const auto second = house.ask("GET", path);
  EXPECT_EQ(second.shared_body.get(), first.shared_body.get())
      << "the very same bytes, not made anew";
  EXPECT_EQ(house.ask("GET", path, {}, {{"if-none-match", tag}}).status, 304);
  EXPECT_EQ(house.ask("GET", path, {}, {{"accept-language", "en"}}).content(), first.content());

  // Another day, another event, new rules.
  house.set("2026-02-02T12:00:00+01:00");
  const auto next_day = house.ask("GET", path);
  EXPECT_NE(field(next_day, "etag"), tag);
  ASSERT_EQ(house.post(council + "/events", meeting("m-2", "2026-01-27")).status, 201);
  const auto event = house.ask("GET", path, {}, {{"if-none-match", field(next_day, "etag")}});
  EXPECT_EQ(event.status, 200);
  std::string rules = council_rules();
  rules.replace(rules.find("2 times"), 7, "3 times");
  ASSERT_EQ(house
                .post(council + "/versions",
                      json{{"rules", rules}, {"inForceFrom", "2026-07-01"}}.dump(),
                      {{"if-match", "\"1\""}})
                .status,
            201);
  EXPECT_NE(house.ask("GET", path).content(), event.content());

  // Who may not see the agreement gets nothing of what is kept for others.
  const auto stranger = house.token({access::Right::read}, {"other"});
  EXPECT_EQ(house.ask("GET", path, {}, {stranger}).status, 404);
  EXPECT_EQ(house.ask("GET", path, {}, {{"authorization", ""}}).status, 401);
}

TEST(Verdicts, TwoMomentsAreCompared) {
  House house(february);
  fill_council(house);
  house.set("2026-03-01T12:00:00+01:00");
  ASSERT_EQ(house.post(council + "/events", meeting("m-2", "2026-01-27")).status, 201);
  const json late = house.get(council + "/diff?asOf=2026-02-28&knownAt=2026-02-15");
  ASSERT_EQ(late["changed"].size(), 1U) << late.dump(2);
  EXPECT_EQ(late["changed"][0]["id"], "meetings/2026-H1");
  EXPECT_EQ(late["changed"][0]["after"]["status"], "met");
  EXPECT_EQ(late["changed"][0]["causes"][0]["kind"], "recorded");
  const json time = house.get(council + "/diff?asOf=2026-02-28&toAsOf=2026-09-01");
  EXPECT_EQ(time["changed"][1]["after"]["status"], "missed") << time.dump(2);
}

TEST(Verdicts, WhatIfChangesNothing) {
  House house(february);
  fill_council(house);
  const auto tried = house.post(council + "/what-if?full=true", meeting("m-2", "2026-05-12"));
  ASSERT_EQ(tried.status, 200) << tried.content();
  const json answer = body_of(tried);
  ASSERT_EQ(answer["difference"]["changed"].size(), 1U) << answer.dump(2);
  EXPECT_EQ(answer["difference"]["changed"][0]["before"]["status"], "open");
  EXPECT_EQ(answer["difference"]["changed"][0]["after"]["status"], "met");
  EXPECT_EQ(answer["audit"]["asOf"], "2026-05-12");
  EXPECT_EQ(house.get(council + "/events")["events"].size(), 1U);
  EXPECT_EQ(house.post(council + "/what-if", meeting("m-2", "soon")).status, 422);
  EXPECT_EQ(
      house
          .post(
              council + "/what-if",
              R"({"specversion":"1.0","source":"urn:x","id":"1","type":"party","time":"2026-01-01"})")
          .status,
      422);
  EXPECT_EQ(house.post(council + "/what-if", meeting("m-1", "2026-05-12")).status, 409);
  // Reading is enough for it.
  EXPECT_EQ(house
                .post(council + "/what-if", meeting("m-2", "2026-05-12"),
                      {house.token({access::Right::read})})
                .status,
            200);
}

TEST(Verdicts, TheBriefNeedsAForumAndADay) {
  House house(february);
  fill_council(house);
  EXPECT_EQ(body_of(house.ask("GET", council + "/brief"))["errors"].size(), 2U);
  EXPECT_EQ(house.ask("GET", council + "/brief?meeting=counsil&on=2026-03-01").status, 422);
  EXPECT_EQ(house.get(council + "/brief?meeting=council&on=2026-03-01")["forum"], "council");
}

}  // namespace samrad::tests
