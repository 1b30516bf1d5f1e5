// The API under /v1: what the server does with each request.
//
//   Api api(rooms, settings);
//   registry.listen([&](const auto& findings) { api.tell(findings); });   // before registry.start()
//   registry.start(); api.start(); Server server(…, api.handler(), …); server.start(); … ; server.stop(…); api.stop(); registry.stop();
//
// A request is let in (who, how often, with what right), its query is read by the row of its route, and a handler answers: from memory on the
// session's thread, else by a worker, and what is written by the registry. All rooms must outlive it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "service/access/gate.h"
#include "service/access/rate.h"
#include "service/access/tokens.h"
#include "service/alerts/rule.h"
#include "service/clock.h"
#include "service/http/message.h"
#include "service/registry/reading_room.h"
#include "service/registry/registry.h"
#include "service/registry/rulebook.h"
#include "service/store/store.h"

namespace samrad::api {

// What the API needs of those who send alerts. Any of them may be empty.
struct Alerting {
  std::function<void(const alerts::Configuration&)>
      changed;                 // new rules are kept; on the registry's thread
  std::function<void()> wake;  // a message may be sent again
  struct Figures {
    std::uint64_t sent = 0, again = 0, failed = 0;
    std::size_t unrecorded = 0;
    std::uint64_t unheard = 0;   // duties to be told of now, with nobody to tell
    std::uint64_t troubles = 0;  // of the sender's thread, which went on
  };
  std::function<Figures()> figures;
};

struct Rooms {
  store::Store& store;
  registry::Registry& registry;
  registry::ReadingRoom& reading_room;
  registry::Rulebooks& rulebooks;
  const Clock& clock;
  const access::Gate& gate;
  access::Tokens& tokens;
  access::RateLimiter& limiter;
  Alerting alerting;
  std::function<std::vector<access::IssuerState>()> issuers =
      {};  // how it stands with their keys; empty: there are none
};

// A text that agreements can be made of, for those who look for one.
struct Template {
  std::string name;
  registry::RuleText text;
};

struct Settings {
  std::string
      base_url;  // what links begin with, such as `https://samrad.example.org`; empty: links are paths
  std::vector<std::string> cors_origins;  // whose pages may call; `*`: any; empty: none
  std::string zone = "Europe/Stockholm";  // whose day `/v1/upcoming` begins with
  calendar::Language language = calendar::Language::sv;  // of texts where nobody asks for another
  bool webhooks_http = true;  // alert rules may name addresses without TLS
  std::vector<alerts::AddressRange>
      webhooks_ranges;                          // and, written as numbers, private ones of these
  std::size_t events_per_request_max = 10'000;  // 413
  int ahead_days = 123;                         // how far ahead the registry keeps verdicts
  std::vector<Template> templates;
  std::size_t workers = 2;
  std::size_t waiting_max = 256;  // requests that wait for a worker: 503
  std::size_t cache_bytes_max = 64UL * 1024 * 1024;
  std::string version = "0";  // of the program, for the OpenAPI document
};

// The routes' rows, for the OpenAPI document and for tests.
struct Service;
struct Route;

class Api {
 public:
  Api(Rooms rooms, Settings settings);
  ~Api();  // stops
  Api(const Api&) = delete;
  Api& operator=(const Api&) = delete;

  // Reads what is kept for repeated requests and how far the findings go. Once, after the registry's start and before the first request.
  [[nodiscard]] store::Result<void> start();
  // Ends streams and workers. The registry may still answer what it was given.
  void stop();

  // Answers one request. Any thread.
  void handle(http::Request request, http::Respond respond);
  [[nodiscard]] http::Handler handler();
  // Whether the body of such a request is read: not where it will be refused for who sends it or where it goes. Any thread.
  [[nodiscard]] bool wants_body(const http::Request& request) const;

  // What the registry found: to be given to Registry::listen.
  void tell(const std::vector<store::Finding>& findings);

  [[nodiscard]] const std::vector<Route>& routes() const;

 private:
  std::unique_ptr<Service> service_;
};

}  // namespace samrad::api
