// Readings compared, as text, Markdown and CSV.

#include <algorithm>

#include <fmt/format.h>

#include "rules/diagnostics/unicode.h"
#include "service/reports/markup.h"
#include "service/reports/readings.h"
#include "service/reports/words.h"

namespace samrad::reports {

namespace {

constexpr std::size_t rows_shown_max = 40;  // of a table for people; the CSV has all

using Cells = std::vector<std::string>;

std::string joined(const std::vector<std::string>& items, std::string_view between) {
  std::string text;
  for (const std::string& item : items)
    text += (text.empty() ? "" : std::string(between)) + item;
  return text;
}

// -- verdicts in words ------------------------------------------------------------------------------------------------------------------

// "in breach (1 missed)", "met"
std::string fate(const Outcome& outcome, Language language) {
  const bool sv = language == Language::sv;
  if (outcome.breached()) {
    std::vector<std::string> counts;
    const auto add = [&](std::size_t n, const char* one, const char* many) {
      if (n > 0) counts.push_back(fmt::format("{} {}", n, n == 1 ? one : many));
    };
    add(outcome.missed, sv ? "försummad" : "missed", sv ? "försummade" : "missed");
    add(outcome.broken, sv ? "bruten" : "broken", sv ? "brutna" : "broken");
    return fmt::format(fmt::runtime(sv ? "bryts den ({})" : "it is in breach ({})"),
                       joined(counts, ", "));
  }
  if (outcome.total == 0) return sv ? "har den inga förekomster" : "it has no occurrences";
  if (outcome.unknown > 0)
    return fmt::format(fmt::runtime(sv ? "är den inte bruten ({} kan inte bedömas)"
                                       : "it is not in breach ({} cannot be assessed)"),
                       outcome.unknown);
  if (outcome.pending > 0) return sv ? "är den inte bruten hittills" : "it is not in breach so far";
  return sv ? "är den uppfylld" : "it is met";
}

// Columns that fare alike together: "under `a` and `b` it is in breach (1 missed); under `c` it is met".
std::string fates(const ReadingsResult& result, const Comparison& comparison,
                  const ClauseOutcomes& outcomes, Language language) {
  const bool sv = language == Language::sv;
  std::vector<std::pair<std::string, std::vector<std::string>>> groups;
  for (std::size_t i = 0; i < outcomes.by_column.size(); ++i) {
    const std::string how = fate(outcomes.by_column[i], language);
    auto group =
        std::find_if(groups.begin(), groups.end(), [&](const auto& g) { return g.first == how; });
    if (group == groups.end()) group = groups.insert(groups.end(), {how, {}});
    group->second.push_back("`" + heading(result, comparison, comparison.columns[i]) + "`");
  }
  std::vector<std::string> parts;
  for (const auto& [how, names] : groups)
    parts.push_back(fmt::format("{} {} {}", sv ? "enligt" : "under", listed(names, language), how));
  return joined(parts, "; ");
}

// What the choice decides or not of one clause, which is named unless the choice is that clause's own.
std::string decision(const ReadingsResult& result, const Comparison& comparison,
                     const ClauseOutcomes& one, Language language) {
  const bool sv = language == Language::sv;
  const bool named = result.ambiguities[comparison.ambiguity].name != one.clause;
  const std::string clause = named ? " `" + one.clause + "`" : std::string();
  if (!one.decided()) {
    const std::string fate =
        one.by_column.front().breached()
            ? (sv ? "klausulen bryts enligt alla" : "in breach under all")
            : (sv ? "klausulen bryts inte enligt någon" : "in breach under none");
    return fmt::format("{}{}: {}.", sv ? "Läsningen avgör inte" : "The reading does not decide",
                       clause, fate);
  }
  const std::string weight =
      one.severity == program::Severity::error
          ? std::string()
          : fmt::format("{}: {}.", sv ? " Klausulens allvar" : " The clause's severity",
                        code(one.severity));
  return fmt::format("{}{}: {}.{}", sv ? "Läsningen avgör" : "The reading decides", clause,
                     fates(result, comparison, one, language), weight);
}

// A line for each of its clauses that has occurrences, and for each other that it decides.
std::vector<std::string> decisions(const ReadingsResult& result, const Comparison& comparison,
                                   Language language) {
  std::vector<std::string> lines;
  for (const ClauseOutcomes& one : comparison.outcomes) {
    const bool own = result.ambiguities[comparison.ambiguity].concerns(one.clause);
    const bool any = std::any_of(one.by_column.begin(), one.by_column.end(),
                                 [](const Outcome& outcome) { return outcome.total > 0; });
    if (any && (own || one.decided())) lines.push_back(decision(result, comparison, one, language));
  }
  return lines;
}

// "both clauses are checked"
std::string kept_as(const Unsettled& one, Language language) {
  const std::size_t n = one.outcomes.size();
  if (language == Language::sv)
    return n == 2 ? "båda klausulerna prövas" : fmt::format("alla {} klausulerna prövas", n);
  return n == 2 ? "both clauses are checked" : fmt::format("all {} clauses are checked", n);
}

// "`moten`: 3 met, 1 missed"
std::string standing(const ClauseOutcomes& clause, Language language) {
  const bool sv = language == Language::sv;
  const Outcome& outcome = clause.by_column[0];
  std::vector<std::string> counts;
  const auto add = [&](std::size_t n, const char* en, const char* sv_one, const char* sv_many) {
    if (n > 0) counts.push_back(fmt::format("{} {}", n, !sv ? en : n == 1 ? sv_one : sv_many));
  };
  add(outcome.met, "met", "uppfylld", "uppfyllda");
  add(outcome.missed, "missed", "försummad", "försummade");
  add(outcome.broken, "broken", "bruten", "brutna");
  add(outcome.unknown, "cannot be assessed", "kan inte bedömas", "kan inte bedömas");
  add(outcome.pending, "open or upcoming", "öppen eller kommande", "öppna eller kommande");
  if (counts.empty()) counts.emplace_back(sv ? "inget att pröva" : "nothing to judge");
  return fmt::format("`{}`: {}", clause.clause, joined(counts, ", "));
}

// "by `moten` in breach (1 missed), by `moten_bilaga5` not"
std::string answers(const Unsettled& one, Language language) {
  const bool sv = language == Language::sv;
  std::vector<std::string> parts;
  for (const ClauseOutcomes& clause : one.outcomes) {
    const Outcome& outcome = clause.by_column[0];
    std::vector<std::string> counts;
    if (outcome.missed > 0)
      counts.push_back(fmt::format("{} {}", outcome.missed,
                                   !sv                   ? "missed"
                                   : outcome.missed == 1 ? "försummad"
                                                         : "försummade"));
    if (outcome.broken > 0)
      counts.push_back(fmt::format("{} {}", outcome.broken,
                                   !sv                   ? "broken"
                                   : outcome.broken == 1 ? "bruten"
                                                         : "brutna"));
    parts.push_back(fmt::format(
        "{} `{}` {}", sv ? "enligt" : "by", clause.clause,
        counts.empty()
            ? std::string(sv ? "inte" : "not")
            : fmt::format("{} ({})", sv ? "ett brott" : "in breach", joined(counts, ", "))));
  }
  return joined(parts, ", ");
}

std::string answer_line(const Unsettled& one, Language language) {
  const bool sv = language == Language::sv;
  if (one.disagree())
    return fmt::format("{}: {}.", sv ? "Svaret avgör" : "The answer decides",
                       answers(one, language));
  if (one.outcomes[0].by_column[0].breached())
    return sv ? "Svaret avgör inte: var och en av dem bryts."
              : "The answer does not decide: each of them is in breach.";
  return sv ? "Svaret avgör inte: ingen av dem bryts."
            : "The answer does not decide: none of them is in breach.";
}

// -- tables -----------------------------------------------------------------------------------------------------------------------------

std::string day_or_empty(calendar::Day day) {
  return day == calendar::day_max ? std::string() : calendar::iso(day);
}

std::string verdict(const ComparedOccurrence& row, const std::optional<Verdict>& one,
                    Language language) {
  if (!one) return "-";
  std::string text(words(one->status, language));
  if (one->due != row.due) text += " (" + day_or_empty(one->due) + ")";
  return text;
}

std::string mark(const Alternative& alternative) {
  return alternative.name + (alternative.by_default ? "*" : "");
}

// A head row, then a row for each occurrence.
std::vector<Cells> table(const ReadingsResult& result, const Comparison& comparison,
                         const std::vector<const ComparedOccurrence*>& rows, std::size_t columns,
                         Language language) {
  const bool sv = language == Language::sv;
  const auto& alternatives = result.ambiguities[comparison.ambiguity].alternatives;
  std::vector<Cells> lines{{sv ? "senast" : "due", sv ? "förekomst" : "occurrence"}};
  for (std::size_t i = 0; i < columns; ++i)
    lines[0].push_back(comparison.columns[i].beside
                           ? heading(result, comparison, comparison.columns[i])
                           : mark(alternatives[comparison.columns[i].alternative]));
  for (const ComparedOccurrence* row : rows) {
    Cells cells{day_or_empty(row->due), row->id};
    for (const std::optional<Verdict>& one : row->verdicts)
      cells.push_back(verdict(*row, one, language));
    lines.push_back(std::move(cells));
  }
  return lines;
}

// Columns as wide as their widest cell.
std::string aligned(const std::vector<Cells>& lines) {
  std::vector<std::size_t> widths(lines[0].size(), 0);
  for (const Cells& cells : lines)
    for (std::size_t i = 0; i < cells.size(); ++i)
      widths[i] = std::max(widths[i], rules::unicode::display_width(cells[i]));
  std::string text;
  for (const Cells& cells : lines) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i)
      line += (i == 0 ? "" : "  ") + cells[i] +
              std::string(widths[i] - rules::unicode::display_width(cells[i]), ' ');
    line.erase(line.find_last_not_of(' ') + 1);
    text += "  " + line + "\n";
  }
  return text;
}

