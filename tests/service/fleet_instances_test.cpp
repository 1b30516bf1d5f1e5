// What each agreement filled in: from a table and from JSON the same, and everything that is wrong told at once with its place.

#include <gtest/gtest.h>

#include "rules/compile.h"
#include "service/fleet/instances.h"
#include "tests/service/fleet_memory.h"

namespace samrad::tests {
namespace {

constexpr std::string_view text = R"(
template modell "Modell"
  term first_day to last_day
parameter first_day date
parameter last_day date optional
parameter polisen party "Polisen"
parameter forumen list of forum
parameter takt number default 2
parameter tid duration default 90 days
parameter oppet yes/no default no
parameter tak money default 100 SEK
role chef of polisen
event meeting of forum
event update
event purchase
  cost money
event answer
clause moten
  source "1"
  owner chef
  for each forum in forumen, meeting of forum must happen at least takt times every half-year
clause svar
  source "2"
  owner chef
  after update, answer must happen within tid
clause inkop
  source "3"
  owner chef
  every purchase must cost <= tak or oppet
)";

class FleetInstances : public ::testing::Test {
 protected:
  FleetInstances() {
    const rules::Source source{"modell.samrad", text, 0};
    rules::Compiled compiled = rules::compile({&source, 1});
    if (!compiled.program) {
      for (const rules::Diagnostic& d : compiled.diagnostics)
        ADD_FAILURE() << d.message;
      return;
    }
    program = std::move(*compiled.program);
    zone.emplace(*record::Zone::open("Europe/Stockholm"));
    roster.emplace(program, *zone);
  }

  std::string read(const std::string& instances) {
    roster.emplace(program, *zone);
    MemoryInput input(instances, 5);
    record::Faults faults;
    fleet::read_instances(input, "i", *roster, faults);
    return record::text_of(faults);
  }

