// Aim: whatever the quick way accepts, the ordinary way accepts too and says the same of it, word for word; and of ordinary lines the quick way
// accepts nearly all.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include <gtest/gtest.h>

#include "rules/compile.h"
#include "rules/program/bind.h"
#include "service/fleet/instances.h"
#include "service/record/split.h"
#include "tests/service/record/both_ways.h"

namespace samrad::tests {
namespace {

namespace fs = std::filesystem;

constexpr unsigned mutations = 40;  // of each line

std::string content(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

constexpr std::string_view rule_text = R"(agreement words
  term 2016-06-01 to 2018-05-31
party town
role chief of town
role head of town
role superintendent of town
forum council
forum neighbourhood_council
kind place
  members appear in events
event meeting of forum, place
  chair role optional
  attendees roles optional
  agenda texts optional
  cost money optional
  share number optional
  last_day date optional
  length duration optional
  public yes/no optional
  note text optional
event walk of place
  steps number
  leader role
  back date
  wet yes/no
event call
event extension
clause often
  meeting of council must happen at least twice every half-year
)";

program::Program compiled(std::string_view text) {
  const rules::Source source{"words.samrad", text};
  rules::Compiled result = rules::compile({&source, 1});
  EXPECT_TRUE(result.program) << (result.diagnostics.empty() ? ""
                                                             : result.diagnostics.front().message);
  return result.program ? *std::move(result.program) : program::Program();
}

std::string line(std::string_view type, std::string_view rest,
                 std::string_view time = "2017-05-10") {
  return R"({"specversion": "1.0", "id": "e-1", "source": "urn:example", "type": ")" +
         std::string(type) + R"(", "time": ")" + std::string(time) + "\"" +
         (rest.empty() ? "" : ", ") + std::string(rest) + "}";
}

const std::vector<std::string>& lines() {
  static const std::vector<std::string> all = {
      line("meeting", R"("subject": "council")"),
      line("meeting",
           R"("subject": "neighbourhood_council", "recordedtime": "2017-05-12T08:00:00.5Z")",
           "2017-05-10T23:30:00+02:00"),
      line(
          "meeting",
          R"("subject": "Sergels torg", "agreement": "norr", "data": {"chair": "chief", "public": true, "note": "kort"})"),
      line(
          "meeting",
          R"("subject": "council", "data": {"attendees": ["chief", "superintendent"], "agenda": ["a", "våld"], "cost": "12.50 SEK"})"),
      line(
          "meeting",
          R"("subject": "council", "data": {"cost": {"amount": 12.5, "currency": "SEK"}, "share": 0.25, "note": ""})"),
      line(
          "meeting",
          R"("subject": "council", "data": {"attendees": "chief", "last_day": "2017-06-30", "length": "30 days", "chair": null})"),
      line(
          "meeting",
          R"("subject": "council", "data": {"share": 12, "agenda": [], "last_day": "2017-06-30"}, "datacontenttype": "application/json")"),
      line(
          "walk",
          R"("subject": "a very long name of a place", "data": {"steps": -12, "leader": "superintendent", "back": "2017-05-11", "wet": false})"),
      line(
          "walk",
          R"("subject": "torg", "recordedtime": "2017-05-12", "data": {"wet": true, "back": "2016-02-29", "leader": "head", "steps": 9007199254740992})"),
      line("call", ""),
      line("call", R"("agreement": "norr", "other": {"a": [1, "x", false]}, "dataschema": "s")"),
      line("call", R"("data": null, "subject": null)", "2017-10-29T02:30:00+02:00"),
      line("withdrawal", R"("data": {"withdraws": "e-2", "reason": "wrong"})"),
  };
  return all;
}

TEST(Quick, every_kind_of_line_and_what_is_near_it) {
  const program::Program program = compiled(rule_text);
  const Words words(program);
  BothWays both(words.vocabulary);
  std::set<std::string> quick;
  for (const std::string& one : lines()) {
    EXPECT_TRUE(both.teach(one)) << one;
    const std::size_t before = both.accepted();
    EXPECT_EQ(both.difference(one), "") << one;
    if (both.accepted() > before) quick.insert(one);
  }
  // A duration and events on the record are for the ordinary way alone.
  for (const std::string& one : lines())
    EXPECT_EQ(quick.contains(one),
              one.find("length") == std::string::npos && one.find("withdr") == std::string::npos)
        << one;
  const std::size_t whole = both.accepted();
  for (unsigned i = 0; i < 4000; ++i)
    for (const std::string& one : lines()) {
      const std::string changed = mutated(one, i);
      ASSERT_EQ(both.difference(changed), "") << i << ": " << changed;
    }
  EXPECT_GT(both.accepted(), whole + 1000);  // of those changed, many are right
}

TEST(Quick, every_byte_in_every_place) {
  const program::Program program = compiled(rule_text);
  const Words words(program);
  BothWays both(words.vocabulary);
  for (const std::string& one : lines())
    both.teach(one);
  for (const std::string& one : lines())
    for (std::size_t at = 0; at < one.size(); ++at)
      for (const char c : {'"', '\\', '\0', '\n', '\r', ' ', '/', '0', '9', ':', 'e', '.', '-', 'Z',
                           '\x7F', '\x80', '\xC3'}) {
        std::string changed = one;
        changed[at] = c;
        ASSERT_EQ(both.difference(changed), "") << changed;
        changed = one;
        changed.insert(at, 1, c);
        ASSERT_EQ(both.difference(changed), "") << changed;
      }
}

TEST(Quick, values_at_their_borders) {
  const program::Program program = compiled(rule_text);
  const Words words(program);
  BothWays both(words.vocabulary);
  const auto walk = [](std::string_view steps, std::string_view place, std::string_view until) {
    return line("walk", R"("subject": ")" + std::string(place) + R"(", "data": {"steps": )" +
                            std::string(steps) + R"(, "leader": "head", "back": ")" +
                            std::string(until) + R"(", "wet": true})");
  };
  ASSERT_TRUE(both.teach(walk("1", "torg", "2017-01-01")));
  const std::string longest(1024, 'x');
  struct {
    std::string text;
    bool quick;
  } const table[] = {
      {walk("9007199254740992", "torg", "2017-01-01"), true},
      {walk("9007199254740993", "torg", "2017-01-01"), false},
      {walk("-9007199254740992", "torg", "2017-01-01"), true},
      {walk("-0", "torg", "2017-01-01"), true},
      {walk("1.0", "torg", "2017-01-01"), false},
      {walk("1", "1234567", "2017-01-01"), true},
      {walk("1", "12345678", "2017-01-01"), true},
      {walk("1", longest, "2017-01-01"), true},
      {walk("1", longest + "x", "2017-01-01"), false},
      {walk("1", "", "2017-01-01"), false},
      {walk("1", "council", "2017-01-01"), true},
      {walk("1", "torg", "2017-02-29"), false},
      {walk("1", "torg", "0001-01-01"), true},
      {walk("1", "torg", "0000-12-31"), false},
      {walk("1", "torg", "9999-12-31"), true},
      {walk("1", "torg", "2017-01-01T00:00:00Z"), false},
      {walk("1", "\xE2\x80\xAE", "2017-01-01"), true},
  };
  for (const auto& [text, quick] : table) {
    const std::size_t before = both.with_values();
    EXPECT_EQ(both.difference(text), "") << text;
    EXPECT_EQ(both.with_values() > before, quick) << text;
  }
}

