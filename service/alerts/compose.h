// A planned message as a row of the outbox: the letter or the CloudEvent that will be sent.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "service/alerts/outbox.h"
#include "service/alerts/text.h"

namespace samrad::alerts {

// What a mail row holds as its body: {"language", "subject", "blocks": [{"form", "text", "pairs"}]}.
[[nodiscard]] std::string letter_json(const Page& page);
// The error is a sentence.
[[nodiscard]] tl::expected<Page, std::string> page_of(std::string_view json);

// The body of a webhook: a CloudEvent in its JSON form, of type `se.samrad.duty.KIND`, whose id is the webhook-id.
[[nodiscard]] std::string cloud_event(const Message& message, const Agreement& agreement,
                                      const Links& links, Micros now);

// Ready to be put into the outbox. `base` as in Configuration::link.
[[nodiscard]] Row row_of(const Message& message, const Agreement& agreement, std::string_view base,
                         Micros now);
[[nodiscard]] Row digest_row(const Message& message, std::span<const DigestPart> parts,
                             std::string_view base, Micros now);

}  // namespace samrad::alerts
