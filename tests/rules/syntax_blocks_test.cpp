// Blocks with their items become rows in the order of tree.h, however the user ordered them; names are composed, and a
// faulty block is left out by itself.
#include "tests/rules/reading.h"

#include <array>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>

namespace samrad::tests {
namespace {

struct Row {
  const char* text;
  const char* tree;
};

TEST(Blocks, EachKind) {
  const std::initializer_list<Row> rows{
      {"agreement a \"b\"\n  registered \"1/2016\" by c\n  timezone Europe/Stockholm\n  term 2016-06-01 to 2018-05-31",
       "agreement(a label(b) registered(1/2016 name(c)) timezone(Europe/Stockholm) term(date(2016-06-01) date(2018-05-31)))"},
      {"agreement a\n  term from 2016-06-01\n  part periods pro rata up\n  due days move modified following\n  holidays sweden",
       "agreement(a term(date(2016-06-01)) part_periods(pro_rata_up) due_days(modified_following) holidays(sweden))"},
      {"use \"bilaga-4.samrad\"", "use(bilaga-4.samrad)"},
      {"kind area \"Område\"\n  members appear in events", "kind(area label(Område) open_kind)"},
      {"role a \"b\" of c", "entity(a name(role) name(c) label(b))"},
      {"role a of b deputy of c \"d\"", "entity(a name(role) name(b) deputy(c) label(d))"},
      {"event a \"b\" of c, d or e\n  by role\n  f list of place optional\n  g yes/no\n  not recorded before 2016-06-01",
       "event(a label(b) name(c) name(d) name(e) field(by name(role)) field(f name(place) list_of optional) "
       "field(g name(yes/no)) not_recorded(date(2016-06-01)))"},
      {"fact a of b\n  holds from c per d until e of f\n  holds from start for 2 years",
       "fact(a name(b) holds(pattern_key(pattern(c) name(d)) pattern_key(pattern(e subject(f)))) "
       "holds(from_start duration(year number(2))))"},
      {"measure a\n  must be measured at least twice every year\n  unit \"b\"\n  baseline 84.5 in 2015\n  target at most 85",
       "measure(a unit(b) baseline(number(84.5) number(2015)) target(at_most number(85)) "
       "measured(times(at_least number(2)) period(year)))"},
      {"clause a\n  p must not happen\n  warn 60 days, 1 week before\n  may be waived by b and c\n  overrides d while e",
       "clause(a warn(duration(day number(60)) duration(week number(1))) waived_by(name(b) name(c)) overrides(d v(e)) "
       "sentence(prohibition(pattern(p))))"},
      {"clause a\n  in force from 2016-06-01 until 2017-06-01\n  except when b\n  p must not happen",
       "clause(a in_force(date(2016-06-01)) until_item(date(2017-06-01)) except(v(b)) sentence(prohibition(pattern(p))))"},
      {"ambiguity X2 \"a\"\n  settled \"b\"\n  source \"c\"", "ambiguity(X2 label(a) settled(b) source(c))"},
      {"ambiguity X3", "ambiguity(X3)"},
      {"clause a\n  reading b of X2 \"c\" default\n    p must not happen\n  reading d\n    q must not happen",
       "clause(a reading(b name(X2) label(c) default sentence(prohibition(pattern(p)))) "
       "reading(d sentence(prohibition(pattern(q)))))"},
      {"procedure a\n  step b \"c\" d by e within 30 days of start\n  starts with f of g, h\n  step i d counts only if j",
       "procedure(a starts(pattern(f subject(g) subject(h))) "
       "step(b label(c) pattern(d role_is(by name(e))) step_within(start duration(day number(30)))) "
       "step(i pattern(d) counts_if(v(j))))"},
  };
  for (const Row& row : rows) {
    const rules::Parsed parsed = read(row.text);
    const auto blocks = parsed.tree.of(parsed.tree.root());
    ASSERT_EQ(blocks.size(), 1U) << row.text << "\n" << messages(row.text);
    EXPECT_EQ(shown(parsed.tree, blocks[0]), row.tree) << row.text;
  }
}

TEST(Blocks, ADecomposedNameIsTheComposedOne) {
  const rules::Parsed parsed = read("role ra\u030Ad \"ra\u030Ad\"\n");
  EXPECT_EQ(shown(parsed.tree, parsed.tree.of(parsed.tree.root())[0]), "entity(råd name(role) label(råd))");
}

TEST(Blocks, AFaultCostsItsOwnBlockOnly) {
  const rules::Parsed parsed = read("party a\nevent b of of\nclause c\n  p must not happen\n");
  EXPECT_EQ(parsed.tree.of(parsed.tree.root()).size(), 2U);
  ASSERT_EQ(parsed.left_out.size(), 1U);
  EXPECT_EQ(parsed.left_out[0].keyword, "event");
  EXPECT_EQ(parsed.left_out[0].name, "b");
  EXPECT_EQ(parsed.diagnostics.size(), 1U);
}

TEST(Blocks, ADeclaredKindBeginsABlockInEveryFile) {
  const std::string first = "kind zone \"Zon\"\n  members appear in events\n";
  const std::string second = "zone norr \"Norr\"\n";
  const std::array<rules::Source, 2> sources{rules::Source{"a", second}, rules::Source{"b", first}};
  const rules::Parsed parsed = rules::parse(sources);
  EXPECT_TRUE(parsed.diagnostics.empty());
  EXPECT_EQ(parsed.tree.of(parsed.tree.root()).size(), 2U);
}

TEST(Blocks, SpansCoverTheWords) {
  const std::string text = "clause c\n  meeting of råd must happen at least once every month\n";
  const rules::Parsed parsed = read(text);
  for (const rules::Row& row : parsed.tree.rows) {
    const std::string whole = text.substr(row.span.begin, row.span.end - row.span.begin);
    const std::string name = text.substr(row.name.begin, row.name.end - row.name.begin);
    if (row.kind == rules::Node::sentence) {
      EXPECT_EQ(whole, "meeting of råd must happen at least once every month");
    } else if (row.kind == rules::Node::clause) {
      EXPECT_EQ(name, "c");
    } else if (row.kind == rules::Node::subject) {
      EXPECT_EQ(name, "råd");
    }
  }
}

}  // namespace
}  // namespace samrad::tests
