// Two questions of one file: is every page where SQLite expects it, and do the rows say the same as each other.

#include <array>

#include <fmt/format.h>

#include "service/store/connection.h"
#include "service/store/files.h"
#include "service/store/migrations.h"
#include "service/store/sqlite.h"

namespace samrad::store {

namespace {

// Each row that a query gives is a fault, put into words by its one column.
constexpr std::array faults = {
    // Of all tables: rows of an agreement that is not there.
    R"(SELECT 'event ' || sequence || ' of agreement ' || agreement || ', which is not there' FROM event
       WHERE agreement NOT IN (SELECT no FROM agreement))",
    R"(SELECT 'rule version ' || version || ' of agreement ' || agreement || ', which is not there' FROM rule_version
       WHERE agreement NOT IN (SELECT no FROM agreement))",
    R"(SELECT 'finding ' || no || ' of agreement ' || agreement || ', which is not there' FROM finding
       WHERE agreement NOT IN (SELECT no FROM agreement))",
    R"(SELECT 'verdict `' || occurrence || '` of agreement ' || agreement || ', which is not there' FROM verdict
       WHERE agreement NOT IN (SELECT no FROM agreement))",
    R"(SELECT 'snapshot of agreement ' || agreement || ', which is not there' FROM snapshot
       WHERE agreement NOT IN (SELECT no FROM agreement))",
    R"(SELECT 'wake of agreement ' || agreement || ', which is not there' FROM wake
       WHERE agreement NOT IN (SELECT no FROM agreement))",
    R"(SELECT 'message `' || key || '` of agreement ' || agreement || ', which is not there' FROM message
       WHERE agreement <> 0 AND agreement NOT IN (SELECT no FROM agreement))",
    // Numbers without gaps.
    R"(SELECT 'agreement ' || agreement || ' has ' || count(*) || ' events numbered ' || min(sequence) || ' to ' || max(sequence)
       FROM event GROUP BY agreement HAVING min(sequence) <> 1 OR max(sequence) <> count(*))",
    R"(SELECT 'agreement ' || no || ' is at rule version ' || version || ' and has ' ||
         (SELECT count(*) FROM rule_version WHERE agreement = no)
       FROM agreement WHERE version <> (SELECT count(*) FROM rule_version WHERE agreement = no)
         OR version <> (SELECT max(r.version) FROM rule_version r WHERE r.agreement = no))",
    // What points into a log.
    R"(SELECT 'snapshot of agreement ' || agreement || ' after event ' || sequence || ', which is not there' FROM snapshot s
       WHERE sequence > 0 AND NOT EXISTS (SELECT 1 FROM event e WHERE e.agreement = s.agreement AND e.sequence = s.sequence))",
    R"(SELECT 'finding ' || no || ' by event ' || sequence || ' of agreement ' || agreement || ', which is not there' FROM finding f
       WHERE sequence > 0 AND NOT EXISTS (SELECT 1 FROM event e WHERE e.agreement = f.agreement AND e.sequence = f.sequence))",
};

// The first column of each row, at most `check_faults_max`.
Result<void> add_faults(Connection& connection, std::string_view sql,
                        std::vector<std::string>& to) {
  auto statement = connection.prepare(fmt::format("{} LIMIT {}", sql, check_faults_max));
  if (!statement) return tl::unexpected(std::move(statement.error()));
  for (;;) {
    auto row = statement->next();
    if (!row) return tl::unexpected(std::move(row.error()));
    if (!*row) return {};
    to.push_back(statement->text(0));
  }
}

Result<void> look(Connection& connection, std::int64_t schema, Check& check) {
  if (auto done = add_faults(connection,
                             fmt::format("SELECT integrity_check FROM pragma_integrity_check({}) "
                                         "WHERE integrity_check <> 'ok'",
                                         check_faults_max),
                             check.faults);
      !done)
    return done;
  if (const int newest = migrations().back().to; schema != newest) {
    check.faults.push_back(fmt::format(
        "the file has schema {}, this program {}: start the service on it once", schema, newest));
    return {};
  }
  for (const char* sql : faults)
    if (auto done = add_faults(connection, sql, check.faults); !done) return done;
  const auto agreements = connection.integer("SELECT count(*) FROM agreement");
  if (!agreements) return tl::unexpected(agreements.error());
  const auto events = connection.integer("SELECT count(*) FROM event");
  if (!events) return tl::unexpected(events.error());
  check.agreements = *agreements;
  check.events = static_cast<std::uint64_t>(*events);
  return {};
}

}  // namespace

Result<Check> check_file(const std::string& path) {
  if (!exists(path)) return tl::unexpected(file_failure(path, ENOENT));
  auto connection = Connection::open(path, Connection::Mode::read, "");
  if (!connection) return tl::unexpected(std::move(connection.error()));
  const auto schema = schema_of(*connection);
  if (!schema) return tl::unexpected(schema.error());
  Check check;
  auto done = connection->run("BEGIN");
  if (done) done = look(*connection, *schema, check);
  // What is damaged may stop a query: that is a fault like another.
  if (!done && done.error().kind == Failure::Kind::corrupt)
    check.faults.push_back(done.error().message);
  else if (!done)
    return tl::unexpected(std::move(done.error()));
  return check;
}

}  // namespace samrad::store
