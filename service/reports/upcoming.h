// Deadlines ahead: what must be done, by whom, by when, and when to be reminded of it.
//
// Made from an audit, whose basis it shares. Values; reading is safe from any number of threads.
#pragma once

#include <string>
#include <vector>

#include "service/reports/audit.h"
#include "service/reports/render.h"

namespace samrad::reports {

// When to tell the owner, from the clause's `warn`.
struct Warning {
  calendar::Duration ahead{};
  calendar::Day day{};
};

struct Deadline {
  const Occurrence* occurrence = nullptr;
  std::vector<program::Symbol> owners;  // as the clause names them
  std::vector<Warning> warnings;        // earliest first
  int days_left = 0;                    // from as-of to the due day
};

// One owner's deadlines, by due day. `owner` 0: the clause names none.
struct OwnerDeadlines {
  program::Symbol owner = 0;
  std::vector<std::size_t> deadlines;  // in Upcoming::deadlines
};

struct Upcoming {
  AuditResult audit;
  calendar::Day from{};             // as-of
  calendar::Day through{};          // the last day looked at
  std::vector<Deadline> deadlines;  // by due day, then id
  std::vector<OwnerDeadlines>
      by_owner;  // in the order in which the program's rules name them; without owner last
};

// Open and coming duties with a due day from as-of through that day. Duties to abstain (at most,
// must not, must hold) are no deadlines. `owners` keeps those of the named ones; empty: all.
[[nodiscard]] Upcoming upcoming(AuditResult audit, calendar::Day through,
                                const std::vector<std::string>& owners = {});

// The deadlines alone, for other reports.
[[nodiscard]] std::vector<Deadline> deadlines(const AuditResult& audit, calendar::Day from,
                                              calendar::Day through);
[[nodiscard]] std::vector<OwnerDeadlines> by_owner(const AuditResult& audit,
                                                   const std::vector<Deadline>& deadlines);

[[nodiscard]] std::string upcoming_text(const Upcoming& upcoming, const TextStyle& style);
[[nodiscard]] std::string upcoming_json(const Upcoming& upcoming);

// iCalendar (RFC 5545): an all-day VEVENT a deadline with a VALARM a warning. The UID is made of
// agreement and occurrence, DTSTAMP is as-of: the same question gives the same bytes, and a
// calendar that reads it again updates what it has.
[[nodiscard]] std::string upcoming_ics(const Upcoming& upcoming, Language language);

}  // namespace samrad::reports
