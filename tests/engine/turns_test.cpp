// Whose turn it was: alternation and rotation (docs/language.md §3.6).
#include <gtest/gtest.h>

#include "tests/engine/story.h"

namespace samrad::story {
namespace {

const std::string alternate =
    clause("chair of meeting of council must alternate between chief, director");
const std::string rotate =
    clause("chair of meeting of council must rotate among chief, director, officer");

std::string meetings(const std::string& chairs, const std::string& subject = "council") {
  std::string out;
  int n = 0;
  std::string word;
  for (const char c : chairs + " ") {
    if (c != ' ') {
      word += c;
      continue;
    }
    ++n;
    out += "2017-0" + std::to_string(n) + "-10 m" + std::to_string(n) + " meeting of " + subject;
    out += word == "-" ? "\n" : " chair=" + word + "\n";
    word.clear();
  }
  return out;
}

TEST(Turns, Alternate) {
  check({
      {"the first may be any of them",
       alternate,
       meetings("director"),
       "2017-01-10",
       {{"c/m1", "met why=first_turn"}}},
      {"then the other",
       alternate,
       meetings("director chief director"),
       "2017-03-10",
       {{"c/m2", "met"}, {"c/m3", "met"}}},
      {"twice the same is broken",
       alternate,
       meetings("director director chief"),
       "2017-03-10",
       {{"c/m2", "broken why=wrong_turn"}, {"c/m3", "met"}}},
      {"one not named is broken, also the first",
       alternate,
       meetings("officer chief"),
       "2017-02-10",
       {{"c/m1", "broken why=not_a_member"}, {"c/m2", "met"}}},
      {"an unknown value is cannot-assess",
       alternate,
       meetings("chief -"),
       "2017-02-10",
       {{"c/m2", "cannot_assess missing=chair"}}},
      {"and so is the one after it",
       alternate,
       meetings("chief - chief director"),
       "2017-04-10",
       {{"c/m3", "cannot_assess missing=chair"}, {"c/m4", "met"}}},
      {"unless it does not decide: one not named is broken anyway",
       alternate,
       meetings("- officer"),
       "2017-02-10",
       {{"c/m2", "broken"}}},
      {"other forums have turns of their own",
       alternate,
       meetings("chief") + "2017-01-20 y1 meeting of youth chair=chief\n2017-02-01 m2 meeting of "
                           "council chair=director\n",
       "2017-02-01",
       {{"ids c/", "c/m1 c/m2"}, {"c/m2", "met"}}},
      {"a deputy counts as the one he or she stands in for, and the finding says so",
       alternate,
       meetings("director vice director vice chief"),
       "2017-05-10",
       {{"c/m2", "met why=deputy"}, {"c/m3", "met"}, {"c/m4", "met"}, {"c/m5", "broken"}}},
  });
}

TEST(Turns, Rotate) {
  check({
      {"the first may be any of them",
       rotate,
       meetings("officer"),
       "2017-01-10",
       {{"c/m1", "met"}}},
      {"then the one after the previous",
       rotate,
       meetings("director officer chief director"),
       "2017-04-10",
       {{"c/m2", "met"}, {"c/m3", "met"}, {"c/m4", "met"}}},
      {"leaving one out is broken",
       rotate,
       meetings("chief officer"),
       "2017-02-10",
       {{"c/m2", "broken why=wrong_turn"}}},
      {"counted from the previous, not from a plan",
       rotate,
       meetings("chief officer chief"),
       "2017-03-10",
       {{"c/m3", "met"}}},
      {"an unknown previous",
       rotate,
       meetings("chief - officer"),
       "2017-03-10",
       {{"c/m3", "cannot_assess missing=chair"}}},
      {"a deputy",
       rotate,
       meetings("officer vice director"),
       "2017-03-10",
       {{"c/m2", "met why=deputy"}, {"c/m3", "met"}}},
  });
}

TEST(Turns, EventsOfOneDay) {
  const std::string chief = "2017-01-10 m0 meeting of council chair=chief\n";
  check({
      {"by the clock: in order",
       alternate,
       chief + "2017-02-10T14:00 m2 meeting of council chair=chief\n2017-02-10T09:00 m1 meeting of "
               "council chair=director\n",
       "2017-02-10",
       {{"c/m1", "met"}, {"c/m2", "met"}}},
      {"by the clock: out of turn",
       alternate,
       chief + "2017-02-10T09:00 m1 meeting of council chair=chief\n2017-02-10T14:00 m2 meeting of "
               "council chair=director\n",
       "2017-02-10",
       {{"c/m1", "broken"}, {"c/m2", "met"}}},
      {"by the clock: what comes after both is not between them",
       alternate,
       "2017-02-10T09:00 m1 meeting of council chair=chief\n2017-02-10T10:00 m2 meeting of council "
       "chair=chief\n2017-02-10T11:00 m3 meeting of council chair=director\n",
       "2017-02-10",
       {{"c/m1", "met"}, {"c/m2", "broken"}, {"c/m3", "met"}}},
      {"without times, where the order decides",
       alternate,
       chief + "2017-02-10 m1 meeting of council chair=chief\n2017-02-10 m2 meeting of council "
               "chair=director\n",
       "2017-02-10",
       {{"c/m1", "cannot_assess missing=time"}, {"c/m2", "met"}}},
      {"without times, where it does not",
       alternate,
       "2017-02-10 m1 meeting of council chair=chief\n2017-02-10 m2 meeting of council "
       "chair=officer\n",
       "2017-02-10",
       {{"c/m2", "broken"}}},
      {"the one after an unknown order: both may have been the last",
       alternate,
       chief + "2017-02-10 m1 meeting of council chair=chief\n2017-02-10 m2 meeting of council "
               "chair=director\n2017-03-10 m3 meeting of council chair=chief\n",
       "2017-03-10",
       {{"c/m3", "cannot_assess missing=time"}}},
      {"the same at one and the same time is no order",
       alternate,
       chief + "2017-02-10T09:00 m1 meeting of council chair=chief\n2017-02-10T09:00 m2 meeting of "
               "council chair=director\n",
       "2017-02-10",
       {{"c/m1", "cannot_assess missing=time"}}},
  });
}

TEST(Turns, VoidEventsArePassedOver) {
  const std::string valid =
      alternate + "clause v\n  source \"2\"\n  meeting of council counts only if remote\n";
  check({
      {"void events are passed over",
       valid,
       "2017-01-10 m1 meeting of council chair=chief remote=yes\n2017-02-10 m2 meeting of council "
       "chair=director remote=no\n"
       "2017-03-10 m3 meeting of council chair=director remote=yes\n",
       "2017-03-10",
       {{"c/m1", "met"}, {"c/m2", "none"}, {"c/m3", "met"}, {"voids", "m2:condition_false"}}},
      {"one that may be void makes the next unknown where it decides",
       valid,
       "2017-01-10 m1 meeting of council chair=chief remote=yes\n2017-02-10 m2 meeting of council "
       "chair=director\n"
       "2017-03-10 m3 meeting of council chair=director remote=yes\n",
       "2017-03-10",
       {{"c/m2", "cannot_assess missing=remote"}, {"c/m3", "cannot_assess"}}},
  });
}

// Two thousand on one day in an order that nobody knows: each of them is found out, and no verdict names more than a few of the others.
TEST(Turns, ADayWithThousandsStaysReadable) {
  constexpr std::size_t many = 2000;
  std::string history;
  for (std::size_t i = 0; i < many; ++i)
    history += "2017-03-10 m" + std::to_string(i) + " meeting of council chair=" +
               (i % 2 == 0 ? "chief\n" : "director\n");
  const Story story(alternate, history);
  const engine::Book book = story.book("2017-03-11");
  std::size_t asked = 0;
  for (const auto& occurrence : book.occurrences) {
    if (occurrence.finding.status != engine::Status::cannot_assess) continue;
    ++asked;
    EXPECT_LE(occurrence.finding.notes.size(), 40U);
  }
  EXPECT_EQ(asked, many);
}

}  // namespace
}  // namespace samrad::story
