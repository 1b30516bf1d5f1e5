// The fast path and what all ways share: events in order, the standing at a moment, and what changed.

#include "service/registry/course.h"

#include <algorithm>
#include <set>

#include "engine/engine.h"
#include "rules/calendar/date.h"
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

}  // namespace

Course::Course(store::Agreement row, std::shared_ptr<Workroom> room, int ahead_days)
    : agreement(std::move(row)),
      room_(std::move(room)),
      ahead_days_(ahead_days),
      state_(engine::begin(room_->machine)),
      snapshot_today_(state_.today) {}

bool happened(const engine::Event& event, const engine::Moment& now) {
  return event.day < now.day ||
         (event.day == now.day && (!event.timed || event.earliest <= now.utc));
}

std::vector<Sequence> Course::concerned_by(const record::Record& act) const {
  return trail_.with_acts(trail_.meant_by(record::named_by(act)));
}

void Course::take(const record::Record& record, const engine::Event* decoded) {
  confused_ = confused_ || trail_.knows(record.id) || confusing(room_->program(), record.id);
  trail_.add(record.id, decoded != nullptr ? decoded->day : Trail::nowhere);
  if (cause_ == 0) {
    cause_ = sequence();
    cause_recorded_ =
        record.has_recorded && record.recorded.timed ? micros_of(record.recorded.instant) : 0;
  }
  if (decoded == nullptr) {
    acts_.push_back({sequence(), std::string(record::named_by(record))});
    return;
  }
  causes_.insert_or_assign(decoded->identity, sequence());
  taken_.push_back({*decoded, sequence()});
}

void Course::move_to(std::shared_ptr<Workroom> room) {
  room_ = std::move(room);
  state_ = engine::begin(room_->machine);
  judge_again();
}

void Course::sort(std::vector<Taken>& events) const {
  const engine::Symbols& symbols = room_->symbols;
  std::sort(events.begin(), events.end(), [&](const Taken& a, const Taken& b) {
    if (engine::feeds_before(a.event, b.event)) return true;
    if (engine::feeds_before(b.event, a.event)) return false;
    return symbols.text(a.event.identity) < symbols.text(b.event.identity);
  });
}

void Course::fold(std::vector<Taken> events, const engine::Moment& now, engine::Findings& said) {
  sort(events);
  for (const Taken& one : events) {
    if (one.event.day > state_.today && !confused_ && trail_.wants_stop(folded_)) {
      const auto bytes = engine::encode(room_->machine, state_);
      trail_.put({one.event.day, folded_, {bytes.begin(), bytes.end()}});
    }
    engine::step(room_->machine, state_, {{one.event.day, one.event.earliest}, &one.event}, said);
    ++folded_;
    ++judged_;
  }
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

Course::Outlook Course::outlook(const engine::Moment& now) {
  const engine::Machine& machine = room_->machine;
  engine::State copy = state_;
  Outlook out;
  std::optional<Day> next;
  if (now.day >= copy.today) next = engine::step(machine, copy, {now, nullptr}, out.now);
  engine::conclude(machine, copy, {std::max(now.day, copy.today), now.utc}, out.now);
  engine::forecast(machine, copy, std::min(copy.expiry, now.day + ahead_days_), out.ahead);

  wake_ = store::never;
  if (next) wake_ = room_->start_of(*next);
  if (next || !out.ahead.changes.empty() || copy.expiry > now.day)
    wake_ = std::min(wake_, room_->start_of(now.day + look_days));
  for (const Taken& one : later_)
    wake_ = std::min(wake_, one.event.timed ? one.event.earliest * 1'000'000
                                            : room_->start_of(one.event.day));
  return out;
}

Course::Words Course::words(const engine::Findings& said, const Outlook& outlook,
                            const engine::Moment& now) {
  enum class By { state, copy, forecast };
  std::vector<std::pair<const engine::Finding*, By>> all;
  const auto add = [&](const engine::Findings& findings, By by) {
    for (const engine::Finding& finding : findings.changes)
      all.emplace_back(&finding, by);
  };
  add(said, By::state);
  add(outlook.now, By::copy);
  add(outlook.ahead, By::forecast);
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return a.first->key < b.first->key; });
  Words last;
  for (const auto& [finding, by] : all) {
    const bool first = last.empty() || last.back().finding->key != finding->key;
    if (by == By::forecast && !first) continue;  // it has begun
    if (first) last.push_back({});
    Word& word = last.back();
    word.finding = finding;
    word.said = word.said || by == By::state;
    word.held = by != By::state;
  }
  for (const Word& word : last)
    if (!word.finding->gone && word.finding->status == engine::Status::open &&
        word.finding->due_instant > now.utc)
      wake_ = std::min(wake_, (word.finding->due_instant + 1) * 1'000'000);
  return last;
}

