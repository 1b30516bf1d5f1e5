// The configuration as JSON, members in the order in which docs and people read them.

#include <nlohmann/json.hpp>

#include "service/alerts/rule.h"
#include "service/alerts/rule_words.h"

namespace samrad::alerts {

namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Office& office) {
  if (office.agreement.empty()) return office.role;
  return {{"agreement", office.agreement}, {"role", office.role}};
}

Json json_of(const EscalationStep& step) {
  return {{"afterDays", step.after_days}, {"role", step.role}};
}

Json json_of(const Recipient& recipient);
Json json_of(const Rule& rule);

template <typename T>
Json list_of(const std::vector<T>& all) {
  Json list = Json::array();
  for (const T& one : all)
    list.push_back(json_of(one));
  return list;
}

Json json_of(const Recipient& recipient) {
  Json json = {{"id", recipient.id},
               {"roles", list_of(recipient.offices)},
               {"language", recipient.language == calendar::Language::sv ? "sv" : "en"}};
  if (!recipient.mail.empty()) json["mail"] = recipient.mail;
  if (!recipient.webhook.empty()) json["webhook"] = recipient.webhook;
  if (recipient.digest)
    json["digest"] = {{"weekday", weekday_word(recipient.digest->weekday)},
                      {"at", hour_word(recipient.digest->at)}};
  return json;
}

Json json_of(const Rule& rule) {
  Json kinds = Json::array();
  for (Kind kind : rule.kinds)
    kinds.push_back(word(kind));
  Json also = Json::array();
  for (calendar::Duration ahead : rule.warn_also)
    also.push_back(duration_word(ahead));
  return {{"id", rule.id},
          {"agreements", rule.agreements},
          {"clauses", rule.clauses},
          {"owners", rule.owners},
          {"kinds", std::move(kinds)},
          {"warn", {{"asClause", rule.warn_as_clause}, {"also", std::move(also)}}},
          {"at", hour_word(rule.at)},
          {"tell", {{"owners", rule.tell_owners}, {"recipients", rule.tell}}},
          {"escalate", list_of(rule.escalation)}};
}

Json json_of(const Endpoint& endpoint, Secrets secrets) {
  Json shown = Json::array();
  for (const std::string& secret : endpoint.secrets)
    shown.push_back(secrets == Secrets::written ? secret : hidden(secret));
  return {{"id", endpoint.id},
          {"url", endpoint.url},
          {"secrets", std::move(shown)},
          {"enabled", endpoint.enabled}};
}

}  // namespace

std::string configuration_json(const Configuration& configuration, Secrets secrets) {
  Json endpoints = Json::array();
  for (const Endpoint& endpoint : configuration.endpoints)
    endpoints.push_back(json_of(endpoint, secrets));
  const Json all = {{"zone", configuration.zone},
                    {"link", configuration.link},
                    {"recipients", list_of(configuration.recipients)},
                    {"endpoints", std::move(endpoints)},
                    {"rules", list_of(configuration.rules)},
                    {"otherwise", configuration.otherwise}};
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace samrad::alerts
