// How diagnostics look: as text with the fault underlined, as JSON, as SARIF; and which name is near another.
#include "rules/diagnostics/diagnostic.h"
#include "rules/diagnostics/near.h"
#include "rules/diagnostics/render.h"
#include "rules/limits.h"

#include <array>
#include <gtest/gtest.h>
#include <set>
#include <string>
#include <vector>

namespace samrad::tests {
namespace {

using rules::Code;
using rules::Diagnostic;
using rules::Span;

Span at(const std::string& text, const std::string& part, std::uint32_t file = 0) {
  const auto begin = static_cast<std::uint32_t>(text.find(part));
  return {file, begin, begin + static_cast<std::uint32_t>(part.size())};
}

TEST(Render, UnderlinesByWhatIsSeen) {
  const std::string text = "\tåäö \"日本\" fel\r\n";
  const rules::Source source{"a.samrad", text};
  const Diagnostic d = rules::diagnostic(Code::unexpected, at(text, "fel"), "expected `rätt`, found `fel`", "one\ntwo");
  EXPECT_EQ(rules::render_text({d}, {&source, 1}),
            "error[S0101]: expected `rätt`, found `fel`\n"
            " --> a.samrad:1:11\n"
            "  |\n"
            "1 |     åäö \"日本\" fel\n"
            "  |                ^^^\n"
            "  = help: one\n"
            "  = help: two\n"
            "\n"
            "1 error\n");
}

TEST(Render, ShowsBothEndsOfAConflict) {
  const std::string first = "clause a\n  one\n\n\nclause b\n  two\n";
  const std::string second = "clause c\n";
  const std::array sources{rules::Source{"a.samrad", first}, rules::Source{"b.samrad", second}};
  Diagnostic d = rules::diagnostic(Code::said_twice, at(first, "two"), "this is said twice");
  d.labels.push_back({at(first, "one"), "said here first"});
  d.labels.push_back({at(second, "c", 1), "and here"});
  EXPECT_EQ(rules::render_text({d}, sources),
            "error[S0112]: this is said twice\n"
            " --> a.samrad:6:3\n"
            "  |\n"
            "2 |   one\n"
            "  |   --- said here first\n"
            "...\n"
            "6 |   two\n"
            "  |   ^^^\n"
            " ::: b.samrad:1:1\n"
            "  |\n"
            "1 | clause c\n"
            "  | - and here\n"
            "\n"
            "1 error\n");
}

TEST(Render, TrimsLongLinesAroundTheFault) {
  const std::string text = std::string(100'000, 'x') + " fel " + std::string(100'000, 'y');
  const rules::Source source{"a.samrad", text};
  const std::string out = rules::render_text({rules::diagnostic(Code::unexpected, at(text, "fel"), "m")}, {&source, 1});
  EXPECT_LT(out.size(), 500U);
  EXPECT_NE(out.find("x fel y"), std::string::npos);
  const std::size_t line = out.find("1 | ");
  const std::size_t marks = out.find("^^^");
  EXPECT_EQ(out.find("fel") - line - (std::string("…").size() - 1), marks - out.rfind('\n', marks) - 1);
}

TEST(Render, APlaceOutsideTheSourceIsItsEnd) {
  const rules::Source source{"a.samrad", "x"};
  const std::string out = rules::render_text({rules::diagnostic(Code::unexpected, {0, 70, 90}, "m")}, {&source, 1});
  EXPECT_NE(out.find("a.samrad:1:2"), std::string::npos);
  EXPECT_FALSE(rules::render_text({rules::diagnostic(Code::unexpected, {9, 0, 1}, "m")}, {&source, 1}).empty());
}

TEST(Render, ColourOnlyIfAsked) {
  const rules::Source source{"a.samrad", "x"};
  const rules::Diagnostics one{rules::diagnostic(Code::unexpected, {0, 0, 1}, "m")};
  EXPECT_EQ(rules::render_text(one, {&source, 1}).find('\x1B'), std::string::npos);
  EXPECT_NE(rules::render_text(one, {&source, 1}, {.colour = true}).find('\x1B'), std::string::npos);
}

TEST(Render, Json) {
  const std::string text = "år \"\\\n";
  const rules::Source source{"a \"b\".samrad", text};
  Diagnostic d = rules::diagnostic(Code::curly_quotes, at(text, "\"\\"), "a \"text\"\n", "help");
  d.fixes.push_back({at(text, "r"), "x"});
  EXPECT_EQ(rules::render_json({d}, {&source, 1}),
            R"({"diagnostics":[{"code":"S0103","name":"curly_quotes","severity":"error","file":"a \"b\".samrad","line":1,)"
            R"("column":4,"endLine":1,"endColumn":6,"begin":4,"end":6,"message":"a \"text\"\n","help":"help","labels":[],)"
            R"("fixes":[{"file":"a \"b\".samrad","line":1,"column":2,"endLine":1,"endColumn":3,"begin":2,"end":3,)"
            R"("replacement":"x"}]}],"summary":{"errors":1,"warnings":0,"notes":0}})"
            "\n");
}

