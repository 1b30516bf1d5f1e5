// One round: commands are done and agreements judged, those whose time has come are woken, what is to be told is put beside it, one
// transaction holds it all, and its callers are answered while the next one is under way.

#include <algorithm>

#include "service/registry/work.h"

namespace samrad::registry {

// Commands and wakes of the open round; its transaction waits for the one under way.
void Registry::Work::add_to_round(std::vector<Command> commands, bool wakes) {
  const Micros now = clock_.now();
  if (commands.empty() && !wakes && !somebody_tires(now)) return;
  for (const Command& command : commands)
    run_command(command);
  judge(open_round(now));
  if (open_ && wakes) wake_up(*open_);
  if (open_) open_->unjudged.clear();
}

Round& Registry::Work::open_round(Micros now) {
  if (!open_) open_ = std::make_unique<Round>();
  open_->now = now;
  last_stamp_ = std::max(last_stamp_, now);
  return *open_;
}

void Registry::Work::run_command(const Command& command) {
  if (command.answered_first && under_way_) {
    const std::unique_ptr<Round> last = std::move(under_way_);
    if (settle_round(*last)) answer(*last, nullptr);
  }
  Round& round = open_round(clock_.now());
  last_stamp_ = std::max(last_stamp_ + 1, round.now);
  round.events += std::max<std::size_t>(command.events, 1);
  try {
    command.run(round);
  } catch (const std::exception& thrown) {
    give_up_after(thrown);  // whoever gave it is answered when the command is let go
  }
}

// What commands touched is judged now, so that each agreement is judged once however many events came.
void Registry::Work::judge(Round& round) {
  for (const store::AgreementNo no : std::exchange(round.unjudged, {})) {
    const auto it = active_.find(no);
    if (it == active_.end() || it->second.course->agreement.closed) continue;
    auto looked = look(round, *it->second.course, round.now);
    note_readable(no, looked);
    if (!looked) drop(round, no, {store::Failure::Kind::io, looked.error().message});
    if (!open_) return;
  }
}

// Nothing of the open round will be.
void Registry::Work::give_up(const store::Failure& failure) {
  if (!open_) return;
  const std::unique_ptr<Round> round = std::move(open_);
  undo(*round);
  answer(*round, &failure);
}

void Registry::Work::give_up_after(const std::exception& thrown) {
  notify({Notice::About::work, false, "", thrown.what()});
  give_up({store::Failure::Kind::io, "something went wrong; nothing was recorded"});
}

// Nothing of the round will be that is about this agreement; the others go on.
void Registry::Work::drop(Round& round, store::AgreementNo no, const store::Failure& failure) {
  const bool fresh = std::any_of(round.created.begin(), round.created.end(),
                                 [no](const auto& one) { return one.second == no; });
  if (fresh) return give_up(failure);  // numbers of others rest on it
  store::Batch& batch = round.batch;
  const auto of_it = [no](const auto& row) { return row.agreement == no; };
  std::erase_if(batch.agreements, [no](const store::Agreement& row) { return row.no == no; });
  std::erase_if(batch.versions, of_it);
  std::erase_if(batch.events, of_it);
  std::erase_if(batch.snapshots, of_it);
  std::erase_if(batch.wakes, [no](const auto& wake) { return wake.first == no; });
  std::erase_if(round.verdicts, [no](const auto& row) { return row.first.first == no; });
  round.findings.erase(no);
  round.anew.erase(no);
  round.touched.erase(no);
  forget(no);
  set_wake(no, round.now + retry_after);
  std::vector<Round::Caller> callers;
  for (Round::Caller& caller : round.callers)
    if (caller.about == no) callers.push_back(std::move(caller));
  std::erase_if(round.callers, [no](const Round::Caller& caller) { return caller.about == no; });
  for (const Round::Caller& caller : callers)
    caller.answer(&failure);
}

// The transaction of `round` has ended, or there is none: false where it failed, and then nothing of it is in memory.
bool Registry::Work::settle_round(Round& round) {
  const bool written = !round.batch.empty();
  const Committer::Outcome outcome = written ? committer_->wait() : Committer::Outcome{};
  const bool failed_before = failed_at_ != 0;
  if (written) commit_micros_ = outcome.micros;
  {
    const std::lock_guard lock(mutex_);
    if (written) {
      ++gauges_.batches;
      gauges_.commit_micros += outcome.micros;
      gauges_.commit_micros_last = outcome.micros;
    }
    if (outcome.result) {
      gauges_.events += round.batch.events.size();
      gauges_.findings += round.batch.findings.size();
      if (written || failed_at_ == 0) gauges_.failure.clear();
      if (written) failed_at_ = 0;
    } else {
      ++gauges_.failures;
      gauges_.failure = outcome.result.error().message;
      failed_at_ = round.now;
    }
  }
  if (failed_before != (failed_at_ != 0))
    notify({Notice::About::commits, failed_before, "",
            outcome.result ? "transactions are written again" : outcome.result.error().message});
  if (outcome.result) {
    committed(round);
    return true;
  }
  // What was done since rests on what is not there.
  give_up(outcome.result.error());
  undo(round);
  answer(round, &outcome.result.error());
  return false;
}

void Registry::Work::answer(Round& round, const store::Failure* failure) {
  if (failure == nullptr && listener && !round.batch.findings.empty())
    listener(round.batch.findings);
  for (const Round::Caller& caller : round.callers)
    caller.answer(failure);
}

// Nothing is under way any more: the open round's transaction begins, and the callers of the last one are answered meanwhile. Where
// transactions take long they are answered first, and what they send next is waited for a moment, so that it goes along: else half of
// all callers wait for one transaction and half for the next.
void Registry::Work::finish_round() {
  std::unique_ptr<Round> last = std::move(under_way_);
  if (last && !settle_round(*last)) return;
  if (last && commit_micros_ >= slow_commit_micros && !last->callers.empty()) {
    fill_to_ = last->callers.size() + (open_ ? open_->callers.size() : 0);
    answer(*last, nullptr);
    last.reset();
    fill_until_ = std::chrono::steady_clock::now() + std::chrono::microseconds(commit_micros_ / 4);
    if (fills()) return;
  }
  if (open_) {
    announce(*open_);
    let_sleep(*open_);
    note_entries(*open_);
    make_room();
    gather(*open_);
    under_way_ = std::move(open_);
    if (!under_way_->batch.empty()) committer_->begin(under_way_->batch);
  }
  if (last) answer(*last, nullptr);
}

bool Registry::Work::fills() const {
  return (open_ ? open_->callers.size() : 0) < fill_to_ &&
         std::chrono::steady_clock::now() < fill_until_;
}

void Registry::Work::wake_up(Round& round) {
  Micros lag = 0;
  std::size_t woken = 0;
  while (round.woken < options_.wakes_per_batch && !wakes_.empty() &&
         wakes_.begin()->first <= round.now) {
    const auto [at, no] = *wakes_.begin();
    lag = std::max(lag, round.now - at);
    ++woken;
    ++round.woken;
    auto done = wake_one(round, no, at);
    note_readable(no, done);
    if (!done) set_wake(no, round.now + 60 * retry_after);  // others must not wait for it
  }
  if (woken == 0) return;
  const std::lock_guard lock(mutex_);
  gauges_.wakes += woken;
  gauges_.wake_lag = lag;
  gauges_.wake_lag_max = std::max(gauges_.wake_lag_max, lag);
}

// In due order over all agreements: each is looked at as of its wake, and its next wake takes its turn.
Registry::Work::Try<void> Registry::Work::wake_one(Round& round, store::AgreementNo no, Micros at) {
  try {
    auto course = active(round, no);
    if (!course) return tl::unexpected(std::move(course.error()));
    if (!(*course)->agreement.closed) return look(round, **course, at);
    set_wake(no, store::never);
    round.batch.wakes.emplace_back(no, store::never);
    return {};
  } catch (const std::exception& thrown) {
    notify({Notice::About::work, false, "", thrown.what()});
    return tl::unexpected(trouble(Trouble::Kind::store, "something went wrong in judging it"));
  }
}

// Tells, once, that an agreement cannot be read, and that it can be again.
void Registry::Work::note_readable(store::AgreementNo no, const Try<void>& read) {
  const auto it = unreadable_.find(no);
  if (read.has_value() == (it == unreadable_.end())) return;
  if (read) {
    notify({Notice::About::agreement, true, it->second, "can be read again"});
    unreadable_.erase(it);
  } else {
    const auto course = active_.find(no);
    const std::string name =
        course != active_.end() ? course->second.course->agreement.id : "#" + std::to_string(no);
    notify({Notice::About::agreement, false, name, read.error().message});
    unreadable_.emplace(no, name);
  }
  const std::lock_guard lock(mutex_);
  gauges_.unreadable = unreadable_.size();
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
    std::vector<const store::Verdict*> held, done;
    for (const auto& [id, verdict] : course.loose())
      held.push_back(&verdict);
    auto row = round.verdicts.lower_bound({no, std::string()});
    for (; row != round.verdicts.end() && row->first.first == no; ++row)
      if (row->second && !course.loose().contains(row->first.second)) done.push_back(&*row->second);
    static const std::vector<store::Finding> none;
    const auto findings = round.findings.find(no);
    const Micros next =
        announcer_->announce({course.agreement, *course.room().book, held, done,
                              findings == round.findings.end() ? none : findings->second, round.now,
                              it->second.first, round.anew.contains(no)},
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

// How the directory will have what was touched: later, more may have been done to it.
void Registry::Work::note_entries(Round& round) {
  for (const store::AgreementNo no : round.touched) {
    const auto it = active_.find(no);
    if (it == active_.end()) continue;
    const Course& course = *it->second.course;
    round.entries.emplace_back(course.agreement.id,
                               Entry{no, course.agreement.version, course.sequence(), true,
                                     course.agreement.closed.has_value()});
  }
}

void Registry::Work::committed(Round& round) {
  next_finding_ += static_cast<store::FindingNo>(round.batch.findings.size());
  for (auto& [id, entry] : round.entries) {
    next_agreement_ = std::max(next_agreement_, entry.no + 1);
    directory.put(std::move(id), entry);
  }
  for (const store::Snapshot& snapshot : round.batch.snapshots)
    if (const auto it = active_.find(snapshot.agreement); it != active_.end())
      it->second.course->snapshot_sequence =
          std::max(it->second.course->snapshot_sequence, snapshot.sequence);
}

// Those that were touched leave memory: the store has them as they were. Their wakes come back with them.
void Registry::Work::undo(Round& round) {
  for (const store::AgreementNo no : round.touched) {
    forget(no);
    set_wake(no, store::never);
  }
  for (const auto& [id, no] : round.created)
    round.touched.erase(no);
  for (const store::AgreementNo no : round.touched)
    set_wake(no, round.now + retry_after);
}

// It leaves memory as if it had never been there.
void Registry::Work::forget(store::AgreementNo no) {
  const auto it = active_.find(no);
  if (it == active_.end()) return;
  used_.erase(it->second.used);
  active_.erase(it);
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
  if (course.beyond_snapshot()) snapshots_.push_back({no, course.sequence(), course.snapshot()});
  forget(no);
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

// All that is in memory is stored in one last transaction.
void Registry::Work::store_all() {
  Round round;
  for (const store::AgreementNo no : used_) {
    const Course& course = *active_.at(no).course;
    if (course.beyond_snapshot())
      round.batch.snapshots.push_back({no, course.sequence(), course.snapshot()});
  }
  for (store::Snapshot& snapshot : snapshots_)
    round.batch.snapshots.push_back(std::move(snapshot));
  if (!round.batch.empty()) (void)store_.commit(round.batch);
}

}  // namespace samrad::registry
