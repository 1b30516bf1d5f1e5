// What lies between SQLite and the disk, so that the disk can be made slow or made to fail. Nothing of the service's own running needs
// it: without a name in Options the store is on SQLite's own layer.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "service/store/store.h"

namespace samrad::store {

// Is told of each change of a file before it is made. An answer other than 0 is an errno (ENOSPC, EIO, EROFS …): the change is not made
// and SQLite is told of that failure. Any thread, also several at once.
class Disk {
 public:
  virtual ~Disk() = default;
  virtual int write(const std::string& path, std::string_view bytes, std::int64_t at) = 0;
  virtual int truncate(const std::string& path, std::int64_t size) = 0;
  virtual int sync(const std::string& path) = 0;
  virtual int remove(const std::string& path) = 0;
  virtual int read(const std::string& path) = 0;
};

// A file system layer under `name` above SQLite's own, for Options::vfs. Stays for the life of the process; `disk` must as well. The
// shared memory of readers is not a file in this sense.
void add_disk(const std::string& name, Disk& disk);

// As it is, but a sync takes so much longer: real media need 1 to 10 milliseconds where a virtual disk answers at once.
class SlowDisk final : public Disk {
 public:
  explicit SlowDisk(std::chrono::microseconds sync) : sync_(sync) {}
  int write(const std::string&, std::string_view, std::int64_t) override { return 0; }
  int truncate(const std::string&, std::int64_t) override { return 0; }
  int sync(const std::string& path) override;
  int remove(const std::string&) override { return 0; }
  int read(const std::string&) override { return 0; }

 private:
  std::chrono::microseconds sync_;
};

}  // namespace samrad::store
