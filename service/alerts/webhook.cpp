// Webhooks through libcurl: one post a try, signed as Standard Webhooks asks, to public addresses only unless allowed. The address is
// looked at when the socket is opened for it, so what was looked up a moment ago cannot be exchanged for another.

#include "service/alerts/webhook.h"

#include <netinet/in.h>
#include <unistd.h>

#include <algorithm>

#include <fmt/format.h>

#include "service/alerts/attempt.h"
#include "service/alerts/encoding.h"
#include "service/alerts/hours.h"

namespace samrad::alerts {

namespace {

using Verdict = Outcome::Verdict;

constexpr std::string_view secret_head = "whsec_";
constexpr std::size_t secret_bytes_min = 24;
constexpr std::size_t secret_bytes_max = 64;
constexpr std::size_t shown_bytes_max = 200;  // of an answer, in an error

std::span<const std::uint8_t> bytes_of(const curl_sockaddr& address) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(&address.addr);
  if (address.family == AF_INET && address.addrlen >= sizeof(sockaddr_in))
    return {bytes + offsetof(sockaddr_in, sin_addr), 4};
  if (address.family == AF_INET6 && address.addrlen >= sizeof(sockaddr_in6))
    return {bytes + offsetof(sockaddr_in6, sin6_addr), 16};
  return {};
}

std::optional<std::string> secret_bytes(std::string_view text) {
  if (!text.starts_with(secret_head)) return std::nullopt;
  auto bytes = base64_bytes(text.substr(secret_head.size()));
  if (!bytes || bytes->size() < secret_bytes_min || bytes->size() > secret_bytes_max)
    return std::nullopt;
  return bytes;
}

class WebhookAttempt final : public Attempt {
 public:
  WebhookAttempt(const WebhookLimits& limits, const Endpoint& endpoint, const UrlParts& url,
                 const Row& row, Micros now)
      : Attempt(fmt::format("{}://{}:{}", url.scheme, url.host, url.port), limits.timeouts,
                limits.ca_file),
        body_(row.body),
        allowed_(limits.allowed) {
    const std::string id = webhook_id(row.key);
    const std::int64_t timestamp = seconds_of(now);
    field("content-type: application/cloudevents+json; charset=utf-8");
    field("user-agent: samrad");
    field("webhook-id: " + id);
    field(fmt::format("webhook-timestamp: {}", timestamp));
    field("webhook-signature: " + webhook_signature(id, timestamp, body_, endpoint.secrets));
    field("expect:");
    curl_easy_setopt(handle(), CURLOPT_HTTPHEADER, fields_.get());
    curl_easy_setopt(handle(), CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle(), CURLOPT_URL, endpoint.url.c_str());
    curl_easy_setopt(handle(), CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body_.size()));
    curl_easy_setopt(handle(), CURLOPT_POSTFIELDS, body_.data());
    curl_easy_setopt(handle(), CURLOPT_HEADERFUNCTION, &WebhookAttempt::hear_field);
    curl_easy_setopt(handle(), CURLOPT_HEADERDATA, this);
    curl_easy_setopt(handle(), CURLOPT_WRITEFUNCTION, &WebhookAttempt::hear);
    curl_easy_setopt(handle(), CURLOPT_WRITEDATA, this);
    curl_easy_setopt(handle(), CURLOPT_OPENSOCKETFUNCTION, &WebhookAttempt::open);
    curl_easy_setopt(handle(), CURLOPT_OPENSOCKETDATA, this);
  }

  [[nodiscard]] Outcome outcome(CURLcode code) const override {
    const long status = response();
    if (status >= 200 && status < 300) return {};
    if (status == 410)
      return failed(Verdict::gone, "the receiver answered 410 and wants no more; its endpoint is "
                                   "disabled");
    if (status >= 300) return answered(status);
    if (!refused_.empty() && !opened_)
      return failed(
          Verdict::never,
          fmt::format("its address is {}: webhooks go to public addresses only, and to the ranges "
                      "that are allowed (`webhooks.ranges`)",
                      refused_));
    return code == CURLE_OK ? failed(Verdict::not_now, "the server closed without an answer")
                            : trouble(code);
  }

 private:
  Outcome answered(long status) const {
    const bool moved = status < 400;
    Outcome outcome = failed(Verdict::not_now,
                             moved ? fmt::format("the receiver answered {} and redirects are not "
                                                 "followed: configure the address it moved to",
                                                 status)
                                   : fmt::format("the receiver answered {}{}{}", status,
                                                 said_.empty() ? "" : ": ", said_));
    curl_off_t seconds = 0;
    if (curl_easy_getinfo(handle(), CURLINFO_RETRY_AFTER, &seconds) == CURLE_OK && seconds > 0)
      outcome.retry_after = seconds;
    return outcome;
  }

