// A document from an https address. Behind an interface: tests answer from memory.
#pragma once

#include <cstddef>
#include <string>

#include <tl/expected.hpp>

namespace samrad::access {

inline constexpr std::size_t fetched_bytes_max = 512 * 1024;  // of one document
inline constexpr long fetch_seconds_max = 10;                 // for all of it
inline constexpr long fetch_connect_seconds_max = 4;          // until the connection stands

class Fetcher {
 public:
  virtual ~Fetcher() = default;
  // The body of an answer 200. Blocks, within the limits above; any thread. The error is a sentence that names the address.
  // `ca_file`: certificates to trust, PEM; empty: those of the system.
  [[nodiscard]] virtual tl::expected<std::string, std::string> get(const std::string& url,
                                                                   const std::string& ca_file) = 0;
};

// By libcurl: https only, TLS 1.2 and later, certificate and name checked, no redirects, nothing of the environment's but the proxy.
class CurlFetcher final : public Fetcher {
 public:
  [[nodiscard]] tl::expected<std::string, std::string> get(const std::string& url,
                                                           const std::string& ca_file) override;
};

}  // namespace samrad::access
