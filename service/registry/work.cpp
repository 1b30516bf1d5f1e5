// One thread, round after round: take what waits, do it, wake who is due, announce, commit, answer.

#include "service/registry/work.h"

#include <algorithm>
#include <chrono>

namespace samrad::registry {

using std::chrono::microseconds;
using std::chrono::steady_clock;

namespace {

// The clock may be set at any time: it is looked at this often at least.
constexpr std::chrono::seconds look_at_the_clock{1};
// After a commit that failed nothing but callers makes the registry try again sooner.
constexpr Micros retry_after = 1'000'000;

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
}

bool Registry::Work::submit(std::function<void(Round&)> run, std::size_t events, Trouble& refusal) {
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
    queue_.push_back({std::move(run), events});
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

void Registry::Work::run() {
  for (;;) {
    std::vector<Command> commands;
    bool all = false;
    {
      std::unique_lock lock(mutex_);
      next_wake_ = wakes_.empty() ? store::never : wakes_.begin()->first;
      const auto due = [&] {
        const Micros now = clock_.now();
        return somebody_tires(now) || (next_wake_ <= now && (failed_at_ == 0 || now < failed_at_ ||
                                                             now >= failed_at_ + retry_after));
      };
      while (queue_.empty() && !stopping_ && !look_again_ && !due()) {
        idle_ = true;
        nothing_.notify_all();
        const Micros wait = next_wake_ == store::never ? store::never : next_wake_ - clock_.now();
        if (wait < 1'000'000 && failed_at_ == 0)
          something_.wait_for(lock, microseconds(std::max<Micros>(wait, 1)));
        else
          something_.wait_for(lock, look_at_the_clock);
      }
      idle_ = false;
      all = std::exchange(look_at_all_, false);
      look_again_ = false;
      std::size_t events = 0;
      while (!queue_.empty() &&
             (events == 0 || events + queue_.front().events <= options_.batch_events_max)) {
        events += std::max<std::size_t>(queue_.front().events, 1);
        commands.push_back(std::move(queue_.front()));
        queue_.pop_front();
      }
      if (commands.empty() && stopping_) break;
    }
    if (all) {
      const Micros now = clock_.now();
      std::vector<store::AgreementNo> everyone;
      for (const auto& [no, at] : wake_of_)
        if (at > now) everyone.push_back(no);
      for (const store::AgreementNo no : everyone)
        set_wake(no, now);
    }
    do_round(std::move(commands));
  }
  // All that is in memory leaves it in one last transaction.
  std::vector<store::AgreementNo> everyone(used_.begin(), used_.end());
  Round round;
  for (const store::AgreementNo no : everyone) {
    const Course& course = *active_.at(no).course;
    if (course.sequence() > course.snapshot_sequence)
      round.batch.snapshots.push_back({no, course.sequence(), course.snapshot()});
  }
  for (store::Snapshot& snapshot : snapshots_)
    round.batch.snapshots.push_back(std::move(snapshot));
  if (!round.batch.empty()) (void)store_.commit(round.batch);
  active_.clear();
  const std::lock_guard lock(mutex_);
  idle_ = true;
  nothing_.notify_all();
}

void Registry::Work::do_round(std::vector<Command> commands) {
  Round round;
  round.now = clock_.now();
  last_stamp_ = std::max(last_stamp_ + 1, round.now);
  for (const Command& command : commands)
    command.run(round);
  // What commands touched is judged now, so that each agreement is judged once however many events came.
  for (const store::AgreementNo no : round.touched) {
    const auto it = active_.find(no);
    if (it == active_.end()) continue;
    if (auto looked = look(round, *it->second.course, round.now); !looked) {
      undo(round);
      const store::Failure failure{store::Failure::Kind::io, looked.error().message};
      for (const auto& done : round.done)
        done(&failure);
      return;
    }
  }
  wake_up(round);
  announce(round);
  let_sleep(round);
  gather(round);
  commit(round);
  make_room();
}

void Registry::Work::wake_up(Round& round) {
  Micros lag = 0;
  std::size_t woken = 0;
  while (woken < options_.wakes_per_batch && !wakes_.empty() &&
         wakes_.begin()->first <= round.now) {
    const auto [at, no] = *wakes_.begin();
    lag = std::max(lag, round.now - at);
    ++woken;
    auto course = active(round, no);
    // In due order over all agreements: each is looked at as of its wake, and its next wake takes its turn.
    if (course && (*course)->agreement.closed) {
      set_wake(no, store::never);
    } else if (!course || !look(round, **course, at)) {
      set_wake(no, round.now + 60 * retry_after);  // it cannot be read: others must not wait for it
      const std::lock_guard lock(mutex_);
      gauges_.failure = "agreement " + std::to_string(no) + " cannot be read";
      ++gauges_.failures;
    }
  }
  if (woken == 0) return;
  const std::lock_guard lock(mutex_);
  gauges_.wakes += woken;
  gauges_.wake_lag = lag;
  gauges_.wake_lag_max = std::max(gauges_.wake_lag_max, lag);
}

void Registry::Work::announce(Round& round) {
  if (announcer_ == nullptr) return;
  for (const store::AgreementNo no : round.touched) {
    const auto it = active_.find(no);
    if (it == active_.end()) continue;
    if (wake_of(no) <=
        round
            .now) {  // it has not caught up yet; what it finds on the way is read back from the store then
      it->second.first = true;
      continue;
    }
    Course& course = *it->second.course;
    if (course.agreement.closed) continue;
    std::vector<const store::Verdict*> held, done;
    for (const auto& [id, verdict] : course.loose())
      held.push_back(&verdict);
    auto row = round.verdicts.lower_bound({no, std::string()});
    for (; row != round.verdicts.end() && row->first.first == no; ++row)
      if (row->second && !course.loose().contains(row->first.second)) done.push_back(&*row->second);
    static const std::vector<store::Finding> none;
    const auto findings = round.findings.find(no);
    const Micros next = announcer_->announce(
        {course.agreement, *course.room().book, held, done,
         findings == round.findings.end() ? none : findings->second, round.now, it->second.first},
        round.batch);
    it->second.first = false;
    if (next < wake_of(no)) {
      set_wake(no, next);
      round.batch.wakes.emplace_back(no, next);
    }
  }
}

void Registry::Work::gather(Round& round) {
  for (auto& [key, verdict] : round.verdicts) {
    if (verdict)
      round.batch.verdicts.push_back(*verdict);
    else
      round.batch.verdicts_gone.push_back(key);
  }
  std::vector<store::Finding*> findings;
  for (auto& [no, list] : round.findings)
    for (store::Finding& finding : list)
      findings.push_back(&finding);
  std::stable_sort(findings.begin(), findings.end(),
                   [](const auto* a, const auto* b) { return a->due_at < b->due_at; });
  store::FindingNo number = next_finding_;
  for (store::Finding* finding : findings) {
    finding->no = number++;
    round.batch.findings.push_back(*finding);
  }
  for (store::Snapshot& snapshot : snapshots_)
    round.batch.snapshots.push_back(std::move(snapshot));
  snapshots_.clear();
}

void Registry::Work::commit(Round& round) {
  const auto began = steady_clock::now();
  store::Result<void> result;
  if (!round.batch.empty()) result = store_.commit(round.batch);
  const auto took = static_cast<std::uint64_t>(
      std::chrono::duration_cast<microseconds>(steady_clock::now() - began).count());
  {
    const std::lock_guard lock(mutex_);
    if (!round.batch.empty()) {
      ++gauges_.batches;
      gauges_.commit_micros += took;
      gauges_.commit_micros_last = took;
    }
    if (result) {
      gauges_.events += round.batch.events.size();
      gauges_.findings += round.batch.findings.size();
      if (!round.batch.empty() || failed_at_ == 0) gauges_.failure.clear();
      if (!round.batch.empty()) failed_at_ = 0;
    } else {
      ++gauges_.failures;
      gauges_.failure = result.error().message;
      failed_at_ = round.now;
    }
  }
  if (result)
    committed(round);
  else
    undo(round);
  if (result && listener && !round.batch.findings.empty()) listener(round.batch.findings);
  for (const auto& done : round.done)
    done(result ? nullptr : &result.error());
}

void Registry::Work::committed(Round& round) {
  next_finding_ += static_cast<store::FindingNo>(round.batch.findings.size());
  for (const store::AgreementNo no : round.touched) {
    const auto it = active_.find(no);
    if (it == active_.end()) continue;
    const Course& course = *it->second.course;
    directory.put(course.agreement.id, {no, course.agreement.version, course.sequence(), true,
                                        course.agreement.closed.has_value()});
    next_agreement_ = std::max(next_agreement_, no + 1);
  }
  for (const store::Snapshot& snapshot : round.batch.snapshots)
    if (const auto it = active_.find(snapshot.agreement); it != active_.end())
      it->second.course->snapshot_sequence = snapshot.sequence;
}

// Those that were touched leave memory: the store has them as they were. Their wakes come back with them.
void Registry::Work::undo(Round& round) {
  for (const store::AgreementNo no : round.touched) {
    if (const auto it = active_.find(no); it != active_.end()) {
      used_.erase(it->second.used);
      active_.erase(it);
    }
    set_wake(no, store::never);
  }
  for (const auto& [id, no] : round.created)
    round.touched.erase(no);
  for (const store::AgreementNo no : round.touched)
    set_wake(no, round.now + retry_after);
}

bool Registry::Work::somebody_tires(Micros now) const {
  return !used_.empty() && now - active_.at(used_.back()).used_at >= options_.sleep_after;
}

// Those that nothing happened to for long, in the transaction of a round that does not touch them.
void Registry::Work::let_sleep(Round& round) {
  for (const store::AgreementNo no : round.touched)
    if (const auto it = active_.find(no); it != active_.end()) it->second.used_at = round.now;
  for (std::size_t n = 0; n < options_.sleeps_per_batch && somebody_tires(round.now); ++n)
    leave_memory(used_.back());
}

void Registry::Work::leave_memory(store::AgreementNo no) {
  const auto it = active_.find(no);
  const Course& course = *it->second.course;
  if (course.sequence() > course.snapshot_sequence)
    snapshots_.push_back({no, course.sequence(), course.snapshot()});
  used_.erase(it->second.used);
  active_.erase(it);
}

void Registry::Work::make_room() {
  while (active_.size() > options_.active_max)
    leave_memory(used_.back());
  {
    const std::lock_guard lock(mutex_);
    gauges_.active = active_.size();
  }
  // Rooms that nobody uses, or whose names have grown beyond what is worth keeping once they are free.
  for (auto it = rooms_.begin(); it != rooms_.end();)
    it = it->second.use_count() == 1 && rooms_.size() > 64 ? rooms_.erase(it) : std::next(it);
}

Gauges Registry::Work::gauges() {
  const std::lock_guard lock(mutex_);
  Gauges out = gauges_;
  out.waiting = queue_.size();
  out.next_wake = next_wake_;
  out.agreements = directory.size();
  return out;
}

}  // namespace samrad::registry
