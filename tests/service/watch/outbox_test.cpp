// Aim: what waits in the store is sent by the rules that hold now, what became of it is on record before the sender goes on, and nothing
// that was cancelled is tried again.

#include <gmock/gmock.h>

#include <future>

#include "service/alerts/kept.h"
#include "tests/service/alerts/receiver.h"
#include "tests/service/watch/post.h"

namespace samrad::watch {
namespace {

using alerts::Step;
using testing::ElementsAre;
using testing::HasSubstr;

alerts::Configuration webhook_rules(const std::string& url) {
  alerts::Configuration rules = mail_rules({"yearly"});
  rules.recipients[0].webhook = "desk";
  rules.endpoints = {{"desk", url, {"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}, true}};
  return rules;
}

class StoredOutbox : public testing::Test {
 protected:
  StoredOutbox() {
    in_use.change(webhook_rules("https://desk.example.org"));
    post.use(webhook_rules("https://desk.example.org"));
    post.create("club");
  }
  std::vector<std::string> ways(std::size_t limit, const std::vector<std::string>& not_to) {
    std::vector<std::string> out;
    for (const alerts::Row& row : outbox.waiting(post.clock.now(), limit, not_to))
      out.emplace_back(alerts::word(row.way));
    return out;
  }
  alerts::Row row(alerts::Way way) {
    for (alerts::Row& one : outbox.waiting(post.clock.now(), 10, {}))
      if (one.way == way) return one;
    return {};
  }
  bool record(const alerts::Row& of, Step::Next next, Micros when) {
    return outbox.record({{of.key, next, when, of.tries + 1, "no answer"}});
  }

  Post post{"2017-01-24T12:00:00Z"};
  RulesInUse in_use;
  StoreOutbox outbox{post.store->reader().value(), *post.registry, in_use};
};

TEST_F(StoredOutbox, gives_what_waits_but_not_to_where_there_is_no_room) {
  EXPECT_THAT(ways(10, {}), ElementsAre("mail", "webhook"));
  EXPECT_THAT(ways(1, {"mail"}), ElementsAre("webhook"));
  EXPECT_THAT(ways(10, {"desk"}), ElementsAre("mail"));
  const alerts::Row mail = row(alerts::Way::mail), webhook = row(alerts::Way::webhook);
  EXPECT_EQ(mail.to, "r-chair@example.org");
  EXPECT_THAT(mail.body, HasSubstr("\"subject\""));
  EXPECT_EQ(webhook.to, "desk");
  EXPECT_THAT(webhook.body, HasSubstr("se.samrad.duty.warning"));
  EXPECT_EQ(outbox.endpoint("desk")->url, "https://desk.example.org");
  EXPECT_FALSE(outbox.endpoint("desk-2"));
}

TEST_F(StoredOutbox, keeps_what_became_of_each_try) {
  const Micros now = post.clock.now();
  EXPECT_TRUE(record(row(alerts::Way::mail), Step::Next::again, now + 5'000'000));
  EXPECT_THAT(ways(10, {}), ElementsAre("webhook"));
  EXPECT_TRUE(record(row(alerts::Way::webhook), Step::Next::failed, now));
  EXPECT_TRUE(ways(10, {}).empty());
  post.clock.pass(5'000'000);
  const alerts::Row again = row(alerts::Way::mail);
  EXPECT_EQ(again.tries, 1);
  EXPECT_TRUE(record(again, Step::Next::sent, post.clock.now()));
  EXPECT_THAT(post.told(),
              ElementsAre("2017-01-24T13:00 warning r-chair yearly/2017-01-31",
                          "2017-01-24T13:00 warning r-chair yearly/2017-01-31 failed"));
  EXPECT_EQ(post.messages()[1].last_error, "no answer");
}

TEST_F(StoredOutbox, does_not_try_again_what_was_cancelled_while_it_was_being_sent) {
  const alerts::Row mail = row(alerts::Way::mail), webhook = row(alerts::Way::webhook);
  post.append("club", "report", "2017-01-24");
  EXPECT_TRUE(record(mail, Step::Next::again, post.clock.now()));
  EXPECT_TRUE(record(webhook, Step::Next::sent, post.clock.now()));
  EXPECT_EQ(post.messages()[0].state, store::Message::State::cancelled);
  EXPECT_EQ(post.messages()[1].state, store::Message::State::sent);
}

TEST_F(StoredOutbox, disables_an_endpoint_in_the_rules_on_record) {
  EXPECT_TRUE(record(row(alerts::Way::webhook), Step::Next::disable, post.clock.now()));
  EXPECT_FALSE(outbox.endpoint("desk")->enabled);
  const auto document =
      post.store->reader().value()->document(alerts::kind_of_alerts, alerts::id_of_alerts);
  const auto kept = alerts::read_configuration(document.value().value().content).value();
  EXPECT_FALSE(kept.endpoint("desk")->enabled);
  EXPECT_EQ(kept.recipients, in_use.now().directory->configuration().recipients);
  EXPECT_EQ(post.messages()[1].state, store::Message::State::failed);
}

TEST_F(StoredOutbox, says_so_where_it_cannot_keep_a_step) {
  post.store->fails = store::Failure::Kind::full;
  EXPECT_FALSE(record(row(alerts::Way::mail), Step::Next::sent, post.clock.now()));
  post.store->fails.reset();
  EXPECT_TRUE(record(row(alerts::Way::mail), Step::Next::sent, post.clock.now()));
}

TEST_F(StoredOutbox, knows_the_last_key_of_a_series_that_still_counts) {
  const auto last = [&](const std::string& prefix) {
    return post.store->reader().value()->last_message_key(prefix).value().value_or("none");
  };
  const std::string mail = "club|yearly/2017-01-31|2017-01-31|warning|r-chair|mail|";
  EXPECT_EQ(last(mail), mail + "2017-01-24");
  EXPECT_EQ(last("club|"), "club|yearly/2017-01-31|2017-01-31|warning|r-chair|webhook|2017-01-24");
  EXPECT_EQ(last("club|z"), "none");
  EXPECT_EQ(last("clu"), last("club|"));
  post.append("club", "report", "2017-01-24");
  EXPECT_EQ(last(mail), "none") << "it was cancelled";
}

TEST(Watch, posts_to_a_receiver_what_a_passing_day_brings) {
  std::promise<std::string> posted;
  tests::Receiver receiver([&](tests::Connection& connection) {
    std::string request = connection.request();
    (void)connection.write(
        "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    posted.set_value(std::move(request));
  });
  alerts::SenderSettings settings;
  settings.webhooks.allow_http = true;
  settings.webhooks.allowed = {*alerts::AddressRange::parse("127.0.0.0/8")};
  Post post("2017-01-23T12:00:00Z", settings);
  alerts::Configuration rules = webhook_rules(receiver.url("http"));
  rules.recipients[0].mail.clear();
  post.use(rules);
  post.create("club");
  post.watch->start();
  post.set("2017-01-24T06:00:00Z");
  post.watch->wake();
  auto request = posted.get_future();
  ASSERT_EQ(request.wait_for(std::chrono::seconds(20)), std::future_status::ready);
  EXPECT_THAT(request.get(), HasSubstr("se.samrad.duty.warning"));
  post.watch->stop();
  EXPECT_EQ(post.watch->counts().sent, 1U);
  EXPECT_THAT(post.told(), ElementsAre("2017-01-24T07:00 warning r-chair yearly/2017-01-31"));
}

}  // namespace
}  // namespace samrad::watch
