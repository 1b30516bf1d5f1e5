#include "service/api/cross_origin.h"

#include <algorithm>

namespace samrad::api {

std::string allowed_origin(const std::vector<std::string>& origins, const http::Request& request) {
  if (origins.empty()) return {};
  const auto origin = request.fields.find("origin");
  if (!origin) return {};
  const bool named = std::any_of(origins.begin(), origins.end(), [&](const std::string& one) {
    return one == "*" || one == *origin;
  });
  return named ? std::string(*origin) : std::string();
}

void allow_origin(http::Response& response, const std::string& origin) {
  response.fields.set("access-control-allow-origin", origin);
  response.fields.set("access-control-expose-headers",
                      "etag, link, location, retry-after, ratelimit-limit, ratelimit-remaining, "
                      "ratelimit-reset, request-id");
  response.fields.add("vary", "origin");
}

http::Response preflight(const http::Request& request, const std::string& allow,
                         const std::string& origin) {
  http::Response response;
  response.status = 204;
  response.fields.add("allow", allow);
  if (origin.empty() || !request.fields.find("access-control-request-method")) return response;
  response.fields.add("access-control-allow-methods", allow);
  response.fields.add("access-control-allow-headers",
                      "accept-language, authorization, content-type, idempotency-key, if-match, "
                      "if-none-match, last-event-id, prefer, "
                      "ce-specversion, ce-id, ce-source, ce-type, ce-subject, ce-time, "
                      "ce-agreement, ce-recordedtime");
  response.fields.add("access-control-max-age", "600");
  return response;
}

}  // namespace samrad::api
