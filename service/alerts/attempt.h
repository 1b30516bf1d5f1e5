// One try of sending, as a libcurl transfer that somebody else drives: a blocking call or the sender's loop.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <curl/curl.h>
#include <tl/expected.hpp>

#include "service/alerts/mail.h"
#include "service/alerts/outbox.h"
#include "service/alerts/retry.h"
#include "service/alerts/webhook.h"

namespace samrad::alerts {

// Readies libcurl once in the life of the program. Any thread.
void ready_curl();

// Owned by whoever drives it, from one thread.
class Attempt {
 public:
  virtual ~Attempt();
  Attempt(const Attempt&) = delete;
  Attempt& operator=(const Attempt&) = delete;

  [[nodiscard]] CURL* handle() const { return handle_; }

  // After the transfer has ended with `code`.
  [[nodiscard]] virtual Outcome outcome(CURLcode code) const = 0;

 protected:
  // `place` is what errors begin with: where it goes, without secrets.
  Attempt(std::string place, const Timeouts& timeouts, const std::string& ca_file);

  // `PLACE: what went wrong`, for what can go wrong on the way to any server.
  [[nodiscard]] Outcome trouble(CURLcode code) const;
  [[nodiscard]] Outcome failed(Outcome::Verdict verdict, std::string_view what) const;
  [[nodiscard]] long response() const;

 private:
  CURL* handle_;
  std::string place_;
  Timeouts timeouts_;
  char error_[CURL_ERROR_SIZE] = {};
};

// Ready to be driven, or how the try ended before it began.
using Attempted = tl::expected<std::unique_ptr<Attempt>, Outcome>;

// One letter of all rows, which go to one address. Precondition: there is one.
[[nodiscard]] Attempted mail_attempt(const MailServer& server, std::span<const Row> rows,
                                     Micros now);
[[nodiscard]] Attempted webhook_attempt(const WebhookLimits& limits, const Endpoint& endpoint,
                                        const Row& row, Micros now);

// The parts of an address on the net; nothing where it is none. Without a port: that of the scheme.
struct UrlParts {
  std::string scheme;
  std::string host;
  std::string port;
  bool credentials = false;
};
[[nodiscard]] std::optional<UrlParts> url_parts(const std::string& url);

}  // namespace samrad::alerts
