// The service as a whole: its parts made in order, each from those before it, and taken down in reverse.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include <tl/expected.hpp>

#include "service/clock.h"
#include "service/config/configuration.h"

namespace samrad::serve {

// What there is to say once the service runs.
struct Opened {
  std::string address;      // `http://127.0.0.1:8420`
  std::string first_token;  // of an administrator, shown this once; empty: there are tokens already
};

class House {
 public:
  // `version` of the program, for the OpenAPI document. `clock` null: the machine's, with what the configuration makes of it.
  House(config::Configuration configuration, std::string version,
        std::unique_ptr<const Clock> clock = nullptr);
  ~House();  // stops
  House(const House&) = delete;

  // Opens the store, starts all threads and listens. The error is a sentence for who started the service; nothing runs then.
  [[nodiscard]] tl::expected<Opened, std::string> open();
  // Answers what has come, records what waits, and ends. What is not done after `grace` is cut off.
  void close(std::chrono::milliseconds grace = std::chrono::seconds(10));
  // Reads the certificate again.
  void reload();

 private:
  struct Parts;
  config::Configuration configuration_;
  std::string version_;
  std::unique_ptr<const Clock> clock_;
  std::unique_ptr<Parts> parts_;
};

}  // namespace samrad::serve
