// Whom the rules have told of a duty, why, and on which days and hours.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "service/alerts/directory.h"
#include "service/alerts/duty.h"

namespace samrad::alerts {

// Why the recipient gets it.
struct Because {
  std::string rule;  // id; empty: none named it
  std::vector<std::string>
      roles;  // labels of the roles that it acts for in this; empty: the rule names it itself
  bool otherwise = false;  // since nobody acts for an owner
};

// A day and the hour from which a message is for it.
struct Turn {
  calendar::Day day{};
  MinuteOfDay at = usual_hour;
  // Of what is due by the hour: exactly then, in seconds since 1970, which the clocks show as `at`.
  std::optional<std::int64_t> moment;
  auto operator<=>(const Turn&) const = default;
};

struct Addressee {
  const Recipient* recipient = nullptr;
  Because because;
  std::array<std::optional<MinuteOfDay>, 5>
      hours;                      // by Kind, warning to settled; nothing: not told
  std::vector<Turn> warnings;     // before it is due; sorted
  std::vector<Turn> escalations;  // sorted; empty while the duty is not overdue

  [[nodiscard]] std::optional<MinuteOfDay> hour(Kind kind) const {
    return hours[static_cast<std::size_t>(kind)];
  }
};

// What the rules come to for one duty. Where several rules tell the same recipient, each kind goes by the earliest of their hours.
struct Addressees {
  std::vector<Addressee> all;   // in the order in which the rules name them
  bool nobody = false;          // rules speak of the duty, and they reach no one
  std::vector<Turn> nobody_at;  // escalations to roles that nobody acts for
};
[[nodiscard]] Addressees addressees(const Directory& directory,
                                    const std::vector<const Rule*>& rules,
                                    const Agreement& agreement, const Duty& duty);

// Who else is told the same at its time, by roles: an id says nothing to a reader, and is no name for others to know.
struct Others {
  std::vector<std::string> roles;  // labels
  int unnamed = 0;                 // recipients that act for nobody
};
[[nodiscard]] Others others_told(const Addressees& to, const Addressee& reader, Kind kind,
                                 const Agreement& agreement);

}  // namespace samrad::alerts
