// What alerts say, in Swedish and English, as pages: a title, which is the subject of the mail, and blocks.
//
// The same values give the same pages. Line breaks are LF; lines of the plain text are folded at text_columns. Nothing from an agreement
// stands unescaped in the HTML, and no title holds a control character.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "service/alerts/digest.h"
#include "service/alerts/page.h"
#include "service/alerts/planner.h"

namespace samrad::alerts {

inline constexpr std::size_t text_columns = 78;
inline constexpr std::size_t subject_characters_max = 120;

// Where to look and where to acknowledge; empty: not told.
struct Links {
  std::string duty;
  std::string sheet;  // the agreement's compliance sheet
  std::string acknowledge;
};
// The usual ones: `BASE/v1/agreements/ID/occurrences/OCCURRENCE`, `…/brief`, and the first with `/acknowledgement`. All empty where
// `base` is. A duty without id (a digest) gives the sheet only.
[[nodiscard]] Links links_of(std::string_view base, std::string_view agreement,
                             std::string_view occurrence);

struct Text {
  std::string subject;
  std::string plain;
  std::string html;  // a whole document
};
[[nodiscard]] Text text_of(const Page& page);

// In the recipient's language. Precondition: the message has a duty.
[[nodiscard]] Page alert_page(const Message& message, const Agreement& agreement,
                              const Links& links);

// `parts` in the order in which they stand; none: nothing is due, and the text says so. `base` as in Configuration::link.
[[nodiscard]] Page digest_page(const Message& message, std::span<const DigestPart> parts,
                               std::string_view base);

}  // namespace samrad::alerts
