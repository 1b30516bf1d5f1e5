#include "service/access/gate.h"

#include <algorithm>
#include <array>
#include <utility>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>

namespace samrad::access {

namespace {

tl::unexpected<Refusal> refused(Fault fault, std::string detail) {
  return tl::unexpected(refuse(fault, std::move(detail)));
}

bool is_bearer(std::string_view scheme) {
  return scheme.size() == 6 && std::equal(scheme.begin(), scheme.end(), "bearer",
                                          [](char a, char b) { return a == b || a + 32 == b; });
}

// What stands after `Bearer`; a view into the request.
tl::expected<std::string_view, Refusal> credentials_of(const http::Request& request) {
  const std::string* field = nullptr;
  for (const auto& [name, value] : request.fields.list()) {
    if (name != "authorization") continue;
    if (field) return refused(Fault::credentials_malformed, "there are two `authorization` fields");
    field = &value;
  }
  if (!field)
    return refused(Fault::credentials_missing, "send `authorization: Bearer` and a token");
  const std::string_view text = *field;
  const std::size_t blank = std::min(text.find(' '), text.size());
  const std::size_t begin = std::min(text.find_first_not_of(' ', blank), text.size());
  const std::string_view token = text.substr(begin);
  if (!is_bearer(text.substr(0, blank)))
    return refused(Fault::credentials_malformed, "only `Bearer` credentials are taken");
  if (token.empty() || token.find_first_of(" \t,") != std::string_view::npos)
    return refused(Fault::credentials_malformed, "`Bearer` is followed by one token");
  return token;
}

tl::unexpected<Refusal> refused(Tokens::Why why) {
  switch (why) {
  case Tokens::Why::revoked: return refused(Fault::token_revoked, "the token was withdrawn");
  case Tokens::Why::expired: return refused(Fault::token_expired, "the token's time is over");
  case Tokens::Why::unknown: break;
  }
  return refused(Fault::token_unknown, "the token is none of this service");
}

}  // namespace

tl::expected<Principal, Refusal> Gate::authenticate(const http::Request& request,
                                                    Micros now) const {
  const auto credentials = credentials_of(request);
  if (!credentials) return tl::unexpected(credentials.error());
  switch (form_of(*credentials)) {
  case TokenForm::whole: {
    auto principal = tokens_.find(*credentials, now);
    if (!principal) return refused(principal.error());
    return std::move(*principal);
  }
  case TokenForm::mistyped:
    return refused(Fault::token_mistyped, "the token was cut or changed: its check is wrong");
  case TokenForm::other: break;
  }
  if (credentials->find('.') == std::string_view::npos)
    return refused(Fault::credentials_malformed,
                   fmt::format("the token is neither one of this service (`{}...`) nor a JWT",
                               token_beginning));
  if (oidc_.empty())
    return refused(Fault::jwt_issuer, "this service takes its own tokens only: no issuer of JWTs "
                                      "is configured");
  return oidc_.check(*credentials, now);
}

Refusal lacking(Right right) {
  Refusal refusal = refuse(Fault::rights_missing,
                           fmt::format("this takes the right `{}`, which the token does not have "
                                       "here",
                                       word(right)));
  refusal.www_authenticate += fmt::format(R"(, scope="{}")", word(right));
  return refusal;
}

bool is_loopback(std::string_view address) {
  if (address == "localhost") return true;
  const std::string text(address);
  in_addr v4{};
  if (inet_pton(AF_INET, text.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
  in6_addr v6{};
  if (inet_pton(AF_INET6, text.c_str(), &v6) != 1) return false;
  constexpr std::array<std::uint8_t, 12> mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  const bool is_mapped = std::equal(mapped.begin(), mapped.end(), v6.s6_addr);
  return IN6_IS_ADDR_LOOPBACK(&v6) || (is_mapped && v6.s6_addr[12] == 127);
}

tl::expected<Start, std::string> admitted(const Exposure& exposure) {
  const bool anybody = exposure.administered || exposure.any_issuer;
  if (is_loopback(exposure.address))
    return anybody ? Start::as_configured : Start::with_first_token;
  std::string needed;
  if (!exposure.tls) needed = "set `tls.certificate` and `tls.key`";
  if (!anybody)
    needed += std::string(needed.empty() ? "" : ", and ") +
              "make a token for an administrator (`samrad token --data DIR`), or configure an "
              "issuer (`[[oidc]]`)";
  if (needed.empty()) return Start::as_configured;
  return tl::unexpected(fmt::format(
      "`{}` can be reached from other machines, and the service would be open to them: {}; or "
      "listen on 127.0.0.1",
      exposure.address, needed));
}

NewToken first_token(Micros now) {
  TokenRequest request;
  request.label = "first administrator";
  request.rights = {Right::administer};
  request.agreements = Agreements::all();
  request.kind = PrincipalKind::first_run;
  return make_token(request, now);
}

}  // namespace samrad::access
