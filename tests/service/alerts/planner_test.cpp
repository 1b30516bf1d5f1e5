// Aim: each alert is planned once, on its day and at its hour, to those whom the rules name; and neither a stop, nor a clock that jumps,
// nor a duty that is settled or moved makes it come twice, too late or not at all.

#include <gmock/gmock.h>

#include <map>

#include "tests/service/alerts/agreement.h"

namespace samrad::alerts {
namespace {

using engine::Status;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using tests::at;
using tests::day;
using tests::norrmalm;
using Lines = std::vector<std::string>;

// To the chief alone, so that each line stands once.
Rule to_chief() {
  Rule rule = tests::every_kind();
  rule.owners = {"lokalpolischef"};
  rule.tell_owners = false;
  rule.tell = {"chief"};
  return rule;
}

Duty missed(const char* changed) {
  Duty duty = tests::meetings();
  duty.status = Status::missed;
  duty.changed = at(changed);
  duty.overdue_since = day("2017-07-01");
  return duty;
}

TEST(Planner, warns_as_the_clause_says_and_on_the_day) {
  tests::Outbox outbox(tests::configuration({to_chief()}));
  EXPECT_THAT(
      outbox.watch(norrmalm({tests::meetings()}), at("2017-01-01T00:00"), at("2017-06-30T23:59")),
      ElementsAre("2017-05-01T07:00:00+02:00 warning chief",
                  "2017-06-16T07:00:00+02:00 warning chief",
                  "2017-06-30T07:00:00+02:00 due chief"));
  EXPECT_EQ(outbox.next, std::nullopt);
}

TEST(Planner, warns_also_as_the_rule_says) {
  Rule rule = to_chief();
  rule.kinds = {Kind::warning};
  rule.warn_as_clause = false;
  rule.warn_also = {{3, calendar::Unit::working_day}, {1, calendar::Unit::week}};
  rule.at = 9 * 60 + 30;
  tests::Outbox outbox(tests::configuration({rule}));
  // Midsummer's Eve was Friday 23 June.
  EXPECT_THAT(
      outbox.watch(norrmalm({tests::meetings()}), at("2017-01-01T00:00"), at("2017-07-30T00:00")),
      ElementsAre("2017-06-23T09:30:00+02:00 warning chief",
                  "2017-06-27T09:30:00+02:00 warning chief"));
}

TEST(Planner, tells_the_owners_and_whom_the_rule_names_once_each) {
  Rule rule = tests::every_kind();
  rule.tell = {"secretary", "chief"};
  Rule again = rule;
  again.id = "again";
  again.at = 6 * 60;
  tests::Outbox outbox(tests::configuration({rule, again}));
  EXPECT_THAT(
      outbox.watch(norrmalm({tests::meetings()}), at("2017-06-17T00:00"), at("2017-06-30T23:59")),
      ElementsAre(
          "2017-06-17T00:00:00+02:00 warning chief", "2017-06-17T00:00:00+02:00 warning director",
          "2017-06-17T00:00:00+02:00 warning secretary", "2017-06-30T06:00:00+02:00 due chief",
          "2017-06-30T06:00:00+02:00 due director", "2017-06-30T06:00:00+02:00 due secretary"));
}

TEST(Planner, a_rule_speaks_of_its_agreements_clauses_and_owners_only) {
  const struct {
    const char* what;
    std::function<void(Rule&)> change;
    std::size_t messages;
  } table[] = {
      {"all", [](Rule&) {}, 2},
      {"this agreement",
       [](Rule& r) {
         r.agreements = {"kista", "norrmalm"};
       },
       2},
      {"another agreement", [](Rule& r) { r.agreements = {"kista"}; }, 0},
      {"this clause", [](Rule& r) { r.clauses = {"moten"}; }, 2},
      {"another clause", [](Rule& r) { r.clauses = {"protokoll"}; }, 0},
      {"an owner", [](Rule& r) { r.owners = {"stadsdelsdirektor"}; }, 2},
      {"another owner", [](Rule& r) { r.owners = {"kommunpolis"}; }, 0},
      {"not on the day",
       [](Rule& r) {
         r.kinds = {Kind::overdue, Kind::breach};
       },
       0},
  };
  for (const auto& row : table) {
    Rule rule = tests::every_kind();
    row.change(rule);
    tests::Outbox outbox(tests::configuration({rule}));
    EXPECT_THAT(outbox.ask(norrmalm({tests::meetings()}), at("2017-06-30T08:00")),
                SizeIs(row.messages))
        << row.what;
  }
}

TEST(Planner, offices_may_be_of_one_agreement) {
  Configuration configuration = tests::configuration({tests::every_kind()});
  configuration.recipients[0].offices = {{"kista", "lokalpolischef"}};
  configuration.recipients[2].offices = {{"norrmalm", "lokalpolischef"}};
  tests::Outbox outbox(configuration);
  EXPECT_THAT(outbox.ask(norrmalm({tests::meetings()}), at("2017-06-30T08:00")),
              ElementsAre("2017-06-30T08:00:00+02:00 due secretary",
                          "2017-06-30T08:00:00+02:00 due director"));
}

TEST(Planner, overdue_is_told_once_a_day_until_acknowledged) {
  Duty duty = missed("2017-07-01T00:00");
  tests::Outbox outbox(tests::configuration({to_chief()}));
  EXPECT_THAT(outbox.watch(norrmalm({duty}), at("2017-07-01T00:00"), at("2017-07-04T12:00")),
              ElementsAre("2017-07-01T07:00:00+02:00 breach chief",
                          "2017-07-02T07:00:00+02:00 overdue chief",
                          "2017-07-03T07:00:00+02:00 overdue chief",
                          "2017-07-04T07:00:00+02:00 overdue chief"));
  duty.acknowledged = {"chief", at("2017-07-04T12:00")};
  EXPECT_THAT(outbox.watch(norrmalm({duty}), at("2017-07-04T12:00"), at("2017-09-01T00:00")),
              IsEmpty());
  EXPECT_EQ(outbox.next, std::nullopt);
}

TEST(Planner, an_acknowledgement_of_a_warning_does_not_silence_what_comes_after) {
  Duty duty = missed("2017-07-01T00:00");
  duty.acknowledged = {"chief", at("2017-06-17T12:00")};
  tests::Outbox outbox(tests::configuration({to_chief()}));
  EXPECT_THAT(outbox.watch(norrmalm({duty}), at("2017-07-02T00:00"), at("2017-07-02T12:00")),
              ElementsAre("2017-07-02T00:00:00+02:00 breach chief",
                          "2017-07-02T07:00:00+02:00 overdue chief"));
}

TEST(Planner, settling_ends_it_and_is_told) {
  const struct {
    Status status;
    bool told;
  } table[] = {{Status::met, true},
               {Status::met_late, true},
               {Status::waived, true},
               {Status::lapsed, false},
               {Status::cannot_assess, false}};
  for (const auto& row : table) {
    Duty duty = tests::meetings();
    tests::Outbox outbox(tests::configuration({to_chief()}));
    (void)outbox.watch(norrmalm({duty}), at("2017-05-01T00:00"), at("2017-05-10T00:00"));
    duty.status = row.status;
    duty.changed = at("2017-05-10T14:32");
    const Lines lines =
        outbox.watch(norrmalm({duty}), at("2017-05-10T14:32"), at("2017-12-31T00:00"));
    EXPECT_EQ(lines, row.told ? Lines{"2017-05-10T14:32:00+02:00 settled chief"} : Lines());
  }
}

TEST(Planner, a_breach_in_the_night_is_told_in_the_morning_one_by_day_at_once) {
  const struct {
    const char* noticed;
    const char* told;
  } table[] = {{"2017-05-14T00:00", "2017-05-14T07:00:00+02:00 breach chief"},
               {"2017-05-14T06:59", "2017-05-14T07:00:00+02:00 breach chief"},
               {"2017-05-14T14:32", "2017-05-14T14:32:00+02:00 breach chief"},
               {"2017-05-14T23:59", "2017-05-14T23:59:00+02:00 breach chief"}};
  for (const auto& row : table) {
    Duty duty = tests::meetings();
    duty.asks_for_an_act = false;
    duty.status = Status::broken;
    duty.due = day("2017-05-14");
    duty.changed = at(row.noticed);
    tests::Outbox outbox(tests::configuration({to_chief()}));
    EXPECT_THAT(outbox.watch(norrmalm({duty}), at(row.noticed), at("2017-07-01T00:00")),
                ElementsAre(row.told))
        << row.noticed;
  }
}

TEST(Planner, a_verdict_that_falls_again_is_told_again) {
  Duty duty = missed("2017-07-01T00:00");
  duty.overdue_since.reset();
  tests::Outbox outbox(tests::configuration({to_chief()}));
  EXPECT_THAT(outbox.ask(norrmalm({duty}), at("2017-07-01T08:00")), SizeIs(1));
  duty.status = Status::met;  // a late record
  duty.changed = at("2017-07-05T10:00");
  EXPECT_THAT(outbox.ask(norrmalm({duty}), at("2017-07-05T10:00")),
              ElementsAre("2017-07-05T10:00:00+02:00 settled chief"));
  duty.status = Status::missed;  // and its withdrawal
  duty.changed = at("2017-07-09T10:00");
  EXPECT_THAT(outbox.ask(norrmalm({duty}), at("2017-07-09T10:00")),
              ElementsAre("2017-07-09T10:00:00+02:00 breach chief"));
  EXPECT_THAT(outbox.ask(norrmalm({duty}), at("2017-08-09T10:00")), IsEmpty());
}

TEST(Planner, the_next_roles_are_told_while_nobody_acknowledges) {
  Rule rule = to_chief();
  rule.escalation = {{3, "stadsdelsdirektor"}, {10, "kommunpolis"}};
  Duty duty = missed("2017-07-01T00:00");
  rule.kinds = {Kind::breach};
  tests::Outbox outbox(tests::configuration({rule}));
  EXPECT_THAT(outbox.watch(norrmalm({duty}), at("2017-07-01T00:00"), at("2017-12-01T00:00")),
              ElementsAre("2017-07-01T07:00:00+02:00 breach chief",
                          "2017-07-04T07:00:00+02:00 escalation director",
                          "2017-07-11T07:00:00+02:00 escalation superior"));
  duty.acknowledged = {"chief", at("2017-07-05T12:00")};
  tests::Outbox other(tests::configuration({rule}));
  EXPECT_THAT(other.watch(norrmalm({duty}), at("2017-07-06T00:00"), at("2017-12-01T00:00")),
              ElementsAre("2017-07-06T00:00:00+02:00 breach chief"));
}

TEST(Planner, after_a_month_without_service_each_gets_one_message_and_no_burst) {
  Rule rule = to_chief();
  rule.escalation = {{3, "stadsdelsdirektor"}, {10, "kommunpolis"}};
  tests::Outbox outbox(tests::configuration({rule}));
  const Duty open = tests::meetings();
  // Stopped before the first warning, back after the second: what it is now, once.
  EXPECT_THAT(outbox.watch(norrmalm({open}), at("2017-04-01T00:00"), at("2017-04-02T00:00")),
              IsEmpty());
  EXPECT_THAT(outbox.ask(norrmalm({open}), at("2017-06-20T03:00")),
              ElementsAre("2017-06-20T03:00:00+02:00 warning chief"));
  // Stopped again over the due day: the service notices when it is back.
  const Duty late = missed("2017-08-01T09:00");
  EXPECT_THAT(outbox.ask(norrmalm({late}), at("2017-08-01T09:00")),
              ElementsAre("2017-08-01T09:00:00+02:00 breach chief",
                          "2017-08-01T09:00:00+02:00 escalation director",
                          "2017-08-01T09:00:00+02:00 escalation superior"));
  EXPECT_THAT(outbox.watch(norrmalm({late}), at("2017-08-01T09:00"), at("2017-08-02T12:00")),
              ElementsAre("2017-08-02T07:00:00+02:00 overdue chief"));
  // And for a month while overdue.
  EXPECT_THAT(outbox.ask(norrmalm({late}), at("2017-09-05T10:00")),
              ElementsAre("2017-09-05T10:00:00+02:00 overdue chief"));
  EXPECT_THAT(outbox.ask(norrmalm({late}), at("2017-09-05T11:00")), IsEmpty());
}

TEST(Planner, a_clock_that_goes_backwards_sends_nothing_twice) {
  tests::Outbox outbox(tests::configuration({to_chief()}));
  const Duty open = tests::meetings();
  EXPECT_THAT(outbox.ask(norrmalm({open}), at("2017-06-20T10:00")), SizeIs(1));
  // The first warning was never sent, and its time has come again: what was sent said more.
  EXPECT_THAT(outbox.watch(norrmalm({open}), at("2017-04-20T10:00"), at("2017-06-29T10:00")),
              IsEmpty());
  const Duty late = missed("2017-07-01T00:00");
  EXPECT_THAT(outbox.ask(norrmalm({late}), at("2017-07-20T10:00")), SizeIs(2));  // breach, overdue
  EXPECT_THAT(outbox.watch(norrmalm({late}), at("2017-07-03T00:00"), at("2017-07-20T23:00")),
              IsEmpty());
  EXPECT_THAT(outbox.ask(norrmalm({late}), at("2017-07-21T07:00")), SizeIs(1));
  // Back to before it was noticed at all.
  EXPECT_THAT(outbox.ask(norrmalm({late}), at("2017-06-01T10:00")), IsEmpty());
}

TEST(Planner, whatever_the_clock_does_each_day_is_told_once_and_in_order) {
  const Duty open = tests::meetings();
  const Duty late = missed("2017-07-01T00:00");
  std::uint32_t seed = 1;
  const auto random = [&](std::int64_t below) {
    seed = seed * 1664525U + 1013904223U;
    return static_cast<std::int64_t>(seed >> 8U) % below;
  };
  for (int round = 0; round < 100; ++round) {
    tests::Outbox outbox(tests::configuration({to_chief()}));
    std::map<Kind, calendar::Day> last;
    std::int64_t hour = 0;  // since 1 April
    for (int ask = 0; ask < 60; ++ask) {
      hour = std::max<std::int64_t>(0, hour + random(72) - (random(5) == 0 ? random(24 * 40) : 0));
      const Micros now = at("2017-04-01T00:00") + hour * 3'600'000'000;
      const calendar::Day today = tests::stockholm().day_of(now / 1'000'000);
      const bool morning = tests::stockholm().second_of_day(now / 1'000'000) < 7 * 3600;
      // The day of each series that has come last, by the calendar on the wall.
      std::map<Kind, calendar::Day> come;
      const calendar::Day by_hour = morning ? today - 1 : today;
      if (today < open.due) {
        if (by_hour >= day("2017-05-01")) come[Kind::warning] = day("2017-05-01");
        if (by_hour >= day("2017-06-16")) come[Kind::warning] = day("2017-06-16");
      } else if (today == open.due) {
        if (!morning) come[Kind::due] = today;
      } else {
        if (by_hour >= day("2017-07-01")) come[Kind::breach] = day("2017-07-01");
        if (!morning && today > day("2017-07-01")) come[Kind::overdue] = today;
      }
      Lines expected;
      for (const auto& [kind, of] : come)
        if (last.count(kind) == 0 || last[kind] < of) {
          last[kind] = of;
          expected.push_back(tests::clock(now) + " " + std::string(word(kind)) + " chief");
        }
      Lines told = outbox.ask(norrmalm({today <= open.due ? open : late}), now);
      std::sort(told.begin(), told.end());
      std::sort(expected.begin(), expected.end());
      ASSERT_EQ(told, expected) << "round " << round << ", ask " << ask;
    }
  }
}

TEST(Planner, an_hour_that_the_clocks_skip_comes_when_they_have) {
  Duty duty = tests::meetings();
  duty.due = day("2017-03-26");
  duty.warnings = {day("2017-03-25")};
  Rule rule = to_chief();
  rule.at = 2 * 60 + 30;
  tests::Outbox outbox(tests::configuration({rule}));
  EXPECT_THAT(outbox.watch(norrmalm({duty}), at("2017-03-01T00:00"), at("2017-03-26T23:00")),
              ElementsAre("2017-03-25T02:30:00+01:00 warning chief",
                          "2017-03-26T03:00:00+02:00 due chief"));
  // The night in which 02:30 comes twice.
  Duty late = missed("2017-10-28T00:00");
  late.due = day("2017-10-27");
  late.overdue_since = day("2017-10-28");
  EXPECT_THAT(outbox.watch(norrmalm({late}), at("2017-10-28T00:00"), at("2017-10-30T12:00")),
              ElementsAre("2017-10-28T02:30:00+02:00 breach chief",
                          "2017-10-29T02:30:00+02:00 overdue chief",
                          "2017-10-30T02:30:00+01:00 overdue chief"));
}

TEST(Planner, a_moved_duty_is_planned_for_its_new_day) {
  tests::Outbox outbox(tests::configuration({to_chief()}));
  Duty duty = tests::meetings();
  EXPECT_THAT(outbox.ask(norrmalm({duty}), at("2017-06-16T07:00")), SizeIs(1));
  duty.due = day("2017-07-31");
  duty.warnings = {day("2017-07-17")};
  EXPECT_THAT(outbox.watch(norrmalm({duty}), at("2017-06-16T07:00"), at("2017-07-31T23:00")),
              ElementsAre("2017-07-17T07:00:00+02:00 warning chief",
                          "2017-07-31T07:00:00+02:00 due chief"));
}

TEST(Planner, what_waits_and_is_no_longer_so_is_cancelled) {
  const auto key = [](Kind kind, const char* on, const char* recipient = "chief") {
    return Key{"norrmalm", "moten/2017-H1", day("2017-06-30"), kind, recipient, Way::mail, day(on)}
        .text();
  };
  const auto open = [](auto change) {
    Duty duty = tests::meetings();
    change(duty);
    return duty;
  };
  const auto settle = [](Duty& duty) { duty.status = Status::met; };
  const auto acknowledge = [](Duty& duty) {
    duty = missed("2017-07-01T00:00");
    duty.acknowledged = {"chief", at("2017-07-02T08:00")};
  };
  const struct {
    const char* what;
    std::string pending;
    Duty duty;
    const char* now;
    bool cancelled;
  } table[] = {
      {"still open", key(Kind::warning, "2017-06-16"), open([](Duty&) {}), "2017-06-16T09:00",
       false},
      {"met meanwhile", key(Kind::warning, "2017-06-16"), open(settle), "2017-06-16T09:00", true},
      {"met on the day", key(Kind::due, "2017-06-30"), open(settle), "2017-06-30T09:00", true},
      {"moved", key(Kind::warning, "2017-06-16"),
       open([](Duty& duty) { duty.due = day("2017-07-31"); }), "2017-06-16T09:00", true},
      {"gone", key(Kind::warning, "2017-06-16"),
       open([](Duty& duty) { duty.occurrence = "moten/2017-H2"; }), "2017-06-16T09:00", true},
      {"a newer warning", key(Kind::warning, "2017-05-01"), open([](Duty&) {}), "2017-06-16T09:00",
       true},
      {"the day has passed", key(Kind::due, "2017-06-30"), missed("2017-07-01T00:00"),
       "2017-07-01T08:00", true},
      {"overdue still", key(Kind::overdue, "2017-07-02"), missed("2017-07-01T00:00"),
       "2017-07-02T08:00", false},
      {"overdue of yesterday", key(Kind::overdue, "2017-07-02"), missed("2017-07-01T00:00"),
       "2017-07-03T08:00", true},
      {"acknowledged", key(Kind::overdue, "2017-07-02"), open(acknowledge), "2017-07-02T09:00",
       true},
      {"no breach after all", key(Kind::breach, "2017-07-01"), open(settle), "2017-07-02T09:00",
       true},
      {"a breach still", key(Kind::breach, "2017-07-01"), missed("2017-07-01T00:00"),
       "2017-07-02T09:00", false},
      {"not settled after all", key(Kind::settled, "2017-06-16"), open([](Duty&) {}),
       "2017-06-16T09:00", true},
      {"nobody of that id", key(Kind::warning, "2017-06-16", "nobody"), open([](Duty&) {}),
       "2017-06-16T09:00", true},
  };
  const Directory directory(tests::configuration({to_chief()}));
  for (const auto& row : table) {
    const std::set<std::string, std::less<>> keys = {row.pending};
    const std::vector<std::string> pending = {row.pending,
                                              "kista|x|2017-01-01|due|chief|mail|2017-01-01"};
    const Plan made = plan(directory, norrmalm({row.duty}), at(row.now), last_of(keys), pending);
    EXPECT_EQ(made.cancelled, row.cancelled ? std::vector{row.pending} : std::vector<std::string>())
        << row.what;
  }
}

TEST(Planner, what_was_cancelled_and_left_the_outbox_is_planned_again) {
  tests::Outbox outbox(tests::configuration({to_chief()}));
  Duty duty = tests::meetings();
  EXPECT_THAT(outbox.ask(norrmalm({duty}), at("2017-06-16T07:00")), SizeIs(1));
  outbox.keys.clear();
  EXPECT_THAT(outbox.ask(norrmalm({duty}), at("2017-06-17T10:00")),
              ElementsAre("2017-06-17T10:00:00+02:00 warning chief"));
}

TEST(Planner, history_is_not_told) {
  Duty duty = missed("2017-07-01T00:00");
  Agreement agreement = norrmalm({duty});
  agreement.since = day("2017-07-01");
  tests::Outbox outbox(tests::configuration({tests::every_kind()}));
  EXPECT_THAT(outbox.ask(agreement, at("2017-07-05T10:00")), IsEmpty());
  agreement.since = day("2017-06-30");
  EXPECT_THAT(outbox.ask(agreement, at("2017-07-05T10:00")), SizeIs(4));
}

TEST(Planner, a_deadline_with_an_hour_is_told_before_it) {
  const struct {
    const char* due_at;
    const char* told;
  } table[] = {{"2017-06-30T12:00", "2017-06-30T07:00:00+02:00 due chief"},
               {"2017-06-30T06:00", "2017-06-29T07:00:00+02:00 due chief"}};
  for (const auto& row : table) {
    Duty duty = tests::meetings();
    duty.due_at = at(row.due_at);
    tests::Outbox outbox(tests::configuration({to_chief()}));
    EXPECT_THAT(outbox.watch(norrmalm({duty}), at("2017-06-28T00:00"), at("2017-06-30T23:00")),
                ElementsAre("2017-06-28T00:00:00+02:00 warning chief", row.told));
    tests::Outbox late(tests::configuration({to_chief()}));
    EXPECT_THAT(late.ask(norrmalm({duty}), at("2017-06-30T12:00")), IsEmpty());
  }
}

TEST(Planner, warns_by_the_hour_of_what_is_due_by_it) {
  Duty duty = tests::meetings();
  duty.warnings = {day("2017-06-29")};
  duty.due_at = at("2017-06-30T15:30");
  for (const char* moment : {"2017-06-29T23:30", "2017-06-30T06:30", "2017-06-30T13:30"})
    duty.warnings_at.push_back(at(moment));
  tests::Outbox outbox(tests::configuration({to_chief()}));
  EXPECT_THAT(outbox.watch(norrmalm({duty}), at("2017-06-28T00:00"), at("2017-06-30T23:00")),
              ElementsAre("2017-06-29T07:00:00+02:00 warning chief",
                          "2017-06-29T23:30:00+02:00 warning chief",
                          "2017-06-30T07:00:00+02:00 due chief",
                          "2017-06-30T13:30:00+02:00 warning chief"));
  EXPECT_THAT(
      outbox.keys,
      testing::Contains("norrmalm|moten/2017-H1|2017-06-30|warning|chief|mail|2017-06-30T13:30"));
  // The clock goes back, and on.
  for (const char* moment : {"2017-06-29T08:00", "2017-06-30T14:00", "2017-06-30T15:30"})
    EXPECT_THAT(outbox.ask(norrmalm({duty}), at(moment)), IsEmpty()) << moment;
}

TEST(Planner, what_was_seen_after_its_hour_is_seen) {
  Duty duty = missed("2017-06-30T15:30");
  duty.due_at = at("2017-06-30T15:30");
  for (const auto& [seen, told] :
       {std::pair("2017-06-30T15:29", true), {"2017-06-30T15:30", false}}) {
    duty.acknowledged = Acknowledgement{"x", at(seen)};
    tests::Outbox outbox(tests::configuration({to_chief()}));
    const auto lines = outbox.ask(norrmalm({duty}), at("2017-07-02T07:00"));
    const bool reminded = std::any_of(lines.begin(), lines.end(), [](const std::string& line) {
      return line.find("overdue") != std::string::npos;
    });
    EXPECT_EQ(reminded, told) << seen;
  }
}

TEST(Planner, tells_each_who_else_is_told) {
  Rule rule = tests::every_kind();
  rule.tell = {"secretary"};
  Configuration configuration = tests::configuration({rule});
  configuration.recipients.push_back(
      {.id = "deputy", .offices = {{"", "lokalpolischef"}}, .mail = "deputy@example.org"});
  configuration.recipients.push_back({.id = "reader", .offices = {{"", "lokalpolischef"}}});
  const Directory directory(configuration);
  const Agreement agreement = norrmalm({tests::meetings()});
  const Plan plan = alerts::plan(directory, agreement, at("2017-06-30T07:00"), last_of({}));
  std::map<std::string, std::string> told;
  for (const Message& message : plan.messages) {
    std::string& line = told[message.recipient->id];
    for (const std::string& role : message.others.roles)
      line += role + ", ";
    line += std::to_string(message.others.unnamed);
  }
  EXPECT_THAT(told,
              ElementsAre(testing::Pair("chief", "stadsdelsdirektören, 1"),
                          testing::Pair("deputy", "stadsdelsdirektören, 1"),
                          testing::Pair("director", "lokalpolischefen, 1"),
                          testing::Pair("secretary", "lokalpolischefen, stadsdelsdirektören, 0")));
}

TEST(Planner, both_ways_are_two_messages_and_a_digest_takes_the_place_of_mail_only) {
  Configuration configuration = tests::configuration({to_chief()});
  configuration.endpoints = {{"desk", "https://desk.example.org/hook", {}, true}};
  configuration.recipients[0].webhook = "desk";
  const auto ways = [&](const Configuration& used, const Duty& duty, const char* now) {
    const Directory directory(used);
    const std::set<std::string, std::less<>> keys;
    const Agreement agreement = norrmalm({duty});
    std::vector<std::string> all;
    for (const Message& message : plan(directory, agreement, at(now), last_of(keys)).messages)
      all.push_back(std::string(word(message.kind)) + " " + std::string(word(message.way)) + " " +
                    message.to);
    return all;
  };
  EXPECT_THAT(ways(configuration, tests::meetings(), "2017-06-30T08:00"),
              ElementsAre("due mail chief@example.org", "due webhook desk"));
  configuration.recipients[0].digest = WeeklyDigest{};
  EXPECT_THAT(ways(configuration, tests::meetings(), "2017-06-30T08:00"),
              ElementsAre("due webhook desk"));
  configuration.rules[0].escalation = {{3, "lokalpolischef"}};
  EXPECT_THAT(ways(configuration, missed("2017-07-01T00:00"), "2017-07-08T08:00"),
              ElementsAre("breach webhook desk", "overdue webhook desk",
                          "escalation mail chief@example.org", "escalation webhook desk"));
  configuration.recipients[0].mail.clear();
  configuration.recipients[0].webhook.clear();
  EXPECT_THAT(ways(configuration, tests::meetings(), "2017-06-30T08:00"), IsEmpty());
}

TEST(Planner, where_nobody_acts_the_others_are_told_and_where_there_are_none_it_shows) {
  Configuration configuration = tests::configuration({tests::every_kind()});
  configuration.recipients[0].offices.clear();
  configuration.recipients[1].offices.clear();
  const Agreement agreement = norrmalm({tests::meetings()});
  const std::set<std::string, std::less<>> keys;
  {
    const Directory directory(configuration);
    const Plan made = plan(directory, agreement, at("2017-06-30T08:00"), last_of(keys));
    EXPECT_THAT(made.messages, IsEmpty());
    ASSERT_THAT(made.unheard, SizeIs(1));
    EXPECT_EQ(made.unheard[0].kind, Kind::due);
    EXPECT_THAT(plan(directory, agreement, at("2017-03-30T08:00"), last_of(keys)).unheard,
                IsEmpty());
  }
  configuration.otherwise = {"secretary"};
  const Directory directory(configuration);
  const Plan made = plan(directory, agreement, at("2017-06-30T08:00"), last_of(keys));
  ASSERT_THAT(made.messages, SizeIs(1));
  EXPECT_EQ(made.messages[0].recipient->id, "secretary");
  EXPECT_TRUE(made.messages[0].because.otherwise);
  EXPECT_THAT(made.unheard, IsEmpty());
}

TEST(Planner, says_why_each_is_told) {
  Rule rule = tests::every_kind();
  rule.tell = {"secretary"};
  const Directory directory(tests::configuration({rule}));
  const Agreement agreement = norrmalm({tests::meetings()});
  const std::set<std::string, std::less<>> keys;
  const Plan made = plan(directory, agreement, at("2017-06-30T08:00"), last_of(keys));
  ASSERT_THAT(made.messages, SizeIs(3));
  EXPECT_THAT(made.messages[0].because.roles, ElementsAre("lokalpolischefen"));
  EXPECT_THAT(made.messages[2].because.roles, IsEmpty());
  EXPECT_EQ(made.messages[2].because.rule, "owners");
}

}  // namespace
}  // namespace samrad::alerts
