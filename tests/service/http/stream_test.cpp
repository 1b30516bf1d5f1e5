// Aim: a stream's pieces arrive as they are made, whoever wakes it; it is kept alive by comments, has no time-out for silence, and ends
// when either side ends it.

#include <gmock/gmock.h>
#include <unistd.h>

#include <deque>
#include <memory>
#include <string>
#include <thread>

#include "tests/service/http/client.h"

namespace samrad::http {
namespace {

using testing::HasSubstr;
using testing::Not;

// What the test pushes, from any thread.
class Pushed final : public Stream {
 public:
  explicit Pushed(Signal* gone = nullptr) : gone_(gone) {}
  ~Pushed() override {
    if (gone_) gone_->give();
  }

  std::optional<std::string> next(std::function<void()> wake) override {
    const std::scoped_lock lock(mutex_);
    if (fails_) throw std::runtime_error("secret of the house");
    if (pieces_.empty()) {
      wake_ = std::move(wake);
      return ended_ ? std::nullopt : std::optional<std::string>("");
    }
    std::string piece = std::move(pieces_.front());
    pieces_.pop_front();
    return piece;
  }

  void push(std::string piece) {
    change([&] { pieces_.push_back(std::move(piece)); });
  }
  void end() {
    change([&] { ended_ = true; });
  }
  void fail() {
    change([&] { fails_ = true; });
  }

 private:
  template <class Change>
  void change(Change make) {
    std::function<void()> wake;
    {
      const std::scoped_lock lock(mutex_);
      make();
      wake = std::exchange(wake_, nullptr);
    }
    if (wake) wake();
  }

  std::mutex mutex_;
  std::deque<std::string> pieces_;
  std::function<void()> wake_;
  bool ended_ = false, fails_ = false;
  Signal* gone_;
};

// Answers each request with the one stream, to which the test has the other end.
struct Streaming {
  explicit Streaming(Limits limits = {}, std::string type = "text/event-stream",
                     Signal* gone = nullptr)
      : stream(std::make_shared<Pushed>(gone)),
        end(stream),
        served(
            [this, type](Request, Respond respond) {
              Response response;
              response.fields.add("content-type", type);
              response.stream = std::exchange(stream, nullptr);
              respond(std::move(response));
            },
            limits) {}
  std::shared_ptr<Pushed> stream;
  std::weak_ptr<Pushed> end;
  Served served;
};

TEST(Stream, pieces_come_as_they_are_pushed) {
  Streaming streaming;
  const auto stream = streaming.stream;
  stream->push("data: first\n\n");
  Client client(streaming.served.port);
  client.send(get());
  const std::string head = client.until("\r\n\r\n");
  EXPECT_THAT(head, HasSubstr("transfer-encoding: chunked\r\n"));
  EXPECT_THAT(head, HasSubstr("connection: close\r\n"));
  EXPECT_THAT(head, Not(HasSubstr("content-length")));
  EXPECT_EQ(client.until("\n\n\r\n"), "d\r\ndata: first\n\n\r\n");
  std::thread([&] { stream->push("data: second\n\n"); }).join();
  EXPECT_EQ(client.until("\n\n\r\n"), "e\r\ndata: second\n\n\r\n");
  for (int i = 0; i < 100; ++i)
    stream->push("x");
  for (int i = 0; i < 100; ++i)
    ASSERT_EQ(client.until("x\r\n"), "1\r\nx\r\n");
  stream->end();
  EXPECT_EQ(client.until("\r\n\r\n"), "0\r\n\r\n");
  EXPECT_TRUE(client.closed());
  EXPECT_TRUE(streaming.served.log.wait_for(1)[0].whole);
}

TEST(Stream, silence_is_filled_with_comments_and_outlives_the_time_for_idleness) {
  Limits limits;
  limits.stream_comment_ms = 60;
  limits.idle_ms_max = limits.header_ms_max = limits.answer_ms_max = limits.write_ms_max = 100;
  Streaming streaming(limits);
  Client client(streaming.served.port);
  client.send(get());
  client.until("\r\n\r\n");
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(client.until(":\n\n\r\n"), "3\r\n:\n\n\r\n");
  streaming.end.lock()->push("data: x\n\n");
  EXPECT_EQ(client.until("data: x\n\n\r\n"), "9\r\ndata: x\n\n\r\n");
}

TEST(Stream, what_is_not_of_events_gets_no_comments) {
  Limits limits;
  limits.stream_comment_ms = limits.idle_ms_max = 30;
  Streaming streaming(limits, "application/x-ndjson");
  Client client(streaming.served.port);
  client.send(get());
  client.until("\r\n\r\n");
  usleep(150'000);
  streaming.end.lock()->push("{}\n");
  EXPECT_EQ(client.until("{}\n\r\n"), "3\r\n{}\n\r\n");
}

TEST(Stream, to_http_1_0_without_chunks) {
  Streaming streaming;
  Client client(streaming.served.port);
  client.send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_THAT(client.until("\r\n\r\n"), Not(HasSubstr("chunked")));
  const auto stream = streaming.end.lock();
  stream->push("a");
  EXPECT_EQ(client.until("a"), "a");
  stream->push("b");
  stream->end();
  EXPECT_EQ(client.until("b"), "b");
  EXPECT_TRUE(client.closed());
}

TEST(Stream, head_gets_the_header_only) {
  Signal gone;
  Streaming streaming({}, "text/event-stream", &gone);
  Client client(streaming.served.port);
  client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(client.answer(true).status, 200);
  EXPECT_TRUE(client.closed());
  EXPECT_TRUE(gone.wait());
}

TEST(Stream, ends_when_the_client_goes) {
  Signal gone;
  Streaming streaming({}, "text/event-stream", &gone);
  {
    Client client(streaming.served.port);
    client.send(get());
    client.until("\r\n\r\n");
    client.send("whatever a client may still say");
  }
  EXPECT_TRUE(gone.wait());
  EXPECT_FALSE(streaming.served.log.wait_for(1)[0].whole);
}

TEST(Stream, a_client_that_takes_nothing_is_cut_off) {
  Limits limits;
  limits.write_ms_max = 100;
  Signal gone;
  Streaming streaming(limits, "text/event-stream", &gone);
  streaming.stream->push(std::string(16 << 20, 'x'));
  Client client(streaming.served.port);
  client.send(get());
  EXPECT_TRUE(gone.wait());
}

TEST(Stream, one_that_fails_is_seen_to_be_cut_short) {
  Streaming streaming;
  Client client(streaming.served.port);
  client.send(get());
  client.until("\r\n\r\n");
  streaming.end.lock()->fail();
  EXPECT_TRUE(client.closed());  // without a last chunk
  EXPECT_EQ(streaming.served.log.wait_for(1)[0].failure, "secret of the house");
}

TEST(Stream, a_wake_after_the_end_of_all_is_harmless) {
  Signal gone;
  std::function<void()> wake;
  struct Keeping final : Stream {
    std::function<void()>& kept;
    explicit Keeping(std::function<void()>& place) : kept(place) {}
    std::optional<std::string> next(std::function<void()> w) override {
      kept = std::move(w);
      return "";
    }
  };
  {
    Served served([&](Request, Respond respond) {
      Response response;
      response.stream = std::make_shared<Keeping>(wake);
      respond(std::move(response));
    });
    Client client(served.port);
    client.send(get());
    EXPECT_THAT(client.until("\r\n\r\n"), HasSubstr("200 OK"));
    served.server.stop(std::chrono::seconds(5));
  }
  ASSERT_TRUE(wake);
  wake();
}

}  // namespace
}  // namespace samrad::http
