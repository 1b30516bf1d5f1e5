// The planned meeting: which events stand for one, and the book as it would be.
#pragma once

#include "service/reports/brief.h"

namespace samrad::reports {

// The event types whose subject is a forum and that a clause about this one uses: those that are
// counted or whose chair changes if there are such, else all.
[[nodiscard]] std::vector<program::Index> meeting_types(const program::Program& program,
                                                        program::Symbol forum);

// Whether the pattern is of one of the types and takes this forum.
[[nodiscard]] bool is_about_meeting(const program::Program& program, program::Index pattern,
                                    const std::vector<program::Index>& types,
                                    program::Symbol forum);

[[nodiscard]] bool is_field(const program::Program& program,
                            const std::vector<program::Index>& types, program::Symbol name);

// A meeting that is not on record: its type, its forum, and the few fields that are filled in.
struct Planned {
  program::Index type = program::none;
  program::Symbol forum = 0;
  std::vector<std::pair<std::uint32_t, program::Symbol>> fields;  // slot and member
};

// One for each type, with the chair where it is known whose turn it is.
[[nodiscard]] std::vector<Planned> planned(const program::Program& program,
                                           const std::vector<program::Index>& types,
                                           program::Symbol forum, const std::vector<Turn>& turns);

// The book at the end of the day `on` (of as-of, if that is later): what had happened as of the
// audit, and the planned meetings on that day.
[[nodiscard]] TrialPointer try_out(const AuditResult& audit, calendar::Day on,
                                   const std::vector<Planned>& meetings);

// One for each clause about whose turn it is: every one of those named is tried in the chair.
[[nodiscard]] std::vector<Turn> turns(const AuditResult& audit,
                                      const std::vector<program::Index>& types,
                                      program::Symbol forum, calendar::Day on);

}  // namespace samrad::reports
