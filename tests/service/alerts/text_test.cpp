// Aim: every kind of message reads in both languages as the kept texts do, names the duty, its day, its owners and its paragraph, and lets
// nothing from an agreement act as markup or as a header.

#include <gmock/gmock.h>

#include "service/alerts/page.h"
#include "service/alerts/text.h"
#include "tests/service/alerts/agreement.h"
#include "tests/service/golden.h"

namespace samrad::alerts {
namespace {

using engine::Status;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using tests::at;
using tests::day;
using tests::matches_golden;

Duty late(Status status) {
  Duty duty = tests::meetings();
  duty.status = status;
  duty.overdue_since = day("2017-07-01");
  duty.consequence = {"Lokalpolischefen ska kalla till ett extra möte inom 30 dagar.",
                      "The chief of local police must call an extra meeting within 30 days."};
  return duty;
}

struct Case {
  const char* name;
  Kind kind;
  Duty duty;
  const char* today;
};

std::vector<Case> cases() {
  Duty met = tests::meetings();
  met.status = Status::met;
  met.have = 2;
  met.verdict = {"Sammanträde den 10 maj 2017 och den 20 juni 2017.",
                 "Meetings on 10 May 2017 and 20 June 2017."};
  Duty met_late = met;
  met_late.status = Status::met_late;
  Duty waived = met;
  waived.status = Status::waived;
  waived.have = 1;
  waived.verdict = {"Undantag av polismästaren: valår.",
                    "Waived by the commissioner: election year."};
  Duty broken = tests::meetings();
  broken.status = Status::broken;
  broken.asks_for_an_act = false;
  broken.need = 0;
  broken.due = day("2017-05-14");
  broken.title = "Beslut fattas skriftligt";
  broken.demand = {"Beslut ska fattas skriftligt.", "Decisions must be made in writing."};
  broken.verdict = {"Beslutet b-7 den 14 maj 2017 är muntligt.",
                    "Decision b-7 of 14 May 2017 was made orally."};
  Duty hour = tests::meetings();
  hour.due_at = at("2017-06-30T12:00");
  Duty acknowledged = late(Status::missed);
  acknowledged.acknowledged = {"secretary", at("2017-07-02T09:00")};
  Duty chance = tests::meetings();
  chance.is_chance = true;
  chance.need = 1;
  chance.title = "Två år till";
  chance.demand = {"Avtalet får förlängas med två år, om samråd har skett senast den 30 juni 2017.",
                   "The agreement may be extended by two years, if consulted by 30 June 2017."};
  Duty judged = tests::meetings();
  judged.is_judged = true;
  judged.need = 1;
  judged.title = "Samordnarna får tillräcklig tid";
  judged.demand = {"”Samordnarna har tid” ska gälla; det bedöms av stadsdelsdirektören.",
                   "“The coordinators have time” must hold, as the director judges."};
  return {{"chance", Kind::warning, chance, "2017-06-16"},
          {"judged", Kind::due, judged, "2017-06-30"},
          {"warning", Kind::warning, tests::meetings(), "2017-06-16"},
          {"warning-tomorrow", Kind::warning, hour, "2017-06-29"},
          {"due", Kind::due, hour, "2017-06-30"},
          {"overdue", Kind::overdue, late(Status::missed), "2017-07-03"},
          {"overdue-acknowledged", Kind::overdue, acknowledged, "2017-07-03"},
          {"escalation", Kind::escalation, late(Status::missed), "2017-07-08"},
          {"missed", Kind::breach, late(Status::missed), "2017-07-01"},
          {"broken", Kind::breach, broken, "2017-05-14"},
          {"met", Kind::settled, met, "2017-06-20"},
          {"met-late", Kind::settled, met_late, "2017-07-20"},
          {"waived", Kind::settled, waived, "2017-06-20"}};
}

Text text(const Case& one, const Recipient& recipient, Because because) {
  const Agreement agreement = tests::norrmalm({});
  const Message message{"key",          one.kind,  &recipient,     Way::mail,
                        recipient.mail, &one.duty, day(one.today), std::move(because)};
  return text_of(
      alert_page(message, agreement,
                 links_of("https://samrad.example.org", agreement.id, one.duty.occurrence)));
}

Recipient reader(calendar::Language language) {
  Recipient recipient;
  recipient.id = "chief";
  recipient.language = language;
  recipient.mail = "chief@example.org";
  return recipient;
}

TEST(AlertText, reads_as_it_was_kept) {
  for (const auto language : {calendar::Language::sv, calendar::Language::en}) {
    const Recipient recipient = reader(language);
    std::string all;
    for (const Case& one : cases()) {
      const Text made = text(one, recipient, {"owners", {"lokalpolischefen"}, false});
      all += "######## " + std::string(one.name) + "\nSubject: " + made.subject + "\n\n" +
             made.plain + "\n";
    }
    EXPECT_TRUE(matches_golden(
        language == calendar::Language::sv ? "alerts/alerts.sv.txt" : "alerts/alerts.en.txt", all));
  }
  const Recipient recipient = reader(calendar::Language::sv);
  EXPECT_TRUE(
      matches_golden("alerts/escalation.sv.html",
                     text(cases()[7], recipient, {"owners", {"kommunpolisen"}, false}).html));
}

TEST(AlertText, says_what_a_reader_asks) {
  for (const Case& one : cases()) {
    const Text made = text(one, reader(calendar::Language::sv), {"owners", {}, true});
    EXPECT_THAT(made.plain, AllOf(HasSubstr(one.duty.demand.sv), HasSubstr("Samverkan i Norrmalm"),
                                  HasSubstr("§5 st 3"), HasSubstr("lokalpolischefen"),
                                  HasSubstr("ingen är anmäld som företrädare")))
        << one.name;
    EXPECT_THAT(made.subject, HasSubstr(one.duty.title));
    const bool asks =
        !one.duty.acknowledged && (one.kind == Kind::overdue || one.kind == Kind::escalation ||
                                   (one.kind == Kind::breach && one.duty.overdue_since));
    EXPECT_EQ(made.plain.find("/acknowledgement") != std::string::npos, asks) << one.name;
  }
}

TEST(AlertText, folds_its_lines_but_no_address) {
  for (const Case& one : cases()) {
    const Text made = text(one, reader(calendar::Language::en), {"owners", {}, false});
    std::size_t begin = 0;
    for (std::size_t end; (end = made.plain.find('\n', begin)) != std::string::npos;
         begin = end + 1) {
      const std::string line = made.plain.substr(begin, end - begin);
      EXPECT_TRUE(line.starts_with("https://") || width_of(line) <= text_columns) << line;
    }
  }
}

TEST(AlertText, lets_no_text_of_an_agreement_act) {
  Case hostile{"hostile", Kind::due, tests::meetings(), "2017-06-30"};
  hostile.duty.title = "A\r\nBcc: x <script>alert('\"&')</script>";
  hostile.duty.demand = {"<img src=x onerror=alert(1)>", ""};
  hostile.duty.owners = {{"x", "\"><b>"}};
  const Text made = text(hostile, reader(calendar::Language::sv), {"owners", {"</p>"}, false});
  EXPECT_THAT(made.subject, AllOf(Not(HasSubstr("\r")), Not(HasSubstr("\n"))));
  EXPECT_THAT(made.html, AllOf(Not(HasSubstr("<script")), Not(HasSubstr("<img")),
                               Not(HasSubstr("<b>")), HasSubstr("&lt;img")));
  hostile.duty.title = std::string(300, 'x');
  EXPECT_EQ(width_of(text(hostile, reader(calendar::Language::sv), {}).subject),
            subject_characters_max + 1);
}

TEST(AlertText, links_are_percent_encoded_and_may_be_left_out) {
  const Links links = links_of("https://samrad.example.org", "a b", "moten/2017-H1");
  EXPECT_EQ(links.duty,
            "https://samrad.example.org/v1/agreements/a%20b/occurrences/moten%2F2017-H1");
  EXPECT_EQ(links.sheet, "https://samrad.example.org/v1/agreements/a%20b/brief");
  EXPECT_EQ(links_of("", "a", "b").sheet, "");
}

TEST(DigestText, reads_as_it_was_kept) {
  Duty overdue = late(Status::missed);
  Duty acknowledged = late(Status::missed);
  acknowledged.acknowledged = {"secretary", at("2017-07-02T09:00")};
  Duty soon = tests::meetings();
  soon.title = "Protokollet justeras";
  soon.due = day("2017-07-05");
  soon.need = 1;
  Duty ahead = soon;
  ahead.due = day("2017-08-01");
  Duty met = tests::meetings();
  met.status = Status::met;
  met.have = 2;
  const std::vector<DigestPart> parts = {
      {"norrmalm",
       "Samverkan i Norrmalm 2016–2018",
       {{Urgency::overdue, &overdue},
        {Urgency::overdue, &acknowledged, true},
        {Urgency::breach, &overdue},
        {Urgency::soon, &soon},
        {Urgency::ahead, &ahead},
        {Urgency::settled, &met}}},
      {"kista", "Medborgarlöfte Kista", {{Urgency::ahead, &ahead}}}};
  for (const auto language : {calendar::Language::sv, calendar::Language::en}) {
    const Recipient recipient = reader(language);
    const Message message{.kind = Kind::digest, .recipient = &recipient, .day = day("2017-07-03")};
    const Text full = text_of(digest_page(message, parts, "https://samrad.example.org"));
    const Text none = text_of(digest_page(message, {}, "https://samrad.example.org"));
    const bool sv = language == calendar::Language::sv;
    EXPECT_TRUE(matches_golden(sv ? "alerts/digest.sv.txt" : "alerts/digest.en.txt",
                               "Subject: " + full.subject + "\n\n" + full.plain +
                                   "\n########\nSubject: " + none.subject + "\n\n" + none.plain));
    EXPECT_TRUE(sv || matches_golden("alerts/digest.en.html", full.html));
  }
}

}  // namespace
}  // namespace samrad::alerts
