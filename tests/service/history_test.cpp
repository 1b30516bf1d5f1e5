// Aim: the two times. What is known at a moment follows from what was recorded by then, whatever the order of the lines.

#include <gtest/gtest.h>

#include <algorithm>

#include "service/record/history.h"
#include "tests/service/sample.h"

namespace samrad::record {
namespace {

std::string line(std::string_view id, std::string_view type, std::string_view time,
                 std::string_view recorded, std::string_view rest) {
  std::string text = R"({"specversion":"1.0","source":"d","id":")" + std::string(id) +
                     R"(","type":")" + std::string(type) + R"(","time":")" + std::string(time) +
                     "\"";
  if (!recorded.empty()) text += R"(,"recordedtime":")" + std::string(recorded) + "\"";
  if (!rest.empty()) text += "," + std::string(rest);
  return text + "}\n";
}

std::string meeting(std::string_view id, std::string_view time, std::string_view recorded = "",
                    std::string_view chair = "kommunpolis") {
  return line(id, "meeting", time, recorded,
              R"("subject":"chefsamrad","data":{"chair":")" + std::string(chair) + "\"}");
}
std::string correction(std::string_view id, std::string_view recorded, std::string_view fields) {
  return line(id, "correction", recorded, recorded, "\"data\":{" + std::string(fields) + "}");
}

class HistoryTest : public testing::Test {
 protected:
  History history(std::string_view text) {
    Records records;
    records.read(text, "e");
    return History(sample.program, std::move(records));
  }
  // `m-1 2017-05-10 kommunpolis; …` as known at the end of a day.
  static std::string known(const History& history, std::string_view at) {
    const Known known = history.known_at(parse_asked(at, history.zone())->instant());
    std::string text = text_of(known.faults);
    for (const auto& event : known.events) {
      text += std::string(text.empty() ? "" : "; ") +
              std::string(history.symbols().text(event.id)) + ' ' + calendar::iso(event.day);
      if (!event.fields.empty() && event.fields[0].kind != program::ValueKind::absent)
        text += ' ' + std::string(history.symbols().text(event.fields[0].symbol));
    }
    return text;
  }
  tests::Sample sample;
};

TEST_F(HistoryTest, what_was_recorded_later_is_not_yet_known) {
  const auto h = history(meeting("m-1", "2017-05-10", "2017-06-20") + meeting("m-2", "2017-05-12"));
  EXPECT_EQ(text_of(h.faults()), "");
  EXPECT_EQ(known(h, "2017-05-11"), "");
  EXPECT_EQ(known(h, "2017-05-12"), "m-2 2017-05-12 kommunpolis");
  EXPECT_EQ(known(h, "2017-06-20"), "m-1 2017-05-10 kommunpolis; m-2 2017-05-12 kommunpolis");
  EXPECT_EQ(known(h, "2017-06-20T12:00:00+02:00"),
            "m-2 2017-05-12 kommunpolis");  // a day counts when it is over
}