std::string piped(const std::vector<Cells>& lines) {
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (const std::string& cell : lines[i])
      text += "| " + markdown_cell(cell) + " ";
    text += "|\n";
    for (std::size_t k = 0; i == 0 && k < lines[0].size(); ++k)
      text += k + 1 == lines[0].size() ? "|---|\n" : "|---";
  }
  return text;
}

struct Table {
  std::vector<Cells> lines;
  std::size_t left_out = 0;
};

Table differing(const ReadingsResult& result, const Comparison& comparison, bool own,
                Language language) {
  std::vector<const ComparedOccurrence*> rows;
  for (const ComparedOccurrence& row : own ? comparison.own : comparison.others)
    if (row.differs) rows.push_back(&row);
  const std::size_t all = rows.size();
  rows.resize(std::min(all, rows_shown_max));
  const std::size_t columns = own ? comparison.columns.size()
                                  : result.ambiguities[comparison.ambiguity].alternatives.size();
  if (rows.empty()) return {};
  return {table(result, comparison, rows, columns, language), all - rows.size()};
}

std::string more(std::size_t left_out, Language language) {
  return fmt::format(fmt::runtime(language == Language::sv
                                      ? "… och {} till; `--format csv` har alla."
                                      : "… and {} more; `--format csv` has all."),
                     left_out);
}

