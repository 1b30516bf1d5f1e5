// One thread, round after round. While the transaction of one is under way, commands are taken for the next.

#include "service/registry/work.h"

#include <algorithm>
#include <chrono>

namespace samrad::registry {

using std::chrono::microseconds;
using std::chrono::steady_clock;

namespace {

// The clock may be set at any time: it is looked at this often at least.
constexpr std::chrono::seconds look_at_the_clock{1};

}  // namespace

Trouble trouble(const store::Failure& failure) {
  return trouble(Trouble::Kind::store, failure.message);
}

store::Result<void> Registry::Work::start() {
  auto reader = store_.reader();
  if (!reader) return tl::unexpected(reader.error());
  reader_ = std::move(*reader);
  auto totals = reader_->totals();
  if (!totals) return tl::unexpected(totals.error());
  next_agreement_ = totals->agreements + 1;
  next_finding_ = totals->findings + 1;
  last_stamp_ = totals->last_recorded;
  constexpr std::size_t page = 10'000;
  std::string after;
  for (;;) {
    auto rows = reader_->agreements(after, page);
    if (!rows) return tl::unexpected(rows.error());
    for (const store::Agreement& row : *rows)
      directory.put(row.id, {row.no, row.version, 0, false, row.closed.has_value()});
    if (rows->size() < page) break;
    after = rows->back().id;
  }
  auto wakes = reader_->wakes();
  if (!wakes) return tl::unexpected(wakes.error());
  for (const auto& [no, at] : *wakes)
    set_wake(no, at);
  committer_.emplace(store_, [this] {
    { const std::lock_guard lock(mutex_); }
    something_.notify_one();
  });
  thread_ = std::thread([this] { run(); });
  return {};
}

void Registry::Work::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  something_.notify_all();
  if (thread_.joinable()) thread_.join();
  committer_.reset();
}

bool Registry::Work::submit(std::function<void(Round&)> run, std::size_t events, Trouble& refusal,
                            bool answered_first) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || !thread_.joinable()) {
      refusal = trouble(Trouble::Kind::stopping, "the service is being stopped");
      return false;
    }
    if (queue_.size() >= options_.commands_max) {
      refusal = trouble(Trouble::Kind::busy, "too much is waiting to be recorded");
      return false;
    }
    queue_.push_back({std::move(run), events, answered_first});
    idle_ = false;
  }
  something_.notify_one();
  return true;
}

void Registry::Work::look_again(bool all) {
  {
    const std::lock_guard lock(mutex_);
    look_again_ = true;
    look_at_all_ = look_at_all_ || all;
    idle_ = false;
  }
  something_.notify_one();
}

void Registry::Work::settle() {
  std::unique_lock lock(mutex_);
  nothing_.wait(lock, [&] {
    return stopping_ || failed_at_ != 0 ||
           (idle_ && queue_.empty() && !look_again_ && next_wake_ > clock_.now());
  });
}

bool Registry::Work::due(Micros now) const {
  return next_wake_ <= now &&
         (failed_at_ == 0 || now < failed_at_ || now >= failed_at_ + retry_after);
}

// Waits for something to do: the commands that fit into the open round, wakes that are due, a transaction that has ended. False: all is
// done and the registry stops.
bool Registry::Work::take(std::vector<Command>& commands, bool& wakes) {
  std::unique_lock lock(mutex_);
  next_wake_ = wakes_.empty() ? store::never : wakes_.begin()->first;
  std::size_t events = open_ ? open_->events : 0;
  const auto fits = [&] {
    return !queue_.empty() &&
           (events == 0 || events + queue_.front().events <= options_.batch_events_max);
  };
  const bool may_wake = !open_ || open_->woken < options_.wakes_per_batch;
  for (;;) {
    const Micros now = clock_.now();
    wakes = may_wake && !stopping_ && due(now);
    if (fits() || wakes) break;
    if (under_way_) {
      if (committer_->idle()) break;
      something_.wait(lock);
      continue;
    }
    if (open_ && fills()) {
      if (queue_.empty() && !stopping_) {
        something_.wait_until(lock, fill_until_);
        continue;
      }
      fill_to_ = 0;  // it is full, or the last
    }
    if (open_ || stopping_ || look_again_ || somebody_tires(now)) break;
    idle_ = true;
    nothing_.notify_all();
    const Micros wait = next_wake_ == store::never ? store::never : next_wake_ - now;
    if (wait < 1'000'000 && failed_at_ == 0)
      something_.wait_for(lock, microseconds(std::max<Micros>(wait, 1)));
    else
      something_.wait_for(lock, look_at_the_clock);
  }
  idle_ = false;
  look_again_ = false;
  while (fits()) {
    events += std::max<std::size_t>(queue_.front().events, 1);
    commands.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return !(commands.empty() && stopping_ && !open_ && !under_way_);
}

// Where that was asked for: false where not.
bool Registry::Work::look_at_all() {
  {
    const std::lock_guard lock(mutex_);
    if (!std::exchange(look_at_all_, false)) return false;
  }
  const Micros now = clock_.now();
  for (const store::AgreementNo no : directory.not_closed())
    if (wake_of(no) > now) set_wake(no, now);
  return true;
}

void Registry::Work::run() {
  for (;;) {
    std::vector<Command> commands;
    bool wakes = false;
    if (!take(commands, wakes)) break;
    try {
      if (look_at_all()) wakes = true;
      add_to_round(std::move(commands), wakes);
      const bool waits = !under_way_ && fills();
      if (!waits && (!under_way_ || committer_->idle())) finish_round();
    } catch (const std::exception& thrown) {
      give_up_after(thrown);
    }
  }
  store_all();
  active_.clear();
  const std::lock_guard lock(mutex_);
  idle_ = true;
  nothing_.notify_all();
}

Gauges Registry::Work::gauges() {
  const std::lock_guard lock(mutex_);
  Gauges out = gauges_;
  out.waiting = queue_.size();
  out.judged = judged_;
  out.next_wake = next_wake_;
  out.agreements = directory.size();
  return out;
}

}  // namespace samrad::registry
