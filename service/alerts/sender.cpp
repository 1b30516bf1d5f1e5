// One thread, one libcurl multi handle: takes what waits, drives the tries, records what they came to, all that ended at once in one step.

#include "service/alerts/sender.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <thread>

#include <fmt/format.h>

#include "service/alerts/attempt.h"
#include "service/alerts/hours.h"
#include "service/alerts/key.h"
#include "service/alerts/together.h"

namespace samrad::alerts {

namespace {

using Ticks = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t rows_asked_for = 200;  // at a time, among which letters are put together
constexpr milliseconds pause_after_trouble{1'000};

using Rows = std::vector<Row>;  // one try: of mail to one address, or a single one

struct Running {
  std::unique_ptr<Attempt> attempt;
  Rows rows;
};

bool is_digest(const Row& row) {
  const auto key = key_of(row.key);
  return key && key->kind == Kind::digest;
}

}  // namespace

class Sender::Work {
 public:
  Work(Outbox& outbox, const Clock& clock, SenderSettings settings)
      : outbox_(outbox), clock_(clock), settings_(std::move(settings)) {
    ready_curl();
    multi_ = curl_multi_init();
  }

  ~Work() {
    stop();
    curl_multi_cleanup(multi_);
  }
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;

  void start() {
    thread_ = std::thread([this] { run(); });
  }
  void wake() {
    woken_ = true;
    curl_multi_wakeup(multi_);
  }
  void stop() {
    stopping_ = true;
    wake();
    if (thread_.joinable()) thread_.join();
  }

  SenderCounts counts() const {
    return {.sent = sent_,
            .again = again_,
            .failed = failed_,
            .running = tries_,
            .unrecorded = unkept_,
            .troubles = troubles_};
  }

 private:
  void run();
  void work();
  void go_on();
  void let_go();
  void take();
  bool take(const Rows& rows);
  [[nodiscard]] Rows letter(const Row& first, const Rows& rows) const;
  [[nodiscard]] bool goes_alone(const Row& row) const;
  bool is_held_back(const Row& row);
  void begin(Rows rows);
  Attempted attempt(const Rows& rows);
  void drive(milliseconds wait);
  void end(Running& running, CURLcode code);
  void settle(const Rows& rows, const Outcome& outcome);
  void record();
  std::vector<std::string> full() const;

  Outbox& outbox_;
  const Clock& clock_;
  const SenderSettings settings_;
  CURLM* multi_;
  std::thread thread_;
  std::atomic<bool> stopping_ = false;
  std::atomic<bool> woken_ = false;

  // Of the thread alone.
  Ticks::time_point ask_;  // the outbox again
  bool ended_ = false;     // a try has, since the outbox was asked
  std::map<CURL*, Running> running_;
  std::map<std::string, std::size_t> load_;  // tries that run, by destination
  std::set<std::string> taken_;              // keys that run or whose step is not yet kept
  std::set<std::string> alone_;  // keys that a letter of several was refused for good with
  std::map<std::string, Ticks::time_point> held_back_;  // by address: until when
  std::vector<Step> unrecorded_;

