// Aim: a webhook is signed so that any Standard Webhooks library verifies it, goes nowhere but where it may, and whatever the receiver
// does, the try ends in time with an outcome that says what happened.

#include <gmock/gmock.h>

#include "service/alerts/webhook.h"
#include "tests/service/alerts/one_try.h"
#include "tests/service/alerts/receiver.h"

namespace samrad::alerts {
namespace {

using testing::HasSubstr;
using tests::answering;
using tests::Connection;
using tests::Receiver;
using Verdict = Outcome::Verdict;

const std::string secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr Micros now = 1'614'265'330'000'000;

WebhookLimits limits() {
  WebhookLimits made;
  made.allow_http = true;
  made.allowed = {*AddressRange::parse("127.0.0.0/8"), *AddressRange::parse("::1/128")};
  made.timeouts = {std::chrono::milliseconds(2000), std::chrono::milliseconds(2000)};
  return made;
}

Endpoint endpoint(const std::string& url) { return {"desk", url, {secret}, true}; }
const Row row{.key = "k", .way = Way::webhook, .to = "desk", .body = "{\"å\": 1}"};

Outcome post(const WebhookLimits& limits, const Endpoint& to, const Row& which, Micros when) {
  return tests::run(webhook_attempt(limits, to, which, when));
}

std::string reply(const std::string& status, const std::string& rest = "") {
  return "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n" + rest + "\r\n";
}

TEST(Webhook, is_signed_as_the_standard_says) {
  // The example of the specification.
  const std::string body = R"({"test": 2432232314})";
  const std::string signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
  EXPECT_EQ(webhook_signature("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body, {secret}),
            signature);
  const std::string other = new_secret();
  const std::string both =
      webhook_signature("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body, {other, secret, "x"});
  EXPECT_THAT(both, testing::EndsWith(" " + signature));
  EXPECT_EQ(both.size(), 2 * signature.size() + 1);
}

TEST(Webhook, secrets_are_of_the_right_form) {
  const std::string fresh = new_secret();
  EXPECT_TRUE(is_secret(fresh));
  EXPECT_NE(fresh, new_secret());
  EXPECT_TRUE(is_secret(secret));
  for (const char* text :
       {"", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa_w"})
    EXPECT_FALSE(is_secret(text)) << text;
}

TEST(Webhook, posts_the_body_with_its_fields) {
  std::string request;
  Receiver receiver([&](Connection& connection) {
    request = connection.request();
    (void)connection.write(reply("204 No Content"));
  });
  EXPECT_EQ(post(limits(), endpoint(receiver.url("http") + "/hook?x=1"), row, now).verdict,
            Verdict::accepted);
  EXPECT_TRUE(request.starts_with("POST /hook?x=1 HTTP/1.1\r\n")) << request;
  EXPECT_TRUE(request.ends_with("\r\n\r\n{\"å\": 1}"));
  const std::string id = webhook_id("k");
  for (const std::string& field :
       {std::string("content-type: application/cloudevents+json; charset=utf-8"),
        "webhook-id: " + id, std::string("webhook-timestamp: 1614265330"),
        "webhook-signature: " + webhook_signature(id, 1614265330, row.body, {secret})})
    EXPECT_THAT(request, HasSubstr("\r\n" + field + "\r\n"));
  EXPECT_THAT(request, testing::Not(HasSubstr("xpect:")));
}

TEST(Webhook, every_answer_has_its_outcome) {
  const std::string flood(200'000, 'x');
  const auto endless = [&](const std::string& head) {
    return [head, &flood](Connection& connection) {
      (void)connection.request();
      (void)connection.write(head);
      while (connection.write(flood)) {
      }
    };
  };
  const struct {
    const char* what;
    Receiver::Serve serve;
    Verdict verdict;
    std::optional<std::int64_t> retry_after;
    const char* error;
  } table[] = {
      {"200", answering(reply("200 OK")), Verdict::accepted, {}, ""},
      {"202", answering(reply("202 Accepted")), Verdict::accepted, {}, ""},
      {"500", answering(reply("500 Oops")), Verdict::not_now, {}, "the receiver answered 500"},
      {"503 and a wait", answering(reply("503 Busy", "Retry-After: 120\r\n")), Verdict::not_now,
       120, "the receiver answered 503"},
      {"429 and a wait", answering(reply("429 Slow down", "Retry-After: 7\r\n")), Verdict::not_now,
       7, "the receiver answered 429"},
      {"400 and words",
       answering("HTTP/1.1 400 Bad\r\nConnection: close\r\n\r\nno \x01such\nfield"),
       Verdict::not_now,
       {},
       "the receiver answered 400: no ?such field"},
      {"404", answering(reply("404 Not Found")), Verdict::not_now, {}, "the receiver answered 404"},
      {"410", answering(reply("410 Gone")), Verdict::gone, {}, "wants no more"},
      {"redirect",
       answering(reply("302 Found", "Location: http://127.0.0.1:1/\r\n")),
       Verdict::not_now,
       {},
       "redirects are not followed"},
      {"garbage",
       answering("\x16\x03\x01garbage\r\n\r\n"),
       Verdict::not_now,
       {},
       "the transfer failed"},
      {"half an answer", answering("HTTP/1.1 50"), Verdict::not_now, {}, ""},
      {"no answer", answering(""), Verdict::not_now, {}, "the server closed without an answer"},
      {"a long answer to a yes", endless("HTTP/1.1 200 OK\r\n\r\n"), Verdict::accepted, {}, ""},
      {"a long answer to a no",
       endless("HTTP/1.1 500 Oops\r\n\r\n"),
       Verdict::not_now,
       {},
       "the receiver answered 500: xxx"},
      {"a head without end", endless("HTTP/1.1 500 Oops\r\nx: "), Verdict::not_now, {}, ""},
  };
  for (const auto& one : table) {
    Receiver receiver(one.serve);
    const Outcome outcome =
        post(limits(), endpoint(receiver.url("http") + "/secret-path"), row, now);
    EXPECT_EQ(outcome.verdict, one.verdict) << one.what << ": " << outcome.error;
    EXPECT_EQ(outcome.retry_after, one.retry_after) << one.what;
    EXPECT_THAT(outcome.error, HasSubstr(one.error)) << one.what;
    EXPECT_THAT(outcome.error, testing::Not(HasSubstr("secret-path")));
    EXPECT_EQ(receiver.connections(), 1) << one.what;
  }
}

TEST(Webhook, who_hangs_or_is_not_there_is_left_in_time) {
  WebhookLimits short_limits = limits();
  short_limits.timeouts = {std::chrono::milliseconds(150), std::chrono::milliseconds(200)};
  Receiver silent([](Connection& connection) { connection.hang(); });
  const auto begin = std::chrono::steady_clock::now();
  const Outcome outcome = post(short_limits, endpoint(silent.url("http")), row, now);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2));
  EXPECT_EQ(outcome.verdict, Verdict::not_now);
  EXPECT_EQ(outcome.error,
            silent.url("http") + ": no answer in time (150 ms to connect, 200 ms in all)");
  const std::string nobody = "http://127.0.0.1:" + std::to_string(tests::closed_port());
  EXPECT_EQ(post(limits(), endpoint(nobody), row, now).error, nobody + ": no connection");
  EXPECT_EQ(post(limits(), endpoint("http://nobody.invalid/"), row, now).error,
            "http://nobody.invalid:80: no address is found for the name");
}

TEST(Webhook, an_address_that_is_not_public_nor_allowed_gets_no_connection) {
  Receiver receiver(answering(reply("200 OK")));
  const std::string port = std::to_string(receiver.port());
  WebhookLimits strict = limits();
  strict.allowed = {*AddressRange::parse("10.20.0.0/16"), *AddressRange::parse("fd00::/8")};
  for (const std::string host :
       {"127.0.0.1", "localhost", "127.1", "0x7f000001", "2130706433", "0.0.0.0", "[::1]",
        "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "169.254.169.254", "10.21.0.1"}) {
    const Outcome outcome = post(strict, endpoint("http://" + host + ":" + port + "/"), row, now);
    EXPECT_EQ(outcome.verdict, Verdict::never) << host << ": " << outcome.error;
    EXPECT_THAT(outcome.error, HasSubstr("webhooks go to public addresses only")) << host;
  }
  EXPECT_EQ(receiver.connections(), 0);
  EXPECT_EQ(post(limits(), endpoint("http://localhost:" + port), row, now).verdict,
            Verdict::accepted);
}

TEST(Webhook, goes_over_tls_to_whom_it_trusts) {
  const tests::Certificate certificate;
  const tests::Certificate other;
  Receiver receiver(answering(reply("200 OK")), &certificate);
  WebhookLimits trusting = limits();
  trusting.ca_file = certificate.file();
  EXPECT_EQ(post(trusting, endpoint(receiver.url("https")), row, now).error, "");
  trusting.ca_file = other.file();
  const Outcome outcome = post(trusting, endpoint(receiver.url("https")), row, now);
  EXPECT_EQ(outcome.verdict, Verdict::not_now);
  EXPECT_THAT(outcome.error, HasSubstr("the server's certificate is not trusted"));
}

TEST(Webhook, what_cannot_be_posted_is_refused_before_it_is_tried) {
  const WebhookLimits usual;
  Endpoint disabled = endpoint("https://desk.example.org/");
  disabled.enabled = false;
  Endpoint bare = endpoint("https://desk.example.org/");
  bare.secrets.clear();
  const struct {
    Endpoint endpoint;
    const char* error;
  } table[] = {
      {disabled, "endpoint `desk`: it is disabled"},
      {bare, "endpoint `desk`: it has no secret to sign with"},
      {endpoint("http://desk.example.org/"), "endpoint `desk`: `http` is not allowed here: write "
                                             "`https://…`, or allow it with the setting "
                                             "`webhooks.http`"},
      {endpoint("file:///etc/passwd"),
       "endpoint `desk`: this is no address on the net: write `https://HOST/PATH`"},
      {endpoint("https://desk.example.org/\r\nx: y"),
       "endpoint `desk`: this is no address on the net: write `https://HOST/PATH`"},
      {endpoint("https://u:p@desk.example.org/"),
       "endpoint `desk`: the address holds a user or password: leave them out"},
  };
  for (const auto& one : table) {
    const Outcome outcome = post(usual, one.endpoint, row, now);
    EXPECT_EQ(outcome.verdict, Verdict::never);
    EXPECT_EQ(outcome.error, one.error);
  }
}

}  // namespace
}  // namespace samrad::alerts
