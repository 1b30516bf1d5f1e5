#include "tests/service/api/house.h"

#include <fstream>
#include <future>
#include <sstream>
#include <stdexcept>

#include <gtest/gtest.h>

#include "service/api/kept.h"
#include "service/http/target.h"
#include "service/store/sqlite.h"

namespace samrad::tests {

House::House(const std::string& now, api::Settings how, access::Rate often)
    : clock(registry::at(now)),
      settings(std::move(how)),
      rate(std::move(often)),
      oidc({}, fetcher, [](const std::string&) {}),
      gate(tokens, oidc) {
  const auto first = access::first_token(clock.now());
  tokens.put(first.record);
  administrator_ = first.secret;
  open();
}

House::~House() { close(); }

void House::open() {
  auto opened = store::open_sqlite(folder.file("samrad.db"));
  if (!opened) throw std::runtime_error(opened.error().message);
  store = std::move(*opened);
  rulebooks = std::make_unique<registry::Rulebooks>();
  registry = std::make_unique<registry::Registry>(*store, clock, *rulebooks, registry::Options{});
  reading_room = std::make_unique<registry::ReadingRoom>(*store, registry->directory(), *rulebooks);
  limiter = std::make_unique<access::RateLimiter>(rate);
  api = std::make_unique<api::Api>(api::Rooms{*store, *registry, *reading_room, *rulebooks, clock,
                                              gate, tokens, *limiter, alerting, issuers},
                                   settings);
  registry->listen([this](const auto& findings) { api->tell(findings); });
  if (auto started = registry->start(); !started) throw std::runtime_error(started.error().message);
  if (auto started = api->start(); !started) throw std::runtime_error(started.error().message);
}

void House::close() {
  api->stop();
  registry->stop();
  api.reset();
  limiter.reset();
  reading_room.reset();
  registry.reset();
  rulebooks.reset();
  store.reset();
}

void House::restart() {
  close();
  open();
}

http::Request House::request(const std::string& method, const std::string& target, std::string body,
                             Fields fields) const {
  http::Request request;
  request.method = method;
  request.target = target;
  const std::size_t mark = target.find('?');
  request.path = target.substr(0, mark);
  if (mark != std::string::npos)
    request.query = http::query_of(std::string_view(target).substr(mark + 1));
  request.body = std::move(body);
  request.peer = request.network = "127.0.0.1";
  bool authorized = false;
  for (auto& [name, value] : fields) {
    authorized = authorized || name == "authorization";
    if (name != "authorization" || !value.empty()) request.fields.add(name, value);
  }
  if (!authorized) request.fields.add("authorization", "Bearer " + administrator_);
  return request;
}

http::Response House::ask(const std::string& method, const std::string& target, std::string body,
                          Fields fields) {
  const http::Request request = this->request(method, target, std::move(body), std::move(fields));
  http::Response response = answer(request);
  if (!contract_) {
    http::Request document;
    document.method = "GET";
    document.target = document.path = "/openapi.json";
    contract_ = std::make_unique<Contract>(json::parse(answer(document).content()));
  }
  for (const std::string& fault : contract_->faults(request, response))
    ADD_FAILURE() << method << ' ' << target << ": " << fault;
  return response;
}

http::Response House::answer(const http::Request& request) {
  std::promise<http::Response> promise;
  auto future = promise.get_future();
  api->handle(request, [&](http::Response response) { promise.set_value(std::move(response)); });
  return future.get();
}

json House::get(const std::string& target) {
  const http::Response response = ask("GET", target);
  EXPECT_EQ(response.status, 200) << target << ": " << response.content();
  return body_of(response);
}

http::Response House::post(const std::string& target, std::string body, Fields fields) {
  bool typed = false;
  for (const auto& [name, value] : fields)
    typed = typed || name == "content-type";
  if (!typed) fields.emplace_back("content-type", "application/json");
  return ask("POST", target, std::move(body), std::move(fields));
}

std::pair<std::string, std::string> House::token(access::Rights rights,
                                                 std::vector<std::string> agreements) {
  const auto made =
      access::make_token({.label = "test",
                          .rights = rights,
                          .agreements = access::Agreements::of(std::move(agreements)).value(),
                          .created_by = "test"},
                         clock.now());
  tokens.put(made.record);
  return {"authorization", "Bearer " + made.secret};
}

void House::set(const std::string& now) {
  clock.set(registry::at(now));
  registry->look_again();
  registry->settle();
}

json body_of(const http::Response& response) {
  const json parsed = json::parse(response.content(), nullptr, false);
  EXPECT_FALSE(parsed.is_discarded()) << response.content();
  return parsed;
}

std::string field(const http::Response& response, std::string_view name) {
  return std::string(response.fields.find(name).value_or(""));
}

std::string file_text(const std::string& path) {
  std::ifstream file(std::string(SAMRAD_SOURCE_DIR) + "/" + path);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string council_rules() {
  return "agreement council \"The reading council\"\n"
         "  term 2026-01-01 to 2027-12-31\n"
         "  due days stay\n"
         "\n"
         "party library \"The library\"\n"
         "party school \"The school\"\n"
         "role librarian of library \"The librarian\"\n"
         "role head of school \"The head teacher\"\n"
         "forum council \"The council\"\n"
         "document plan \"The plan\"\n"
         "event meeting of forum \"Meeting\"\n"
         "  chair role optional\n"
         "event decision of document \"Decision\"\n"
         "  by forum\n"
         "\n"
         "clause meetings \"The council meets twice every half-year\"\n"
         "  source \"§3\"\n"
         "  owner librarian\n"
         "  meeting of council must happen at least 2 times every half-year\n"
         "  warn 30 days before\n"
         "\n"
         "clause plan \"The council decides the plan before the school year\"\n"
         "  source \"§4\"\n"
         "  owner head\n"
         "  decision of plan by council must happen by 31 August every year\n";
}

std::string norrmalm_body() {
  json files = json::array();
  const auto add = [&](const std::string& name) {
    files.push_back({{"name", name}, {"text", file_text("examples/norrmalm/" + name)}});
  };
  add("norrmalm.samrad");
  std::istringstream text(file_text("examples/norrmalm/norrmalm.samrad"));
  for (std::string line; std::getline(text, line);)
    if (line.starts_with("use \"")) add(line.substr(5, line.rfind('"') - 5));
  return json{{"files", files}}.dump();
}

}  // namespace samrad::tests
