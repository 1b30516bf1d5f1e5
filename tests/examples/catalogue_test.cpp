// Aim: the catalogue of the great example names every duty once and its rules cite no other; and what is said of all readings is what
// an audit by each of them says.
#include <algorithm>
#include <map>
#include <regex>
#include <set>

#include <gtest/gtest.h>

#include "tests/examples/run.h"

namespace samrad::tests {
namespace {

using Json = nlohmann::json;

const std::string catalogue = "examples/norrmalm/catalogue.csv";
const std::string question =
    "examples/norrmalm examples/norrmalm/history.ndjson --as-of 2018-05-31 ";

// `F-10, F-11` names two.
std::set<std::string> ids_of(const std::string& cell) {
  static const std::regex id("[A-Z]+[0-9]*-[0-9]+");
  return {std::sregex_token_iterator(cell.begin(), cell.end(), id), std::sregex_token_iterator()};
}

TEST(Catalogue, has_145_duties_each_said_in_a_sentence) {
  const std::vector<Row> rows = table(catalogue);
  EXPECT_EQ(rows.size(), 145U);
  std::set<std::string> seen;
  for (Row row : rows) {
    EXPECT_FALSE(ids_of(row["id"]).empty()) << row["id"];
    for (const std::string& id : ids_of(row["id"]))
      EXPECT_TRUE(seen.insert(id).second) << id << " is there twice";
    EXPECT_NE(row["ref"], "") << row["id"];
    EXPECT_EQ(row["duty"].empty() ? ' ' : row["duty"].back(), '.') << row["id"];
  }
}

// The command against a plain search for the ids in the files that it names.
TEST(Catalogue, a_row_is_covered_where_its_ids_are_cited) {
  const Ran ran = samrad("coverage examples/norrmalm --catalogue " + catalogue + " --format json");
  const Json coverage = Json::parse(ran.output, nullptr, false);
  ASSERT_TRUE(coverage.is_object()) << ran.status;
  ASSERT_EQ(coverage["rows"].size(), 145U);
  std::map<std::string, std::size_t> counts;
  for (const Json& row : coverage["rows"]) {
    ++counts[row["how"]];
    for (const Json& clause : row["clauses"]) {
      const std::string line = lines_of(clause["file"]).at(clause["line"].get<std::size_t>() - 1);
      EXPECT_EQ(line.rfind(std::string(clause["kind"]) + " " + std::string(clause["name"]), 0), 0U)
          << line;
      const std::set<std::string> cited = ids_of(clause["source"]);
      EXPECT_TRUE(std::any_of(row["ids"].begin(), row["ids"].end(), [&](const Json& id) {
        return cited.contains(id);
      })) << row;
    }
    EXPECT_EQ(row["how"] == "missing" || row["how"] == "notCheckable", !row["unjudged"].empty())
        << row;
    const bool explained = !row["reason"].is_null() || !row["unrecorded"].empty();
    EXPECT_EQ(row["how"] == "missing", !row["unjudged"].empty() && !explained) << row;
  }
  for (const char* how : {"checked", "attested", "notCheckable", "missing"})
    EXPECT_EQ(coverage["summary"][how], counts[how]) << how;
  EXPECT_EQ(ran.status, counts["missing"] > 0 ? 1 : 0);
  EXPECT_EQ(coverage["rows"].size(), 145U);
  EXPECT_EQ(counts["missing"], 0);
  EXPECT_GE(counts["checked"], 110);
}

// What each alternative alone does to the clauses it chooses for, against an audit by those readings of that clause.
TEST(AllReadings, fare_as_an_audit_by_each_says) {
  const Ran ran = samrad("audit " + question + "--readings all --format json");
  const Json all = Json::parse(ran.output, nullptr, false);
  ASSERT_TRUE(all.is_object()) << ran.status;
  ASSERT_FALSE(all["ambiguities"].empty());
  EXPECT_LE(all["combinations"]["run"], all["combinations"]["possible"]);
  for (const Json& one : all["ambiguities"])
    for (std::size_t i = 0; i < one["readings"].size(); ++i) {
      std::string choices;
      for (const Json& choice : one["readings"][i]["choices"])
        choices +=
            " --reading " + std::string(choice["clause"]) + "=" + std::string(choice["reading"]);
      for (const Json& outcomes : one["clauses"]) {
        const Json alone =
            audit(question + "--clause " + std::string(outcomes["clause"]) + choices);
        const Json& outcome = outcomes["columns"][i];
        EXPECT_EQ(outcome["occurrences"], alone["occurrences"].size()) << choices;
        EXPECT_EQ(outcome["missed"], alone["summary"]["missed"]) << choices;
        EXPECT_EQ(outcome["broken"], alone["summary"]["broken"]) << choices;
      }
    }
  EXPECT_EQ(ran.status, samrad("audit " + question).status);
}

TEST(AllReadings, give_the_same_bytes_every_time) {
  for (const char* format : {"text", "json", "markdown", "csv"}) {
    const std::string command = "audit " + question + "--readings all --format " + format;
    const std::string first = samrad(command).output;
    EXPECT_FALSE(first.empty()) << format;
    EXPECT_EQ(first, samrad(command).output) << format;
  }
}

}  // namespace
}  // namespace samrad::tests
