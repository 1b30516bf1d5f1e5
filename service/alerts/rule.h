// Who is told what, when and by which way: the configuration of alerts as one value.
//
// It is read from JSON with all faults at once and written back in one canonical form. It holds addresses and secrets: it
// lives in the service's own folder and in its answers to administrators, nowhere else. Plain values; reading them is safe from any
// number of threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "rules/calendar/date.h"
#include "rules/calendar/duration.h"
#include "rules/calendar/holidays.h"
#include "service/alerts/address.h"

namespace samrad::alerts {

inline constexpr std::size_t configuration_bytes_max = 4 * 1024 * 1024;
inline constexpr std::size_t recipients_max = 10'000;
inline constexpr std::size_t rules_max = 1'000;
inline constexpr std::size_t endpoints_max = 1'000;
inline constexpr std::size_t secrets_max = 5;            // of one endpoint, while they are changed
inline constexpr std::size_t escalation_steps_max = 10;  // of one rule
inline constexpr int days_max = 3'660;                   // ahead of a deadline or after it
inline constexpr std::size_t address_bytes_max = 254;    // of an e-mail address (RFC 5321)

// What an alert is about.
enum class Kind : std::uint8_t {
  warning,     // a deadline comes, as many days ahead as the clause or the rule says
  due,         // it is today
  overdue,     // it has passed: once a day until acknowledged or settled
  breach,      // a verdict became missed or broken
  settled,     // a duty was met, late or in time, or waived
  escalation,  // overdue and not acknowledged for so long that the next role is told
  digest,      // all of it, once a week
};
// `warning`, `due`, …; and back.
[[nodiscard]] std::string_view word(Kind kind);
[[nodiscard]] std::optional<Kind> kind_of(std::string_view word);

enum class Way : std::uint8_t { mail, webhook };
[[nodiscard]] std::string_view word(Way way);

// Minutes after midnight by the clocks of the agreement's zone: 0..1439.
using MinuteOfDay = std::int32_t;
inline constexpr MinuteOfDay usual_hour = 7 * 60;

// A role that somebody acts for.
struct Office {
  std::string agreement;  // empty: in every agreement
  std::string role;
  auto operator<=>(const Office&) const = default;
};

// One mail a week in place of single ones. Escalations still come at once.
struct WeeklyDigest {
  calendar::Weekday weekday = calendar::Weekday::monday;
  MinuteOfDay at = usual_hour;
  auto operator<=>(const WeeklyDigest&) const = default;
};

// A person or a function. With neither mail nor webhook it follows its calendar feed only.
struct Recipient {
  std::string id;  // opaque; letters, digits, `-`, `_` and `.`
  std::vector<Office> offices;
  calendar::Language language = calendar::Language::sv;
  std::string mail;     // address; empty: none
  std::string webhook;  // id of an endpoint; empty: none
  std::optional<WeeklyDigest> digest;
  bool operator==(const Recipient&) const = default;

  [[nodiscard]] bool acts_for(std::string_view agreement, std::string_view role) const;
};

// Where webhooks go.
struct Endpoint {
  std::string id;
  std::string url;
  std::vector<std::string>
      secrets;  // `whsec_…`; each signs, so that a receiver can change from one to the next
  bool enabled = true;
  bool operator==(const Endpoint&) const = default;
};

struct EscalationStep {
  int after_days = 7;  // overdue and not acknowledged, at least 1
  std::string role;    // who acts for it is told
  auto operator<=>(const EscalationStep&) const = default;
};

struct Rule {
  std::string id;
  std::vector<std::string> agreements;  // these three: empty means all
  std::vector<std::string> clauses;
  std::vector<std::string> owners;            // duties of which one of these roles is an owner
  std::vector<Kind> kinds;                    // neither escalation nor digest; in the order of Kind
  bool warn_as_clause = true;                 // on the days that the clause's `warn` gives
  std::vector<calendar::Duration> warn_also;  // and so long before the due day
  MinuteOfDay at = usual_hour;
  bool tell_owners = true;                 // those who act for an owner of the duty
  std::vector<std::string> tell;           // and these recipients
  std::vector<EscalationStep> escalation;  // by rising days
  bool operator==(const Rule&) const = default;

  [[nodiscard]] bool has(Kind kind) const;
};

struct Configuration {
  std::string zone =
      "Europe/Stockholm";  // of the weekly digests; all else goes by the agreement's zone
  std::string link;  // what links begin with, such as `https://samrad.example.org`; empty: no links
  std::vector<Recipient> recipients;
  std::vector<Endpoint> endpoints;
  std::vector<Rule> rules;
  std::vector<std::string> otherwise;  // recipients told when nobody acts for an owner
  bool operator==(const Configuration&) const = default;

  [[nodiscard]] const Recipient* recipient(std::string_view id) const;  // null: none
  [[nodiscard]] const Endpoint* endpoint(std::string_view id) const;    // null: none
};

struct Fault {
  std::string pointer;  // where, as a JSON pointer: `/rules/0/kinds/1`; empty: the whole
  std::string message;
  std::string help;  // empty: none
  bool operator==(const Fault&) const = default;
};

// What a configuration is read against. The defaults are for one on record, in which everything is written out.
struct Surroundings {
  const Configuration* current = nullptr;                // in use
  calendar::Language language = calendar::Language::sv;  // of recipients that name none
  bool allow_http = true;  // webhooks to addresses without TLS (`webhooks.http`)
  // Ranges that are not public and that an address written as numbers may lie in (`webhooks.ranges`); null: any. Names are looked at when
  // they are called.
  const std::vector<AddressRange>* ranges = nullptr;
};

// All faults at once: names used but not declared, ids given twice, addresses, zones, secrets and links of a wrong form among them.
// A secret in its hidden form stands for the one of the same endpoint in `current` that is written so.
[[nodiscard]] tl::expected<Configuration, std::vector<Fault>>
read_configuration(std::string_view json, const Surroundings& surroundings = {});

// Secrets are shown to nobody who only reads: `hidden` writes each as `whsec_…` and its last four characters.
enum class Secrets : std::uint8_t { hidden, written };
// Canonical: what is read from it is the same value, and writes the same bytes. Ends with a line break.
[[nodiscard]] std::string configuration_json(const Configuration& configuration, Secrets secrets);
[[nodiscard]] std::string hidden(std::string_view secret);

// `local@domain` in ASCII, without anything that a mail header or an SMTP command would read as more than an address.
[[nodiscard]] bool is_address(std::string_view text);

}  // namespace samrad::alerts
