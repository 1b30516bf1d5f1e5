// Aim: a digest is due once a week at its hour, once after a stop, and holds what concerns its reader with the most urgent first.

#include <gmock/gmock.h>

#include "tests/service/alerts/agreement.h"

namespace samrad::alerts {
namespace {

using engine::Status;
using testing::ElementsAre;
using testing::IsEmpty;
using tests::at;
using tests::day;

Configuration weekly() {
  Configuration configuration = tests::configuration({tests::every_kind()});
  configuration.recipients[0].digest = WeeklyDigest{calendar::Weekday::monday, 7 * 60};
  return configuration;
}

TEST(Digest, comes_once_a_week) {
  const Directory directory(weekly());
  std::set<std::string, std::less<>> keys;
  const auto ask = [&](const char* now) {
    const DigestPlan plan = plan_digests(directory, tests::stockholm(), at(now), last_of(keys));
    std::string line = tests::clock(plan.next.value());
    for (const Message& message : plan.messages) {
      keys.insert(message.key);
      line = message.key + " to " + message.to + ", then " + line;
    }
    return line;
  };
  const std::string monday = "|digest|chief|mail|";
  const std::string to = " to chief@example.org, then ";
  const struct {
    const char* now;
    std::string answer;
  } table[] = {
      // Monday 26 June 2017; the first one comes at once.
      {"2017-06-25T12:00", monday + "2017-06-19" + to + "2017-06-26T07:00:00+02:00"},
      {"2017-06-26T06:59", "2017-06-26T07:00:00+02:00"},
      {"2017-06-26T07:00", monday + "2017-06-26" + to + "2017-07-03T07:00:00+02:00"},
      {"2017-06-26T07:01", "2017-07-03T07:00:00+02:00"},
      // A stop over three Mondays.
      {"2017-07-19T10:00", monday + "2017-07-17" + to + "2017-07-24T07:00:00+02:00"},
      // A clock that goes back, and on.
      {"2017-07-04T10:00", "2017-07-10T07:00:00+02:00"},
      {"2017-07-18T10:00", "2017-07-24T07:00:00+02:00"},
      // Over the change of the clocks.
      {"2017-10-23T07:00", monday + "2017-10-23" + to + "2017-10-30T07:00:00+01:00"},
  };
  for (const auto& row : table)
    EXPECT_EQ(ask(row.now), row.answer) << row.now;
}

Duty duty(const char* id, const char* due, Status status = Status::open) {
  Duty made = tests::meetings();
  made.occurrence = id;
  made.due = day(due);
  made.warnings.clear();
  made.status = status;
  return made;
}

TEST(Digest, holds_what_concerns_its_reader_by_urgency) {
  Duty overdue = duty("late", "2017-05-01", Status::missed);
  overdue.overdue_since = day("2017-05-02");
  overdue.changed = at("2017-05-02T00:00");
  Duty fresh = duty("fresh", "2017-06-20", Status::missed);
  fresh.changed = at("2017-06-21T00:00");
  Duty old = duty("old", "2017-06-10", Status::missed);
  old.changed = at("2017-06-11T00:00");
  Duty broken = duty("broken", "2017-06-22", Status::broken);
  broken.asks_for_an_act = false;
  broken.changed = at("2017-06-22T12:00");
  Duty warned = duty("warned", "2017-12-31");
  warned.warnings = {day("2017-06-01")};
  Duty met = duty("met", "2017-06-30", Status::met);
  met.changed = at("2017-06-25T12:00");
  Duty long_met = duty("long-met", "2017-06-30", Status::met);
  long_met.changed = at("2017-06-19T12:00");
  Duty abstain = duty("abstain", "2017-06-28");
  abstain.asks_for_an_act = false;
  Duty of_others = duty("others", "2017-06-28");
  of_others.owners = {{"stadsdelsdirektor", "stadsdelsdirektören"}};
  const Agreement agreement = tests::norrmalm(
      {met, warned, duty("z-soon", "2017-07-03"), duty("a-soon", "2017-07-03"),
       duty("ahead", "2017-07-26"), duty("far", "2017-07-27"), duty("passed", "2017-06-25"),
       duty("before", "2016-05-30"), overdue, fresh, old, broken, long_met, abstain, of_others});
  const Directory directory(weekly());
  const auto part =
      digest_part(directory, *directory.recipient("chief"), agreement, at("2017-06-26T07:00"));
  ASSERT_TRUE(part);
  std::vector<std::string> items;
  for (const DigestItem& item : part->items)
    items.push_back(std::to_string(static_cast<int>(item.urgency)) + " " + item.duty->occurrence);
  EXPECT_THAT(items, ElementsAre("0 late", "1 fresh", "1 broken", "2 a-soon", "2 z-soon", "3 ahead",
                                 "3 warned", "4 met"));
  EXPECT_FALSE(
      digest_part(directory, *directory.recipient("secretary"), agreement, at("2017-06-26T07:00")));
}

}  // namespace
}  // namespace samrad::alerts
