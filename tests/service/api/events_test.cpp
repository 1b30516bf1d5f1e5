// Events over the API: every way in which they come, what becomes of them, and how the log reads.

#include <gtest/gtest.h>

#include "tests/service/api/house.h"

namespace samrad::tests {

namespace {

const std::string path = "/v1/agreements/council/events";

std::string meeting(const std::string& id, const std::string& day = "2026-01-20",
                    const std::string& more = {}) {
  return R"({"specversion":"1.0","source":"urn:example:diary","id":")" + id +
         R"(","type":"meeting","subject":"council","time":")" + day + '"' + more + '}';
}

class EventsApi : public testing::Test {
 protected:
  EventsApi() : house("2026-02-01T12:00:00+01:00") {
    EXPECT_EQ(house.post("/v1/agreements", json{{"rules", council_rules()}}.dump()).status, 201);
  }
  House house;
};

}  // namespace

TEST_F(EventsApi, TakesEveryModeOfCloudEvents) {
  const std::string structured = "application/cloudevents+json";
  const std::string batch = "application/cloudevents-batch+json";
  struct Row {
    std::string body;
    Fields fields;
    int recorded;
  };
  const std::vector<Row> rows = {
      {meeting("1"), {{"content-type", structured + "; charset=utf-8"}}, 1},
      {meeting("2"), {}, 1},
      {'[' + meeting("3") + ',' + meeting("4") + ']', {{"content-type", batch}}, 2},
      {'[' + meeting("5") + ']', {}, 1},
      {meeting("6") + '\n' + meeting("7") + '\n', {{"content-type", "application/x-ndjson"}}, 2},
      {R"({"chair":"head"})",
       {{"ce-specversion", "1.0"},
        {"ce-id", "8%20%C3%A5"},
        {"ce-source", "urn:example:diary"},
        {"ce-type", "meeting"},
        {"ce-subject", "\"council\""},
        {"ce-time", "2026-01-21T10:00:00Z"}},
       1},
      {"",
       {{"content-type", ""},
        {"ce-specversion", "1.0"},
        {"ce-id", "9"},
        {"ce-source", "urn:x"},
        {"ce-type", "meeting"},
        {"ce-subject", "council"},
        {"ce-time", "2026-01-22"}},
       1},
  };
  int sequence = 0;
  for (const Row& row : rows) {
    const auto response = house.post(path, row.body, row.fields);
    ASSERT_EQ(response.status, 201) << row.body << response.content();
    const json answer = body_of(response);
    EXPECT_EQ(answer["recorded"], row.recorded);
    sequence += row.recorded;
    EXPECT_EQ(answer["sequence"], sequence);
    EXPECT_EQ(field(response, "etag"), "\"s" + std::to_string(sequence) + "\"");
  }
  const json log = house.get(path);
  ASSERT_EQ(log["events"].size(), static_cast<std::size_t>(sequence));
  EXPECT_EQ(log["events"][7]["event"]["id"], "8 å");
  EXPECT_EQ(log["events"][7]["event"]["data"]["chair"], "head");
  EXPECT_EQ(log["events"][0]["event"]["recordedtime"].get<std::string>().substr(0, 19),
            "2026-02-01T11:00:00");
}

TEST_F(EventsApi, TellsEveryFaultOfABatchAndRecordsNothing) {
  const auto response = house.post(
      path, '[' + meeting("1") + ',' + meeting("2", "2026-02-31") +
                R"(,{"specversion":"1.0","id":"3"},)" +
                meeting("4", "2026-01-20", R"(,"data":{"chair":"heda","place":"here"})") + ']');
  EXPECT_EQ(response.status, 422);
  const json problem = body_of(response);
  EXPECT_EQ(problem["type"], "/problems/wrong-events");
  std::vector<std::string> pointers;
  for (const json& one : problem["errors"])
    pointers.push_back(one.value("pointer", ""));
  EXPECT_EQ(pointers, (std::vector<std::string>{"/1/time", "/2/source", "/2/type", "/2/time",
                                                "/3/data/chair", "/3/data/place"}))
      << problem.dump(2);
  EXPECT_EQ(house.get(path)["events"].size(), 0U);
}

