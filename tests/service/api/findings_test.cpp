// What changed and what is coming, over all agreements: findings, the stream of them, and deadlines ahead.

#include <gtest/gtest.h>

#include "service/api/limits.h"
#include "tests/service/api/house.h"

namespace samrad::tests {

namespace {

std::string council(const std::string& id) {
  return json{{"id", id}, {"rules", council_rules()}}.dump();
}

std::string meeting(const std::string& id, const std::string& day) {
  return R"({"specversion":"1.0","source":"urn:example:diary","id":")" + id +
         R"(","type":"meeting","subject":"council","time":")" + day + "\"}";
}

// Two agreements with one meeting each; a second meeting meets the clause.
void fill(House& house) {
  for (const char* id : {"a-1", "b-1"}) {
    ASSERT_EQ(house.post("/v1/agreements", council(id)).status, 201);
    ASSERT_EQ(
        house.post("/v1/agreements/" + std::string(id) + "/events", meeting("1", "2026-01-20"))
            .status,
        201);
  }
}

void meet(House& house, const std::string& agreement) {
  ASSERT_EQ(
      house.post("/v1/agreements/" + agreement + "/events", meeting("2", "2026-01-27")).status,
      201);
}

// Reads what a stream has now; `woken` counts how often it says that there is more.
struct Reader {
  explicit Reader(const http::Response& response) : stream(response.stream) {}
  std::string read() {
    return stream->next([this] { ++woken; }).value_or("(end)");
  }
  std::shared_ptr<http::Stream> stream;
  int woken = 0;
};

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++n;
  return n;
}

class Findings : public testing::Test {
 protected:
  Findings() : house("2026-02-01T12:00:00+01:00") { fill(house); }
  House house;
};

}  // namespace

TEST_F(Findings, AreListedByNumberAndFilter) {
  meet(house, "a-1");
  meet(house, "b-1");
  const json all = house.get("/v1/findings");
  ASSERT_GE(all["findings"].size(), 2U);
  const json met = house.get("/v1/findings?status=met");
  ASSERT_EQ(met["findings"].size(), 2U) << met.dump(2);
  EXPECT_EQ(met["findings"][0]["agreement"], "a-1");
  EXPECT_EQ(met["findings"][0]["noticed"].get<std::string>().substr(0, 19), "2026-02-01T11:00:00");
  EXPECT_EQ(house.get("/v1/findings?status=met&agreement=b-1")["findings"].size(), 1U);
  EXPECT_EQ(house.get("/v1/findings?clause=plan&status=met")["findings"].size(), 0U);
  EXPECT_EQ(house.ask("GET", "/v1/findings?agreement=c").status, 404);
  const std::string last = std::to_string(all["findings"].back()["finding"].get<int>());
  EXPECT_EQ(house.get("/v1/findings?after=" + last)["findings"].size(), 0U);

  // One by one, and only what the caller may see.
  const auto reader = house.token({access::Right::read}, {"b-*"});
  std::string cursor;
  std::size_t seen = 0;
  for (int page = 0; page < 20; ++page) {
    const json rows = body_of(house.ask("GET", "/v1/findings?limit=1" + cursor, {}, {reader}));
    for (const json& row : rows["findings"]) {
      EXPECT_EQ(row["agreement"], "b-1");
      ++seen;
    }
    if (rows["next"].is_null()) break;
    cursor = "&cursor=" + rows["next"].get<std::string>();
  }
  EXPECT_EQ(seen, house.get("/v1/findings?agreement=b-1")["findings"].size());
}

TEST_F(Findings, StreamAsTheyCome) {
  Reader all(house.ask("GET", "/v1/stream"));
  const auto token = house.token({access::Right::read}, {"b-*"});
  Reader some(house.ask("GET", "/v1/stream", {}, {token}));
  EXPECT_NE(all.read().find("retry:"), std::string::npos);
  (void)some.read();
  EXPECT_EQ(all.read(), "");
  EXPECT_EQ(some.read(), "");
  meet(house, "a-1");
  EXPECT_EQ(all.woken, 1);
  const std::string first = all.read();
  EXPECT_EQ(count(first, "event: finding\n"), 1U) << first;
  EXPECT_NE(first.find("\"agreement\":\"a-1\""), std::string::npos);
  EXPECT_EQ(some.read(), "");
  meet(house, "b-1");
  EXPECT_EQ(count(some.read(), "event: finding\n"), 1U);
}

