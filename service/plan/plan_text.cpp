// A plan for people: what is planned month by month and why, what stands outside the plan, and, where there is none, the clauses
// that cannot be met together.
#include <map>

#include "service/plan/wording.h"
#include "service/reports/words.h"

namespace samrad::plan {

namespace {

constexpr std::size_t listed_max = 12;  // occurrences of one clause that are named one by one

std::string folded(const std::string& text, std::size_t indent, std::size_t width) {
  std::string out, line(indent, ' ');
  std::size_t columns = indent;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    std::size_t size = 0;
    for (const char c : word)
      size += (c & 0xC0) != 0x80 ? 1 : 0;
    if (columns > indent && columns + 1 + size > width) {
      out += line + "\n";
      line = std::string(indent, ' ');
      columns = indent;
    }
    if (columns > indent) line += ' ', ++columns;
    line += word;
    columns += size;
    at = end + 1;
  }
  return out + line + "\n";
}

struct Words {
  const Plan& plan;
  Language language;
  std::size_t width;
  [[nodiscard]] std::string operator()(const char* sv, const char* en) const {
    return language == Language::sv ? sv : en;
  }
};

std::string weekday(Day day, Language language) {
  static constexpr const char* sv[] = {"mån", "tis", "ons", "tor", "fre", "lör", "sön"};
  static constexpr const char* en[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  const auto i = static_cast<std::size_t>(calendar::weekday(day)) - 1;
  return language == Language::sv ? sv[i] : en[i];
}

std::string head(const Words& w) {
  const program::Program& p = w.plan.program();
  return w("Plan för ", "Plan for ") + std::string(p.text(p.title != 0 ? p.title : p.name)) + ", " +
         reports::dates(w.plan.from, w.plan.to, w.language) + "\n";
}

std::string verdict(const Words& w) {
  const Plan& plan = w.plan;
  const std::string n = std::to_string(plan.events.size());
  if (plan.outcome == Outcome::whole && plan.remaining.empty())
    return folded(w("Planen har ", "The plan has ") + n +
                      w(" händelser. Granskad tillsammans med det som redan är registrerat ger den "
                        "inga brott utöver dem som fanns före planens första dag.",
                        " events. Audited with what is on record it shows no violation that was "
                        "not there before its first day."),
                  0, w.width);
  std::string text;
  if (plan.outcome == Outcome::whole) {
    text = folded(w("Planen har ", "The plan has ") + n +
                      w(" händelser. Granskningen finner inga nya brott, men detta är inte "
                        "uppfyllt eller kan inte bedömas:",
                        " events. The audit finds no new violation, but this is not kept or cannot "
                        "be assessed:"),
                  0, w.width);
    for (const std::string& id : plan.remaining)
      text += "  " + id + "\n";
    return text;
  }
  if (plan.outcome == Outcome::conflict) {
    text = folded((plan.conflict_proven ? w("Det finns ingen plan som uppfyller alla klausuler. ",
                                            "No plan satisfies every clause. ")
                                        : w("Ingen plan som uppfyller alla klausuler har hittats. ",
                                            "No plan was found that satisfies every clause. ")) +
                      (plan.conflict.size() == 1 ? w("Denna klausul kan inte uppfyllas i perioden:",
                                                     "This clause cannot be met in the period:")
                                                 : w("Redan dessa kan inte uppfyllas tillsammans:",
                                                     "These alone cannot be met together:")),
                  0, w.width);
    if (!plan.conflict_minimal)
      text += folded(w("(Att var och en av dem behövs för konflikten har inte visats.)",
                       "(That each of them is needed for the conflict was not shown.)"),
                     0, w.width);
    for (const Index rule : plan.conflict) {
      const program::Rule& r = plan.program().rules[rule];
      text += "\n" + folded(clause_name(plan, rule, w.language), 2, w.width);
      if (r.title != 0) text += folded(std::string(plan.program().text(r.title)), 4, w.width);
      text += folded(std::string(plan.program().text(r.sentence)), 4, w.width);
    }
    return text;
  }
  text = folded(w("Planen har ", "The plan has ") + n +
                    w(" händelser, men är inte hel: granskningen finner fortfarande detta.",
                      " events but is not whole: the audit still finds this."),
                0, w.width);
  if (plan.out_of_time)
    text += folded(w("Tiden tog slut innan planen var färdig.",
                     "The time ran out before the plan was finished."),
                   0, w.width);
  for (const std::string& id : plan.remaining)
    text += "  " + id + "\n";
  return text;
}

std::string event_text(const Words& w, const PlannedEvent& one) {
  std::string text = "  " + calendar::iso(one.event.day) + " " +
                     weekday(one.event.day, w.language) + "  " +
                     event_name(w.plan, one.event, w.language) + "\n";
  text += folded(asked_text(w.plan, one, w.language) + ".", 6, w.width);
  text += folded(bounds_text(w.plan, one, w.language) + ".", 6, w.width);
  const std::string contents = contents_text(w.plan, one, w.language);
  if (!contents.empty()) text += folded(reports::sentence_case(contents) + ".", 6, w.width);
  const std::string shaped = shaped_text(w.plan, one, w.language);
  if (!shaped.empty()) text += folded(shaped + ".", 6, w.width);
  return text;
}

std::string events_text(const Words& w) {
  std::string text;
  int month = -1;
  for (const PlannedEvent& one : w.plan.events) {
    const calendar::Date date = calendar::to_date(one.event.day);
    const int now = date.year * 12 + static_cast<int>(date.month);
    if (now != month)
      text += "\n" + reports::sentence_case(std::string(reports::month(date.month, w.language))) +
              " " + std::to_string(date.year) + "\n";
    month = now;
    text += event_text(w, one);
  }
  return text;
}

std::string outside_text(const Words& w) {
  std::string text;
  const std::vector<OutsideRow>& rows = w.plan.outside;
  for (std::size_t i = 0; i < rows.size();) {
    if (i == 0 || rows[i].why != rows[i - 1].why) {
      if (i == 0) text += "\n" + w("Utanför planen", "Outside the plan") + "\n";
      text += "\n  " + std::string(outside_title(rows[i].why, w.language)) + "\n";
    }
    std::string ids;
    const std::string clause = clause_name(w.plan, rows[i].rule, w.language);
    std::size_t n = 0;
    const std::size_t first = i;
    for (; i < rows.size() && rows[i].why == rows[first].why &&
           clause_name(w.plan, rows[i].rule, w.language) == clause;
         ++i)
      if (!rows[i].occurrence.empty() && n++ < listed_max)
        ids += (ids.empty() ? ": " : ", ") + rows[i].occurrence;
    if (n > listed_max)
      ids += w(" och ", " and ") + std::to_string(n - listed_max) + w(" till", " more");
    text += folded(clause + ids, 4, w.width);
  }
  return text;
}

}  // namespace

std::string plan_text(const Plan& plan, const reports::TextStyle& style) {
  const Words w{plan, style.language, static_cast<std::size_t>(std::max(style.width, 40))};
  return head(w) + verdict(w) + events_text(w) + outside_text(w);
}

std::string plan_summary(const Plan& plan, const reports::TextStyle& style) {
  return verdict({plan, style.language, static_cast<std::size_t>(std::max(style.width, 40))});
}

}  // namespace samrad::plan
