#include "service/alerts/digest.h"

#include <algorithm>
#include <tuple>

#include "service/alerts/hours.h"

namespace samrad::alerts {

namespace {

using calendar::Day;
using engine::Status;

constexpr int days_soon = 7;
constexpr int days_between = 7;

// The last day up to `today` of that weekday.
Day last_weekday(Day today, calendar::Weekday weekday) {
  const int back = static_cast<int>(calendar::weekday(today)) - static_cast<int>(weekday);
  return today - (back < 0 ? back + 7 : back);
}

std::optional<Urgency> urgency(const Duty& duty, const Agreement& agreement, std::int64_t now) {
  const Day today = agreement.zone.day_of(now);
  const Day changed = duty.changed ? agreement.zone.day_of(seconds_of(*duty.changed)) : duty.due;
  const bool of_late = changed <= today && changed > today - days_between;
  if (duty.due < agreement.since) return std::nullopt;
  switch (duty.status) {
  case Status::met:
  case Status::met_late:
  case Status::waived:
    return of_late && duty.asks_for_an_act ? std::optional(Urgency::settled) : std::nullopt;
  case Status::upcoming:
  case Status::open:
  case Status::missed:
  case Status::broken:
  case Status::lapsed:
  case Status::cannot_assess: break;
  }
  if (!duty.asks_for_an_act || !duty.overdue_since || today < *duty.overdue_since) {
    if (duty.status == Status::missed || duty.status == Status::broken)
      return of_late ? std::optional(Urgency::breach) : std::nullopt;
    if (!duty.asks_for_an_act || engine::settled(duty.status) || duty.due < today)
      return std::nullopt;
    if (duty.due <= today + days_soon) return Urgency::soon;
    const bool warned = std::any_of(duty.warnings.begin(), duty.warnings.end(),
                                    [&](Day day) { return day <= today; });
    if (warned || duty.due <= today + digest_days_ahead) return Urgency::ahead;
    return std::nullopt;
  }
  return Urgency::overdue;
}

}  // namespace

DigestPlan plan_digests(const Directory& directory, const record::Zone& zone, Micros now,
                        const LastKey& last) {
  DigestPlan plan;
  const std::int64_t seconds = seconds_of(now);
  const Day today = zone.day_of(seconds);
  for (const Recipient& recipient : directory.configuration().recipients) {
    if (!recipient.digest || recipient.mail.empty()) continue;
    const MinuteOfDay at = recipient.digest->at;
    Day day = last_weekday(today, recipient.digest->weekday);
    if (moment_of(zone, day, at) > seconds) day = day - days_between;
    const Micros next = moment_of(zone, day + days_between, at) * micros_per_second;
    plan.next = std::min(plan.next.value_or(next), next);
    const Key key{.kind = Kind::digest, .recipient = recipient.id, .way = Way::mail, .day = day};
    if (const auto text = last(key.series()))
      if (const auto before = key_of(*text); before && before->day >= day) continue;
    plan.messages.push_back({.key = key.text(),
                             .kind = Kind::digest,
                             .recipient = &recipient,
                             .way = Way::mail,
                             .to = recipient.mail,
                             .duty = nullptr,
                             .day = today,
                             .because = {}});
  }
  return plan;
}

std::optional<DigestPart> digest_part(const Directory& directory, const Recipient& recipient,
                                      const Agreement& agreement, Micros now) {
  const std::vector<const Rule*> rules = directory.rules_for(agreement.id);
  if (rules.empty()) return std::nullopt;
  DigestPart part{agreement.id, agreement.title, {}};
  for (const Duty& duty : agreement.duties) {
    const std::optional<Urgency> urgent = urgency(duty, agreement, seconds_of(now));
    if (!urgent) continue;
    const Addressees to = addressees(directory, rules, agreement, duty);
    if (std::any_of(to.all.begin(), to.all.end(),
                    [&](const Addressee& one) { return one.recipient->id == recipient.id; }))
      part.items.push_back({*urgent, &duty, is_acknowledged(duty, agreement.zone)});
  }
  if (part.items.empty()) return std::nullopt;
  const auto order = [](const DigestItem& one) {
    return std::tie(one.urgency, one.duty->due, one.duty->occurrence);
  };
  std::sort(part.items.begin(), part.items.end(),
            [&](const DigestItem& a, const DigestItem& b) { return order(a) < order(b); });
  return part;
}

}  // namespace samrad::alerts
