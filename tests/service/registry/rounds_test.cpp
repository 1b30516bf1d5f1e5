// Rounds overlap: while the disk holds up one transaction, the next one is made ready; and it falls with the one before it.

#include <gtest/gtest.h>

#include <future>

#include "tests/service/registry/desk.h"

namespace samrad::registry {
namespace {

const std::string club = R"(agreement club "Club"
  term 2016-06-01 to 2018-05-31
  part periods not assessed

party society
role chair of society
forum board
event meeting of forum

clause meetings
  source "§1"
  owner chair
  meeting of board must happen at least 2 times every quarter
)";

std::string met(const std::string& id) { return meeting(id, "2016-07-01"); }

// A store whose commits wait at a gate, and then end as they are told.
class Gated final : public Behind {
 public:
  using Behind::Behind;

  void shut() {
    const std::lock_guard lock(mutex_);
    open_ = false;
  }
  void open(bool fails = false) {
    const std::lock_guard lock(mutex_);
    open_ = true;
    fails_ = fails;
    changed_.notify_all();
  }
  void wait_for_one() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return waiting_; });
  }

  store::Result<void> commit(const store::Batch& batch) override {
    std::unique_lock lock(mutex_);
    waiting_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
    waiting_ = false;
    if (std::exchange(fails_, false))
      return tl::unexpected(store::Failure{store::Failure::Kind::io, "the disk does not answer"});
    return Behind::commit(batch);
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = true, waiting_ = false, fails_ = false;
};

using Answer = std::future<tl::expected<Appended, Trouble>>;

struct House {
  House()
      : clock(at("2016-07-01T08:00:00Z")),
        store(store::open_sqlite(folder.file("samrad.db")).value()),
        registry(store, clock, rulebooks, {}) {
    EXPECT_TRUE(registry.start());
    std::promise<bool> made;
    Create command;
    command.id = "club";
    command.by = "test";
    command.text.files.push_back({"club.samrad", club});
    registry.create(command, [&](auto answer) { made.set_value(answer.has_value()); });
    EXPECT_TRUE(made.get_future().get());
    registry.settle();
  }

  Answer append(const std::string& line) {
    auto promise = std::make_shared<std::promise<tl::expected<Appended, Trouble>>>();
    Append command;
    command.id = "club";
    command.by = "test";
    command.events = incoming(line);
    registry.append(std::move(command),
                    [promise](auto answer) { promise->set_value(std::move(answer)); });
    return promise->get_future();
  }

  // Two rounds: the first one waits at the gate, the second one has been taken in behind it.
  std::pair<Answer, Answer> overlapping(const std::string& first, const std::string& second) {
    store.shut();
    Answer one = append(first);
    store.wait_for_one();
    Answer two = append(second);
    while (registry.gauges().waiting > 0)
      std::this_thread::yield();
    return {std::move(one), std::move(two)};
  }

  std::string status() {
    const auto verdicts = store.reader().value()->verdicts({}, 100).value();
    for (const store::Verdict& verdict : verdicts)
      if (verdict.occurrence == "meetings/2016-Q3") return verdict.status;
    return "";
  }

  Folder folder;
  ManualClock clock;
  Gated store;
  Rulebooks rulebooks;
  Registry registry;
};

bool waits(const Answer& answer) {
  return answer.wait_for(std::chrono::seconds(0)) == std::future_status::timeout;
}

TEST(Rounds, NobodyIsAnsweredBeforeItsTransactionHasEnded) {
  House house;
  auto [one, two] = house.overlapping(met("m-1"), met("m-2"));
  EXPECT_TRUE(waits(one));
  EXPECT_TRUE(waits(two));
  house.store.open();
  EXPECT_EQ(one.get()->sequence, 1U);
  const auto second = two.get();
  EXPECT_EQ(second->sequence, 2U);
  ASSERT_EQ(second->findings.size(), 1U);
  EXPECT_EQ(second->findings[0].after, "met");
  EXPECT_EQ(house.status(), "met");
}

TEST(Rounds, WhatIsNotYetCommittedIsKnownAsADuplicate) {
  House house;
  auto [one, two] = house.overlapping(met("m-1"), met("m-1"));
  EXPECT_TRUE(waits(two));
  house.store.open();
  EXPECT_EQ(one.get()->items[0].outcome, Appended::Outcome::recorded);
  const auto second = two.get();
  EXPECT_EQ(second->items[0].outcome, Appended::Outcome::duplicate);
  EXPECT_EQ(second->items[0].sequence, 1U);
}

// What is added by a function of what is in memory is added after the callers of the round under way have put theirs there.
TEST(Rounds, WhatIsAddedRestsOnWhatTheLastCallersWereTold) {
  House house;
  house.store.shut();
  std::string memory = "old";
  std::promise<void> kept, added;
  Keep revoked;
  revoked.documents.push_back({"token", "t-1", "revoked"});
  house.registry.keep(std::move(revoked), [&](auto) {
    memory = "revoked";
    kept.set_value();
  });
  house.store.wait_for_one();
  house.registry.add(
      [&](store::Batch& batch) {
        batch.documents.push_back({"token", "t-1", memory});
      },
      [&](auto) { added.set_value(); });
  house.store.open();
  kept.get_future().wait();
  added.get_future().wait();
  EXPECT_EQ(house.store.reader().value()->document("token", "t-1").value()->content, "revoked");
}

TEST(Rounds, ARoundFallsWithTheOneBeforeIt) {
  House house;
  auto [one, two] = house.overlapping(met("m-1"), met("m-2"));
  house.store.open(true);
  EXPECT_EQ(one.get().error().kind, Trouble::Kind::store);
  EXPECT_EQ(two.get().error().kind, Trouble::Kind::store);
  EXPECT_EQ(house.status(), "open");
  // Both come again, as who was told that they failed sends them.
  EXPECT_EQ(house.append(met("m-2")).get()->sequence, 1U);
  EXPECT_EQ(house.append(met("m-1")).get()->sequence, 2U);
  EXPECT_EQ(house.status(), "met");
}

TEST(Rounds, WhatWaitsIsRecordedBeforeTheEnd) {
  House house;
  auto [one, two] = house.overlapping(met("m-1"), met("m-2"));
  std::thread stopper([&] { house.registry.stop(); });
  house.store.open();
  stopper.join();
  EXPECT_EQ(one.get()->sequence, 1U);
  EXPECT_EQ(two.get()->sequence, 2U);
  EXPECT_EQ(house.status(), "met");
}

}  // namespace
}  // namespace samrad::registry
