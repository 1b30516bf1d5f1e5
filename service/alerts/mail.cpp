// SMTP through libcurl: one letter a try. What the server replies decides whether another try makes sense.

#include "service/alerts/mail.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "service/alerts/attempt.h"
#include "service/alerts/compose.h"
#include "service/alerts/key.h"
#include "service/alerts/mime.h"
#include "service/alerts/one_line.h"
#include "service/alerts/together.h"

namespace samrad::alerts {

namespace {

using Verdict = Outcome::Verdict;

constexpr std::size_t reply_bytes_max = 1024;  // of the last reply, kept for the error

// Replies that speak of us and not of the letter: another try may find the server set right.
bool about_us(long reply) { return reply == 530 || reply == 534 || reply == 535 || reply == 538; }

class MailAttempt final : public Attempt {
 public:
  MailAttempt(const MailServer& server, const Row& row, const UrlParts& url, std::string message)
      : Attempt(fmt::format("{}:{}", url.host, url.port), server.timeouts, server.ca_file),
        message_(std::move(message)) {
    curl_easy_setopt(handle(), CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(handle(), CURLOPT_URL, server.url.c_str());
    curl_easy_setopt(handle(), CURLOPT_USE_SSL,
                     static_cast<long>(server.require_tls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    if (!server.user.empty()) {
      curl_easy_setopt(handle(), CURLOPT_USERNAME, server.user.c_str());
      curl_easy_setopt(handle(), CURLOPT_PASSWORD, server.password.c_str());
    }
    curl_easy_setopt(handle(), CURLOPT_MAIL_FROM, ("<" + server.from + ">").c_str());
    to_.reset(curl_slist_append(nullptr, ("<" + row.to + ">").c_str()));
    curl_easy_setopt(handle(), CURLOPT_MAIL_RCPT, to_.get());
    curl_easy_setopt(handle(), CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(handle(), CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(message_.size()));
    curl_easy_setopt(handle(), CURLOPT_READFUNCTION, &MailAttempt::give);
    curl_easy_setopt(handle(), CURLOPT_READDATA, this);
    curl_easy_setopt(handle(), CURLOPT_HEADERFUNCTION, &MailAttempt::hear);
    curl_easy_setopt(handle(), CURLOPT_HEADERDATA, this);
  }

  [[nodiscard]] Outcome outcome(CURLcode code) const override {
    if (code == CURLE_OK) return {};
    const long reply = response();
    // libcurl ends so when a reply to MAIL, RCPT or DATA was no yes; what comes after the letter is a reply to it.
    const bool to_letter = code == CURLE_SEND_ERROR || given_ > 0;
    if (code == CURLE_OPERATION_TIMEDOUT || reply < 400 || !to_letter) return trouble(code);
    const bool for_good = reply >= 500 && !about_us(reply);
    return failed(
        for_good ? Verdict::never : Verdict::not_now,
        fmt::format("the server {} the letter: {}", for_good ? "refused" : "put off", said_));
  }

 private:
  static std::size_t give(char* into, std::size_t size, std::size_t count, void* self) {
    auto& attempt = *static_cast<MailAttempt*>(self);
    const std::size_t n = std::min(size * count, attempt.message_.size() - attempt.given_);
    std::memcpy(into, attempt.message_.data() + attempt.given_, n);
    attempt.given_ += n;
    return n;
  }

  // One line of a reply. The last that says no is kept: goodbyes come after it.
  static std::size_t hear(char* line, std::size_t size, std::size_t count, void* self) {
    const std::string_view text(line, size * count);
    if (text.starts_with('4') || text.starts_with('5'))
      static_cast<MailAttempt*>(self)->said_ =
          text.substr(0, std::min(text.find_last_not_of("\r\n") + 1, reply_bytes_max));
    return size * count;
  }

  struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };

  std::string message_;
  std::size_t given_ = 0;
  std::string said_;
  std::unique_ptr<curl_slist, FreeList> to_;
};

}  // namespace

tl::expected<void, std::string> check(const MailServer& server) {
  for (const std::string* text : {&server.url, &server.from, &server.from_name, &server.user,
                                  &server.password, &server.ca_file})
    if (has_control(*text))
      return tl::unexpected(
          std::string("a setting of the mail server holds a line break or control character"));
  const auto url = url_parts(server.url);
  if (!url || (url->scheme != "smtp" && url->scheme != "smtps") || url->host.empty())
    return tl::unexpected(fmt::format("`{}` is no mail server: write `smtp://HOST:587` or "
                                      "`smtps://HOST`",
                                      url && url->credentials ? "…" : server.url));
  if (url->credentials)
    return tl::unexpected(
        std::string("the mail server's address holds a user or password: give them apart"));
  if (!is_address(server.from))
    return tl::unexpected(fmt::format("the sender `{}` is no e-mail address", server.from));
  if (!server.user.empty() && !server.require_tls && url->scheme == "smtp")
    return tl::unexpected(
        std::string("a password would go over the net in the open: require TLS, or use smtps://"));
  return {};
}

Attempted mail_attempt(const MailServer& server, std::span<const Row> rows, Micros now) {
  const auto never = [](std::string error) {
    return tl::unexpected(Outcome{Verdict::never, std::nullopt, std::move(error)});
  };
  if (const auto checked = check(server); !checked)
    return tl::unexpected(Outcome{Verdict::not_now, std::nullopt, checked.error()});
  std::vector<Part> parts;
  std::string keys;
  for (const Row& row : rows) {
    auto page = page_of(row.body);
    if (!page) return never(page.error());
    const auto key = key_of(row.key);
    parts.push_back(
        {key ? key->kind : Kind::warning, key ? key->about() : row.key, std::move(*page)});
    keys += (keys.empty() ? "" : "\n") + row.key;
  }
  auto message = mime_message({.from = server.from,
                               .from_name = server.from_name,
                               .to = rows.front().to,
                               .key = keys,
                               .date = now},
                              together(std::move(parts)));
  if (!message) return never(message.error());
  return std::make_unique<MailAttempt>(server, rows.front(), *url_parts(server.url),
                                       std::move(*message));
}

}  // namespace samrad::alerts
