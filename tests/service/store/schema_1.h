// Schema 1 as it was published, with a row in every table. Frozen: what the program of today makes of it is the test.
#pragma once

namespace samrad::tests {

inline constexpr const char* schema_1 = R"sql(
PRAGMA journal_mode = WAL;
BEGIN;
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO about VALUES ('id', '0123456789abcdef0123456789abcdef');
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

PRAGMA application_id = 1398893938;
PRAGMA user_version = 1;
COMMIT;
)sql";

inline constexpr const char* rows_1 = R"sql(
INSERT INTO agreement VALUES (1, 'norrmalm', 'Samverkan', 'Europe/Stockholm', 1000, 'registrar', NULL, 1);
INSERT INTO rule_version VALUES (1, 1, 1001, 'registrar', '', '{"rules":""}', 'sha256:0');
INSERT INTO event VALUES (1, 1, 1, 'urn:example:diary', 'm-1', 'meeting', 'meeting/1', 17000, 2000, 'clerk', x'7B7D');
INSERT INTO finding VALUES (1, 1, 1, 'meet/1', 'meet', 'open', 'met', '2017-06-30', 3000, 3001);
INSERT INTO verdict VALUES (1, 'meet/1', 'meet', 'police', 'met', 'error', '2017-01-01', '2017-06-30', '2017-05-10', 1);
INSERT INTO verdict VALUES (1, 'plan/1', 'plan', 'police', 'open', 'error', '2017-01-01', '~', '', 0);
INSERT INTO wake VALUES (1, 4000);
INSERT INTO snapshot VALUES (1, 1, x'73');
INSERT INTO message VALUES (1, 'told', 1, 'chair', 'email', 'warning', 'meet/1', '{}', 5, 6, 1, 2, 'late', 7);
INSERT INTO document VALUES ('token', 'a', '{}');
)sql";

inline constexpr const char* content_1 =
    "agreement|1|norrmalm|Samverkan|Europe/Stockholm|1000|registrar|-1|1|\n"
    "version|1|1001|registrar||{\"rules\":\"\"}|sha256:0|\n"
    "event|1|urn:example:diary|m-1|meeting|meeting/1|17000|2000|clerk|{}|\n"
    "snapshot|1|s|\n"
    "finding|1|1|1|meet/1|meet|open|met|2017-06-30|3000|3001|\n"
    "verdict|1|meet/1|meet|police|met|error|2017-01-01|2017-06-30|2017-05-10|true|\n"
    "verdict|1|plan/1|plan|police|open|error|2017-01-01|||false|\n"
    "wake|1|4000|\n"
    "message|1|told|1|chair|email|warning|meet/1|{}|5|6|1|2|late|7|\n"
    "document|a|{}|\n";

}  // namespace samrad::tests
