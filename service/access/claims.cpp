#include "service/access/claims.h"

#include <algorithm>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "service/access/hash.h"
#include "service/access/jwt.h"
#include "service/record/instant.h"

namespace samrad::access {

namespace {

using record::Json;
using record::JsonKind;

constexpr Micros second_micros = 1'000'000;
constexpr std::int64_t year_10000 = 253'402'300'800;  // in seconds

tl::unexpected<Refusal> refused(Fault fault, std::string detail) {
  return tl::unexpected(refuse(fault, std::move(detail)));
}

// Microseconds; nothing where the claim is missing.
tl::expected<std::optional<Micros>, Refusal> moment(const Json& claims, std::string_view name) {
  const Json* claim = claims.find(name);
  if (!claim) return std::nullopt;
  if (claim->kind == JsonKind::number) {
    const auto seconds = record::parse_fraction(claim->text);
    if (seconds && seconds->over >= 0 && seconds->over / seconds->under < year_10000)
      return std::optional(seconds->over / seconds->under * second_micros);
  }
  return refused(
      Fault::jwt_claims,
      fmt::format("`{}` is no number of seconds since 1970 before the year 10000", name));
}

std::string time_text(Micros at) { return record::rfc3339(at / second_micros, 0); }

const Json* claim_of(const Json& claims, std::string_view path) {
  if (path.empty()) return nullptr;
  const Json* claim = claims.find(path);
  for (const Json* at = &claims; !claim && at;) {
    const std::size_t dot = path.find('.');
    at = at->kind == JsonKind::object ? at->find(path.substr(0, dot)) : nullptr;
    if (dot == std::string_view::npos) return at;
    path.remove_prefix(dot + 1);
  }
  return claim;
}

// The texts of a list, or the words of one text; nothing where it is neither.
std::optional<std::vector<std::string>> words_of(const Json& claim) {
  std::vector<std::string> words;
  if (claim.kind == JsonKind::text) {
    std::string_view rest = claim.text;
    while (!rest.empty()) {
      const std::size_t blank = std::min(rest.find(' '), rest.size());
      if (blank > 0) words.emplace_back(rest.substr(0, blank));
      rest.remove_prefix(std::min(blank + 1, rest.size()));
    }
    return words;
  }
  if (claim.kind != JsonKind::list) return std::nullopt;
  for (const Json& item : claim.items) {
    if (item.kind != JsonKind::text) return std::nullopt;
    words.push_back(item.text);
  }
  return words;
}

// Empty where there is no such claim.
tl::expected<std::vector<std::string>, Refusal> words_at(const Json& claims,
                                                         std::string_view path) {
  const Json* claim = claim_of(claims, path);
  if (!claim) return std::vector<std::string>();
  if (auto words = words_of(*claim)) return std::move(*words);
  return refused(Fault::jwt_claims,
                 fmt::format("`{}` is neither a list of texts nor a text", path));
}

tl::expected<Rights, Refusal> rights_of(const Json& claims, const Issuer& issuer) {
  Rights rights;
  const auto words = words_at(claims, issuer.rights_claim);
  if (!words) return tl::unexpected(words.error());
  // Words that are no rights are somebody else's: the claim may be a scope that several services share.
  for (const std::string& text : *words)
    if (const auto right = parse_right(text)) rights.add(*right);
  const auto groups = words_at(claims, issuer.groups_claim);
  if (!groups) return tl::unexpected(groups.error());
  for (const std::string& group : *groups)
    if (const auto found = issuer.groups.find(group); found != issuer.groups.end())
      rights.add(found->second);
  if (rights.empty())
    return refused(Fault::rights_missing,
                   fmt::format("the JWT gives no right: neither `{}`{} names one",
                               issuer.rights_claim,
                               issuer.groups_claim.empty()
                                   ? std::string(" nor a group")
                                   : fmt::format(" nor a group in `{}`", issuer.groups_claim)));
  return rights;
}

tl::expected<Agreements, Refusal> agreements_of(const Json& claims, const Issuer& issuer) {
  Agreements agreements = issuer.agreements;
  if (claim_of(claims, issuer.agreements_claim)) {
    auto patterns = words_at(claims, issuer.agreements_claim);
    if (!patterns) return tl::unexpected(std::move(patterns.error()));
    auto read = Agreements::of(std::move(*patterns));
    if (!read)
      return refused(Fault::jwt_claims,
                     fmt::format("`{}`: {}", issuer.agreements_claim, shown(read.error())));
    agreements = std::move(*read);
  }
  if (agreements.empty())
    return refused(
        Fault::rights_missing,
        fmt::format("the JWT is for no agreement: `{}` names none and none is configured "
                    "for its issuer",
                    issuer.agreements_claim));
  return agreements;
}

}  // namespace

tl::expected<Lifetime, Refusal> lifetime_of(const Json& claims, Micros now) {
  const auto expires = moment(claims, "exp");
  const auto begins = moment(claims, "nbf");
  const auto issued = moment(claims, "iat");
  for (const auto* read : {&expires, &begins, &issued})
    if (!*read) return tl::unexpected(read->error());
  if (!*expires) return refused(Fault::jwt_claims, "the JWT has no `exp`: it would never end");
  const Micros begin = std::max(begins->value_or(0), issued->value_or(0));
  if (now >= **expires + clock_leeway_micros)
    return refused(Fault::jwt_time, "the JWT expired at " + time_text(**expires));
  if (now < begin - clock_leeway_micros)
    return refused(Fault::jwt_time, "the JWT is not valid before " + time_text(begin));
  return Lifetime{begin - clock_leeway_micros, **expires + clock_leeway_micros};
}

tl::expected<void, Refusal> check_audience(const Json& claims, const Issuer& issuer) {
  const Json* claim = claims.find("aud");
  if (!claim) return refused(Fault::jwt_audience, "the JWT has no `aud`: it may be for anybody");
  const bool one = claim->kind == JsonKind::text;
  if (!one && claim->kind != JsonKind::list)
    return refused(Fault::jwt_claims, "`aud` is neither a text nor a list");
  const std::span<const Json> audiences = one ? std::span(claim, 1) : std::span(claim->items);
  for (const Json& audience : audiences)
    if (audience.kind == JsonKind::text &&
        std::find(issuer.audiences.begin(), issuer.audiences.end(), audience.text) !=
            issuer.audiences.end())
      return {};
  return refused(Fault::jwt_audience, "`aud` does not name this service");
}

tl::expected<Principal, Refusal> principal_of(const Json& claims, const Issuer& issuer) {
  const Json* subject = claims.find("sub");
  if (!subject || subject->kind != JsonKind::text || subject->text.empty() ||
      subject->text.size() > subject_bytes_max)
    return refused(Fault::jwt_claims,
                   fmt::format("`sub` is missing, or no text of 1 to {} bytes", subject_bytes_max));
  auto rights = rights_of(claims, issuer);
  if (!rights) return tl::unexpected(std::move(rights.error()));
  auto agreements = agreements_of(claims, issuer);
  if (!agreements) return tl::unexpected(std::move(agreements.error()));
  // `sub` may be a name or an address; what goes into logs and records is not.
  const Hash hash = sha256(issuer.issuer + '\n' + subject->text);
  return Principal{"oidc:" + base64url(std::span(hash).first(16)), PrincipalKind::oidc, *rights,
                   std::move(*agreements)};
}

}  // namespace samrad::access