// Each is an event as far as read_record looks, so that its shape is learnt.
TEST(Quick, what_the_agreement_does_not_know) {
  const program::Program program = compiled(rule_text);
  const Words words(program);
  BothWays both(words.vocabulary);
  for (
      const std::string& one : {
          line("walk", R"("subject": "torg", "data": {"steps": 1, "leader": "head", "wet": true})"),
          line(
              "walk",
              R"("subject": "torg", "data": {"steps": 1, "leader": "head", "back": null, "wet": true})"),
          line("walk", R"("subject": "torg")"),
          line("walk",
               R"("data": {"steps": 1, "leader": "head", "back": "2017-01-01", "wet": true})"),
          line("call", R"("subject": "torg")"),
          line("call", R"("data": {"steps": 1})"),
          line("stroll", ""),
          line("meeting", R"("subject": "council", "data": {"chair": "council"})"),
          line("meeting", R"("subject": "council", "data": {"chair": ["chief"]})"),
          line("meeting", R"("subject": "council", "data": {"attendees": [["chief"]]})"),
          line("meeting", R"("subject": "council", "data": {"attendees": [null]})"),
          line("meeting", R"("subject": "council", "data": {"public": "yes"})"),
          line("meeting", R"("subject": "council", "data": {"share": "1"})"),
          line("meeting", R"("subject": "council", "data": {"cost": 5})"),
          line(
              "meeting",
              R"("subject": "council", "data": {"cost": {"amount": 5, "currency": "SEK", "more": 1}})"),
          line("meeting", R"("subject": "council", "data": {"last_day": 5})"),
          line("meeting", R"("subject": "council", "data": {"note": 5})"),
      }) {
    EXPECT_FALSE(both.teach(one)) << one;
    EXPECT_EQ(both.difference(one), "") << one;
  }
  EXPECT_EQ(both.accepted(), 0u);
}