// -- what stands above ------------------------------------------------------------------------------------------------------------------

std::string count_line(const ReadingsResult& result, Language language) {
  const std::string possible = fmt::format("{}", result.possible);
  const std::string& title = result.title.empty() ? result.agreement : result.title;
  if (language == Language::sv)
    return fmt::format("{} per {}: {} av {} möjliga kombinationer av läsningar prövade.", title,
                       result.as_of, result.run, possible);
  return fmt::format("{} as of {}: {} of {} possible combinations of readings judged.", title,
                     result.as_of, result.run, possible);
}

// The clauses whose readings decide between breach and no breach, each with how.
std::vector<std::string> decided(const ReadingsResult& result, Language language) {
  const bool sv = language == Language::sv;
  std::vector<std::string> lines;
  for (const Comparison& comparison : result.comparisons)
    for (const ClauseOutcomes& one : comparison.outcomes) {
      const Ambiguity& ambiguity = result.ambiguities[comparison.ambiguity];
      if (!one.decided()) continue;
      const std::string of = ambiguity.name == one.clause
                                 ? one.clause
                                 : fmt::format(fmt::runtime(sv ? "{} avgör {}" : "{} decides {}"),
                                               ambiguity.name, one.clause);
      lines.push_back(fmt::format("{}: {}", of, fates(result, comparison, one, language)));
    }
  for (const Unsettled& one : result.unsettled)
    if (one.disagree())
      lines.push_back(fmt::format("{}: {}", one.ambiguity.name, answers(one, language)));
  return lines;
}

