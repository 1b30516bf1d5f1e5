#include "tests/service/store/faulty_disk.h"

namespace samrad::tests {

FaultyDisk& FaultyDisk::one() {
  static FaultyDisk disk;
  static const bool added = (store::add_disk(name, disk), true);
  (void)added;
  return disk;
}

void FaultyDisk::fail(Call call, int good, int reason) {
  reason_ = 0;
  call_ = call;
  good_ = good;
  failed_ = false;
  reason_ = reason;
}

void FaultyDisk::heal() { reason_ = 0; }

int FaultyDisk::answer(Call call) {
  const int reason = reason_;
  if (reason == 0 || call != call_ || good_-- > 0) return 0;
  failed_ = true;
  return reason;
}

}  // namespace samrad::tests
