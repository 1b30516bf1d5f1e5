// Aim: each limit of `Limits` is held, to the byte where it is one of bytes, and who goes beyond it hears why.

#include "service/http/limits.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "tests/service/http/client.h"

namespace samrad::http {
namespace {

using testing::HasSubstr;

std::string chunked(std::string_view body) {
  return fmt::format(
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{}\r\n0\r\n\r\n",
      body.size(), body);
}

void wait_for_no_connections(const Served& served) {
  for (int i = 0; i < 1000 && served.server.connections() > 0; ++i)
    usleep(10'000);
  EXPECT_EQ(served.server.connections(), 0u);
}

TEST(Limits, sizes) {
  Limits limits;
  limits.header_bytes_max = 1000;
  limits.fields_max = 5;
  limits.target_bytes_max = 100;
  limits.body_bytes_max = 1000;
  limits.inflated_bytes_max = 2000;
  Served served(echo, limits);
  struct Row {
    std::string request;
    int status;
  };
  const std::string zeros(2000, '0'), packed = gzipped(zeros), bomb = gzipped(zeros + "0");
  const std::string gzip = "Content-Encoding: gzip\r\n";
  for (const Row& row : {
           Row{get("/" + std::string(99, 'a')), 200},
           Row{get("/" + std::string(100, 'a')), 414},
           Row{get("/" + std::string(5000, 'a')), 414},
           Row{get("/", "A: " + std::string(1000 - 32, 'a') + "\r\n"), 200},
           Row{get("/", "A: " + std::string(1000 - 31, 'a') + "\r\n"), 431},
           Row{get("/", "A: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\n"), 200},
           Row{get("/", "A: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\nE: 5\r\n"), 431},
           Row{post(zeros.substr(0, 1000)), 200},
           Row{post(zeros.substr(0, 1001)), 413},
           Row{chunked(zeros.substr(0, 1000)), 200},
           Row{chunked(zeros.substr(0, 1001)), 413},
           Row{post(packed, gzip), 200},
           Row{post(bomb, gzip), 413},
       }) {
    const Answer answer = ask(served.port, row.request);
    EXPECT_EQ(answer.status, row.status) << row.request.substr(0, 60);
  }
}

TEST(Limits, who_sends_too_much_still_hears_why) {
  Limits limits;
  limits.body_bytes_max = 1000;
  Served served(echo, limits);
  Client client(served.port);
  // More than the buffers of a connection hold, from a client that reads only when all is sent.
  client.send(fmt::format("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {}\r\n\r\n", 32 << 20));
  EXPECT_TRUE(client.send(std::string(32 << 20, 'x')));
  EXPECT_EQ(client.answer().status, 413);
}

TEST(Limits, all_bodies_together) {
  Limits limits;
  limits.bodies_bytes_max = 3000;
  Respond kept;
  Signal called;
  Served served(
      [&](Request request, Respond respond) {
        if (request.body.size() < 2000) return echo(std::move(request), std::move(respond));
        kept = std::move(respond);
        called.give();
      },
      limits);
  Client holder(served.port);
  holder.send(post(std::string(2000, 'x')));
  ASSERT_TRUE(called.wait());
  EXPECT_EQ(ask(served.port, post(std::string(1000, 'x'))).status, 200);
  const Answer refused = ask(served.port, post(std::string(1001, 'x')));
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.field("retry-after"), "1");
  kept(Response{});
  EXPECT_EQ(holder.answer().status, 200);
  EXPECT_EQ(ask(served.port, post(std::string(1001, 'x'))).status, 200);
}

TEST(Limits, connections) {
  struct Row {
    std::size_t in_all, per_peer;
    int status;
    const char* name;
  };
  for (const Row& row :
       {Row{2, 100, 503, "overloaded"}, Row{100, 2, 429, "too-many-connections"}}) {
    Limits limits;
    limits.connections_max = row.in_all;
    limits.connections_per_peer_max = row.per_peer;
    Served served(echo, limits);
    std::vector<Client> clients;
    for (int i = 0; i < 2; ++i) {
      clients.emplace_back(served.port).send(get());
      EXPECT_EQ(clients.back().answer().status, 200);
    }
    EXPECT_EQ(served.server.connections(), 2u);
    const Answer refused = Client(served.port).answer();
    EXPECT_EQ(refused.status, row.status);
    EXPECT_EQ(refused.field("connection"), "close");
    EXPECT_THAT(refused.body, HasSubstr(row.name));
    clients.pop_back();
    int status = 0;  // the server sees the client go in its own time
    for (int i = 0; i < 1000 && status != 200; ++i)
      status = ask(served.port, get()).status;
    EXPECT_EQ(status, 200);
    clients.back().send(get());
    EXPECT_EQ(clients.back().answer().status, 200);
  }
}

TEST(Limits, time_to_send_a_request) {
  Limits limits;
  limits.header_ms_max = 150;
  limits.body_ms_max = 150;
  struct Row {
    std::string begin, drip;
  };
  // However often a byte comes: the phase has its time, and no more.
  for (const Row& row :
       {Row{"GET", "x"}, Row{"GET / HTTP/1.1\r\nA: b", "b"},
        Row{"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999\r\n\r\nx", "x"},
        Row{"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n"}}) {
    Served served(echo, limits);
    Client client(served.port);
    client.send(row.begin);
    for (int i = 0; i < 1000 && served.log.wait_for(0).empty() && client.send(row.drip); ++i)
      usleep(10'000);
    const Answer answer = client.answer();
    EXPECT_EQ(answer.status, 408) << row.begin;
    EXPECT_THAT(answer.body, HasSubstr("/problems/request-too-slow"));
    client.end_sending();
    EXPECT_TRUE(client.closed());
  }
}

TEST(Limits, time_between_requests) {
  Limits limits;
  limits.idle_ms_max = 100;
  Served served(echo, limits);
  Client silent(served.port), second(served.port);
  second.send(get());
  EXPECT_EQ(second.answer().status, 200);
  EXPECT_TRUE(silent.closed());  // without a word
  EXPECT_TRUE(second.closed());
}

TEST(Limits, time_of_the_handler) {
  Limits limits;
  limits.answer_ms_max = 100;
  std::vector<Respond> kept;
  Served served([&](Request, Respond respond) { kept.push_back(std::move(respond)); }, limits);
  Client client(served.port);
  client.send(get());
  const Answer answer = client.answer();
  EXPECT_EQ(answer.status, 503);
  EXPECT_THAT(answer.body, HasSubstr("/problems/no-answer-in-time"));
  kept[0](Response{});  // nobody's
  client.end_sending();
  EXPECT_TRUE(client.closed());
}

TEST(Limits, time_to_take_the_answer) {
  Limits limits;
  limits.write_ms_max = 20;  // for each MiB
  Served served(
      [](Request, Respond respond) { respond(Response{.body = std::string(16 << 20, 'x')}); },
      limits);
  Client client(served.port);
  client.send(get());
  const auto lines = served.log.wait_for(1);  // which takes nothing
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_FALSE(lines[0].whole);
}

TEST(Limits, time_to_see_the_end) {
  Limits limits;
  limits.linger_ms_max = 100;
  Served served(echo, limits);
  Client client(served.port);
  client.send(get("/", "Connection: close\r\n"));
  EXPECT_EQ(client.answer().status, 200);
  EXPECT_TRUE(client.closed());
  wait_for_no_connections(served);
}

TEST(Limits, accepting_outlives_a_lack_of_descriptors) {
  Served served;
  EXPECT_EQ(ask(served.port, get()).status, 200);
  wait_for_no_connections(served);
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  rlimit few = before;
  few.rlim_cur = 256;
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &few), 0);
  std::vector<int> fillers;
  for (int filler = 0; (filler = dup(STDERR_FILENO)) >= 0;)
    fillers.push_back(filler);
  ASSERT_FALSE(fillers.empty());
  close(fillers.back());
  fillers.pop_back();
  Client client(served.port);  // takes the last one: none is left for the server's end
  client.send(get());
  usleep(100'000);
  EXPECT_EQ(served.server.connections(), 0u);
  for (int filler : fillers)
    close(filler);
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_EQ(client.answer().status, 200);
}

}  // namespace
}  // namespace samrad::http