TEST_F(EventsApi, EachAloneTellsWhatBecameOfEach) {
  const std::string batch =
      '[' + meeting("1") + ',' + meeting("2", "never") + ',' + meeting("1") + ']';
  for (const Fields& fields : {Fields{}, Fields{{"prefer", "handling=lenient"}}}) {
    const auto response = house.post(fields.empty() ? path + "?each=true" : path, batch, fields);
    EXPECT_EQ(response.status, 207) << response.content();
    const json answer = body_of(response);
    EXPECT_EQ(answer["items"][0]["outcome"], fields.empty() ? "recorded" : "duplicate");
    EXPECT_EQ(answer["items"][1]["outcome"], "refused");
    EXPECT_EQ(answer["items"][1]["errors"][0]["pointer"], "/time");
    EXPECT_EQ(answer["items"][1]["id"], "2") << "what is refused is still called by its name";
    EXPECT_EQ(answer["items"][1]["source"], "urn:example:diary");
    EXPECT_EQ(answer["items"][2]["outcome"], "duplicate");
  }
  EXPECT_EQ(house.get(path)["events"].size(), 1U);
}

// What others add to an event is kept as it came; it makes no other event of it.
TEST_F(EventsApi, AttributesOfOthersAreKept) {
  const std::string more = R"(,"traceparent":"00-ab-01","zone9":7,"aaa":true)";
  ASSERT_EQ(house.post(path, meeting("1", "2026-01-20", more)).status, 201);
  EXPECT_EQ(house.post(path, meeting("1")).status, 200);
  ASSERT_EQ(house
                .post(path, R"({"chair":"head"})",
                      {{"ce-specversion", "1.0"},
                       {"ce-id", "2"},
                       {"ce-source", "urn:x"},
                       {"ce-type", "meeting"},
                       {"ce-subject", "council"},
                       {"ce-time", "2026-01-22"},
                       {"ce-tracestate", "congo=1"}})
                .status,
            201);
  const json events = house.get(path)["events"];
  const auto event = [&](std::size_t i) {
    return events[i].contains("event") ? events[i]["event"] : events[i];
  };
  EXPECT_EQ(event(0)["traceparent"], "00-ab-01") << events.dump(1);
  EXPECT_EQ(event(0)["zone9"], 7);
  EXPECT_EQ(event(0)["aaa"], true);
  EXPECT_EQ(event(1)["tracestate"], "congo=1");
}

TEST_F(EventsApi, TheSameEventAgainIsNoOther) {
  ASSERT_EQ(house.post(path, meeting("1")).status, 201);
  const auto again = house.post(path, meeting("1"));
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(body_of(again)["duplicates"], 1);
  const auto other = house.post(path, meeting("1", "2026-01-21"));
  EXPECT_EQ(other.status, 409) << other.content();
  EXPECT_EQ(body_of(other)["type"], "/problems/event-conflict");
}

TEST_F(EventsApi, WhoWasSlowerIsTold) {
  ASSERT_EQ(house.post(path, meeting("1"), {{"if-match", "\"s0\""}}).status, 201);
  const auto slow = house.post(path, meeting("2"), {{"if-match", "\"s0\""}});
  EXPECT_EQ(slow.status, 412);
  EXPECT_EQ(body_of(slow)["current"], 1);
  EXPECT_EQ(house.post(path, meeting("2"), {{"if-match", "\"1\""}}).status, 400);
  EXPECT_EQ(house.post(path, meeting("2"), {{"if-match", "\"s1\""}}).status, 201);
}