TEST_F(HistoryTest, corrections_and_withdrawals) {
  const std::string m = meeting("m-1", "2017-05-10");
  const struct {
    std::string what;
    std::string text;
    std::string at;
    std::string expected;
  } table[] = {
      {"one field anew",
       m + correction("c-1", "2017-06-01", R"("corrects":"m-1","chair":"lokalpolischef")"),
       "2017-06-01", "m-1 2017-05-10 lokalpolischef"},
      {"not yet known",
       m + correction("c-1", "2017-06-01", R"("corrects":"m-1","chair":"lokalpolischef")"),
       "2017-05-31", "m-1 2017-05-10 kommunpolis"},
      {"by identity",
       m + correction("c-1", "2017-06-01", R"("corrects":"d#m-1","time":"2017-05-11")"),
       "2017-06-01", "m-1 2017-05-11 kommunpolis"},
      {"all fields anew",
       m + correction("c-1", "2017-06-01", R"("corrects":"m-1","data":{"agenda":["x"]})"),
       "2017-06-01", "m-1 2017-05-10"},
      {"they add up",
       m + correction("c-1", "2017-06-01", R"("corrects":"m-1","chair":"lokalpolischef")") +
           correction("c-2", "2017-06-02", R"("corrects":"m-1","time":"2017-05-12")"),
       "2017-06-02", "m-1 2017-05-12 lokalpolischef"},
      {"the last recorded wins",
       m + correction("c-1", "2017-06-03", R"("corrects":"m-1","chair":"lokalpolischef")") +
           correction("c-2", "2017-06-02", R"("corrects":"m-1","chair":"stadsdelsdirektor")"),
       "2017-06-03", "m-1 2017-05-10 lokalpolischef"},
      {"ties by identity",
       m + correction("c-1", "2017-06-03", R"("corrects":"m-1","chair":"lokalpolischef")") +
           correction("c-2", "2017-06-03", R"("corrects":"m-1","chair":"stadsdelsdirektor")"),
       "2017-06-03", "m-1 2017-05-10 stadsdelsdirektor"},
      {"another type",
       m + correction("c-1", "2017-06-01",
                      R"("corrects":"m-1","type":"update","subject":"lagesbild","data":{})"),
       "2017-06-01", "m-1 2017-05-10"},
      {"withdrawn",
       m + line("w-1", "withdrawal", "2017-06-01", "",
                R"("data":{"withdraws":"m-1","reason":"fel"})"),
       "2017-06-01", ""},
      {"a withdrawal withdrawn",
       m + line("w-1", "withdrawal", "2017-06-01", "", R"("data":{"withdraws":"m-1"})") +
           line("w-2", "withdrawal", "2017-06-02", "", R"("data":{"withdraws":"w-1"})"),
       "2017-06-02", "m-1 2017-05-10 kommunpolis"},
      {"a correction withdrawn",
       m + correction("c-1", "2017-06-01", R"("corrects":"m-1","chair":"lokalpolischef")") +
           line("w-1", "withdrawal", "2017-06-02", "", R"("data":{"withdraws":"c-1"})"),
       "2017-06-02", "m-1 2017-05-10 kommunpolis"},
      {"a correction corrected",
       m +
           correction("c-1", "2017-06-01",
                      R"("corrects":"m-1","chair":"lokalpolischef","time":"2017-05-11")") +
           correction("c-2", "2017-06-02", R"("corrects":"c-1","time":"2017-05-12")"),
       "2017-06-02", "m-1 2017-05-12 lokalpolischef"},
      {"a wrong event mended",
       meeting("m-1", "2017-05-10", "", "nobody_here") +
           correction("c-1", "2017-06-01", R"("corrects":"m-1","chair":"kommunpolis")"),
       "2017-06-01", "m-1 2017-05-10 kommunpolis"},
      {"a correction that is wrong",
       m + correction("c-1", "2017-06-01", R"("corrects":"m-1","chair":"lokalpolischeff")"),
       "2017-06-01",
       "e:2: error: event `m-1`, `data.chair`: no role `lokalpolischeff`\n  help: did you mean "
       "`lokalpolischef`?\n"},
  };
  for (const auto& row : table) {
    EXPECT_EQ(text_of(history(row.text).faults()), "") << row.what;
    EXPECT_EQ(known(history(row.text), row.at), row.expected) << row.what;
    // Backwards the lines say the same (only the line of a fault moves).
    std::vector<std::string> lines;
    for (std::size_t begin = 0, end; begin < row.text.size(); begin = end + 1) {
      end = row.text.find('\n', begin);
      lines.push_back(row.text.substr(begin, end - begin + 1));
    }
    std::string backwards;
    for (std::size_t i = lines.size(); i-- > 0;)
      backwards += lines[i];
    if (row.expected.find("error") == std::string::npos) {
      EXPECT_EQ(known(history(backwards), row.at), row.expected) << row.what;
    }
  }
}

TEST_F(HistoryTest, an_id_is_looked_for_in_ones_own_source_first) {
  const auto of = [](std::string text, const char* source) {
    return text.replace(text.find("\"d\""), 3, '"' + std::string(source) + '"');
  };
  const std::string two =
      of(meeting("m-1", "2017-05-10"), "a") + of(meeting("m-1", "2017-05-12"), "b");
  const auto moved = [&](const char* source, const char* what) {
    return two + of(correction("c-1", "2017-06-01",
                               R"("time":"2017-05-20","corrects":")" + std::string(what) + '"'),
                    source);
  };
  for (const auto& [text, expected] : {
           std::pair{moved("a", "m-1"), "m-1 2017-05-12 kommunpolis; m-1 2017-05-20 kommunpolis"},
           std::pair{moved("b", "m-1"), "m-1 2017-05-10 kommunpolis; m-1 2017-05-20 kommunpolis"},
           std::pair{moved("a", "b#m-1"), "m-1 2017-05-10 kommunpolis; m-1 2017-05-20 kommunpolis"},
       }) {
    EXPECT_EQ(text_of(history(text).faults()), "");
    EXPECT_EQ(known(history(text), "2017-06-01"), expected);
  }
  EXPECT_EQ(
      text_of(history(moved("c", "m-1")).faults()),
      "e:3: error: event `c-1`, `data.corrects`: `m-1` is the id of events of several sources\n"
      "  help: say which: `a#m-1`\n");
}

TEST_F(HistoryTest, wrong_corrections_are_told) {
  const std::string m = meeting("m-1", "2017-05-10");
  const struct {
    std::string text;
    const char* message;
  } table[] = {
      {meeting("mote-1", "2017-05-10") +
           correction("c-1", "2017-06-01", R"("corrects":"mote-2","chair":"x")"),
       "e:2: error: event `c-1`, `data.corrects`: no event `mote-2` is among those handed in\n  "
       "help: did you mean `mote-1`?\n"},
      {m + correction("c-1", "2017-06-01", R"("chair":"x")"),
       "e:2: error: event `c-1`, `data.corrects`: missing\n  help: give the `id` of what it "
       "corrects, or `source#id`\n"},
      {m + correction("c-1", "2017-06-01", R"("corrects":"m-1")"),
       "e:2: warning: event `c-1`: the correction gives no new content\n"},
      {correction("c-1", "2017-06-01", R"("corrects":"c-2","a":"x")") +
           correction("c-2", "2017-06-01", R"("corrects":"c-1","a":"x")"),
       "e:1: error: event `c-1`, `data.corrects`: corrections and withdrawals go in a circle\n"
       "e:2: error: event `c-2`, `data.corrects`: corrections and withdrawals go in a circle\n"},
      {m + correction("c-1", "2017-06-01", R"("corrects":"m-1","time":"soon")"),
       "e:2: error: event `c-1`, `data.time`: should be a date or time that exists\n  help: such "
       "as \"2017-05-10\"\n"},
      {m + line("w-1", "withdrawal", "2017-06-01", "", R"("data":{"withdraw":"m-1"})"),
       "e:2: error: event `w-1`, `data.withdraws`: missing\n  help: give the `id` of what it "
       "withdraws, or `source#id`\n"
       "e:2: error: event `w-1`, `data.withdraw`: a withdrawal has `withdraws` and `reason` only\n "
       " help: did you mean `withdraws`?\n"},
  };
  for (const auto& row : table)
    EXPECT_EQ(text_of(history(row.text).faults()), row.message);
}

TEST_F(HistoryTest, other_agreements_are_left_out) {
  const auto with = [](std::string_view id, std::string_view agreement) {
    return line(id, "meeting", "2017-05-10", "",
                R"("subject":"chefsamrad","agreement":")" + std::string(agreement) + "\"");
  };
  const auto h =
      history(with("a", "norrmalm") + meeting("b", "2017-05-10") + with("c", "sodermalm") +
              correction("k", "2017-06-01", R"("corrects":"c","nonsense":"x")"));
  EXPECT_EQ(text_of(h.faults()), "");
  EXPECT_EQ(known(h, "2018-01-01"), "a 2017-05-10; b 2017-05-10 kommunpolis");
  EXPECT_EQ(text_of(history(with("c", "sodermalm")).faults()),
            "e: warning: `agreement`: no event belongs to `norrmalm`; they are of `sodermalm`\n");
}

