// Letters by SMTP.
#pragma once

#include <chrono>
#include <string>

#include <tl/expected.hpp>

#include "service/alerts/outbox.h"
#include "service/alerts/retry.h"

namespace samrad::alerts {

// How long a try may take.
struct Timeouts {
  std::chrono::milliseconds connect{10'000};  // names looked up, TLS agreed on
  std::chrono::milliseconds whole{60'000};
};

struct MailServer {
  std::string url;   // `smtp://mail.example.org:587` or `smtps://mail.example.org`
  std::string from;  // address
  std::string from_name = "Samråd";
  std::string user;  // empty: no authentication
  std::string password;
  bool require_tls = true;  // STARTTLS before anything else; with smtps:// it is there anyway
  std::string ca_file;      // PEM; empty: the machine's
  Timeouts timeouts;
};

// Nothing, or what is wrong: no such scheme, no sender, a password without TLS. Anything given with CR or LF in it is refused.
[[nodiscard]] tl::expected<void, std::string> check(const MailServer& server);

}  // namespace samrad::alerts
