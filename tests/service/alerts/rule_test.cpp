// Aim: a configuration reads as it was written, and one with faults tells all of them at once, each with its place and what to write
// instead.

#include <gmock/gmock.h>

#include "service/alerts/rule.h"
#include "service/alerts/rule_words.h"
#include "service/alerts/webhook.h"

namespace samrad::alerts {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view whole = R"({
  "zone": "Europe/Stockholm",
  "link": "https://samrad.example.org/",
  "recipients": [
    {"id": "r-1", "roles": ["lokalpolischef", {"agreement": "norrmalm", "role": "kommunpolis"}], "language": "en",
     "mail": "someone@example.org", "webhook": "desk", "digest": {"weekday": "friday", "at": "15:30"}},
    {"id": "r-2", "roles": []}
  ],
  "endpoints": [
    {"id": "desk", "url": "https://desk.example.org/hook?x=1",
     "secrets": ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], "enabled": false}
  ],
  "rules": [
    {"id": "all", "agreements": ["norrmalm"], "clauses": ["moten"], "owners": ["lokalpolischef"],
     "kinds": ["settled", "warning", "warning"], "warn": {"asClause": false, "also": ["60 days", "10 working days", "1 week"]},
     "at": "06:45", "tell": {"owners": false, "recipients": ["r-2"]},
     "escalate": [{"afterDays": 7, "role": "kommunpolis"}, {"afterDays": 14, "role": "kommunen"}]},
    {"id": "usual"}
  ],
  "otherwise": ["r-1"]
})";

TEST(Configuration, is_read) {
  const auto read = read_configuration(whole);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->link, "https://samrad.example.org");
  ASSERT_EQ(read->recipients.size(), 2U);
  const Recipient& one = read->recipients[0];
  EXPECT_EQ(one.language, calendar::Language::en);
  EXPECT_THAT(one.offices,
              ElementsAre(Office{"", "lokalpolischef"}, Office{"norrmalm", "kommunpolis"}));
  EXPECT_EQ(one.digest, (WeeklyDigest{calendar::Weekday::friday, 15 * 60 + 30}));
  EXPECT_TRUE(one.acts_for("kista", "lokalpolischef"));
  EXPECT_TRUE(one.acts_for("norrmalm", "kommunpolis"));
  EXPECT_FALSE(one.acts_for("kista", "kommunpolis"));
  const Rule& rule = read->rules[0];
  EXPECT_THAT(rule.kinds, ElementsAre(Kind::warning, Kind::settled));
  EXPECT_THAT(rule.warn_also, ElementsAre(calendar::Duration{60, calendar::Unit::day},
                                          calendar::Duration{10, calendar::Unit::working_day},
                                          calendar::Duration{1, calendar::Unit::week}));
  EXPECT_FALSE(rule.warn_as_clause);
  EXPECT_FALSE(rule.tell_owners);
  EXPECT_EQ(rule.at, 6 * 60 + 45);
  EXPECT_THAT(rule.escalation,
              ElementsAre(EscalationStep{7, "kommunpolis"}, EscalationStep{14, "kommunen"}));
  const Rule& usual = read->rules[1];
  EXPECT_THAT(usual.kinds, ElementsAre(Kind::warning, Kind::due, Kind::overdue, Kind::breach));
  EXPECT_TRUE(usual.tell_owners && usual.warn_as_clause);
  EXPECT_EQ(usual.at, 7 * 60);
  EXPECT_FALSE(read->endpoints[0].enabled);
}

TEST(Configuration, reads_what_it_writes_and_writes_the_same_again) {
  const Configuration first = read_configuration(whole).value();
  const std::string text = configuration_json(first, Secrets::written);
  const auto second = read_configuration(text);
  ASSERT_TRUE(second);
  EXPECT_EQ(*second, first);
  EXPECT_EQ(configuration_json(*second, Secrets::written), text);
  EXPECT_EQ(read_configuration("{}").value(), Configuration());
}

TEST(Configuration, hides_its_secrets_and_takes_them_back) {
  const Configuration first = read_configuration(whole).value();
  const std::string text = configuration_json(first, Secrets::hidden);
  EXPECT_THAT(text, HasSubstr("\"whsec_…LaSw\""));
  EXPECT_THAT(text, testing::Not(HasSubstr("MfKQ9r8")));
  EXPECT_EQ(read_configuration(text, {&first}).value(), first);
  const auto alone = read_configuration(text);
  ASSERT_FALSE(alone);
  EXPECT_EQ(alone.error()[0].pointer, "/endpoints/0/secrets/0");
}

