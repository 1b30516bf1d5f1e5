// Aim: what waits is sent once, a receiver that hangs or fails holds up nobody else, and what became of each try is recorded before the row
// is let go, whatever the outbox or the clock does meanwhile.

#include <gmock/gmock.h>

#include <condition_variable>
#include <map>
#include <mutex>
#include <set>

#include "service/alerts/compose.h"
#include "service/alerts/hours.h"
#include "service/alerts/sender.h"
#include "tests/service/alerts/receiver.h"
#include "tests/service/alerts/smtp_server.h"

namespace samrad::alerts {
namespace {

using testing::HasSubstr;
using tests::answering;
using tests::Connection;
using tests::Receiver;
using Next = Step::Next;
using std::chrono::milliseconds;

const std::string yes = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
const std::string no = "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

// Keeps rows in memory as a store would.
class MemoryOutbox final : public Outbox {
 public:
  void add(Row row) {
    const std::lock_guard lock(mutex_);
    rows_.push_back({std::move(row), 0, true});
  }
  void add(Endpoint endpoint) {
    const std::lock_guard lock(mutex_);
    endpoints_[endpoint.id] = std::move(endpoint);
  }
  void refuse(bool refused) {
    const std::lock_guard lock(mutex_);
    refused_ = refused;
  }

  std::vector<Row> waiting(Micros now, std::size_t limit,
                           const std::vector<std::string>& not_to) override {
    const std::lock_guard lock(mutex_);
    std::vector<Row> rows;
    for (const Kept& kept : rows_)
      if (kept.waits && kept.at <= now && rows.size() < limit &&
          std::find(not_to.begin(), not_to.end(), destination(kept.row)) == not_to.end())
        rows.push_back(kept.row);
    return rows;
  }
  std::optional<Endpoint> endpoint(const std::string& id) override {
    const std::lock_guard lock(mutex_);
    const auto it = endpoints_.find(id);
    return it == endpoints_.end() ? std::nullopt : std::optional(it->second);
  }
  bool record(const std::vector<Step>& steps) override {
    const std::lock_guard lock(mutex_);
    if (refused_) return false;
    for (const Step& step : steps)
      keep(step);
    changed_.notify_all();
    return true;
  }

  // The first `count` steps recorded; fewer where they do not come within ten seconds.
  std::vector<Step> steps(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(10), [&] { return steps_.size() >= count; });
    return steps_;
  }
  std::size_t waits() {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(
        std::count_if(rows_.begin(), rows_.end(), [](const Kept& kept) { return kept.waits; }));
  }

