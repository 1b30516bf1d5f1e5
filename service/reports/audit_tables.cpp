// The audit as Markdown tables and as CSV.

#include <fmt/format.h>

#include "service/reports/markup.h"
#include "service/reports/sections.h"
#include "service/reports/words.h"

namespace samrad::reports {

namespace {

std::string day_or_empty(calendar::Day day) {
  return day == calendar::day_max ? std::string() : calendar::iso(day);
}

}  // namespace

std::string audit_markdown(const AuditResult& result, Language language) {
  const bool sv = language == Language::sv;
  const program::Program& program = result.program();
  std::string out = fmt::format(
      "# {}\n\n", markdown_cell(program.text(program.title != 0 ? program.title : program.name)));
  for (const Fact& fact : head(result, language))
    out += fmt::format("- {}: {}\n", fact.name, markdown_cell(fact.value));
  out += fmt::format("\n{}.\n", sentence_case(summary_text(result, language)));
  for (const Section& section : sections(result, language)) {
    out += fmt::format("\n## {}\n\n", section.heading);
    out += sv ? "| Tillfälle | Bestämmelse | Utfall | Datum | Ansvarig | Skäl |\n"
              : "| Occurrence | Clause | Verdict | Dates | Owner | Reason |\n";
    out += "|---|---|---|---|---|---|\n";
    for (const Occurrence* o : section.occurrences)
      out += fmt::format("| {} | {} | {} | {} | {} | {} |\n", markdown_cell(o->id),
                         markdown_cell(title_text(result, *o)), words(o->finding.status, language),
                         dates_text(result, *o, language), markdown_cell(owners_text(result, *o, language)),
                         markdown_cell(account_text(result, *o, language)));
    if (section.left_out > 0)
      out += fmt::format("\n{} {}\n", section.left_out,
                         sv ? "till är kommande." : "more are upcoming.");
  }
  for (const Apart& part : apart(result, language)) {
    out += fmt::format("\n## {}\n\n", part.heading);
    for (const std::string& line : part.lines)
      out += fmt::format("- {}\n", markdown_cell(line));
  }
  return out;
}

std::string audit_csv(const AuditResult& result, Language language) {
  std::string out = "id,clause,title,source,owner,severity,status,opens,due,settled,have,need,"
                    "evidence,missing,reading,explanation\r\n";
  const engine::Symbols& symbols = result.ground().symbols();
  const auto joined = [&](const std::vector<program::Symbol>& names) {
    std::string text;
    for (const program::Symbol name : names)
      text += (text.empty() ? "" : " ") + std::string(symbols.text(name));
    return text;
  };
  for (const Occurrence* o : result.listed) {
    const engine::Finding& finding = o->finding;
    const program::Rule& rule = result.program().rules[engine::acting_rule(result.ground(), *o)];
    const std::vector<std::string> cells = {
        o->id,
        std::string(symbols.text(rule.clause)),
        std::string(symbols.text(rule.title)),
        std::string(symbols.text(rule.source)),
        owners_text(result, *o, language),
        std::string(code(o->severity)),
        std::string(code(finding.status)),
        calendar::iso(finding.opens),
        day_or_empty(finding.due),
        engine::settled(finding.status) ? calendar::iso(finding.settled) : std::string(),
        fmt::format("{}", finding.have),
        fmt::format("{}", finding.need),
        joined(finding.evidence),
        joined(finding.missing),
        std::string(symbols.text(rule.reading)),
        account_text(result, *o, language),
    };
    out += csv_line(cells);
  }
  return out;
}

}  // namespace samrad::reports