TEST(Quick, an_attribute_that_looks_misspelt_is_for_the_ordinary_way) {
  const program::Program program = compiled(rule_text);
  const Words words(program);
  BothWays both(words.vocabulary);
  const std::string one = line("call", R"("subjekt": "x")");
  both.teach(one);
  EXPECT_EQ(both.difference(one), "");
  EXPECT_EQ(both.accepted(), 0u);
}

// Each shipped example: its rules, and every event file beside them.
TEST(Quick, the_examples) {
  std::size_t all = 0;
  std::size_t accepted = 0;
  for (const auto& folder : fs::directory_iterator(fs::path(SAMRAD_SOURCE_DIR) / "examples")) {
    std::vector<fs::path> events;
    std::vector<fs::path> rules;
    if (folder.is_directory())
      for (const auto& file : fs::directory_iterator(folder))
        (file.path().extension() == ".ndjson" ? events : rules).push_back(file.path());
    for (const fs::path& file : rules) {
      if (file.extension() != ".samrad") continue;
      std::vector<std::string> texts = {content(file)};
      for (std::size_t at = 0; (at = texts[0].find("\nuse \"", at)) != std::string::npos;) {
        at += 6;
        texts.push_back(
            content(file.parent_path() / texts[0].substr(at, texts[0].find('"', at) - at)));
      }
      std::vector<rules::Source> sources;
      for (const std::string& text : texts)
        sources.push_back({file.filename().string(), text});
      const rules::Compiled result = rules::compile(sources);
      if (!result.program) continue;
      const Words words(*result.program);
      BothWays both(words.vocabulary);
      for (const fs::path& history : events) {
        const std::string text = content(history);
        const record::Pieces pieces = record::split(text);
        for (const record::Piece& piece : pieces.list)
          both.teach(piece.text);
        for (const record::Piece& piece : pieces.list) {
          const std::size_t before = both.accepted();
          ASSERT_EQ(both.difference(piece.text), "") << piece.text;
          const bool mutates = both.accepted() > before;
          all += mutates ? 1 : 0;
          for (unsigned i = 0; mutates && i < mutations; ++i) {
            const std::string changed = mutated(piece.text, i);
            ASSERT_EQ(both.difference(changed), "") << changed;
          }
        }
      }
      accepted += both.accepted();
    }
  }
  EXPECT_GT(all, 500u);
  EXPECT_GT(accepted, 2 * all);
}

TEST(Quick, names_of_an_agreements_own) {
  const std::string text = content(fs::path(SAMRAD_SOURCE_DIR) / "examples/fleet/template.samrad");
  const program::Program program = compiled(text);
  const auto zone = record::Zone::open(program.text(program.timezone));
  fleet::Roster roster(program, *zone);
  record::Faults faults;
  std::ifstream table(fs::path(SAMRAD_SOURCE_DIR) / "examples/fleet/instances.csv");
  struct File final : fleet::Input {
    explicit File(std::istream& in) : stream(in) {}
    std::size_t read(char* room, std::size_t bytes) override {
      stream.read(room, static_cast<std::streamsize>(bytes));
      return static_cast<std::size_t>(stream.gcount());
    }
    std::istream& stream;
  } input(table);
  fleet::read_instances(input, "instances.csv", roster, faults);
  ASSERT_FALSE(faults.any_error()) << record::text_of(faults);
  const std::string events = content(fs::path(SAMRAD_SOURCE_DIR) / "examples/fleet/events.ndjson");
  const record::Pieces pieces = record::split(events);
  std::size_t accepted = 0;
  for (const fleet::Agreement& agreement : roster.agreements()) {
    const fleet::Variant& variant = *roster.variants()[agreement.variant];
    std::vector<record::Alias> aliases;
    fleet::aliases_of(agreement, variant, aliases);
    BothWays both(variant.vocabulary, aliases);
    for (const record::Piece& piece : pieces.list)
      both.teach(piece.text);
    for (const record::Piece& piece : pieces.list) {
      ASSERT_EQ(both.difference(piece.text), "") << piece.text;
      for (unsigned i = 0; i < mutations / 4; ++i)
        ASSERT_EQ(both.difference(mutated(piece.text, i)), "") << mutated(piece.text, i);
    }
    accepted += both.accepted();
    // The template's names mean nothing in an agreement that has its own.
    const std::size_t before = both.accepted();
    for (const record::Alias& alias : aliases)
      for (const record::Piece& piece : pieces.list) {
        std::string other(piece.text);
        const std::string own = '"' + std::string(alias.name) + '"';
        if (const std::size_t at = other.find(own); at != std::string::npos) {
          other.replace(at, own.size(),
                        '"' + std::string(variant.program.text(alias.member)) + '"');
          EXPECT_EQ(both.difference(other), "") << other;
        }
      }
    EXPECT_EQ(both.accepted(), before);
  }
  EXPECT_GT(accepted, pieces.list.size() / 2);
}

}  // namespace
}  // namespace samrad::tests