 private:
  struct Kept {
    Row row;
    Micros at;
    bool waits;
  };
  void keep(const Step& step) {
    for (Kept& kept : rows_)
      if (kept.row.key == step.key) {
        kept.row.tries = step.tries;
        kept.at = step.at;
        kept.waits = step.next == Next::again;
        if (step.next == Next::disable) endpoints_[kept.row.to].enabled = false;
      }
    steps_.push_back(step);
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Kept> rows_;
  std::map<std::string, Endpoint> endpoints_;
  std::vector<Step> steps_;
  bool refused_ = false;
};

Row hook(const std::string& key, const std::string& to) {
  return {.key = key, .way = Way::webhook, .to = to, .body = "{}"};
}
Endpoint endpoint(const std::string& id, const std::string& url) {
  return {id, url, {"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}, true};
}

SenderSettings settings() {
  SenderSettings made;
  made.webhooks.allow_http = true;
  made.webhooks.allowed = {*AddressRange::parse("127.0.0.0/8")};
  made.webhooks.timeouts = {milliseconds(5000), milliseconds(5000)};
  made.limits = {.tries_at_once = 6,
                 .tries_at_once_to_one = 2,
                 .idle = milliseconds(20),
                 .together = milliseconds(0),
                 .stop = milliseconds(100)};
  return made;
}

TEST(Sender, a_receiver_that_hangs_holds_up_nobody_else) {
  Receiver silent([](Connection& connection) { connection.hang(); });
  Receiver good(answering(yes));
  MemoryOutbox outbox;
  outbox.add(endpoint("silent", silent.url("http")));
  outbox.add(endpoint("good", good.url("http")));
  for (int i = 0; i < 50; ++i)
    outbox.add(hook("s" + std::to_string(i), "silent"));
  for (int i = 0; i < 20; ++i)
    outbox.add(hook("g" + std::to_string(i), "good"));
  const ManualClock clock(0);
  Sender sender(outbox, clock, settings());
  sender.start();
  const std::vector<Step> steps = outbox.steps(20);
  ASSERT_EQ(steps.size(), 20U);
  for (const Step& step : steps) {
    EXPECT_TRUE(step.key.starts_with('g')) << step.error;
    EXPECT_EQ(step.next, Next::sent);
  }
  EXPECT_LE(silent.most_at_once(), 2);
  // A stop does not wait for those that hang, and what was not recorded stays waiting.
  const auto begin = std::chrono::steady_clock::now();
  sender.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, milliseconds(2000));
  EXPECT_EQ(outbox.waits(), 50U);
  EXPECT_EQ(sender.counts().sent, 20U);
  EXPECT_EQ(sender.counts().running, 0U);
}

TEST(Sender, tries_again_when_it_is_time_by_the_clock) {
  std::atomic<int> requests = 0;
  Receiver receiver([&](Connection& connection) {
    (void)connection.request();
    (void)connection.write(++requests < 3 ? no : yes);
  });
  MemoryOutbox outbox;
  outbox.add(endpoint("desk", receiver.url("http")));
  outbox.add(hook("k", "desk"));
  ManualClock clock(1'000'000);
  Sender sender(outbox, clock, settings());
  sender.start();
  for (std::size_t i = 1; i <= 3; ++i) {
    const std::vector<Step> steps = outbox.steps(i);
    ASSERT_EQ(steps.size(), i);
    EXPECT_EQ(steps.back().tries, static_cast<int>(i));
    EXPECT_EQ(steps.back().next, i < 3 ? Next::again : Next::sent);
    EXPECT_EQ(requests, static_cast<int>(i));
    if (i == 3) break;
    EXPECT_GE(steps.back().at, clock.now() + retry_seconds[i - 1] * micros_per_second);
    clock.set(steps.back().at - 1);
    sender.wake();
    clock.set(steps.back().at);
    sender.wake();
  }
}

TEST(Sender, an_endpoint_that_wants_no_more_gets_no_more) {
  Receiver receiver(
      answering("HTTP/1.1 410 Gone\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
  MemoryOutbox outbox;
  outbox.add(endpoint("desk", receiver.url("http")));
  outbox.add(hook("a", "desk"));
  const ManualClock clock(0);
  Sender sender(outbox, clock, settings());
  sender.start();
  ASSERT_EQ(outbox.steps(1).size(), 1U);
  outbox.add(hook("b", "desk"));
  outbox.add(hook("c", "elsewhere"));
  sender.wake();
  const std::vector<Step> steps = outbox.steps(3);
  ASSERT_EQ(steps.size(), 3U);
  EXPECT_EQ(steps[0].next, Next::disable);
  EXPECT_EQ(steps[1].next, Next::failed);
  EXPECT_EQ(steps[1].error, "endpoint `desk`: it is disabled");
  EXPECT_EQ(steps[2].next, Next::failed);
  EXPECT_EQ(steps[2].error, "no endpoint `elsewhere` is configured");
  EXPECT_EQ(receiver.connections(), 1);
}

TEST(Sender, does_not_send_anew_what_the_outbox_could_not_record) {
  Receiver receiver(answering(yes));
  MemoryOutbox outbox;
  outbox.add(endpoint("desk", receiver.url("http")));
  outbox.refuse(true);
  outbox.add(hook("a", "desk"));
  outbox.add(hook("b", "desk"));
  outbox.add(hook("c", "desk"));
  const ManualClock clock(0);
  Sender sender(outbox, clock, settings());
  sender.start();
  while (sender.counts().unrecorded < 2)
    std::this_thread::sleep_for(milliseconds(1));
  std::this_thread::sleep_for(milliseconds(100));  // many times `idle`
  EXPECT_LE(receiver.connections(), 2);            // nothing new is begun meanwhile
  outbox.refuse(false);
  const std::vector<Step> steps = outbox.steps(3);
  ASSERT_EQ(steps.size(), 3U);
  EXPECT_EQ(receiver.connections(), 3);
  EXPECT_EQ(sender.counts().unrecorded, 0U);
}

TEST(Sender, mail_without_a_server_waits_and_says_so) {
  MemoryOutbox outbox;
  outbox.add({.key = "m", .way = Way::mail, .to = "someone@example.org", .body = "{}"});
  const ManualClock clock(0);
  Sender sender(outbox, clock, settings());
  sender.start();
  const std::vector<Step> steps = outbox.steps(1);
  ASSERT_EQ(steps.size(), 1U);
  EXPECT_EQ(steps[0].next, Next::again);
  EXPECT_EQ(steps[0].error, "no mail server is configured");
}

TEST(Sender, letters_to_one_server_do_not_spoil_each_other) {
  const tests::Certificate certificate;
  tests::SmtpServer smtp(certificate);
  ASSERT_TRUE(smtp.runs()) << "smtp_receiver.py does not start: is python3-aiosmtpd installed?";
  const char* names[] = {"one", "refused", "two", "spam", "three", "later", "four", "full", "five"};
  MemoryOutbox outbox;
  for (const char* name : names)
    outbox.add({.key = name,
                .way = Way::mail,
                .to = std::string(name) + "@example.org",
                .body = letter_json({calendar::Language::sv, name, {}})});
  SenderSettings mail = settings();
  mail.mail = MailServer{.url = smtp.url("starttls"),
                         .from = "samrad@example.org",
                         .user = "samrad",
                         .password = "right",
                         .ca_file = certificate.file()};
  const ManualClock clock(0);
  Sender sender(outbox, clock, mail);
  sender.start();
  std::map<std::string, Next> became;
  for (const Step& step : outbox.steps(std::size(names)))
    became[step.key] = step.next;
  EXPECT_THAT(became, testing::UnorderedElementsAre(
                          testing::Pair("one", Next::sent), testing::Pair("two", Next::sent),
                          testing::Pair("three", Next::sent), testing::Pair("four", Next::sent),
                          testing::Pair("five", Next::sent), testing::Pair("refused", Next::failed),
                          testing::Pair("spam", Next::failed), testing::Pair("later", Next::again),
                          testing::Pair("full", Next::again)));
  std::set<std::string> arrived;
  for (int i = 0; i < 5; ++i) {
    const nlohmann::json letter = smtp.next();
    EXPECT_EQ(letter["to"][0], letter["headers"]["subject"].get<std::string>() + "@example.org");
    arrived.insert(letter["headers"]["subject"]);
  }
  EXPECT_THAT(arrived, testing::ElementsAre("five", "four", "one", "three", "two"));
}

TEST(Sender, what_waits_for_one_address_is_one_letter_and_a_digest_another) {
  const tests::Certificate certificate;
  tests::SmtpServer smtp(certificate);
  ASSERT_TRUE(smtp.runs()) << "smtp_receiver.py does not start: is python3-aiosmtpd installed?";
  const auto row = [](const std::string& duty, const std::string& kind, const std::string& to) {
    return Row{.key = "a|" + duty + "|2017-06-30|" + kind + "|r|mail|2017-06-30",
               .way = Way::mail,
               .to = to + "@example.org",
               .body = letter_json({calendar::Language::en, duty, {}})};
  };
  MemoryOutbox outbox;
  Row digest = row("weekly", "due", "one");
  digest.key = "|digest|r|mail|2017-06-30";
  outbox.add(row("x", "warning", "one"));
  outbox.add(row("z", "warning", "two"));
  outbox.add(digest);
  outbox.add(row("spam-1", "due", "spam"));
  outbox.add(row("spam-2", "due", "spam"));
  SenderSettings mail = settings();
  std::vector<std::string> given_up;
  mail.given_up = [&](const Step& step) { given_up.push_back(step.key); };
  mail.limits.together = milliseconds(300);
  mail.mail =
      MailServer{.url = smtp.url("plain"), .from = "samrad@example.org", .require_tls = false};
  const ManualClock clock(0);
  Sender sender(outbox, clock, mail);
  sender.start();
  outbox.add(row("y", "overdue", "one"));  // comes while the other is held back
  sender.wake();
  EXPECT_EQ(outbox.steps(6).size(), 6U);
  sender.stop();
  std::set<std::string> subjects;
  for (int i = 0; i < 3; ++i)
    subjects.insert(smtp.next()["headers"]["subject"]);
  EXPECT_THAT(subjects, testing::ElementsAre("Reminders: one overdue and one deadline coming up",
                                             "weekly", "z"));
  for (const Step& step : outbox.steps(6)) {
    EXPECT_EQ(step.tries, 1);
    const bool spam = step.key.find("spam") != std::string::npos;
    EXPECT_EQ(step.next, spam ? Next::failed : Next::sent) << step.key;
  }
  EXPECT_EQ(given_up.size(), 2U);
}

TEST(Sender, a_letter_of_several_comes_back_as_one) {
  MemoryOutbox outbox;
  for (const char* key : {"a", "b", "c"})
    outbox.add({.key = key, .way = Way::mail, .to = "one@example.org", .body = "{}"});
  const ManualClock clock(0);
  Sender sender(outbox, clock, settings());  // no mail server
  sender.start();
  const std::vector<Step> steps = outbox.steps(3);
  ASSERT_EQ(steps.size(), 3U);
  for (const Step& step : steps)
    EXPECT_EQ(step.at, steps[0].at);
}

TEST(Sender, goes_on_after_it_ran_out_of_memory) {
  class Poor final : public Outbox {
   public:
    std::vector<Row> waiting(Micros, std::size_t, const std::vector<std::string>&) override {
      if (!failed_.exchange(true)) throw std::bad_alloc();
      return sent ? std::vector<Row>{} : std::vector<Row>{hook("a", "nowhere")};
    }
    std::optional<Endpoint> endpoint(const std::string&) override { return std::nullopt; }
    bool record(const std::vector<Step>&) override { return sent = true; }
    std::atomic<bool> sent = false;

   private:
    std::atomic<bool> failed_ = false;
  } outbox;
  const ManualClock clock(0);
  Sender sender(outbox, clock, settings());
  sender.start();
  for (int i = 0; i < 5'000 && !outbox.sent; ++i)
    std::this_thread::sleep_for(milliseconds(1));
  EXPECT_TRUE(outbox.sent);
  EXPECT_EQ(sender.counts().troubles, 1U);
}

TEST(Sender, a_mail_server_that_hangs_does_not_hold_up_webhooks) {
  Receiver silent([](Connection& connection) { connection.hang(); });
  Receiver good(answering(yes));
  MemoryOutbox outbox;
  outbox.add(endpoint("desk", good.url("http")));
  for (int i = 0; i < 10; ++i)
    outbox.add({.key = "m" + std::to_string(i),
                .way = Way::mail,
                .to = "m" + std::to_string(i) + "@example.org",
                .body = letter_json({calendar::Language::sv, "x", {}})});
  outbox.add(hook("h", "desk"));
  SenderSettings both = settings();
  both.mail = MailServer{.url = silent.url("smtp"),
                         .from = "samrad@example.org",
                         .timeouts = {milliseconds(1000), milliseconds(1000)}};
  const ManualClock clock(0);
  Sender sender(outbox, clock, both);
  sender.start();
  EXPECT_EQ(outbox.steps(1).at(0).key, "h");
  const std::vector<Step> steps = outbox.steps(3);
  ASSERT_GE(steps.size(), 3U);
  EXPECT_EQ(steps[1].next, Next::again);
  EXPECT_THAT(steps[1].error, HasSubstr("no answer in time"));
}

}  // namespace
}  // namespace samrad::alerts
