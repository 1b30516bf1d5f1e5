// Aim: what the house gives out, and the events of its examples, are as docs/schema says; and the schemas refuse what is not.

#include <gmock/gmock.h>

#include <sstream>

#include "tests/service/golden.h"
#include "tests/service/schema.h"

namespace samrad::tests {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::IsEmpty;

json golden(const char* name) {
  return json::parse(read_file(std::string(SAMRAD_SOURCE_DIR) + "/tests/service/golden/" + name));
}

std::vector<json> golden_lines(const char* name) {
  std::istringstream text(
      read_file(std::string(SAMRAD_SOURCE_DIR) + "/tests/service/golden/" + name));
  std::vector<json> values;
  for (std::string line; std::getline(text, line);)
    values.push_back(json::parse(line));
  return values;
}

TEST(Schema, outputs_are_as_it_says) {
  EXPECT_THAT(faults_by_schema("audit.schema.json", golden("audit.json")), IsEmpty());
  EXPECT_THAT(faults_by_schema("occurrence.schema.json", golden("explain.json")), IsEmpty());
  EXPECT_THAT(faults_by_schema("difference.schema.json", golden("difference.json")), IsEmpty());
  for (const json& line : golden_lines("audit.ndjson"))
    EXPECT_THAT(faults_by_schema("occurrence.schema.json", line), IsEmpty());
}

TEST(Schema, events_are_as_it_says) {
  for (const json& event : golden_lines("events.ndjson"))
    EXPECT_THAT(faults_by_schema("event.schema.json", event), IsEmpty());
}

TEST(Schema, what_is_wrong_is_found) {
  EXPECT_THAT(
      faults_by_schema("event.schema.json",
                       json::parse(R"({"specversion":"1.0","id":"","source":"s","type":"t"})")),
      ElementsAre("/id: is too short", ": lacks \"time\""));
  json audit = golden("audit.json");
  audit["occurrences"][0]["status"] = "late";
  audit["occurrences"][0]["extra"] = 1;
  audit["summary"]["met"] = "14";
  EXPECT_THAT(faults_by_schema("audit.schema.json", audit), testing::SizeIs(3));
}

}  // namespace
}  // namespace samrad::tests
