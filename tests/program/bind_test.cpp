// A bound template against the same text with the values written in: what they demand must be equal, word for word of the dump,
// but for the sentences as written.
#include "rules/compile.h"
#include "rules/program/bind.h"
#include "rules/program/decode.h"
#include "rules/program/dump.h"
#include "tests/program/arguments.h"

#include <gtest/gtest.h>

#include <sstream>

namespace samrad::program {
namespace {

// -- texts ---------------------------------------------------------------------------------------------------------------

rules::Compiled compiled(std::string_view body) {
  const rules::Source source{"a.samrad", body};
  return rules::compile({&source, 1});
}

Program read(const std::string& body) {
  rules::Compiled out = compiled(body);
  std::string said;
  for (const rules::Diagnostic& d : out.diagnostics)
    said += d.message + "\n";
  EXPECT_TRUE(out.program.has_value()) << said << body;
  return out.program ? *out.program : Program{};
}

std::string demands(const Program& p) {
  std::istringstream in(dump(p));
  std::string out;
  for (std::string line; std::getline(in, line);)
    if (!line.starts_with("  sentence ")) out += line + "\n";
  return out;
}

// Judges `bind` of the template against the agreement.
void expect_equal(const std::string& of_template, const Said& said, const std::string& agreement) {
  const Program open = read(of_template);
  ASSERT_EQ(verify(open), "");
  const Arguments arguments = in_order(open, said);
  for (const BindFault& f : faults(open, arguments))
    ADD_FAILURE() << f.message;
  const Program made = program::bind(open, arguments);
  EXPECT_EQ(verify(made), "");
  EXPECT_TRUE(made.parameters.empty());
  EXPECT_EQ(demands(made), demands(read(agreement)));
  const auto bytes = encode(made);
  const Decoded again = decode(bytes);
  ASSERT_TRUE(again.program) << again.fault;
  EXPECT_EQ(encode(*again.program), bytes);
}

constexpr std::string_view vocabulary = R"(
party kommunen "Kommunen"
role chef of kommunen
forum radet
document planen
event meeting of forum
  chair role optional "Ordförande"
  cost money optional
  remote yes/no optional
  about text optional
event report of document
event alarm
)";

std::string with(std::string_view head, std::string_view body) {
  return std::string(head) + std::string(vocabulary) + std::string(body);
}

const std::string fixed =
    "agreement a \"A\"\n  term 2016-06-01 to 2018-05-31\n  part periods in full\n  due days stay\n";
const std::string open =
    "template a \"A\"\n  term 2016-06-01 to 2018-05-31\n  part periods in full\n  due days stay\n";

// A clause whose owner is the chief; the sentence may have items before it, each on its line.
std::string clause(const std::string& name, const std::string& sentence) {
  return "clause " + name + "\n  source \"1\"\n  owner chef\n  " + sentence + "\n";
}

// -- values --------------------------------------------------------------------------------------------------------------

TEST(Bind, FillsInTheTerm) {
  const std::string clauses = R"(
clause a
  source "1"
  owner chef
  meeting must happen at least once every 5 months
clause b
  source "2"
  owner chef
  meeting must happen at least once every half-year of the term
clause c
  source "3"
  owner chef
  report must happen by the last day of every 4 months
clause d
  source "4"
  every meeting must have number of meeting in the same half-year of the term is at most 3
clause e
  source "5"
  report must happen by 6 months before expiry
)";
  const std::string head = "template a \"A\"\n  term first to last\n  part periods in "
                           "full\nparameter first date\nparameter last date\n";
  const std::string said =
      "agreement a \"A\"\n  term 2016-06-01 to 2018-05-31\n  part periods in full\n";
  expect_equal(with(head, clauses), {{"first", date("2016-06-01")}, {"last", date("2018-05-31")}},
               with(said, clauses));
}

TEST(Bind, ALastDayThatIsLeftOutIsUntilFurtherNotice) {
  const std::string always = clause("a", "meeting must happen at least once every year");
  const std::string expiring = clause("b", "report must happen by 6 months before expiry");
  const std::string head = "template a \"A\"\n  term first to last\n  part periods in "
                           "full\nparameter first date\nparameter last date optional\n";
  const std::string said = "agreement a \"A\"\n  term from 2016-06-01\n  part periods in full\n";
  expect_equal(with(head, always + expiring), {{"first", date("2016-06-01")}}, with(said, always));
}

