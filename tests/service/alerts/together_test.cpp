// Aim: what one person would get one by one on a morning is one letter, the most urgent first, and nothing of it is said twice.

#include <gmock/gmock.h>

#include "service/alerts/text.h"
#include "service/alerts/together.h"
#include "tests/service/golden.h"

namespace samrad::alerts {
namespace {

using calendar::Language;
using Form = Block::Form;

Part part(Kind kind, const char* about, const char* title, Language language = Language::sv,
          const char* end = "Du får det här eftersom du företräder ”rådet”.") {
  return {kind,
          about,
          {language,
           title,
           {{Form::paragraph, std::string("Om ") + title + ".", {}},
            {Form::rows, "", {{"Sista dag", "fredag 30 juni 2017"}}},
            {Form::small, end, {}}}}};
}

TEST(Together, reads_as_it_was_kept) {
  std::string all;
  for (const Language language : {Language::sv, Language::en}) {
    const Text text = text_of(
        together({part(Kind::warning, "a", "A", language), part(Kind::overdue, "b", "B", language),
                  part(Kind::due, "c", "C", language),
                  part(Kind::overdue, "d", "D", language, "Skrivet i går."),
                  part(Kind::escalation, "e", "E", language)}));
    all += "Subject: " + text.subject + "\n\n" + text.plain + "\n########\n";
  }
  EXPECT_TRUE(tests::matches_golden("alerts/together.txt", all));
}

TEST(Together, sums_up_what_it_holds) {
  const struct {
    std::vector<Kind> kinds;
    const char* sv;
    const char* en;
  } table[] = {
      {{Kind::warning, Kind::warning},
       "Påminnelser: två frister som närmar sig",
       "Reminders: two deadlines coming up"},
      {{Kind::due, Kind::warning},
       "Påminnelser: en med sista dag i dag och en frist som närmar sig",
       "Reminders: one due today and one deadline coming up"},
      {{Kind::settled, Kind::breach, Kind::breach},
       "Påminnelser: två nya avvikelser och en klar",
       "Reminders: two new breaches and one settled"},
      {{Kind::overdue, Kind::escalation},
       "Påminnelser: en obekräftad försening och en försenad",
       "Reminders: one delay not acknowledged and one overdue"},
  };
  for (const auto& row : table)
    for (const Language language : {Language::sv, Language::en}) {
      std::vector<Part> parts;
      for (std::size_t i = 0; i < row.kinds.size(); ++i)
        parts.push_back(part(row.kinds[i], std::to_string(i).c_str(), "x", language));
      EXPECT_EQ(together(std::move(parts)).title, language == Language::sv ? row.sv : row.en);
    }
}

TEST(Together, of_one_duty_tells_what_presses_most) {
  const Page page =
      together({part(Kind::breach, "a", "Missed"), part(Kind::overdue, "a", "Overdue")});
  EXPECT_EQ(page.title, "Missed");
  EXPECT_EQ(together({part(Kind::due, "a", "Alone")}).title, "Alone");
}

}  // namespace
}  // namespace samrad::alerts