TEST(Configuration, tells_every_fault_with_its_place) {
  const struct {
    const char* json;
    const char* pointer;
    const char* message;
  } table[] = {
      {"", "", ""},
      {"[]", "", "expected an object, found a list"},
      {R"({"colour": 1})", "/colour", "no member `colour` belongs here"},
      {R"({"a/b~c": 1})", "/a~1b~0c", "no member `a/b~c` belongs here"},
      {R"({"zone": "Europe/Atlantis"})", "/zone",
       "no time zone `Europe/Atlantis` in the time zone database of this machine"},
      {R"({"link": "samrad"})", "/link",
       "this is no address on the net: write `https://HOST/PATH`"},
      {R"({"recipients": {}})", "/recipients", "expected a list, found an object"},
      {R"({"recipients": [{}]})", "/recipients/0/id", "`id` is missing"},
      {R"({"recipients": [{"id": "a b"}]})", "/recipients/0/id", "`a b` is no id"},
      {R"({"recipients": [{"id": "a"}, {"id": "a"}]})", "/recipients/1/id",
       "the id `a` is given twice"},
      {R"({"recipients": [{"id": "a", "roles": [7]}]})", "/recipients/0/roles/0",
       "expected a text, found a number"},
      {R"({"recipients": [{"id": "a", "language": "de"}]})", "/recipients/0/language",
       "no texts in `de`"},
      {R"({"recipients": [{"id": "a", "mail": "someone"}]})", "/recipients/0/mail",
       "this is no e-mail address"},
      {R"({"recipients": [{"id": "a", "mail": "someone@example.org\r\nBcc: x"}]})",
       "/recipients/0/mail", "the text holds a line break or another control character"},
      {R"({"recipients": [{"id": "a", "webhook": "desk"}]})", "/recipients/0/webhook",
       "no endpoint `desk`"},
      {R"({"recipients": [{"id": "a", "digest": {}}]})", "/recipients/0/digest",
       "the digest goes by mail, and the recipient has no `mail`"},
      {R"({"recipients": [{"id": "a", "mail": "a@example.org", "digest": {"weekday": "funday"}}]})",
       "/recipients/0/digest/weekday", "`funday` is no weekday"},
      {R"({"endpoints": [{"id": "e", "url": "https://example.org"}]})", "/endpoints/0/secrets",
       "`secrets` is missing"},
      {R"({"endpoints": [{"id": "e", "url": "ftp://example.org", "secrets": ["whsec_x"]}]})",
       "/endpoints/0/url", "this is no address on the net: write `https://HOST/PATH`"},
      {R"({"endpoints": [{"id": "e", "url": "https://u:p@example.org", "secrets": []}]})",
       "/endpoints/0/url", "the address holds a user or password: leave them out"},
      {R"({"rules": [{"id": "x", "kinds": ["digest"]}]})", "/rules/0/kinds/0",
       "no kind of alert `digest`"},
      {R"({"rules": [{"id": "x", "at": "7:00"}]})", "/rules/0/at", "`7:00` is no hour of the day"},
      {R"({"rules": [{"id": "x", "at": "24:00"}]})", "/rules/0/at",
       "`24:00` is no hour of the day"},
      {R"({"rules": [{"id": "x", "warn": {"also": ["soon"]}}]})", "/rules/0/warn/also/0",
       "`soon` is no length of time"},
      {R"({"rules": [{"id": "x", "tell": {"owners": "yes"}}]})", "/rules/0/tell/owners",
       "expected true or false, found a text"},
      {R"({"rules": [{"id": "x", "tell": {"owners": false}}]})", "/rules/0/tell",
       "the rule tells nobody"},
      {R"({"rules": [{"id": "x", "tell": {"recipients": ["r"]}}]})", "/rules/0/tell/recipients/0",
       "no recipient `r`"},
      {R"({"rules": [{"id": "x", "escalate": [{"afterDays": 0, "role": "r"}]}]})",
       "/rules/0/escalate/0/afterDays", "expected a whole number from 1 to 3660"},
      {R"({"rules": [{"id": "x", "escalate": [{"afterDays": 1.5, "role": "r"}]}]})",
       "/rules/0/escalate/0/afterDays", "expected a whole number from 1 to 3660"},
      {R"({"rules": [{"id": "x", "escalate": [{"afterDays": 9, "role": "r"}, {"afterDays": 9, "role": "s"}]}]})",
       "/rules/0/escalate/1/afterDays", "a later step comes after more days than the one before"},
      {R"({"otherwise": ["r"]})", "/otherwise/0", "no recipient `r`"},
  };
  for (const auto& row : table) {
    const auto read = read_configuration(row.json);
    ASSERT_FALSE(read) << row.json;
    EXPECT_EQ(read.error()[0].pointer, row.pointer) << row.json;
    if (*row.message) {
      EXPECT_EQ(read.error()[0].message, row.message) << row.json;
    }
  }
}

