// Aim: a letter becomes a mail message that any reader of mail shows as it was written, and no value in it can add a header.

#include <gmock/gmock.h>

#include "service/alerts/encoding.h"
#include "service/alerts/mime.h"
#include "tests/service/alerts/agreement.h"

namespace samrad::alerts {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(Mime, is_written_as_the_standards_say) {
  const Page page{
      calendar::Language::sv, "Senast 30 juni", {{Block::Form::paragraph, "Hej då", {}}}};
  const auto message = mime_message({.from = "samrad@example.org",
                                     .from_name = "Samråd",
                                     .to = "someone@example.org",
                                     .key = "a|b",
                                     .date = tests::at("2017-06-05T07:00")},
                                    page);
  const std::string id = digest_hex("a|b");
  EXPECT_EQ(message.value(), "From: =?UTF-8?B?U2FtcsOlZA==?= <samrad@example.org>\r\n"
                             "To: <someone@example.org>\r\n"
                             "Subject: Senast 30 juni\r\n"
                             "Date: Mon, 5 Jun 2017 05:00:00 +0000\r\n"
                             "Message-ID: <" +
                                 id +
                                 ".samrad@example.org>\r\n"
                                 "MIME-Version: 1.0\r\n"
                                 "Auto-Submitted: auto-generated\r\n"
                                 "X-Auto-Response-Suppress: All\r\n"
                                 "Content-Language: sv\r\n"
                                 "Content-Type: multipart/alternative;\r\n boundary=\"=_" +
                                 id +
                                 "\"\r\n"
                                 "\r\n"
                                 "--=_" +
                                 id +
                                 "\r\n"
                                 "Content-Type: text/plain; charset=utf-8\r\n"
                                 "Content-Transfer-Encoding: quoted-printable\r\n"
                                 "\r\n"
                                 "Hej d=C3=A5\r\n"
                                 "\r\n"
                                 "--=_" +
                                 id +
                                 "\r\n"
                                 "Content-Type: text/html; charset=utf-8\r\n"
                                 "Content-Transfer-Encoding: quoted-printable\r\n"
                                 "\r\n" +
                                 quoted_printable(html_page(page)) + "\r\n" + "--=_" + id +
                                 "--\r\n");
}

TEST(Mime, refuses_what_would_add_a_header) {
  const struct {
    Envelope envelope;
    const char* subject;
  } table[] = {
      {{"samrad@example.org", "Samråd", "a@example.org\r\nBcc: b@example.org", "k", 0}, "x"},
      {{"samrad@example.org", "Samråd", "a@example.org", "k", 0}, "x\r\nBcc: b@example.org"},
      {{"samrad@example.org", "Samråd", "a@example.org", "k", 0}, "x\ny"},
      {{"samrad@example.org", "Sam\rråd", "a@example.org", "k", 0}, "x"},
      {{"samrad@example.org>\n", "Samråd", "a@example.org", "k", 0}, "x"},
      {{"samrad@example.org", "Samråd", "a@example.org> SIZE=1", "k", 0}, "x"},
  };
  for (const auto& row : table)
    EXPECT_FALSE(mime_message(row.envelope, {calendar::Language::sv, row.subject, {}}));
  const auto named =
      mime_message({"samrad@example.org", "Samrad, \"Norrmalm\"", "a@example.org", "k", 0},
                   {calendar::Language::sv, "x", {}});
  EXPECT_THAT(named.value(),
              HasSubstr("From: \"Samrad, \\\"Norrmalm\\\"\" <samrad@example.org>\r\n"));
}

TEST(Mime, quoted_printable_stays_within_its_lines) {
  const struct {
    std::string text;
    std::string written;
  } table[] = {
      {"a=b", "a=3Db"},
      {"blank \nnext\t\n", "blank=20\r\nnext=09\r\n"},
      {"a\r\nb\n", "a\r\nb\r\n"},
      {"a\rb", "a=0Db"},
      {std::string(76, 'x'), std::string(75, 'x') + "=\r\nx"},
      {std::string(74, 'x') + "å", std::string(74, 'x') + "=\r\n=C3=A5"},
      {".\n..\n", ".\r\n..\r\n"},
      {"", ""},
  };
  for (const auto& row : table)
    EXPECT_EQ(quoted_printable(row.text), row.written);
}

TEST(Mime, header_words_are_short_and_cut_between_characters) {
  EXPECT_EQ(header_text("plain"), "plain");
  EXPECT_EQ(header_text("=?x?="), "=?UTF-8?B?PT94Pz0=?=");
  std::string text;
  for (int i = 0; i < 60; ++i)
    text += "å€";
  const std::string written = header_text(text);
  std::string back;
  for (std::size_t i = 0; i < written.size();) {
    const std::size_t end = std::min(written.find("\r\n ", i), written.size());
    const std::string word = written.substr(i, end - i);
    EXPECT_LE(word.size(), 75U);
    ASSERT_TRUE(word.starts_with("=?UTF-8?B?") && word.ends_with("?="));
    const std::string bytes = base64_bytes(word.substr(10, word.size() - 12)).value();
    EXPECT_NE(static_cast<unsigned char>(bytes.front()) & 0xC0U, 0x80U);
    back += bytes;
    i = end + 3;
  }
  EXPECT_EQ(back, text);
}

TEST(Base64, reads_what_it_writes_and_nothing_else) {
  for (std::string bytes : {"f", "fo", "foo", "foob", "fooba", "foobar"})
    EXPECT_EQ(base64_bytes(base64(bytes)), bytes);
  EXPECT_EQ(base64("foob"), "Zm9vYg==");
  for (const char* text : {"", "Zg", "Zg=", "Z===", "Zm9v\n", "Zm 9", "Zm9=v", "====", "Zm9-"})
    EXPECT_FALSE(base64_bytes(text)) << text;
}

}  // namespace
}  // namespace samrad::alerts
