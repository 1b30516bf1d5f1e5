// The configuration from JSON: first each part by itself, then what the parts say of each other. Entry point: read_configuration.

#include <algorithm>
#include <charconv>
#include <set>

#include <fmt/format.h>

#include "service/alerts/rule.h"
#include "service/alerts/rule_members.h"
#include "service/alerts/rule_words.h"
#include "service/alerts/webhook.h"
#include "service/record/zone.h"

namespace samrad::alerts {

namespace {

using record::Json;
using record::JsonKind;

constexpr std::string_view example_hour = "from 00:00 to 23:59, such as `07:00`";

// Of an address written as numbers, what keeps webhooks from it; empty: nothing does, or it is a name.
std::string_view range_of(const std::string& url, const Surroundings& surroundings) {
  const std::vector<std::uint8_t> address = literal_address(url);
  return surroundings.ranges && !address.empty() ? refused_range(address, *surroundings.ranges)
                                                 : std::string_view();
}

class Reader {
 public:
  Reader(const Surroundings& surroundings, ConfigurationFaults& faults)
      : surroundings_(surroundings), faults_(faults) {}

  Configuration configuration(const Json& json) const;

 private:
  Recipient recipient(const Json& json, const std::string& pointer) const;
  Office office(const Json& json, const std::string& pointer) const;
  std::optional<WeeklyDigest> digest(const Members& recipient) const;
  Endpoint endpoint(const Json& json, const std::string& pointer) const;
  std::string secret(const Json& json, const std::string& pointer, const std::string& id) const;
  Rule rule(const Json& json, const std::string& pointer) const;
  void kinds(const Members& members, Rule& rule) const;
  void warn(const Members& members, Rule& rule) const;
  EscalationStep step(const Json& json, const std::string& pointer) const;
  MinuteOfDay hour(const Members& members) const;

