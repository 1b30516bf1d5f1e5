// Aim: each way of asking something of an event reads as a sentence of the report's language, and names stand as they are labelled.

#include <gtest/gtest.h>

#include "rules/compile.h"
#include "service/reports/condition_words.h"

namespace samrad::reports {
namespace {

constexpr std::string_view vocabulary = R"(
party kommunen "Kommunen"
party polisen "Polisen"
role chef of kommunen "Direktören"
role polischef of polisen "Polischefen"
role vice of polisen "Vice polischefen"
forum radet "Rådet"
forum klara
document planen "Planen"
event meeting of forum "Sammanträde"
  chair     role optional  "Ordförande"
  attendees roles          "Deltagare"
  agenda    texts optional "Dagordning"
  cost      money optional "Kostnad"
  count     number optional
  open      yes/no         "Öppet"
  answer_by date optional  "Svarsdag"
event notice of forum "Kallelse"
  by    role
  to    role optional
  about text optional
event decision of document
event visit
  post role optional
fact stangt "Det är stängt"
  holds from visit until decision
fact besatt of role "Befattningen är besatt"
  holds from visit per post until leave per post
event leave
  post role
)";

struct Row {
  std::string_view condition;
  std::string_view sv;
  std::string_view en;  // where labels are Swedish: names
};

class Conditions : public testing::Test {
 protected:
  static program::Program compiled(const std::string& clause, bool english = false) {
    const std::string text = "agreement a \"A\"\n  term 2016-06-01 to 2018-05-31\n" +
                             std::string(english ? "  language english\n" : "") +
                             std::string(vocabulary) + clause;
    const rules::Source source{"a.samrad", text};
    rules::Compiled out = rules::compile({&source, 1});
    for (const rules::Diagnostic& d : out.diagnostics)
      EXPECT_NE(d.severity, rules::Severity::error) << d.message << "\n" << text;
    return out.program ? *std::move(out.program) : program::Program{};
  }
};

std::string condition_of(const program::Program& p, Language language) {
  const engine::Symbols symbols(p);
  const engine::Book book;
  const engine::Ground ground(p, symbols, {}, book);
  const program::Rule& r = p.rules.back();
  const program::Index type = p.patterns[r.pattern].type;
  return expression_words(ground, r.condition, {type, type, true}, language);
}

std::string answer_of(const program::Program& p, Language language) {
  const engine::Symbols symbols(p);
  const engine::Book book;
  const engine::Ground ground(p, symbols, {}, book);
  return pattern(ground, p.rules.back().answer, language);
}

TEST_F(Conditions, ReadAsSentences) {
  const Row table[] = {
      {"open", "öppet är ja", "open is yes"},
      {"not open", "öppet är nej", "open is no"},
      {"chair is chef", "ordförande är Direktören", "chair is Direktören"},
      {"chair is one of (chef, polischef)", "ordförande är Direktören eller Polischefen",
       "chair is Direktören or Polischefen"},
      {"chair present", "ordförande finns", "chair is given"},
      {"chair missing", "ordförande saknas", "chair is missing"},
      {"attendees including chef", "deltagare omfattar Direktören", "attendees include Direktören"},
      {"attendees including all of (chef, vice)",
       "deltagare omfattar Direktören och Vice polischefen",
       "attendees include Direktören and Vice polischefen"},
      {"attendees including any of (chef, vice)",
       "deltagare omfattar Direktören eller Vice polischefen",
       "attendees include Direktören or Vice polischefen"},
      {"attendees including none of (chef, vice)",
       "deltagare omfattar inte Direktören eller Vice polischefen",
       "attendees do not include Direktören or Vice polischefen"},
      {"attendees including only (chef, vice)",
       "deltagare omfattar bara Direktören och Vice polischefen",
       "attendees include only Direktören and Vice polischefen"},
      {"attendees including at least 2 of (chef, vice, polischef)",
       "deltagare omfattar minst två av Direktören, Vice polischefen och Polischefen",
       "attendees include at least two of Direktören, Vice polischefen and Polischefen"},
      {"not attendees including all of (chef, vice)",
       "deltagare omfattar inte alla av Direktören och Vice polischefen",
       "attendees do not include all of Direktören and Vice polischefen"},
      {"agenda including \"budget\"", "dagordning omfattar ’budget’", "agenda includes ‘budget’"},
      {"number of attendees is at least 3", "antalet deltagare är minst 3",
       "the number of attendees is at least 3"},
      {"cost <= 5000 SEK", "kostnad är högst 5000 SEK", "cost is at most 5000 SEK"},
      {"not cost <= 5000 SEK", "kostnad är mer än 5000 SEK", "cost is more than 5000 SEK"},
      {"count * 2 < 7", "count · 2 är mindre än 7", "count · 2 is less than 7"},
      {"day < 2017-03-01", "dagen är före 1 mars 2017", "the day is before 1 March 2017"},
      {"answer_by >= day + 30 days", "svarsdag är tidigast dagen + 30 dagar",
       "answer by is no earlier than the day + 30 days"},
      {"stangt", "Det är stängt", "Det är stängt"},
      {"not stangt", "’Det är stängt’ gäller inte", "‘Det är stängt’ does not hold"},
      {"besatt of chef", "Befattningen är besatt (Direktören)",
       "Befattningen är besatt (Direktören)"},
      {"open and (chair is chef or stangt)",
       "öppet är ja och (ordförande är Direktören eller ’Det är stängt’ gäller)",
       "open is yes and (chair is Direktören or ‘Det är stängt’ holds)"},
      {"notice to chef happened in the last 30 days",
       "kallelse (till Direktören) har skett högst 30 dagar tidigare",
       "notice (to Direktören) has happened in the last 30 days"},
      {"number of decision of planen in the same half-year is at most 3",
       "antalet ”decision” (Planen) under samma halvår är högst 3",
       "the number of decision (Planen) in the same half-year is at most 3"},
  };
  for (const Row& row : table) {
    const program::Program p = compiled("clause c\n  source \"1\"\n  every meeting must have " +
                                        std::string(row.condition) + "\n");
    ASSERT_FALSE(p.rules.empty()) << row.condition;
    EXPECT_EQ(condition_of(p, Language::sv), row.sv) << row.condition;
    EXPECT_EQ(condition_of(p, Language::en), row.en) << row.condition;
  }
}

// Aim: an English agreement's labels stand in English reports too.
TEST_F(Conditions, ShowTheLabelsOfAnEnglishAgreement) {
  const program::Program p =
      compiled("clause c\n  source \"1\"\n  every meeting must have open\n", true);
  EXPECT_EQ(condition_of(p, Language::en), "öppet is yes");
  EXPECT_EQ(condition_of(p, Language::sv), "öppet är ja");
}

TEST_F(Conditions, OfAnAnswerSayWhatIsAskedOfItBesideItsType) {
  const Row table[] = {
      {"notice of radet by chef", "kallelse (Rådet, av Direktören)",
       "notice (Rådet, by Direktören)"},
      {"notice of the same forum about m", "kallelse (samma forum, om den händelsen)",
       "notice (the same forum, about that event)"},
      {"notice where to is chair of m", "kallelse (samma forum, till ordförande för den händelsen)",
       "notice (the same forum, to chair of that event)"},
      {"meeting of klara where open and chair is chef",
       "sammanträde (klara, där öppet är ja och ordförande är Direktören)",
       "meeting (klara, where open is yes and chair is Direktören)"},
      {"meeting where (open or chair is chef) and agenda present",
       "sammanträde (samma forum, där (öppet är ja eller ordförande är Direktören) och dagordning "
       "finns)",
       "meeting (the same forum, where (open is yes or chair is Direktören) and agenda is given)"},
  };
  for (const Row& row : table) {
    const program::Program p =
        compiled("clause c\n  source \"1\"\n  owner chef\n  after meeting as m, " +
                 std::string(row.condition) + " must happen within 30 days\n");
    ASSERT_FALSE(p.rules.empty()) << row.condition;
    EXPECT_EQ(answer_of(p, Language::sv), row.sv) << row.condition;
    EXPECT_EQ(answer_of(p, Language::en), row.en) << row.condition;
  }
}

// Aim: nobody reads thirty names; four and how many more are enough.
TEST_F(Conditions, NameTheFirstOfManyMembers) {
  std::string text =
      "clause c\n  source \"1\"\n  every meeting must have attendees including any of (";
  std::string roles;
  for (int i = 1; i <= 12; ++i) {
    roles += "role r" + std::to_string(i) + " of polisen \"Roll " + std::to_string(i) + "\"\n";
    text += (i == 1 ? "r" : ", r") + std::to_string(i);
  }
  const program::Program p = compiled(roles + text + ")\n");
  EXPECT_EQ(condition_of(p, Language::sv),
            "deltagare omfattar Roll 1, Roll 2, Roll 3, Roll 4 eller åtta till");
}

}  // namespace
}  // namespace samrad::reports
