// Aim: what is said last holds, and whatever is wrong anywhere is told at once, with its place and what instead.

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/config/load.h"

namespace samrad::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
namespace fs = std::filesystem;

class Load : public testing::Test {
 protected:
  Load() {
    std::string pattern = (fs::temp_directory_path() / "samrad-config-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~Load() override { fs::remove_all(folder_); }

  std::string write(const std::string& name, const std::string& text) const {
    const fs::path path = folder_ / name;
    std::ofstream(path, std::ios::binary) << text;
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
    return path.string();
  }
  // Of a TOML text alone, with a data folder.
  std::vector<Fault> faults_of(const std::string& toml) const {
    const std::string path = write("samrad.toml", toml);
    auto loaded = load({{{"data", folder_.string()}}, {}});
    auto faults = loaded ? loaded->warnings : loaded.error();
    for (Fault& fault : faults)
      if (fault.where.starts_with(path)) fault.where.erase(0, path.size() - 11);
    return faults;
  }

  fs::path folder_;
};

std::vector<std::string> wheres(const std::vector<Fault>& faults) {
  std::vector<std::string> places;
  for (const Fault& fault : faults)
    places.push_back(fault.where);
  return places;
}

TEST_F(Load, the_last_source_holds) {
  const std::string file =
      write("a.toml", "[listen]\nport = 1\naddress = \"::1\"\n[requests]\nburst = 5\n");
  using Pairs = std::vector<std::pair<std::string, std::string>>;
  const struct {
    Pairs flags;
    Pairs variables;
    int port;
    std::string address;
    unsigned burst;
  } table[] = {
      {{}, {}, 8420, "127.0.0.1", 200},
      {{{"config", file}}, {}, 1, "::1", 5},
      {{}, {{"SAMRAD_CONFIG", file}}, 1, "::1", 5},
      {{{"config", file}}, {{"SAMRAD_LISTEN_PORT", "2"}}, 2, "::1", 5},
      {{{"config", file}}, {{"SAMRAD_LISTEN_PORT", ""}}, 1, "::1", 5},
      {{{"config", file}, {"listen-port", "3"}}, {{"SAMRAD_LISTEN_PORT", "2"}}, 3, "::1", 5},
      {{{"requests-burst", "9"}}, {{"SAMRAD_LISTEN_ADDRESS", "127.0.0.2"}}, 8420, "127.0.0.2", 9},
  };
  for (const auto& row : table) {
    Sources sources{row.flags, row.variables};
    sources.flags.emplace_back("data", folder_.string());
    const auto loaded = load(sources);
    ASSERT_TRUE(loaded) << text_of(loaded.error());
    EXPECT_EQ(loaded->configuration.listen.port, row.port);
    EXPECT_EQ(loaded->configuration.listen.address, row.address);
    EXPECT_EQ(loaded->configuration.rate.burst, row.burst);
    EXPECT_THAT(loaded->warnings, IsEmpty());
  }
}

TEST_F(Load, the_file_is_named_or_lies_in_the_data_folder) {
  const std::string path = write("samrad.toml", "threads = 3\n");
  for (const Sources& sources :
       {Sources{{{"data", folder_.string()}}, {}}, Sources{{}, {{"SAMRAD_DATA", folder_.string()}}},
        Sources{{{"data", "elsewhere"}, {"config", folder_.string()}}, {}},
        Sources{{{"data", "elsewhere"}, {"config", path}}, {}}}) {
    const auto loaded = load(sources);
    ASSERT_TRUE(loaded) << text_of(loaded.error());
    EXPECT_EQ(loaded->configuration.threads, 3);
    EXPECT_EQ(loaded->file, path);
  }
  const auto nothing = load({{{"data", "elsewhere"}}, {}});
  ASSERT_TRUE(nothing);
  EXPECT_EQ(nothing->file, "");
  const auto absent = load({{{"data", "x"}, {"config", path + "x"}}, {}});
  ASSERT_FALSE(absent);
  EXPECT_THAT(wheres(absent.error()), ElementsAre("--config"));
  EXPECT_THAT(text_of(absent.error()), HasSubstr("cannot be read"));
}

TEST_F(Load, every_kind_of_value_is_read_from_every_source) {
  const auto check = [](const Configuration& c) {
    EXPECT_EQ(c.log_level, LogLevel::debug);
    EXPECT_EQ(c.language, calendar::Language::en);
    EXPECT_EQ(c.public_url, "https://samrad.example.org/api");
    EXPECT_THAT(c.cors_origins, ElementsAre("https://a.example.org", "https://b.example.org:8443"));
    EXPECT_EQ(c.http.body_bytes_max, 4096);
    EXPECT_EQ(c.rate.burst, 7);
    EXPECT_TRUE(c.webhooks.http);
    EXPECT_THAT(c.webhooks.ranges, ElementsAre("10.0.0.0/8", "fd00::/8"));
    EXPECT_EQ(c.clock, (ClockSetting{0, -3LL * 86'400 * 1'000'000}));
  };
  write("samrad.toml", R"(
log_level = "debug"
language = "en"
public_url = "https://samrad.example.org/api/"
clock = "-3d"
cors.origins = ["https://a.example.org", "https://b.example.org:8443"]
http.body_bytes_max = 4_096
requests = { burst = 7 }
[webhooks]
http = true
ranges = [
  "10.0.0.0/8",  # ours
  "fd00::/8",
])");
  const auto by_file = load({{{"data", folder_.string()}}, {}});
  ASSERT_TRUE(by_file) << text_of(by_file.error());
  check(by_file->configuration);

  const std::vector<std::pair<std::string, std::string>> values = {
      {"log_level", "debug"},
      {"language", "en"},
      {"public_url", "https://samrad.example.org/api"},
      {"clock", "-3d"},
      {"cors.origins", "https://a.example.org, https://b.example.org:8443"},
      {"http.body_bytes_max", "4096"},
      {"requests.burst", "7"},
      {"webhooks.http", "true"},
      {"webhooks.ranges", "10.0.0.0/8,fd00::/8"}};
  Sources flags{{{"data", "x"}}, {}};
  Sources variables{{{"data", "x"}}, {}};
  for (const auto& [name, value] : values) {
    std::string flag = name;
    std::string variable = "SAMRAD_" + name;
    for (char& c : flag)
      if (c == '.' || c == '_') c = '-';
    for (char& c : variable)
      c = c == '.' ? '_' : static_cast<char>(std::toupper(c));
    flags.flags.emplace_back(flag, value);
    variables.variables.emplace_back(variable, value);
  }
  for (const Sources& sources : {flags, variables}) {
    const auto loaded = load(sources);
    ASSERT_TRUE(loaded) << text_of(loaded.error());
    check(loaded->configuration);
  }
}

TEST_F(Load, each_fault_has_its_place_and_says_what_instead) {
  const struct {
    const char* toml;
    const char* where;
    const char* message;
    const char* help;
  } table[] = {
      {"prot = 1", "samrad.toml:1:1", "no setting `prot`", ""},
      {"[listen]\n  prot = 1", "samrad.toml:2:3", "no setting `listen.prot`",
       "did you mean `listen.port`?"},
      {"[listn]\nport = 1", "samrad.toml:2:1", "no setting `listn.port`",
       "did you mean `listen.port`?"},
      {"port = 1", "samrad.toml:1:1", "no setting `port`", "did you mean `listen.port`?"},
      {"listen = 1", "samrad.toml:1:1", "no setting `listen`", "write `[listen]`"},
      {"[oidc]\nissuer = \"x\"", "samrad.toml:2:1", "no setting `oidc.issuer`", ""},
      {"oidc = 1", "samrad.toml:1:1", "no setting `oidc`", "write `[[oidc]]`"},
      {"[listen]\nport = 70000", "samrad.toml:2:8", "`listen.port`: 70000 is not within 0 to 65535",
       ""},
      {"threads = -1", "samrad.toml:1:11", "-1 is not within 0 to 256 threads", ""},
      {"threads = \"4\"", "samrad.toml:1:11", "a whole number is expected, not a text", ""},
      {"threads = 4.0", "samrad.toml:1:11",
       "a whole number is expected, not a number with decimals", ""},
      {"data = 2026-01-01", "samrad.toml:1:8", "a text is expected, not a date or a time", ""},
      {"webhooks.http = 1", "samrad.toml:1:17", "`true` or `false` is expected, not a whole number",
       ""},
      {"cors.origins = \"*\"", "samrad.toml:1:16", "a list of texts is expected, not a text", ""},
      {"cors.origins = [1]", "samrad.toml:1:16", "something else than texts", ""},
      {"cors.origins = [\"*\", \"https://a/b\"]", "samrad.toml:1:16", "item 2: an origin", ""},
      {"log_level = \"info\"", "samrad.toml:1:13", "one of error, warning, notice, debug", ""},
      {"language = \"fi\"", "samrad.toml:1:12", "one of sv, en", ""},
      {"listen.address = \"localhost\"", "samrad.toml:1:18", "an IPv4 or IPv6 address", ""},
      {"public_url = \"samrad.example.org\"", "samrad.toml:1:14", "begins with `https://`", ""},
      {"clock = \"tomorrow\"", "samrad.toml:1:9", "a moment as", ""},
      {"smtp.password = \"x\"", "samrad.toml:1:6", "is a secret",
       "`smtp.password_file`, or the variable `SAMRAD_SMTP_PASSWORD`"},
      {"tls.certificate = \"/none.pem\"\ntls.key = \"/dev/null\"", "samrad.toml:1:19",
       "`/none.pem` cannot be read", "a file that is there"},
      {"listen.address = \"0.0.0.0\"", "samrad.toml:1:18", "can be reached from other machines",
       "set `tls.certificate` and `tls.key`"},
      {"tls.certificate = \"/dev/null\"", "samrad.toml:1:19", "without `tls.key`", "both or none"},
      {"tls.key = \"/dev/null\"", "samrad.toml:1:11", "without `tls.certificate`", "both or none"},
      {"http.inflated_bytes_max = 2048", "samrad.toml:1:27", "is less than `http.body_bytes_max`",
       "at least as much"},
      {"smtp.url = \"smtp://mail.example.org\"", "samrad.toml:1:12", "without `smtp.from`",
       "a mail without one"},
      {"[smtp]\nurl = \"smtps://127.0.0.1\"\nfrom = \"a@example.org\"\ntls = \"off\"",
       "samrad.toml:4:7", "`smtps`", "write `smtp://`"},
      {"[smtp]\nurl = \"smtp://mail.example.org\"\nfrom = \"a@example.org\"\ntls = \"off\"",
       "samrad.toml:4:7", "without TLS", "a relay on this machine"},
      {"[smtp]\nurl = \"smtp://127.0.0.1\"\nfrom = \"a@example.org\"\nuser = \"a\"",
       "samrad.toml:4:8", "without a password", "SAMRAD_SMTP_PASSWORD"},
      {"[smtp]\nfrom = \"Anna <a@example.org>\"", "samrad.toml:2:8", "one address", ""},
      {"smtp.password_file = \"/none\"", "samrad.toml:1:22", "holds no password", "one line"},
      {"[[oidc]]", "samrad.toml:1:1", "without `issuer`", "exactly"},
      {"threads = = 1", "samrad.toml:1:11", "this is no TOML", "nothing else"},
      {"threads = 1\nthreads = 2", "samrad.toml:2:", "this is no TOML", ""},
  };
  for (const auto& row : table) {
    const auto faults = faults_of(row.toml);
    ASSERT_THAT(faults, Not(IsEmpty())) << row.toml;
    EXPECT_EQ(faults[0].level, Level::error) << row.toml;
    EXPECT_THAT(faults[0].where, testing::StartsWith(row.where)) << row.toml;
    EXPECT_THAT(faults[0].message, HasSubstr(row.message)) << row.toml;
    EXPECT_THAT(faults[0].help, HasSubstr(row.help)) << row.toml;
    if (!std::string_view(row.toml).starts_with("[[oidc]]")) {
      EXPECT_EQ(faults.size(), 1) << text_of(faults);
    }
  }
}

TEST_F(Load, all_faults_of_all_sources_come_at_once_in_the_order_of_the_sources) {
  const std::string file =
      write("x.toml", "thread = 1\nrequests.burst = 0\n[[oidc]]\nissuer = \"http://x\"\n");
  const auto loaded =
      load({{{"config", file}, {"listen-prot", "1"}, {"threads", "x"}, {"threads", "2"}},
            {{"SAMRAD_LISTEN_PRT", "1"}, {"SAMRAD_REQUESTS_BURST", "0"}}});
  ASSERT_FALSE(loaded);
  EXPECT_THAT(wheres(loaded.error()),
              ElementsAre(file + ":1:1", file + ":2:18", file + ":4:10", "SAMRAD_LISTEN_PRT",
                          "SAMRAD_REQUESTS_BURST", "--listen-prot", "--threads", "--threads",
                          "data", file + ":3:1"));
  EXPECT_EQ(text_of({loaded.error()[0]}),
            file + ":1:1: error: no setting `thread`\n  help: did you mean `threads`?\n");
}

TEST_F(Load, variables_and_flags_that_are_none) {
  const struct {
    Sources sources;
    Level level;
    const char* help;
  } table[] = {
      {{{{"data", "x"}, {"listen-prot", "1"}}, {}}, Level::error, "did you mean `listen-port`?"},
      {{{{"data", "x"}, {"smtp-password", "x"}}, {}}, Level::error, "`SAMRAD_SMTP_PASSWORD`"},
      {{{{"data", "x"}, {"data", "y"}}, {}}, Level::error, "give it once"},
      {{{{"data", "x"}, {"cors-origins", "*"}, {"cors-origins", "*"}}, {}}, Level::error, "commas"},
      {{{{"data", "x"}, {"webhooks-http", "yes"}}, {}}, Level::error, ""},
      {{{{"data", "x"}}, {{"SAMRAD_LISTEN_PORTS", "1"}}},
       Level::error,
       "did you mean `SAMRAD_LISTEN_PORT`?"},
      {{{{"data", "x"}}, {{"SAMRAD_SERVICE_HOST_OF_THE_CLUSTER", "1"}}}, Level::warning, ""},
      {{{{"data", "x"}}, {{"SAMRAD_THREADS", "1 "}}}, Level::error, ""},
  };
  for (const auto& row : table) {
    const auto loaded = load(row.sources);
    const auto faults = loaded ? loaded->warnings : loaded.error();
    ASSERT_EQ(faults.size(), 1) << text_of(faults);
    EXPECT_EQ(faults[0].level, row.level) << text_of(faults);
    EXPECT_EQ(loaded.has_value(), row.level == Level::warning);
    EXPECT_THAT(faults[0].help, HasSubstr(row.help));
  }
  EXPECT_TRUE(
      load({{{"data", "x"}}, {{"SAMRAD_NOW", "x"}, {"SAMRAD_PRESET", "x"}}})->warnings.empty());
}

TEST_F(Load, issuers_and_what_is_wrong_with_them) {
  write("samrad.toml", R"(
[[oidc]]
issuer = "https://login.example.org"
audiences = ["samrad"]
agreements = ["n-*"]
groups_claim = "groups"
[oidc.groups]
"drift" = ["administer"]
"läsare" = ["read", "audit"]
[[oidc]]
issuer = "https://other.example.org/"
audiences = ["a", "b"]
jwks_url = "https://other.example.org/keys"
)");
  const auto loaded = load({{{"data", folder_.string()}}, {}});
  ASSERT_TRUE(loaded) << text_of(loaded.error());
  const auto& issuers = loaded->configuration.issuers;
  ASSERT_EQ(issuers.size(), 2);
  EXPECT_TRUE(issuers[0].agreements.cover("n-1"));
  EXPECT_EQ(issuers[0].groups.at("drift"), access::Rights{access::Right::administer});
  EXPECT_EQ(issuers[0].groups.at("läsare"),
            (access::Rights{access::Right::read, access::Right::audit}));
  EXPECT_EQ(issuers[0].rights_claim, "samrad_rights");
  EXPECT_EQ(issuers[1].jwks_url, "https://other.example.org/keys");
  EXPECT_TRUE(issuers[1].agreements.empty());

  const std::string good = "[[oidc]]\nissuer = \"https://a.example\"\naudiences = [\"s\"]\n";
  const struct {
    std::string toml;
    const char* where;
    const char* says;
  } table[] = {
      {"[[oidc]]\nissuer = \"https://a.example\"", "samrad.toml:1:1", "without `audiences`"},
      {good + good, "samrad.toml:4:1", "twice"},
      {good + "groups_claim = \"g\"", "samrad.toml:1:1", "one is missing"},
      {good + "groups = { a = [\"read\"] }", "samrad.toml:1:1", "one is missing"},
      {good + "groups_claim = \"g\"\ngroups = { a = [\"reed\"] }", "samrad.toml:5:10",
       "did you mean `read`?"},
      {good + "groups_claim = \"g\"\ngroups = { a = \"read\" }", "samrad.toml:5:10",
       "not a table with something else"},
      {good + "rights_claim = \"\"", "samrad.toml:1:1", "nobody would have a right"},
      {good + "agreements = [\"a*b\"]", "samrad.toml:4:14", "in the middle"},
      {good + "audience = [\"x\"]", "samrad.toml:4:1", "no setting `audience`"},
      {good + "ca_file = \"/none.pem\"", "samrad.toml:1:1", "cannot be read"},
      {good + "jwks_url = \"http://a.example\"", "samrad.toml:4:12", "https://"},
  };
  for (const auto& row : table) {
    const auto faults = faults_of(row.toml);
    ASSERT_EQ(faults.size(), 1) << row.toml << '\n' << text_of(faults);
    EXPECT_EQ(faults[0].where, row.where) << row.toml;
    EXPECT_THAT(faults[0].message, HasSubstr(row.says)) << row.toml;
  }
}

TEST_F(Load, a_secret_comes_from_a_file_or_a_variable_and_is_never_shown) {
  const std::string secret = "hunter2-hunter2";
  const std::string file = write("password", secret + "\n");
  const std::string toml = "[smtp]\nurl = \"smtp://mail.example.org:587\"\nuser = \"samrad\"\n"
                           "from = \"samrad@example.org\"\n";
  write("samrad.toml", toml + "password_file = \"" + file + "\"\n");
  const Sources sources{{{"data", folder_.string()}}, {}};
  auto loaded = load(sources);
  ASSERT_TRUE(loaded) << text_of(loaded.error());
  EXPECT_EQ(loaded->configuration.smtp.password.reveal(), secret);
  EXPECT_TRUE(loaded->warnings.empty());

  loaded = load({sources.flags, {{"SAMRAD_SMTP_PASSWORD", "other"}}});
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->configuration.smtp.password.reveal(), "other");
  EXPECT_THAT(text_of(loaded->warnings), HasSubstr("goes before this file"));

  fs::permissions(file, fs::perms::others_read, fs::perm_options::add);
  loaded = load(sources);
  ASSERT_TRUE(loaded);
  EXPECT_THAT(text_of(loaded->warnings), HasSubstr("everybody on this machine"));

  for (const std::string& content : {std::string(), std::string("\n"), secret + "\n" + secret,
                                     std::string(secret_bytes_max + 1, 'x')}) {
    write("password", content);
    EXPECT_FALSE(load(sources)) << content.size();
  }

  // Wherever it is put by mistake: no message shows it.
  for (const Sources& wrong :
       {Sources{{{"data", "x"}, {"smtp-password", secret}}, {}},
        Sources{{{"data", "x"}, {"smtp-url", "smtp://u:" + secret + "@mail.example.org"}}, {}},
        Sources{{{"data", "x"}, {"cors-origins", "https://u:" + secret + "@example.org"}}, {}},
        Sources{{{"data", "x"}, {"smtp-pasword-file", secret}}, {}},
        Sources{{{"data", "x"}}, {{"SAMRAD_SMTP_PASWORD", secret}}}}) {
    const auto refused = load(wrong);
    ASSERT_FALSE(refused);
    EXPECT_THAT(text_of(refused.error()), Not(HasSubstr(secret)));
  }
  EXPECT_THAT(text_of(faults_of("smtp.password = \"" + secret + "\"")), Not(HasSubstr(secret)));
}

TEST_F(Load, the_clock_says_that_it_is_set) {
  const struct {
    const char* text;
    ClockSetting clock;
    bool warned;
  } table[] = {
      {"2026-12-01T08:00:00+01:00", {1'796'108'400LL * 1'000'000, 0}, true},
      {"+90m", {0, 5'400LL * 1'000'000}, true},
      {"-12h", {0, -43'200LL * 1'000'000}, true},
      {"+5s", {0, 5'000'000}, true},
      {"+0s", {0, 0}, false},
  };
  for (const auto& row : table) {
    const auto loaded = load({{{"data", "x"}, {"clock", row.text}}, {}});
    ASSERT_TRUE(loaded) << text_of(loaded.error());
    EXPECT_EQ(loaded->configuration.clock, row.clock) << row.text;
    EXPECT_EQ(!loaded->warnings.empty(), row.warned) << row.text;
  }
  for (const char* text :
       {"3d", "+d", "+3", "+3w", "++3d", "+-3d", "+3.5d", "+99999d", "2026-12-01"})
    EXPECT_FALSE(load({{{"data", "x"}, {"clock", text}}, {}})) << text;
}

TEST_F(Load, a_file_of_rubbish_does_not_fill_the_screen) {
  std::string toml;
  for (int i = 0; i < 5'000; ++i)
    toml += "x" + std::to_string(i) + " = 1\n";
  const auto faults = faults_of(toml);
  EXPECT_LE(faults.size(), 201);
  EXPECT_THAT(faults.back().message, HasSubstr("4800 more"));
  EXPECT_THAT(text_of(faults_of(std::string(file_bytes_max + 1, '#'))), HasSubstr("more than"));
}

}  // namespace
}  // namespace samrad::config
