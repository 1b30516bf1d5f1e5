// Aim: people are told of a duty on the day and at the hour that the rules give, each time once, whatever happens to the service
// meanwhile; and of nothing that has been done, withdrawn or rolled back.

#include <gmock/gmock.h>

#include "tests/service/watch/post.h"

namespace samrad::watch {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Lines = std::vector<std::string>;

TEST(Watch, tells_before_the_day_on_it_and_daily_after_it_until_acknowledged) {
  Post post("2016-12-01T12:00:00Z");
  post.use(mail_rules({"yearly"}));
  post.create("club");
  post.set("2017-01-24T05:59:59Z");
  EXPECT_THAT(post.told(), IsEmpty());
  post.set("2017-01-24T06:00:00Z");
  post.live("2017-02-03T12:00:00Z");
  const Lines so_far = {"2017-01-24T07:00 warning r-chair yearly/2017-01-31",
                        "2017-01-31T07:00 due r-chair yearly/2017-01-31",
                        "2017-02-01T07:00 breach r-chair yearly/2017-01-31",
                        "2017-02-02T07:00 overdue r-chair yearly/2017-01-31",
                        "2017-02-03T07:00 overdue r-chair yearly/2017-01-31"};
  EXPECT_EQ(post.told(), so_far);
  post.acknowledge("club", "yearly/2017-01-31");
  post.live("2017-02-20T12:00:00Z");
  EXPECT_EQ(post.told().size(), so_far.size());
}

TEST(Watch, tells_at_the_very_moment) {
  Post post("2016-12-01T12:00:00Z");
  post.use(mail_rules({"yearly"}));
  post.create("club");
  EXPECT_THAT(post.told(), IsEmpty());
  EXPECT_LE(post.registry->gauges().next_wake, at("2017-01-24T06:00:00Z"));
  post.set("2017-01-24T06:00:00Z");
  EXPECT_THAT(post.told(),
              ElementsAre("2017-01-24T07:00 warning r-chair yearly/2017-01-31 waiting"));
  const auto message = post.messages().front();
  EXPECT_EQ(message.way, "mail");
  EXPECT_EQ(message.agreement, 1);
  for (const char* text : {"r-chair@example.org", "The yearly report", "§2", "the chair",
                           "the grant ends", "ska ske senast den 31 januari 2017.",
                           "https://club.example.org/v1/agreements/club/occurrences/"})
    EXPECT_THAT(message.content, testing::HasSubstr(text));
}

TEST(Watch, escalates_what_nobody_acknowledges_and_says_when_it_is_done) {
  Post post("2017-01-31T12:00:00Z");
  post.use(mail_rules({"yearly"}));
  post.create("club");
  post.live("2017-02-08T12:00:00Z");
  Lines told = post.told();
  ASSERT_EQ(told.size(), 10U);
  EXPECT_EQ(told[0], "2017-01-31T13:00 due r-chair yearly/2017-01-31");
  EXPECT_THAT(told, testing::Contains("2017-02-08T07:00 escalation r-superior yearly/2017-01-31"));
  post.append("club", "report", "2017-02-08");
  EXPECT_EQ(post.told().back(), "2017-02-08T13:00 settled r-chair yearly/2017-01-31 waiting");
  post.live("2017-02-20T12:00:00Z");
  EXPECT_EQ(post.told().size(), told.size() + 1);
}

TEST(Watch, tells_no_one_twice_whenever_it_is_killed) {
  Post whole("2017-01-20T12:00:00Z"), killed("2017-01-20T12:00:00Z");
  for (Post* post : {&whole, &killed}) {
    post->use(mail_rules({}));
    post->create("club");
    post->append("club", "question", "2017-01-10");
  }
  whole.live("2017-02-15T12:00:00Z");
  for (const char* moment : {"2017-01-24T02:00:00Z", "2017-01-24T06:00:00Z", "2017-01-31T22:59:00Z",
                             "2017-01-31T23:00:00Z", "2017-02-01T05:00:00Z", "2017-02-01T06:00:00Z",
                             "2017-02-09T03:00:00Z", "2017-02-10T12:00:00Z"}) {
    killed.live(moment);
    killed.kill();
    killed.registry->settle();
    killed.kill();
    killed.send();
  }
  killed.live("2017-02-15T12:00:00Z");
  Lines expected = whole.told(), told = killed.told();
  EXPECT_GT(expected.size(), 20U);
  std::sort(expected.begin(), expected.end());
  std::sort(told.begin(), told.end());
  EXPECT_EQ(told, expected);
}

TEST(Watch, a_clock_that_leaps_a_month_tells_once) {
  Post post("2017-01-20T12:00:00Z");
  post.use(mail_rules({"yearly"}));
  post.create("club");
  post.set("2017-03-05T12:00:00Z");
  EXPECT_THAT(post.told(),
              ElementsAre("2017-03-05T13:00 breach r-chair yearly/2017-01-31 waiting",
                          "2017-03-05T13:00 escalation r-superior yearly/2017-01-31 waiting"));
  post.set("2017-02-01T12:00:00Z");
  post.set("2017-03-05T13:00:00Z");
  EXPECT_EQ(post.told().size(), 2U);
}

TEST(Watch, what_is_done_in_time_is_not_told_and_told_again_if_it_was_not_done_after_all) {
  Post post("2017-01-24T12:00:00Z");
  post.use(mail_rules({"yearly"}));
  post.create("club");
  EXPECT_THAT(post.told(),
              ElementsAre("2017-01-24T13:00 warning r-chair yearly/2017-01-31 waiting"));
  post.clock.set(at("2017-01-25T12:00:00Z"));
  post.append("club", "report", "2017-01-25");
  EXPECT_THAT(post.told(),
              ElementsAre("2017-01-24T13:00 warning r-chair yearly/2017-01-31 cancelled",
                          "2017-01-25T13:00 settled r-chair yearly/2017-01-31 waiting"));
  post.append_line(
      "club",
      R"({"specversion":"1.0","id":"w-1","source":"urn:club","type":"withdrawal","time":"2017-01-25","data":{"withdraws":"e-1"}})");
  EXPECT_THAT(post.told(),
              ElementsAre("2017-01-25T13:00 warning r-chair yearly/2017-01-31 waiting",
                          "2017-01-25T13:00 settled r-chair yearly/2017-01-31 cancelled"));
}

TEST(Watch, a_finding_and_what_is_told_of_it_are_kept_together_or_not_at_all) {
  Post post("2017-01-31T12:00:00Z");
  post.use(mail_rules({"yearly"}));
  post.create("club");
  post.send();
  const auto findings = [&] {
    return post.store->reader().value()->findings({}, SIZE_MAX).value().size();
  };
  const std::size_t before = findings();
  post.store->fails = store::Failure::Kind::full;
  EXPECT_ANY_THROW(post.append("club", "report", "2017-01-31"));
  EXPECT_EQ(findings(), before);
  EXPECT_EQ(post.told().size(), 1U);
  post.store->fails.reset();
  post.clock.set(at("2017-01-31T12:00:05Z"));
  post.append("club", "report", "2017-01-31");
  EXPECT_GT(findings(), before);
  EXPECT_EQ(post.told().back(), "2017-01-31T13:00 settled r-chair yearly/2017-01-31 waiting");
}

TEST(Watch, new_rules_hold_at_once) {
  Post post("2017-01-25T12:00:00Z");
  post.create("club");
  EXPECT_THAT(post.told(), IsEmpty());
  alerts::Configuration rules = mail_rules({"yearly"});
  post.use(rules);
  EXPECT_THAT(post.told(),
              ElementsAre("2017-01-25T13:00 warning r-chair yearly/2017-01-31 waiting"));
  rules.recipients[0].mail.clear();
  rules.rules[0].tell = {"r-secretary"};
  post.use(rules);
  EXPECT_THAT(post.told(),
              ElementsAre("2017-01-25T13:00 warning r-chair yearly/2017-01-31 cancelled",
                          "2017-01-25T13:00 warning r-secretary yearly/2017-01-31 waiting"));
  rules.recipients.erase(rules.recipients.begin());
  rules.rules[0].tell.clear();
  post.use(rules);
  EXPECT_EQ(post.watch->unheard(), 1U);
}

TEST(Watch, an_acknowledgement_takes_back_what_waits_at_once) {
  Post post("2017-01-31T12:00:00Z");
  post.use(mail_rules({"yearly"}));
  post.create("club");
  post.send();
  post.set("2017-02-01T06:00:00Z");
  post.set("2017-02-08T06:00:00Z");
  post.acknowledge("club", "yearly/2017-01-31");
  EXPECT_THAT(post.told(),
              ElementsAre("2017-01-31T13:00 due r-chair yearly/2017-01-31",
                          "2017-02-01T07:00 breach r-chair yearly/2017-01-31 waiting",
                          "2017-02-08T07:00 overdue r-chair yearly/2017-01-31 cancelled",
                          "2017-02-08T07:00 escalation r-superior yearly/2017-01-31 cancelled"));
}

TEST(Watch, a_closed_agreement_tells_what_it_was_and_reminds_of_nothing) {
  Post post("2017-01-24T12:00:00Z");
  post.use(mail_rules({"yearly", "protocols"}));
  post.create("club");
  post.send();
  post.set("2017-01-31T12:00:00Z");
  // The report was missed at midnight, which is told at seven; of the next protocol nothing is said.
  post.set("2017-02-01T02:00:00Z");
  post.close_agreement("club");
  post.kill();
  post.live("2017-03-10T12:00:00Z");
  EXPECT_THAT(post.told(), ElementsAre("2017-01-24T13:00 warning r-chair yearly/2017-01-31",
                                       "2017-01-31T13:00 due r-chair yearly/2017-01-31 cancelled",
                                       "2017-02-01T07:00 breach r-chair yearly/2017-01-31"));
  EXPECT_EQ(post.registry->gauges().next_wake, store::never);
}

TEST(Watch, new_rules_reach_an_agreement_that_nothing_happens_to_any_more) {
  Post post("2018-04-01T12:00:00Z");
  post.create("club");
  post.append("club", "question", "2018-04-01");
  post.set("2019-02-10T12:00:00Z");
  ASSERT_EQ(post.registry->gauges().next_wake, store::never);
  alerts::Configuration rules = mail_rules({"answers"});
  rules.rules[0].escalation.clear();
  post.use(rules);
  EXPECT_THAT(post.told(), ElementsAre("2019-02-10T13:00 breach r-secretary answers/e-1 waiting"));
  post.set("2019-02-11T12:00:00Z");
  EXPECT_THAT(post.told(), ElementsAre("2019-02-10T13:00 breach r-secretary answers/e-1 waiting",
                                       "2019-02-11T13:00 overdue r-secretary answers/e-1 waiting"));
}

TEST(Watch, more_wakes_than_fit_in_a_batch_tell_the_same_also_when_it_is_killed_among_them) {
  registry::Options one_at_a_time;
  one_at_a_time.wakes_per_batch = 1;
  Post whole("2017-01-20T12:00:00Z"), by_one("2017-01-20T12:00:00Z", {}, one_at_a_time);
  for (Post* post : {&whole, &by_one}) {
    post->use(mail_rules({}));
    for (const char* id : {"club", "club-2", "club-3"})
      post->create(id);
    post->append("club-2", "question", "2017-01-10");
  }
  whole.set("2017-05-02T12:00:00Z");
  by_one.store->commits_left = 7;
  by_one.set("2017-05-02T12:00:00Z");
  ASSERT_TRUE(by_one.store->fails) << "it was not killed among them";
  by_one.kill();
  by_one.registry->settle();
  Lines expected = whole.told(), told = by_one.told();
  EXPECT_GT(expected.size(), 10U);
  std::sort(expected.begin(), expected.end());
  std::sort(told.begin(), told.end());
  EXPECT_EQ(told, expected);
}

TEST(Watch, what_could_not_be_sent_for_weeks_still_waits) {
  Post post("2017-03-25T12:00:00Z");
  alerts::Configuration rules = mail_rules({"meetings"});
  rules.rules[0].kinds = {alerts::Kind::breach};
  post.use(rules);
  post.create("club");
  post.set("2017-04-01T12:00:00Z");
  const auto told = post.told();
  ASSERT_FALSE(told.empty());
  post.set("2017-05-20T12:00:00Z");
  post.kill();
  post.set("2017-06-10T12:00:00Z");
  EXPECT_EQ(post.told(), told);
  EXPECT_THAT(told.front(), testing::HasSubstr("waiting"));
}

TEST(Watch, what_was_late_when_the_agreement_was_taken_up_is_history) {
  Post post("2017-06-10T12:00:00Z");
  post.use(mail_rules({"yearly", "answers"}));
  post.create("club");
  post.append("club", "question", "2017-01-10");
  post.live("2017-06-12T12:00:00Z");
  EXPECT_THAT(post.told(), IsEmpty());
}

TEST(Watch, what_can_still_be_done_is_late_for_as_long_as_it_is_not_done) {
  Post post("2017-01-10T12:00:00Z");
  alerts::Configuration rules = mail_rules({"answers", "protocols"});
  rules.rules[0].kinds = {alerts::Kind::overdue};
  rules.rules[0].escalation.clear();
  post.use(rules);
  post.create("club");
  post.append("club", "question", "2017-01-10");
  std::map<std::string, std::size_t> days;
  for (const char* time :
       {"2017-02-10T06:00:00Z", "2017-05-01T12:00:00Z", "2017-09-01T12:00:00Z"}) {
    post.live(time);
    if (std::string_view(time).starts_with("2017-05")) post.kill();
  }
  for (const std::string& line : post.told())
    ++days[line.substr(line.rfind(' ') + 1)];
  EXPECT_EQ(days["answers/e-1"], 204U);          // 10 February to 1 September
  EXPECT_EQ(days["protocols/2017-01-20"], 11U);  // until the end of its month
  EXPECT_EQ(days["protocols/2017-02-20"], 8U);
}

}  // namespace
}  // namespace samrad::watch
