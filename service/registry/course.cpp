// The fast path and what both paths share: events in order, the standing at a moment, and what changed.

#include "service/registry/course.h"

#include <algorithm>
#include <set>

#include "engine/engine.h"
#include "rules/calendar/date.h"
#include "service/fleet/names.h"
#include "service/registry/canonical.h"
#include "service/reports/audit.h"

namespace samrad::registry {

namespace {

using calendar::Day;

std::string date_text(Day day) {
  return day == calendar::day_max ? std::string() : calendar::iso(day);
}

// An id that may read like that of another occurrence: the engine tells such apart when it sees them all.
bool confusing(const program::Program& program, std::string_view id) {
  const std::size_t slash = id.rfind('/');
  if (slash == std::string_view::npos) return false;
  const std::string_view last = id.substr(slash + 1);
  return last == "otherwise" ||
         std::any_of(program.rules.begin(), program.rules.end(), [&](const program::Rule& rule) {
           return rule.step != 0 && program.text(rule.step) == last;
         });
}

bool happened(const engine::Event& event, const engine::Moment& now) {
  return event.day < now.day ||
         (event.day == now.day && (!event.timed || event.earliest <= now.utc));
}

}  // namespace

Course::Course(store::Agreement row, std::shared_ptr<Workroom> room, int ahead_days)
    : agreement(std::move(row)),
      room_(std::move(room)),
      ahead_days_(ahead_days),
      state_(engine::begin(room_->machine)) {}

std::vector<std::uint64_t> Course::candidates(std::string_view identity) const {
  std::vector<std::uint64_t> out;
  const auto [begin, end] = identities_.equal_range(fleet::hash_of(identity));
  for (auto it = begin; it != end; ++it)
    out.push_back(it->second);
  return out;
}

void Course::take(const record::Record& record, std::uint64_t sequence,
                  const engine::Event* decoded) {
  const std::uint64_t identity = fleet::hash_of(record.identity());
  identities_.emplace(identity, sequence);
  const auto [at, fresh] = ids_.emplace(fleet::hash_of(record.id), identity);
  sequence_ = sequence;
  if (cause_ == 0) {
    cause_ = sequence;
    cause_recorded_ =
        record.has_recorded && record.recorded.timed ? micros_of(record.recorded.instant) : 0;
  }
  ruled_ = ruled_ || (!fresh && at->second != identity) || record.type == "waiver" ||
           record.type == "assessment" || confusing(room_->program(), record.id);
  acted_ = acted_ || decoded == nullptr;
  again_ = again_ || decoded == nullptr;
  if (decoded == nullptr) return;
  causes_.insert_or_assign(decoded->identity, sequence);
  taken_.push_back({*decoded, sequence});
}

void Course::move_to(std::shared_ptr<Workroom> room) {
  room_ = std::move(room);
  state_ = engine::begin(room_->machine);
  taken_.clear();
  later_.clear();
  again_ = true;
}

bool Course::in_order(const engine::Moment& now) const {
  if (again_ || ruled_) return false;
  return std::all_of(taken_.begin(), taken_.end(), [&](const Taken& one) {
    return one.event.day >= state_.today || !happened(one.event, now);
  });
}

void Course::fold(std::vector<Taken> events, const engine::Moment& now, engine::Findings& said) {
  const engine::Symbols& symbols = room_->symbols;
  std::sort(events.begin(), events.end(), [&](const Taken& a, const Taken& b) {
    if (engine::feeds_before(a.event, b.event)) return true;
    if (engine::feeds_before(b.event, a.event)) return false;
    return symbols.text(a.event.identity) < symbols.text(b.event.identity);
  });
  for (const Taken& one : events)
    engine::step(room_->machine, state_, {{one.event.day, one.event.earliest}, &one.event}, said);
  if (now.day - state_.today > lag_days) {
    const Day day = now.day + (-lag_days / 2);
    engine::step(room_->machine, state_, {{day, room_->zone.first_second(day)}, nullptr}, said);
  }
}

store::Verdict Course::verdict(const engine::Finding& finding, std::string id) const {
  const program::Program& program = room_->program();
  const program::Rule& rule = program.rules[finding.key.rule];
  store::Verdict out;
  out.agreement = agreement.no;
  out.occurrence = std::move(id);
  out.clause = program.text(rule.clause);
  for (std::uint32_t i = 0; i < rule.owners.count; ++i) {
    if (i > 0) out.owners += ' ';
    out.owners += program.text(program.symbol_lists[rule.owners.first + i]);
  }
  out.status = reports::code(finding.status);
  out.severity = finding.presumed ? "presumed" : reports::code(rule.severity);
  out.opens = date_text(finding.opens);
  out.due = date_text(finding.due);
  if (engine::settled(finding.status)) out.settled = date_text(finding.settled);
  return out;
}

Course::Standing Course::stand(const engine::Findings& said, const engine::Moment& now) {
  const engine::Machine& machine = room_->machine;
  struct Last {
    const engine::Finding* finding = nullptr;
    bool said = false;  // by the state
    bool held = false;
  };
  std::map<engine::Key, Last> last;
  for (const engine::Finding& finding : said.changes)
    last[finding.key] = {&finding, true, false};

  engine::State copy = state_;
  engine::Findings now_said, ahead;
  std::optional<Day> next;
  if (now.day >= copy.today) next = engine::step(machine, copy, {now, nullptr}, now_said);
  engine::conclude(machine, copy, {std::max(now.day, copy.today), now.utc}, now_said);
  const Day until = std::min(copy.expiry, now.day + ahead_days_);
  engine::forecast(machine, copy, until, ahead);
  for (const engine::Finding& finding : now_said.changes)
    last[finding.key] = {&finding, last[finding.key].said, true};
  for (const engine::Finding& finding : ahead.changes)
    last.try_emplace(finding.key, Last{&finding, false, true});

  wake_ = store::never;
  if (next) wake_ = room_->start_of(*next);
  if (next || !ahead.changes.empty() || copy.expiry > now.day)
    wake_ = std::min(wake_, room_->start_of(now.day + look_days));
  for (const Taken& one : later_)
    wake_ = std::min(wake_, one.event.timed ? one.event.earliest * 1'000'000
                                            : room_->start_of(one.event.day));

  Standing out;
  for (const auto& [key, one] : last) {
    if (one.finding->gone) {
      out.gone.push_back(engine::occurrence_id(machine.program, machine.symbols, key));
      continue;
    }
    if (one.finding->due_instant > now.utc && one.finding->status == engine::Status::open)
      wake_ = std::min(wake_, (one.finding->due_instant + 1) * 1'000'000);
    store::Verdict row =
        verdict(*one.finding, engine::occurrence_id(machine.program, machine.symbols, key));
    row.firm = one.said;
    std::string id = row.occurrence;
    // An amendment can give the old text's occurrence and the new one's the same name: what has begun stands for both, then the newer.
    const auto twin = out.all.find(id);
    if (twin != out.all.end() && row.status == "upcoming") continue;
    out.all.insert_or_assign(std::move(id),
                             Stand{std::move(row), one.held, cause_of(*one.finding)});
  }
  return out;
}

std::uint64_t Course::cause_of(const engine::Finding& finding) const {
  std::uint64_t cause = 0;
  const auto count = [&](program::Symbol event) {
    if (const auto it = causes_.find(event); it != causes_.end())
      cause = std::max(cause, it->second);
  };
  if (causes_.empty()) return cause;
  count(finding.key.identity);
  for (const program::Symbol event : finding.evidence)
    count(event);
  if (cause != 0) return cause;
  for (const engine::Note& note : finding.notes)
    count(note.event);
  return cause;
}

void Course::note(Changes& changes, const store::Verdict* before, const store::Verdict* after,
                  std::uint64_t cause, Micros now) const {
  const std::string status_before = before != nullptr ? before->status : std::string();
  const std::string status_after = after != nullptr ? after->status : std::string();
  const auto unborn = [](const std::string& status) {
    return status.empty() || status == "upcoming";
  };
  if (unborn(status_before) && unborn(status_after)) return;
  if (before != nullptr && after != nullptr && status_before == status_after &&
      before->due == after->due)
    return;
  const store::Verdict& row = after != nullptr ? *after : *before;
  store::Finding finding;
  finding.agreement = agreement.no;
  finding.sequence = cause != 0 ? cause : cause_;
  finding.occurrence = row.occurrence;
  finding.clause = row.clause;
  finding.before = status_before;
  finding.after = status_after;
  finding.due = row.due;
  finding.noticed = now;
  finding.due_at = now;
  if (cause_ != 0 && cause_recorded_ != 0) {
    finding.due_at = std::min(now, cause_recorded_);
  } else if (cause_ == 0 && after != nullptr) {
    const auto day = calendar::parse_iso(after->settled.empty() ? after->opens : after->settled);
    if (day) finding.due_at = std::min(now, room_->start_of(*day));
  }
  changes.findings.push_back(std::move(finding));
}

void Course::compare(Standing standing, Verdicts before, bool whole, Changes& changes, Micros now) {
  loose_.clear();
  for (auto& [id, one] : standing.all) {
    const auto was = before.find(id);
    const store::Verdict* old = was != before.end() ? &was->second : nullptr;
    if (!whole && old != nullptr) one.verdict.firm = one.verdict.firm || old->firm;
    note(changes, old, &one.verdict, one.cause, now);
    if (old == nullptr || *old != one.verdict) changes.verdicts.push_back(one.verdict);
  }
  const std::set<std::string_view> gone(standing.gone.begin(), standing.gone.end());
  for (const auto& [id, row] : before) {
    const bool denied = gone.contains(id);
    if (standing.all.contains(id) || (row.firm && !whole && !denied)) continue;
    again_ = again_ || (row.firm &&
                        denied);  // whether it is firm when it comes back only the whole log tells
    note(changes, &row, nullptr, 0, now);
    changes.gone.push_back(id);
  }
  for (auto& [id, one] : standing.all)
    if (one.held) loose_.emplace(id, std::move(one.verdict));
  std::stable_sort(changes.findings.begin(), changes.findings.end(),
                   [](const auto& a, const auto& b) { return a.due_at < b.due_at; });
}

store::Result<Changes> Course::look(Micros now, const Records& records, const Stored& stored) {
  const engine::Moment moment = room_->moment(now);
  Changes changes;
  const bool fast = in_order(moment);
  again_ = false;
  if (fast) {
    std::vector<Taken> ready, wait;
    for (auto* list : {&taken_, &later_})
      for (Taken& one : *list)
        (happened(one.event, moment) ? ready : wait).push_back(std::move(one));
    later_ = std::move(wait);
    engine::Findings said;
    fold(std::move(ready), moment, said);
    Standing standing = stand(said, moment);
    compare(std::move(standing), std::move(loose_), false, changes, now);
  } else {
    auto log = records();
    if (!log) return tl::unexpected(log.error());
    auto rows = stored();
    if (!rows) return tl::unexpected(rows.error());
    Verdicts before;
    for (store::Verdict& row : *rows) {
      std::string id = row.occurrence;
      before.emplace(std::move(id), std::move(row));
    }
    compare(replay(*log, moment), std::move(before), true, changes, now);
  }
  taken_.clear();
  forget_cause();
  cause_recorded_ = 0;
  changes.wake = wake_;
  return changes;
}

}  // namespace samrad::registry
