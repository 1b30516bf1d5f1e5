// Aim: what a template leaves open decides no more than its own value: bound, an extension's dated conditions stand in the order of their
// days, whichever parameter is the longer; and a parameter is one thing through all versions of a text.

#include <gtest/gtest.h>

#include "rules/compile.h"
#include "rules/diagnostics/render.h"
#include "rules/program/bind.h"
#include "rules/program/decode.h"

namespace samrad::rules {
namespace {

constexpr std::string_view text = R"(template a
  term 2016-06-01 to 2018-05-31
parameter early duration
parameter late duration
event consultation
event review
clause longer
  term may be extended by 1 year if consultation happened at least early before expiry and review happened at least late before expiry
)";

program::Argument months(int count) {
  program::Argument argument;
  argument.value = {program::ValueKind::duration, 0, count, static_cast<std::int64_t>(calendar::Unit::month)};
  return argument;
}

// The lengths of the dated conditions, in months, in the order in which their days come.
std::vector<int> bound(int early, int late) {
  const Source source{"t.samrad", text};
  const Compiled compiled = compile({&source, 1});
  EXPECT_TRUE(compiled.program) << render_text(compiled.diagnostics, {&source, 1});
  if (!compiled.program) return {};
  const program::Arguments arguments{months(early), months(late)};
  const program::Program program = program::bind(*compiled.program, arguments);
  EXPECT_EQ(program::verify(program), "");
  std::vector<int> lengths;
  const program::Range dated = program.rules.at(0).dated;
  for (std::uint32_t i = 0; i < dated.count; ++i)
    lengths.push_back(program.aggregates[program.indices[dated.first + i]].duration.count);
  return lengths;
}

TEST(TemplateTimes, dated_conditions_stand_in_the_order_of_their_days) {
  EXPECT_EQ(bound(6, 3), (std::vector<int>{6, 3}));
  EXPECT_EQ(bound(3, 6), (std::vector<int>{6, 3}));
  EXPECT_EQ(bound(3, 3), (std::vector<int>{3, 3}));
}

TEST(TemplateTimes, a_parameter_is_one_thing_through_all_versions) {
  const std::string head = "template a\n  term 2016-06-01 to 2018-05-31\n";
  const std::string first = head + "parameter rate number\nevent alarm\nevent call\nclause c\n  alarm must happen at most rate times every year\n";
  const std::string second = head + "  in force from 2017-06-01\nparameter rate duration\nevent alarm\nevent call\nclause c\n  after alarm, call must happen within rate\n";
  const Source sources[] = {{"1.samrad", first, 0}, {"2.samrad", second, 1}};
  const Compiled compiled = compile(sources);
  EXPECT_FALSE(compiled.program);
  const std::string said = render_text(compiled.diagnostics, sources);
  EXPECT_NE(said.find("the parameter `rate` is of another type than in an earlier version"), std::string::npos) << said;
  EXPECT_NE(said.find("1.samrad"), std::string::npos) << "the earlier version is shown";
}

}  // namespace
}  // namespace samrad::rules