struct Written {
  const char* type;
  Argument argument;
  const char* value;
  const char* clause;  // X: where the value stands
};

class BindValue : public testing::TestWithParam<Written> {};

TEST_P(BindValue, StandsWhereALiteralWould) {
  const Written& w = GetParam();
  const auto with_value = [&](const std::string& value) {
    std::string out = clause("c", w.clause);
    for (std::size_t at = out.find('X'); at != std::string::npos;
         at = out.find('X', at + value.size()))
      out.replace(at, 1, value);
    return out;
  };
  const std::string parameter = "parameter given " + std::string(w.type) + "\n";
  expect_equal(with(open + parameter, with_value("given")), {{"given", w.argument}},
               with(fixed, with_value(w.value)));
}

const Argument may = date("2017-05-01");
const Argument weeks = lasting(3, calendar::Unit::week);

INSTANTIATE_TEST_SUITE_P(
    All, BindValue,
    testing::Values(
        Written{"date", may, "2017-05-01",
                "in force from X\n  meeting must happen at least once every year"},
        Written{"date", may, "2017-05-01",
                "until X\n  meeting must happen at least once every year"},
        Written{"date", may, "2017-05-01",
                "in force until X\n  meeting must happen at least once every year"},
        Written{"date", may, "2017-05-01",
                "meeting must happen at least once every quarter from X"},
        Written{"date", may, "2017-05-01",
                "meeting must happen at least once every quarter until X"},
        Written{"date", may, "2017-05-01",
                "meeting must happen at least once every 2 weeks from X"},
        Written{"date", may, "2017-05-01",
                "meeting must happen at least once every quarter counted from X"},
        Written{"date", may, "2017-05-01",
                "report must happen by the last day of every quarter counted from X"},
        Written{"date", may, "2017-05-01", "report must happen by X"},
        Written{"date", may, "2017-05-01", "after alarm, report must happen by X"},
        Written{"date", may, "2017-05-01", "every meeting as m must have day > X or day of m < X"},
        Written{"date", may, "2017-05-01",
                "every meeting must alarm happened since X and report happened before X"},
        Written{"date", may, "2017-05-01",
                "every meeting must alarm happened at least 3 weeks before X"},
        Written{"date", may, "2017-05-01",
                "every meeting must have number of meeting in the same quarter counted from X < 3"},
        Written{"number", number(4), "4", "meeting must happen at least X times every half-year"},
        Written{"number", number(4), "4", "meeting must happen exactly X times every half-year"},
        Written{"number", number(5, 2), "2.5",
                "every meeting must have number of meeting in the last 2 weeks < X * 2"},
        Written{"duration", weeks, "3 weeks", "after alarm, report must happen within X"},
        Written{"duration", weeks, "3 weeks",
                "after alarm, report must happen as soon as possible, presumed late after X"},
        Written{"duration", weeks, "3 weeks",
                "before meeting, report must have happened at least X before within X before"},
        Written{"duration", weeks, "3 weeks", "report must happen by X before expiry"},
        Written{"duration", weeks, "3 weeks", "report must happen at least X before expiry"},
        Written{"duration", weeks, "3 weeks", "report must happen within X after start"},
        Written{"duration", weeks, "3 weeks",
                "report must happen by X after the end of every quarter"},
        Written{"duration", weeks, "3 weeks", "term may be extended by X"},
        Written{"duration", weeks, "3 weeks",
                "term may be extended by X if report happened at least X before expiry"},
        Written{"duration", weeks, "3 weeks", "meeting must not happen within X after alarm"},
        Written{
            "duration", weeks, "3 weeks",
            "meeting must happen at least once every year, otherwise report must happen within X"},
        Written{"duration", weeks, "3 weeks",
                "every meeting must alarm happened in the last X or alarm happened within X before "
                "expiry"},
        Written{"duration", weeks, "3 weeks", "every meeting must have day < 2017-01-01 + X"},
        Written{"money", money(5000, "SEK"), "5000 SEK", "every meeting must have cost <= X"},
        Written{"yes/no", yes(true), "yes", "every meeting must have remote = X"},
        Written{"text", text("chef"), "\"chef\"", "every meeting must have about = X"}));

