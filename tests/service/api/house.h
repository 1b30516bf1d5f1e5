// A whole service without sockets: a store in a folder of its own, a clock that stands still until it is set, and requests given to the
// handler as values.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "service/access/gate.h"
#include "service/access/rate.h"
#include "service/access/tokens.h"
#include "service/api/api.h"
#include "service/api/route.h"
#include "tests/service/api/contract.h"
#include "tests/service/registry/desk.h"

namespace samrad::tests {

using nlohmann::json;
using Fields = std::vector<std::pair<std::string, std::string>>;

// Keys of issuers: there are none.
class NoFetcher final : public access::Fetcher {
 public:
  tl::expected<std::string, std::string> get(const std::string&, const std::string&) override {
    return tl::unexpected(std::string("nothing is fetched here"));
  }
};

class House {
 public:
  explicit House(const std::string& now = "2018-05-31T12:00:00+02:00", api::Settings settings = {},
                 access::Rate rate = {"requests", 100'000, 100'000});
  ~House();

  // Stops everything and starts again on the same folder. Tokens stay.
  void restart();

  [[nodiscard]] http::Request request(const std::string& method, const std::string& target,
                                      std::string body = {}, Fields fields = {}) const;
  // As the administrator, unless `authorization` is among the fields; none is sent where it is empty. A test fails where the
  // answer is not as the OpenAPI document says.
  http::Response ask(const std::string& method, const std::string& target, std::string body = {},
                     Fields fields = {});
  // A GET, whose body must be JSON.
  json get(const std::string& target);
  // A POST of JSON, unless the fields say otherwise.
  http::Response post(const std::string& target, std::string body, Fields fields = {});
  // The token of somebody with these rights for these agreements, as a field.
  std::pair<std::string, std::string> token(access::Rights rights,
                                            std::vector<std::string> agreements = {"*"});

  void set(const std::string& now);  // and waits until the registry has noticed

  registry::Folder folder;
  ManualClock clock;
  api::Settings settings;
  access::Rate rate;
  access::Tokens tokens;
  std::unique_ptr<store::Store> store;
  std::unique_ptr<registry::Rulebooks> rulebooks;
  std::unique_ptr<registry::Registry> registry;
  std::unique_ptr<registry::ReadingRoom> reading_room;
  std::unique_ptr<access::RateLimiter> limiter;
  NoFetcher fetcher;
  access::Oidc oidc;
  access::Gate gate;
  std::unique_ptr<api::Api> api;
  api::Alerting alerting;
  std::function<std::vector<access::IssuerState>()> issuers;

 private:
  void open();
  void close();
  http::Response answer(const http::Request& request);
  std::string administrator_;
  std::unique_ptr<Contract> contract_;
};

// The body as JSON; a test fails where it is none.
json body_of(const http::Response& response);
std::string field(const http::Response& response, std::string_view name);

// A short agreement: `meetings` are counted, `plan` has a yearly deadline.
std::string council_rules();
std::string file_text(const std::string& path);  // from the root of the tree

// `files` of all .samrad files that the Norrmalm example uses, as the body of a new agreement.
std::string norrmalm_body();

}  // namespace samrad::tests
