// One thread, one libcurl multi handle: takes what waits, drives the tries, records what each came to.

#include "service/alerts/sender.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <thread>

#include <fmt/format.h>

#include "service/alerts/attempt.h"

namespace samrad::alerts {

namespace {

using Ticks = std::chrono::steady_clock;
using std::chrono::milliseconds;

struct Running {
  std::unique_ptr<Attempt> attempt;
  Row row;
};

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
            .unrecorded = unkept_};
  }

 private:
  void run();
  void take();
  bool take(const std::vector<Row>& rows);
  void begin(const Row& row);
  Attempted attempt(const Row& row);
  void drive(milliseconds wait);
  void end(Running& running, CURLcode code);
  void settle(const Row& row, const Outcome& outcome);
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
  bool ended_ = false;  // a try has, since the outbox was asked
  std::map<CURL*, Running> running_;
  std::map<std::string, std::size_t> load_;  // tries that run, by destination
  std::set<std::string> taken_;              // keys that run or whose step is not yet kept
  std::vector<Step> unrecorded_;

  std::atomic<std::uint64_t> sent_ = 0;
  std::atomic<std::uint64_t> again_ = 0;
  std::atomic<std::uint64_t> failed_ = 0;
  std::atomic<std::size_t> tries_ = 0;
  std::atomic<std::size_t> unkept_ = 0;
};

void Sender::Work::run() {
  Ticks::time_point ask = Ticks::now();
  while (!stopping_) {
    const Ticks::time_point now = Ticks::now();
    if (woken_.exchange(false) || ended_ || now >= ask) {
      ended_ = false;
      record();
      take();
      ask = now + settings_.limits.idle;
    }
    drive(std::chrono::ceil<milliseconds>(ask - now));
  }
  const Ticks::time_point end = Ticks::now() + settings_.limits.stop;
  while (!running_.empty() && Ticks::now() < end) {
    ended_ = false;
    drive(std::min(milliseconds(50), std::chrono::duration_cast<milliseconds>(end - Ticks::now())));
  }
  record();
  for (auto& [handle, running] : running_)
    curl_multi_remove_handle(multi_, handle);
  running_.clear();
  tries_ = 0;
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
  while (unrecorded_.empty() && running_.size() < settings_.limits.tries_at_once) {
    const std::size_t limit = settings_.limits.tries_at_once - running_.size() + taken_.size();
    const std::vector<Row> rows = outbox_.waiting(clock_.now(), limit, full());
    if (!take(rows) || rows.size() < limit) return;
  }
}

bool Sender::Work::take(const std::vector<Row>& rows) {
  bool any = false;
  for (const Row& row : rows) {
    if (running_.size() >= settings_.limits.tries_at_once) break;
    const auto load = load_.find(destination(row));
    if (load != load_.end() && load->second >= settings_.limits.tries_at_once_to_one) continue;
    if (!taken_.insert(row.key).second) continue;
    begin(row);
    any = true;
  }
  return any;
}

Attempted Sender::Work::attempt(const Row& row) {
  const auto no = [](Outcome::Verdict verdict, std::string error) {
    return tl::unexpected(Outcome{verdict, std::nullopt, std::move(error)});
  };
  if (row.way == Way::mail) {
    if (settings_.mail) return mail_attempt(*settings_.mail, row, clock_.now());
    return no(Outcome::Verdict::not_now, "no mail server is configured");
  }
  const std::optional<Endpoint> endpoint = outbox_.endpoint(row.to);
  if (!endpoint)
    return no(Outcome::Verdict::never, fmt::format("no endpoint `{}` is configured", row.to));
  return webhook_attempt(settings_.webhooks, *endpoint, row, clock_.now());
}

void Sender::Work::begin(const Row& row) {
  Attempted made = attempt(row);
  if (!made) return settle(row, made.error());
  CURL* handle = (*made)->handle();
  ++load_[destination(row)];
  running_.emplace(handle, Running{std::move(*made), row});
  tries_ = running_.size();
  curl_multi_add_handle(multi_, handle);
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
    end(it->second, code);
    running_.erase(it);
    ended_ = true;
  }
  tries_ = running_.size();
  if (!ended_)
    curl_multi_poll(multi_, nullptr, 0, static_cast<int>(std::max<std::int64_t>(wait.count(), 0)),
                    nullptr);
}

void Sender::Work::end(Running& running, CURLcode code) {
  const auto load = load_.find(destination(running.row));
  if (--load->second == 0) load_.erase(load);
  settle(running.row, running.attempt->outcome(code));
}

void Sender::Work::settle(const Row& row, const Outcome& outcome) {
  unrecorded_.push_back(next_step(row, outcome, clock_.now(), jitter_of(row)));
  record();
}

void Sender::Work::record() {
  std::size_t kept = 0;
  for (; kept < unrecorded_.size() && outbox_.record(unrecorded_[kept]); ++kept) {
    const Step& step = unrecorded_[kept];
    taken_.erase(step.key);
    (step.next == Step::Next::sent ? sent_ : step.next == Step::Next::again ? again_ : failed_)++;
  }
  unrecorded_.erase(unrecorded_.begin(), unrecorded_.begin() + static_cast<std::ptrdiff_t>(kept));
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
