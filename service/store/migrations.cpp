// Every table grows at its end where that can be: rows that come later have higher keys, so that a commit writes few pages.
//
//   event      in the order of commit; its one index is narrow, and grows at one place for each agreement. Against rows clustered by
//              agreement and sequence it commits 64 events of 10,000 agreements 2.2 times as fast, 1,000 events 3.3 times, as a
//              commit writes a page of index instead of a page of rows; reading a log back takes five times as long and is rare
//   verdict    also in the order (status, due, agreement, occurrence): any list over all agreements is a merge of one walk a status
//   message    waiting and failed ones each have an index of their own, which stays small
//
// No foreign keys: check_file looks for what they would hold, and a commit does not pay for it.

#include "service/store/migrations.h"

#include <array>

#include <fmt/format.h>

namespace samrad::store {

namespace {

constexpr const char* first_schema = R"sql(
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO about VALUES ('id', lower(hex(randomblob(16))));
CREATE TABLE probe (one INTEGER PRIMARY KEY, count INTEGER NOT NULL) STRICT;
INSERT INTO probe VALUES (1, 0);

CREATE TABLE agreement (
  no INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  zone TEXT NOT NULL,
  created INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  closed INTEGER,
  version INTEGER NOT NULL
) STRICT;

CREATE TABLE rule_version (
  agreement INTEGER NOT NULL,
  version INTEGER NOT NULL,
  recorded INTEGER NOT NULL,
  by TEXT NOT NULL,
  in_force_from TEXT NOT NULL,
  content TEXT NOT NULL,
  program_hash TEXT NOT NULL,
  PRIMARY KEY (agreement, version)
) STRICT;

CREATE TABLE event (
  place INTEGER PRIMARY KEY,
  agreement INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  subject TEXT NOT NULL,
  day INTEGER NOT NULL,
  recorded INTEGER NOT NULL,
  by TEXT NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX event_of ON event (agreement, sequence);

CREATE TABLE finding (
  no INTEGER PRIMARY KEY,
  agreement INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  occurrence TEXT NOT NULL,
  clause TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  due TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  noticed INTEGER NOT NULL
) STRICT;
CREATE INDEX finding_of ON finding (agreement);

CREATE TABLE verdict (
  agreement INTEGER NOT NULL,
  occurrence TEXT NOT NULL,
  clause TEXT NOT NULL,
  owners TEXT NOT NULL,
  status TEXT NOT NULL,
  severity TEXT NOT NULL,
  opens TEXT NOT NULL,
  due TEXT NOT NULL,
  settled TEXT NOT NULL,
  firm INTEGER NOT NULL,
  PRIMARY KEY (agreement, occurrence)
) STRICT, WITHOUT ROWID;
CREATE INDEX verdict_due ON verdict (status, due, agreement, occurrence);

CREATE TABLE wake (agreement INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT;

CREATE TABLE snapshot (
  agreement INTEGER PRIMARY KEY,
  sequence INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE message (
  no INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  agreement INTEGER NOT NULL,
  recipient TEXT NOT NULL,
  way TEXT NOT NULL,
  kind TEXT NOT NULL,
  occurrence TEXT NOT NULL,
  content TEXT NOT NULL,
  made INTEGER NOT NULL,
  not_before INTEGER NOT NULL,
  state INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  last_error TEXT NOT NULL,
  finished INTEGER
) STRICT;
CREATE INDEX message_of ON message (agreement);
CREATE INDEX message_waiting ON message (state, not_before) WHERE state = 0;
CREATE INDEX message_failed ON message (state) WHERE state = 2;

CREATE TABLE document (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT;
)sql";

constexpr std::array all = {
    Migration{1, first_schema},
};

}  // namespace

std::span<const Migration> migrations() { return all; }

Result<std::int64_t> schema_of(Connection& connection, std::span<const Migration> steps) {
  const auto application = connection.integer("PRAGMA application_id");
  if (!application) return tl::unexpected(application.error());
  const auto version = connection.integer("PRAGMA user_version");
  if (!version) return version;
  const auto tables = connection.integer("SELECT count(*) FROM sqlite_schema");
  if (!tables) return tables;
  if (*application != application_id && (*application != 0 || *version != 0 || *tables != 0))
    return tl::unexpected(
        Failure{Failure::Kind::corrupt,
                fmt::format("`{}`: a database, but not one of this program; name another file",
                            connection.path())});
  const int newest = steps.empty() ? 0 : steps.back().to;
  if (*version > newest)
    return tl::unexpected(Failure{
        Failure::Kind::newer_schema,
        fmt::format("`{}`: has schema {}, and this program knows up to {}; use the version that "
                    "wrote it, or restore a backup made before",
                    connection.path(), *version, newest)});
  return version;
}

Result<void> migrate(Connection& connection, std::span<const Migration> steps) {
  const auto version = schema_of(connection, steps);
  if (!version) return tl::unexpected(version.error());
  for (const Migration& step : steps) {
    if (step.to <= *version) continue;
    const std::string sql = fmt::format(
        "BEGIN IMMEDIATE; {} PRAGMA application_id = {}; PRAGMA user_version = {}; COMMIT;",
        step.sql, application_id, step.to);
    if (auto done = connection.run(sql.c_str()); !done) {
      if (sqlite3_get_autocommit(connection.get()) == 0) (void)connection.run("ROLLBACK");
      return done;
    }
  }
  return {};
}

}  // namespace samrad::store
