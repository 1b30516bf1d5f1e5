// The audit as JUnit XML, for programs that show tests: a suite a clause, a case an occurrence.

#include <map>

#include <fmt/format.h>

#include "service/reports/markup.h"
#include "service/reports/sections.h"
#include "service/reports/words.h"

namespace samrad::reports {

namespace {

bool skipped(Status status) {
  return status == Status::upcoming || status == Status::open || status == Status::cannot_assess ||
         status == Status::waived || status == Status::lapsed;
}

}  // namespace

std::string audit_junit(const AuditResult& result, Language language) {
  std::map<std::string, std::vector<const Occurrence*>> suites;
  std::vector<std::string> order;
  for (const Occurrence* o : result.listed) {
    const std::string clause(result.program().text(result.rule(*o).clause));
    if (suites.find(clause) == suites.end()) order.push_back(clause);
    suites[clause].push_back(o);
  }
  const auto count = [](const std::vector<const Occurrence*>& list, auto is) {
    int n = 0;
    for (const Occurrence* o : list)
      n += is(*o) ? 1 : 0;
    return n;
  };
  const auto is_skipped = [](const Occurrence& o) { return skipped(o.finding.status); };
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  out += fmt::format("<testsuites name=\"{}\" tests=\"{}\" failures=\"{}\" skipped=\"{}\">\n",
                     xml_text(result.agreement), result.listed.size(), violations(result),
                     count(result.listed, is_skipped));
  for (const std::string& clause : order) {
    const auto& list = suites[clause];
    out +=
        fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" skipped=\"{}\">\n",
                    xml_text(clause), list.size(), count(list, violates), count(list, is_skipped));
    for (const Occurrence* o : list) {
      const std::string verdict(words(o->finding.status, language));
      const std::string reason = xml_text(account_text(result, *o, language));
      out += fmt::format("    <testcase classname=\"{}.{}\" name=\"{}\"",
                         xml_text(result.agreement), xml_text(clause), xml_text(o->id));
      if (violates(*o))
        out += fmt::format(">\n      <failure message=\"{}\">{}</failure>\n    </testcase>\n",
                           verdict, reason);
      else if (skipped(o->finding.status))
        out += fmt::format(">\n      <skipped message=\"{}: {}\"/>\n    </testcase>\n", verdict,
                           reason);
      else
        out += fmt::format(">\n      <system-out>{}: {}</system-out>\n    </testcase>\n", verdict,
                           reason);
    }
    out += "  </testsuite>\n";
  }
  return out + "</testsuites>\n";
}

}  // namespace samrad::reports
