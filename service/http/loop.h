// One thread of the server: its connections, their deadlines, and what they share. Only for the sources of this room.
#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>

#include "service/http/coding.h"
#include "service/http/limits.h"
#include "service/http/message.h"
#include "service/http/peers.h"
#include "service/http/server.h"

namespace samrad::http {

class Session;

// What the loops have in common.
struct Common {
  Common(Limits given, Handler handle, LogRequest log, WantsBody wants)
      : limits(given),
        handler(std::move(handle)),
        log_request(std::move(log)),
        wants_body(std::move(wants)) {}

  const Limits limits;
  const Handler handler;
  const LogRequest log_request;
  const WantsBody wants_body;  // empty: it always does
  Peers peers{limits};
  std::atomic<std::size_t> body_bytes{0};  // of all requests that are read or answered
};

// All of it on the thread that runs it, but for `io`, which takes posts from anywhere. It outlives that thread for as long as somebody
// may still post an answer; what is posted then is never run.
class Loop : public std::enable_shared_from_this<Loop> {
 public:
  using Clock = std::chrono::steady_clock;
  using Time = Clock::time_point;
  using Sessions = std::list<std::shared_ptr<Session>>;

  explicit Loop(std::shared_ptr<Common> common);
  ~Loop();

  boost::asio::io_context io{1};
  // Connections given to it, counted up by who gives them.
  std::atomic<std::size_t> load{0};

  // Until it is drained.
  void run();

  Sessions::iterator add(std::shared_ptr<Session> session);
  void remove(Sessions::iterator at);

  // A session's deadline has been set to `when`. Deadlines are looked at together and may be noticed some milliseconds late; one that
  // is moved back costs nothing.
  void watch(Time when);

  // No connection is kept alive any more; after `grace` those that are left are cut off. Then `run` ends.
  void drain(std::chrono::milliseconds grace);
  [[nodiscard]] bool draining() const { return draining_; }
  [[nodiscard]] std::size_t cut_off() const { return cut_off_; }

  [[nodiscard]] Common& common() { return *common_; }
  [[nodiscard]] const Limits& limits() const { return common_->limits; }
  [[nodiscard]] Gzip& gzip() { return gzip_; }
  [[nodiscard]] std::string_view date();  // as the field `date` has it
  [[nodiscard]] std::string new_request_id();

 private:
  void arm(Time when);
  void sweep();
  void end_when_empty();

  std::shared_ptr<Common> common_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  boost::asio::steady_timer sweeper_;
  boost::asio::steady_timer grace_;
  Time armed_ = Time::max();
  Sessions sessions_;
  bool draining_ = false;
  std::size_t cut_off_ = 0;
  Gzip gzip_;
  std::int64_t date_second_ = -1;
  std::string date_;
  std::uint64_t request_count_;
};

}  // namespace samrad::http
