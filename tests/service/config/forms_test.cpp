// Aim: texts that a setting takes are told from those that only look like it.

#include <gtest/gtest.h>

#include "service/config/forms.h"

namespace samrad::config {
namespace {

TEST(Forms, what_passes_and_what_does_not) {
  const struct {
    const char* what;
    std::string (*wrong)(std::string_view);
    std::vector<std::string_view> good;
    std::vector<std::string_view> bad;
  } table[] = {
      {"any", wrong_with_any, {"", "å ä"}, {"a\nb", std::string_view("\0", 1), "\x7f"}},
      {"path", wrong_with_path, {"/a b", "å"}, {"", "a\n"}},
      {"address",
       wrong_with_address,
       {"127.0.0.1", "::", "fe80::1", "0.0.0.0"},
       {"", "localhost", "127.1", "256.0.0.1", "[::1]", "::1%eth0", "127.0.0.1:80"}},
      {"https address",
       wrong_with_https_url,
       {"https://a.example", "https://a.example:8443/x?y=z", "https://[::1]/"},
       {"http://a.example", "https://", "https:///x", "https://u@a.example",
        "https://u:p@a.example", "https://a.example/ x", "https://a.example:0",
        "https://a.example:65536", "https://a:b", "https://a.example/#x", "HTTPS://a.example",
        "https://[::1", "https://[x]", "https://å.example"}},
      {"public address",
       wrong_with_public_url,
       {"http://127.0.0.1:8420", "https://a.example/samrad/"},
       {"a.example", "ftp://a.example", "https://a.example?x", "https://a.example#x",
        "//a.example"}},
      {"mail server",
       wrong_with_smtp_url,
       {"smtp://a.example", "smtps://a.example:465", "smtp://[::1]:25/"},
       {"a.example", "smtp://u:p@a.example", "smtp://a.example/x", "https://a.example"}},
      {"origin",
       wrong_with_origin,
       {"*", "https://a.example", "http://127.0.0.1:3000"},
       {"", "null", "https://a.example/", "https://A.example", "a.example", "https://*.example"}},
      {"mail address",
       wrong_with_mail_address,
       {"a@example.org", "a.b+c@sub.example.org"},
       {"", "a", "@example.org", "a@", "a@b@example.org", "A <a@example.org>", "a b@example.org",
        "a@example.org,b@example.org", "a@example.org\r\nbcc:b@example.org"}},
      {"range",
       wrong_with_range,
       {"10.0.0.0/8", "0.0.0.0/0", "192.168.1.7/32", "fd00::/8", "::1/128"},
       {"", "10.0.0.0", "10.0.0.0/33", "10.0.0.1/8", "fd00::/129", "fd00::1/8", "10.0.0.0/", "/8",
        "10.0.0.0/-1", "10.0.0.0/8 "}},
  };
  for (const auto& row : table) {
    for (const auto text : row.good)
      EXPECT_EQ(row.wrong(text), "") << row.what << ": " << text;
    for (const auto text : row.bad)
      EXPECT_NE(row.wrong(text), "") << row.what << ": " << text;
  }
}

}  // namespace
}  // namespace samrad::config