TEST(Bind, AFactLastsAsLongAsItIsSaid) {
  const std::string body = "clause c\n  source \"1\"\n  klar must hold\n";
  const auto fact = [](const std::string& lasting) {
    return "fact klar\n  holds from report of planen for " + lasting + "\n";
  };
  expect_equal(with(open + "parameter frist duration\n", fact("frist") + body),
               {{"frist", lasting(2, calendar::Unit::year)}}, with(fixed, fact("2 years") + body));
}

TEST(Bind, StepsOfAProcedure) {
  const auto body = [](const std::string& frist) {
    return "procedure p\n  source \"1\"\n  owner chef\n  starts with alarm\n  step a report "
           "within " +
           frist + "\n  step b meeting within " + frist + " of start\n";
  };
  expect_equal(with(open + "parameter frist duration\n", body("frist")), {{"frist", weeks}},
               with(fixed, body("3 weeks")));
}

TEST(Bind, ADefaultHoldsWhereNothingIsSaid) {
  const auto body = [](const std::string& frist) {
    return clause("c", "after alarm, report must happen within " + frist);
  };
  const std::string head = open + "parameter frist duration default 90 days\n";
  expect_equal(with(head, body("frist")), {}, with(fixed, body("90 days")));
  expect_equal(with(head, body("frist")), {{"frist", weeks}}, with(fixed, body("3 weeks")));
}

TEST(Bind, RegistrationsAreTextsOfTheAgreement) {
  const std::string yearly = clause("c", "meeting must happen at least once every year");
  const std::string head =
      "template a \"A\"\n  registered nummer by kommunen\n  term 2016-06-01 to 2018-05-31\n  part "
      "periods in full\nparameter nummer text optional\n";
  const std::string said = "agreement a \"A\"\n  registered \"SN/17\" by kommunen\n  term "
                           "2016-06-01 to 2018-05-31\n  part periods in full\n";
  expect_equal(with(head, yearly), {{"nummer", text("SN/17")}}, with(said, yearly));
  expect_equal(with(head, yearly), {}, with(fixed.substr(0, fixed.find("  due days")), yearly));
}

// -- members -------------------------------------------------------------------------------------------------------------

const std::string who = R"(
parameter polisen party "Polisen"
parameter polischef role of polisen "Polischefen"
)";
const std::string who_said =
    "party gavle \"Polisen Gävle\"\nrole gavle_chef of gavle \"Polischefen\"\n";
const Said who_are = {{"polisen", named({"gavle"}, {"Polisen Gävle"})},
                      {"polischef", named({"gavle_chef"})}};

TEST(Bind, MembersHaveTheNamesOfTheAgreement) {
  const auto body = [](const std::string& party, const std::string& chief) {
    return "event signing of party\n  by role optional\nclause a \"polischef\"\n  source "
           "\"polischef\"\n  owner " +
           chief + "\n  may be waived by " + chief + "\n  judged by " + chief +
           "\n  meeting where (chair is " + chief +
           " and about is \"polischef\") must happen at least once every year\nclause b\n  source "
           "\"1\"\n  " +
           "chair of meeting must alternate between chef, " + chief +
           "\nclause d\n  source \"1\"\n  only " + chief +
           " may be chair of meeting\nclause e\n  source \"1\"\n  owner chef\n" + "  signing of " +
           party + " by " + chief +
           " must happen at least once every year\nclause f\n  source \"1\"\n  owner chef\n  for "
           "each party, signing of party must happen at least once every year\n";
  };
  expect_equal(with(open + who, body("polisen", "polischef")), who_are,
               with(fixed + who_said, body("gavle", "gavle_chef")));
}

TEST(Bind, AClauseGoesWithTheMemberThatIsLeftOut) {
  const std::string stays = clause("a", "meeting must happen at least once every year");
  const std::string each =
      clause("d", "for each forum, meeting of forum must happen at least once every month");
  const auto go = [](const std::string& forum) {
    return clause("b", "meeting of " + forum +
                           " must happen at least once every year, otherwise report must happen "
                           "within 3 weeks") +
           "clause c\n  source \"1\"\n  overrides a\n  every meeting of " + forum +
           " must have chair present\n";
  };
  const std::string head = open + "parameter klara forum optional\n";
  expect_equal(with(head, stays + go("klara") + each), {}, with(fixed, stays + each));
  expect_equal(with(head, stays + go("klara") + each), {{"klara", named({"k"}, {"K"})}},
               with(fixed + "forum k \"K\"\n", stays + go("k") + each));
}