TEST_F(EventsApi, RightsDecideWhoRecordsWhat) {
  const auto records = house.token({access::Right::record});
  const auto decides = house.token({access::Right::decide});
  const std::string waiver =
      R"({"specversion":"1.0","source":"urn:x","id":"w","type":"waiver","time":"2026-01-30","data":{"occurrence":"plan/2026","by":"head","reason":"agreed"}})";
  EXPECT_EQ(house.post(path, meeting("1"), {decides}).status, 403);
  EXPECT_EQ(house.post(path, meeting("1"), {records}).status, 201);
  EXPECT_EQ(house.post(path, waiver, {records}).status, 403);
  EXPECT_NE(house.post(path, waiver, {decides}).status, 403);
  // What acts on a person's word, or makes another event one, is theirs who decide; all else theirs who record.
  ASSERT_EQ(house.post(path, waiver).status, 200);
  int acts = 0;
  const auto act = [&](const char* type, const std::string& data) {
    return R"({"specversion":"1.0","source":"urn:x","id":"act-)" + std::to_string(++acts) +
           R"(","type":")" + type + R"(","time":"2026-01-31","data":)" + data + '}';
  };
  const std::string made =
      R"({"corrects":"1","type":"waiver","occurrence":"plan/2026","by":"head"})";
  const struct {
    const std::string body;
    int of_records, of_decides;
  } rows[] = {
      {act("correction", R"({"corrects":"w","occurrence":"meetings/2026-H1"})"), 403, 201},
      {act("withdrawal", R"({"withdraws":"w"})"), 403, 201},
      {act("withdrawal", R"({"withdraws":"act-2"})"), 403, 201},
      {act("correction", made), 403, 403},
      {act("correction", R"({"corrects":"1","time":"2026-01-21"})"), 201, 403},
      {act("withdrawal", R"({"withdraws":"act-5"})"), 201, 403},
  };
  for (const auto& row : rows) {
    const auto by_decides = house.post(path, row.body, {decides});
    EXPECT_EQ(by_decides.status, row.of_decides) << row.body << by_decides.content();
    if (row.of_decides == 403)
      EXPECT_EQ(house.post(path, row.body, {records}).status, row.of_records) << row.body;
    else
      EXPECT_EQ(house.post(path, act("withdrawal", R"({"withdraws":"w"})"), {records}).status,
                row.of_records)
          << row.body;
  }
  // The time of recording is the service's, but for who imports a history.
  const std::string brought =
      meeting("2", "2026-01-20", R"(,"recordedtime":"2026-01-21T08:00:00Z")");
  const auto refused = house.post(path, brought, {records});
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(body_of(refused)["errors"][0]["pointer"], "/recordedtime");
  EXPECT_EQ(house.post(path, brought).status, 201);
  EXPECT_EQ(
      house.post(path, meeting("3", "2026-01-20", R"(,"recordedtime":"2027-01-21T08:00:00Z")"))
          .status,
      422);
  EXPECT_EQ(house.post(path, meeting("4", "2026-01-20", R"(,"agreement":"other")")).status, 422);
}

TEST_F(EventsApi, TellsWhatTheEventsChanged) {
  ASSERT_EQ(house.post(path, meeting("1")).status, 201);
  const json answer = body_of(house.post(path, meeting("2", "2026-01-27")));
  ASSERT_EQ(answer["findings"].size(), 1U) << answer.dump(2);
  EXPECT_EQ(answer["findings"][0]["occurrence"], "meetings/2026-H1");
  EXPECT_EQ(answer["findings"][0]["after"], "met");
  EXPECT_EQ(answer["findings"][0]["sequence"], 2);
}