TEST_F(Findings, StreamsGoOnWhereTheyWere) {
  meet(house, "a-1");
  meet(house, "b-1");
  const json all = house.get("/v1/findings")["findings"];
  const int last = all.back()["finding"];
  // From the memory and, after a restart, from the store.
  for (const bool restarted : {false, true}) {
    if (restarted) house.restart();
    Reader again(house.ask("GET", "/v1/stream", {}, {{"last-event-id", "0"}}));
    (void)again.read();
    EXPECT_EQ(count(again.read(), "event: finding\n"), all.size()) << restarted;
    Reader behind(house.ask("GET", "/v1/stream?lastEventId=" + std::to_string(last - 1)));
    (void)behind.read();
    EXPECT_NE(behind.read().find("id: " + std::to_string(last)), std::string::npos);
    // A browser that connects again sends the field with the address that it had.
    Reader both(house.ask("GET", "/v1/stream?lastEventId=0", {},
                          {{"last-event-id", std::to_string(last)}}));
    (void)both.read();
    EXPECT_EQ(both.read(), "");
    for (const std::string& nowhere : {std::to_string(last + 1), std::string("abc")}) {
      Reader lost(house.ask("GET", "/v1/stream", {}, {{"last-event-id", nowhere}}));
      const std::string reset = lost.read();
      EXPECT_NE(reset.find("event: reset\nid: " + std::to_string(last)), std::string::npos)
          << reset;
      EXPECT_EQ(lost.read(), "");
    }
  }
  Reader waiting(house.ask("GET", "/v1/stream"));
  (void)waiting.read();
  EXPECT_EQ(waiting.read(), "");
  house.api->stop();
  EXPECT_EQ(waiting.woken, 1);
  EXPECT_EQ(waiting.read(), "(end)");
}

TEST_F(Findings, AStreamEndsWithItsToken) {
  const json made =
      body_of(house.post("/v1/tokens", R"({"label":"wall","rights":["read"],"agreements":["*"]})"));
  Reader reader(house.ask("GET", "/v1/stream", {},
                          {{"authorization", "Bearer " + made["token"].get<std::string>()}}));
  (void)reader.read();
  meet(house, "a-1");
  EXPECT_EQ(count(reader.read(), "event: finding\n"), 1U);
  ASSERT_EQ(house.ask("DELETE", "/v1/tokens/" + made["id"].get<std::string>()).status, 200);
  meet(house, "b-1");
  EXPECT_EQ(reader.read(), "(end)");
}

TEST_F(Findings, ASlowStreamReadsTheStore) {
  Reader slow(house.ask("GET", "/v1/stream"));
  (void)slow.read();
  // More findings than are kept in memory, made by hand: the stream must read what it missed.
  const auto told = house.store->reader().value()->findings({}, 1).value();
  ASSERT_FALSE(told.empty());
  store::Batch batch;
  const auto first = house.store->reader().value()->totals().value().findings + 1;
  const auto count_of = static_cast<store::FindingNo>(api::hub_findings_max) + 500;
  for (store::FindingNo no = first; no < first + count_of; ++no) {
    batch.findings.push_back(told.front());
    batch.findings.back().no = no;
  }
  ASSERT_TRUE(house.store->commit(batch));
  house.api->tell(batch.findings);
  std::size_t seen = 0;
  for (std::string text = slow.read(); !text.empty(); text = slow.read())
    seen += count(text, "event: finding\n");
  EXPECT_EQ(seen, static_cast<std::size_t>(count_of));
}

TEST_F(Findings, DeadlinesAheadComeByDay) {
  house.set("2026-06-01T12:00:00+02:00");
  const json all = house.get("/v1/upcoming?within=100 days");
  ASSERT_EQ(all["deadlines"].size(), 4U) << all.dump(2);
  EXPECT_EQ(all["from"], "2026-06-01");
  EXPECT_EQ(all["deadlines"][0]["due"], "2026-06-30");
  EXPECT_EQ(all["deadlines"][0]["daysLeft"], 29);
  EXPECT_EQ(all["deadlines"][3]["occurrence"], "plan/2026-08-31");
  EXPECT_EQ(house.get("/v1/upcoming?within=100+days&owner=head")["deadlines"].size(), 2U);
  EXPECT_EQ(house.get("/v1/upcoming?within=30+days")["deadlines"].size(), 2U);
  EXPECT_EQ(house.get("/v1/upcoming?agreement=a-1&within=100+days")["deadlines"].size(), 2U);
  EXPECT_EQ(house.ask("GET", "/v1/upcoming?within=2+years").status, 400);
  EXPECT_EQ(house.ask("GET", "/v1/upcoming?within=soon").status, 400);
  json rows = json::array();
  std::string cursor;
  do {
    const json page = house.get("/v1/upcoming?within=100+days&limit=3" + cursor);
    rows.insert(rows.end(), page["deadlines"].begin(), page["deadlines"].end());
    cursor = page["next"].is_null() ? "" : "&cursor=" + page["next"].get<std::string>();
  } while (!cursor.empty());
  EXPECT_EQ(rows, all["deadlines"]);
  const auto reader = house.token({access::Right::read}, {"b-*"});
  EXPECT_EQ(
      body_of(house.ask("GET", "/v1/upcoming?within=100+days", {}, {reader}))["deadlines"].size(),
      2U);
  ASSERT_EQ(house.post("/v1/agreements/a-1/close", "", {{"if-match", "*"}}).status, 200);
  EXPECT_EQ(house.get("/v1/upcoming?within=100+days")["deadlines"].size(), 2U)
      << "a closed agreement has none";
}

}  // namespace samrad::tests
