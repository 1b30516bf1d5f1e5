// The engine is asked, never imitated: whose turn it is comes from trying each candidate.

#include "service/reports/brief_trial.h"

#include <algorithm>

namespace samrad::reports {

namespace {

using program::Form;
using program::Index;
using program::Program;
using program::Symbol;

bool contains(const std::vector<Index>& all, Index one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

bool has_subject_kind(const Program& program, const program::EventType& type,
                      std::string_view kind) {
  for (std::uint32_t i = 0; i < type.subject_kinds.count; ++i)
    if (program.text(program.kinds[program.indices[type.subject_kinds.first + i]].name) == kind)
      return true;
  return false;
}

bool takes(const Program& program, const program::Pattern& pattern, Symbol forum) {
  const auto first = program.symbol_lists.begin() + pattern.subjects.first;
  return pattern.subjects.count == 0 ||
         std::find(first, first + pattern.subjects.count, forum) != first + pattern.subjects.count;
}

// `planned#planned-meeting-2017-09-12`: no real event has this source.
engine::Event event_of(const Program& program, const Planned& meeting, calendar::Day on,
                       const record::Zone& zone, engine::Symbols& symbols) {
  const program::EventType& type = program.event_types[meeting.type];
  const std::string id =
      "planned-" + std::string(program.text(type.name)) + "-" + calendar::iso(on);
  engine::Event event;
  event.id = symbols.intern(id);
  event.identity = symbols.intern("planned#" + id);
  event.type = meeting.type;
  event.subject = meeting.forum;
  event.day = on;
  event.earliest = zone.first_second(on);
  event.latest = zone.last_second(on);
  event.fields.resize(type.fields.count);
  for (const auto& [slot, member] : meeting.fields) {
    if (program.fields[type.fields.first + slot].list) {
      event.fields[slot] = {program::ValueKind::list, 0,
                            static_cast<std::int64_t>(event.pool.size()), 1};
      event.pool.push_back(member);
    } else {
      event.fields[slot] = {program::ValueKind::member, member, 0, 1};
    }
  }
  return event;
}

// The planned meeting under that rule, or null.
const Occurrence* judged(const Trial& trial, Index rule) {
  for (const Occurrence& one : trial.book.occurrences)
    if (one.finding.key.rule == rule &&
        trial.symbols.text(one.finding.key.identity).starts_with("planned#"))
      return &one;
  return nullptr;
}

// Tries each member that the clause names. The verdict kept is that of the first who may, else of
// the first.
Turn turn(const AuditResult& audit, Index index, Symbol forum, calendar::Day on) {
  const Program& program = audit.program();
  const program::Rule& rule = program.rules[index];
  Turn turn{.rule = index, .may = {}, .known = true, .judged = nullptr, .trial = nullptr};
  for (std::uint32_t i = 0; i < rule.members.count; ++i) {
    const Symbol member = program.symbol_lists[rule.members.first + i];
    const TrialPointer trial =
        try_out(audit, on, {{program.patterns[rule.pattern].type, forum, {{rule.slot, member}}}});
    const Occurrence* one = judged(*trial, index);
    if (one == nullptr) continue;
    const bool may = one->finding.status == Status::met;
    if (turn.judged == nullptr || (may && turn.may.empty())) {
      turn.judged = one;
      turn.trial = trial;
    }
    if (may) turn.may.push_back(member);
    if (one->finding.status == Status::cannot_assess) turn.known = false;
  }
  turn.known = turn.known && !turn.may.empty();
  return turn;
}

}  // namespace

std::vector<Index> meeting_types(const Program& program, Symbol forum) {
  std::vector<Index> regular, any;
  for (Index type = 0; type < program.event_types.size(); ++type) {
    if (!has_subject_kind(program, program.event_types[type], "forum")) continue;
    for (const program::Rule& rule : program.rules) {
      if (rule.pattern == program::none || program.patterns[rule.pattern].type != type) continue;
      if (!takes(program, program.patterns[rule.pattern], forum)) continue;
      if (!contains(any, type)) any.push_back(type);
      const bool is_regular =
          rule.form == Form::count || rule.form == Form::alternation || rule.form == Form::rotation;
      if (is_regular && !contains(regular, type)) regular.push_back(type);
    }
  }
  return regular.empty() ? any : regular;
}

bool is_about_meeting(const Program& program, Index pattern, const std::vector<Index>& types,
                      Symbol forum) {
  return pattern != program::none && contains(types, program.patterns[pattern].type) &&
         takes(program, program.patterns[pattern], forum);
}

bool is_field(const Program& program, const std::vector<Index>& types, Symbol name) {
  for (Index type : types) {
    const program::Range fields = program.event_types[type].fields;
    for (std::uint32_t i = 0; i < fields.count; ++i)
      if (program.fields[fields.first + i].name == name) return true;
  }
  return false;
}

std::vector<Planned> planned(const Program& program, const std::vector<Index>& types, Symbol forum,
                             const std::vector<Turn>& turns) {
  std::vector<Planned> meetings;
  for (Index type : types) {
    Planned meeting{type, forum, {}};
    for (const Turn& turn : turns) {
      const program::Rule& rule = program.rules[turn.rule];
      if (program.patterns[rule.pattern].type == type && turn.known && turn.may.size() == 1)
        meeting.fields.emplace_back(rule.slot, turn.may.front());
    }
    meetings.push_back(std::move(meeting));
  }
  return meetings;
}

TrialPointer try_out(const AuditResult& audit, calendar::Day on,
                     const std::vector<Planned>& meetings) {
  const Program& program = audit.program();
  const record::Zone& zone = audit.history->zone();
  const auto trial = std::make_shared<Trial>(*audit.basis->symbols);
  for (const engine::Event& event : audit.basis->events)
    if (event.day <= audit.as_of.moment.day && event.earliest <= audit.as_of.moment.utc)
      trial->events.push_back(event);
  for (const Planned& meeting : meetings)
    trial->events.push_back(event_of(program, meeting, on, zone, trial->symbols));
  std::stable_sort(trial->events.begin(), trial->events.end(), engine::feeds_before);
  const engine::Moment evening{on, zone.last_second(on)};
  trial->book = engine::evaluate(program, trial->symbols, trial->events,
                                 std::max(evening, audit.as_of.moment));
  trial->ground.emplace(program, trial->symbols, trial->events, trial->book);
  return trial;
}

std::vector<Turn> turns(const AuditResult& audit, const std::vector<Index>& types, Symbol forum,
                        calendar::Day on) {
  const Program& program = audit.program();
  std::vector<Turn> all;
  for (Index index = 0; index < program.rules.size(); ++index) {
    const program::Rule& rule = program.rules[index];
    if (rule.form != Form::alternation && rule.form != Form::rotation) continue;
    if (on < rule.from || on > rule.to || !is_about_meeting(program, rule.pattern, types, forum))
      continue;
    Turn one = turn(audit, index, forum, on);
    if (one.judged != nullptr) all.push_back(std::move(one));
  }
  return all;
}

}  // namespace samrad::reports
