// Aim: a letter reaches a real SMTP server as it was written, over TLS and with a password unless told otherwise; and whatever a server
// does, the try ends in time with an outcome that says whether another one makes sense.

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "service/alerts/compose.h"
#include "service/alerts/mail.h"
#include "tests/service/alerts/one_try.h"
#include "tests/service/alerts/receiver.h"
#include "tests/service/alerts/smtp_server.h"

namespace samrad::alerts {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using tests::Connection;
using tests::Receiver;
using tests::SmtpServer;
using Verdict = Outcome::Verdict;

constexpr Micros now = 1'496'638'800'000'000;  // 2017-06-05T05:00:00Z

// What stands behind a label of a link is a line of its own, as it is.
const Page page{
    calendar::Language::sv,
    "Senast 30 juni 2017: Chefsamrådet sammanträder i sal ”Ängen”",
    {{Block::Form::links,
      "",
      {{"Hej då", "."}, {"x", "..punkter"}, {"y", std::string(200, 'x')}, {"z", "slut "}}}}};
const Text text = text_of(page);

Row row_to(const std::string& address) {
  return {
      .key = "norrmalm|x|" + address, .way = Way::mail, .to = address, .body = letter_json(page)};
}

Outcome send(const MailServer& server, const Row& row, Micros when) {
  return tests::run(mail_attempt(server, std::span(&row, 1), when));
}

MailServer server(const std::string& url) {
  MailServer made;
  made.url = url;
  made.from = "samrad@example.org";
  made.timeouts = {std::chrono::milliseconds(3000), std::chrono::milliseconds(3000)};
  return made;
}

TEST(Mail, reaches_a_real_server) {
  const tests::Certificate certificate;
  SmtpServer smtp(certificate);
  ASSERT_TRUE(smtp.runs()) << "smtp_receiver.py does not start: is python3-aiosmtpd installed?";
  MailServer plain = server(smtp.url("plain"));
  plain.require_tls = false;
  MailServer starttls = server(smtp.url("starttls"));
  starttls.ca_file = certificate.file();
  starttls.user = "samrad";
  starttls.password = "right";
  MailServer smtps = server(smtp.url("smtps", "smtps"));
  smtps.ca_file = certificate.file();
  const struct {
    const char* way;
    const MailServer& server;
    bool tls;
    json user;
  } ways[] = {{"plain", plain, false, nullptr},
              {"starttls", starttls, true, "samrad"},
              {"smtps", smtps, false, nullptr}};  // the server sees it after TLS
  for (const auto& one : ways) {
    const Outcome outcome = send(one.server, row_to("someone@example.org"), now);
    ASSERT_EQ(outcome.error, "") << one.way;
    const json letter = smtp.next();
    EXPECT_EQ(letter["way"], one.way);
    EXPECT_EQ(letter["tls"], one.tls);
    EXPECT_EQ(letter["user"], one.user);
    EXPECT_EQ(letter["from"], "samrad@example.org");
    EXPECT_EQ(letter["to"], json::array({"someone@example.org"}));
    EXPECT_EQ(letter["headers"]["subject"], text.subject);
    EXPECT_EQ(letter["headers"]["from"], "Samråd <samrad@example.org>");
    EXPECT_EQ(letter["headers"]["to"], "someone@example.org");
    EXPECT_EQ(letter["headers"]["date"], "Mon, 05 Jun 2017 05:00:00 +0000");
    EXPECT_EQ(letter["headers"]["auto-submitted"], "auto-generated");
    EXPECT_EQ(letter["plain"], text.plain);
    EXPECT_EQ(letter["html"], text.html);
    EXPECT_EQ(letter["defects"], json::array());
    EXPECT_LE(letter["longest"].get<int>(), 78);
  }

  const struct {
    const char* to;
    Verdict verdict;
    const char* error;
  } replies[] = {
      {"refused@example.org", Verdict::never,
       "the server refused the letter: 550 5.1.1 nobody of that name"},
      {"later@example.org", Verdict::not_now,
       "the server put off the letter: 451 4.7.1 greylisted, come back"},
      {"spam@example.org", Verdict::never,
       "the server refused the letter: 554 5.7.1 looks like spam"},
      {"full@example.org", Verdict::not_now, "the server put off the letter: 452 4.3.1 disk full"},
  };
  for (const auto& one : replies) {
    const Outcome outcome = send(plain, row_to(one.to), now);
    EXPECT_EQ(outcome.verdict, one.verdict) << one.to;
    EXPECT_THAT(outcome.error, testing::EndsWith(one.error));
    EXPECT_TRUE(outcome.error.starts_with("127.0.0.1:"));
  }

  MailServer wrong_password = starttls;
  wrong_password.password = "wrong";
  MailServer untrusted = starttls;
  untrusted.ca_file.clear();
  MailServer no_starttls = plain;
  no_starttls.require_tls = true;
  MailServer no_tls = server(smtp.url("starttls"));
  no_tls.require_tls = false;
  const struct {
    const MailServer& server;
    const char* error;
  } troubles[] = {
      {wrong_password, "the server refused the user or the password"},
      {untrusted, "the server's certificate is not trusted"},
      {no_starttls, "the server does not offer STARTTLS, and nothing is sent without TLS"},
      {no_tls, "530 Must issue a STARTTLS command first"},
  };
  for (const auto& one : troubles) {
    const Outcome outcome = send(one.server, row_to("someone@example.org"), now);
    EXPECT_EQ(outcome.verdict, Verdict::not_now) << one.error;
    EXPECT_THAT(outcome.error, HasSubstr(one.error));
  }
}

// Says each line in turn, whenever the other end has said something; the first at once.
Receiver::Serve saying(std::vector<std::string> lines) {
  return [lines = std::move(lines)](Connection& connection) {
    for (const std::string& line : lines)
      if (!connection.write(line) || connection.read(4096).empty()) return;
  };
}

TEST(Mail, a_server_that_misbehaves_is_left_in_time) {
  const struct {
    const char* what;
    Receiver::Serve serve;
    Verdict verdict;
    const char* error;
  } table[] = {
      {"silence", [](Connection& connection) { connection.hang(); }, Verdict::not_now,
       "no answer in time"},
      {"silence after the greeting",
       [](Connection& connection) {
         (void)connection.write("220 hello\r\n");
         connection.hang();
       },
       Verdict::not_now, "no answer in time"},
      {"closed at once", [](Connection&) {}, Verdict::not_now, ""},
      {"another protocol", saying({"SSH-2.0-x\r\n"}), Verdict::not_now, "no answer in time"},
      {"busy", saying({"421 4.3.2 busy\r\n"}), Verdict::not_now, ""},
      {"no service", saying({"554 5.3.2 no service here\r\n"}), Verdict::not_now, ""},
      {"sender refused", saying({"220 x\r\n", "250 x\r\n", "553 5.7.1 not you\r\n"}),
       Verdict::never, "the server refused the letter: 553 5.7.1 not you"},
      {"closed on DATA", saying({"220 x\r\n", "250 x\r\n", "250 x\r\n", "250 x\r\n"}),
       Verdict::not_now, ""},
      {"garbage after the letter",
       [](Connection& connection) {
         saying({"220 x\r\n", "250 x\r\n", "250 x\r\n", "250 x\r\n"})(connection);
         (void)connection.write("354 go\r\n");
         std::string letter;
         for (std::string more = "x"; !more.empty() && !letter.ends_with("\r\n.\r\n");)
           letter += more = connection.read(4096);
         (void)connection.write("\x01\x02\r\n");
       },
       Verdict::not_now, ""},
  };
  for (const auto& one : table) {
    Receiver receiver(one.serve);
    MailServer mail = server(receiver.url("smtp"));
    mail.require_tls = false;
    if (std::string_view(one.error) == "no answer in time")
      mail.timeouts = {std::chrono::milliseconds(300), std::chrono::milliseconds(300)};
    const auto begin = std::chrono::steady_clock::now();
    const Outcome outcome = send(mail, row_to("someone@example.org"), now);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2)) << one.what;
    EXPECT_EQ(outcome.verdict, one.verdict) << one.what << ": " << outcome.error;
    EXPECT_THAT(outcome.error, HasSubstr(one.error)) << one.what;
    EXPECT_TRUE(outcome.error.starts_with("127.0.0.1:")) << one.what;
  }
  MailServer nobody = server("smtp://127.0.0.1:" + std::to_string(tests::closed_port()));
  EXPECT_THAT(send(nobody, row_to("someone@example.org"), now).error,
              testing::EndsWith(": no connection"));
}

