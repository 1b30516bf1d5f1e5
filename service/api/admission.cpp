#include "service/api/admission.h"

#include <algorithm>

#include "service/api/negotiate.h"

namespace samrad::api {

namespace {

// Who brings nothing has not tried, and who is known or cannot be looked up yet has not failed.
bool failed_to_sign_in(const access::Refusal& refusal) {
  return refusal.status == 401 && refusal.fault != access::Fault::credentials_missing;
}

}  // namespace

tl::expected<access::Principal, http::Response> let_in(Service& service,
                                                       const http::Request& request, Micros now,
                                                       bool open, std::optional<Counted>& counted) {
  access::Principal principal;
  std::optional<access::Refusal> refused;
  if (!open) {
    auto known = service.rooms.gate.authenticate(request, now);
    if (known)
      principal = std::move(*known);
    else
      refused = std::move(known.error());
  }
  const bool failed = refused && failed_to_sign_in(*refused);
  access::RateLimiter& limiter = failed ? service.strangers : service.rooms.limiter;
  counted = {limiter.take(principal.id.empty() ? request.network : principal.id, now),
             &limiter.rate()};
  if (!counted->answer.allowed)
    return tl::unexpected(response_to(
        problem(fault::requests_exceeded, access::detail_of(counted->answer, *counted->rate))));
  if (refused) return tl::unexpected(response_to(*refused));
  return principal;
}

std::optional<http::Response> turned_away(Service& service, const Call& call) {
  const Route& route = *call.route;
  const auto lacks = [&] { return response_to(access::lacking(route.right)); };
  switch (route.door) {
  case Door::open: return std::nullopt;
  case Door::known:
    return call.principal.rights.has(route.right) ? std::nullopt : std::optional(lacks());
  case Door::everywhere:
    return access::may_everywhere(call.principal, route.right) ? std::nullopt
                                                               : std::optional(lacks());
  case Door::agreement: break;
  }
  const bool seen =
      call.may(access::Right::read) && service.rooms.registry.directory().find(call.agreement());
  if (!seen) return response_to(no_agreement(call.agreement()));
  return call.may(route.right) ? std::nullopt : std::optional(lacks());
}

std::optional<http::Response> choose_form(Call& call) {
  std::vector<std::string_view> offered;
  for (const Reply& reply : call.route->replies)
    for (const Media& media : reply.media)
      if (std::find(offered.begin(), offered.end(), media.type) == offered.end())
        offered.push_back(media.type);
  if (offered.empty()) return std::nullopt;
  if (const auto format = call.one("format")) {
    for (const std::string_view media : offered)
      if (format_word(media) == *format) call.media = media;
    if (!call.media.empty()) return std::nullopt;
  }
  const auto wanted = accepted(call.request.fields.find("accept").value_or(""), offered);
  if (wanted) {
    call.media = *wanted;
    return std::nullopt;
  }
  std::string list;
  for (const std::string_view media : offered)
    list += (list.empty() ? "`" : ", `") + std::string(media) + "`";
  return response_to(problem(fault::not_acceptable, "there is " + list));
}

std::optional<http::Response> wrong_form(const Call& call) {
  const auto& forms = call.route->body;
  if (forms.empty() || call.request.body.empty() || call.request.fields.find("ce-specversion"))
    return std::nullopt;
  const std::string type = media_type(call.request.fields.find("content-type").value_or(""));
  std::string list;
  for (const Media& form : forms) {
    if (form.type == type) return std::nullopt;
    list += (list.empty() ? "`" : ", `") + std::string(form.type) + "`";
  }
  return response_to(problem(fault::unknown_media_type, "it takes " + list));
}

void choose_language(Call& call, Language usual) {
  if (const auto asked = call.one("lang"))
    call.language = *asked == "en" ? Language::en : Language::sv;
  else
    call.language =
        preferred_language(call.request.fields.find("accept-language").value_or(""), usual);
}

}  // namespace samrad::api
