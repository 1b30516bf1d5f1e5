// What every transfer has in common: limits of time, TLS, no proxy from the environment, and words for what goes wrong.

#include "service/alerts/attempt.h"

#include <cstdlib>

#include <fmt/format.h>

namespace samrad::alerts {

void ready_curl() {
  [[maybe_unused]] static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
}

Attempt::Attempt(std::string place, const Timeouts& timeouts, const std::string& ca_file)
    : handle_((ready_curl(), curl_easy_init())), place_(std::move(place)), timeouts_(timeouts) {
  if (!handle_) std::abort();  // out of memory
  curl_easy_setopt(handle_, CURLOPT_PRIVATE, this);
  curl_easy_setopt(handle_, CURLOPT_ERRORBUFFER, error_);
  curl_easy_setopt(handle_, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle_, CURLOPT_PROXY, "");
  curl_easy_setopt(handle_, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(timeouts.connect.count()));
  curl_easy_setopt(handle_, CURLOPT_TIMEOUT_MS, static_cast<long>(timeouts.whole.count()));
  curl_easy_setopt(handle_, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!ca_file.empty()) curl_easy_setopt(handle_, CURLOPT_CAINFO, ca_file.c_str());
}

Attempt::~Attempt() { curl_easy_cleanup(handle_); }

long Attempt::response() const {
  long code = 0;
  curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &code);
  return code;
}

Outcome Attempt::failed(Outcome::Verdict verdict, std::string_view what) const {
  return {verdict, std::nullopt, fmt::format("{}: {}", place_, what)};
}

Outcome Attempt::trouble(CURLcode code) const {
  const auto now_not = [&](std::string_view what) {
    return failed(Outcome::Verdict::not_now, what);
  };
  switch (code) {
  case CURLE_COULDNT_RESOLVE_HOST: return now_not("no address is found for the name");
  case CURLE_COULDNT_CONNECT: return now_not("no connection");
  case CURLE_OPERATION_TIMEDOUT:
    return now_not(fmt::format("no answer in time ({} ms to connect, {} ms in all)",
                               timeouts_.connect.count(), timeouts_.whole.count()));
  case CURLE_USE_SSL_FAILED:
    return now_not("the server does not offer STARTTLS, and nothing is sent without TLS");
  case CURLE_PEER_FAILED_VERIFICATION:
    return now_not(fmt::format("the server's certificate is not trusted ({})", error_));
  case CURLE_SSL_CONNECT_ERROR: return now_not(fmt::format("TLS failed ({})", error_));
  case CURLE_LOGIN_DENIED: return now_not("the server refused the user or the password");
  case CURLE_GOT_NOTHING: return now_not("the server closed without an answer");
  default: break;
  }
  return now_not(
      fmt::format("the transfer failed ({})", *error_ ? error_ : curl_easy_strerror(code)));
}

std::optional<UrlParts> url_parts(const std::string& url) {
  ready_curl();
  const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> parsed(curl_url(), curl_url_cleanup);
  if (!parsed ||
      curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK)
    return std::nullopt;
  const auto part = [&](CURLUPart which) {
    char* text = nullptr;
    std::string copy;
    if (curl_url_get(parsed.get(), which, &text, CURLU_DEFAULT_PORT) == CURLUE_OK) copy = text;
    curl_free(text);
    return copy;
  };
  return UrlParts{part(CURLUPART_SCHEME), part(CURLUPART_HOST), part(CURLUPART_PORT),
                  !part(CURLUPART_USER).empty() || !part(CURLUPART_PASSWORD).empty()};
}

}  // namespace samrad::alerts
