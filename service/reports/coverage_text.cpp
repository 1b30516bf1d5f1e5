// Coverage as text, JSON, CSV and Markdown.

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "rules/diagnostics/unicode.h"
#include "service/reports/coverage.h"
#include "service/reports/markup.h"

namespace samrad::reports {

namespace {

using calendar::Language;
using nlohmann::ordered_json;

std::string_view words(How how, Language language) {
  const bool sv = language == Language::sv;
  switch (how) {
  case How::checked: return sv ? "prövas" : "checked";
  case How::attested: return sv ? "intygas" : "attested";
  case How::not_checkable: return sv ? "kan inte prövas" : "not checkable";
  case How::missing: return sv ? "saknas" : "missing";
  }
  return "";
}

std::string summary_of(const Coverage& coverage, Language language) {
  const bool sv = language == Language::sv;
  std::string text = fmt::format("{} {}", coverage.rows.size(),
                                 sv ? coverage.rows.size() == 1 ? "rad" : "rader"
                                 : coverage.rows.size() == 1 ? "row"
                                                             : "rows");
  for (const How how : {How::checked, How::attested, How::not_checkable, How::missing}) {
    const std::size_t n = coverage.count(how);
    const std::string many =
        how == How::missing && n == 0 ? (sv ? "ingen" : "none") : fmt::format("{}", n);
    text += fmt::format("{} {} {}", how == How::checked ? ":" : ",", many, words(how, language));
  }
  return text;
}

std::string place_of(const Provision& provision) {
  return fmt::format("{}:{}", provision.file, provision.line);
}

// Which ids of a row that clauses cite none of them judges: otherwise nobody could tell why it counts as it does.
std::string unjudged_of(const CoverageRow& row, Language language) {
  std::string ids;
  for (const std::string& id : row.unjudged)
    ids += (ids.empty() ? "" : ", ") + id;
  if (ids.empty() || row.provisions.empty()) return {};
  return (language == Language::sv ? "ingen klausul prövar " : "no clause judges ") + ids;
}

// Why nothing on record can decide: "nobody records `drawing_up`".
std::string unrecorded_of(const CoverageRow& row, Language language) {
  std::string names;
  for (const std::string& name : row.unrecorded)
    names += (names.empty() ? "`" : ", `") + name + "`";
  if (names.empty()) return {};
  return (language == Language::sv ? "ingen registrerar " : "nobody records ") + names;
}

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t has = rules::unicode::display_width(text);
  return std::string(text) + std::string(has < width ? width - has : 0, ' ');
}

}  // namespace

std::string coverage_text(const Coverage& coverage, Language language) {
  const bool sv = language == Language::sv;
  std::size_t id_width = 0, ref_width = 0, name_width = 0;
  for (const CoverageRow& row : coverage.rows) {
    id_width = std::max(id_width, rules::unicode::display_width(row.row.id));
    ref_width = std::max(ref_width, rules::unicode::display_width(row.row.ref));
    for (const std::size_t i : row.provisions)
      name_width = std::max(name_width, rules::unicode::display_width(coverage.provisions[i].name));
  }
  const std::string indent(id_width + 2, ' ');
  std::string text;
  for (const CoverageRow& row : coverage.rows) {
    text += fmt::format("{}  {}  {}\n", padded(row.row.id, id_width),
                        padded(row.row.ref, ref_width), words(row.how, language));
    if (row.how == How::missing && !row.row.duty.empty()) text += indent + row.row.duty + "\n";
    for (const std::size_t i : row.provisions) {
      const Provision& one = coverage.provisions[i];
      text += fmt::format("{}{}  {}  {}\n", indent, padded(one.name, name_width), place_of(one),
                          one.source);
    }
    if (const std::string unjudged = unjudged_of(row, language); !unjudged.empty())
      text += indent + unjudged + "\n";
    for (const std::string& reason : {row.row.reason, unrecorded_of(row, language)})
      if (!reason.empty())
        text += fmt::format("{}{}: {}\n", indent, sv ? "skäl" : "reason", reason);
  }
  return text + (text.empty() ? "" : "\n") + summary_of(coverage, language) + "\n";
}

