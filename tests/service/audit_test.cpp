// Aim: the audit of a small history, in every format word for word (golden/), the same bytes whatever the order of the lines, and the
// questions it refuses.

#include <gtest/gtest.h>

#include <algorithm>

#include "service/reports/difference.h"
#include "service/reports/render.h"
#include "tests/service/golden.h"
#include "tests/service/sample_rules.h"

namespace samrad::reports {
namespace {

std::vector<std::string> sample_lines() {
  const std::string text =
      tests::read_file(std::string(SAMRAD_SOURCE_DIR) + "/tests/service/golden/events.ndjson");
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin + 1));
    begin = end + 1;
  }
  return lines;
}

class Audit : public testing::Test {
 protected:
  Audit() : history(made(sample_lines())) {}

  record::History made(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines)
      text += line;
    record::Records records;
    records.read(text, "events.ndjson");
    return record::History(sample.program, std::move(records));
  }
  static AuditRequest request(const record::History& history, const char* as_of,
                              const char* known_at = nullptr) {
    AuditRequest request;
    request.as_of = *record::parse_asked(as_of, history.zone());
    if (known_at) request.known_at = *record::parse_asked(known_at, history.zone());
    return request;
  }
  AuditResult result(const char* as_of, const char* known_at = nullptr) {
    auto made_result = audit(history, request(history, as_of, known_at));
    EXPECT_TRUE(made_result) << text_of(made_result.error().faults) << made_result.error().message;
    // The hash changes with the form of a Program, and that is not what is tested here.
    made_result->program_hash = "sha256:" + std::string(64, '0');
    return *made_result;
  }

  tests::Sample sample = tests::sample_with_rules();
  record::History history;
};

TEST_F(Audit, every_format_is_as_agreed) {
  EXPECT_EQ(text_of(history.faults()), "");
  const AuditResult r = result("2017-07-01");
  EXPECT_TRUE(tests::matches_golden("audit.json", audit_json(r)));
  EXPECT_TRUE(tests::matches_golden("audit.ndjson", audit_ndjson(r)));
  EXPECT_TRUE(tests::matches_golden("audit.sv.txt", audit_text(r, {})));
  EXPECT_TRUE(tests::matches_golden("audit.en.txt",
                                    audit_text(r, {.language = Language::en, .width = 72})));
  EXPECT_TRUE(tests::matches_golden("audit.md", audit_markdown(r, Language::sv)));
  EXPECT_TRUE(tests::matches_golden("audit.csv", audit_csv(r, Language::sv)));
  EXPECT_TRUE(tests::matches_golden("audit.junit.xml", audit_junit(r, Language::sv)));
  const Occurrence* o = r.find("moten/2016-H2");
  ASSERT_TRUE(o);
  EXPECT_TRUE(tests::matches_golden("explain.txt", explain_text(r, *o, {})));
  EXPECT_TRUE(tests::matches_golden("explain.json", explain_json(r, *o)));
}

TEST_F(Audit, the_order_of_lines_changes_no_byte) {
  const std::string expected = audit_json(*audit(history, request(history, "2017-07-01")));
  std::vector<std::string> lines = sample_lines();
  std::sort(lines.begin(), lines.end());
  do {
    const record::History shuffled = made(lines);
    EXPECT_TRUE(audit_json(*audit(shuffled, request(shuffled, "2017-07-01"))) == expected);
    std::rotate(lines.begin(), lines.begin() + 3, lines.end());
  } while (!std::is_sorted(lines.begin(), lines.end()) && lines[0] != sample_lines()[0]);
}

TEST_F(Audit, known_at_is_given_or_everything) {
  const auto known_at = [&](const AuditResult& r) {
    return history.zone().rfc3339(r.known_at.moment.utc);
  };
  EXPECT_EQ(known_at(result("2017-07-01")), "2017-08-15T23:59:59+02:00");  // the latest recording
  EXPECT_EQ(known_at(result("2018-01-01")), "2018-01-01T23:59:59+01:00");  // the end of as-of
  EXPECT_EQ(known_at(result("2017-07-01", "2017-02-01")), "2017-02-01T23:59:59+01:00");
  EXPECT_EQ(result("2017-07-01", "2016-05-01").book().events, 0U);
}

TEST_F(Audit, filters_and_violations) {
  AuditRequest r = request(history, "2017-07-01");
  r.clauses = {"moten"};
  const auto moten = audit(history, r);
  ASSERT_TRUE(moten);
  for (const Occurrence* o : moten->listed)
    EXPECT_EQ(o->id.substr(0, 6), "moten/");
  EXPECT_EQ(violations(*moten), 1);
  r.statuses = {Status::met};
  EXPECT_EQ(violations(*audit(history, r)), 0);
}

TEST_F(Audit, wrong_questions_are_refused_in_words) {
  AuditRequest r = request(history, "2017-07-01");
  r.clauses = {"motena"};
  EXPECT_EQ(audit(history, r).error().message, "no clause `motena`; did you mean `moten`?");
  r.clauses = {};
  r.readings = {{"moten", "kalender_"}};
  EXPECT_EQ(audit(history, r).error().message,
            "the clause `moten` has no reading `kalender_`: there are `kalender`, `avtal`");
  r.readings = {{"beslut", "x"}};
  EXPECT_EQ(audit(history, r).error().message, "the clause `beslut` has no readings");
  EXPECT_TRUE(audit(history, r).error().usage);
}

TEST_F(Audit, another_reading_gives_other_windows) {
  AuditRequest r = request(history, "2017-07-01");
  r.readings = {{"moten", "avtal"}};
  const auto by_term = audit(history, r);
  ASSERT_TRUE(by_term);
  EXPECT_TRUE(by_term->find("moten/2016-06-01"));
  EXPECT_FALSE(by_term->find("moten/2016-H2"));
  EXPECT_EQ(by_term->readings.at(0).reading, "avtal");
  EXPECT_TRUE(by_term->readings.at(0).chosen);
}

TEST_F(Audit, differences_name_their_causes) {
  const Difference d =
      difference(result("2017-07-01", "2017-07-01"), result("2017-07-01", "2017-08-15"));
  EXPECT_TRUE(tests::matches_golden("difference.sv.txt", difference_text(d, {})));
  EXPECT_TRUE(
      tests::matches_golden("difference.en.txt", difference_text(d, {.language = Language::en})));
  EXPECT_TRUE(tests::matches_golden("difference.json", difference_json(d)));
}

TEST(Codes, statuses_go_there_and_back) {
  for (int i = 0; i <= static_cast<int>(Status::cannot_assess); ++i)
    EXPECT_EQ(parse_status(code(static_cast<Status>(i))), static_cast<Status>(i));
  EXPECT_FALSE(parse_status("late"));
}

}  // namespace
}  // namespace samrad::reports
