// Limits: each has a name, a number and an answer when it is passed.

#include <atomic>
#include <future>
#include <thread>

#include <gtest/gtest.h>

#include "service/api/limits.h"
#include "service/api/repetitions.h"
#include "tests/service/api/house.h"

namespace samrad::tests {

namespace {

const std::string council = "/v1/agreements/council";

std::string files(std::size_t count, std::size_t bytes) {
  json list = json::array();
  for (std::size_t i = 0; i < count; ++i)
    list.push_back({{"name", std::to_string(i) + ".samrad"}, {"text", std::string(bytes, '#')}});
  return json{{"files", list}}.dump();
}

}  // namespace

TEST(Limits, OfARequestAreTold) {
  House house("2026-02-01T12:00:00+01:00");
  ASSERT_EQ(house.post("/v1/agreements", json{{"rules", council_rules()}}.dump()).status, 201);
  std::string many = council + "/occurrences?";
  for (std::size_t i = 0; i <= api::repeated_parameters_max; ++i)
    many += "clause=plan&";
  const std::string tag = "\"1\"";
  struct Row {
    std::string method;
    std::string target;
    std::string body;
    Fields fields;
    int status;
    std::string words;
  };
  const std::vector<Row> rows = {
      {"GET", "/v1/agreements?limit=1001", "", {}, 400, "from 1 to 1000"},
      {"GET",
       "/v1/findings?clause=" + std::string(api::parameter_bytes_max + 1, 'x'),
       "",
       {},
       400,
       "longer than 1024 bytes"},
      {"GET", many, "", {}, 400, "more than 100 times"},
      {"POST",
       "/v1/agreements",
       files(api::rule_files_max + 1, 1),
       {{"content-type", "application/json"}},
       400,
       "more than 200 files"},
      {"POST",
       "/v1/agreements",
       files(1, api::rule_bytes_max + 1),
       {{"content-type", "application/json"}},
       400,
       "more than 4194304"},
      {"POST",
       council + "/close",
       json{{"reason", std::string(api::remark_bytes_max + 1, 'x')}}.dump(),
       {{"content-type", "application/json"}, {"if-match", tag}},
       400,
       "longer than 2000 bytes"},
      {"POST",
       council + "/occurrences/plan/2026-08-31/acknowledgement",
       json{{"remark", std::string(api::remark_bytes_max + 1, 'x')}}.dump(),
       {{"content-type", "application/json"}},
       400,
       "longer than 2000 bytes"},
      {"POST",
       council + "/events",
       "{}",
       {{"content-type", "application/json"},
        {"idempotency-key", std::string(api::idempotency_key_bytes_max + 1, 'k')}},
       400,
       "1 to 255 bytes"},
      {"POST",
       council + "/events",
       "{}",
       {{"content-type", "application/json"}, {"idempotency-key", ""}},
       400,
       "1 to 255 bytes"},
  };
  for (const Row& row : rows) {
    const auto response = house.ask(row.method, row.target, row.body, row.fields);
    EXPECT_EQ(response.status, row.status) << row.target.substr(0, 80) << response.content();
    EXPECT_NE(response.content().find(row.words), std::string_view::npos)
        << row.target.substr(0, 80) << response.content();
  }
}

TEST(Limits, OfCalendarsAreHeld) {
  House house("2026-02-01T12:00:00+01:00");
  ASSERT_EQ(house.post("/v1/agreements", json{{"rules", council_rules()}}.dump()).status, 201);
  store::Batch batch;
  for (std::size_t i = 0; i < api::calendars_per_agreement_max; ++i)
    batch.documents.push_back({"calendar", std::to_string(i), R"({"agreement": "council"})"});
  ASSERT_TRUE(house.store->commit(batch));
  EXPECT_EQ(house.post(council + "/calendars", "{}").status, 422);
  EXPECT_EQ(house.ask("DELETE", council + "/calendars/7").status, 204);
  EXPECT_EQ(house.post(council + "/calendars", "{}").status, 201);
}

TEST(Limits, BeyondSoManyKeysTheOldestIsForgotten) {
  House house("2026-02-01T12:00:00+01:00");
  api::Repetitions repetitions(*house.registry, house.clock, 2);
  const auto key = [](const std::string& id) { return api::Repetitions::Key{id, "f"}; };
  for (const char* id : {"a", "b", "c"}) {
    ASSERT_EQ(repetitions.begin(key(id)), api::Repetitions::Seen::first);
    std::promise<void> kept;
    repetitions.end(key(id), {}, [&](const http::Response&) { kept.set_value(); });
    kept.get_future().wait();
  }
  EXPECT_EQ(house.store->reader().value()->documents("idempotency").value().size(), 2U);
  EXPECT_EQ(repetitions.begin(key("c")), api::Repetitions::Seen::again);
  EXPECT_EQ(repetitions.begin(key("a")), api::Repetitions::Seen::first);
}

TEST(Limits, EventsOfOneRequestAreConfigured) {
  House house("2026-02-01T12:00:00+01:00", {.events_per_request_max = 2});
  ASSERT_EQ(house.post("/v1/agreements", json{{"rules", council_rules()}}.dump()).status, 201);
  EXPECT_EQ(house.post(council + "/events", "[{},{},{}]").status, 413);
  EXPECT_EQ(house.post(council + "/events", "[{},{}]").status, 422);
}

// The one worker is held up by somebody who asks the same agreement.
TEST(Limits, ABodyIsReadOfThoseWhoMaySendIt) {
  House house("2026-02-01T12:00:00+01:00");
  ASSERT_EQ(house.post("/v1/agreements", json{{"rules", council_rules()}}.dump()).status, 201);
  const std::string events = council + "/events";
  const auto recorder = house.token({access::Right::record});
  const auto elsewhere = house.token({access::Right::record}, {"another"});
  const std::pair<std::string, std::string> nobody = {"authorization", ""};
  const std::pair<std::string, std::string> made_up = {"authorization", "Bearer made-up"};
  struct Row {
    std::string method, target;
    std::pair<std::string, std::string> who;
    bool wanted;
  };
  for (const Row& row :
       {Row{"POST", events, recorder, true}, Row{"POST", council + "/close", recorder, false},
        Row{"POST", events, elsewhere, false}, Row{"POST", events, nobody, false},
        Row{"POST", events, made_up, false}, Row{"PUT", events, recorder, false},
        Row{"POST", "/v1/nowhere", recorder, false}, Row{"GET", "/healthz", nobody, true}}) {
    const http::Request request = house.request(row.method, row.target, {}, {row.who});
    EXPECT_EQ(house.api->wants_body(request), row.wanted)
        << row.method << ' ' << row.target << ' ' << row.who.second.substr(0, 10);
  }
}

TEST(Limits, WhenAllWorkersAreBusyItIsSaid) {
  House house("2026-02-01T12:00:00+01:00", {.workers = 1, .waiting_max = 1});
  ASSERT_EQ(house.post("/v1/agreements", json{{"rules", council_rules()}}.dump()).status, 201);
  const auto held = house.reading_room->open("council").value();
  std::promise<void> go;
  std::promise<void> holding;
  std::thread holder([&] {
    held->ask([&](const record::History&) {
      holding.set_value();
      go.get_future().wait();
      return 0;
    });
  });
  holding.get_future().wait();
  const auto later = [&](const std::string& target) {
    return std::async(std::launch::async, [&house, target] { return house.ask("GET", target); });
  };
  const auto waiting = [&](int n) {
    const std::string line = "samrad_http_workers_waiting " + std::to_string(n) + "\n";
    while (house.ask("GET", "/metrics").content().find(line) == std::string_view::npos)
      std::this_thread::yield();
  };
  const auto requests = [&](const std::string& path) { return house.ask("GET", path).status; };
  auto first = later(council + "/occurrences?asOf=2026-01-01");
  while (house.ask("GET", "/metrics").content().find("kept=\"no\"} 1\n") == std::string_view::npos)
    std::this_thread::yield();
  waiting(0);
  auto second = later(council + "/occurrences?asOf=2026-01-02");
  waiting(1);
  EXPECT_EQ(requests(council + "/occurrences?asOf=2026-01-03"), 503);
  EXPECT_EQ(field(house.ask("GET", "/v1/findings"), "retry-after"), "1");
  // Who asks what is being worked on waits with the first and takes no worker.
  auto same = later(council + "/occurrences?asOf=2026-01-01");
  while (house.ask("GET", "/metrics").content().find("kept=\"no\"} 4\n") == std::string_view::npos)
    std::this_thread::yield();
  go.set_value();
  holder.join();
  const auto one = first.get();
  EXPECT_EQ(one.status, 200);
  EXPECT_EQ(same.get().shared_body, one.shared_body);
  EXPECT_EQ(second.get().status, 200);
}

}  // namespace samrad::tests
