// The compliance sheet as text for a terminal or a printer, and one occurrence's tree of reasons.

#include <algorithm>

#include <fmt/format.h>

#include "service/reports/sections.h"
#include "service/reports/sentences.h"
#include "service/reports/words.h"

namespace samrad::reports {

namespace {

constexpr int width_min = 40;

int letters(std::string_view text) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

// Folded between words; the first line behind `first` blanks, those below behind `rest`.
std::string folded(std::string_view text, int first, int rest, int width) {
  std::string out(static_cast<std::size_t>(first), ' ');
  int column = first;
  bool begun = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (begun && column + 1 + letters(word) > width) {
      out += '\n' + std::string(static_cast<std::size_t>(rest), ' ');
      column = rest;
      begun = false;
    }
    if (begun) out += ' ', ++column;
    out += word;
    column += letters(word);
    begun = true;
  }
  return out + '\n';
}

class Sheet {
 public:
  Sheet(const AuditResult& result, const TextStyle& style)
      : result_(result),
        style_(style),
        width_(std::max(width_min, style.width)),
        sv_(style.language == Language::sv) {}

  std::string text() {
    std::string out = heads();
    out += '\n' + folded(sentence_case(summary_text(result_, style_.language)) + ".", 0, 0, width_);
    for (const Section& section : sections(result_, style_.language)) {
      out += '\n' + bold(section.heading) + '\n';
      out += section.brief ? by_clause(section.occurrences) : in_full(section.occurrences);
      if (section.left_out > 0)
        out += fmt::format("\n  {} {}\n", section.left_out,
                           sv_ ? "till är kommande." : "more are upcoming.");
    }
    for (const Apart& part : apart(result_, style_.language)) {
      out += '\n' + bold(part.heading) + '\n';
      for (const std::string& line : part.lines)
        out += folded(line, 2, 4, width_);
    }
    return out;
  }

 private:
  std::string in_full(const std::vector<const Occurrence*>& all) const {
    std::string out;
    for (const Occurrence* o : all)
      out += '\n' + occurrence(*o);
    return out;
  }

  // Clause by clause, in the order in which the clauses first come, a line for each occurrence.
  std::string by_clause(const std::vector<const Occurrence*>& all) const {
    std::vector<std::pair<std::string, std::string>> clauses;
    for (const Occurrence* o : all) {
      const std::string title = title_text(result_, *o);
      auto at = std::find_if(clauses.begin(), clauses.end(),
                             [&](const auto& c) { return c.first == title; });
      if (at == clauses.end()) at = clauses.insert(at, {title, {}});
      at->second += folded(brief_line(*o), 4, 6, width_);
    }
    std::string out;
    for (const auto& [title, lines] : clauses)
      out += '\n' + folded(title, 2, 4, width_) + lines;
    return out;
  }

  // Identity, verdict and its day where that is not the due day, dates, and what it rests on.
  std::string brief_line(const Occurrence& o) const {
    const engine::Finding& f = o.finding;
    const program::Rule& rule = result_.program().rules[engine::acting_rule(result_.ground(), o)];
    std::string line = o.id + ": " + painted(f.status);
    if (f.settled != f.due) line += (sv_ ? " " : " on ") + the_date(f.settled, style_.language);
    line += "; " + dates_text(result_, o, style_.language);
    const bool limit =
        rule.form == program::Form::count && rule.quantity == program::Quantity::at_most;
    if (limit || f.need > 1)
      line += fmt::format("; {} {}{} {}", f.have, sv_ ? "av" : "of",
                          !limit ? ""
                          : sv_  ? " högst"
                                 : " at most",
                          f.need);
    std::string evidence;
    for (const program::Symbol identity : f.evidence) {
      const std::string_view full = result_.ground().symbols().text(identity);
      evidence +=
          fmt::format("{}[{}]", evidence.empty() ? "" : ", ", full.substr(full.rfind('#') + 1));
    }
    if (!evidence.empty()) line += fmt::format("; {} {}", sv_ ? "genom" : "by", evidence);
    return line;
  }

  std::string heads() const {
    const std::vector<Fact> facts = head(result_, style_.language);
    int column = 0;
    for (const Fact& fact : facts)
      column = std::max(column, letters(fact.name));
    std::string out;
    for (const Fact& fact : facts) {
      const int gap = column - letters(fact.name) + 2;
      // The first line of the value stands behind the name, so it has that much less room.
      const std::string line =
          folded(std::string(static_cast<std::size_t>(column + 2), '_') + fact.value, 0, column + 2,
                 width_);
      out += fact.name + std::string(static_cast<std::size_t>(gap), ' ') +
             line.substr(static_cast<std::size_t>(column + 2));
    }
    return out;
  }

  std::string bold(const std::string& text) const {
    return style_.colour ? "\033[1m" + text + "\033[0m" : text;
  }

  std::string painted(Status status) const {
    const std::string text(words(status, style_.language));
    if (!style_.colour) return text;
    switch (status) {
    case Status::missed:
    case Status::broken: return "\033[31m" + text + "\033[0m";
    case Status::met: return "\033[32m" + text + "\033[0m";
    case Status::met_late:
    case Status::cannot_assess:
    case Status::lapsed: return "\033[33m" + text + "\033[0m";
    case Status::open: return "\033[36m" + text + "\033[0m";
    case Status::upcoming:
    case Status::waived: return text;
    }
    return text;
  }

  std::string occurrence(const Occurrence& o) const {
    std::string out = folded(title_text(result_, o), 2, 4, width_);
    std::string line = o.id + ": ";
    line += painted(o.finding.status) + "; " + dates_text(result_, o, style_.language);
    if (o.severity != program::Severity::error &&
        (o.finding.status == Status::missed || o.finding.status == Status::broken))
      line += sv_ ? (o.severity == program::Severity::warning ? "; varning" : "; anmärkning")
                  : fmt::format("; {}", code(o.severity));
    if (const std::string owners = owners_text(result_, o, style_.language); !owners.empty())
      line += fmt::format("; {} {}", sv_ ? "ansvarig" : "owner", owners);
    out += folded(line, 4, 6, width_);
    out += folded(account_text(result_, o, style_.language), 4, 4, width_);
    return out;
  }

  const AuditResult& result_;
  const TextStyle& style_;
  int width_;
  bool sv_;
};

}  // namespace

std::string audit_text(const AuditResult& result, const TextStyle& style) {
  return Sheet(result, style).text();
}

std::string explain_text(const AuditResult& result, const Occurrence& occurrence,
                         const TextStyle& style) {
  const engine::Reason root = engine::explain(result.ground(), occurrence);
  const int width = std::max(width_min, style.width);
  std::string out = folded(occurrence.id, 0, 0, width);
  out += folded(paragraph(result.ground(), root, result.history->zone(), style.language), 0, 0,
                width) +
         '\n';
  for (const Line& line : lines(result.ground(), root, result.history->zone(), style.language))
    out += folded("- " + line.text, 2 * line.depth, 2 * line.depth + 2, width);
  return out;
}

}  // namespace samrad::reports
