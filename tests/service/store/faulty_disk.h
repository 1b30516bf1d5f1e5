// A disk that fails when told to, with the failures real disks have.
#pragma once

#include <atomic>

#include "service/store/vfs.h"

namespace samrad::tests {

class FaultyDisk final : public store::Disk {
 public:
  enum class Call { read, write, truncate, sync, remove };

  // The one of this program, under the name that Options::vfs takes.
  static FaultyDisk& one();
  static constexpr const char* name = "faulty";

  // After `good` more calls of this kind every one fails with the errno, until `heal`.
  void fail(Call call, int good, int reason);
  void heal();
  // Whether a call has failed since `fail`.
  [[nodiscard]] bool has_failed() const { return failed_; }

  int read(const std::string&) override { return answer(Call::read); }
  int write(const std::string&, std::string_view, std::int64_t) override {
    return answer(Call::write);
  }
  int truncate(const std::string&, std::int64_t) override { return answer(Call::truncate); }
  int sync(const std::string&) override { return answer(Call::sync); }
  int remove(const std::string&) override { return answer(Call::remove); }

 private:
  int answer(Call call);

  std::atomic<Call> call_ = Call::read;
  std::atomic<int> good_ = 0;
  std::atomic<int> reason_ = 0;  // 0: healthy
  std::atomic<bool> failed_ = false;
};

}  // namespace samrad::tests