TEST(Render, SarifNamesItsRulesAndPlaces) {
  const rules::Source source{"min fil.samrad", "x"};
  const std::string out = rules::render_sarif({rules::diagnostic(Code::unexpected, {0, 0, 1}, "m", "h")}, {&source, 1});
  for (const char* part : {R"("version":"2.1.0")", R"("ruleId":"S0101","ruleIndex":0,"level":"error")", R"("uri":"min%20fil.samrad")",
                           R"("region":{"startLine":1,"startColumn":1,"endLine":1,"endColumn":2})", R"("text":"m\nhelp: h")"})
    EXPECT_NE(out.find(part), std::string::npos) << part << "\n" << out;
}

TEST(Codes, AreUniqueAndInTheirSection) {
  std::set<std::string_view> ids;
  for (const rules::CodeRow& code : rules::all_codes()) {
    EXPECT_TRUE(ids.insert(code.id).second) << code.id;
    EXPECT_EQ(code.id.size(), 5U) << code.id;
    EXPECT_EQ(rules::row(code.code).id, code.id);
  }
}

TEST(Limit, ManyFaultsAreCounted) {
  rules::Diagnostics all;
  for (std::uint32_t i = 0; i < 250; ++i) all.push_back(rules::diagnostic(Code::unexpected, {0, i, i + 1}, "m"));
  all.push_back(rules::diagnostic(Code::unexpected, {1, 0, 1}, "other file"));
  rules::limit(all);
  ASSERT_EQ(all.size(), rules::diagnostics_max + 2);
  EXPECT_EQ(all[rules::diagnostics_max].message, "and 150 more in this file");
  rules::limit(all);
  EXPECT_EQ(all[rules::diagnostics_max].message, "and 150 more in this file");
}

TEST(Near, TheNameThatWasMeant) {
  struct Row {
    const char* written;
    const char* meant;  // empty: nothing is near enough
  };
  const std::vector<std::string> names{"kommunpolis", "lokalpolischef", "övrigt", "åtgärdsplan", "a1", "moten", "möte"};
  for (const Row& row : std::initializer_list<Row>{{"kommunpolis_", "kommunpolis"},
                                                   {"Ovrigt", "övrigt"},
                                                   {"atgardsplan", "åtgärdsplan"},
                                                   {"KOMMUNPOLIS", "kommunpolis"},
                                                   {"komunpolsi", "kommunpolis"},
                                                   {"lokal-polischef", "lokalpolischef"},
                                                   {"mote", "möte"},
                                                   {"a2", ""},
                                                   {"moten", "möte"},
                                                   {"brandchef", ""},
                                                   {"", ""}}) {
    const auto near = rules::nearest(row.written, names);
    EXPECT_EQ(near.value_or(""), row.meant) << row.written;
  }
  EXPECT_EQ(rules::did_you_mean("kommunpolis_", names), "did you mean `kommunpolis`?");
  EXPECT_EQ(rules::did_you_mean("xyz", names), "");
}

}  // namespace
}  // namespace samrad::tests
