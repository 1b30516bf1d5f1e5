#include "tests/bench/store/raw.h"

#include <cstdlib>

#include <fmt/core.h>

#include "service/store/migrations.h"

namespace samrad::bench {

namespace {

void must(bool fine, sqlite3* db) {
  if (fine) return;
  fmt::print(stderr, "bench_store: {}\n", sqlite3_errmsg(db));
  std::exit(3);
}

void run(sqlite3* db, const std::string& sql) {
  must(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK, db);
}

void run(sqlite3* db, sqlite3_stmt* statement) {
  must(sqlite3_step(statement) == SQLITE_DONE, db);
  sqlite3_reset(statement);
}

}  // namespace

RawLog::RawLog(const std::string& path, const char* vfs, int checkpoint_pages) {
  constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  must(sqlite3_open_v2(path.c_str(), &db_, flags, vfs) == SQLITE_OK, db_);
  run(db_, fmt::format("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA "
                       "wal_autocheckpoint = {}; PRAGMA cache_size = -65536;",
                       checkpoint_pages));
  run(db_, store::migrations().front().sql);
  const auto prepare = [&](const char* sql) {
    sqlite3_stmt* statement = nullptr;
    must(sqlite3_prepare_v3(db_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) ==
             SQLITE_OK,
         db_);
    return statement;
  };
  begin_ = prepare("BEGIN IMMEDIATE");
  insert_ = prepare(
      "INSERT INTO event (agreement, sequence, source, id, type, subject, day, recorded, by, "
      "bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
  end_ = prepare("COMMIT");
}

RawLog::~RawLog() {
  for (sqlite3_stmt* each : {begin_, insert_, end_})
    sqlite3_finalize(each);
  sqlite3_close(db_);
}

void RawLog::commit(const std::vector<store::Event>& events) {
  const auto text = [&](int at, const std::string& value) {
    sqlite3_bind_text(insert_, at, value.data(), static_cast<int>(value.size()), SQLITE_STATIC);
  };
  run(db_, begin_);
  for (const store::Event& event : events) {
    sqlite3_bind_int64(insert_, 1, event.agreement);
    sqlite3_bind_int64(insert_, 2, static_cast<sqlite3_int64>(event.sequence));
    text(3, event.source);
    text(4, event.id);
    text(5, event.type);
    text(6, event.subject);
    sqlite3_bind_int64(insert_, 7, event.day);
    sqlite3_bind_int64(insert_, 8, event.recorded);
    text(9, event.by);
    sqlite3_bind_blob(insert_, 10, event.bytes.data(), static_cast<int>(event.bytes.size()),
                      SQLITE_STATIC);
    run(db_, insert_);
  }
  run(db_, end_);
}

}  // namespace samrad::bench
