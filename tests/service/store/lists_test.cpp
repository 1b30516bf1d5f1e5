// Aim: every list gives exactly the rows of its filter, in its order, and goes on where it stopped.

#include <algorithm>
#include <random>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/service/store/sample.h"

namespace samrad::tests {
namespace {

using namespace store;
using testing::ElementsAre;
using testing::IsEmpty;

class ListsTest : public testing::Test {
 protected:
  void commit(const Batch& batch) { value(store_->commit(batch)); }

  Folder folder_;
  std::unique_ptr<Store> store_ = value(open_sqlite(folder_.path()));
  std::unique_ptr<Reader> reader_ = value(store_->reader());
};

TEST_F(ListsTest, AgreementsById) {
  Batch batch;
  batch.agreements = {agreement(1, "c"), agreement(2, "a"), agreement(3, "b"), agreement(4, "B")};
  commit(batch);
  const auto ids = [&](std::string_view after, std::size_t limit) {
    std::string text;
    for (const Agreement& each : value(reader_->agreements(after, limit)))
      text += each.id + " ";
    return text;
  };
  EXPECT_EQ(ids("", 10), "B a b c ");
  EXPECT_EQ(ids("", 2), "B a ");
  EXPECT_EQ(ids("a", 2), "b c ");
  EXPECT_EQ(ids("c", 2), "");
  EXPECT_EQ(ids("", 0), "");
}

TEST_F(ListsTest, EventsByFilter) {
  Batch batch;
  for (std::uint64_t i = 1; i <= 9; ++i)
    batch.events.push_back(event(1, i, i % 2 == 0 ? "report" : "meeting"));
  batch.events.push_back(event(2, 1));
  commit(batch);

  struct Case {
    EventFilter filter;
    std::size_t limit;
    std::vector<std::uint64_t> expected;
  };
  const Case cases[] = {
      {{}, 100, {1, 2, 3, 4, 5, 6, 7, 8, 9}},
      {{}, 3, {1, 2, 3}},
      {{.after = 7}, 100, {8, 9}},
      {{.after = UINT64_MAX}, 100, {}},
      {{.type = "report"}, 100, {2, 4, 6, 8}},
      {{.after = 4, .type = "report"}, 1, {6}},
      {{.subject = "meeting/0"}, 100, {3, 6, 9}},
      {{.type = "report", .subject = "meeting/0"}, 100, {6}},
      {{.recorded_from = 10'008}, 100, {8, 9}},
      {{.recorded_before = 10'003}, 100, {1, 2}},
      {{.recorded_from = 10'003, .recorded_before = 10'005}, 100, {3, 4}},
      {{.type = "unknown"}, 100, {}},
  };
  for (const Case& each : cases) {
    std::vector<std::uint64_t> got;
    for (const Event& found : value(reader_->events(1, each.filter, each.limit)))
      got.push_back(found.sequence);
    EXPECT_EQ(got, each.expected);
  }
}

TEST_F(ListsTest, FindingsByFilter) {
  Batch batch;
  for (FindingNo no = 1; no <= 9; ++no)
    batch.findings.push_back(finding(no, 1 + no % 2, no == 4 ? 3 : 0));
  commit(batch);

  struct Case {
    FindingFilter filter;
    std::size_t limit;
    std::vector<FindingNo> expected;
  };
  const Case cases[] = {
      {{}, 100, {1, 2, 3, 4, 5, 6, 7, 8, 9}},
      {{}, 2, {1, 2}},
      {{.after = 8}, 100, {9}},
      {{.agreement = 1}, 100, {2, 4, 6, 8}},
      {{.after = 2, .agreement = 1}, 2, {4, 6}},
      {{.clause = "report"}, 100, {1, 3, 5, 7, 9}},
      {{.status = "missed"}, 100, {3, 6, 9}},
      {{.agreement = 2, .clause = "report", .status = "missed"}, 100, {3, 9}},
      {{.agreement = 5}, 100, {}},
  };
  for (const Case& each : cases) {
    std::vector<FindingNo> got;
    for (const Finding& found : value(reader_->findings(each.filter, each.limit)))
      got.push_back(found.no);
    EXPECT_EQ(got, each.expected);
  }
  const Finding four = value(reader_->findings({.after = 3}, 1)).front();
  EXPECT_EQ(four.sequence, 3);
  EXPECT_EQ(four.occurrence, "meet/4");
  EXPECT_EQ(four.before, "open");
  EXPECT_EQ(four.after, "met");
  EXPECT_EQ(four.due, "2017-06-30");
  EXPECT_EQ(four.due_at, 30'004);
  EXPECT_EQ(four.noticed, 30'005);
}

// `agreement occurrence status due`, one a line.
std::string in_words(const std::vector<Verdict>& verdicts) {
  std::string text;
  for (const Verdict& each : verdicts)
    text += fmt::format("{} {} {} {}\n", each.agreement, each.occurrence, each.status, each.due);
  return text;
}

TEST_F(ListsTest, AVerdictTakesThePlaceOfTheOneBefore) {
  Batch batch;
  batch.verdicts = {verdict(1, "meet/1", "open", "2017-06-30"), verdict(1, "meet/2", "open", ""),
                    verdict(2, "meet/1", "open", "2017-06-30")};
  commit(batch);
  Batch change;
  change.verdicts = {verdict(1, "meet/1", "met", "2017-07-31")};
  change.verdicts[0].owners = "police";
  change.verdicts_gone = {{1, "meet/2"}, {7, "never there"}};
  commit(change);
  EXPECT_EQ(in_words(value(reader_->verdicts({}, 10))),
            "2 meet/1 open 2017-06-30\n1 meet/1 met 2017-07-31\n");
  const Verdict one = value(reader_->verdicts({.agreement = 1}, 10)).front();
  EXPECT_EQ(one.clause, "meet");
  EXPECT_EQ(one.owners, "police");
  EXPECT_EQ(one.severity, "error");
  EXPECT_EQ(one.opens, "2017-01-01");
  EXPECT_EQ(one.settled, "2017-07-31");
}

TEST_F(ListsTest, NoVerdictsAtAll) {
  EXPECT_THAT(value(reader_->verdicts({}, 10)), IsEmpty());
  EXPECT_THAT(value(reader_->verdicts({.agreement = 1}, 10)), IsEmpty());
  EXPECT_THAT(value(reader_->verdicts({.statuses = {"open"}}, 10)), IsEmpty());
}

// What the header says of verdicts, over a list of all there are.
bool wanted(const Verdict& each, const VerdictFilter& filter) {
  const auto has = [](const auto& list, const auto& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
  };
  if (filter.agreement && each.agreement != *filter.agreement) return false;
  if (!filter.statuses.empty() && !has(filter.statuses, each.status)) return false;
  if (!filter.clause.empty() && each.clause != filter.clause) return false;
  if (filter.firm && each.firm != *filter.firm) return false;
  if (!filter.owner.empty() &&
      (" " + each.owners + " ").find(" " + filter.owner + " ") == std::string::npos)
    return false;
  const bool dated = !filter.due_from.empty() || !filter.due_through.empty();
  if (dated && each.due.empty()) return false;
  if (each.due < filter.due_from) return false;
  return filter.due_through.empty() || each.due <= filter.due_through;
}

// Every filter, read page by page, against a list that is filtered and sorted here.
TEST_F(ListsTest, VerdictsByFilterPageByPage) {
  std::mt19937 random(1);
  const auto one_of = [&](const std::vector<std::string>& all) {
    return all[random() % all.size()];
  };
  const std::vector<std::string> statuses = {"open", "upcoming", "met", "missed", "waived"};
  const std::vector<std::string> owners = {"police", "municipality", "police municipality", "polis",
                                           ""};
  Batch batch;
  for (int i = 0; i < 400; ++i) {
    batch.verdicts.push_back(
        verdict(1 + random() % 7, fmt::format("{}/{}", one_of({"meet", "report", "plan"}), i),
                one_of(statuses),
                random() % 6 == 0 ? "" : fmt::format("2017-06-{:02}", 1 + random() % 20)));
    batch.verdicts.back().owners = one_of(owners);
  }
  commit(batch);
  std::vector<Verdict> all = batch.verdicts;
  std::sort(all.begin(), all.end(), [](const Verdict& a, const Verdict& b) {
    return std::tuple(a.due.empty(), a.due, a.agreement, a.occurrence) <
           std::tuple(b.due.empty(), b.due, b.agreement, b.occurrence);
  });

  for (int i = 0; i < 300; ++i) {
    VerdictFilter filter;
    if (random() % 3 == 0) filter.agreement = 1 + random() % 8;
    for (std::size_t n = random() % 4; n > 0; --n)
      filter.statuses.push_back(one_of(statuses));
    if (random() % 4 == 0) filter.clause = "meet";
    if (random() % 4 == 0) filter.firm = random() % 2 == 0;
    if (random() % 3 == 0) filter.owner = one_of({"police", "polis", "pol", "municipality"});
    if (random() % 3 == 0) filter.due_from = fmt::format("2017-06-{:02}", 1 + random() % 22);
    if (random() % 3 == 0) filter.due_through = fmt::format("2017-06-{:02}", 1 + random() % 22);
    std::vector<Verdict> expected;
    std::copy_if(all.begin(), all.end(), std::back_inserter(expected),
                 [&](const Verdict& each) { return wanted(each, filter); });

    const std::size_t limit = 1 + random() % 60;
    std::vector<Verdict> got;
    for (;;) {
      const auto page = value(reader_->verdicts(filter, limit));
      ASSERT_LE(page.size(), limit);
      got.insert(got.end(), page.begin(), page.end());
      if (page.size() < limit) break;
      filter.after = {page.back().due, page.back().agreement, page.back().occurrence};
    }
    ASSERT_EQ(in_words(got), in_words(expected)) << "filter " << i;
  }
}

// `key state tries not_before`, one a word.
std::string in_words(const std::vector<Message>& messages) {
  std::string text;
  for (const Message& each : messages)
    text += fmt::format("{}:{}:{}:{} ", each.key, static_cast<int>(each.state), each.tries,
                        each.not_before);
  return text;
}

TEST_F(ListsTest, TheOutbox) {
  EXPECT_EQ(value(reader_->waiting()).count, 0);
  EXPECT_EQ(value(reader_->waiting()).oldest, never);

  Batch batch;
  batch.messages = {message("late", 300), message("soon", 100), message("other", 200, 2),
                    message("soon", 999)};
  batch.messages[2].recipient = "chair";
  commit(batch);
  EXPECT_EQ(in_words(value(reader_->messages({}, 10))), "late:0:0:300 soon:0:0:100 other:0:0:200 ");
  EXPECT_EQ(in_words(value(reader_->to_send(99, 10))), "");
  EXPECT_EQ(in_words(value(reader_->to_send(200, 10))), "soon:0:0:100 other:0:0:200 ");
  EXPECT_EQ(in_words(value(reader_->to_send(900, 1))), "soon:0:0:100 ");
  EXPECT_EQ(value(reader_->waiting()).count, 3);
  EXPECT_EQ(value(reader_->waiting()).oldest, 100);
  EXPECT_EQ(value(reader_->waiting()).given_up, 0);

  Batch later;
  later.messages = {message("more", 150), message("soon", 5)};
  later.progress = {{"soon", Message::State::sent, 1, 100, "", 120},
                    {"late", Message::State::waiting, 2, 400, "refused", std::nullopt},
                    {"other", Message::State::failed, 10, 200, "410", 500},
                    {"nobody", Message::State::sent, 1, 1, "", 1}};
  commit(later);
  EXPECT_EQ(in_words(value(reader_->messages({}, 10))),
            "late:0:2:400 soon:1:1:100 other:2:10:200 more:0:0:150 ");
  EXPECT_EQ(in_words(value(reader_->to_send(1000, 10))), "more:0:0:150 late:0:2:400 ");
  EXPECT_EQ(value(reader_->waiting()).count, 2);
  EXPECT_EQ(value(reader_->waiting()).oldest, 150);
  EXPECT_EQ(value(reader_->waiting()).given_up, 1);

  const Message soon = *value(reader_->message("soon"));
  EXPECT_EQ(soon.finished, 120);
  EXPECT_EQ(soon.content, R"({"subject":"A meeting is due"})");
  EXPECT_EQ(soon.way, "email");
  EXPECT_EQ(soon.kind, "warning");
  EXPECT_EQ(soon.occurrence, "meet/1");
  EXPECT_EQ(soon.made, 5000);
  EXPECT_EQ(value(reader_->message("late"))->last_error, "refused");
  EXPECT_FALSE(value(reader_->message("late"))->finished);
  EXPECT_FALSE(value(reader_->message("none")));

  struct Case {
    MessageFilter filter;
    const char* expected;
  };
  const auto first = value(reader_->messages({}, 1)).front().no;
  const Case cases[] = {
      {{.after = first}, "soon:1:1:100 other:2:10:200 more:0:0:150 "},
      {{.agreement = 2}, "other:2:10:200 "},
      {{.state = Message::State::waiting}, "late:0:2:400 more:0:0:150 "},
      {{.state = Message::State::sent}, "soon:1:1:100 "},
      {{.state = Message::State::failed}, "other:2:10:200 "},
      {{.state = Message::State::cancelled}, ""},
      {{.recipient = "chair"}, "other:2:10:200 "},
      {{.agreement = 1, .state = Message::State::waiting, .recipient = "coordinator"},
       "late:0:2:400 more:0:0:150 "},
  };
  for (const Case& each : cases)
    EXPECT_EQ(in_words(value(reader_->messages(each.filter, 10))), each.expected);
}

TEST_F(ListsTest, AMessageThatWasCancelledMayBeMadeAgain) {
  Batch batch;
  for (const char* key : {"waiting", "sent", "failed", "cancelled"})
    batch.messages.push_back(message(key, 100));
  batch.progress = {{"sent", Message::State::sent, 1, 100, "", 110},
                    {"failed", Message::State::failed, 10, 100, "410", 110},
                    {"cancelled", Message::State::cancelled, 2, 100, "met", 110}};
  commit(batch);
  const auto no = value(reader_->message("cancelled"))->no;

  Batch again;
  for (const char* key : {"waiting", "sent", "failed", "cancelled"})
    again.messages.push_back(message(key, 200));
  again.messages[3].content = "new";
  commit(again);
  EXPECT_EQ(in_words(value(reader_->messages({}, 10))),
            "waiting:0:0:100 sent:1:1:100 failed:2:10:100 cancelled:0:0:200 ");
  const Message revived = *value(reader_->message("cancelled"));
  EXPECT_EQ(revived.no, no);
  EXPECT_EQ(revived.content, "new");
  EXPECT_EQ(revived.last_error, "");
  EXPECT_FALSE(revived.finished);
}

TEST_F(ListsTest, TheLastMessageKeyOfAPrefix) {
  Batch batch;
  for (const char* key : {"a/1", "a/2", "a/å", "a0", "b/1"})
    batch.messages.push_back(message(key, 1));
  commit(batch);
  const auto last = [&](std::string_view prefix) {
    return value(reader_->last_message_key(prefix)).value_or("none");
  };
  EXPECT_EQ(last("a/"), "a/å");
  EXPECT_EQ(last("a"), "a0");
  EXPECT_EQ(last("b/1"), "b/1");
  EXPECT_EQ(last(""), "b/1");
  EXPECT_EQ(last("c"), "none");

  Batch cancelled;
  cancelled.progress = {{.key = "a/å", .state = Message::State::cancelled}};
  commit(cancelled);
  EXPECT_EQ(last("a/"), "a/2");
}

}  // namespace
}  // namespace samrad::tests