TEST(Mail, settings_that_cannot_be_meant_are_refused) {
  const MailServer good = server("smtp://mail.example.org:587");
  EXPECT_TRUE(check(good));
  const struct {
    std::function<void(MailServer&)> change;
    const char* error;
  } table[] = {
      {[](MailServer& s) { s.url = "http://mail.example.org"; }, "is no mail server"},
      {[](MailServer& s) { s.url = "mail"; }, "is no mail server"},
      {[](MailServer& s) { s.url = "smtp://u:p@mail.example.org"; }, "give them apart"},
      {[](MailServer& s) { s.from = "samrad"; }, "is no e-mail address"},
      {[](MailServer& s) { s.from_name = "x\r\nBcc: y"; }, "line break"},
      {[](MailServer& s) { s.password = "x\ny"; }, "line break"},
      {[](MailServer& s) {
         s.user = "x";
         s.require_tls = false;
       },
       "in the open"},
  };
  for (const auto& one : table) {
    MailServer changed = good;
    one.change(changed);
    const auto checked = check(changed);
    ASSERT_FALSE(checked) << one.error;
    EXPECT_THAT(checked.error(), HasSubstr(one.error));
    EXPECT_EQ(send(changed, row_to("someone@example.org"), now).verdict, Verdict::not_now);
  }
}

TEST(Mail, a_letter_that_cannot_be_sent_fails_for_good) {
  const MailServer good = server("smtp://127.0.0.1:1");
  EXPECT_EQ(send(good, row_to("a@example.org>\r\nDATA"), now).verdict, Verdict::never);
  Row torn = row_to("a@example.org");
  torn.body = "{";
  EXPECT_EQ(send(good, torn, now).verdict, Verdict::never);
}

}  // namespace
}  // namespace samrad::alerts