  void field(const std::string& line) {
    fields_.reset(curl_slist_append(fields_.release(), line.c_str()));
  }

  static curl_socket_t open(void* self, curlsocktype, curl_sockaddr* address) {
    auto& attempt = *static_cast<WebhookAttempt*>(self);
    if (const auto range = refused_range(bytes_of(*address), attempt.allowed_); !range.empty()) {
      attempt.refused_ = range;
      return CURL_SOCKET_BAD;
    }
    attempt.opened_ = true;
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  }

  // An answer that is too long is read no further; what its first line said stands.
  bool counts(std::size_t bytes) {
    read_ += bytes;
    return read_ <= answer_bytes_max;
  }
  static std::size_t hear_field(char*, std::size_t size, std::size_t count, void* self) {
    return static_cast<WebhookAttempt*>(self)->counts(size * count) ? size * count : 0;
  }
  static std::size_t hear(char* bytes, std::size_t size, std::size_t count, void* self) {
    auto& attempt = *static_cast<WebhookAttempt*>(self);
    const std::size_t room = shown_bytes_max - std::min(shown_bytes_max, attempt.said_.size());
    for (char c : std::string_view(bytes, std::min(size * count, room)))
      attempt.said_ += c >= ' ' && c <= '~' ? c : c == '\n' || c == '\r' ? ' ' : '?';
    return attempt.counts(size * count) ? size * count : 0;
  }

  struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };

  std::string body_;
  std::vector<AddressRange> allowed_;
  std::unique_ptr<curl_slist, FreeList> fields_;
  std::string_view refused_;  // what an address was that is not public
  bool opened_ = false;       // to one that may be used
  std::string said_;
  std::size_t read_ = 0;
};

}  // namespace

std::string webhook_id(std::string_view key) { return "msg_" + digest_hex(key); }

std::string webhook_signature(std::string_view id, std::int64_t timestamp, std::string_view body,
                              const std::vector<std::string>& secrets) {
  const std::string content = fmt::format("{}.{}.{}", id, timestamp, body);
  std::string signatures;
  for (const std::string& secret : secrets)
    if (const auto bytes = secret_bytes(secret))
      signatures += (signatures.empty() ? "v1," : " v1,") + base64(hmac_sha256(*bytes, content));
  return signatures;
}

bool is_secret(std::string_view text) { return secret_bytes(text).has_value(); }

std::string new_secret() { return std::string(secret_head) + base64(random_bytes(32)); }

tl::expected<void, std::string> check_url(std::string_view url, bool allow_http) {
  const bool plain =
      std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c <= '~'; });
  const auto parts = plain ? url_parts(std::string(url)) : std::nullopt;
  if (!parts || parts->host.empty() || (parts->scheme != "https" && parts->scheme != "http"))
    return tl::unexpected(std::string("this is no address on the net: write `https://HOST/PATH`"));
  if (parts->credentials)
    return tl::unexpected(std::string("the address holds a user or password: leave them out"));
  if (parts->scheme == "http" && !allow_http)
    return tl::unexpected(
        std::string("`http` is not allowed here: write `https://…`, or allow it with "
                    "the setting `webhooks.http`"));
  return {};
}

std::vector<std::uint8_t> literal_address(const std::string& url) {
  const auto parts = url_parts(url);
  return parts ? literal_bytes(parts->host) : std::vector<std::uint8_t>();
}

Attempted webhook_attempt(const WebhookLimits& limits, const Endpoint& endpoint, const Row& row,
                          Micros now) {
  const auto never = [&](const std::string& error) {
    return tl::unexpected(Outcome{Verdict::never, std::nullopt,
                                  fmt::format("endpoint `{}`: {}", endpoint.id, error)});
  };
  if (!endpoint.enabled) return never("it is disabled");
  if (const auto checked = check_url(endpoint.url, limits.allow_http); !checked)
    return never(checked.error());
  if (std::none_of(endpoint.secrets.begin(), endpoint.secrets.end(),
                   [](const std::string& one) { return is_secret(one); }))
    return never("it has no secret to sign with");
  return std::make_unique<WebhookAttempt>(limits, endpoint, *url_parts(endpoint.url), row, now);
}

}  // namespace samrad::alerts
