// The API's small parts, each alone: paths, cursors, forms and languages, entity tags, kept answers, workers.

#include <future>

#include <gtest/gtest.h>

#include "service/api/cache.h"
#include "service/api/cursor.h"
#include "service/api/entity_tag.h"
#include "service/api/negotiate.h"
#include "service/api/pool.h"
#include "service/api/router.h"

namespace samrad::api {

TEST(Router, FindsTheRowAndWhatItsNamesStandFor) {
  const Routes routes = {
      {.method = "GET", .path = "/a/{x}/o/{id...}/seen", .operation = "seen"},
      {.method = "GET", .path = "/a/{x}/o/{id...}", .operation = "one"},
      {.method = "GET", .path = "/a/{x}", .operation = "read"},
      {.method = "POST", .path = "/a/{x}", .operation = "write"},
      {.method = "GET", .path = "/c/{secret}.ics", .operation = "feed"},
  };
  const Router router(routes);
  struct Row {
    std::string_view method;
    std::string_view path;
    std::string_view operation;  // empty: none
    std::vector<std::string> parts;
  };
  const std::vector<Row> rows = {
      {"GET", "/a/1", "read", {"1"}},
      {"HEAD", "/a/1", "read", {"1"}},
      {"POST", "/a/%C3%A5%2F1", "write", {"å/1"}},
      {"GET", "/a/1/o/m/2017-H1", "one", {"1", "m/2017-H1"}},
      {"GET", "/a/1/o/m%2F2017-H1", "one", {"1", "m/2017-H1"}},
      {"GET", "/a/1/o/m/2017-H1/seen", "seen", {"1", "m/2017-H1"}},
      {"GET", "/a/1/o/seen", "one", {"1", "seen"}},
      {"GET", "/c/abc.ics", "feed", {"abc"}},
      {"GET", "/c/.ics", "", {}},
      {"GET", "/c/abc", "", {}},
      {"GET", "/a", "", {}},
      {"GET", "/a/", "", {}},
      {"GET", "/a//o/x", "", {}},
      {"GET", "/a/%4", "", {}},
      {"GET", "a/1", "", {}},
      {"DELETE", "/a/1", "", {}},
  };
  for (const Row& row : rows) {
    const Router::Found found = router.find(row.method, row.path);
    EXPECT_EQ(found.route ? found.route->operation : "", row.operation) << row.path;
    EXPECT_EQ(found.parts, row.parts) << row.path;
  }
  EXPECT_EQ(router.find("DELETE", "/a/1").allow, "GET, HEAD, OPTIONS, POST");
  EXPECT_EQ(router.find("DELETE", "/b").allow, "");
}

TEST(Cursor, GivesBackWhatItWasMadeOf) {
  const std::vector<std::vector<std::string>> all = {
      {"1"}, {"2017-06-30", "moten/2017-H1"}, {"", "å", ""}};
  for (const auto& places : all)
    EXPECT_EQ(parse_cursor(cursor_of(places)), places);
  for (const char* text : {"", "x", "AA", "MQ", "MR9h", "MR9h=", "MR9hHw="})
    EXPECT_FALSE(parse_cursor(text)) << text;
}

TEST(Negotiation, TakesTheFormThatIsWantedMost) {
  const std::vector<std::string_view> offered = {"application/json", "text/csv", "text/plain"};
  const std::vector<std::pair<std::string_view, std::string_view>> rows = {
      {"", "application/json"},
      {"*/*", "application/json"},
      {"text/*", "text/csv"},
      {"text/plain, text/csv;q=0.9", "text/plain"},
      {"application/json;q=0, */*", "text/csv"},
      {"TEXT/CSV", "text/csv"},
      {"text/html, */*;q=0.1", "application/json"},
      {"text/*;q=0.5, text/plain;q=0.8", "text/plain"},
      {"image/png", ""},
      {"application/json;q=0", ""},
  };
  for (const auto& [accept, type] : rows)
    EXPECT_EQ(accepted(accept, offered).value_or(""), type) << accept;
  const std::vector<std::tuple<std::string_view, Language, Language>> languages = {
      {"", Language::sv, Language::sv},
      {"en", Language::sv, Language::en},
      {"en-GB,sv;q=0.9", Language::sv, Language::en},
      {"de, fr", Language::sv, Language::sv},
      {"*", Language::sv, Language::sv},
      {"sv;q=0, en;q=0.1", Language::sv, Language::en},
      {"en, sv", Language::sv, Language::sv},
      {"de", Language::en, Language::en},
      {"sv-SE", Language::en, Language::sv},
  };
  for (const auto& [field, usual, language] : languages)
    EXPECT_EQ(preferred_language(field, usual), language) << field;
}

TEST(EntityTags, AreFoundInLists) {
  EXPECT_TRUE(names("\"a\", \"b\"", "\"b\"", false));
  EXPECT_TRUE(names("*", "\"b\"", false));
  EXPECT_TRUE(names("W/\"b\"", "\"b\"", true));
  EXPECT_FALSE(names("W/\"b\"", "\"b\"", false));
  EXPECT_FALSE(names("\"a\",, ", "\"b\"", true));
  EXPECT_EQ(tag_of_bytes("x").size(), 34U);
}

TEST(Cache, ForgetsWhatWasUsedLongestAgo) {
  const auto kept = [](std::size_t bytes) {
    auto made = std::make_shared<Kept>();
    made->response.body.assign(bytes, 'x');
    return made;
  };
  Cache cache(64 * 1024);
  for (int i = 0; i < 20; ++i) {
    cache.keep(std::to_string(i), kept(6'000));
    EXPECT_LE(cache.bytes(), 64U * 1024);
    EXPECT_TRUE(cache.find("0")) << "used again and again";
  }
  EXPECT_FALSE(cache.find("1"));
  EXPECT_TRUE(cache.find("19"));
  cache.keep("large", kept(9'000));
  EXPECT_FALSE(cache.find("large"));
  cache.keep("19", kept(1));
  EXPECT_EQ(cache.find("19")->response.body.size(), 1U);
}

TEST(Cache, OneWorksAndAllAreAnswered) {
  Cache cache(1024);
  int told = 0;
  const auto then = [&](const http::Response& response) { told += response.status; };
  EXPECT_TRUE(cache.begin("k", then));
  EXPECT_FALSE(cache.begin("k", then));
  EXPECT_FALSE(cache.begin("k", then));
  EXPECT_TRUE(cache.begin("other", then));
  http::Response response;
  cache.done("k", response);
  EXPECT_EQ(told, 400);
  EXPECT_TRUE(cache.begin("k", then));
}

TEST(Pool, TakesNoMoreThanMayWait) {
  Pool pool(1, 2);
  std::promise<void> started;
  std::promise<void> go;
  auto gone = go.get_future().share();
  ASSERT_TRUE(pool.run([&] {
    started.set_value();
    gone.wait();
  }));
  started.get_future().wait();
  int done = 0;
  EXPECT_TRUE(pool.run([&] { ++done; }));
  EXPECT_TRUE(pool.run([&] { ++done; }));
  EXPECT_FALSE(pool.run([&] { ++done; }));
  EXPECT_EQ(pool.waiting(), 2U);
  go.set_value();
  pool.stop();
  EXPECT_EQ(done, 2) << "what waits is done";
  EXPECT_FALSE(pool.run([] {}));
}

}  // namespace samrad::api
