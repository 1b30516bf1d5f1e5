// A client of raw bytes for the tests of the server, and a server that is there for one test. Everything on 127.0.0.1.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/http/server.h"

namespace samrad::http {

struct Answer {
  int status = 0;
  std::string head;  // status line and fields, with the empty line
  std::string body;  // without chunks
  [[nodiscard]] std::optional<std::string> field(std::string_view name) const;
};

// A connection. Nothing waits longer than ten seconds; after that it is as if the server had closed.
class Client {
 public:
  explicit Client(std::uint16_t port);
  ~Client();
  Client(Client&& other) noexcept;
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  [[nodiscard]] int descriptor() const { return socket_; }
  // False where the other end takes no more.
  bool send(std::string_view bytes);
  void end_sending();
  // The next answer with its body as the length or the chunks say, or up to the end of the connection. Status 0: the server closed first.
  Answer answer(bool to_head = false);
  // Further bytes until `text` is among them, or the end; all that came is returned, and used up.
  std::string until(std::string_view text);
  // Whether the server has closed and nothing more came.
  bool closed();

 private:
  bool fill();
  std::string take(std::size_t count);

  int socket_ = -1;
  std::string in_;
};

// One request, one answer, one connection.
Answer ask(std::uint16_t port, std::string_view request);

// `GET / HTTP/1.1` with a host and those fields, each with its line end.
std::string get(std::string_view target = "/", std::string_view fields = "");
std::string post(std::string_view body, std::string_view fields = "");

std::string gzipped(std::string_view text, int wrapping = 16);  // 0: deflate as zlib writes it
std::string gunzipped(std::string_view bytes);

// Answers with method, path and body of the request as text.
void echo(Request request, Respond respond);

// What was logged, as one waits for it: the log comes behind the answer.
class Log {
 public:
  struct Line {
    std::string id, method, target, refusal, failure;
    int status = 0;
    std::uint64_t received_bytes = 0, sent_bytes = 0;
    bool whole = true;
  };
  LogRequest writer();
  std::vector<Line> wait_for(std::size_t count);

 private:
  std::mutex mutex_;
  std::condition_variable more_;
  std::vector<Line> lines_;
};

// A started server.
struct Served {
  explicit Served(Handler handler = echo, Limits limits = {}, std::optional<Certificate> tls = {},
                  int threads = 1, WantsBody wants_body = {});
  Log log;
  Server server;
  std::uint16_t port = 0;
};

// A place where one thread waits for another.
class Signal {
 public:
  void give();
  bool wait(std::chrono::milliseconds at_most = std::chrono::seconds(10));

 private:
  std::mutex mutex_;
  std::condition_variable given_;
  bool is_given_ = false;
};

}  // namespace samrad::http
