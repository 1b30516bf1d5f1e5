// Aim: what a letter says of a duty is what the agreement says, told from the row of its verdict alone.

#include <gtest/gtest.h>

#include "service/registry/rulebook.h"
#include "service/watch/duties.h"
#include "tests/service/watch/post.h"

namespace samrad::watch {
namespace {

registry::RulebookPointer rules() {
  registry::RuleText text;
  text.files.push_back({"rules.samrad", club});
  return registry::compile(std::vector{text}).value();
}

store::Verdict verdict(const std::string& occurrence, const std::string& status,
                       const std::string& opens, const std::string& due) {
  store::Verdict made;
  made.occurrence = occurrence;
  made.clause = occurrence.substr(0, occurrence.find('/'));
  made.status = status;
  made.opens = opens;
  made.due = due;
  return made;
}

TEST(Duties, can_be_met_late_where_the_engine_would_take_the_act_for_them) {
  const auto book = rules();
  const struct {
    const char* occurrence;
    const char* status;
    const char* due;
    const char* day;
    bool still;
  } table[] = {
      {"meetings/2017-Q1", "missed", "2017-03-31", "2017-04-01", false},
      {"yearly/2017-01-31", "missed", "2017-01-31", "2017-02-01", true},
      {"yearly/2017-01-31", "missed", "2017-01-31", "2017-12-31", true},
      {"yearly/2017-01-31", "missed", "2017-01-31", "2018-01-01", false},
      {"yearly/2017-01-31", "open", "2017-01-31", "2017-01-30", false},
      {"protocols/2017-02-20", "missed", "2017-02-20", "2017-02-28", true},
      {"protocols/2017-02-20", "missed", "2017-02-20", "2017-03-01", false},
      {"answers/q-1", "missed", "2017-02-20", "2019-03-01", true},
      {"gone/2017-01-31", "missed", "2017-01-31", "2017-02-01", false},
  };
  for (const auto& row : table)
    EXPECT_EQ(can_still_be_met(book->chosen, verdict(row.occurrence, row.status, "", row.due),
                               *calendar::parse_iso(row.day)),
              row.still)
        << row.occurrence << " " << row.day;
}

TEST(Duties, are_told_in_both_languages) {
  const auto book = rules();
  const struct {
    const char* occurrence;
    const char* opens;
    const char* due;
    const char* sv;
    const char* en;
  } table[] = {
      {"meetings/2017-Q1", "2017-01-01", "2017-03-31",
       "Under första kvartalet 2017 ska ”meeting” (The board) ske minst en gång.",
       "During the first quarter of 2017, meeting (The board) must happen at least once."},
      {"yearly/2017-01-31", "2016-06-01", "2017-01-31",
       "”report” ska ske senast den 31 januari 2017.", "Report must happen by 31 January 2017."},
      {"answers/q-1", "2017-01-10", "2017-02-09",
       "Efter ”question” ska ”answer” ske inom 30 dagar, senast den 9 februari 2017.",
       "After question, answer must happen within 30 days, by 9 February 2017."},
  };
  for (const auto& row : table) {
    const auto said = demand_of(book->chosen, verdict(row.occurrence, "open", row.opens, row.due));
    EXPECT_EQ(said.sv, row.sv);
    EXPECT_EQ(said.en, row.en);
  }
}

}  // namespace
}  // namespace samrad::watch
