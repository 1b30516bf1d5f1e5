// Aim: the action plan that changes the youth forum's frequency on 1 September 2017 takes effect as the texts say, and touches nothing else.
#include <fstream>
#include <set>

#include <gtest/gtest.h>

#include "tests/examples/run.h"

namespace samrad::tests {
namespace {

const std::string clause = "ungdomsforum_moten";
const std::string old_text = "examples/norrmalm/norrmalm.samrad ";
const std::string new_text = "examples/norrmalm/norrmalm-2017.samrad ";
const std::string monthly = "examples/norrmalm/history.ndjson ";
const std::string every_other_month =
    monthly +
    "examples/norrmalm/history-2017.ndjson ";  // without the meetings the new plan does away with
const std::string at_the_end = "--as-of 2018-05-31";

using Occurrences = std::map<std::string, nlohmann::json>;

// The occurrences that `samrad audit QUESTION` finds, by id.
Occurrences found(const std::string& question) {
  Occurrences by_id;
  const nlohmann::json answer = audit(question);
  if (answer.is_object())
    for (const auto& o : answer["occurrences"])
      by_id[o["id"]] = o;
  return by_id;
}

// The ids of the clause that have the status.
std::set<std::string> with_status(const Occurrences& all, const std::string& status) {
  std::set<std::string> ids;
  for (const auto& [id, o] : all)
    if (o["clause"] == clause && o["status"] == status) ids.insert(id);
  return ids;
}

// The new text with another first day and another rule for what is open then, as a file.
std::string variant(const std::string& first_day, const std::string& open_occurrences) {
  const std::string path = ::testing::TempDir() + "norrmalm-" + open_occurrences + ".samrad";
  std::ofstream out(path);
  for (std::string line : lines_of("examples/norrmalm/norrmalm-2017.samrad")) {
    if (line.starts_with("  in force from ")) line = "  in force from " + first_day;
    if (line.starts_with("  open occurrences ")) line = "  open occurrences " + open_occurrences;
    if (line.starts_with("use \"")) line.insert(5, source_path("examples/norrmalm/"));
    out << line << '\n';
  }
  return "'" + path + "' ";
}

// Aim: up to the date the old frequency is asked for, from the date the new one, and no window by both.
TEST(Amendment, EachTextJudgesItsOwnTime) {
  const Occurrences both = found(old_text + new_text + every_other_month + at_the_end);
  const Occurrences old_alone = found(old_text + every_other_month + at_the_end);
  ASSERT_FALSE(both.empty());
  EXPECT_EQ(with_status(old_alone, "missed"),
            (std::set<std::string>{"ungdomsforum_moten/2017-01", "ungdomsforum_moten/2017-10",
                                   "ungdomsforum_moten/2017-12", "ungdomsforum_moten/2018-02",
                                   "ungdomsforum_moten/2018-03"}));
  EXPECT_EQ(with_status(both, "missed"), (std::set<std::string>{"ungdomsforum_moten/2017-01"}));
  std::set<std::string> last_days;
  for (const auto& [id, o] : both)
    if (o["clause"] == clause && o["opens"] >= "2017-08-01") last_days.insert(o["due"]);
  EXPECT_EQ(last_days, (std::set<std::string>{"2017-08-31", "2017-10-31", "2017-12-31",
                                              "2018-02-28", "2018-04-30", "2018-05-31"}));
}

// Aim: every other clause says what it said, also of what was open on the date.
TEST(Amendment, TouchesNothingElse) {
  const Occurrences old_alone = found(old_text + monthly + at_the_end);
  const Occurrences both = found(old_text + new_text + monthly + at_the_end);
  ASSERT_GT(both.size(), 1000U);
  std::set<std::string> of_other_clauses;
  for (const auto* all : {&old_alone, &both})
    for (const auto& [id, o] : *all)
      if (o["clause"] != clause) of_other_clauses.insert(id);
  for (const std::string& id : of_other_clauses) {
    ASSERT_TRUE(old_alone.contains(id) && both.contains(id)) << id;
    EXPECT_EQ(old_alone.at(id), both.at(id)) << id;
  }
}

// Aim: with the meetings every other month nothing goes wrong but what was planted, less what went wrong at the meetings that were not held.
TEST(Amendment, LapsesOfTheNewFrequency) {
  std::set<std::string> not_held;
  for (const std::string& line : lines_of("examples/norrmalm/history-2017.ndjson"))
    not_held.insert(nlohmann::json::parse(line)["data"]["withdraws"]);
  std::set<std::string> expected;
  for (Row lapse : table("examples/norrmalm/lapses.csv")) {
    const std::string& id = lapse["occurrence"];
    const bool at_rest = lapse["status"] == "met" || lapse["status"] == "void";
    if (!at_rest && !not_held.contains(id.substr(id.rfind('/') + 1)))
      expected.insert(id + " " + lapse["status"]);
  }
  std::set<std::string> is;
  for (const auto& [id, o] : found(old_text + new_text + every_other_month + at_the_end))
    if (o["status"] != "met" && o["status"] != "open" && o["status"] != "upcoming")
      is.insert(id + " " + o["status"].get<std::string>());
  EXPECT_EQ(is, expected);
}

// Aim: before the date the old text can be asked as ever, also about what is to come, and each finding says which text it is judged by.
TEST(Amendment, OldTextStaysQueryable) {
  const Occurrences the_day_before = found(old_text + new_text + monthly + "--as-of 2017-08-31");
  const Occurrences on_the_day = found(old_text + new_text + monthly + "--as-of 2017-09-01");
  EXPECT_EQ(the_day_before.at(clause + "/2017-08").at("status"), "met");
  EXPECT_EQ(the_day_before.at(clause + "/2017-09-01").at("status"), "upcoming");
  EXPECT_EQ(on_the_day.at(clause + "/2017-09-01").at("status"), "open");
  EXPECT_NE(on_the_day.at(clause + "/2017-08").at("title"),
            on_the_day.at(clause + "/2017-09-01").at("title"));
  const auto explained = [](const std::string& id) {
    return samrad("explain " + old_text + new_text + monthly + clause + id + " --as-of 2017-09-01")
        .output;
  };
  EXPECT_NE(explained("/2017-08").find("31 August 2017"), std::string::npos);
  EXPECT_NE(explained("/2017-08").find("once every month except July"), std::string::npos);
  EXPECT_NE(explained("/2017-09-01").find("in force: from 1 September 2017"), std::string::npos);
}

// Aim: a window that is open on the date is finished under the old text where the new one says `continue`, and lapses where it says `lapse`.
TEST(Amendment, OpenOccurrencesFollowTheWrittenRule) {
  const std::string question = monthly + at_the_end + " --clause " + clause;
  const Occurrences finished = found(old_text + variant("2017-09-18", "continue") + question);
  EXPECT_EQ(finished.at(clause + "/2017-09").at("status"), "met");
  EXPECT_FALSE(finished.contains(clause + "/2017-09-01@2017-09-18"));
  EXPECT_TRUE(with_status(finished, "lapsed").empty());
  const Occurrences lapsed = found(old_text + variant("2017-09-18", "lapse") + question);
  EXPECT_EQ(with_status(lapsed, "lapsed"), (std::set<std::string>{clause + "/2017-09"}));
  EXPECT_EQ(lapsed.at(clause + "/2017-09").at("settled"), "2017-09-18");
  EXPECT_EQ(lapsed.at(clause + "/2017-09-01@2017-09-18").at("opens"), "2017-09-18");
}

}  // namespace
}  // namespace samrad::tests
