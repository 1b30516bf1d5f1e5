// The sheet as one HTML page: headings in order, a table with a caption a group, words and not
// colours alone for verdicts, no scripts and nothing fetched.

#include <array>

#include "service/reports/brief_sheet.h"
#include "service/reports/markup.h"

namespace samrad::reports {

namespace {

constexpr std::string_view style = R"(
    @page { size: A4; margin: 16mm 14mm; }
    body { font: 1rem/1.45 system-ui, sans-serif; color: #111; background: #fff; max-width: 60rem; margin: 0 auto; padding: 1rem; }
    h1 { font-size: 1.6rem; margin: 0; }
    h2 { font-size: 1.2rem; margin: 1.6rem 0 .4rem; border-bottom: 2px solid #111; break-after: avoid; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; margin: .8rem 0; }
    dt { font-weight: 600; }
    dd { margin: 0; }
    table { border-collapse: collapse; width: 100%; margin: .6rem 0 1rem; table-layout: fixed; }
    caption { text-align: left; font-weight: 600; padding: .4rem 0; break-after: avoid; }
    th, td { text-align: left; vertical-align: top; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid #767676; overflow-wrap: break-word; }
    thead { display: table-header-group; }
    tr { break-inside: avoid; }
    tbody th { font-weight: 600; width: 26%; }
    th:nth-child(2) { width: 16%; } th:nth-child(3) { width: 18%; }
    .id { display: block; font: .8rem ui-monospace, monospace; color: #444; }
    .bad { color: #8f0f0f; font-weight: 700; } .warning { color: #6b4a00; font-weight: 600; } .good { color: #14532d; }
    @media print { body { font-size: 9.5pt; max-width: none; padding: 0; } }
)";

std::string_view class_of(Tone tone) {
  switch (tone) {
  case Tone::bad: return " class=\"bad\"";
  case Tone::warning: return " class=\"warning\"";
  case Tone::good: return " class=\"good\"";
  case Tone::plain: break;
  }
  return "";
}

std::string row(const SheetLine& line) {
  std::string html = "          <tr>\n            <th scope=\"row\">" + xml_text(line.title);
  if (!line.source.empty()) html += " (" + xml_text(line.source) + ")";
  html += "<span class=\"id\">" + xml_text(line.id) + "</span></th>\n";
  html += "            <td" + std::string(class_of(line.tone)) + ">" + xml_text(line.verdict) +
          "</td>\n";
  html += "            <td>" + xml_text(line.dates) + "</td>\n";
  html += "            <td>" + xml_text(line.reason) +
          (line.owners.empty() ? "" : "<br>" + xml_text(line.owners)) + "</td>\n";
  return html + "          </tr>\n";
}

std::string table(const SheetSection& section, const SheetGroup& group, bool sv) {
  std::string html = "      <table>\n        <caption>" +
                     xml_text(group.heading.empty() ? section.heading : group.heading) +
                     "</caption>\n";
  html += "        <thead><tr>";
  static constexpr std::array<std::string_view, 4> swedish = {"Bestämmelse", "Läge", "Datum",
                                                              "Skäl"};
  static constexpr std::array<std::string_view, 4> english = {"Clause", "Verdict", "Dates",
                                                              "Reason"};
  for (std::string_view head : sv ? swedish : english)
    html += "<th scope=\"col\">" + std::string(head) + "</th>";
  html += "</tr></thead>\n        <tbody>\n";
  for (const SheetLine& line : group.lines)
    html += row(line);
  return html + "        </tbody>\n      </table>\n";
}

}  // namespace

std::string brief_html(const Brief& brief, Language language) {
  const Sheet page = sheet(brief, language);
  std::string html = "<!DOCTYPE html>\n<html lang=\"" + page.language +
                     "\">\n  <head>\n    <meta charset=\"utf-8\">\n";
  html += "    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  html += "    <title>" + xml_text(page.title) + "</title>\n    <style>" + std::string(style) +
          "    </style>\n  </head>\n  <body>\n";
  html += "    <header>\n      <h1>" + xml_text(page.title) + "</h1>\n      <p>" +
          xml_text(page.subtitle) + "</p>\n      <dl>\n";
  for (const auto& [name, value] : page.facts)
    html += "        <dt>" + xml_text(name) + "</dt><dd>" + xml_text(value) + "</dd>\n";
  html += "      </dl>\n    </header>\n    <main>\n";
  for (std::size_t i = 0; i < page.sections.size(); ++i) {
    const SheetSection& section = page.sections[i];
    const std::string id = "part-" + std::to_string(i + 1);
    html += "    <section aria-labelledby=\"" + id + "\">\n      <h2 id=\"" + id + "\">" +
            xml_text(section.heading) + "</h2>\n";
    for (const std::string& note : section.notes)
      html += "      <p>" + xml_text(note) + "</p>\n";
    for (const SheetGroup& group : section.groups)
      html += table(section, group, page.language == "sv");
    html += "    </section>\n";
  }
  return html + "    </main>\n  </body>\n</html>\n";
}

}  // namespace samrad::reports