void Course::put(const Word& word, Standing& standing) const {
  std::string id = engine::occurrence_id(room_->program(), room_->symbols, word.finding->key);
  if (word.finding->gone) {
    standing.gone.push_back(std::move(id));
    return;
  }
  engine::Finding space;
  const engine::Finding& finding = ruled(*word.finding, id, space);
  store::Verdict row = verdict(finding, id);
  row.firm = word.said;
  // An amendment can give the old text's occurrence and the new one's the same name: what has begun stands for both, then the newer.
  if (row.status == "upcoming" && standing.all.contains(id)) return;
  standing.all.insert_or_assign(std::move(id), Stand{std::move(row), word.held, cause_of(finding)});
}

Course::Standing Course::stand(const engine::Findings& said, const engine::Moment& now) {
  const Outlook ahead = outlook(now);
  Standing out;
  for (const Word& word : words(said, ahead, now))
    put(word, out);
  return out;
}

Sequence Course::cause_of(const engine::Finding& finding) const {
  Sequence cause = 0;
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
                  Sequence cause, Micros now) const {
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
    // Whether it is firm when it comes back is told by judging again what was said of it.
    if (row.firm && denied)
      back_to_ = std::min(back_to_, calendar::parse_iso(row.opens).value_or(calendar::day_min));
    note(changes, &row, nullptr, 0, now);
    changes.gone.push_back(id);
  }
  for (auto& [id, one] : standing.all)
    if (one.held) loose_.emplace(id, std::move(one.verdict));
  std::stable_sort(changes.findings.begin(), changes.findings.end(),
                   [](const auto& a, const auto& b) { return a.due_at < b.due_at; });
}

store::Result<Changes> Course::look(Micros now, Log& log) {
  Changes changes;
  judged_ = 0;
  if (auto done = look_somehow(room_->moment(now), log, changes, now); !done) {
    judge_again();  // some of it may have been done
    return tl::unexpected(done.error());
  }
  taken_.clear();
  acts_.clear();
  looked_through_ = sequence();
  all_loose_ = false;
  forget_cause();
  cause_recorded_ = 0;
  changes.wake = wake_;
  changes.judged = judged_;
  return changes;
}

store::Result<void> Course::look_somehow(const engine::Moment& now, Log& log, Changes& changes,
                                         Micros at) {
  if (auto done = remember(log); !done) return done;
  Day from = std::exchange(back_to_, calendar::day_max);
  if (confused_ || from == calendar::day_min) return look_at_all(now, log, changes, at);
  std::vector<std::pair<Sequence, Day>> moved;
  const auto changed = changed_from(now, log, moved);
  if (!changed) return tl::unexpected(changed.error());
  from = std::min(from, *changed);
  if (from == calendar::day_max) {
    look_on(now, changes, at);
    return {};
  }
  const auto looked = look_back(from, moved, now, log, changes, at);
  if (!looked) return tl::unexpected(looked.error());
  return *looked ? store::Result<void>{} : look_at_all(now, log, changes, at);
}

void Course::look_on(const engine::Moment& now, Changes& changes, Micros at) {
  std::vector<Taken> ready, wait;
  for (auto* list : {&taken_, &later_})
    for (Taken& one : *list)
      (happened(one.event, now) ? ready : wait).push_back(std::move(one));
  later_ = std::move(wait);
  rule(ready);
  engine::Findings said;
  fold(std::move(ready), now, said);
  const Outlook ahead = outlook(now);
  if (!rulings_.empty()) made_.clear();
  compare_words(words(said, ahead, now), changes, at);
}

bool Course::Made::still_says(const Word& word) const {
  const engine::Finding& f = *word.finding;
  return !f.gone && word.held && (row->second.firm || !word.said) && f.status == status &&
         f.presumed == presumed && f.opens == opens && f.due == due &&
         (!engine::settled(status) || f.settled == settled);
}

void Course::compare_words(const Words& words, Changes& changes, Micros now) {
  Standing standing;
  Verdicts before;
  if (made_.empty()) before.swap(loose_);
  std::vector<Made> kept;
  kept.reserve(words.size());
  auto made = made_.begin();
  const auto pass = [&] { before.insert(loose_.extract(made++->row)); };
  for (const Word& word : words) {
    const engine::Finding& f = *word.finding;
    while (made != made_.end() && made->key < f.key)
      pass();
    const bool known = made != made_.end() && made->key == f.key;
    if (known && made->still_says(word)) {
      kept.push_back(*made++);
      continue;
    }
    if (known) pass();
    put(word, standing);
    if (word.held && !f.gone)
      kept.push_back({f.key, f.status, f.presumed, f.opens, f.due, f.settled, loose_.end()});
  }
  while (made != made_.end())
    pass();
  made_.clear();
  compare(std::move(standing), std::move(before), false, changes, now);
  // Of two texts, or with a person's word on it, a row is not made of one finding alone.
  if (room_->amended || !rulings_.empty()) return;
  for (Made& one : kept)
    if (one.row == loose_.end())
      one.row = loose_.find(engine::occurrence_id(room_->program(), room_->symbols, one.key));
  made_ = std::move(kept);
}

Course::Verdicts Course::take_loose() {
  made_.clear();
  return std::exchange(loose_, {});
}

}  // namespace samrad::registry
