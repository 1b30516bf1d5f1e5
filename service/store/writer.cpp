#include "service/store/writer.h"

#include <fmt/format.h>

#include "service/store/rows.h"

namespace samrad::store {

namespace {

template <class Row>
std::string insert(std::string_view otherwise = {}) {
  std::string places;
  for (std::size_t i = 1; i <= std::tuple_size_v<decltype(Table<Row>::of(std::declval<Row&>()))>;
       ++i)
    places += fmt::format("{}?{}", i == 1 ? "" : ", ", i);
  return fmt::format("INSERT INTO {} ({}) VALUES ({}) {}", Table<Row>::name, Table<Row>::columns,
                     places, otherwise);
}

std::string statement_text(Writer::What what) {
  switch (what) {
  case Writer::begin: return "BEGIN IMMEDIATE";
  case Writer::end: return "COMMIT";
  case Writer::rollback: return "ROLLBACK";
  case Writer::agreement:
    return insert<Agreement>(
        "ON CONFLICT (no) DO UPDATE SET id = excluded.id, title = excluded.title, zone = "
        "excluded.zone, created = excluded.created, created_by = excluded.created_by, closed = "
        "excluded.closed, version = excluded.version");
  case Writer::version: return insert<RuleVersion>();
  case Writer::event: return insert<Event>();
  case Writer::finding: return insert<Finding>();
  case Writer::verdict:
    return insert<Verdict>(
        "ON CONFLICT (agreement, occurrence) DO UPDATE SET clause = excluded.clause, owners = "
        "excluded.owners, status = excluded.status, severity = excluded.severity, opens = "
        "excluded.opens, due = excluded.due, settled = excluded.settled, firm = excluded.firm");
  case Writer::verdict_gone: return "DELETE FROM verdict WHERE agreement = ?1 AND occurrence = ?2";
  case Writer::wake:
    return "INSERT INTO wake (agreement, at) VALUES (?1, ?2) ON CONFLICT (agreement) DO UPDATE SET "
           "at = excluded.at";
  case Writer::wake_gone: return "DELETE FROM wake WHERE agreement = ?1";
  case Writer::snapshot:
    return insert<Snapshot>(
        "ON CONFLICT (agreement) DO UPDATE SET sequence = excluded.sequence, bytes = "
        "excluded.bytes");
  case Writer::message:
    return insert<Message>(
        "ON CONFLICT (key) DO UPDATE SET content = excluded.content, made = excluded.made, "
        "not_before = excluded.not_before, state = excluded.state, tries = excluded.tries, "
        "last_error = excluded.last_error, finished = excluded.finished WHERE message.state = 3");
  case Writer::progress:
    return "UPDATE message SET state = ?2, tries = ?3, not_before = ?4, last_error = ?5, finished "
           "= ?6 WHERE key = ?1";
  case Writer::document:
    return insert<Document>("ON CONFLICT (kind, id) DO UPDATE SET content = excluded.content");
  case Writer::document_gone: return "DELETE FROM document WHERE kind = ?1 AND id = ?2";
  case Writer::count_probe: return "UPDATE probe SET count = count + 1";
  case Writer::how_many: break;
  }
  return {};
}

}  // namespace

Result<Writer> Writer::open(const std::string& path, const std::string& vfs, int cache_kib) {
  auto connection = Connection::open(path, Connection::Mode::write, vfs);
  if (!connection) return tl::unexpected(std::move(connection.error()));
  Writer made;
  made.connection_ = std::move(*connection);
  const std::string settings = fmt::format(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; "
      "PRAGMA cache_size = -{}; PRAGMA temp_store = MEMORY",
      cache_kib);
  if (auto done = made.connection_.run(settings.c_str()); !done)
    return tl::unexpected(std::move(done.error()));
  for (std::size_t what = 0; what < how_many; ++what) {
    auto statement = made.connection_.prepare(statement_text(static_cast<What>(what)));
    if (!statement) return tl::unexpected(std::move(statement.error()));
    made.statements_[what] = std::move(*statement);
  }
  return made;
}

template <class... Values>
Result<void> Writer::run(What what, const Values&... values) {
  Statement& statement = statements_[what];
  put_all(statement, std::tie(values...));
  return statement.run();
}

template <class Rows>
Result<void> Writer::put_rows(What what, const Rows& rows) {
  Statement& statement = statements_[what];
  for (const auto& row : rows) {
    put_all(statement, Table<typename Rows::value_type>::of(row));
    if (auto done = statement.run(); !done) return done;
  }
  return {};
}

template <class Body>
Result<void> Writer::in_transaction(Body body) {
  if (auto begun = run(begin); !begun) return begun;
  auto done = body();
  if (done) done = run(end);
  // SQLite itself has rolled back after some failures.
  if (!done && sqlite3_get_autocommit(connection_.get()) == 0) (void)run(rollback);
  return done;
}

Result<void> Writer::write_rows(const Batch& batch) {
  if (auto done = put_rows(agreement, batch.agreements); !done) return done;
  if (auto done = put_rows(version, batch.versions); !done) return done;
  if (auto done = put_rows(event, batch.events); !done) return done;
  if (auto done = put_rows(finding, batch.findings); !done) return done;
  if (auto done = put_rows(verdict, batch.verdicts); !done) return done;
  for (const auto& [no, occurrence] : batch.verdicts_gone)
    if (auto done = run(verdict_gone, no, occurrence); !done) return done;
  for (const auto& [no, at] : batch.wakes)
    if (auto done = at == never ? run(wake_gone, no) : run(wake, no, at); !done) return done;
  if (auto done = put_rows(snapshot, batch.snapshots); !done) return done;
  if (auto done = put_rows(message, batch.messages); !done) return done;
  for (const Progress& p : batch.progress)
    if (auto done = run(progress, p.key, p.state, p.tries, p.not_before, p.last_error, p.finished);
        !done)
      return done;
  if (auto done = put_rows(document, batch.documents); !done) return done;
  for (const DocumentName& name : batch.documents_gone)
    if (auto done = run(document_gone, name.kind, name.id); !done) return done;
  return {};
}

Result<void> Writer::write(const Batch& batch) {
  return in_transaction([&] { return write_rows(batch); });
}

Result<void> Writer::probe() {
  return in_transaction([&] { return run(count_probe); });
}

}  // namespace samrad::store
