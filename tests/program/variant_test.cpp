// What agreements of one template share, what is wrong with arguments, and that a broken template is refused.
#include "rules/compile.h"
#include "rules/program/decode.h"
#include "rules/program/dump.h"
#include "tests/program/arguments.h"

#include <gtest/gtest.h>

namespace samrad::program {
namespace {

constexpr std::string_view body = R"(template north "Cooperation"
  registered diary by police
  term first_day to last_day
  part periods in full
parameter first_day date
parameter last_day date optional
parameter diary text optional
parameter often number default 2
parameter while_long duration default 90 days
parameter budget money optional
parameter strict yes/no default yes
parameter word text default "urgent"
parameter police party "The police"
parameter chief role of police "The chief"
parameter forums list of forum optional
parameter night forum optional
party council
role director of council
event meeting of forum
  chair role optional
  cost money optional
  about text optional
event report of party
clause meetings
  source "§1"
  owner chief
  for each forum in forums, meeting of forum must happen at least often times every half-year of the term
clause reports
  source "§2"
  owner chief, director
  after meeting, report of police must happen within while_long
clause costs
  source "§3"
  every meeting must have (budget missing or cost <= budget) and (not strict or about = word)
clause nights
  source "§4"
  owner director
  meeting of night must happen at least once every year
)";

Program north() {
  const rules::Source source{"north.samrad", body};
  const rules::Compiled compiled = rules::compile({&source, 1});
  EXPECT_TRUE(compiled.program.has_value());
  return compiled.program.value_or(Program{});
}

const Said plain = {
    {"first_day", date("2016-06-01")}, {"police", named({"p"})}, {"chief", named({"c"})}};

Said plain_but(const Said& more) {
  Said out = plain;
  for (const auto& [name, argument] : more)
    out[name] = argument;
  return out;
}

std::string faults_of(const Said& said) {
  const Program p = north();
  std::string out;
  for (const BindFault& f : faults(p, in_order(p, said)))
    out += f.message + "\n";
  return out;
}

TEST(BindFaults, EachIsSaid) {
  struct Case {
    Said said;
    std::string message;
  };
  for (const Case& c : {
           Case{plain, ""},
           Case{{},
                "`first_day` is left out: expected a date such as 2016-06-01\n`police` is left "
                "out: expected the name of its `party`\n"
                "`chief` is left out: expected the name of its `role`\n"},
           Case{plain_but({{"first_day", number(4)}}),
                "expected a date such as 2016-06-01 for `first_day`\n"},
           Case{plain_but({{"often", date("2016-06-01")}}), "expected a number for `often`\n"},
           Case{plain_but({{"often", number(0)}}),
                "`often` is a number of times: expected a whole number from 1 to 1000000\n"},
           Case{plain_but({{"often", number(5, 2)}}),
                "`often` is a number of times: expected a whole number from 1 to 1000000\n"},
           Case{plain_but({{"often", number(1, 0)}}), "`often` is a fraction over nothing\n"},
           Case{plain_but({{"while_long", lasting(0, calendar::Unit::day)}}),
                "`while_long` is a duration of nothing: expected 1 or more\n"},
           Case{plain_but({{"while_long", lasting(100'001, calendar::Unit::day)}}),
                "`while_long` is too long: at most 100000 of a unit\n"},
           Case{plain_but({{"while_long", number(90)}}),
                "expected a duration such as 90 days for `while_long`\n"},
           Case{plain_but({{"budget", number(90)}}),
                "expected an amount of money such as 5000 SEK for `budget`\n"},
           Case{plain_but({{"strict", text("yes")}}), "expected yes or no for `strict`\n"},
           Case{plain_but({{"word", number(1)}}), "expected a text for `word`\n"},
           Case{plain_but({{"last_day", date("2016-05-31")}}),
                "the term ends on 2016-05-31, before it begins on 2016-06-01\n"},
           Case{plain_but({{"last_day", date("9999-12-31")}}),
                "`last_day` is a day outside the calendar: the last one that can be said is "
                "9998-12-31\n"},
           Case{plain_but({{"police", named({"p", "q"})}}),
                "expected the name of its `party` for `police`\n"},
           Case{plain_but({{"police", named({""})}}), "`police` names a member without a name\n"},
           Case{plain_but({{"police", named({"council"})}}),
                "`council`, for `police`, is already a member of every agreement\n"},
           Case{plain_but({{"forums", named({"a", "b", "a"})}}),
                "`a`, for `forums`, is already named by `forums`\n"},
           Case{plain_but({{"forums", named({"a"})}, {"night", named({"a"})}}),
                "`a`, for `night`, is already named by `forums`\n"},
       })
    EXPECT_EQ(faults_of(c.said), c.message);
}

TEST(BindFaults, TooFewArguments) {
  const Program p = north();
  EXPECT_EQ(faults(p, {}).size(), 3U);
}

// -- what a bound program says ------------------------------------------------------------------------------------------

const Rule* rule_of(const Program& p, std::string_view clause) {
  for (const Rule& r : p.rules)
    if (p.text(r.clause) == clause) return &r;
  return nullptr;
}

TEST(Bind, WhatIsLeftOutOfAConditionIsUnknownAndMayBeAskedFor) {
  const Program p = north();
  const auto condition = [&](const Said& said) {
    const Program made = program::bind(p, in_order(p, said));
    EXPECT_EQ(verify(made), "");
    return dump_expression(made, rule_of(made, "costs")->condition);
  };
  EXPECT_EQ(condition(plain),
            "no true? not field0.1 absent <= or yes true? not field0.2 \"urgent\" = or and");
  EXPECT_EQ(condition(plain_but({{"budget", money(500, "EUR")}, {"strict", yes(false)}})),
            "yes true? not field0.1 500 EUR <= or no true? not field0.2 \"urgent\" = or and");
}

TEST(Bind, LabelsAreThoseOfTheAgreementElseOfTheParameter) {
  const Program p = north();
  const Program made =
      program::bind(p, in_order(p, plain_but({{"police", named({"p"}, {"Police of Gävle"})},
                                              {"forums", named({"a", "b"}, {"A", ""})}})));
  std::map<std::string, std::string> labels;
  for (const Member& m : made.members) {
    labels[std::string(made.text(m.name))] = made.text(m.label);
    EXPECT_EQ(m.parameter, none);
  }
  EXPECT_EQ(labels, (std::map<std::string, std::string>{{"p", "Police of Gävle"},
                                                        {"c", "The chief"},
                                                        {"a", "A"},
                                                        {"b", ""},
                                                        {"council", ""},
                                                        {"director", ""}}));
}

TEST(Bind, AClauseKeepsTheOwnersThatThereAre) {
  const Program p = north();
  const Program made = program::bind(p, in_order(p, plain));
  EXPECT_EQ(rule_of(made, "nights"), nullptr);
  EXPECT_EQ(rule_of(made, "meetings"), nullptr);
  ASSERT_NE(rule_of(made, "reports"), nullptr);
  EXPECT_EQ(rule_of(made, "reports")->owners.count, 2U);
}

// -- what agreements share ------------------------------------------------------------------------------------------------

TEST(Variant, IsOneForAgreementsThatDifferInTermNamesAndLabels) {
  const Program p = north();
  const Said other = {{"first_day", date("2019-01-01")},
                      {"police", named({"q"}, {"Q"})},
                      {"chief", named({"d"})},
                      {"diary", text("A/1")}};
  const Arguments a = in_order(p, plain);
  const Arguments b = in_order(p, other);
  EXPECT_NE(variant_key(p, a, judging(p)),
            variant_key(p, in_order(p, plain_but({{"last_day", date("2018-05-31")}})), judging(p)));
  Said numbered = plain;
  numbered["diary"] = text("B/2");
  EXPECT_EQ(variant_key(p, in_order(p, numbered), judging(p)), variant_key(p, b, judging(p)));
  Program first = variant(p, in_order(p, numbered));
  const Program second = variant(p, b);
  EXPECT_EQ(verify(first), "");
  EXPECT_NE(dump(first), dump(second));
  first.term_first = second.term_first;
  first.versions = second.versions;
  EXPECT_EQ(dump(first), dump(second));
}

TEST(Variant, DiffersWithWhatJudges) {
  const Program p = north();
  const std::string key = variant_key(p, in_order(p, plain), judging(p));
  for (const Said& more :
       {Said{{"often", number(3)}}, Said{{"while_long", lasting(89, calendar::Unit::day)}},
        Said{{"budget", money(1, "SEK")}}, Said{{"strict", yes(false)}},
        Said{{"word", text("later")}}, Said{{"forums", named({"a"})}},
        Said{{"forums", named({"a", "b"})}}, Said{{"night", named({"n"})}}})
    EXPECT_NE(variant_key(p, in_order(p, plain_but(more)), judging(p)), key);
  EXPECT_NE(variant_key(p, in_order(p, plain_but({{"budget", money(1, "SEK")}})), judging(p)),
            variant_key(p, in_order(p, plain_but({{"budget", money(1, "EUR")}})), judging(p)));
  EXPECT_EQ(variant_key(p, in_order(p, plain_but({{"often", number(2)}})), judging(p)), key)
      << "a default that is said is the default";
}

// The variant is what bind makes for an agreement whose members happen to bear the shared names.
TEST(Variant, CallsMembersByTheirParameter) {
  const Program p = north();
  const Said said = plain_but({{"forums", named({"a", "b"}, {"A", "B"})}, {"night", named({"n"})}});
  EXPECT_EQ(shared_name(p, 8, 0), "police");
  EXPECT_EQ(shared_name(p, 10, 1), "forums#2");
  const Program shared = variant(p, in_order(p, said));
  const Program alike =
      program::bind(p, in_order(p, plain_but({{"police", named({"police"})},
                                              {"chief", named({"chief"})},
                                              {"night", named({"night"})},
                                              {"forums", named({"forums#1", "forums#2"})}})));
  EXPECT_EQ(dump(shared), dump(alike));
  EXPECT_NE(dump(shared).find("meeting of forums#2"), std::string::npos);
}

// -- a template among programs ---------------------------------------------------------------------------------------------

TEST(Template, GoesThroughItsBytes) {
  const Program p = north();
  const auto bytes = encode(p);
  const Decoded again = decode(bytes);
  ASSERT_TRUE(again.program) << again.fault;
  EXPECT_EQ(encode(*again.program), bytes);
  EXPECT_EQ(dump(*again.program), dump(p));
}

TEST(Template, ABrokenOneIsRefused) {
  const auto broken = [](auto&& harm) {
    Program p = north();
    harm(p);
    return verify(p);
  };
  EXPECT_EQ(broken([](Program&) {}), "");
  EXPECT_NE(broken([](Program& p) { p.term_first_from = 3; }), "") << "a number for a date";
  EXPECT_NE(broken([](Program& p) { p.term_last_from = 99; }), "");
  EXPECT_NE(broken([](Program& p) { p.fillings[0].parameter = 0; }), "")
      << "a date for a number of times";
  EXPECT_NE(broken([](Program& p) { p.fillings[0].parameter = none; }), "");
  EXPECT_NE(broken([](Program& p) { p.rules[0].instances_of = 8; }), "") << "no list";
  EXPECT_NE(broken([](Program& p) { p.rules[0].fillings.count = 99; }), "");
  EXPECT_NE(broken([](Program& p) { p.parameters[8].kind = none; }), "");
  EXPECT_NE(broken([](Program& p) { p.parameters[3].fallback = p.parameters[4].fallback; }), "");
  EXPECT_NE(broken([](Program& p) { p.members[0].parameter = 10; }), "") << "of another kind";
  EXPECT_NE(broken([](Program& p) { p.registrations[0].number_from = 0; }), "");
  EXPECT_NE(broken([](Program& p) {
              for (Op& op : p.code)
                if (op.code == Code::parameter) op.a = 8;
            }),
            "");
}

TEST(Template, ReadingsMayBeChosenBeforeAndAfter) {
  const std::string text =
      std::string(body) +
      "clause twice\n  source \"§5\"\n  owner director\n  reading one \"One\" default\n    for "
      "each forum in forums, meeting of forum "
      "must happen at least once every year\n  reading two \"Two\"\n    for each forum in forums, "
      "meeting of forum must happen at least once every month\n";
  const rules::Source source{"north.samrad", text};
  Program before = *rules::compile({&source, 1}).program;
  const Arguments arguments = in_order(before, plain_but({{"forums", named({"a", "b"})}}));
  Program after = program::bind(before, arguments);
  const Choice choice{"twice", "two"};
  std::string unknown;
  ASSERT_TRUE(choose_readings(before, {&choice, 1}, unknown)) << unknown;
  ASSERT_TRUE(choose_readings(after, {&choice, 1}, unknown)) << unknown;
  EXPECT_EQ(verify(before), "");
  EXPECT_EQ(dump(program::bind(before, arguments)), dump(after));
}

}  // namespace
}  // namespace samrad::program