  const Surroundings& surroundings_;
  ConfigurationFaults& faults_;
};

MinuteOfDay Reader::hour(const Members& members) const {
  const std::string text = members.text("at");
  if (text.empty()) return usual_hour;
  const std::optional<MinuteOfDay> read = hour_of(text);
  if (!read)
    members.fault("at", fmt::format("`{}` is no hour of the day", text), std::string(example_hour));
  return read.value_or(usual_hour);
}

Office Reader::office(const Json& json, const std::string& pointer) const {
  if (json.kind != JsonKind::object) return {"", text_at(json, pointer, faults_)};
  const Members members(json, pointer, {"agreement", "role"}, faults_);
  return {members.text("agreement"), members.text("role", true)};
}

std::optional<WeeklyDigest> Reader::digest(const Members& recipient) const {
  const Json* json = recipient.find("digest");
  if (!json) return std::nullopt;
  const Members members(*json, recipient.at("digest"), {"weekday", "at"}, faults_);
  WeeklyDigest digest;
  digest.at = hour(members);
  if (const std::string word = members.text("weekday"); !word.empty()) {
    const auto weekday = weekday_of(word);
    if (!weekday)
      members.fault("weekday", fmt::format("`{}` is no weekday", word), "`monday` to `sunday`");
    digest.weekday = weekday.value_or(digest.weekday);
  }
  return digest;
}

Recipient Reader::recipient(const Json& json, const std::string& pointer) const {
  const Members members(json, pointer, {"id", "roles", "language", "mail", "webhook", "digest"},
                        faults_);
  Recipient made;
  made.id = members.id();
  members.each("roles", rules_max, [&](const Json& role, const std::string& at) {
    made.offices.push_back(office(role, at));
  });
  const std::string language = members.text("language");
  if (!language.empty() && language != "sv" && language != "en")
    members.fault("language", fmt::format("no texts in `{}`", language), "`sv` or `en`");
  made.language = language.empty()   ? surroundings_.language
                  : language == "en" ? calendar::Language::en
                                     : calendar::Language::sv;
  made.mail = members.text("mail");
  if (!made.mail.empty() && !is_address(made.mail))
    members.fault("mail", "this is no e-mail address",
                  "`local@domain` in ASCII, such as `someone@example.org`");
  made.webhook = members.text("webhook");
  made.digest = digest(members);
  if (made.digest && made.mail.empty())
    members.fault("digest", "the digest goes by mail, and the recipient has no `mail`",
                  "give `mail`, or leave `digest` out");
  return made;
}

std::string Reader::secret(const Json& json, const std::string& pointer,
                           const std::string& id) const {
  std::string text = text_at(json, pointer, faults_);
  const Configuration* current = surroundings_.current;
  const Endpoint* before = current ? current->endpoint(id) : nullptr;
  if (before)
    for (const std::string& known : before->secrets)
      if (text == hidden(known)) return known;
  if (!text.empty() && !is_secret(text))
    add_fault(faults_, pointer, "this is no secret", "`whsec_` and the base64 of 24 to 64 bytes");
  return text;
}

Endpoint Reader::endpoint(const Json& json, const std::string& pointer) const {
  const Members members(json, pointer, {"id", "url", "secrets", "enabled"}, faults_);
  Endpoint made;
  made.id = members.id();
  made.url = members.text("url", true);
  made.enabled = members.yes_no("enabled", true);
  if (!made.url.empty()) {
    if (const auto checked = check_url(made.url, surroundings_.allow_http); !checked)
      members.fault("url", checked.error());
    else if (const auto range = range_of(made.url, surroundings_); !range.empty())
      members.fault("url",
                    fmt::format("its address is {}: webhooks go to public addresses only", range),
                    "an address that is public, or allow its range with `webhooks.ranges`");
  }
  members.each("secrets", secrets_max, [&](const Json& one, const std::string& at) {
    made.secrets.push_back(secret(one, at, made.id));
  });
  if (made.secrets.empty() && !members.find("secrets"))
    members.fault("secrets", "`secrets` is missing",
                  "at least one: `whsec_` and the base64 of 24 to 64 bytes");
  else if (const Json* list = members.find("secrets"); list && list->items.empty())
    members.fault("secrets", "a webhook without a secret cannot be told from a forged one",
                  "at least one: `whsec_` and the base64 of 24 to 64 bytes");
  return made;
}

void Reader::kinds(const Members& members, Rule& rule) const {
  members.each("kinds", 100, [&](const Json& json, const std::string& at) {
    const std::string text = text_at(json, at, faults_);
    const std::optional<Kind> kind = kind_of(text);
    if (kind && *kind != Kind::escalation && *kind != Kind::digest)
      rule.kinds.push_back(*kind);
    else if (!text.empty())
      add_fault(faults_, at, fmt::format("no kind of alert `{}`", text),
                "`warning`, `due`, `overdue`, `breach` or `settled`");
  });
  std::sort(rule.kinds.begin(), rule.kinds.end());
  rule.kinds.erase(std::unique(rule.kinds.begin(), rule.kinds.end()), rule.kinds.end());
  if (!members.find("kinds")) rule.kinds = {Kind::warning, Kind::due, Kind::overdue, Kind::breach};
}

void Reader::warn(const Members& members, Rule& rule) const {
  const Json* json = members.find("warn");
  if (!json) return;
  const Members warn(*json, members.at("warn"), {"asClause", "also"}, faults_);
  rule.warn_as_clause = warn.yes_no("asClause", true);
  warn.each("also", 100, [&](const Json& one, const std::string& at) {
    const std::string text = text_at(one, at, faults_);
    if (const auto duration = duration_of(text))
      rule.warn_also.push_back(*duration);
    else if (!text.empty())
      add_fault(faults_, at, fmt::format("`{}` is no length of time", text),
                fmt::format("such as `60 days`, `10 working days`, `2 weeks`; 1 to {} of them",
                            days_max));
  });
}

EscalationStep Reader::step(const Json& json, const std::string& pointer) const {
  const Members members(json, pointer, {"afterDays", "role"}, faults_);
  EscalationStep made;
  made.role = members.text("role", true);
  const Json* days = members.find("afterDays");
  int count = 0;
  const bool number = days && days->kind == JsonKind::number;
  if (number) std::from_chars(days->text.data(), days->text.data() + days->text.size(), count);
  if (!number || std::to_string(count) != days->text || count < 1 || count > days_max)
    members.fault("afterDays", fmt::format("expected a whole number from 1 to {}", days_max));
  made.after_days = count;
  return made;
}

Rule Reader::rule(const Json& json, const std::string& pointer) const {
  const Members members(
      json, pointer,
      {"id", "agreements", "clauses", "owners", "kinds", "warn", "at", "tell", "escalate"},
      faults_);
  Rule made;
  made.id = members.id();
  made.agreements = members.texts("agreements", recipients_max);
  made.clauses = members.texts("clauses", recipients_max);
  made.owners = members.texts("owners", recipients_max);
  kinds(members, made);
  warn(members, made);
  made.at = hour(members);
  if (const Json* tell = members.find("tell")) {
    const Members told(*tell, members.at("tell"), {"owners", "recipients"}, faults_);
    made.tell_owners = told.yes_no("owners", true);
    made.tell = told.texts("recipients", recipients_max);
  }
  members.each("escalate", escalation_steps_max, [&](const Json& one, const std::string& at) {
    made.escalation.push_back(step(one, at));
    const std::size_t n = made.escalation.size();
    if (n > 1 && made.escalation[n - 2].after_days >= made.escalation[n - 1].after_days)
      add_fault(faults_, at + "/afterDays",
                "a later step comes after more days than the one before");
  });
  if (!made.tell_owners && made.tell.empty() && made.escalation.empty())
    members.fault("tell", "the rule tells nobody", "`owners`: true, or ids in `recipients`");
  return made;
}

Configuration Reader::configuration(const Json& json) const {
  const Members members(json, "", {"zone", "link", "recipients", "endpoints", "rules", "otherwise"},
                        faults_);
  Configuration made;
  if (const std::string zone = members.text("zone"); !zone.empty()) made.zone = zone;
  if (const auto opened = record::Zone::open(made.zone); !opened)
    members.fault("zone", opened.error(), "such as `Europe/Stockholm`");
  made.link = members.text("link");
  if (!made.link.empty())
    if (const auto checked = check_url(made.link, true); !checked)
      members.fault("link", checked.error());
  while (made.link.ends_with('/'))
    made.link.pop_back();
  members.each("recipients", recipients_max, [&](const Json& one, const std::string& at) {
    made.recipients.push_back(recipient(one, at));
  });
  members.each("endpoints", endpoints_max, [&](const Json& one, const std::string& at) {
    made.endpoints.push_back(endpoint(one, at));
  });
  members.each("rules", rules_max, [&](const Json& one, const std::string& at) {
    made.rules.push_back(rule(one, at));
  });
  made.otherwise = members.texts("otherwise", recipients_max);
  return made;
}

// ---- What the parts say of each other

template <typename T>
std::set<std::string_view> ids_of(const std::vector<T>& all, std::string_view list,
                                  ConfigurationFaults& faults) {
  std::set<std::string_view> ids;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (!all[i].id.empty() && !ids.insert(all[i].id).second)
      add_fault(faults, fmt::format("/{}/{}/id", list, i),
                fmt::format("the id `{}` is given twice", all[i].id));
  return ids;
}

void check_names(const std::vector<std::string>& names, const std::set<std::string_view>& known,
                 const std::string& pointer, ConfigurationFaults& faults) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (known.count(names[i]) == 0)
      add_fault(faults, fmt::format("{}/{}", pointer, i),
                fmt::format("no recipient `{}`", names[i]), "an id of `recipients`");
}

void check_together(const Configuration& made, ConfigurationFaults& faults) {
  const auto recipients = ids_of(made.recipients, "recipients", faults);
  const auto endpoints = ids_of(made.endpoints, "endpoints", faults);
  (void)ids_of(made.rules, "rules", faults);
  for (std::size_t i = 0; i < made.recipients.size(); ++i)
    if (const std::string& id = made.recipients[i].webhook; !id.empty() && endpoints.count(id) == 0)
      add_fault(faults, fmt::format("/recipients/{}/webhook", i),
                fmt::format("no endpoint `{}`", id), "an id of `endpoints`");
  for (std::size_t i = 0; i < made.rules.size(); ++i)
    check_names(made.rules[i].tell, recipients, fmt::format("/rules/{}/tell/recipients", i),
                faults);
  check_names(made.otherwise, recipients, "/otherwise", faults);
}

}  // namespace

tl::expected<Configuration, std::vector<Fault>>
read_configuration(std::string_view json, const Surroundings& surroundings) {
  ConfigurationFaults faults;
  if (json.size() > configuration_bytes_max) {
    add_fault(faults, "",
              fmt::format("the configuration is {} bytes long; at most {} are read", json.size(),
                          configuration_bytes_max));
    return tl::unexpected(std::move(faults));
  }
  const auto parsed = record::parse_json(json);
  if (!parsed) {
    add_fault(faults, "", parsed.error());
    return tl::unexpected(std::move(faults));
  }
  Configuration made = Reader(surroundings, faults).configuration(*parsed);
  if (faults.size() < configuration_faults_max) check_together(made, faults);
  if (!faults.empty()) return tl::unexpected(std::move(faults));
  return made;
}

}  // namespace samrad::alerts
