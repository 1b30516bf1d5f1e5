// One connection to a SQLite file and its prepared statements, with failures as values. Each is for one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <sqlite3.h>

#include "service/store/store.h"

namespace samrad::store {

// What SQLite's result code means for the caller. `db` may be null.
[[nodiscard]] Failure failure_of(sqlite3* db, int code, const std::string& path);

class Statement {
 public:
  Statement() = default;
  Statement(sqlite3_stmt* statement, const std::string* path) : it_(statement), path_(path) {}

  // Parameters are numbered from 1, columns from 0. Text is not copied: it must live until `reset`.
  void put(int at, std::int64_t value) { sqlite3_bind_int64(it_.get(), at, value); }
  void put(int at, std::string_view value) {
    sqlite3_bind_text64(it_.get(), at, value.data() == nullptr ? "" : value.data(), value.size(),
                        SQLITE_STATIC, SQLITE_UTF8);
  }
  void put_blob(int at, std::string_view value) {
    sqlite3_bind_blob64(it_.get(), at, value.data() == nullptr ? "" : value.data(), value.size(),
                        SQLITE_STATIC);
  }
  void put_null(int at) { sqlite3_bind_null(it_.get(), at); }

  [[nodiscard]] std::int64_t integer(int at) const { return sqlite3_column_int64(it_.get(), at); }
  [[nodiscard]] bool is_null(int at) const {
    return sqlite3_column_type(it_.get(), at) == SQLITE_NULL;
  }
  [[nodiscard]] std::string text(int at) const;

  // True: a row is there. False: there is no further one. After a failure or the last row the statement is reset.
  [[nodiscard]] Result<bool> next();
  // For a statement without rows.
  [[nodiscard]] Result<void> run();
  void reset() { sqlite3_reset(it_.get()); }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> it_;
  const std::string* path_ = nullptr;
};

class Connection {
 public:
  enum class Mode { read, write, create };

  [[nodiscard]] static Result<Connection> open(const std::string& path, Mode mode,
                                               const std::string& vfs);

  // One or more statements whose rows nobody wants.
  [[nodiscard]] Result<void> run(const char* sql);
  // The first column of the first row.
  [[nodiscard]] Result<std::int64_t> integer(const char* sql);
  [[nodiscard]] Result<std::string> text(const char* sql);
  // Valid as long as the connection; moving the connection is fine.
  [[nodiscard]] Result<Statement> prepare(std::string_view sql);

  [[nodiscard]] sqlite3* get() const { return db_.get(); }
  [[nodiscard]] Failure failure(int code) const { return failure_of(db_.get(), code, *path_); }
  [[nodiscard]] const std::string& path() const { return *path_; }

 private:
  struct Close {
    void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
  };
  std::unique_ptr<std::string> path_;
  std::unique_ptr<sqlite3, Close> db_;
};

}  // namespace samrad::store
