// Lays the rules over one duty: who is told by any of them, and the earliest hour at which.

#include "service/alerts/addressees.h"

#include <algorithm>

#include "service/alerts/hours.h"

namespace samrad::alerts {

namespace {

bool holds(const std::vector<std::string>& list, const std::string& name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}
bool names(const std::vector<std::string>& list, const std::string& name) {
  return list.empty() || holds(list, name);
}

bool speaks_of(const Rule& rule, const Duty& duty) {
  const bool owner = rule.owners.empty() ||
                     std::any_of(duty.owners.begin(), duty.owners.end(),
                                 [&](const Role& one) { return names(rule.owners, one.name); });
  return owner && names(rule.clauses, duty.clause);
}

std::string label(const Agreement& agreement, const std::string& role) {
  for (const Role& one : agreement.roles)
    if (one.name == role) return one.label;
  return role;
}

class Gathering {
 public:
  Gathering(const Directory& directory, const Agreement& agreement, const Duty& duty)
      : directory_(directory), agreement_(agreement), duty_(duty) {}

  void apply(const Rule& rule) {
    bool reached = false;
    if (rule.tell_owners) {
      for (const Role& owner : duty_.owners)
        for (const Recipient* recipient : directory_.acting(agreement_.id, owner.name)) {
          tell(rule, *recipient, owner.label);
          reached = true;
        }
      if (!reached)
        for (const std::string& id : directory_.configuration().otherwise)
          if (const Recipient* recipient = directory_.recipient(id))
            tell(rule, *recipient, {}).because.otherwise = true;
    }
    for (const std::string& id : rule.tell)
      if (const Recipient* recipient = directory_.recipient(id)) tell(rule, *recipient, {});
    if (duty_.overdue_since) escalate(rule);
    spoken_ = true;
  }

  Addressees result() {
    for (Addressee& one : made_.all)
      for (auto* turns : {&one.warnings, &one.escalations}) {
        std::sort(turns->begin(), turns->end());
        turns->erase(std::unique(turns->begin(), turns->end()), turns->end());
      }
    made_.nobody = spoken_ && made_.all.empty();
    return std::move(made_);
  }

 private:
  Addressee& entry(const Rule& rule, const Recipient& recipient) {
    for (Addressee& one : made_.all)
      if (one.recipient == &recipient) return one;
    Addressee& added = made_.all.emplace_back();
    added.recipient = &recipient;
    added.because.rule = rule.id;
    return added;
  }

  static void add_role(Because& because, const std::string& role) {
    if (!role.empty() && !holds(because.roles, role)) because.roles.push_back(role);
  }

  Addressee& tell(const Rule& rule, const Recipient& recipient, const std::string& role) {
    Addressee& told = entry(rule, recipient);
    add_role(told.because, role);
    for (Kind kind : rule.kinds) {
      auto& hour = told.hours[static_cast<std::size_t>(kind)];
      hour = std::min(hour.value_or(rule.at), rule.at);
    }
    if (rule.has(Kind::warning)) warn(rule, told);
    return told;
  }

  void warn(const Rule& rule, Addressee& told) const {
    const auto add = [&](calendar::Day day) {
      if (day < duty_.due) told.warnings.push_back({day, rule.at});
    };
    if (rule.warn_as_clause) {
      for (calendar::Day day : duty_.warnings)
        add(day);
      for (Micros moment : duty_.warnings_at) {
        const std::int64_t second = seconds_of(moment);
        told.warnings.push_back(
            {agreement_.zone.day_of(second), agreement_.zone.second_of_day(second) / 60, second});
      }
    }
    for (calendar::Duration ahead : rule.warn_also)
      add(calendar::minus(duty_.due, ahead, agreement_.holidays));
  }

  void escalate(const Rule& rule) {
    for (const EscalationStep& step : rule.escalation) {
      const Turn turn{*duty_.overdue_since + step.after_days, rule.at};
      const auto acting = directory_.acting(agreement_.id, step.role);
      if (acting.empty()) made_.nobody_at.push_back(turn);
      for (const Recipient* recipient : acting) {
        Addressee& told = entry(rule, *recipient);
        add_role(told.because, label(agreement_, step.role));
        told.escalations.push_back(turn);
      }
    }
  }

  const Directory& directory_;
  const Agreement& agreement_;
  const Duty& duty_;
  Addressees made_;
  bool spoken_ = false;
};

bool gets_single(const Addressee& one, Kind kind) {
  const Recipient& recipient = *one.recipient;
  if (kind == Kind::escalation ? one.escalations.empty() : !one.hour(kind)) return false;
  return !recipient.webhook.empty() ||
         (!recipient.mail.empty() && (!recipient.digest || kind == Kind::escalation));
}

}  // namespace

Others others_told(const Addressees& to, const Addressee& reader, Kind kind,
                   const Agreement& agreement) {
  Others others;
  for (const Addressee& one : to.all) {
    if (&one == &reader || !gets_single(one, kind)) continue;
    std::vector<std::string> roles = one.because.roles;
    for (const Office& office : one.recipient->offices)
      if (roles.empty() && (office.agreement.empty() || office.agreement == agreement.id))
        roles.push_back(label(agreement, office.role));
    if (roles.empty()) ++others.unnamed;
    for (const std::string& role : roles)
      if (!holds(others.roles, role) && !holds(reader.because.roles, role))
        others.roles.push_back(role);
  }
  return others;
}

Addressees addressees(const Directory& directory, const std::vector<const Rule*>& rules,
                      const Agreement& agreement, const Duty& duty) {
  Gathering gathering(directory, agreement, duty);
  for (const Rule* rule : rules)
    if (speaks_of(*rule, duty)) gathering.apply(*rule);
  return gathering.result();
}

}  // namespace samrad::alerts
