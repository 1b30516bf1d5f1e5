// The limit of the store: the same rows through SQLite's own functions, without anything of ours between.
#pragma once

#include <string>
#include <vector>

#include <sqlite3.h>

#include "service/store/store.h"

namespace samrad::bench {

// Takes for granted what the store does not: that no call fails, that only events, findings and verdicts come, that nobody reads. The
// write-ahead log is copied back within the commit that finds it long enough, as SQLite does by itself.
class RawLog {
 public:
  RawLog(const std::string& path, const char* vfs, int checkpoint_pages);
  ~RawLog();
  RawLog(const RawLog&) = delete;
  RawLog& operator=(const RawLog&) = delete;

  void commit(const store::Batch& batch);

 private:
  void put(const store::Event& event);
  void put(const store::Finding& finding);
  void put(const store::Verdict& verdict);

  sqlite3* db_ = nullptr;
  sqlite3_stmt* begin_ = nullptr;
  sqlite3_stmt* event_ = nullptr;
  sqlite3_stmt* finding_ = nullptr;
  sqlite3_stmt* verdict_ = nullptr;
  sqlite3_stmt* end_ = nullptr;
};

}  // namespace samrad::bench
