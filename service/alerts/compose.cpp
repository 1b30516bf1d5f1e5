#include "service/alerts/compose.h"

#include <nlohmann/json.hpp>

#include "service/alerts/hours.h"
#include "service/alerts/phrases.h"
#include "service/alerts/webhook.h"
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

Row mail_row(const Message& message, const Page& page, Micros now) {
  return {.key = message.key,
          .way = Way::mail,
          .to = message.to,
          .body = letter_json(page),
          .created = now};
}

}  // namespace

std::string letter_json(const Page& page) {
  Json blocks = Json::array();
  for (const Block& block : page.blocks) {
    Json one = {{"form", word(block.form)}, {"text", block.text}};
    for (const auto& [label, value] : block.pairs)
      one["pairs"].push_back({label, value});
    blocks.push_back(std::move(one));
  }
  return bytes({{"language", page.language == calendar::Language::sv ? "sv" : "en"},
                {"subject", page.title},
                {"blocks", std::move(blocks)}});
}

tl::expected<Page, std::string> page_of(std::string_view json) {
  const Json letter = Json::parse(json, nullptr, false);
  const auto text = [](const Json& object, const char* name) {
    const auto it = object.find(name);
    return it != object.end() && it->is_string() ? std::optional(it->get<std::string>())
                                                 : std::nullopt;
  };
  const auto unread = tl::unexpected(std::string("the letter cannot be read"));
  if (!letter.is_object()) return unread;
  const auto language = text(letter, "language");
  const auto subject = text(letter, "subject");
  const auto blocks = letter.find("blocks");
  if (!language || !subject || blocks == letter.end() || !blocks->is_array()) return unread;
  Page page{*language == "en" ? calendar::Language::en : calendar::Language::sv, *subject, {}};
  for (const Json& one : *blocks) {
    const auto form = one.is_object() ? form_of(text(one, "form").value_or("")) : std::nullopt;
    const auto content = form ? text(one, "text") : std::nullopt;
    if (!content) return unread;
    Block block{*form, *content, {}};
    for (const Json& pair : one.value("pairs", Json::array())) {
      if (!pair.is_array() || pair.size() != 2 || !pair[0].is_string() || !pair[1].is_string())
        return unread;
      block.pairs.emplace_back(pair[0], pair[1]);
    }
    page.blocks.push_back(std::move(block));
  }
  return page;
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
    return mail_row(message, alert_page(message, agreement, links), now);
  return {.key = message.key,
          .way = Way::webhook,
          .to = message.to,
          .body = cloud_event(message, agreement, links, now),
          .created = now};
}

Row digest_row(const Message& message, std::span<const DigestPart> parts, std::string_view base,
               Micros now) {
  return mail_row(message, digest_page(message, parts, base), now);
}

}  // namespace samrad::alerts
