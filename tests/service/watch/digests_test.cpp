// Aim: whoever asks for one letter a week gets one a week, about all agreements, and no single ones.

#include <gmock/gmock.h>

#include "tests/service/watch/post.h"

namespace samrad::watch {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

alerts::Configuration weekly() {
  alerts::Configuration rules = mail_rules({"yearly"});
  rules.recipients[0].digest = alerts::WeeklyDigest{};  // Mondays at seven
  return rules;
}

TEST(Digests, come_once_a_week_and_hold_what_concerns_their_reader) {
  Post post("2017-01-20T12:00:00Z");  // a Friday
  post.use(weekly());
  post.create("club");
  post.create("other-club");
  const auto look = [&](const char* time) {
    post.set(time);
    ASSERT_TRUE(post.watch->make_digests());
    post.send();
  };
  look("2017-01-20T12:00:00Z");  // the first one, at once
  look("2017-01-20T13:00:00Z");
  look("2017-01-23T05:59:00Z");
  look("2017-01-23T06:00:00Z");
  post.kill();
  look("2017-01-23T07:00:00Z");
  look("2017-01-27T06:00:00Z");
  look("2017-02-14T06:00:00Z");  // a Tuesday, two weeks left out
  EXPECT_THAT(post.told(),
              ElementsAre("2017-01-20T13:00 digest r-chair ", "2017-01-23T07:00 digest r-chair ",
                          "2017-02-14T07:00 escalation r-superior yearly/2017-01-31",
                          "2017-02-14T07:00 escalation r-superior yearly/2017-01-31",
                          "2017-02-14T07:00 digest r-chair "));
  const std::string content = post.messages().front().content;
  EXPECT_THAT(content, HasSubstr("r-chair@example.org"));
  EXPECT_THAT(content, HasSubstr("The yearly report"));
  EXPECT_THAT(content, HasSubstr("https://club.example.org/v1/agreements/other-club/"));
}

TEST(Digests, that_cannot_be_kept_come_later) {
  std::vector<std::string> troubles;
  alerts::SenderSettings settings;
  settings.no_digests = [&](const std::string& trouble) { troubles.push_back(trouble); };
  Post post("2017-01-20T12:00:00Z", settings);
  post.use(weekly());
  post.create("club");
  post.store->fails = store::Failure::Kind::full;
  EXPECT_FALSE(post.watch->make_digests());
  EXPECT_FALSE(post.watch->make_digests());
  post.store->fails.reset();
  EXPECT_TRUE(post.watch->make_digests());
  EXPECT_THAT(troubles, ElementsAre(HasSubstr("no room left"), ""))
      << "told once when it begins and once when it is over";
  EXPECT_THAT(post.told(), ElementsAre("2017-01-20T13:00 digest r-chair  waiting"));
}

}  // namespace
}  // namespace samrad::watch
