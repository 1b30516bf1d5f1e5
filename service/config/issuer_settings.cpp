// What can be set of an issuer: one `[[oidc]]` of the file each.

#include <fmt/format.h>

#include "rules/diagnostics/near.h"
#include "service/config/forms.h"
#include "service/config/settings.h"

namespace samrad::config {

namespace {

using access::Issuer;
using Row = Setting<Issuer>;

template <auto wrong, auto member>
Row text(std::string_view name, std::string_view values, std::string_view words) {
  const auto set = [](Issuer& issuer, const Value& value) {
    const auto& given = std::get<std::string>(value);
    std::string fault = given.empty() ? "" : wrong(given);
    if (fault.empty()) issuer.*member = given;
    return fault;
  };
  return {name,
          Type::text,
          values,
          0,
          0,
          set,
          [](const Issuer& issuer) { return Value(issuer.*member); },
          words,
          From::file_only};
}

std::string set_audiences(Issuer& issuer, const Value& value) {
  for (const std::string& audience : std::get<Texts>(value))
    if (audience.empty()) return "an empty text is no audience";
  issuer.audiences = std::get<Texts>(value);
  return {};
}

std::string set_agreements(Issuer& issuer, const Value& value) {
  auto agreements = access::Agreements::of(std::get<Texts>(value));
  if (!agreements) return agreements.error();
  issuer.agreements = std::move(*agreements);
  return {};
}

std::string set_groups(Issuer& issuer, const Value& value) {
  issuer.groups.clear();
  for (const auto& [group, texts] : std::get<Table>(value)) {
    access::Rights rights;
    for (const std::string& text : texts) {
      const auto right = access::parse_right(text);
      if (!right) {
        Texts known;
        for (const access::Right each : access::all_rights)
          known.emplace_back(access::word(each));
        const std::string near = rules::did_you_mean(text, known);
        return fmt::format("no right `{}`; {}", text,
                           near.empty() ? fmt::format("there are {}", fmt::join(known, ", "))
                                        : near);
      }
      rights.add(*right);
    }
    issuer.groups[group] = rights;
  }
  return {};
}

Value get_groups(const Issuer& issuer) {
  Table table;
  for (const auto& [group, rights] : issuer.groups)
    for (const std::string_view word : rights.words())
      table[group].emplace_back(word);
  return table;
}

}  // namespace

std::span<const Row> issuer_settings() {
  static const Row rows[] = {
      text<wrong_with_https_url, &Issuer::issuer>(
          "issuer", "an https address", "The issuer, exactly as its tokens have it in `iss`."),
      {"audiences", Type::texts, "texts", 0, 0, set_audiences,
       [](const Issuer& issuer) { return Value(issuer.audiences); },
       "Who this service is to the issuer: one of them must be in `aud`.", From::file_only},
      text<wrong_with_https_url, &Issuer::jwks_url>(
          "jwks_url", "an https address",
          "Where its keys are; empty: the issuer is asked at `/.well-known/openid-configuration`."),
      text<wrong_with_path, &Issuer::ca_file>(
          "ca_file", "a PEM file", "Authorities to trust for both; empty: those of the system."),
      text<wrong_with_any, &Issuer::rights_claim>(
          "rights_claim", "a claim",
          "The claim with rights: a list, or a text with blanks between; `a.b` is `b` within `a`."),
      text<wrong_with_any, &Issuer::agreements_claim>(
          "agreements_claim", "a claim", "The claim with ids of agreements, `beginning*` or `*`."),
      {"agreements", Type::texts, "ids, `beginning*` or `*`", 0, 0, set_agreements,
       [](const Issuer& issuer) { return Value(issuer.agreements.patterns()); },
       "The agreements where a token has no such claim; none: it is refused.", From::file_only},
      text<wrong_with_any, &Issuer::groups_claim>("groups_claim", "a claim",
                                                  "The claim with groups; empty: none."),
      {"groups", Type::table, "groups with lists of rights", 0, 0, set_groups, get_groups,
       "What each group may: `read`, `record`, `decide`, `audit`, `administer`.", From::file_only},
  };
  return rows;
}

}  // namespace samrad::config
