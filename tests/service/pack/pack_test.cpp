// Aim: what was packed comes out again byte for byte; rows read from a log are those of its lines; and no damaged or made-up log does
// more harm than a sentence.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/compile.h"
#include "service/pack/lines.h"
#include "service/pack/values.h"
#include "service/pack/writer.h"
#include "tests/service/fleet_memory.h"
#include "tests/service/record/both_ways.h"

namespace samrad::tests {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

struct Packed {
  std::string log;
  std::uint64_t kept = 0;  // lines without a shape
};

// Handed to the writer a few bytes at a time.
Packed packed(const std::string& text, std::size_t most = 1000) {
  Packed out;
  pack::Writer writer([&](std::string_view bytes) { out.log += bytes; });
  EXPECT_EQ(pack::add_all(std::make_unique<tests::MemoryInput>(text, most), false, true, writer), "");
  writer.finish();
  out.kept = writer.as_they_are();
  EXPECT_EQ(writer.bytes(), text.size());
  EXPECT_EQ(pack::unpacked_bytes(out.log), text.size());
  return out;
}

std::string content(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string event(std::string_view id, std::string_view rest,
                  std::string_view time = "2017-05-10") {
  return R"({"specversion": "1.0", "id": ")" + std::string(id) +
         R"(", "source": "s", "type": "call", "time": ")" + std::string(time) + "\"" +
         std::string(rest) + "}";
}

TEST(Pack, numbers_in_texts) {
  std::int64_t n = 0;
  std::string_view behind;
  std::string text;
  for (const std::string_view date : {"0001-01-01", "1969-12-31", "2016-02-29", "9999-12-31"}) {
    ASSERT_TRUE(pack::read_date(date, n));
    text.clear();
    pack::write_date(n, text);
    EXPECT_EQ(text, date);
  }
  for (const std::string_view date : {"2017-02-29", "0000-01-01", "2017-1-01", "2017-01-01 ", ""})
    EXPECT_FALSE(pack::read_date(date, n)) << date;
  for (const std::string_view clock :
       {"0001-01-01T00:00:00", "1969-12-31T23:59:59", "9999-12-31T23:59:59"}) {
    const std::string whole = std::string(clock) + "+02:00";
    ASSERT_TRUE(pack::read_clock(whole, n, behind));
    EXPECT_EQ(behind, "+02:00");
    text.clear();
    pack::write_clock(n, text);
    EXPECT_EQ(text, clock);
  }
  for (const std::string_view clock :
       {"2017-01-01t00:00:00Z", "2017-01-01T24:00:00Z", "2017-01-01T00:60:00Z",
        "2016-12-31T23:59:60Z", "2017-01-01T0:00:00"})
    EXPECT_FALSE(pack::read_clock(clock, n, behind)) << clock;
  for (const std::string_view integer : {"0", "-1", "99999999999999999", "-99999999999999999"}) {
    ASSERT_TRUE(pack::read_integer(integer, n));
    text.clear();
    pack::write_integer(n, text);
    EXPECT_EQ(text, integer);
  }
  for (const std::string_view integer :
       {"-0", "00", "01", "+1", "1.0", "", "-", "100000000000000000", "1 "})
    EXPECT_FALSE(pack::read_integer(integer, n)) << integer;
}

// Vectors of the reference implementation, seed 0.
TEST(Pack, the_checksum_is_xxh64) {
  EXPECT_EQ(pack::check_of(""), 0xEF46DB3751D8E999ULL);
  EXPECT_EQ(pack::check_of("a"), 0xD24EC4F1A98C6E5BULL);
  EXPECT_EQ(pack::check_of("abc"), 0x44BC2CF5AD770999ULL);
  EXPECT_EQ(pack::check_of("Nobody inspects the spammish repetition"), 0xFBCEA83C8A378BF1ULL);
}

TEST(Pack, every_byte_comes_back) {
  struct {
    std::string text;
    std::uint64_t kept;
  } const table[] = {
      {"", 0},
      {event("a", "") + "\n", 0},
      {event("a", ""), 1},  // no line feed
      {event("a", "") + "\r\n" + event("b", "") + "\r\n", 0},
      {event("a", "") + "\r\n" + event("b", "") + "\n" + event("c", "") + "\r\n", 1},
      {"\n\n" + event("a", "") + "\n \n", 3},
      {"\xEF\xBB\xBF" + event("a", "") + "\n" + event("a", "") + "\n", 1},
      {"[\n" + event("a", "") + ",\n" + event("a", "") + "\n]\n", 3},
      {"{\n\"a\": 1\n}\n", 3},
      {std::string("no event\0\xFF\n", 11) + event("a", "") + "\n", 1},
      {event("a\\u0041", "") + "\n" + event("å", R"(, "data": {"text": "långt och \u00e5"})") +
           "\n",
       2},
      {event(std::string(pack::value_bytes_max + 1, 'x'), "") + "\n", 1},
      {std::string(3'000'000, 'x') + "\n" + event("a", "") + "\n", 1},
      {event(
           "a",
           R"(, "data": {"n": 1, "m": -0, "k": 1.50, "t": "2017-01-01T00:00:00Z", "d": "2017-02-29"})") +
           "\n" +
           event(
               "b",
               R"(, "data": {"n": -99999999999999999, "m": 12, "k": 2, "t": "2017-01-01T00:00:00.5+02:00", "d": "2016-02-29"})") +
           "\n",
       0},
  };
  for (const auto& [text, kept] : table)
    for (const std::size_t most : {std::size_t{7}, std::size_t{100'000'000}}) {
      if (text.size() > 1'000'000 && most == 7) continue;
      const Packed log = packed(text, most);
      EXPECT_EQ(log.kept, kept) << text.substr(0, 200);
      const pack::Unpacked again = pack::unpack(log.log);
      EXPECT_EQ(again.fault, "") << text.substr(0, 200);
      EXPECT_TRUE(again.text == text) << text.substr(0, 200);
    }
}

TEST(Pack, a_line_that_is_too_long_is_told) {
  pack::Writer writer([](std::string_view) {});
  const std::string text = "x\n" + std::string(pack::line_bytes_max + 2'000'000, 'x');
  EXPECT_EQ(pack::add_all(std::make_unique<tests::MemoryInput>(text, 1'000'000), false, true, writer),
            "line 2 is longer than 16777216 bytes");
}

TEST(Pack, several_inputs_become_one) {
  std::string log;
  pack::Writer writer([&](std::string_view bytes) { log += bytes; });
  const std::string first = event("a", "") + "\n" + event("b", "");
  EXPECT_EQ(pack::add_all(std::make_unique<tests::MemoryInput>(first, 10), true, false, writer), "");
  EXPECT_EQ(pack::add_all(std::make_unique<tests::MemoryInput>(packed(first).log, 10), false, false, writer),
            "");
  EXPECT_EQ(pack::add_all(std::make_unique<tests::MemoryInput>("\n [1]", 10), false, false, writer),
            "it is a list, which is packed alone or not at all");
  writer.finish();
  EXPECT_EQ(pack::unpack(log).text, first + "\n" + first);
}

// Many blocks: dictionaries that grow, columns that change their ways, fields with ever new values.
std::string long_history(unsigned lines) {
  std::mt19937 chance(7);
  std::string text;
  for (unsigned i = 0; i < lines; ++i) {
    const std::string agreement =
        R"(, "agreement": "a)" + std::to_string(chance() % (1 + i / 3)) + "\"";
    const std::string note = i < lines / 2 ? "kort" : std::to_string(chance());
    switch (chance() % 4) {
    case 0: text += event(std::to_string(i), agreement); break;
    case 1:
      text += event("x-" + std::to_string(i), agreement + R"(, "data": {"note": ")" + note + "\"}",
                    "2017-05-10T12:00:00Z");
      break;
    case 2:
      text += event("x-" + std::to_string(i), R"(, "data": {"note": ")" + note + R"(", "n": )" +
                                                  std::to_string(chance()) + "}");
      break;
    default:
      text += i % 100 == 3 ? "not an event"
                           : event("y", agreement + R"(, "recordedtime": "2017-06-01")",
                                   i % 7 == 0 ? "?" : "2017-05-11");
      break;
    }
    text += '\n';
  }
  return text;
}

