// Aim: a stop answers what is in flight, ends what is idle at once, waits for nobody longer than the grace, and leaves nothing behind that
// a late answer could break.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "tests/service/http/client.h"

namespace samrad::http {
namespace {

using namespace std::chrono_literals;

// A handler that holds each request of `/wait` until it is let go.
struct Gate {
  Handler handler() {
    return [this](Request request, Respond respond) {
      if (request.path != "/wait") return echo(std::move(request), std::move(respond));
      kept = [request = std::move(request), respond = std::move(respond)] {
        echo(request, respond);
      };
      reached.give();
    };
  }
  std::function<void()> kept;
  Signal reached;
};

// Ends the server on a thread of its own; `done` holds how many connections were cut off.
struct Stopping {
  Stopping(Server& server, std::chrono::milliseconds grace)
      : thread([&server, grace, this] { cut_off = server.stop(grace); }) {}
  std::size_t wait() {
    thread.join();
    return cut_off;
  }
  std::size_t cut_off = 999;
  std::thread thread;
};

TEST(Stop, what_is_in_flight_is_answered) {
  Gate gate;
  Served served(gate.handler(), {}, {}, 2);
  Client idle(served.port), working(served.port), sending(served.port);
  idle.send(get());
  EXPECT_EQ(idle.answer().status, 200);
  sending.send("POST /late HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nha");
  working.send(get("/wait") + get("/never-begun"));
  ASSERT_TRUE(gate.reached.wait());

  Stopping stopping(served.server, 10s);
  EXPECT_TRUE(idle.closed());
  EXPECT_THROW(Client(served.port), std::runtime_error);
  sending.send("lf");
  const Answer sent = sending.answer();
  EXPECT_EQ(sent.body, "POST /late half");
  EXPECT_EQ(sent.field("connection"), "close");
  gate.kept();
  const Answer worked = working.answer();
  EXPECT_EQ(worked.body, "GET /wait ");
  EXPECT_EQ(worked.field("connection"), "close");
  sending.end_sending();
  working.end_sending();
  EXPECT_EQ(stopping.wait(), 0u);
}

TEST(Stop, connections_that_wait_to_be_accepted_are_served) {
  // The only thread is busy while they connect, so that the stop and they come to it at one time.
  Signal busy, go;
  Served served([&](Request request, Respond respond) {
    if (request.path == "/busy") {
      busy.give();
      go.wait();
    }
    echo(std::move(request), std::move(respond));
  });
  std::vector<Client> clients;
  clients.emplace_back(served.port).send(get("/busy", "Connection: close\r\n"));
  ASSERT_TRUE(busy.wait());
  for (int i = 0; i < 20; ++i)
    clients.emplace_back(served.port).send(get("/", "Connection: close\r\n"));
  Stopping stopping(served.server, 10s);
  go.give();
  for (Client& client : clients) {
    EXPECT_EQ(client.answer().status, 200);
    client.end_sending();
  }
  EXPECT_EQ(stopping.wait(), 0u);
}

TEST(Stop, nobody_is_waited_for_longer_than_the_grace) {
  Gate gate;
  Served served(gate.handler());
  Client working(served.port), dawdling(served.port);
  dawdling.send("GET / HT");
  working.send(get("/wait"));
  ASSERT_TRUE(gate.reached.wait());
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(served.server.stop(100ms), 2u);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s);
  EXPECT_TRUE(working.closed());
  EXPECT_TRUE(dawdling.closed());
  const auto lines = served.log.wait_for(1);
  EXPECT_EQ(lines[0].target, "/wait");
  EXPECT_EQ(lines[0].status, 0);
  gate.kept();  // nobody's
}

TEST(Stop, a_client_that_only_connected_does_not_hold_it_up) {
  Served served;
  Client silent(served.port), used(served.port);
  used.send(get());
  EXPECT_EQ(used.answer().status, 200);
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(served.server.stop(60s), 0u);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 10s);
}

TEST(Stop, streams_are_ended_in_order) {
  struct Silent final : Stream {
    std::optional<std::string> next(std::function<void()>) override { return ""; }
  };
  Served served([](Request, Respond respond) {
    Response response;
    response.stream = std::make_shared<Silent>();
    respond(std::move(response));
  });
  Client client(served.port);
  client.send(get());
  client.until("\r\n\r\n");
  Stopping stopping(served.server, 10s);
  EXPECT_EQ(client.until("\r\n\r\n"), "0\r\n\r\n");
  client.end_sending();
  EXPECT_EQ(stopping.wait(), 0u);
}

TEST(Stop, under_load_no_request_is_lost) {
  // Each client repeats until it is told to close; a request is lost if it was sent on an open connection that promised to stay, and the
  // answer did not come though some byte of it may have been read. Those that meet a connection being closed are the client's to repeat.
  std::atomic<int> handled{0};
  Served served(
      [&](Request request, Respond respond) {
        ++handled;
        echo(std::move(request), std::move(respond));
      },
      {}, {}, 2);
  std::atomic<int> answered{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&, client = Client(served.port)]() mutable {
      while (client.send(get())) {
        const Answer answer = client.answer();
        if (answer.status == 200) ++answered;
        if (answer.status != 200 || answer.field("connection")) break;
      }
    });
  while (answered < 200)
    std::this_thread::yield();
  EXPECT_EQ(served.server.stop(10s), 0u);
  for (std::thread& thread : threads)
    thread.join();
  EXPECT_EQ(handled, answered);
}

TEST(Stop, twice_and_without_a_start) {
  Served served;
  EXPECT_EQ(served.server.stop(1s), 0u);
  EXPECT_EQ(served.server.stop(1s), 0u);
  Server never({"127.0.0.1", 0, {}}, {}, 1, echo, {});
  EXPECT_EQ(never.stop(1s), 0u);
}

TEST(Stop, an_answer_after_the_server_is_gone) {
  Gate gate;
  {
    Served served(gate.handler());
    Client client(served.port);
    client.send(get("/wait"));
    ASSERT_TRUE(gate.reached.wait());
  }
  gate.kept();
}

}  // namespace
}  // namespace samrad::http
