// Aim: a planned message becomes a row that holds all that its sending needs: a letter that reads back, or a CloudEvent.

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "service/alerts/compose.h"
#include "service/alerts/webhook.h"
#include "tests/service/alerts/agreement.h"

namespace samrad::alerts {
namespace {

using tests::at;

TEST(Compose, a_letter_reads_back) {
  const Text text{"Ämne", "Rad ett\nrad två\n", "<p>”x”</p>"};
  const auto read = letter_of(letter_json(text, calendar::Language::en));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->language, calendar::Language::en);
  EXPECT_EQ(read->text.subject, text.subject);
  EXPECT_EQ(read->text.plain, text.plain);
  EXPECT_EQ(read->text.html, text.html);
  for (const char* json :
       {"", "[]", "{}", R"({"language": "sv", "subject": 1, "text": "", "html": ""})"})
    EXPECT_FALSE(letter_of(json)) << json;
}

TEST(Compose, a_plan_becomes_rows) {
  Configuration configuration = tests::configuration({tests::every_kind()});
  configuration.recipients[0].webhook = "desk";
  const Directory directory(configuration);
  Duty duty = tests::meetings();
  duty.due_at = at("2017-06-30T12:00");
  const Agreement agreement = tests::norrmalm({duty});
  const Micros now = at("2017-06-30T08:00");
  const Plan plan = alerts::plan(directory, agreement, now, last_of({}));
  ASSERT_EQ(plan.messages.size(), 3U);
  const Row mail = row_of(plan.messages[0], agreement, configuration.link, now);
  EXPECT_EQ(mail.way, Way::mail);
  EXPECT_EQ(mail.to, "chief@example.org");
  EXPECT_EQ(mail.key, "norrmalm|moten/2017-H1|2017-06-30|due|chief|mail|2017-06-30");
  EXPECT_THAT(letter_of(mail.body).value().text.plain,
              testing::HasSubstr("https://samrad.example.org/v1/agreements/norrmalm/occurrences/"));
  const Row hook = row_of(plan.messages[1], agreement, configuration.link, now);
  EXPECT_EQ(hook.way, Way::webhook);
  EXPECT_EQ(hook.to, "desk");
  const auto event = nlohmann::json::parse(hook.body);
  EXPECT_EQ(event["specversion"], "1.0");
  EXPECT_EQ(event["id"], webhook_id(hook.key));
  EXPECT_EQ(event["type"], "se.samrad.duty.due");
  EXPECT_EQ(event["source"], "urn:samrad:agreement:norrmalm");
  EXPECT_EQ(event["subject"], "moten/2017-H1");
  EXPECT_EQ(event["time"], "2017-06-30T06:00:00Z");
  EXPECT_EQ(event["data"]["duty"]["due"], "2017-06-30");
  EXPECT_EQ(event["data"]["duty"]["dueAt"], "2017-06-30T10:00:00Z");
  EXPECT_EQ(event["data"]["duty"]["status"], "open");
  EXPECT_EQ(event["data"]["duty"]["progress"]["need"], 2);
  EXPECT_EQ(event["data"]["links"]["sheet"],
            "https://samrad.example.org/v1/agreements/norrmalm/brief");
}

}  // namespace
}  // namespace samrad::alerts
