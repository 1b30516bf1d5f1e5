// The weekly digest: whose is due, and what stands in it. Pure, and one agreement at a time, since a digest goes over all of them and
// those of a large service do not lie in memory together.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "service/alerts/planner.h"

namespace samrad::alerts {

inline constexpr int digest_days_ahead = 30;  // deadlines so far ahead stand in it

// What is most urgent comes first.
enum class Urgency : std::uint8_t {
  overdue,  // late, and can still be done
  breach,   // became missed or broken since the last digest
  soon,     // due within seven days
  ahead,    // due within digest_days_ahead
  settled,  // since the last digest
};

struct DigestItem {
  Urgency urgency = Urgency::ahead;
  const Duty* duty = nullptr;
  bool acknowledged = false;  // since it became overdue
};

// One agreement's part in one digest.
struct DigestPart {
  std::string agreement;
  std::string title;
  std::vector<DigestItem> items;  // by urgency, then due day, then id; never empty
};

// A digest that is due; its message has no duty and its day is the one on which it should have been sent.
struct DigestPlan {
  std::vector<Message> messages;
  std::optional<Micros> next;
};

// After a stop one digest is due for each recipient, however many weeks were left out; a recipient's first one is due at once.
[[nodiscard]] DigestPlan plan_digests(const Directory& directory, const record::Zone& zone,
                                      Micros now, const LastKey& last);

// What concerns the recipient in the agreement by the rules that name it, its roles or `otherwise`; nothing where nothing does. What
// changed in the seven days to `now` counts as since the last digest. Points into `agreement`.
[[nodiscard]] std::optional<DigestPart> digest_part(const Directory& directory,
                                                    const Recipient& recipient,
                                                    const Agreement& agreement, Micros now);

}  // namespace samrad::alerts
