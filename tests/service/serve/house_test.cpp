// Aim: a start that fails leaves nothing behind that the next one misses, and nobody is locked out of their own service.

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/access/gate.h"
#include "service/api/kept.h"
#include "service/http/server.h"
#include "service/serve/house.h"
#include "service/serve/templates.h"
#include "service/store/sqlite.h"
#include "tests/service/registry/desk.h"

namespace samrad::serve {
namespace {

using testing::HasSubstr;

config::Configuration of_folder(const std::string& folder) {
  config::Configuration configuration;
  configuration.data = folder;
  configuration.listen.port = 0;
  configuration.log_level = config::LogLevel::error;
  return configuration;
}

tl::expected<Opened, std::string> opened_once(const config::Configuration& configuration) {
  House house(configuration, "0");
  return house.open();
}

TEST(FirstToken, is_shown_by_the_start_that_succeeds) {
  const registry::Folder folder;
  http::Server other({}, {}, 1, [](auto, auto) {}, {});
  auto taken = of_folder(folder.file(""));
  taken.listen.port = other.take_port().value();
  const auto failed = opened_once(taken);
  ASSERT_FALSE(failed);
  EXPECT_THAT(failed.error(), HasSubstr("cannot listen"));

  const auto first = opened_once(of_folder(folder.file("")));
  ASSERT_TRUE(first) << first.error();
  EXPECT_THAT(first->first_token, testing::StartsWith("samrad_1_"));
  const auto second = opened_once(of_folder(folder.file("")));
  ASSERT_TRUE(second) << second.error();
  EXPECT_EQ(second->first_token, "") << "there is an administrator";
}

TEST(FirstToken, comes_again_where_nobody_administers_any_more) {
  struct Row {
    const char* what;
    void (*change)(access::TokenRecord&);
    bool again;
  };
  const Row table[] = {
      {"nothing", [](auto&) {}, false},
      {"revoked", [](auto& one) { one.revoked = one.created; }, true},
      {"expired", [](auto& one) { one.expires = one.created + 1; }, true},
      {"may only record", [](auto& one) { one.rights = {access::Right::record}; }, true},
      {"one agreement only",
       [](auto& one) { one.agreements = access::Agreements::of({"club"}).value(); }, true},
  };
  for (const Row& row : table) {
    const registry::Folder folder;
    access::NewToken made = access::first_token(SystemClock().now() - 3'600'000'000);
    row.change(made.record);
    {
      auto store = store::open_sqlite(folder.file("samrad.db")).value();
      store::Batch batch;
      batch.documents.push_back(
          {std::string(api::kind_of_token), made.record.id, access::stored_json(made.record)});
      ASSERT_TRUE(store->commit(batch));
    }
    const auto opened = opened_once(of_folder(folder.file("")));
    ASSERT_TRUE(opened) << opened.error();
    EXPECT_EQ(!opened->first_token.empty(), row.again) << row.what;
  }
}

void write(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

TEST(Templates, are_files_and_folders_of_files_by_name) {
  const registry::Folder folder;
  const std::string root = folder.file("t");
  std::filesystem::create_directories(root + "/two/deeper");
  std::filesystem::create_directories(root + "/empty");
  write(root + "/one.samrad", "agreement one\n  term 2026-01-01 to 2026-12-31\n");
  write(root + "/two/a.samrad", "agreement two\n  term 2026-01-01 to 2026-12-31\n");
  write(root + "/two/b.samrad", "event meeting\n");
  write(root + "/two/README.md", "not rules");
  const auto all = templates_in(root);
  ASSERT_TRUE(all) << all.error();
  ASSERT_EQ(all->size(), 2U);
  EXPECT_EQ((*all)[0].name, "one");
  EXPECT_EQ((*all)[1].name, "two");
  EXPECT_EQ((*all)[1].text.files.size(), 2U);

  write(root + "/wrong.samrad", "agreement\n");
  const auto wrong = templates_in(root);
  ASSERT_FALSE(wrong);
  EXPECT_THAT(wrong.error(), HasSubstr("the template `wrong`: "));
  const auto absent = templates_in(folder.file("nowhere"));
  ASSERT_FALSE(absent);
  EXPECT_THAT(absent.error(), HasSubstr("cannot be read"));
  auto configuration = of_folder(folder.file(""));
  configuration.templates = root;
  EXPECT_FALSE(opened_once(configuration)) << "a service without its templates does not start";
}

}  // namespace
}  // namespace samrad::serve
