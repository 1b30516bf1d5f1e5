// Requests with an idempotency key: the same key with the same request gets the same answer again, for 24 hours and over restarts.
//
// Only answers that changed something (2xx) are kept, as documents; after any other the key is free again. Any thread.
#pragma once

#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "service/api/limits.h"
#include "service/clock.h"
#include "service/http/message.h"
#include "service/registry/registry.h"
#include "service/store/store.h"

namespace samrad::api {

class Repetitions {
 public:
  // Both must outlive it. Beyond `keys_max` the oldest are forgotten.
  Repetitions(registry::Registry& registry, const Clock& clock,
              std::size_t keys_max = idempotency_keys_max)
      : registry_(registry), clock_(clock), keys_max_(keys_max) {}

  // What is kept from before.
  [[nodiscard]] store::Result<void> load(store::Reader& reader);

  // Of a request: who asks with which key, and what.
  struct Key {
    std::string id;           // made of the caller and the key
    std::string fingerprint;  // of method, target, media type and body
  };
  [[nodiscard]] static Key key_of(const http::Request& request, std::string_view principal,
                                  std::string_view key);

  enum class Seen {
    first,    // the caller answers it, and then calls end()
    running,  // the first is being answered
    other,    // the key belongs to another request
    again,    // the answer is kept
  };
  [[nodiscard]] Seen begin(const Key& key);
  // Where `again`. Nothing where it is gone since.
  [[nodiscard]] store::Result<std::optional<http::Response>> answer(store::Reader& reader,
                                                                    const Key& key) const;
  // The first one's answer; `respond` is called when it is kept, or at once where it is not to be.
  void end(const Key& key, http::Response response, http::Respond respond);

 private:
  struct Row {
    std::string fingerprint;
    Micros made = 0;
    bool running = false;
  };
  [[nodiscard]] std::vector<store::DocumentName> forgotten(Micros now);

  registry::Registry& registry_;
  const Clock& clock_;
  std::size_t keys_max_;
  std::mutex mutex_;
  std::unordered_map<std::string, Row> rows_;
  std::deque<std::pair<Micros, std::string>> in_order_;
};

}  // namespace samrad::api