TEST_F(EventsApi, TheLogReadsInPagesAndByFilter) {
  for (int i = 1; i <= 5; ++i) {
    house.clock.pass(60'000'000);
    ASSERT_EQ(house.post(path, meeting(std::to_string(i))).status, 201);
  }
  const std::string decision =
      R"({"specversion":"1.0","source":"urn:x","id":"d","type":"decision","subject":"plan","time":"2026-01-30","data":{"by":"council"}})";
  ASSERT_EQ(house.post(path, decision).status, 201);
  std::string cursor;
  std::size_t seen = 0;
  do {
    const json page = house.get(path + "?limit=2" + cursor);
    seen += page["events"].size();
    cursor = page["next"].is_null() ? "" : "&cursor=" + page["next"].get<std::string>();
  } while (!cursor.empty());
  EXPECT_EQ(seen, 6U);
  const std::vector<std::pair<std::string, std::size_t>> filters = {
      {"?type=decision", 1},
      {"?subject=council", 5},
      {"?after=4", 2},
      {"?recordedFrom=2026-02-01T11:03:00Z", 4},
      {"?recordedBefore=2026-02-01", 0}};
  for (const auto& [query, count] : filters)
    EXPECT_EQ(house.get(path + query)["events"].size(), count) << query;
  const auto lines =
      house.ask("GET", path + "?type=decision", {}, {{"accept", "application/x-ndjson"}});
  EXPECT_EQ(json::parse(lines.content())["id"], "d");
  EXPECT_EQ(house.ask("GET", path, {}, {{"if-none-match", "\"s6-by\""}}).status, 304);
  EXPECT_EQ(house.get(path + "/6")["event"]["id"], "d");
  EXPECT_EQ(house.ask("GET", path + "/7").status, 404);
}

TEST_F(EventsApi, ARepeatedRequestGetsItsAnswerAgain) {
  const Fields key = {{"idempotency-key", "k-1"}};
  const auto first = house.post(path, meeting("1"), key);
  ASSERT_EQ(first.status, 201);
  const auto again = house.post(path, meeting("1"), key);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.content(), first.content());
  EXPECT_EQ(field(again, "idempotency-replayed"), "true");
  EXPECT_EQ(field(again, "etag"), field(first, "etag"));
  const auto other = house.post(path, meeting("2"), key);
  EXPECT_EQ(other.status, 422);
  EXPECT_EQ(body_of(other)["type"], "/problems/idempotency-key-used");
  // Of somebody else it is another key; and it outlives the process.
  EXPECT_EQ(house.post(path, meeting("2"), {key[0], house.token({access::Right::record})}).status,
            201);
  house.restart();
  EXPECT_EQ(house.post(path, meeting("1"), key).content(), first.content());
  // After a day the key is free again, and then the event is a duplicate.
  house.clock.pass(25LL * 3'600 * 1'000'000);
  EXPECT_EQ(house.post(path, meeting("1"), key).status, 200);
  // What failed is not remembered.
  const Fields second = {{"idempotency-key", "k-2"}};
  EXPECT_EQ(house.post(path, meeting("9", "never"), second).status, 422);
  EXPECT_EQ(house.post(path, meeting("9"), second).status, 201);
}

TEST_F(EventsApi, RefusesBodiesThatAreNone) {
  const std::vector<std::tuple<std::string, Fields, int>> rows = {
      {"", {}, 400},
      {"[]", {}, 400},
      {"[" + meeting("1"), {}, 400},
      {"<a/>", {{"content-type", "text/xml"}}, 415},
      {"{", {{"ce-specversion", "1.0"}}, 400},
      {"{}", {{"ce-specversion", "1.0"}, {"ce-id", "%zz"}}, 400},
      {"{}", {{"ce-specversion", "1.0"}, {"ce-id", "1"}, {"ce-id", "2"}}, 400},
      {"{}", {{"ce-specversion", "0.3"}, {"ce-id", "1"}}, 422},
  };
  for (const auto& [body, fields, status] : rows)
    EXPECT_EQ(house.post(path, body, fields).status, status) << body;
  std::string many = "[";
  for (int i = 0; i <= 10'000; ++i)
    many += (i > 0 ? "," : "") + std::string("{}");
  const auto too_many = house.post(path, many + ']');
  EXPECT_EQ(too_many.status, 413);
  EXPECT_EQ(body_of(too_many)["type"], "/problems/batch-too-large");
}

}  // namespace samrad::tests