  std::atomic<std::uint64_t> sent_ = 0;
  std::atomic<std::uint64_t> again_ = 0;
  std::atomic<std::uint64_t> failed_ = 0;
  std::atomic<std::size_t> tries_ = 0;
  std::atomic<std::size_t> unkept_ = 0;
  std::atomic<std::uint64_t> troubles_ = 0;
};

// Without memory for a moment is no reason to end: nothing that waits is lost by trying again.
void Sender::Work::run() {
  ask_ = Ticks::now();
  while (!stopping_) {
    try {
      work();
    } catch (const std::exception&) {
      ++troubles_;
      go_on();
    }
  }
  try {
    let_go();
  } catch (const std::exception&) {
    ++troubles_;
  }
  for (auto& [handle, running] : running_)
    curl_multi_remove_handle(multi_, handle);
  running_.clear();
  tries_ = 0;
}

void Sender::Work::work() {
  const Ticks::time_point now = Ticks::now();
  if (woken_.exchange(false) || ended_ || now >= ask_) {
    ended_ = false;
    ask_ = now + settings_.limits.idle;
    take();
  }
  drive(std::chrono::ceil<milliseconds>(ask_ - Ticks::now()));
}

// What was taken and neither runs nor ended is free again.
void Sender::Work::go_on() {
  std::this_thread::sleep_for(pause_after_trouble);
  std::set<std::string> taken;
  std::map<std::string, std::size_t> load;
  try {
    for (const auto& [handle, running] : running_) {
      ++load[destination(running.rows.front())];
      for (const Row& row : running.rows)
        taken.insert(row.key);
    }
    for (const Step& step : unrecorded_)
      taken.insert(step.key);
  } catch (const std::exception&) {
    return;  // no better yet
  }
  taken_.swap(taken);
  load_.swap(load);
}

void Sender::Work::let_go() {
  const Ticks::time_point end = Ticks::now() + settings_.limits.stop;
  while (!running_.empty() && Ticks::now() < end) {
    ended_ = false;
    drive(std::min(milliseconds(50), std::chrono::duration_cast<milliseconds>(end - Ticks::now())));
  }
  record();
}

// Destinations that have as many tries as they may.
std::vector<std::string> Sender::Work::full() const {
  std::vector<std::string> names;
  for (const auto& [name, count] : load_)
    if (count >= settings_.limits.tries_at_once_to_one) names.push_back(name);
  return names;
}

// Nothing new is sent while what was sent cannot be kept: a full disk must not send the same letter without end.
void Sender::Work::take() {
  for (;;) {
    record();
    if (!unrecorded_.empty() || running_.size() >= settings_.limits.tries_at_once) return;
    const std::size_t limit = rows_asked_for + taken_.size();
    const Rows rows = outbox_.waiting(clock_.now(), limit, full());
    if (!take(rows) || (rows.size() < limit && unrecorded_.empty())) return;
  }
}

bool Sender::Work::take(const Rows& rows) {
  bool any = false;
  for (const Row& row : rows) {
    if (running_.size() >= settings_.limits.tries_at_once) break;
    const auto load = load_.find(destination(row));
    if (load != load_.end() && load->second >= settings_.limits.tries_at_once_to_one) continue;
    if (taken_.contains(row.key) || is_held_back(row)) continue;
    begin(letter(row, rows));
    any = true;
  }
  return any;
}

bool Sender::Work::goes_alone(const Row& row) const {
  return row.way != Way::mail || is_digest(row) || alone_.contains(row.key);
}

// All that go with it, itself included.
Rows Sender::Work::letter(const Row& first, const Rows& rows) const {
  Rows made = {first};
  if (goes_alone(first)) return made;
  for (const Row& row : rows) {
    if (made.size() == letters_together_max) break;
    if (row.key != first.key && row.to == first.to && !goes_alone(row) && !taken_.contains(row.key))
      made.push_back(row);
  }
  return made;
}

// Goes by the machine's clock where the other one stands still.
bool Sender::Work::is_held_back(const Row& row) {
  const milliseconds together = settings_.limits.together;
  const Micros age = clock_.now() - row.created;
  if (goes_alone(row) || row.tries > 0 || together.count() == 0 || age < 0 ||
      age >= std::chrono::microseconds(together).count())
    return false;
  const Ticks::time_point now = Ticks::now();
  const Ticks::time_point until = held_back_.emplace(row.to, now + together).first->second;
  ask_ = std::min(ask_, std::max(until, now));
  return now < until;
}

Attempted Sender::Work::attempt(const Rows& rows) {
  const Row& row = rows.front();
  const auto no = [](Outcome::Verdict verdict, std::string error) {
    return tl::unexpected(Outcome{verdict, std::nullopt, std::move(error)});
  };
  if (row.way == Way::mail) {
    if (settings_.mail) return mail_attempt(*settings_.mail, rows, clock_.now());
    return no(Outcome::Verdict::not_now, "no mail server is configured");
  }
  const std::optional<Endpoint> endpoint = outbox_.endpoint(row.to);
  if (!endpoint)
    return no(Outcome::Verdict::never, fmt::format("no endpoint `{}` is configured", row.to));
  return webhook_attempt(settings_.webhooks, *endpoint, row, clock_.now());
}

void Sender::Work::begin(Rows rows) {
  for (const Row& row : rows)
    taken_.insert(row.key);
  held_back_.erase(rows.front().to);
  Attempted made = attempt(rows);
  if (!made) return settle(rows, made.error());
  CURL* handle = (*made)->handle();
  const std::string where = destination(rows.front());
  running_.emplace(handle, Running{std::move(*made), std::move(rows)});
  curl_multi_add_handle(multi_, handle);
  tries_ = running_.size();
  ++load_[where];
}

void Sender::Work::drive(milliseconds wait) {
  int active = 0;
  curl_multi_perform(multi_, &active);
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    const CURLcode code = message->data.result;
    const auto it = running_.find(message->easy_handle);
    if (message->msg != CURLMSG_DONE || it == running_.end()) continue;
    curl_multi_remove_handle(multi_, it->first);
    Running running = std::move(it->second);
    running_.erase(it);
    ended_ = true;
    end(running, code);
  }
  tries_ = running_.size();
  if (ended_) return record();
  curl_multi_poll(multi_, nullptr, 0, static_cast<int>(std::max<std::int64_t>(wait.count(), 0)),
                  nullptr);
}

void Sender::Work::end(Running& running, CURLcode code) {
  const auto load = load_.find(destination(running.rows.front()));
  if (load != load_.end() && --load->second == 0) load_.erase(load);
  settle(running.rows, running.attempt->outcome(code));
}

// What went together comes back together: all wait as long as the first.
void Sender::Work::settle(const Rows& rows, const Outcome& outcome) {
  if (outcome.verdict == Outcome::Verdict::never && rows.size() > 1) {
    for (const Row& row : rows) {
      alone_.insert(row.key);
      taken_.erase(row.key);
    }
    ended_ = true;
    return;
  }
  const std::uint32_t jitter = jitter_of(rows.front());
  for (const Row& row : rows) {
    unrecorded_.push_back(next_step(row, outcome, clock_.now(), jitter));
    alone_.erase(row.key);
  }
}

void Sender::Work::record() {
  if (!unrecorded_.empty() && outbox_.record(unrecorded_)) {
    for (const Step& step : unrecorded_) {
      taken_.erase(step.key);
      const bool lost = step.next == Step::Next::failed || step.next == Step::Next::disable;
      if (lost && settings_.given_up) settings_.given_up(step);
      (step.next == Step::Next::sent ? sent_ : step.next == Step::Next::again ? again_ : failed_)++;
    }
    unrecorded_.clear();
  }
  unkept_ = unrecorded_.size();
}

Sender::Sender(Outbox& outbox, const Clock& clock, SenderSettings settings)
    : work_(std::make_unique<Work>(outbox, clock, std::move(settings))) {}
Sender::~Sender() = default;
void Sender::start() { work_->start(); }
void Sender::wake() { work_->wake(); }
void Sender::stop() { work_->stop(); }
SenderCounts Sender::counts() const { return work_->counts(); }

}  // namespace samrad::alerts
