// Aim: what the commands print as JSON is as docs/schema says, for the sample and for the great example.

#include "tests/service/schema.h"

#include <array>
#include <cstdio>
#include <string>
#include <utility>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace samrad::tests {
namespace {

using testing::IsEmpty;

nlohmann::json printed(const std::string& arguments) {
  const std::string command =
      std::string("cd '") + SAMRAD_SOURCE_DIR + "' && '" + SAMRAD_BINARY + "' " + arguments;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return nullptr;
  std::string text;
  std::array<char, 4096> buffer{};
  for (std::size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    text.append(buffer.data(), n);
  pclose(pipe);
  return nlohmann::json::parse(text, nullptr, false);
}

TEST(Schemas, hold_what_the_commands_print) {
  const std::string diary = "tests/tools/material/diary.samrad tests/tools/material/history.ndjson";
  const std::string norrmalm = "examples/norrmalm examples/norrmalm/history.ndjson";
  const std::array<std::pair<const char*, std::string>, 16> table = {{
      {"audit.schema.json", "audit " + diary + " --as-of 2017-09-15 --format json"},
      {"audit.schema.json", "audit " + norrmalm + " --as-of 2018-05-31 --format json"},
      {"brief.schema.json",
       "brief " + diary + " --meeting chefsamrad --on 2017-09-20 --format json"},
      {"brief.schema.json",
       "brief " + norrmalm + " --meeting chefsamrad --on 2017-09-12 --format json"},
      {"upcoming.schema.json",
       "upcoming " + diary + " --as-of 2017-09-15 --within 1y --format json"},
      {"upcoming.schema.json",
       "upcoming " + norrmalm + " --as-of 2017-09-15 --within 1y --format json"},
      {"difference.schema.json",
       "diff " + diary + " --as-of 2017-01-10 --known-at 2017-01-10 --format json"},
      {"occurrence.schema.json",
       "explain " + diary + " moten/2017-H1 --as-of 2017-09-15 --format json"},
      {"coverage.schema.json", "coverage tests/tools/material/catalogue/pact.samrad --catalogue "
                               "tests/tools/material/catalogue/pact.csv --format json 2>/dev/null"},
      {"coverage.schema.json",
       "coverage examples/norrmalm --catalogue examples/norrmalm/catalogue.csv --format json "
       "2>/dev/null"},
      {"readings.schema.json", "audit tests/tools/material/readings/pact.samrad "
                               "tests/tools/material/readings/history.ndjson "
                               "--as-of 2017-07-15 --readings all --format json"},
      {"readings.schema.json",
       "audit " + norrmalm + " --as-of 2018-05-31 --readings all --format json"},
      {"plan.schema.json", "plan " + norrmalm + " --from 2017-07-01 --to 2017-12-31 --format json"},
      {"plan.schema.json",
       "plan examples/norrmalm/plan/sommarlov.samrad --from 2017-01-01 --to 2017-12-31 "
       "--format json"},
      {"plan.schema.json",
       "plan examples/tutorial --from 2016-01-01 --to 2016-12-31 --format json"},
      {"fleet.schema.json",
       "audit examples/fleet/template.samrad --instances examples/fleet/instances.csv "
       "examples/fleet/events.ndjson --as-of 2023-06-30 --format json"},
  }};
  for (const auto& [schema, arguments] : table)
    EXPECT_THAT(faults_by_schema(schema, printed(arguments)), IsEmpty()) << arguments;
}

}  // namespace
}  // namespace samrad::tests