std::string decided_heading(const ReadingsResult& result, bool any, Language language) {
  const bool sv = language == Language::sv;
  if (result.ambiguities.empty() && result.unsettled.empty())
    return sv ? "Ingen klausul har flera läsningar." : "No clause has several readings.";
  if (!any)
    return sv ? "Ingen läsning avgör om någon klausul bryts."
              : "No reading decides whether a clause is in breach.";
  return sv ? "Läsningen avgör om klausulen bryts:"
            : "The reading decides whether the clause is in breach:";
}

std::string differ_line(const Comparison& comparison, Language language) {
  const std::size_t n = comparison.differing();
  if (language == Language::sv)
    return n == 0 ? "Ingen förekomst skiljer sig."
                  : fmt::format("{} förekomst{} skiljer sig.", n, n == 1 ? "" : "er");
  return n == 0 ? "No occurrence differs."
                : fmt::format("{} occurrence{}.", n, n == 1 ? " differs" : "s differ");
}

std::string legend(const Ambiguity& ambiguity) {
  std::size_t width = 0;
  for (const Alternative& one : ambiguity.alternatives)
    width = std::max(width, rules::unicode::display_width(mark(one)));
  std::string text;
  for (const Alternative& one : ambiguity.alternatives)
    text += "  " + mark(one) + std::string(width - rules::unicode::display_width(mark(one)), ' ') +
            "  " + one.label + "\n";
  return text;
}

const char* elsewhere(Language language) {
  return language == Language::sv ? "I andra klausuler:" : "In other clauses:";
}

}  // namespace

std::string readings_text(const ReadingsResult& result, Language language) {
  std::string text = count_line(result, language) + "\n\n";
  const std::vector<std::string> lines = decided(result, language);
  text += decided_heading(result, !lines.empty(), language) + "\n";
  for (const std::string& line : lines)
    text += "  " + line + "\n";
  for (const Comparison& comparison : result.comparisons) {
    const Ambiguity& ambiguity = result.ambiguities[comparison.ambiguity];
    text += "\n" + ambiguity.name + (ambiguity.title.empty() ? "" : "  " + ambiguity.title) + "\n";
    if (!ambiguity.source.empty()) text += "  " + ambiguity.source + "\n";
    text += legend(ambiguity) + "  " + differ_line(comparison, language) + "\n";
    for (const bool own : {true, false}) {
      const Table part = differing(result, comparison, own, language);
      if (part.lines.empty()) continue;
      if (!own) text += std::string("  ") + elsewhere(language) + "\n";
      text += aligned(part.lines);
      if (part.left_out > 0) text += "  " + more(part.left_out, language) + "\n";
    }
    for (const std::string& line : decisions(result, comparison, language))
      text += "  " + line + "\n";
  }
  for (const Unsettled& one : result.unsettled) {
    text += fmt::format("\n{}: {}\n", one.ambiguity.name, kept_as(one, language));
    for (const std::string& line : {one.ambiguity.title, one.ambiguity.source})
      if (!line.empty()) text += "  " + line + "\n";
    for (const ClauseOutcomes& clause : one.outcomes)
      text += "  " + standing(clause, language) + "\n";
    text += "  " + answer_line(one, language) + "\n";
  }
  return text;
}

