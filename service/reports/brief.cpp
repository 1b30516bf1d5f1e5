// Audit to sheet: the parts are picked from the audit's book and from two more, with and without
// the meeting.

#include "service/reports/brief.h"

#include <algorithm>

#include "rules/diagnostics/near.h"
#include "service/reports/brief_trial.h"

namespace samrad::reports {

namespace {

using program::Form;
using program::Index;
using program::Program;
using program::Symbol;

constexpr int days_ahead_without_clause = 90;

bool names(const Program& program, program::Range symbols, Symbol name) {
  const auto first = program.symbol_lists.begin() + symbols.first;
  return std::find(first, first + symbols.count, name) != first + symbols.count;
}

// The forum as subject, or in a comparison of its condition: `decision by chefsamrad`, `submission
// to chefsamrad`.
bool about(const Program& program, Index pattern, Symbol forum) {
  if (pattern == program::none) return false;
  const program::Pattern& row = program.patterns[pattern];
  if (names(program, row.subjects, forum)) return true;
  for (std::uint32_t i = 0; i < row.condition.count; ++i) {
    const program::Op& op = program.code[row.condition.first + i];
    if (op.code != program::Code::constant) continue;
    const program::Value& value = program.constants[op.a];
    if (value.kind == program::ValueKind::member && value.symbol == forum) return true;
  }
  return false;
}

std::optional<calendar::Day> last_meeting(const AuditResult& audit, const std::vector<Index>& types,
                                          Symbol forum, calendar::Day on) {
  std::optional<calendar::Day> last;
  for (const engine::Event& event : audit.basis->events) {
    const bool meeting =
        event.subject == forum && std::find(types.begin(), types.end(), event.type) != types.end();
    if (meeting && event.day < on && event.day <= audit.as_of.moment.day &&
        (!last || event.day > *last))
      last = event.day;
  }
  return last;
}

bool held(const AuditResult& audit, const std::vector<Index>& types, Symbol forum,
          calendar::Day on) {
  return std::any_of(
      audit.basis->events.begin(), audit.basis->events.end(), [&](const engine::Event& event) {
        return event.subject == forum && event.day == on && event.day <= audit.as_of.moment.day &&
               std::find(types.begin(), types.end(), event.type) != types.end();
      });
}

void pick_breached(Brief& brief) {
  for (const Occurrence& one : brief.audit.book().occurrences) {
    const engine::Finding& f = one.finding;
    if (f.status != Status::missed && f.status != Status::broken) continue;
    const bool recent = !brief.previous || f.settled >= *brief.previous;
    (recent ? brief.breached : brief.breached_before).push_back(&one);
  }
}

// Open procedure steps, answers and dated decisions that name the forum.
void pick_waiting(Brief& brief) {
  const Program& program = brief.audit.program();
  for (const Occurrence& one : brief.audit.book().occurrences) {
    if (one.finding.status != Status::open && one.finding.status != Status::missed) continue;
    const program::Rule& rule = brief.audit.rule(one);
    const bool answer = rule.form == Form::response || rule.form == Form::step ||
                        rule.is_otherwise || one.finding.key.otherwise;
    if (!answer && rule.form != Form::deadline) continue;
    const Index pattern = rule.answer != program::none ? rule.answer : rule.pattern;
    if (!about(program, pattern, brief.forum)) continue;
    const Index type = program.patterns[pattern].type;
    if (std::find(brief.meeting_types.begin(), brief.meeting_types.end(), type) !=
        brief.meeting_types.end())
      continue;
    brief.waiting.push_back(&one);
  }
}

void pick_unassessed(Brief& brief) {
  for (const Occurrence& one : brief.audit.book().occurrences) {
    if (one.finding.status != Status::cannot_assess) continue;
    const Symbol clause = brief.audit.rule(one).clause;
    auto row =
        std::find_if(brief.unassessed.begin(), brief.unassessed.end(), [&](const Unassessed& u) {
          return u.clause == clause && u.missing == one.finding.missing;
        });
    if (row == brief.unassessed.end())
      row = brief.unassessed.insert(row, Unassessed{clause, one.finding.missing, {}});
    row->occurrences.push_back(&one);
  }
}

// The last day by which a clause that counts this forum's meetings demands one more after this one.
NextMeeting next_meeting(const Brief& brief) {
  NextMeeting next{brief.on + days_ahead_without_clause, nullptr};
  const Program& program = brief.audit.program();
  for (const Occurrence& one : brief.with->book.occurrences) {
    const engine::Finding& f = one.finding;
    const program::Rule& rule = program.rules[f.key.rule];
    const bool counts = (rule.form == Form::count && rule.quantity != program::Quantity::at_most) ||
                        rule.form == Form::deadline;
    if (!counts || engine::settled(f.status) || f.due <= brief.on || f.due == calendar::day_max ||
        f.have >= f.need)
      continue;
    if (!is_about_meeting(program, rule.pattern, brief.meeting_types, brief.forum)) continue;
    if (next.demanded_by == nullptr || f.due < next.day) next = {f.due, &one};
  }
  return next;
}

void pick_effects(Brief& brief) {
  const Program& program = brief.audit.program();
  for (const engine::Change& change : engine::difference(brief.without->book, brief.with->book)) {
    brief.effects.push_back({change.id, change.before, change.after});
    if (change.after == nullptr || change.after->finding.status != Status::cannot_assess) continue;
    for (Symbol name : change.after->finding.missing) {
      if (std::find(brief.to_record.begin(), brief.to_record.end(), name) != brief.to_record.end())
        continue;
      if (is_field(program, brief.meeting_types, name)) brief.to_record.push_back(name);
    }
  }
}

Symbol find_forum(const Program& program, std::string_view forum,
                  std::vector<std::string_view>& known) {
  for (const program::Member& member : program.members) {
    if (program.text(program.kinds[member.kind].name) != "forum") continue;
    known.push_back(program.text(member.name));
    if (known.back() == forum) return member.name;
  }
  return 0;
}

}  // namespace

tl::expected<Brief, std::string> brief(AuditResult audit, std::string_view forum,
                                       calendar::Day on) {
  Brief made;
  made.audit = std::move(audit);
  made.on = on;
  const Program& program = made.audit.program();
  std::vector<std::string_view> known;
  made.forum = find_forum(program, forum, known);
  if (made.forum == 0) {
    const std::string near = rules::did_you_mean(forum, known);
    return tl::unexpected("no forum `" + std::string(forum) + "`" +
                          (near.empty() ? "" : "; " + near));
  }
  made.meeting_types = meeting_types(program, made.forum);
  made.previous = last_meeting(made.audit, made.meeting_types, made.forum, on);
  made.on_record = held(made.audit, made.meeting_types, made.forum, on);

  made.without = try_out(made.audit, on, {});
  made.turns = turns(made.audit, made.meeting_types, made.forum, on);
  made.with =
      made.on_record
          ? made.without
          : try_out(made.audit, on, planned(program, made.meeting_types, made.forum, made.turns));

  pick_breached(made);
  made.next = next_meeting(made);
  made.due = deadlines(made.audit, made.audit.as_of.moment.day, made.next.day);
  made.due_by_owner = by_owner(made.audit, made.due);
  pick_waiting(made);
  pick_effects(made);
  pick_unassessed(made);
  return made;
}

}  // namespace samrad::reports