  program::Program program;
  std::optional<record::Zone> zone;
  std::optional<fleet::Roster> roster;
};

TEST_F(FleetInstances, AreTheSameFromTableAndJson) {
  const std::string table =
      "agreement,title,first_day,last_day,polisen,polisen label,forumen,takt,tid,oppet,tak\n"
      "a1,Ett,2022-01-01,2023-12-31,lpo-1,LPO 1,x;y,,,,\n"
      "a2,\"Två, ett\",2022-07-01,,lpo-2,,z,3,P30D,yes,50.50 SEK\n";
  const std::string json =
      R"({"agreement":"a1","title":"Ett","first_day":"2022-01-01","last_day":"2023-12-31",)"
      R"("polisen":{"name":"lpo-1","label":"LPO 1"},"forumen":["x","y"]})"
      "\n"
      R"({"agreement":"a2","title":"Två, ett","first_day":"2022-07-01","polisen":"lpo-2","forumen":"z",)"
      R"("takt":3,"tid":"30 days","oppet":true,"tak":"50.50 SEK"})";
  for (const std::string& instances :
       {table, json, "[" + std::string(json).replace(json.find('\n'), 1, ",") + "]"}) {
    EXPECT_EQ(read(instances), "");
    ASSERT_EQ(roster->agreements().size(), 2U);
    const fleet::Agreement& one = roster->agreements()[0];
    const fleet::Agreement& two = roster->agreements()[1];
    EXPECT_EQ(one.title, "Ett");
    EXPECT_EQ(two.title, "Två, ett");
    EXPECT_EQ(one.names, std::string_view("lpo-1\0x\0y\0", 10));
    EXPECT_EQ(calendar::iso(one.term.last), "2023-12-31");
    EXPECT_EQ(two.term.last, calendar::day_max);
    EXPECT_NE(one.variant, two.variant);
    EXPECT_EQ(roster->find("a2"), 1U);
    EXPECT_EQ(roster->find("a3"), program::none);
    const program::Arguments back = roster->arguments_of(1);
    EXPECT_TRUE(program::faults(program, back).empty());
    const program::Program alone = program::bind(program, back);
    EXPECT_EQ(calendar::iso(alone.term_first), "2022-07-01");
    EXPECT_TRUE(alone.parameters.empty());
  }
}

// Agreements whose arguments differ in term and names only have one Program between them.
TEST_F(FleetInstances, ShareAVariant) {
  std::string table = "agreement,first_day,last_day,polisen,forumen,takt\n";
  for (int i = 0; i < 300; ++i)
    table += "a" + std::to_string(i) + ",2022-01-" + (i % 2 == 0 ? "01" : "02") +
             ",2023-12-31,lpo-" + std::to_string(i) + ",f-" + std::to_string(i) + "," +
             std::to_string(1 + i % 3) + "\n";
  EXPECT_EQ(read(table), "");
  EXPECT_EQ(roster->agreements().size(), 300U);
  EXPECT_EQ(roster->variants().size(), 3U);
  for (int i = 0; i < 300; ++i)
    EXPECT_EQ(roster->agreements()[roster->find("a" + std::to_string(i))].names,
              "lpo-" + std::to_string(i) + std::string(1, '\0') + "f-" + std::to_string(i) +
                  std::string(1, '\0'));
}

TEST_F(FleetInstances, TellEverythingThatIsWrongInATable) {
  const std::string faults = read("agreement,first_day,polisen,forumen,takter,oppet,tid\n"
                                  "a1,2022-02-30,lpo,x,2,perhaps,ninety days\n"
                                  ",2022-01-01,lpo,x;;y,2,yes,30 days\n"
                                  "a3,2022-01-01,,x,2,yes,30 days\n");
  EXPECT_NE(faults.find("i:1: error: `takter`"), std::string::npos) << faults;
  EXPECT_NE(faults.find("did you mean `takt`"), std::string::npos) << faults;
  EXPECT_NE(faults.find("i:2: error: `first_day`"), std::string::npos) << faults;
  EXPECT_NE(faults.find("i:2: error: `oppet`"), std::string::npos) << faults;
  EXPECT_NE(faults.find("i:2: error: `tid`"), std::string::npos) << faults;
  EXPECT_NE(faults.find("i:3: error: `agreement`: missing"), std::string::npos) << faults;
  EXPECT_NE(faults.find("i:3: error: `forumen`"), std::string::npos) << faults;
  EXPECT_NE(faults.find("i:4: error: `polisen`"), std::string::npos) << faults;
}

TEST_F(FleetInstances, TellThatAColumnIsMissing) {
  const std::string faults = read("name,first_day,forumen\na1,2022-01-01,x\n");
  EXPECT_NE(faults.find("i:1: error: `agreement`: the column is missing"), std::string::npos)
      << faults;
  EXPECT_NE(faults.find("i:1: error: `polisen`: the column is missing"), std::string::npos)
      << faults;
  EXPECT_EQ(faults.find("i:2:"), std::string::npos) << faults;
}

TEST_F(FleetInstances, TellWhatIsWrongInJson) {
  const std::string faults = read(R"([
{"agreement":"a1","first_day":"2022-01-01","polisen":"lpo","forumen":["x"],"tackt":2},
{"agreement":"a2","first_day":20220101,"polisen":{"nam":"lpo"},"forumen":[]},
{"agreement":"a3","first_day":"2022-01-01","polisen":"lpo","forumen":["x"]},
{"agreement":"a3","first_day":"2022-01-01","polisen":"lpo","forumen":["x"]},
7
])");
  for (const std::string_view part :
       {"i:2: error: `tackt`", "i:3: error: `first_day`", "i:3: error: `polisen`",
        "i:3: error: `forumen`", "i:5: error: `agreement`: `a3` stands twice: first on line 4",
        "i:6: error: an agreement is an object"})
    EXPECT_NE(faults.find(part), std::string::npos) << part << '\n' << faults;
}

TEST_F(FleetInstances, MustBeAnyAtAll) {
  EXPECT_NE(read("agreement,first_day,polisen,forumen\n").find("no agreement"), std::string::npos);
  EXPECT_NE(read("").find("error"), std::string::npos);
}

}  // namespace
}  // namespace samrad::tests
