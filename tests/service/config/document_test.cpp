// Aim: what is written about the settings is what the reader reads.

#include <filesystem>
#include <fstream>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/config/document.h"
#include "service/config/load.h"

namespace samrad::config {
namespace {

using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

Loaded read_back(const std::string& toml, bool data_too = true) {
  std::string pattern = (fs::temp_directory_path() / "samrad-document-XXXXXX").string();
  const fs::path folder = mkdtemp(pattern.data());
  const fs::path path = folder / "samrad.toml";
  std::ofstream(path, std::ios::binary) << toml;
  Sources sources{{{"config", path.string()}}, {}};
  if (data_too) sources.flags.emplace_back("data", "x");
  const auto loaded = load(sources);
  fs::remove_all(folder);
  EXPECT_TRUE(loaded) << text_of(loaded.error()) << toml;
  return loaded.value_or(Loaded());
}

// Every line that is a setting, without its `# `.
std::string uncommented(const std::string& toml) {
  std::string out;
  for (std::size_t at = 0; at < toml.size();) {
    const std::size_t end = toml.find('\n', at);
    std::string line = toml.substr(at, end - at);
    if (line.starts_with("# ") && (line.find(" = ") != std::string::npos || line == "# [[oidc]]"))
      line.erase(0, 2);
    out += line + '\n';
    at = end + 1;
  }
  return out;
}

TEST(Document, the_printed_file_says_what_holds_without_it) {
  const std::string toml = as_toml(Configuration());
  const Configuration again = read_back(toml).configuration;
  Configuration standard;
  standard.data = "x";
  EXPECT_EQ(as_toml(again), as_toml(standard));
  for (const Described& row : described()) {
    EXPECT_THAT(toml, HasSubstr(row.text)) << row.name;
    EXPECT_THAT(toml, HasSubstr(row.variable)) << row.name;
  }
}

TEST(Document, the_printed_file_is_right_also_when_nothing_is_commented_out) {
  std::string toml = uncommented(as_toml(Configuration()));
  // The example of an issuer has neither name nor audience: they are put in.
  toml.replace(toml.find("issuer = \"\""), 11, "issuer = \"https://a.example\"");
  toml.replace(toml.find("audiences = []"), 14, "audiences = [\"a\"]");
  Configuration again = read_back(toml).configuration;
  ASSERT_EQ(again.issuers.size(), 1);
  again.issuers.clear();
  again.data.clear();
  EXPECT_EQ(as_toml(again), as_toml(Configuration()));
}

TEST(Document, a_configuration_comes_back_from_its_file_without_its_secrets) {
  Configuration c;
  c.data = "/srv/\"samråd\"\\x";
  c.listen = {"::1", 1};
  c.log_level = LogLevel::debug;
  c.language = calendar::Language::en;
  c.clock = {0, 90'000'000};
  c.cors_origins = {"https://a.example", "https://b.example"};
  c.http.body_bytes_max = 5'000;
  c.smtp.password = Secret("hunter2");
  c.smtp.user = "samrad";
  c.webhooks = {true, {"10.0.0.0/8"}};
  access::Issuer issuer;
  issuer.issuer = "https://login.example.org";
  issuer.audiences = {"a"};
  issuer.agreements = access::Agreements::all();
  issuer.groups_claim = "groups";
  issuer.groups = {{"a b.c", {access::Right::record, access::Right::audit}},
                   {"d", {access::Right::read}}};
  c.issuers = {issuer, issuer};
  c.issuers[1].issuer = "https://other.example.org";
  const std::string toml = as_toml(c);
  EXPECT_THAT(toml, Not(HasSubstr("hunter2")));
  const Configuration again = read_back(toml, false).configuration;
  EXPECT_EQ(as_toml(again), toml);
  EXPECT_EQ(again.issuers, c.issuers);
  EXPECT_EQ(again.data, c.data);
  EXPECT_TRUE(again.smtp.password.empty());
}

TEST(Document, every_setting_has_a_name_a_range_and_a_sentence_of_its_own) {
  std::set<std::string> names;
  std::set<std::string> variables;
  std::set<std::string> flags;
  for (const Described& row : described()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    if (!row.variable.empty()) {
      EXPECT_TRUE(variables.insert(row.variable).second) << row.variable;
    }
    if (!row.flag.empty()) {
      EXPECT_TRUE(flags.insert(row.flag).second) << row.flag;
    }
    EXPECT_FALSE(row.values.empty()) << row.name;
    EXPECT_THAT(row.text, testing::EndsWith(".")) << row.name;
    EXPECT_THAT(documentation(), HasSubstr("| `" + row.name + "` |"));
  }
  EXPECT_GT(names.size(), 50);
  EXPECT_EQ(flags.count("smtp-password"), 0) << "a secret is no flag";
  EXPECT_EQ(variables.count("SAMRAD_SMTP_PASSWORD"), 1);
  EXPECT_THAT(
      documentation(),
      HasSubstr(
          "| `listen.port` | `SAMRAD_LISTEN_PORT` | `--listen-port` | 0 to 65535 | `8420` |"));
}

TEST(Document, stands_in_the_page_of_the_service) {
  std::ifstream in(SAMRAD_SOURCE_DIR "/docs/service.md", std::ios::binary);
  const std::string page{std::istreambuf_iterator<char>(in), {}};
  EXPECT_TRUE(page.find(documentation()) != std::string::npos)
      << "the table of docs/service.md is to be this:\n"
      << documentation();
}

}  // namespace
}  // namespace samrad::config
