// What waits to be sent, as the sender sees it. Rows are made by compose.h and kept by whoever implements Outbox.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "service/alerts/rule.h"
#include "service/clock.h"

namespace samrad::alerts {

// One message to one address by one way. `body` is what is to be sent: for mail a letter as JSON (compose.h), for a webhook the bytes
// of the CloudEvent, which are signed and sent as they are.
struct Row {
  std::string key;
  Way way = Way::mail;
  std::string to;  // an address, or the id of an endpoint
  std::string body;
  Micros created = 0;
  int tries = 0;  // made so far
};

// What became of one try, to be kept.
struct Step {
  enum class Next : std::uint8_t {
    sent,     // the receiver has it
    again,    // to be tried at `at`
    failed,   // for good, unless somebody asks for another try by hand
    disable,  // failed, and the row's endpoint is to be disabled: nothing more is sent to it
  };
  std::string key;
  Next next = Next::sent;
  Micros at = 0;      // of `sent`, `failed` and `disable`: when; of `again`: when to try
  int tries = 0;      // made, this one included
  std::string error;  // what to show as the last error; empty when sent
};

// Called from the sender's thread only.
class Outbox {
 public:
  virtual ~Outbox() = default;

  // Rows to be sent at `now` or before, oldest first, at most `limit`, none of them to a destination of `not_to` (`mail`, or the id of
  // an endpoint: see destination()). A row stays waiting until a step about it was recorded; the sender keeps apart what it has taken.
  [[nodiscard]] virtual std::vector<Row> waiting(Micros now, std::size_t limit,
                                                 const std::vector<std::string>& not_to) = 0;

  // The endpoint as it is configured now; nothing: there is none.
  [[nodiscard]] virtual std::optional<Endpoint> endpoint(const std::string& id) = 0;

  // Keeps the steps, all of them or none, durably. False: it could not; the sender will ask again and not send the rows anew
  // meanwhile. A row cancelled while it was being sent may be recorded as sent.
  [[nodiscard]] virtual bool record(const std::vector<Step>& steps) = 0;
};

// Rows to one destination share a limit of connections: all mail goes to one server, each endpoint is its own.
[[nodiscard]] std::string destination(const Row& row);

}  // namespace samrad::alerts