TEST(Configuration, tells_all_faults_at_once) {
  const auto read = read_configuration(
      R"({"zone": 1, "recipients": [{"id": "a", "mail": "x"}], "rules": [{"kinds": ["x"]}], "otherwise": ["b"]})");
  ASSERT_FALSE(read);
  std::vector<std::string> places;
  for (const Fault& fault : read.error())
    places.push_back(fault.pointer);
  EXPECT_THAT(places, ElementsAre("/zone", "/recipients/0/mail", "/rules/0/id", "/rules/0/kinds/0",
                                  "/otherwise/0"));
}

TEST(Configuration, is_read_against_the_settings) {
  const std::string nobody = R"({"recipients": [{"id": "a"}, {"id": "b", "language": "sv"}]})";
  EXPECT_EQ(read_configuration(nobody).value().recipients[0].language, calendar::Language::sv);
  const auto english = read_configuration(nobody, {.language = calendar::Language::en}).value();
  EXPECT_EQ(english.recipients[0].language, calendar::Language::en);
  EXPECT_EQ(english.recipients[1].language, calendar::Language::sv);

  const std::vector<AddressRange> none, loopback = {*AddressRange::parse("127.0.0.0/8")};
  const struct {
    const char* url;
    bool http;
    const std::vector<AddressRange>& ranges;
    const char* message;
  } table[] = {
      {"http://desk.example.org/", true, none, ""},
      {"http://desk.example.org/", false, none,
       "`http` is not allowed here: write `https://…`, or allow it with the setting "
       "`webhooks.http`"},
      {"https://localhost/", false, none, ""},  // known when it is called
      {"https://8.8.8.8/", false, none, ""},
      {"https://127.0.0.1/", false, loopback, ""},
      {"https://127.0.0.1/", false, none,
       "its address is loopback: webhooks go to public addresses only"},
      {"https://2130706433:8443/", false, none,
       "its address is loopback: webhooks go to public addresses only"},
      {"https://[::ffff:10.0.0.1]/", false, loopback,
       "its address is private: webhooks go to public addresses only"},
  };
  for (const auto& row : table) {
    const auto read = read_configuration(
        R"({"endpoints": [{"id": "d", "secrets": ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], "url": ")" +
            std::string(row.url) + R"("}]})",
        {.allow_http = row.http, .ranges = &row.ranges});
    EXPECT_EQ(read ? "" : read.error().at(0).message, row.message) << row.url;
  }
}

TEST(Configuration, has_limits) {
  const std::string long_name(301, 'x');
  std::string many = "[";
  for (std::size_t i = 0; i <= rules_max; ++i)
    many += (i ? ",{}" : "{}");
  const struct {
    std::string json;
    const char* message;
  } table[] = {
      {std::string(configuration_bytes_max + 1, ' '),
       "the configuration is 4194305 bytes long; at most 4194304 are read"},
      {R"({"otherwise": [")" + long_name + R"("]})",
       "the text is 301 bytes long; at most 300 are kept"},
      {R"({"rules": )" + many + "]}", "the list has 1001 items; at most 1000"},
  };
  for (const auto& row : table) {
    const auto read = read_configuration(row.json);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error()[0].message, row.message);
  }
}

TEST(Address, is_local_part_and_domain) {
  for (const char* text : {"someone@example.org", "first.last+tag@mail.example.org", "x@example"})
    EXPECT_TRUE(is_address(text)) << text;
  for (const char* text :
       {"", "@", "someone", "someone@", "@example.org", "a@b@example.org", "some one@example.org",
        "a..b@example.org", ".a@example.org", "a@-example.org", "a@b..example.org",
        "<a@example.org>", "a@example.org>", "a,b@example.org", "å@example.org", "a@example.org\n",
        "a@example.org "})
    EXPECT_FALSE(is_address(text)) << text;
  EXPECT_FALSE(is_address(std::string(65, 'a') + "@example.org"));
}

TEST(Words, read_back) {
  for (MinuteOfDay minute : {0, 7 * 60, 23 * 60 + 59})
    EXPECT_EQ(hour_of(hour_word(minute)), minute);
  for (const char* text : {"", "07.00", "7:00", "07:60", "24:00", "-1:00", "07:0a", "007:00"})
    EXPECT_FALSE(hour_of(text)) << text;
  for (const char* text : {"1 day", "60 days", "10 working days", "2 weeks", "6 months", "1 year"})
    EXPECT_EQ(duration_word(duration_of(text).value()), text);
  for (const char* text : {"", "days", "0 days", "-1 days", "3661 days", "2 hours", "1.5 days"})
    EXPECT_FALSE(duration_of(text)) << text;
}

}  // namespace
}  // namespace samrad::alerts
