// The HTTP/1.1 server: listens, reads requests within limits, hands them to the handler as plain values and sends what it answers.
//
// Each thread runs its own loop and a connection stays with one of them; the handler is called there. The first loop accepts, and gives
// each connection to the loop that has the fewest. What is against the protocol or a limit never reaches the handler: the session
// answers with a problem document (refusal.h) and closes.
//
// TLS, keep-alive, `100-continue`, chunked bodies, gzip both ways, HEAD, `date` and `request-id` are the session's business. HTTP/1.0 is
// served, without keep-alive.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "service/http/limits.h"
#include "service/http/message.h"

namespace samrad::http {

// Files in PEM form. The first certificate of `chain` is the server's own, those that follow lead to the authority.
struct Certificate {
  std::string chain;
  std::string key;
};

struct Listen {
  std::string address = "127.0.0.1";  // IPv4 or IPv6, no name
  std::uint16_t port = 0;             // 0: any that is free
  std::optional<Certificate> tls;     // nothing: plain HTTP
};

// One request and what became of it, for the log. The views hold during the call.
struct Access {
  std::string_view id;
  std::string_view peer;
  std::string_view method;  // empty where the request could not be read
  std::string_view target;  // likewise
  int status = 0;           // 0: the handler had not answered when the client was cut off
  std::string_view
      refusal;  // the name of the session's own problem, `body-too-large`; empty where the handler answered
  std::string_view failure;          // of the handler: what it threw; empty: none. For the log only
  std::uint64_t received_bytes = 0;  // of the body, as sent
  std::uint64_t sent_bytes = 0;      // head and body
  std::int64_t micros = 0;           // from the first byte of the request to the last of the answer
  bool whole = true;                 // false: the client left, or was cut off, before it had all
};

// Called on the session's thread, for one request after the other of that thread; must not block nor throw.
using LogRequest = std::function<void(const Access&)>;

class Server {
 public:
  // `threads` at least 1. Nothing happens before `start`.
  Server(Listen listen, Limits limits, int threads, Handler handler, LogRequest log_request,
         WantsBody wants_body = {});
  ~Server();  // as `stop` without grace
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Reads the certificate and takes the port: who connects now waits for `serve`. The port; or what is wrong, as a message for who
  // started the service. Once only.
  [[nodiscard]] tl::expected<std::uint16_t, std::string> take_port();
  // Starts the threads, once the port is taken.
  void serve();
  // Both.
  [[nodiscard]] tl::expected<std::uint16_t, std::string> start();

  // Takes no more connections, closes the idle ones and ends streams; a request of which a byte has come is read and answered. What is
  // not done after `grace` is cut off. How many connections were cut off. Waits until all threads are done; not to be called on one of
  // them. A `Respond` that is called later does nothing.
  std::size_t stop(std::chrono::milliseconds grace);

  // Reads the certificate files again, for the connections to come; those that are stay as they are. If the files cannot be used the
  // old ones stay in use, and the message says why. Any thread.
  [[nodiscard]] tl::expected<void, std::string> reload_certificate();

  // How many there are now. Any thread.
  [[nodiscard]] std::size_t connections() const;

 private:
  struct Inside;
  std::shared_ptr<Inside> inside_;
};

}  // namespace samrad::http
