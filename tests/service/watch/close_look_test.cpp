// Aim: a letter says how far a duty is and by which hour it is due, as the log has it, what is being recorded included.

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "service/alerts/compose.h"
#include "service/alerts/text.h"
#include "tests/service/watch/post.h"

namespace samrad::watch {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr const char* station = R"(agreement station "The station"
  term 2017-01-01 to 2017-12-31

party society
role chair of society "the chair"
forum board "The board"
event meeting of forum
event alarm
event turnout

clause meetings "The board meets"
  source "§3"
  owner chair
  meeting of board must happen at least 3 times every quarter
  warn 10 days before

clause turnouts "Alarms are answered"
  owner chair
  after alarm, turnout must happen within 30 hours
  warn 4 hours before
)";

alerts::Text letter(const store::Message& message) {
  const auto body = nlohmann::json::parse(message.content)["body"].get<std::string>();
  return alerts::text_of(alerts::page_of(body).value());
}

std::string event(const char* id, const char* type, const char* subject, const char* time) {
  nlohmann::json made = {{"specversion", "1.0"},
                         {"id", id},
                         {"source", "urn:station"},
                         {"type", type},
                         {"time", time}};
  if (*subject) made["subject"] = subject;
  return made.dump();
}

TEST(CloseLook, a_letter_says_how_far_it_is_and_what_is_missing) {
  Post post("2017-01-02T12:00:00Z");
  post.use(mail_rules({"meetings"}));
  post.create("station", {.files = {{"rules.samrad", station}}, .parameters = {}});
  post.append_line("station", event("m-1", "meeting", "board", "2017-01-02"));
  post.set("2017-03-21T07:00:00Z");
  ASSERT_EQ(post.messages().size(), 1U);
  const alerts::Text text = letter(post.messages()[0]);
  EXPECT_EQ(text.subject, "Senast 31 mars 2017, om 10 dagar: The board meets (1 av 3)");
  for (const char* part :
       {"Om 10 dagar, fredag 31 mars 2017, är sista dagen", "ske minst tre gånger",
        "Hittills har det skett en gång, den 2 januari 2017.", "två gånger",
        "Gjort:      1 av 3", "§3", "https://club.example.org/v1/agreements/station/occurrences/"})
    EXPECT_THAT(text.plain, HasSubstr(part));
  // What was done in the same batch counts: the last two meetings settle it, and that is told.
  post.append_line("station", event("m-2", "meeting", "board", "2017-03-20") + "\n" +
                                  event("m-3", "meeting", "board", "2017-03-21"));
  EXPECT_THAT(letter(post.messages().back()).plain, HasSubstr("Gjort:      3 av 3"));
}

TEST(CloseLook, what_is_due_by_the_hour_is_told_by_the_hour) {
  Post post("2017-02-01T07:30:00Z");
  post.use(mail_rules({"turnouts"}));
  post.create("station", {.files = {{"rules.samrad", station}}, .parameters = {}});
  // Thirty hours from nine in the morning: three in the afternoon of the next day.
  post.append_line("station", event("a-1", "alarm", "", "2017-02-01T09:00:00+01:00"));
  post.live("2017-02-02T15:00:00Z");
  EXPECT_THAT(post.told(), ElementsAre("2017-02-02T07:30 due r-chair turnouts/a-1",
                                       "2017-02-02T11:30 warning r-chair turnouts/a-1",
                                       "2017-02-02T15:30 breach r-chair turnouts/a-1"));
  EXPECT_EQ(letter(post.messages()[0]).subject,
            "Senast i dag kl. 15.00, 2 februari 2017: Alarms are answered");
  EXPECT_THAT(letter(post.messages()[0]).plain,
              HasSubstr("I dag, torsdag 2 februari 2017 kl. 15.00, går tiden ut för det här:"));
  EXPECT_LE(post.registry->gauges().next_wake, at("2017-02-03T06:00:00Z"));
}

TEST(CloseLook, the_hour_follows_a_correction_and_is_found_again_after_a_stop) {
  Post post("2017-02-01T07:30:00Z");
  post.use(mail_rules({"turnouts"}));
  post.create("station", {.files = {{"rules.samrad", station}}, .parameters = {}});
  post.append_line("station", event("a-1", "alarm", "", "2017-02-01T08:00:00+01:00"));
  post.append_line(
      "station",
      R"({"specversion":"1.0","id":"c-1","source":"urn:station","type":"correction","time":"2017-02-01","data":{"corrects":"a-1","time":"2017-02-01T07:00:00+01:00"}})");
  post.kill();
  // One in the afternoon: four hours before it is nine.
  post.set("2017-02-02T07:59:59Z");
  post.set("2017-02-02T08:00:00Z");
  EXPECT_THAT(post.told(), ElementsAre(HasSubstr("T08:59 due"), HasSubstr("T09:00 warning")));
  EXPECT_THAT(letter(post.messages()[0]).subject, HasSubstr("kl. 13.00"));
}

TEST(CloseLook, an_alarm_without_an_hour_is_due_by_the_day) {
  Post post("2017-02-01T07:30:00Z");
  post.use(mail_rules({"turnouts"}));
  post.create("station", {.files = {{"rules.samrad", station}}, .parameters = {}});
  post.append_line("station", event("a-1", "alarm", "", "2017-02-01"));
  post.live("2017-02-02T07:00:00Z");
  ASSERT_FALSE(post.messages().empty());
  EXPECT_THAT(letter(post.messages().back()).subject, Not(HasSubstr("kl.")));
}

}  // namespace
}  // namespace samrad::watch