TEST_F(HistoryTest, revisions_name_what_came_late) {
  const auto h =
      history(meeting("m-1", "2017-05-10") + meeting("m-2", "2017-05-11", "2017-07-01") +
              meeting("m-3", "2017-05-12") + meeting("m-4", "2017-05-13") +
              correction("c-3", "2017-07-02", R"("corrects":"m-3","chair":"lokalpolischef")") +
              line("w-4", "withdrawal", "2017-07-03", "", R"("data":{"withdraws":"m-4"})"));
  const auto at = [&](const char* text) { return parse_asked(text, h.zone())->instant(); };
  std::string text;
  for (const Revision& r : h.revisions(at("2017-06-30"), at("2017-07-03")))
    text += std::to_string(static_cast<int>(r.kind)) + ' ' + r.event + ' ' + r.cause + ' ' +
            r.recorded.text(h.zone()) + '\n';
  EXPECT_EQ(text, "0 d#m-2  2017-07-01\n1 d#m-3 d#c-3 2017-07-02\n2 d#m-4 d#w-4 2017-07-03\n");
  EXPECT_TRUE(h.revisions(at("2017-07-03"), at("2018-01-01")).empty());
  EXPECT_EQ(h.last_recorded()->seconds, at("2017-07-03").seconds);
}

TEST_F(HistoryTest, a_chain_of_corrections_as_long_as_the_file) {
  std::string text = meeting("c-0", "2017-05-10");
  for (int i = 1; i < 3000; ++i)
    text +=
        correction("c-" + std::to_string(i), "2017-06-01",
                   "\"corrects\":\"c-" + std::to_string(i - 1) + R"(","chair":"lokalpolischef")");
  EXPECT_EQ(known(history(text), "2017-06-01"), "c-0 2017-05-10 lokalpolischef");
}

TEST_F(HistoryTest, damaged_files_end_in_faults) {
  const std::string whole =
      meeting("m-1", "2017-05-10T10:00:00+02:00") +
      correction("c-1", "2017-06-01", R"("corrects":"m-1","chair":"lokalpolischef")") +
      line("w-1", "withdrawal", "2017-06-02", "", R"("data":{"withdraws":"c-1","reason":"å"})");
  std::uint32_t random = 1;
  const auto next = [&](std::size_t below) {
    random = random * 1664525U + 1013904223U;
    return static_cast<std::size_t>(random >> 8U) % below;
  };
  const std::string bytes = "{}[]\",:#\\0e-+.Z\n\t\xC3\xFF ";
  for (int round = 0; round < 3000; ++round) {
    std::string text = whole;
    for (std::size_t change = next(4) + 1; change > 0; --change) {
      const std::size_t at = next(text.size());
      switch (next(3)) {
      case 0: text[at] = bytes[next(bytes.size())]; break;
      case 1: text.erase(at, next(20) + 1); break;
      default: text.insert(at, text.substr(next(text.size()), next(30)));
      }
    }
    const auto h = history(text);
    static_cast<void>(h.all());
    static_cast<void>(text_of(h.faults()));
  }
}

}  // namespace
}  // namespace samrad::record
