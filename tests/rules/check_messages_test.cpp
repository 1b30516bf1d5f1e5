// Aim: what is wrong with a sentence or a declaration is told in the words of the case at hand. Each row adds lines to a text that is right;
// the message must then be among those that `samrad check` gives. Where the fault lies and how it is drawn, the corpus shows.

#include <gtest/gtest.h>

#include "rules/compile.h"
#include "rules/diagnostics/render.h"

namespace samrad::rules {
namespace {

constexpr std::string_view text = R"(template a
  term 2016-06-01 to 2018-05-31
party town
role chief of town
role mayor of town
forum council
document plan
measure crime
  unit "reports"
kind area
area north
kind place
  members appear in events
set few of forum
  council
parameter many list of role
parameter begun date
parameter label text
event meeting of forum
  chair role optional
  attendees roles optional
  agenda texts optional
  amounts numbers optional
  dates dates optional
  cost money optional
  length duration optional
  day_set date optional
  public yes/no optional
  note text optional
  seat forum optional
event update of document
  author role optional
event alarm
event visit of place
event marking of place
  inspector role optional
event measurement of measure
  value number optional
fact open
  holds from alarm for 10 days
fact marked of place
  holds from marking
)";

std::string told(std::string_view more) {
  const std::string whole = std::string(text) + std::string(more) + "\n";
  const Source source{"t.samrad", whole};
  return render_text(compile({&source, 1}).diagnostics, {&source, 1});
}

struct Case {
  const char* lines;
  const char* message;
};

class CheckMessages : public testing::TestWithParam<Case> {};

TEST_P(CheckMessages, name_the_case_at_hand) {
  const std::string said = told(GetParam().lines);
  EXPECT_NE(said.find(GetParam().message), std::string::npos) << GetParam().lines << "\n" << said;
}

// Only what the rows add is wrong.
TEST(CheckMessages, are_not_given_for_what_is_right) {
  EXPECT_EQ(told("clause c\n  meeting must happen at least once every year").find("error"), std::string::npos)
      << told("clause c\n  meeting must happen at least once every year");
}

INSTANTIATE_TEST_SUITE_P(
    Subjects, CheckMessages,
    testing::Values(
        Case{"clause c\n  after alarm, meeting of the same forum must happen within 3 days", "`alarm`, with which the sentence begins, has no subject"},
        Case{"clause c\n  after meeting, meeting of the same froum must happen within 3 days", "no kind `froum`"},
        Case{"clause c\n  after meeting, update of the same must happen within 3 days", "`update` and `meeting` are of different kinds and never of the same"},
        Case{"clause c\n  after meeting as m, update of author of n must happen within 3 days", "no event is called `n` here"},
        Case{"clause c\n  after alarm as m, update of subject of m must happen within 3 days", "`alarm` has no subject"},
        Case{"clause c\n  after meeting as m, update of autor of m must happen within 3 days", "no field `autor` in `meeting`"},
        Case{"clause c\n  after meeting as m, update of chair of m must happen within 3 days", "`update` is of a document; `chair` is a role"},
        Case{"clause c\n  every meeting must have subject of m is council", "no event is called `m` here"},
        Case{"clause c\n  after alarm as m, meeting must happen by subject of m", "`alarm` has no subject"}));

INSTANTIATE_TEST_SUITE_P(
    Facts, CheckMessages,
    testing::Values(Case{"clause c\n  open of north must hold", "the fact `open` is one for all, not one for each member"},
                    Case{"clause c\n  marked must hold", "the fact `marked` is one for each `place`"},
                    Case{"clause c\n  for each area, marked of area must hold", "the fact is of `place`; `area` is an area"},
                    Case{"clause c\n  marked of place must hold", "`place` is a kind, and the fact is one for each of its members"},
                    Case{"clause c\n  every meeting must have marked", "the fact `marked` is one for each `place`"},
                    Case{"clause c\n  every meeting must have open of council", "the fact `open` is one for all, not one for each member"},
                    Case{"clause c\n  every meeting must have marked of chair", "the fact `marked` is of `place`; `chair` is a role"},
                    Case{"clause c\n  every meeting must have number of meeting where open is at most 2", "the fact `open` cannot be asked here"},
                    Case{"clause c\n  for each area while marked, alarm must happen at least once every year", "the fact `marked` is not one for each `area`"},
                    Case{"clause c\n  for each area while markd, alarm must happen at least once every year", "no fact `markd`"},
                    Case{"clause c\n  for each aera, alarm must happen at least once every year", "no kind `aera`"},
                    Case{"clause c\n  for each meeting, alarm must happen at least once every year", "for events write `every meeting must …`"},
                    Case{"fact x\n  holds from marking per inspector", "the fact `x` is one for all"},
                    Case{"fact x of role\n  holds from marking per inspectr", "no field `inspectr` in `marking`"},
                    Case{"fact x of area\n  holds from marking per inspector", "the fact is of `area`; the field `inspector` is a role"}));

INSTANTIATE_TEST_SUITE_P(
    Members, CheckMessages,
    testing::Values(Case{"clause c\n  chiar of meeting must alternate between chief, mayor", "no field `chiar` in `meeting`"},
                    Case{"clause c\n  only chief may be chiar of meeting", "no field `chiar` in `meeting`"},
                    Case{"clause c\n  only chief may be note of meeting", "the field `note` of `meeting` is a text, not a member"},
                    Case{"clause c\n  every meeting must have chair is many", "`many` is a list"},
                    Case{"clause c\n  for each role in begun, alarm must happen at least once every year", "expected a list of `role`; the parameter `begun` is a date"},
                    Case{"parameter p place", "appear in events: no agreement names them beforehand"},
                    Case{"clause c\n  judged by few\n  every meeting must have public", "`few` is a set; expected"},
                    Case{"clause c\n  overrides d\n  alarm must happen at least once every year", "no clause `d`"}));

INSTANTIATE_TEST_SUITE_P(
    Readings, CheckMessages,
    testing::Values(Case{"clause c\n  alarm must happen at least once every year\n  reading a \"A\" default\n    alarm must happen at least twice every year",
                         "has readings and a sentence of its own"},
                    Case{"clause c\n  reading a \"A\" default\n    alarm must happen at least twice every year", "has one reading only"},
                    Case{"clause c\n  reading a \"A\" default\n    alarm must happen at least once every year\n"
                         "  reading b \"B\" default\n    alarm must happen at least twice every year",
                         "more than one of the readings of"},
                    Case{"clause c\n  reading a \"A\"\n    alarm must happen at least once every year\n"
                         "  reading b \"B\"\n    alarm must happen at least twice every year",
                         "none of the readings of"}));

INSTANTIATE_TEST_SUITE_P(
    Values, CheckMessages,
    testing::Values(
        Case{"clause c\n  after alarm, meeting must happen within 0 days", "a duration of nothing"},
        Case{"clause c\n  after alarm, meeting must happen within 2000 years", "a duration of more than a thousand years"},
        Case{"clause c\n  meeting must happen at least 0 times every year", "at least 0 times is met by nothing at all"},
        Case{"clause c\n  every meeting must have (open) = (open)", "two conditions cannot be compared"},
        Case{"clause c\n  every meeting must have length includes 2 days", "a duration includes nothing"},
        Case{"clause c\n  every meeting must have attendees in (chief, mayor)", "is not one of several"},
        Case{"clause c\n  every meeting must have day_set <= -note", "a text has no negative"},
        Case{"clause c\n  every meeting must have days from note to day_set is at most 2", "expected a date, found a text"},
        Case{"clause c\n  every meeting must have agenda = note", "a list of texts"},
        Case{"clause c\n  every meeting must have amounts = 3", "a list of numbers"},
        Case{"clause c\n  every meeting must have dates = day_set", "a list of dates"},
        Case{"clause c\n  every meeting must have sum of vlue of measurement is at most 2", "no field `vlue` in `measurement`"}));

}  // namespace
}  // namespace samrad::rules
