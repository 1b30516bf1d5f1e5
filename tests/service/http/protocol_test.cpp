// Aim: over a real connection, each request gets the answer that belongs to it, in order, in the form it asked for; what is against the
// protocol is answered with a problem document and the connection is closed; a handler cannot break the session.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <string>
#include <thread>
#include <vector>

#include "tests/service/http/client.h"

namespace samrad::http {
namespace {

using testing::HasSubstr;
using testing::Not;

Response text(std::string body, std::string type = "text/plain") {
  Response response;
  response.fields.add("content-type", std::move(type));
  response.body = std::move(body);
  return response;
}

TEST(Protocol, one_request) {
  Served served;
  const Answer answer = ask(served.port, post("body"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "POST / body");
  EXPECT_EQ(answer.field("content-length"), "11");
  EXPECT_EQ(answer.field("server"), "samrad");
  EXPECT_THAT(answer.field("date").value_or(""), testing::EndsWith(" GMT"));
  EXPECT_EQ(answer.field("connection"), std::nullopt);
  const auto lines = served.log.wait_for(1);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(answer.field("request-id"), lines[0].id);
  EXPECT_EQ(lines[0].method, "POST");
  EXPECT_EQ(lines[0].target, "/");
  EXPECT_EQ(lines[0].received_bytes, 4u);
  EXPECT_EQ(lines[0].sent_bytes, answer.head.size() + answer.body.size());
  EXPECT_TRUE(lines[0].whole);
}

TEST(Protocol, what_the_handler_knows_of_the_connection) {
  Served served([](Request request, Respond respond) {
    respond(text(fmt::format("{} {} {}", request.peer, request.secure, request.id)));
  });
  const Answer answer = ask(served.port, get());
  EXPECT_EQ(answer.body, "127.0.0.1 false " + answer.field("request-id").value_or("?"));
}

TEST(Protocol, many_requests_on_one_connection) {
  Served served;
  Client client(served.port);
  std::string last_id;
  for (int i = 0; i < 100; ++i) {
    client.send(get(fmt::format("/{}", i)));
    const Answer answer = client.answer();
    ASSERT_EQ(answer.body, fmt::format("GET /{} ", i));
    ASSERT_NE(answer.field("request-id"), last_id);
    last_id = *answer.field("request-id");
  }
}

TEST(Protocol, sent_ahead_they_are_answered_in_order) {
  // The earlier a request, the longer its handler takes: none may overtake.
  Served served([](Request request, Respond respond) {
    std::thread([request = std::move(request), respond = std::move(respond)] {
      std::this_thread::sleep_for(std::chrono::milliseconds(request.path == "/0" ? 30 : 0));
      echo(request, respond);
    }).detach();
  });
  Client client(served.port);
  std::string all = "\r\n";
  for (int i = 0; i < 50; ++i)
    all += i % 2 == 0 ? get(fmt::format("/{}", i)) : post(std::string(500, 'x')) + "\r\n";
  client.send(all);
  for (int i = 0; i < 50; ++i)
    ASSERT_EQ(client.answer().body,
              i % 2 == 0 ? fmt::format("GET /{} ", i) : "POST / " + std::string(500, 'x'))
        << i;
}

TEST(Protocol, bytes_one_by_one) {
  Served served;
  Client client(served.port);
  const std::string request = "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
                              "chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
  for (char c : request)
    client.send(std::string(1, c));
  EXPECT_EQ(client.answer().body, "POST /a abcde");
}

TEST(Protocol, when_the_connection_is_closed) {
  Served served([](Request request, Respond respond) {
    Response response = text("x");
    if (request.path == "/close") response.fields.add("connection", "close");
    respond(std::move(response));
  });
  struct Row {
    std::string request;
    bool closes;
  };
  for (const Row& row : {
           Row{get(), false},
           Row{get("/", "Connection: keep-alive\r\n"), false},
           Row{get("/", "Connection: close\r\n"), true},
           Row{"GET / HTTP/1.0\r\n\r\n", true},
           Row{"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", true},
           Row{get("/close"), true},
       }) {
    Client client(served.port);
    client.send(row.request);
    const Answer answer = client.answer();
    EXPECT_EQ(answer.status, 200) << row.request;
    EXPECT_EQ(answer.field("connection"),
              row.closes ? std::optional<std::string>("close") : std::nullopt)
        << row.request;
    client.send(get());
    EXPECT_EQ(client.answer().status, row.closes ? 0 : 200) << row.request;
  }
}

TEST(Protocol, what_is_refused_is_a_problem_and_the_end) {
  Served served;
  const std::string chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  struct Row {
    std::string request;
    int status;
    std::string name;
  };
  const std::string smuggled = get("/smuggled");
  for (const Row& row : {
           Row{"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nTransfer-Encoding: "
               "chunked\r\n\r\n0\r\n\r\n" +
                   smuggled,
               400, "ambiguous-length"},
           Row{"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 44\r\n\r\n" +
                   smuggled,
               400, "ambiguous-length"},
           Row{"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n" +
                   smuggled,
               400, "ambiguous-length"},
           Row{"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" + smuggled, 400, "bad-host"},
           Row{"GET / HTTP/1.1\r\n\r\n" + smuggled, 400, "bad-host"},
           Row{"GET / HTTP/1.1\nHost: a\n\n" + smuggled, 400, "malformed-request"},
           Row{"GET / HTTP/1.1\r\nHost: a\r\nA: b\r\n c\r\n\r\n" + smuggled, 400,
               "malformed-request"},
           Row{"GET / HTTP/1.1\r\nHost : a\r\n\r\n" + smuggled, 400, "malformed-request"},
           Row{"GET / HTTP/1.1\r\nHost: a\r\nA: \x01\r\n\r\n" + smuggled, 400, "malformed-request"},
           Row{"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n" + smuggled,
               501, "unknown-transfer-coding"},
           Row{chunked + "2\nab\n0\n\n" + smuggled, 400, "malformed-body"},
           Row{chunked + "2\r\nabX" + smuggled, 400, "malformed-body"},
           Row{chunked + "-2\r\nab\r\n0\r\n\r\n" + smuggled, 400, "malformed-body"},
           Row{post("no gzip", "Content-Encoding: gzip\r\n") + smuggled, 400, "malformed-body"},
           Row{post("x", "Content-Encoding: br\r\n") + smuggled, 415, "unknown-content-coding"},
           Row{post("x", "Expect: a miracle\r\n") + smuggled, 417, "unknown-expectation"},
           Row{"GET / HTTP/3.0\r\nHost: a\r\n\r\n" + smuggled, 505, "unknown-http-version"},
           Row{"\x16\x03\x01\x02\x01\x01\n", 400, "malformed-request"},
       }) {
    Client client(served.port);
    client.send(row.request);
    const Answer answer = client.answer();
    EXPECT_EQ(answer.status, row.status) << row.request;
    EXPECT_EQ(answer.field("content-type"), "application/problem+json") << row.request;
    EXPECT_EQ(answer.field("connection"), "close") << row.request;
    EXPECT_TRUE(answer.field("request-id")) << row.request;
    EXPECT_THAT(answer.body, HasSubstr(fmt::format(R"("type":"/problems/{}")", row.name)))
        << row.request;
    EXPECT_THAT(answer.body, HasSubstr(fmt::format(R"("status":{})", row.status))) << row.request;
    client.end_sending();
    EXPECT_TRUE(client.closed()) << row.request;
  }
  for (const Log::Line& line : served.log.wait_for(18)) {
    EXPECT_NE(line.target, "/smuggled");
    EXPECT_NE(line.refusal, "");
  }
}

TEST(Protocol, head_has_the_header_of_get_and_no_body) {
  Served served([](Request request, Respond respond) {
    respond(text(request.method + std::string(3000, 'x')));
  });
  Client client(served.port);
  client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n" + get());
  const Answer head = client.answer(true);
  EXPECT_EQ(head.field("content-length"), "3004");
  EXPECT_EQ(client.answer().body, "GET" + std::string(3000, 'x'));
}

TEST(Protocol, answers_without_a_body) {
  Served served([](Request request, Respond respond) {
    Response response;
    response.status = std::stoi(request.path.substr(1));
    response.body = "must not be sent";
    respond(std::move(response));
  });
  Client client(served.port);
  for (int status : {204, 304}) {
    client.send(get(fmt::format("/{}", status)));
    const Answer answer = client.answer();
    EXPECT_EQ(answer.status, status);
    EXPECT_EQ(answer.field("content-length"), std::nullopt);
  }
  client.send(get("/200"));
  EXPECT_EQ(client.answer().status, 200);
}

TEST(Protocol, a_large_answer_from_shared_bytes) {
  const auto bytes = std::make_shared<const std::string>(20 << 20, 'x');
  Served served([&](Request, Respond respond) {
    Response response;
    response.shared_body = bytes;
    respond(std::move(response));
  });
  EXPECT_EQ(ask(served.port, get()).body, *bytes);
}

TEST(Protocol, continue_is_sent_to_who_waits_for_it) {
  Limits limits;
  limits.body_bytes_max = 100;
  Served served(echo, limits);
  {
    Client client(served.port);
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.answer().head, "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("body");
    EXPECT_EQ(client.answer().body, "POST / body");
  }
  {
    Client client(served.port);  // which did not wait
    client.send(post("body", "Expect: 100-continue\r\n"));
    EXPECT_EQ(client.answer().body, "POST / body");
  }
  {
    Client client(served.port);  // whose body is not wanted
    client.send(
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 101\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.answer().status, 413);
  }
}

TEST(Protocol, gzip_both_ways) {
  const std::string body(5000, 'x');
  Served served([&](Request request, Respond respond) {
    Response response = text(body.substr(0, std::stoul(request.path.substr(1))),
                             std::string(request.parameter("type").value_or("application/json")));
    if (request.parameter("done")) response.fields.add("content-encoding", "br");
    if (!request.body.empty()) response.body = request.body;
    respond(std::move(response));
  });
  struct Row {
    std::string target, fields;
    bool gzip, varies;
  };
  for (const Row& row : {
           Row{"/5000", "Accept-Encoding: gzip\r\n", true, true},
           Row{"/5000?type=text/plain;charset=utf-8", "Accept-Encoding: br;q=1, gzip;q=0.1\r\n",
               true, true},
           Row{"/5000?type=application/problem%2Bjson", "Accept-Encoding: *\r\n", true, true},
           Row{"/5000", "", false, true},
           Row{"/5000", "Accept-Encoding: gzip;q=0\r\n", false, true},
           Row{"/1023", "Accept-Encoding: gzip\r\n", false, false},
           Row{"/1024", "Accept-Encoding: gzip\r\n", true, true},
           Row{"/5000?type=image/png", "Accept-Encoding: gzip\r\n", false, false},
           Row{"/5000?done", "Accept-Encoding: gzip\r\n", false, false},
       }) {
    const Answer answer = ask(served.port, get(row.target, row.fields));
    EXPECT_EQ(answer.field("content-encoding") == "gzip", row.gzip) << row.target << row.fields;
    EXPECT_EQ(answer.field("vary") == "accept-encoding", row.varies) << row.target << row.fields;
    EXPECT_EQ((row.gzip ? gunzipped(answer.body) : answer.body).size(),
              std::stoul(row.target.substr(1)))
        << row.target;
    EXPECT_EQ(row.gzip, answer.body.size() < 500) << row.target;
  }
  const std::string packed = gzipped("in the request");
  EXPECT_EQ(ask(served.port, fmt::format("POST /0 HTTP/1.1\r\nHost: a\r\nContent-Encoding: "
                                         "gzip\r\nContent-Length: {}\r\n\r\n{}",
                                         packed.size(), packed))
                .body,
            "in the request");
}

TEST(Protocol, what_does_not_shrink_is_sent_as_it_is) {
  std::string noise(5000, '\0');
  unsigned seed = 1;
  for (char& c : noise)
    c = static_cast<char>((seed = seed * 1664525 + 1013904223) >> 24);
  Served served([&](Request, Respond respond) { respond(text(noise)); });
  const Answer answer = ask(served.port, get("/", "Accept-Encoding: gzip\r\n"));
  EXPECT_EQ(answer.field("content-encoding"), std::nullopt);
  EXPECT_EQ(answer.body, noise);
}

TEST(Protocol, handlers_that_fail) {
  Served served([](Request request, Respond respond) {
    if (request.path == "/throw") throw std::runtime_error("secret of the house");
    if (request.path == "/seven") throw 7;
    if (request.path == "/status") return respond(Response{.status = 99});
    if (request.path == "/twice") respond(text("first"));
    if (request.path == "/after") {
      respond(text("first"));
      throw std::runtime_error("too late");
    }
    if (request.path != "/forget") respond(text("second"));
  });
  Client client(served.port);
  for (const char* path : {"/throw", "/seven", "/status", "/forget"}) {
    client.send(get(path));
    const Answer answer = client.answer();
    EXPECT_EQ(answer.status, 500) << path;
    EXPECT_THAT(answer.body, HasSubstr("/problems/internal-error"));
    EXPECT_THAT(answer.head + answer.body, Not(HasSubstr("secret")));
    EXPECT_EQ(answer.field("connection"), std::nullopt) << path;
  }
  for (const char* path : {"/twice", "/after"}) {
    client.send(get(path));
    EXPECT_EQ(client.answer().body, "first") << path;
  }
  client.send(get("/"));
  EXPECT_EQ(client.answer().body, "second");
  EXPECT_EQ(served.log.wait_for(1)[0].failure, "secret of the house");
}

TEST(Protocol, an_answer_for_a_client_that_has_left) {
  Respond kept;
  Signal called;
  Served served([&](Request request, Respond respond) {
    if (request.path != "/leave") return echo(std::move(request), std::move(respond));
    kept = std::move(respond);
    called.give();
  });
  {
    Client client(served.port);
    client.send(get("/leave"));
    ASSERT_TRUE(called.wait());
  }
  kept(text(std::string(1 << 20, 'x')));
  EXPECT_EQ(ask(served.port, get()).status, 200);
  EXPECT_FALSE(served.log.wait_for(2)[0].whole && served.log.wait_for(2)[1].whole);
}

TEST(Protocol, answers_from_another_thread_on_several_loops) {
  Served served(
      [](Request request, Respond respond) {
        std::thread([request = std::move(request), respond = std::move(respond)] {
          echo(request, respond);
        }).detach();
      },
      {}, {}, 3);
  std::vector<Client> clients;
  for (int i = 0; i < 12; ++i)
    clients.emplace_back(served.port);
  for (int round = 0; round < 10; ++round) {
    for (Client& client : clients)
      client.send(post(fmt::format("{} {}", round, client.descriptor())));
    for (Client& client : clients)
      ASSERT_EQ(client.answer().body, fmt::format("POST / {} {}", round, client.descriptor()));
  }
}

TEST(Protocol, two_servers_cannot_have_one_port) {
  Served served;
  Server second({"127.0.0.1", served.port, {}}, {}, 1, echo, {});
  const auto started = second.start();
  ASSERT_FALSE(started);
  EXPECT_THAT(started.error(),
              HasSubstr(fmt::format("cannot listen on `127.0.0.1`, port {}", served.port)));
  Server nowhere({"localhost", 0, {}}, {}, 1, echo, {});
  EXPECT_THAT(nowhere.start().error(), HasSubstr("`localhost` is no IP address"));
}

}  // namespace
}  // namespace samrad::http
