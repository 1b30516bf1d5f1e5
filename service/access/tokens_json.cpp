// A token's record as JSON and back. What is read was written here: anything else is a fault of the store, and said so.

#include <charconv>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "service/access/tokens.h"
#include "service/record/instant.h"
#include "service/record/json.h"

namespace samrad::access {

namespace {

using record::Json;
using record::JsonKind;

constexpr Micros second_micros = 1'000'000;

std::string time_text(Micros at) {
  const Micros over = (at % second_micros + second_micros) % second_micros;
  std::string text = record::rfc3339((at - over) / second_micros, 0);
  if (over != 0) text.insert(text.size() - 1, fmt::format(".{:06}", over));
  return text;
}

std::optional<Micros> parse_time(const std::string& text) {
  const auto instant = record::parse_rfc3339(text);
  if (!instant) return std::nullopt;
  return instant->seconds * second_micros + instant->nanos / 1000;
}

std::string day_text(std::int64_t day) { return record::rfc3339(day * 86'400, 0).substr(0, 10); }

std::optional<std::int64_t> parse_day(const std::string& text) {
  const auto instant = record::parse_rfc3339(text + "T00:00:00Z");
  if (!instant) return std::nullopt;
  return instant->seconds / 86'400;
}

nlohmann::ordered_json json_of(const TokenRecord& token) {
  nlohmann::ordered_json json;
  json["id"] = token.id;
  json["label"] = token.label;
  json["kind"] = word(token.kind);
  json["rights"] = token.rights.words();
  json["agreements"] = token.agreements.patterns();
  json["created"] = time_text(token.created);
  if (!token.created_by.empty()) json["created_by"] = token.created_by;
  if (token.expires) json["expires"] = time_text(*token.expires);
  if (token.revoked) json["revoked"] = time_text(*token.revoked);
  if (token.last_used_day) json["last_used"] = day_text(*token.last_used_day);
  return json;
}

std::string text_of(const nlohmann::ordered_json& json) {
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

// Takes member after member out of the object; the first that is not as it must be makes the whole one wrong.
class Reader {
 public:
  explicit Reader(const Json& object) : object_(object) {}

  std::string text(std::string_view name, bool needed = true) {
    const Json* member = object_.find(name);
    if (!member && !needed) return {};
    if (member && member->kind == JsonKind::text && !(needed && member->text.empty()))
      return member->text;
    wrong(name);
    return {};
  }
  std::vector<std::string> texts(std::string_view name) {
    const Json* member = object_.find(name);
    if (!member || member->kind != JsonKind::list) return wrong(name), std::vector<std::string>();
    std::vector<std::string> texts;
    for (const Json& item : member->items) {
      if (item.kind != JsonKind::text) wrong(name);
      texts.push_back(item.text);
    }
    return texts;
  }
  // As `parse` reads the member's text.
  template <class Parse>
  auto parsed(std::string_view name, bool needed, Parse parse) -> decltype(parse(std::string())) {
    const std::string content = text(name, needed);
    if (content.empty()) return std::nullopt;
    auto value = parse(content);
    if (!value) wrong(name);
    return value;
  }
  void wrong(std::string_view name) {
    if (fault_.empty()) fault_ = fmt::format("the record of a token has no usable `{}`", name);
  }
  [[nodiscard]] const std::string& fault() const { return fault_; }

 private:
  const Json& object_;
  std::string fault_;
};

std::optional<PrincipalKind> parse_kind(const std::string& text) {
  for (const PrincipalKind kind : {PrincipalKind::token, PrincipalKind::first_run})
    if (word(kind) == text) return kind;
  return std::nullopt;
}

}  // namespace

std::string shown_json(const TokenRecord& record) { return text_of(json_of(record)); }

std::string stored_json(const TokenRecord& record) {
  nlohmann::ordered_json json = json_of(record);
  json["hash"] = hex(record.hash);
  return text_of(json);
}

tl::expected<TokenRecord, std::string> parse_stored(std::string_view text) {
  const auto json = record::parse_json(text);
  if (!json) return tl::unexpected("the record of a token is no JSON: " + json.error());
  if (json->kind != JsonKind::object)
    return tl::unexpected(std::string("the record of a token is no object"));
  Reader reader(*json);
  TokenRecord token;
  token.id = reader.text("id");
  token.label = reader.text("label");
  token.kind = reader.parsed("kind", true, parse_kind).value_or(PrincipalKind::token);
  token.hash = reader.parsed("hash", true, parse_hex).value_or(Hash{});
  for (const std::string& name : reader.texts("rights")) {
    if (const auto right = parse_right(name))
      token.rights.add(*right);
    else
      reader.wrong("rights");
  }
  if (auto agreements = Agreements::of(reader.texts("agreements")))
    token.agreements = std::move(*agreements);
  else
    reader.wrong("agreements");
  token.created = reader.parsed("created", true, parse_time).value_or(0);
  token.created_by = reader.text("created_by", false);
  token.expires = reader.parsed("expires", false, parse_time);
  token.revoked = reader.parsed("revoked", false, parse_time);
  token.last_used_day = reader.parsed("last_used", false, parse_day);
  if (!reader.fault().empty()) return tl::unexpected(reader.fault());
  return token;
}

}  // namespace samrad::access
