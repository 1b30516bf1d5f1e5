// Texts of any size, for programs that measure how a cost grows: agreements of so many clauses, diaries of so many events.
#pragma once

#include <string>

namespace samrad::bench {

// A text of so many clauses: deadlines, counts, responses and seven forms more in turn, ten clauses for each forum and its event types.
std::string mixed_agreement(int clauses);

// Four clauses that the events of `diary` match, and others, up to `clauses`, that they do not: half ask for events of types that never
// come, half for the same types about other documents.
std::string quiet_agreement(int clauses);

// So many CloudEvents lines for a quiet_agreement, three a week in order of time: meetings, updates and decisions. One of ten meetings has
// the chair of the one before, and there are meetings in July.
std::string diary(int events);

}  // namespace samrad::bench
