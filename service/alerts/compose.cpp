#include "service/alerts/compose.h"

#include <nlohmann/json.hpp>

#include "service/alerts/hours.h"
#include "service/alerts/phrases.h"
#include "service/alerts/webhook.h"
#include "service/record/json.h"
#include "service/reports/audit.h"

namespace samrad::alerts {

namespace {

using Json = nlohmann::ordered_json;

std::string bytes(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string instant(Micros moment) { return record::rfc3339(seconds_of(moment), 0); }

Json json_of(const Wording& wording) { return {{"sv", wording.sv}, {"en", wording.en}}; }

Json json_of(const Duty& duty) {
  Json owners = Json::array();
  for (const Role& owner : duty.owners)
    owners.push_back({{"name", owner.name}, {"label", owner.label}});
  Json json = {{"occurrence", duty.occurrence},
               {"clause", duty.clause},
               {"title", duty.title},
               {"source", duty.source},
               {"owners", std::move(owners)},
               {"status", reports::code(duty.status)},
               {"opens", calendar::iso(duty.opens)},
               {"due", calendar::iso(duty.due)},
               {"progress", {{"have", duty.have}, {"need", duty.need}}},
               {"demand", json_of(duty.demand)}};
  if (duty.due_at) json["dueAt"] = instant(*duty.due_at);
  if (!duty.consequence.sv.empty() || !duty.consequence.en.empty())
    json["consequence"] = json_of(duty.consequence);
  if (!duty.verdict.sv.empty() || !duty.verdict.en.empty())
    json["explanation"] = json_of(duty.verdict);
  if (duty.overdue_since) json["overdueSince"] = calendar::iso(*duty.overdue_since);
  if (duty.acknowledged)
    json["acknowledged"] = {{"by", duty.acknowledged->by}, {"at", instant(duty.acknowledged->at)}};
  return json;
}

Row mail_row(const Message& message, const Text& text, Micros now) {
  return {.key = message.key,
          .way = Way::mail,
          .to = message.to,
          .body = letter_json(text, message.recipient->language),
          .created = now};
}

}  // namespace

std::string letter_json(const Text& text, calendar::Language language) {
  return bytes({{"language", language == calendar::Language::sv ? "sv" : "en"},
                {"subject", text.subject},
                {"text", text.plain},
                {"html", text.html}});
}

tl::expected<Letter, std::string> letter_of(std::string_view json) {
  const auto parsed = record::parse_json(json);
  if (!parsed) return tl::unexpected("the letter cannot be read: " + parsed.error());
  const auto text = [&](std::string_view name) -> const std::string* {
    const record::Json* found =
        parsed->kind == record::JsonKind::object ? parsed->find(name) : nullptr;
    return found && found->kind == record::JsonKind::text ? &found->text : nullptr;
  };
  const std::string* language = text("language");
  const std::string* subject = text("subject");
  const std::string* plain = text("text");
  const std::string* html = text("html");
  if (!language || !subject || !plain || !html)
    return tl::unexpected(std::string(
        "the letter cannot be read: `language`, `subject`, `text` or `html` is missing"));
  return Letter{*language == "en" ? calendar::Language::en : calendar::Language::sv,
                {*subject, *plain, *html}};
}

std::string cloud_event(const Message& message, const Agreement& agreement, const Links& links,
                        Micros now) {
  Json event = {{"specversion", "1.0"},
                {"id", webhook_id(message.key)},
                {"source", "urn:samrad:agreement:" + segment(agreement.id)},
                {"type", "se.samrad.duty." + std::string(word(message.kind))},
                {"subject", message.duty->occurrence},
                {"time", instant(now)},
                {"datacontenttype", "application/json"}};
  Json content = {{"agreement", {{"id", agreement.id}, {"title", agreement.title}}},
                  {"kind", word(message.kind)},
                  {"recipient", message.recipient->id},
                  {"duty", json_of(*message.duty)}};
  if (!links.duty.empty())
    content["links"] = {
        {"duty", links.duty}, {"sheet", links.sheet}, {"acknowledge", links.acknowledge}};
  event["data"] = std::move(content);
  return bytes(event);
}

Row row_of(const Message& message, const Agreement& agreement, std::string_view base, Micros now) {
  const Links links = links_of(base, agreement.id, message.duty->occurrence);
  if (message.way == Way::mail)
    return mail_row(message, alert_text(message, agreement, links), now);
  return {.key = message.key,
          .way = Way::webhook,
          .to = message.to,
          .body = cloud_event(message, agreement, links, now),
          .created = now};
}

Row digest_row(const Message& message, std::span<const DigestPart> parts, std::string_view base,
               Micros now) {
  return mail_row(message, digest_text(message, parts, base), now);
}

}  // namespace samrad::alerts