TEST(Pack, many_blocks) {
  const std::string text = long_history(20000);
  const Packed log = packed(text, 1U << 20U);
  const pack::Unpacked again = pack::unpack(log.log);
  EXPECT_EQ(again.fault, "");
  EXPECT_TRUE(again.text == text);
  EXPECT_LT(log.log.size() * 4, text.size());
}

constexpr std::string_view rule_text = R"(agreement words
  term 2016-06-01 to 2018-05-31
party town
role chief of town
role head of town
forum council
kind place
  members appear in events
event call
  note text optional
  n number optional
event meeting of forum, place
  chair role optional
  attendees roles optional
  cost money optional
  last_day date optional
  public yes/no optional
  note text optional
clause often
  meeting of council must happen at least twice every half-year
)";

const program::Program& words() {
  static const program::Program program = [] {
    const rules::Source source{"words.samrad", rule_text};
    rules::Compiled result = rules::compile({&source, 1});
    EXPECT_TRUE(result.program);
    return result.program ? *std::move(result.program) : program::Program();
  }();
  return program;
}

std::string meetings(bool too_long = true) {
  std::string text;
  const std::string_view rests[] = {
      R"(, "subject": "council")",
      R"(, "subject": "Sergels torg", "data": {"chair": "chief", "public": true, "note": "2017-05-10", "last_day": "2017-06-30"})",
      R"(, "subject": "chief", "data": {"chair": "head", "public": false, "note": "a longer note", "last_day": "2017-06-30"})",
      R"(, "subject": "council", "agreement": "norr", "data": {"chair": "council", "attendees": ["chief", "head"], "cost": "12.50 SEK"})",
      R"(, "subject": "", "agreement": "norr", "data": {"chair": "head", "attendees": ["chief", "nobody"], "cost": "12.50"})",
      R"(, "subject": "council", "agreement": "söder", "recordedtime": "2017-10-29T02:30:00+01:00")",
      R"(, "subject": "council", "recordedtime": "2017-10-29", "data": {"n": 5})",
  };
  for (unsigned i = 0; i < 70; ++i) {
    std::string line = event("m-" + std::to_string(i), rests[i % std::size(rests)],
                             i % 5 == 0    ? "2017-10-29T02:30:00+02:00"
                             : i % 11 == 0 ? "2017-02-29"
                                           : "2017-05-1" + std::to_string(i % 10));
    line.replace(line.find("call"), 4, i % 7 == 6 && i % 2 == 0 ? "call" : "meeting");
    // Names that are empty or too long, in columns of both ways.
    if (i == 40) line.replace(line.find(R"("s")"), 3, R"("")");
    if (i == 50) line.replace(line.find("m-50"), 4, "");
    if (i == 60 && too_long) line.replace(line.find("m-60"), 4, std::string(1025, 'x'));
    text += line + "\n";
  }
  return text;
}

