// The limit of the store: the same rows through SQLite's own functions, without anything of ours between.
#pragma once

#include <string>
#include <vector>

#include <sqlite3.h>

#include "service/store/store.h"

namespace samrad::bench {

// Takes for granted what the store does not: that no call fails, that only events come, that nobody reads. The write-ahead log is
// copied back within the commit that finds it long enough, as SQLite does by itself.
class RawLog {
 public:
  RawLog(const std::string& path, const char* vfs, int checkpoint_pages);
  ~RawLog();
  RawLog(const RawLog&) = delete;
  RawLog& operator=(const RawLog&) = delete;

  void commit(const std::vector<store::Event>& events);

 private:
  sqlite3* db_ = nullptr;
  sqlite3_stmt* begin_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
  sqlite3_stmt* end_ = nullptr;
};

}  // namespace samrad::bench