std::string readings_markdown(const ReadingsResult& result, Language language) {
  std::string text = "# " + markdown_cell(count_line(result, language)) + "\n\n";
  const std::vector<std::string> lines = decided(result, language);
  text += decided_heading(result, !lines.empty(), language) + "\n" + (lines.empty() ? "" : "\n");
  for (const std::string& line : lines)
    text += "- " + markdown_cell(line) + "\n";
  for (const Comparison& comparison : result.comparisons) {
    const Ambiguity& ambiguity = result.ambiguities[comparison.ambiguity];
    text += "\n## " + markdown_cell(ambiguity.title.empty() ? ambiguity.name : ambiguity.title) +
            "\n\n";
    text +=
        markdown_cell(ambiguity.name + (ambiguity.source.empty() ? "" : ": " + ambiguity.source)) +
        "\n\n";
    for (const Alternative& one : ambiguity.alternatives)
      text += "- " + markdown_cell(mark(one) + ": " + one.label) + "\n";
    text += "\n" + differ_line(comparison, language) + "\n";
    for (const bool own : {true, false}) {
      const Table part = differing(result, comparison, own, language);
      if (part.lines.empty()) continue;
      text +=
          (own ? "" : std::string("\n") + elsewhere(language) + "\n") + "\n" + piped(part.lines);
      if (part.left_out > 0) text += "\n" + more(part.left_out, language) + "\n";
    }
    for (const std::string& line : decisions(result, comparison, language))
      text += "\n" + markdown_cell(line) + "\n";
  }
  for (const Unsettled& one : result.unsettled) {
    text +=
        fmt::format("\n## {}: {}\n\n", markdown_cell(one.ambiguity.name), kept_as(one, language));
    for (const std::string& line : {one.ambiguity.title, one.ambiguity.source})
      if (!line.empty()) text += markdown_cell(line) + "\n\n";
    for (const ClauseOutcomes& clause : one.outcomes)
      text += "- " + markdown_cell(standing(clause, language)) + "\n";
    text += "\n" + markdown_cell(answer_line(one, language)) + "\n";
  }
  return text;
}

std::string readings_csv(const ReadingsResult& result, Language language) {
  std::string text = csv_line({"ambiguity", "clause", "occurrence", "reading", "together_with",
                               "status", "verdict", "due"});
  for (const Comparison& comparison : result.comparisons)
    for (const auto* rows : {&comparison.own, &comparison.others})
      for (const ComparedOccurrence& row : *rows)
        for (std::size_t i = 0; row.differs && i < row.verdicts.size(); ++i) {
          const Column& column = comparison.columns[i];
          const Ambiguity& ambiguity = result.ambiguities[comparison.ambiguity];
          const std::string beside =
              column.beside
                  ? heading(result, comparison, column)
                        .substr(ambiguity.alternatives[column.alternative].name.size() + 1)
                  : std::string();
          const std::optional<Verdict>& one = row.verdicts[i];
          text += csv_line({ambiguity.name, row.clause, row.id,
                            ambiguity.alternatives[column.alternative].name, beside,
                            one ? std::string(code(one->status)) : std::string(),
                            one ? std::string(words(one->status, language)) : std::string(),
                            one ? day_or_empty(one->due) : std::string()});
        }
  for (const Unsettled& one : result.unsettled)
    for (const ComparedOccurrence& row : one.occurrences)
      text +=
          csv_line({one.ambiguity.name, row.clause, row.id, "", "",
                    std::string(code(row.verdicts[0]->status)),
                    std::string(words(row.verdicts[0]->status, language)), day_or_empty(row.due)});
  return text;
}

std::string side_by_side_text(const ReadingsResult& result, Language language) {
  if (result.comparisons.empty())
    return language == Language::sv ? "Ingen klausul har flera läsningar.\n"
                                    : "No clause has several readings.\n";
  std::string text;
  for (const Comparison& comparison : result.comparisons) {
    const Ambiguity& ambiguity = result.ambiguities[comparison.ambiguity];
    text += (text.empty() ? "" : "\n") + ambiguity.name + "\n";
    for (const Alternative& one : ambiguity.alternatives)
      text += "  " + mark(one) + " " + one.label + "\n";
    std::vector<const ComparedOccurrence*> rows;
    for (const ComparedOccurrence& row : comparison.own)
      rows.push_back(&row);
    text += aligned(table(result, comparison, rows, ambiguity.alternatives.size(), language));
  }
  return text;
}

}  // namespace samrad::reports