TEST(Pack, rows_are_those_of_the_lines) {
  const Words of(words());
  for (const std::string& text : {meetings(), meetings(false), long_history(3000)}) {
    BothWays both(of.vocabulary);
    std::string fault;
    EXPECT_EQ(both.packed_difference(packed(text).log, fault), "");
    EXPECT_EQ(fault, "");
    EXPECT_GT(both.accepted(), 30u);
  }
}

TEST(Pack, rows_of_the_examples) {
  std::size_t accepted = 0;
  for (const std::string_view name :
       {"housing-association/bylaws.samrad", "personal-data/agreement.samrad",
        "service/agreement.samrad", "rules-of-procedure/rules.samrad"}) {
    const fs::path rules = fs::path(SAMRAD_SOURCE_DIR) / "examples" / name;
    const std::string text = content(rules);
    const rules::Source source{"rules.samrad", text};
    const rules::Compiled result = rules::compile({&source, 1});
    ASSERT_TRUE(result.program) << name;
    const Words of(*result.program);
    BothWays both(of.vocabulary);
    std::string fault;
    const std::string history = content(rules.parent_path() / "events.ndjson");
    const Packed log = packed(history);
    EXPECT_TRUE(pack::unpack(log.log).text == history) << name;
    EXPECT_EQ(both.packed_difference(log.log, fault), "") << name;
    EXPECT_EQ(fault, "") << name;
    accepted += both.accepted();
  }
  EXPECT_GT(accepted, 50u);
}

