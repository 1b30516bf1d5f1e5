// A server on 127.0.0.1 that answers as the test tells it to, well or badly.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "tests/service/alerts/certificate.h"

namespace samrad::tests {

class Connection {
 public:
  virtual ~Connection() = default;
  // What comes next, at most `max` bytes; empty: the other end has closed.
  virtual std::string read(std::size_t max) = 0;
  // False: the other end has closed.
  virtual bool write(std::string_view text) = 0;

  // A whole HTTP request, head and body.
  std::string request();
  // Reads until the other end closes.
  void hang();
};

class Receiver {
 public:
  using Serve = std::function<void(Connection&)>;

  // Calls `serve` for each connection in a thread of its own; closes when it returns. With TLS where there is a certificate.
  explicit Receiver(Serve serve, const Certificate* certificate = nullptr);
  ~Receiver();  // closes what is open
  Receiver(const Receiver&) = delete;
  Receiver& operator=(const Receiver&) = delete;

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] std::string url(std::string_view scheme) const;  // `http://127.0.0.1:PORT`
  [[nodiscard]] int connections() const { return connections_; }
  [[nodiscard]] int most_at_once() const { return most_; }

 private:
  void accept();
  void serve_one(int socket);

  Serve serve_;
  std::shared_ptr<void> tls_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> closing_ = false;
  std::atomic<int> connections_ = 0;
  std::atomic<int> at_once_ = 0;
  std::atomic<int> most_ = 0;
  std::mutex mutex_;
  std::vector<int> open_;
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

// Answers each request with `answer` and closes.
[[nodiscard]] Receiver::Serve answering(std::string answer);

// A port on which nobody listens.
[[nodiscard]] int closed_port();

}  // namespace samrad::tests
