// What time it is, for the service. The only clock of the house besides the command line's default for `--as-of`.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

namespace samrad {

// Microseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
using Micros = std::int64_t;

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Micros now() const = 0;  // any thread
};

// The machine's clock, with what `--clock` adds to it.
class SystemClock final : public Clock {
 public:
  explicit SystemClock(Micros ahead = 0) : ahead_(ahead) {}
  [[nodiscard]] Micros now() const override {
    using namespace std::chrono;
    return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count() + ahead_;
  }

 private:
  Micros ahead_;
};

// Stands still until it is set; it may be set back.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Micros now) : now_(now) {}
  [[nodiscard]] Micros now() const override { return now_; }
  void set(Micros now) { now_ = now; }
  void pass(Micros micros) { now_ += micros; }

 private:
  std::atomic<Micros> now_;
};

}  // namespace samrad