TEST(Pack, a_log_cut_off_anywhere) {
  const std::string text = meetings();
  const std::string log = packed(text).log;
  for (std::size_t size = pack::magic.size() + 4; size < log.size(); ++size) {
    const pack::Unpacked part = pack::unpack(std::string_view(log).substr(0, size));
    EXPECT_THAT(part.fault, HasSubstr("block")) << size;
    EXPECT_TRUE(text.starts_with(part.text)) << size;
  }
  EXPECT_EQ(pack::unpack(log + "x").fault,
            "block 2 of the log ends it, but something stands behind");
}

TEST(Pack, every_changed_byte_is_found) {
  const std::string text = meetings();
  std::string log = packed(text).log;
  for (std::size_t at = pack::magic.size(); at < log.size(); ++at)
    for (const int change : {1, 128}) {
      log[at] = static_cast<char>(log[at] ^ change);
      EXPECT_NE(pack::unpack(log).fault, "") << at;
      log[at] = static_cast<char>(log[at] ^ change);
    }
  EXPECT_EQ(pack::unpack(log).fault, "");
  log[pack::magic.size()] = 2;
  EXPECT_THAT(pack::unpack(log).fault, HasSubstr("version 2"));
}

// A number that stands half in the shape and half in a slot: each alone looks right.
TEST(Pack, a_shape_is_that_of_its_lines) {
  for (const std::string_view literal : {R"({"n":)", R"({"n":1)"}) {
    std::string content;
    pack::Writing out(content);
    for (const int n : {0, 1, 1, 1, 1})
      out.byte(
          static_cast<std::uint8_t>(n));  // flags; one stream, of numbers; one shape with one slot
    out.text(literal);
    out.text("}");
    for (const int n : {1, 0, 1, 1, 1, 1, 4})
      out.byte(static_cast<std::uint8_t>(
          n));  // its stream; no dictionary; one line, of shape 1; one column, of stream 1, integers
    out.text(std::string_view("\5\0\0\0\0\0\0\0\0", 9));
    std::string log(pack::magic);
    pack::Writing whole(log);
    whole.plain(pack::version);
    whole.plain(
        pack::BlockHead{static_cast<std::uint32_t>(content.size()), 1, pack::check_of(content)});
    const pack::Unpacked lines = pack::unpack(log + content);
    EXPECT_EQ(lines.text, literal.back() == '1' ? "" : "{\"n\":5}\n");
    EXPECT_THAT(lines.fault, HasSubstr(literal.back() == '1' ? "block 1 of the log is damaged"
                                                             : "block 2 of the log is missing"));
  }
}

// Changed by somebody who knows the checksum: then the log says something else, but still only what its lines say.
TEST(Pack, a_made_up_log_says_what_its_lines_say) {
  const Words of(words());
  const std::string log = packed(meetings()).log;
  const std::size_t content = pack::magic.size() + 4 + sizeof(pack::BlockHead);
  pack::BlockHead head;
  std::memcpy(&head, log.data() + content - sizeof head, sizeof head);
  std::mt19937 chance(11);
  std::size_t read = 0;
  for (int round = 0; round < 4000; ++round) {
    std::string changed = log;
    for (unsigned changes = static_cast<unsigned>(1 + chance() % 3); changes-- > 0;)
      changed[content + chance() % head.bytes] = static_cast<char>(
          chance() % 2 == 0 ? chance() : changed[content + chance() % head.bytes]);
    head.check = pack::check_of(std::string_view(changed).substr(content, head.bytes));
    std::memcpy(changed.data() + content - sizeof head, &head, sizeof head);
    BothWays both(of.vocabulary);
    std::string fault;
    ASSERT_EQ(both.packed_difference(changed, fault), "") << round;
    read += fault.empty() ? 1 : 0;
    (void)pack::unpack(changed);
  }
  EXPECT_GT(read, 300u);
}

}  // namespace
}  // namespace samrad::tests
