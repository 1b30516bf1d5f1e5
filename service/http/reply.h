// What a handler answers through. It may outlive the session and the server; then what is given goes nowhere.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "service/http/message.h"
#include "service/http/refusal.h"

namespace samrad::http {

class Loop;
class Session;

// For a handler that failed. What was wrong is for the log, not for the client.
[[nodiscard]] inline Response internal_error() {
  return response_of(
      Refusal{&refusal::internal_error,
              "the log of the service has it under the `request-id` of this answer"});
}

class Reply {
 public:
  // To the request of that number of the session.
  Reply(std::shared_ptr<Loop> loop, std::weak_ptr<Session> session, std::uint64_t number);
  ~Reply();  // forgotten by the handler: `internal_error`, so that the client does not wait
  Reply(const Reply&) = delete;
  Reply& operator=(const Reply&) = delete;

  // The first time counts. Any thread.
  void give(Response response);

 private:
  std::shared_ptr<Loop> loop_;
  std::weak_ptr<Session> session_;
  std::uint64_t number_;
  std::atomic<bool> given_{false};
};

}  // namespace samrad::http
