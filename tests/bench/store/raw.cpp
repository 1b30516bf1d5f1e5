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

void bind(sqlite3_stmt* to, int at, const std::string& text) {
  sqlite3_bind_text(to, at, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
}

void bind(sqlite3_stmt* to, int at, std::int64_t number) { sqlite3_bind_int64(to, at, number); }

// In the order of the places of the statement.
template <class... Values>
void bind_all(sqlite3_stmt* to, const Values&... values) {
  int at = 0;
  (bind(to, ++at, values), ...);
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
  event_ = prepare(
      "INSERT INTO event (agreement, sequence, source, id, type, subject, day, recorded, by, "
      "bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
  finding_ = prepare(
      "INSERT INTO finding (no, agreement, sequence, occurrence, clause, before, after, due, "
      "due_at, noticed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
  verdict_ = prepare(
      "INSERT INTO verdict (agreement, occurrence, clause, owners, status, severity, opens, due, "
      "settled, firm) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (agreement, "
      "occurrence) DO UPDATE SET status = excluded.status, due = excluded.due, settled = "
      "excluded.settled, firm = excluded.firm");
  end_ = prepare("COMMIT");
}

RawLog::~RawLog() {
  for (sqlite3_stmt* each : {begin_, event_, finding_, verdict_, end_})
    sqlite3_finalize(each);
  sqlite3_close(db_);
}

void RawLog::put(const store::Event& e) {
  bind_all(event_, e.agreement, static_cast<std::int64_t>(e.sequence), e.source, e.id, e.type,
           e.subject, e.day, e.recorded, e.by);
  sqlite3_bind_blob(event_, 10, e.bytes.data(), static_cast<int>(e.bytes.size()), SQLITE_STATIC);
  run(db_, event_);
}

void RawLog::put(const store::Finding& f) {
  bind_all(finding_, f.no, f.agreement, static_cast<std::int64_t>(f.sequence), f.occurrence,
           f.clause, f.before, f.after, f.due, f.due_at, f.noticed);
  run(db_, finding_);
}

void RawLog::put(const store::Verdict& v) {
  bind_all(verdict_, v.agreement, v.occurrence, v.clause, v.owners, v.status, v.severity, v.opens,
           v.due, v.settled, std::int64_t{v.firm});
  run(db_, verdict_);
}

void RawLog::commit(const store::Batch& batch) {
  run(db_, begin_);
  for (const auto& each : batch.events)
    put(each);
  for (const auto& each : batch.findings)
    put(each);
  for (const auto& each : batch.verdicts)
    put(each);
  run(db_, end_);
}

}  // namespace samrad::bench
