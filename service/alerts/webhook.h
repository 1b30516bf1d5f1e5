// Standard Webhooks (https://www.standardwebhooks.com): what is posted, how it is signed, and where it may go.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "service/alerts/address.h"
#include "service/alerts/mail.h"
#include "service/alerts/outbox.h"
#include "service/alerts/retry.h"

namespace samrad::alerts {

inline constexpr std::size_t answer_bytes_max = 64 * 1024;

// Where webhooks may go. No proxy is used, whatever the environment says: behind one the address could not be looked at.
struct WebhookLimits {
  bool allow_http = false;            // without TLS
  std::vector<AddressRange> allowed;  // besides addresses of the public internet
  std::string ca_file;                // PEM; empty: the machine's
  Timeouts timeouts{.connect = std::chrono::milliseconds(10'000),
                    .whole = std::chrono::milliseconds(30'000)};
};

// `msg_` and 32 characters, the same for the same key.
[[nodiscard]] std::string webhook_id(std::string_view key);

// The value of `webhook-signature`: `v1,…` for each secret, between them a blank. A secret that is none gives no signature.
[[nodiscard]] std::string webhook_signature(std::string_view id, std::int64_t timestamp,
                                            std::string_view body,
                                            const std::vector<std::string>& secrets);

// `whsec_` and the base64 of 24..64 bytes.
[[nodiscard]] bool is_secret(std::string_view text);
[[nodiscard]] std::string new_secret();  // 32 bytes of the machine's randomness

// Nothing, or what is wrong with it: scheme, user, no host.
[[nodiscard]] tl::expected<void, std::string> check_url(std::string_view url, bool allow_http);

// The bytes of its host where that is written as numbers, in whichever way; none: it is a name.
[[nodiscard]] std::vector<std::uint8_t> literal_address(const std::string& url);

}  // namespace samrad::alerts
