// The OpenAPI document: made of the routes, whole, and its examples work.

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "service/api/problems.h"
#include "tests/service/api/house.h"

namespace samrad::tests {

namespace {

// Every `$ref` of the document, wherever it stands.
void references(const json& part, std::set<std::string>& all) {
  if (part.is_object() && part.contains("$ref") && part["$ref"].is_string())
    all.insert(part["$ref"].get<std::string>());
  if (part.is_structured())
    for (const json& child : part)
      references(child, all);
}

// What a path's names stand for in these tests.
std::string filled(std::string path) {
  const std::vector<std::pair<std::string, std::string>> values = {
      {"{agreement}", "reading-council"},
      {"{occurrence}", "meetings/2026-H1"},
      {"{name}", "wrong-body"},
      {"{version}", "1"},
      {"{sequence}", "1"}};
  for (const auto& [name, value] : values)
    if (const std::size_t at = path.find(name); at != std::string::npos)
      path.replace(at, name.size(), value);
  return path;
}

}  // namespace

TEST(OpenApi, RefersToNothingThatIsNotThere) {
  House house;
  const json document = house.get("/openapi.json");
  EXPECT_EQ(document["openapi"], "3.1.0");
  std::set<std::string> all;
  references(document, all);
  EXPECT_GT(all.size(), 30U);
  for (const std::string& reference : all) {
    ASSERT_TRUE(reference.starts_with("#/")) << reference;
    EXPECT_TRUE(document.contains(json::json_pointer(reference.substr(1)))) << reference;
  }
}

TEST(OpenApi, EveryOperationHasANameOfItsOwnAndSaysWhatCanGoWrong) {
  House house;
  std::set<std::string> names;
  const json document = house.get("/openapi.json");
  for (const auto& [path, operations] : document["paths"].items())
    for (const auto& [method, operation] : operations.items()) {
      EXPECT_TRUE(names.insert(operation["operationId"].get<std::string>()).second) << path;
      for (const char* status : {"400", "429", "500", "503"})
        EXPECT_TRUE(operation["responses"].contains(status)) << path << ' ' << status;
      const bool open = operation["security"].empty();
      EXPECT_EQ(operation["responses"].contains("401"), !open) << path;
    }
  for (const api::Route& route : house.api->routes())
    for (const std::string_view name : route.problems)
      EXPECT_NE(api::problem_named(name), nullptr) << route.operation << ' ' << name;
}

TEST(OpenApi, ItsExamplesWork) {
  House house("2026-02-01T12:00:00+01:00");
  const json document = house.get("/openapi.json");
  std::string tag = "\"1\"";
  int sent = 0;
  for (const auto& route : house.api->routes()) {
    const std::string path(route.path);
    std::string shown = path;
    if (const std::size_t dots = shown.find("...}"); dots != std::string::npos)
      shown.erase(dots, 3);
    std::string method(route.method);
    std::transform(method.begin(), method.end(), method.begin(),
                   [](char c) { return static_cast<char>(c | 0x20); });
    const json& operation = document["paths"][shown][method];
    if (!operation.contains("requestBody") || route.operation == "closeAgreement") continue;
    for (const auto& [type, media] : operation["requestBody"]["content"].items()) {
      if (!media.contains("example")) continue;
      const json& example = media["example"];
      Fields fields = {{"content-type", type}, {"if-match", tag}};
      if (route.operation == "replaceAlertRules")
        fields[1].second = field(house.ask("GET", "/v1/alerts/rules"), "etag");
      if (route.operation == "appendEvents" || route.operation == "tryEvents") fields.pop_back();
      const auto response =
          house.ask(std::string(route.method), filled(shown),
                    example.is_string() ? example.get<std::string>() : example.dump(), fields);
      EXPECT_LT(response.status, 300) << route.operation << ' ' << type << response.content();
      ++sent;
    }
  }
  EXPECT_GE(sent, 10);
}

TEST(OpenApi, EveryRouteRefusesWhatItDoesNotKnow) {
  House house("2026-02-01T12:00:00+01:00");
  ASSERT_EQ(house
                .post("/v1/agreements",
                      json{{"id", "reading-council"}, {"rules", council_rules()}}.dump())
                .status,
            201);
  for (const auto& route : house.api->routes()) {
    std::string path(route.path);
    if (const std::size_t dots = path.find("...}"); dots != std::string::npos) path.erase(dots, 3);
    for (const char* open : {"{alert}", "{token}", "{secret}", "{template}", "{calendar}"})
      if (const std::size_t at = path.find(open); at != std::string::npos)
        path.replace(at, std::string(open).size(), "1");
    Fields fields;
    if (!route.body.empty())
      fields.emplace_back("content-type", std::string(route.body.front().type));
    const auto response =
        house.ask(std::string(route.method), filled(path) + "?nonsense=1", {}, fields);
    EXPECT_EQ(response.status, 400) << route.operation << response.content();
    EXPECT_NE(response.content().find("\"parameter\":\"nonsense\""), std::string_view::npos)
        << route.operation << response.content();
    const auto nobody =
        house.ask(std::string(route.method), filled(path), {}, {{"authorization", ""}});
    EXPECT_EQ(nobody.status == 401, route.door != api::Door::open) << route.operation;
    const auto tiny = house.token({access::Right::read}, {"elsewhere"});
    const auto stranger = house.ask(std::string(route.method), filled(path), {}, {tiny});
    EXPECT_TRUE(route.door != api::Door::agreement || stranger.status == 404) << route.operation;
    EXPECT_TRUE(route.door != api::Door::everywhere || stranger.status == 403) << route.operation;
  }
}

TEST(OpenApi, SchemasAndProblemsCanBeRead) {
  House house;
  EXPECT_EQ(house.ask("GET", "/schema/audit.schema.json").content(),
            file_text("docs/schema/audit.schema.json"));
  EXPECT_EQ(house.ask("GET", "/schema/none").status, 404);
  const json all = house.get("/problems");
  std::set<std::string> names;
  for (const json& one : all["problems"]) {
    const std::string type = one["type"];
    EXPECT_TRUE(names.insert(type).second) << type;
    const auto page = house.ask("GET", type, {}, {{"accept", "text/html"}});
    EXPECT_EQ(page.status, 200) << type;
    EXPECT_NE(page.content().find("<h1>"), std::string_view::npos);
  }
}

}  // namespace samrad::tests
