#include "service/access/fetch.h"

#include <memory>
#include <mutex>

#include <curl/curl.h>
#include <fmt/format.h>

namespace samrad::access {

namespace {

// Nothing thrown may pass through curl's C code: a text that cannot grow ends the transfer.
std::size_t append(char* bytes, std::size_t, std::size_t count, void* to) noexcept {
  auto& text = *static_cast<std::string*>(to);
  if (count > fetched_bytes_max - text.size()) return 0;
  text.append(bytes, count);
  return count;
}

struct Free {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};

std::string what_failed(CURLcode code, const char* words, bool too_long) {
  if (too_long) return fmt::format("the document has more than {} bytes", fetched_bytes_max);
  if (code == CURLE_UNSUPPORTED_PROTOCOL) return "only https addresses are asked";
  return *words != '\0' ? words : curl_easy_strerror(code);
}

}  // namespace

tl::expected<std::string, std::string> CurlFetcher::get(const std::string& url,
                                                        const std::string& ca_file) {
  static std::once_flag started;
  std::call_once(started, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  const std::unique_ptr<CURL, Free> owner(curl_easy_init());
  CURL* const curl = owner.get();
  if (!curl) return tl::unexpected(fmt::format("{}: libcurl does not start", url));

  std::string body;
  char words[CURL_ERROR_SIZE] = "";
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, words);
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, fetch_seconds_max);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, fetch_connect_seconds_max);
  curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "samrad");
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, append);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &body);
  if (!ca_file.empty()) {
    curl_easy_setopt(curl, CURLOPT_CAINFO, ca_file.c_str());
    curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);
  }

  if (const CURLcode code = curl_easy_perform(curl); code != CURLE_OK)
    return tl::unexpected(
        fmt::format("{}: {}", url, what_failed(code, words, code == CURLE_WRITE_ERROR)));
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  if (status != 200)
    return tl::unexpected(fmt::format("{}: answers {} in place of 200", url, status));
  return body;
}

}  // namespace samrad::access
