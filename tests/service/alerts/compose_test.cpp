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
  const Page page{calendar::Language::en,
                  "Ämne",
                  {{Block::Form::heading, "Rubrik", {}},
                   {Block::Form::rows, "", {{"Sista dag", "30 juni"}, {"”x”", "<y>"}}},
                   {Block::Form::small, "slut", {}}}};
  const auto read = page_of(letter_json(page));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->language, page.language);
  EXPECT_EQ(text_of(*read).subject, page.title);
  EXPECT_EQ(text_of(*read).plain, text_of(page).plain);
  EXPECT_EQ(text_of(*read).html, text_of(page).html);
  for (
      const char* json :
      {"", "[]", "{}", R"({"language": "sv", "subject": 1, "blocks": []})",
       R"({"language": "sv", "subject": "x", "blocks": {}})",
       R"({"language": "sv", "subject": "x", "blocks": [{"form": "verse", "text": ""}]})",
       R"({"language": "sv", "subject": "x", "blocks": [{"form": "rows", "text": "", "pairs": [["a"]]}]})"})
    EXPECT_FALSE(page_of(json)) << json;
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
  EXPECT_THAT(text_of(page_of(mail.body).value()).plain,
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
