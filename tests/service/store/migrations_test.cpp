// Aim: a store of any older schema becomes one of today with its rows, a step that fails leaves the schema before it, and a store of a
// later program is left alone.

#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "service/store/migrations.h"
#include "tests/service/store/sample.h"
#include "tests/service/store/schema_1.h"

namespace samrad::tests {
namespace {

using namespace store;
using testing::HasSubstr;

Connection connection_to(const std::string& path) {
  return value(Connection::open(path, Connection::Mode::create, ""));
}

// Tables and indexes as SQLite has them, one a line.
std::string schema(Connection& connection) {
  return value(connection.text("SELECT group_concat(sql, char(10)) FROM (SELECT sql FROM "
                               "sqlite_schema WHERE sql IS NOT NULL ORDER BY name)"));
}

TEST(MigrationsTest, StepsAreNumberedFromOne) {
  int expected = 0;
  for (const Migration& each : migrations())
    EXPECT_EQ(each.to, ++expected);
  EXPECT_GE(expected, 1);
}

// The first schema as it was published, with a row in every table.
TEST(MigrationsTest, AStoreOfTheFirstSchemaBecomesOneOfToday) {
  const Folder folder;
  {
    auto old = connection_to(folder.path());
    value(old.run(schema_1));
    value(old.run(rows_1));
  }
  const auto store = value(open_sqlite(folder.path()));
  EXPECT_EQ(store->id(), "0123456789abcdef0123456789abcdef");
  EXPECT_EQ(content(*store), content_1);
  value(store->commit(founding(2)));

  const Folder fresh;
  (void)value(open_sqlite(fresh.path()));
  auto one = connection_to(folder.path());
  auto other = connection_to(fresh.path());
  EXPECT_EQ(schema(one), schema(other));
  EXPECT_EQ(value(one.integer("PRAGMA user_version")), migrations().back().to);
}

constexpr std::array steps = {
    Migration{1, "CREATE TABLE one (a); INSERT INTO one VALUES (7);"},
    Migration{2, "ALTER TABLE one ADD COLUMN b; UPDATE one SET b = a + 1;"},
    Migration{3, "CREATE TABLE three (c); INSERT INTO nowhere VALUES (1);"},
};

TEST(MigrationsTest, EachStepIsTakenOnce) {
  const Folder folder;
  auto connection = connection_to(folder.path());
  const std::span all(steps);
  value(migrate(connection, all.first(1)));
  value(migrate(connection, all.first(2)));
  value(migrate(connection, all.first(2)));
  EXPECT_EQ(value(connection.integer("SELECT b FROM one")), 8);
  EXPECT_EQ(value(connection.integer("PRAGMA user_version")), 2);
  EXPECT_EQ(value(connection.integer("PRAGMA application_id")), application_id);
}

TEST(MigrationsTest, AStepThatFailsLeavesTheSchemaBeforeIt) {
  const Folder folder;
  auto connection = connection_to(folder.path());
  EXPECT_FALSE(migrate(connection, steps));
  EXPECT_EQ(value(connection.integer("PRAGMA user_version")), 2);
  EXPECT_EQ(value(connection.integer("SELECT count(*) FROM sqlite_schema")), 1);
  value(connection.run("BEGIN; ROLLBACK"));
}

TEST(MigrationsTest, ALaterSchemaIsLeftAlone) {
  const Folder folder;
  (void)value(open_sqlite(folder.path()));
  value(connection_to(folder.path()).run("PRAGMA user_version = 99"));
  const auto opened = open_sqlite(folder.path());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, Failure::Kind::newer_schema);
  EXPECT_THAT(opened.error().message, HasSubstr("schema 99"));
  EXPECT_EQ(check_file(folder.path()).error().kind, Failure::Kind::newer_schema);
}

TEST(MigrationsTest, ADatabaseOfAnotherProgramIsLeftAlone) {
  const Folder folder;
  value(connection_to(folder.path()).run("CREATE TABLE theirs (a)"));
  const auto opened = open_sqlite(folder.path());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, Failure::Kind::corrupt);
  EXPECT_THAT(opened.error().message, HasSubstr("not one of this program"));
  EXPECT_EQ(value(connection_to(folder.path()).text("PRAGMA journal_mode")), "delete");
}

}  // namespace
}  // namespace samrad::tests
