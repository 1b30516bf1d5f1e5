#include "service/api/api.h"

#include <fmt/format.h>

#include "service/api/limits.h"
#include "service/api/open_api.h"
#include "service/api/resources.h"
#include "service/api/service.h"
#include "service/api/visit.h"

namespace samrad::api {

Routes all_routes() {
  Routes routes;
  add_agreements(routes);
  add_versions(routes);
  add_events(routes);
  add_acknowledgements(routes);
  add_occurrences(routes);
  add_comparisons(routes);
  add_brief(routes);
  add_calendars(routes);
  add_upcoming(routes);
  add_findings(routes);
  add_stream(routes);
  add_alerts(routes);
  add_tokens(routes);
  add_templates(routes);
  add_health(routes);
  add_metrics(routes);
  add_open_api(routes);
  add_problem_pages(routes);
  return routes;
}

Service::Service(Rooms with, Settings how, Routes rows)
    : rooms(std::move(with)),
      settings(std::move(how)),
      routes(std::move(rows)),
      router(routes),
      counts(routes),
      cache(settings.cache_bytes_max),
      repetitions(rooms.registry, rooms.clock),
      strangers({"failed sign-ins", failed_sign_ins_per_minute, failed_sign_ins_per_minute}),
      hub(std::make_shared<Hub>(hub_findings_max)),
      open_api(open_api_document(routes, settings.version)),
      probe([this] {
        const auto probed = rooms.store.probe();
        return probed ? std::string() : probed.error().message;
      }),
      pool(settings.workers, settings.waiting_max) {}

http::Response json_response(std::string body, int status) {
  http::Response response;
  response.status = status;
  response.fields.add("content-type", "application/json");
  response.body = std::move(body);
  return response;
}

tl::expected<std::shared_ptr<store::Reader>, http::Problem> reader_of(Service& service) {
  return read(service.rooms.reading_room.reader());
}

http::Problem no_agreement(std::string_view id) {
  return problem(fault::no_agreement, fmt::format("no agreement `{}`", id.substr(0, 200)));
}

tl::expected<store::Agreement, http::Problem> agreement_of(store::Reader& reader,
                                                           std::string_view id) {
  auto found = read(reader.agreement(id));
  if (!found) return tl::unexpected(found.error());
  if (!*found) return tl::unexpected(no_agreement(id));
  return std::move(**found);
}

std::string link_to(const Service& service, std::string_view path) {
  std::string base = service.settings.base_url;
  while (base.ends_with('/'))
    base.pop_back();
  return base + std::string(path);
}

std::string path_part(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~").find(c) != std::string_view::npos;
    if (plain)
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

Api::Api(Rooms rooms, Settings settings)
    : service_(std::make_unique<Service>(std::move(rooms), std::move(settings), all_routes())) {}

Api::~Api() { stop(); }

store::Result<void> Api::start() {
  const auto reader = service_->rooms.store.reader();
  if (!reader) return tl::unexpected(reader.error());
  const auto totals = (*reader)->totals();
  if (!totals) return tl::unexpected(totals.error());
  service_->hub->begin(totals->findings);
  return service_->repetitions.load(**reader);
}

void Api::stop() {
  service_->hub->stop();
  service_->pool.stop();
}

void Api::handle(http::Request request, http::Respond respond) {
  visit(*service_, std::move(request), std::move(respond));
}

bool Api::wants_body(const http::Request& request) const {
  return api::wants_body(*service_, request);
}

http::Handler Api::handler() {
  return [this](http::Request request, http::Respond respond) {
    handle(std::move(request), std::move(respond));
  };
}

void Api::tell(const std::vector<store::Finding>& findings) { service_->hub->tell(findings); }

const std::vector<Route>& Api::routes() const { return service_->routes; }

}  // namespace samrad::api