TEST(Bind, AnExceptionForSomebodyWhoIsNotThereIsNone) {
  const std::string body = "clause a\n  source \"1\"\n  owner vice, chef\n  may be waived by "
                           "vice\n  except when chair is vice\n"
                           "  every meeting must have cost missing\n";
  const Program p = read(with(open + "parameter vice role optional\n", body));
  const Program made = program::bind(p, in_order(p, {}));
  EXPECT_EQ(verify(made), "");
  ASSERT_EQ(made.rules.size(), 1U);
  EXPECT_EQ(made.rules[0].owners.count, 1U);
  EXPECT_EQ(made.rules[0].waived_by.count, 1U) << "an empty list would mean anyone";
  EXPECT_EQ(dump_expression(made, made.rules[0].exception), "field0.0 vice =");
  for (const Member& m : made.members)
    EXPECT_NE(made.text(m.name), "vice");
}

class BindList : public testing::TestWithParam<std::size_t> {};

TEST_P(BindList, EachMemberHasItsRules) {
  const std::vector<std::string> names = {"ung", "klara", "natt"};
  const std::vector<std::string> some(names.begin(),
                                      names.begin() + static_cast<std::ptrdiff_t>(GetParam()));
  std::string declared;
  std::string list;
  for (const std::string& one : some) {
    declared += "forum " + one + " \"" + one + "\"\n";
    list += (list.empty() ? "" : ", ") + one;
  }
  const std::string shared = R"(
event signing of forum, document
  places list of forum optional
clause a
  source "1"
  owner chef
  for each forum, meeting of forum must happen at least once every year
clause b
  source "1"
  overrides a
  every signing of forum must have places missing
)";
  const auto in_list = [](const std::string& in) {
    return "clause c\n  source \"1\"\n  owner chef\n  overrides a\n  for each forum as f in " + in +
           ", meeting of f must happen at least once every month, otherwise signing of f must "
           "happen within 3 weeks\nclause d\n  source \"1\"\n  for each forum as f in " +
           in +
           ", every signing as s must have places including f or number of meeting of f in the "
           "last 2 weeks > 1 or number of places in (f, radet) > 1\n";
  };
  const std::string head = open + "parameter forumen list of forum \"Forumen\" optional\n";
  expect_equal(
      with(head, shared + in_list("forumen")), {{"forumen", named(some, some)}},
      with(fixed + declared, shared + (some.empty() ? std::string() : in_list("(" + list + ")"))));
}

// Where a pattern's kind is spelled out in its condition, the members of a list stand there one by one.
TEST(Bind, AKindMeansTheMembersOfItsListsToo) {
  const std::string body = R"(
event signing of forum, document
event answer of forum, document
clause a
  source "1"
  owner chef
  after signing of forum as s, answer of subject of s or forum must happen within 3 weeks
clause b
  source "2"
  every signing of document must have number of signing of forum in the last 3 weeks is at least 1
)";
  const std::string head = open + "parameter forumen list of forum optional\n";
  expect_equal(with(head, body), {{"forumen", named({"ung", "klara"}, {"U", "K"})}},
               with(fixed + "forum ung \"U\"\nforum klara \"K\"\n", body));
  expect_equal(with(head, body), {}, with(fixed, body));
}

// Rules of other lists and other members stay apart.
TEST(Bind, TwoLists) {
  const auto body = [](const std::string& some, const std::string& others) {
    return clause("a", "for each forum in " + some +
                           ", meeting of forum must happen at least once every month") +
           clause("b", "overrides a\n  for each forum in " + others +
                           ", meeting of forum must happen at least once every year") +
           "clause c\n  source \"1\"\n  overrides a\n  every meeting must have chair present\n";
  };
  expect_equal(
      with(open + "parameter some list of forum\nparameter others list of forum\n",
           body("some", "others")),
      {{"some", named({"a", "b"}, {"A", "B"})}, {"others", named({"d"}, {"D"})}},
      with(fixed + "forum a \"A\"\nforum b \"B\"\nforum d \"D\"\n", body("(a, b)", "(d)")));
}

INSTANTIATE_TEST_SUITE_P(Lengths, BindList, testing::Values(0U, 1U, 3U));

}  // namespace
}  // namespace samrad::program
