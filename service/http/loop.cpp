#include "service/http/loop.h"

#include <algorithm>
#include <random>
#include <vector>

#include "service/clock.h"
#include "service/http/answer.h"
#include "service/http/session.h"

namespace samrad::http {

namespace {

constexpr std::chrono::milliseconds between_sweeps{20};

std::uint64_t random_start() {
  std::random_device device;
  return static_cast<std::uint64_t>(device()) << 32 | device();
}

}  // namespace

Loop::Loop(std::shared_ptr<Common> common)
    : common_(std::move(common)),
      work_(io.get_executor()),
      sweeper_(io),
      grace_(io),
      request_count_(random_start()) {}

Loop::~Loop() = default;

void Loop::run() {
  for (;;) {
    try {
      io.run();
      return;
    } catch (...) {
      // No memory, most likely: the session that it struck gets no further and ends by its deadline; the others go on.
    }
  }
}

Loop::Sessions::iterator Loop::add(std::shared_ptr<Session> session) {
  return sessions_.insert(sessions_.end(), std::move(session));
}

void Loop::remove(Sessions::iterator at) {
  sessions_.erase(at);
  --load;
  end_when_empty();
}

void Loop::watch(Time when) {
  if (when >= armed_) return;
  const Time soon = Clock::now() + between_sweeps;
  if (const Time at = std::max(when, soon); at < armed_) arm(at);
}

void Loop::arm(Time when) {
  armed_ = when;
  sweeper_.expires_at(when);
  sweeper_.async_wait([this](boost::system::error_code error) {
    if (!error) sweep();
  });
}

void Loop::sweep() {
  armed_ = Time::max();
  const Time now = Clock::now();
  std::vector<std::shared_ptr<Session>> late;
  Time next = Time::max();
  for (const std::shared_ptr<Session>& session : sessions_) {
    if (session->deadline() <= now)
      late.push_back(session);
    else
      next = std::min(next, session->deadline());
  }
  for (const std::shared_ptr<Session>& session : late)
    session->on_deadline();  // which may watch a deadline of its own
  if (next != Time::max()) watch(next);
}

void Loop::drain(std::chrono::milliseconds grace) {
  draining_ = true;
  const std::vector<std::shared_ptr<Session>> now(sessions_.begin(), sessions_.end());
  for (const std::shared_ptr<Session>& session : now)
    session->on_drain();
  grace_.expires_after(grace);
  grace_.async_wait([this](boost::system::error_code error) {
    if (error) return;
    const std::vector<std::shared_ptr<Session>> left(sessions_.begin(), sessions_.end());
    cut_off_ = left.size();
    for (const std::shared_ptr<Session>& session : left)
      session->close();
  });
  end_when_empty();
}

void Loop::end_when_empty() {
  if (!draining_ || !sessions_.empty()) return;
  sweeper_.cancel();
  grace_.cancel();
  work_.reset();
}

std::string_view Loop::date() {
  const std::int64_t second = SystemClock().now() / 1'000'000;
  if (second != date_second_) {
    date_second_ = second;
    date_ = http_date(second);
  }
  return date_;
}

std::string Loop::new_request_id() {
  // Steps of an odd number, mixed (splitmix64): all different, and of no visible order.
  std::uint64_t id = request_count_ += 0x9E3779B97F4A7C15;
  id = (id ^ (id >> 30)) * 0xBF58476D1CE4E5B9;
  id = (id ^ (id >> 27)) * 0x94D049BB133111EB;
  id ^= id >> 31;
  std::string text(13, '0');  // five bits a letter; short enough to cost no memory of its own
  for (char& letter : text) {
    letter = "0123456789abcdefghjkmnpqrstvwxyz"[id % 32];
    id /= 32;
  }
  return text;
}

}  // namespace samrad::http