std::string coverage_json(const Coverage& coverage) {
  ordered_json rows = ordered_json::array();
  for (const CoverageRow& row : coverage.rows) {
    ordered_json provisions = ordered_json::array();
    for (const std::size_t i : row.provisions) {
      const Provision& one = coverage.provisions[i];
      provisions.push_back({{"kind", one.keyword},
                            {"name", one.name},
                            {"title", one.title.empty() ? ordered_json() : ordered_json(one.title)},
                            {"source", one.source},
                            {"file", one.file},
                            {"line", one.line},
                            {"how", code(one.how)},
                            {"unrecorded", one.unrecorded}});
    }
    rows.push_back(
        {{"id", row.row.id},
         {"ids", row.row.ids},
         {"ref", row.row.ref},
         {"duty", row.row.duty},
         {"how", code(row.how)},
         {"reason", row.row.reason.empty() ? ordered_json() : ordered_json(row.row.reason)},
         {"clauses", std::move(provisions)},
         {"unjudged", row.unjudged},
         {"unrecorded", row.unrecorded}});
  }
  ordered_json summary = {{"rows", coverage.rows.size()}};
  for (const How how : {How::checked, How::attested, How::not_checkable, How::missing})
    summary[std::string(code(how))] = coverage.count(how);
  const ordered_json json = {{"catalogue", coverage.catalogue},
                             {"rows", std::move(rows)},
                             {"summary", std::move(summary)}};
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

std::string coverage_csv(const Coverage& coverage) {
  std::string text = "id,ref,duty,how,reason,clauses,sources\r\n";
  for (const CoverageRow& row : coverage.rows) {
    std::string clauses, sources;
    for (const std::size_t i : row.provisions) {
      const Provision& one = coverage.provisions[i];
      clauses += fmt::format("{}{} ({})", clauses.empty() ? "" : "; ", one.name, place_of(one));
      sources += (sources.empty() ? "" : " | ") + one.source;
    }
    std::string reason = row.row.reason;
    if (const std::string more = unrecorded_of(row, Language::en); !more.empty())
      reason += (reason.empty() ? "" : "; ") + more;
    text += csv_line({row.row.id, row.row.ref, row.row.duty, std::string(code(row.how)), reason,
                      clauses, sources});
  }
  return text;
}

std::string coverage_markdown(const Coverage& coverage, Language language) {
  const bool sv = language == Language::sv;
  std::string text = fmt::format("{}.\n\n", summary_of(coverage, language));
  text += sv ? "| Rad | Var | Skyldighet | Hur | Klausuler | Källa |\n"
             : "| Row | Where | Duty | How | Clauses | Source |\n";
  text += "|---|---|---|---|---|---|\n";
  for (const CoverageRow& row : coverage.rows) {
    std::string clauses, sources, how(words(row.how, language));
    for (const std::size_t i : row.provisions) {
      const Provision& one = coverage.provisions[i];
      clauses += fmt::format("{}{} ({})", clauses.empty() ? "" : "<br>", markdown_cell(one.name),
                             markdown_cell(place_of(one)));
      sources += (sources.empty() ? "" : "<br>") + markdown_cell(one.source);
    }
    for (const std::string& more :
         {unjudged_of(row, language), row.row.reason, unrecorded_of(row, language)})
      if (!more.empty()) how += ": " + markdown_cell(more);
    text +=
        fmt::format("| {} | {} | {} | {} | {} | {} |\n", markdown_cell(row.row.id),
                    markdown_cell(row.row.ref), markdown_cell(row.row.duty), how, clauses, sources);
  }
  return text;
}

std::string coverage_warnings(const Coverage& coverage) {
  std::string text;
  for (const UnknownId& one : coverage.unknown) {
    const Provision& by = coverage.provisions[one.provision];
    text += fmt::format("{}: warning: the {} `{}` cites `{}`, which is no row of {}{}\n",
                        place_of(by), by.keyword, by.name, one.word, coverage.catalogue,
                        one.near.empty() ? "" : "; did you mean `" + one.near + "`?");
  }
  return text;
}

}  // namespace samrad::reports
