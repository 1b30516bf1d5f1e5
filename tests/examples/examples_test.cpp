// Aim: the shipped examples say what their tables say, whatever the order of the events, and the same bytes every time.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/examples/run.h"

namespace samrad::tests {
namespace {

const std::string norrmalm = "examples/norrmalm/norrmalm.samrad ";
const std::string history = "examples/norrmalm/history.ndjson ";
const std::string council_events = "../shared/data/rust-council/events.ndjson";

bool at_rest(const std::string& status) {
  return status == "met" || status == "open" || status == "upcoming";
}

// A table of lapses or what was found, one line each: id, status, severity. What is void has no severity.
std::set<std::string> expected_lapses(const std::string& path) {
  std::set<std::string> lines;
  for (Row lapse : table(path))
    lines.insert(lapse["occurrence"] + " " + lapse["status"] +
                 (lapse["status"] == "void" ? "" : " " + lapse["severity"]));
  return lines;
}

// Aim: every lapse in the table is found as it is written there, and nothing else is reported.
TEST(Examples, LapsesAndNothingElse) {
  const std::vector<Row> audits = table("tests/examples/audits.csv");
  ASSERT_GE(audits.size(), 4U);
  for (Row a : audits) {
    SCOPED_TRACE(a["rules"]);
    const nlohmann::json found = audit(a["rules"] + " " + a["events"] + " --as-of " + a["as_of"]);
    ASSERT_TRUE(found.is_object());
    const std::set<std::string> expected = expected_lapses(a["lapses"]);
    EXPECT_FALSE(expected.empty());
    std::set<std::string> is;
    for (const auto& o : found["occurrences"]) {
      const std::string status = o["status"];
      const std::string line =
          o["id"].get<std::string>() + " " + status + " " + o["severity"].get<std::string>();
      if (!at_rest(status) || expected.contains(line)) is.insert(line);
    }
    for (const auto& v : found["voidEvents"]) {
      const std::string identity = v["event"];
      is.insert(identity.substr(identity.find('#') + 1) + " void");
    }
    std::vector<std::string> not_found;
    std::vector<std::string> not_planted;
    std::set_difference(expected.begin(), expected.end(), is.begin(), is.end(),
                        std::back_inserter(not_found));
    std::set_difference(is.begin(), is.end(), expected.begin(), expected.end(),
                        std::back_inserter(not_planted));
    EXPECT_TRUE(not_found.empty()) << ::testing::PrintToString(not_found);
    EXPECT_TRUE(not_planted.empty()) << ::testing::PrintToString(not_planted);
  }
}

// Aim: something goes wrong in every file of the agreement that has clauses, in every way that the first term allows, and each is told in words.
TEST(Examples, NorrmalmLapsesAreSpreadOverTheAgreement) {
  std::map<std::string, std::string> file_of;  // by the name of the clause, measure or procedure
  std::set<std::string> without_lapse;
  for (const std::string& line : lines_of("examples/norrmalm/norrmalm.samrad")) {
    if (!line.starts_with("use \"")) continue;
    const std::string file = line.substr(5, line.find('"', 5) - 5);
    for (const std::string& said : lines_of("examples/norrmalm/" + file)) {
      std::istringstream words(said);
      std::string block;
      std::string name;
      words >> block >> name;
      if (said.empty() || said.front() == ' ' ||
          (block != "clause" && block != "measure" && block != "procedure"))
        continue;
      file_of[name] = file;
      without_lapse.insert(file);
    }
  }
  ASSERT_GE(without_lapse.size(), 10U);
  std::set<std::string> statuses;
  for (Row lapse : table("examples/norrmalm/lapses.csv")) {
    statuses.insert(lapse["status"]);
    const std::string& id = lapse["occurrence"];
    without_lapse.erase(file_of[id.substr(0, id.find('/'))]);
    EXPECT_GE(lapse["what happened"].size(), 20U) << id;
  }
  EXPECT_TRUE(without_lapse.empty()) << ::testing::PrintToString(without_lapse);
  for (const char* status : {"missed", "metLate", "broken", "waived", "cannotAssess", "void"})
    EXPECT_TRUE(statuses.contains(status)) << status;
}

// Aim: the values of section 1.8 of the clause catalogue come out.
TEST(Examples, OracleOfTheCatalogue) {
  const std::vector<Row> rows = table("tests/examples/oracle.csv");
  ASSERT_GE(rows.size(), 40U);
  std::map<std::string, nlohmann::json> asked;
  for (Row r : rows) {
    SCOPED_TRACE(r["what"] + " " + r["of"] + " " + r["reading"] + ": " + r["catalogue"]);
    std::string events = r["events"];
    if (!events.empty())
      events = (std::ifstream(source_path("tests/examples/" + events)) ? "tests/examples/"
                                                                       : "examples/norrmalm/") +
               events;
    else
      events = "/dev/null";
    const std::string question = norrmalm + events + " --as-of " + r["as_of"] +
                                 (r["reading"].empty() ? "" : " --reading " + r["reading"]);
    if (!asked.contains(question)) asked[question] = audit(question);
    const nlohmann::json& found = asked[question];
    ASSERT_TRUE(found.is_object()) << question;
    if (r["what"] == "count" || r["what"] == "parts") {
      const nlohmann::json& all = found[r["what"] == "count" ? "occurrences" : "partPeriods"];
      const auto n = std::count_if(all.begin(), all.end(),
                                   [&](const auto& o) { return o["clause"] == r["of"]; });
      EXPECT_EQ(std::to_string(n), r["expected"]);
      continue;
    }
    const auto& all = found["occurrences"];
    const auto at =
        std::find_if(all.begin(), all.end(), [&](const auto& o) { return o["id"] == r["of"]; });
    ASSERT_NE(at, all.end()) << "no such occurrence";
    if (r["what"] == "due" || r["what"] == "status")
      EXPECT_EQ((*at)[r["what"]], r["expected"]);
    else
      EXPECT_EQ(std::to_string((*at)["progress"][r["what"]].get<int>()), r["expected"]);
  }
}

// Aim: the council's real history gives the counts that were found independently of this program.
TEST(Examples, RustCouncilAgreesWithIndependentCounts) {
  if (!std::ifstream(source_path(council_events)))
    GTEST_SKIP() << "the council's data is not beside this checkout";
  const std::vector<Row> rows = table("examples/rust-council/counts.csv");
  ASSERT_GE(rows.size(), 15U);
  std::map<std::string, std::map<std::string, int>> counted;
  for (Row r : rows) {
    const std::string key = r["clause"] + " " + r["reading"];
    SCOPED_TRACE(key + " " + r["status"]);
    if (!counted.contains(key)) {
      const std::string reading = r["reading"].empty() ? "" : " --reading " + r["reading"];
      const nlohmann::json found = audit("examples/rust-council/council.samrad " + council_events +
                                         " --as-of 2026-08-19 --clause " + r["clause"] + reading);
      ASSERT_TRUE(found.is_object());
      for (const auto& o : found["occurrences"])
        ++counted[key][o["status"]];
    }
    EXPECT_EQ(std::to_string(counted[key][r["status"]]), r["count"]);
  }
}

// Aim: the order of the lines, and so of recording, decides nothing; and twice the same question gives the same bytes.
TEST(Examples, OrderOfTheLinesDecidesNothing) {
  const std::string question = " --as-of 2018-05-31 --format json";
  const Ran first = samrad("audit " + norrmalm + history + question);
  ASSERT_FALSE(first.output.empty());
  EXPECT_EQ(samrad("audit " + norrmalm + history + question).output, first.output);
  std::vector<std::string> lines = lines_of("examples/norrmalm/history.ndjson");
  const std::string shuffled = ::testing::TempDir() + "samrad-shuffled.ndjson";
  for (const unsigned seed : {1U, 2U, 3U}) {
    std::mt19937 random(seed);
    std::shuffle(lines.begin(), lines.end(), random);
    std::ofstream out(shuffled);
    for (const std::string& line : lines)
      out << line << '\n';
    out.close();
    EXPECT_EQ(samrad("audit " + norrmalm + "'" + shuffled + "'" + question).output, first.output)
        << "seed " << seed;
  }
}

// Aim: what ships as the expected audit is what the program says.
TEST(Examples, ExpectedAuditOfNorrmalm) {
  const std::string question =
      "audit " + norrmalm + history + "--as-of 2018-05-31 --lang sv --format ";
  for (const auto& [format, path] :
       std::map<std::string, std::string>{{"text", "examples/norrmalm/expected-audit.txt"},
                                          {"json", "examples/norrmalm/expected-audit.json"}}) {
    std::ifstream in(source_path(path));
    const std::string expected((std::istreambuf_iterator<char>(in)), {});
    const Ran ran = samrad(question + format);
    EXPECT_EQ(ran.status, 1) << "the first term has violations";
    EXPECT_TRUE(ran.output == expected)
        << path << " differs; if the change is right, write it anew as the example's README says";
  }
}

// Aim: X1, X2, X3 and X10 are readings that can be switched and that change what comes out.
TEST(Examples, ReadingsCanBeSwitched) {
  const std::string as_of = " --as-of 2018-05-31";
  const nlohmann::json plain = audit(norrmalm + history + as_of);
  const nlohmann::json compared = nlohmann::json::parse(
      samrad("readings " + norrmalm + history + "--as-of 2018-05-31 --format json").output, nullptr,
      false);
  // By the occurrences, since clauses that read one ambiguity alike stand together under its name.
  std::set<std::string> with_readings;
  for (const auto& c : compared["clauses"])
    for (const auto& o : c["occurrences"]) {
      const std::string id = o["id"];
      with_readings.insert(id.substr(0, id.find('/')));
    }
  for (const char* clause : {"moten", "lagesbild_uppdateras", "klaras_moten", "forlangning"})
    EXPECT_TRUE(with_readings.contains(clause)) << clause;
  for (const char* reading :
       {"moten=avtal", "X2=avtal", "lagesbild_uppdateras=avtal", "klaras_moten=bilaga4"}) {
    const nlohmann::json other = audit(norrmalm + history + as_of + " --reading " + reading);
    ASSERT_TRUE(other.is_object()) << reading;
    EXPECT_NE(other["occurrences"], plain["occurrences"]) << reading;
  }
}

// Aim: the stories told in scenario files hold.
TEST(Examples, ScenariosHold) {
  const Ran ran = samrad("test examples/norrmalm/scenarios/*.scenario tests/scenarios/*.scenario");
  EXPECT_EQ(ran.status, 0) << ran.output;
}

// Aim: every rule file that ships is without a fault and in the canonical layout.
TEST(Examples, RuleFilesAreCleanAndFormatted) {
  const Ran checked =
      samrad("check examples/norrmalm/norrmalm.samrad examples/rust-council/council.samrad "
             "examples/personal-data/agreement.samrad "
             "examples/housing-association/bylaws.samrad examples/service/agreement.samrad");
  EXPECT_EQ(checked.status, 0) << checked.output;
  const Ran formatted = samrad("fmt --check examples/*/*.samrad tests/scenarios/*.samrad");
  EXPECT_EQ(formatted.status, 0) << formatted.output;
}

}  // namespace
}  // namespace samrad::tests
