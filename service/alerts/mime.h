// A letter as the bytes of a mail message (RFC 5322, RFC 2045).
#pragma once

#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "service/alerts/page.h"
#include "service/clock.h"

namespace samrad::alerts {

struct Envelope {
  std::string from;  // address
  std::string from_name;
  std::string to;   // address
  std::string key;  // of the row, or of several together: the Message-ID is made of it
  Micros date = 0;
};

// Plain text and HTML as alternatives, lines ended by CR LF. Marked as made by a machine, so that no absence notice answers it. The
// error is a sentence: an address that is none, or a control character in what becomes a header.
[[nodiscard]] tl::expected<std::string, std::string> mime_message(const Envelope& envelope,
                                                                  const Page& page);

// `<…@domain of from>`, the same for the same key.
[[nodiscard]] std::string message_id(std::string_view key, std::string_view from);

}  // namespace samrad::alerts
