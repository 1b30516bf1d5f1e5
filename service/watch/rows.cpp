#include "service/watch/rows.h"

#include <set>
#include <string_view>

#include "service/watch/duties.h"

namespace samrad::watch {

namespace {

constexpr Micros micros_per_day = 86'400'000'000;

bool unsettled(const store::Verdict& verdict) {
  return verdict.status == "open" || verdict.status == "upcoming";
}

}  // namespace

store::Result<Rows> Rows::read(store::Reader& reader, store::AgreementNo agreement) {
  store::VerdictFilter of_it;
  of_it.agreement = agreement;
  auto verdicts = reader.verdicts(of_it, SIZE_MAX);
  if (!verdicts) return tl::unexpected(verdicts.error());
  auto findings = reader.findings({.agreement = agreement, .clause = {}, .status = {}}, SIZE_MAX);
  if (!findings) return tl::unexpected(findings.error());
  Rows made;
  for (const store::Verdict& verdict : *verdicts)
    made.put(verdict, unsettled(verdict));
  for (const store::Finding& finding : *findings)
    if (const auto row = made.rows_.find(finding.occurrence);
        row != made.rows_.end() && finding.before != finding.after)
      row->second.changed = finding.noticed;
  return made;
}

bool Rows::put(const store::Verdict& verdict, bool held) {
  Row& row = rows_[verdict.occurrence];
  row.held = held;
  if (row.verdict == verdict) return false;
  if (row.verdict.due != verdict.due) row.hour_asked = false;
  row.verdict = verdict;
  return true;
}

bool Rows::follow(const registry::Announcer::Standing& standing) {
  bool differs = false;
  for (auto& [id, row] : rows_)
    row.held = false;
  for (const store::Verdict* verdict : standing.held)
    differs = put(*verdict, true) || differs;
  std::set<std::string_view> done;
  for (const store::Verdict* verdict : standing.done) {
    differs = put(*verdict, false) || differs;
    done.insert(verdict->occurrence);
  }
  for (const store::Finding& finding : standing.findings) {
    const auto row = rows_.find(finding.occurrence);
    if (row == rows_.end()) continue;
    if (finding.before != finding.after) row->second.changed = finding.noticed;
    differs = true;
    if (finding.after.empty() && !row->second.held && !done.contains(finding.occurrence))
      rows_.erase(row);
  }
  const auto gone = [](const auto& entry) {
    return !entry.second.held && unsettled(entry.second.verdict);
  };
  return std::erase_if(rows_, gone) > 0 || differs;
}

bool Rows::find_hours(
    const program::Program& program,
    const std::function<std::optional<Micros>(const std::string& occurrence)>& ask) {
  bool asked = false;
  for (auto& [id, row] : rows_) {
    if (row.hour_asked || row.verdict.due.empty() || !is_due_by_the_hour(program, row.verdict))
      continue;
    row.due_at = ask(id);
    row.hour_asked = asked = true;
  }
  return asked;
}

void Rows::forget_hours() {
  for (auto& [id, row] : rows_)
    row.hour_asked = false;
}

void Rows::let_go(const program::Program& program, Micros now, calendar::Day today,
                  const std::set<std::string, std::less<>>& awaited) {
  std::erase_if(rows_, [&](const auto& entry) {
    const Row& row = entry.second;
    const bool of_late = row.changed > now - settled_days_kept * micros_per_day;
    return !row.held && !of_late && !awaited.contains(entry.first) &&
           !can_still_be_met(program, row.verdict, today);
  });
}

}  // namespace samrad::watch
