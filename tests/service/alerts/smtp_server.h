// smtp_receiver.py, a real SMTP server, as a child that ends with its object.
#pragma once

#include <cstdio>
#include <string>

#include <nlohmann/json.hpp>

#include "tests/service/alerts/certificate.h"

namespace samrad::tests {

class SmtpServer {
 public:
  explicit SmtpServer(const Certificate& certificate);
  ~SmtpServer();
  SmtpServer(const SmtpServer&) = delete;
  SmtpServer& operator=(const SmtpServer&) = delete;

  // False: it did not start, most likely since python3-aiosmtpd is not installed.
  [[nodiscard]] bool runs() const { return ports_.is_object(); }
  // `way` is `plain`, `starttls` or `smtps`.
  [[nodiscard]] std::string url(const char* way, const char* scheme = "smtp") const;
  // The next letter that it took; null: it has ended.
  [[nodiscard]] nlohmann::json next();

 private:
  int child_ = -1;
  int in_ = -1;
  FILE* out_ = nullptr;
  nlohmann::json ports_;
};

}  // namespace samrad::tests
