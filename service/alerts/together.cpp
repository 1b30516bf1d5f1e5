#include "service/alerts/together.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

#include <fmt/format.h>

#include "service/alerts/phrases.h"
#include "service/reports/words.h"

namespace samrad::alerts {

namespace {

using Form = Block::Form;

struct Sum {
  Kind kind;
  std::string_view sv_one, sv, en_one, en;
};
// In the order of urgency.
constexpr std::array<Sum, 6> sums = {{
    {Kind::escalation, "en obekräftad försening", "{} obekräftade förseningar",
     "one delay not acknowledged", "{} delays not acknowledged"},
    {Kind::breach, "en ny avvikelse", "{} nya avvikelser", "one new breach", "{} new breaches"},
    {Kind::overdue, "en försenad", "{} försenade", "one overdue", "{} overdue"},
    {Kind::due, "en med sista dag i dag", "{} med sista dag i dag", "one due today",
     "{} due today"},
    {Kind::warning, "en frist som närmar sig", "{} frister som närmar sig",
     "one deadline coming up", "{} deadlines coming up"},
    {Kind::settled, "en klar", "{} klara", "one settled", "{} settled"},
}};

std::size_t urgency(Kind kind) {
  const auto it =
      std::find_if(sums.begin(), sums.end(), [&](const Sum& one) { return one.kind == kind; });
  return static_cast<std::size_t>(it - sums.begin());
}

// "2 nya avvikelser och en frist som närmar sig"
std::string summary(const std::vector<Part>& parts, Language language) {
  const bool sv = language == Language::sv;
  std::vector<std::string> all;
  for (const Sum& sum : sums) {
    const auto n = std::count_if(parts.begin(), parts.end(),
                                 [&](const Part& part) { return part.kind == sum.kind; });
    if (n == 1) all.emplace_back(sv ? sum.sv_one : sum.en_one);
    if (n > 1)
      all.push_back(fmt::format(fmt::runtime(sv ? sum.sv : sum.en),
                                reports::number(static_cast<int>(n), language)));
  }
  return reports::listed(all, language);
}

}  // namespace

Page together(std::vector<Part> parts) {
  std::stable_sort(parts.begin(), parts.end(),
                   [](const Part& a, const Part& b) { return urgency(a.kind) < urgency(b.kind); });
  std::set<std::string> told;
  std::erase_if(parts, [&](const Part& part) { return !told.insert(part.about).second; });
  if (parts.size() == 1) return std::move(parts.front().page);
  const Language language = parts.front().page.language;
  const bool sv = language == Language::sv;
  const std::string sum = (sv ? "Påminnelser: " : "Reminders: ") + summary(parts, language);
  Page page{language, subject_line(sum), {}};
  page.blocks.push_back(
      {Form::paragraph,
       (sv ? "Det här brevet gäller " : "This letter is about ") +
           reports::number(static_cast<int>(parts.size()), language) +
           (sv ? " saker. Det som brådskar mest står först." : " things, the most urgent first."),
       {}});
  std::vector<Block> ends;
  for (Part& part : parts) {
    page.blocks.push_back({Form::heading, std::move(part.page.title), {}});
    for (Block& block : part.page.blocks) {
      const bool end = block.form == Form::small;
      const bool known = end && std::any_of(ends.begin(), ends.end(), [&](const Block& one) {
                           return one.text == block.text;
                         });
      if (!known) (end ? ends : page.blocks).push_back(std::move(block));
    }
  }
  std::move(ends.begin(), ends.end(), std::back_inserter(page.blocks));
  return page;
}

}  // namespace samrad::alerts
