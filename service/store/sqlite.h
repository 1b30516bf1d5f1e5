// The store on one SQLite file: write-ahead log, every commit synced, one writer. A file `lock` in the folder of the store keeps
// a second process, and a second Store of this one, from opening it.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "service/store/store.h"

namespace samrad::store {

struct Options {
  bool create = true;  // the file and the last folder of its path, where they are absent
  std::string vfs;     // SQLite's name of what lies under it (vfs.h); empty: its own
  int checkpoint_pages =
      10'000;  // pages of the write-ahead log at which it is copied back in the background; 0: never
  std::chrono::milliseconds idle{
      2000};  // without a commit for so long, the write-ahead log is emptied
  int writer_cache_kib = 64 * 1024;
  int reader_cache_kib = 1024;  // of each reader
};

// Opens `path`, and brings an older schema up to date. No Reader may outlive the Store.
//
// A batch whose commit failed with `io` or `full` is invisible from then on, and the next commit wipes out what may lie of it in the
// log. Only if the process ends before any commit succeeds can it turn out at the next opening that the batch was kept after all,
// whole: who repeats it must know it again.
//
// Failures: absent, locked, newer_schema, corrupt (also: a file of another program), read_only, full, io.
[[nodiscard]] Result<std::unique_ptr<Store>> open_sqlite(const std::string& path,
                                                         const Options& options = {});

// Puts a copy of `backup` to `path`, durable when it returns. The backup is checked first and stays as it is. With `overwrite` a
// store at `path` is kept beside it under the name `path`.replaced; without, its presence is a conflict.
// Failures: absent (no backup there), conflict, corrupt and newer_schema (the backup), locked, read_only, full, io.
[[nodiscard]] Result<void> restore(const std::string& backup, const std::string& path,
                                   bool overwrite = false);

struct Check {
  std::vector<std::string> faults;  // sentences, at most check_faults_max of each sort
  std::int64_t agreements = 0;
  std::uint64_t events = 0;
};
inline constexpr int check_faults_max = 100;

// Whether the file is whole and its rows agree with each other: sequences and versions without gaps, every row's agreement known, no
// snapshot ahead of its log. Reads only; the store may be in use.
// Failures: absent, newer_schema, io; `corrupt` only if so little can be read that there is nothing to list.
[[nodiscard]] Result<Check> check_file(const std::string& path);

}  // namespace samrad::store
