// What every question about a history begins with: rules compiled, events read, moments understood.
// Whatever is wrong is said on standard error, all of it, before the command ends.
#pragma once

#include "rules/calendar/duration.h"
#include "service/record/history.h"
#include "service/reports/audit.h"
#include "service/reports/render.h"
#include "tools/commands.h"
#include "tools/load.h"

#include <memory>
#include <optional>
#include <tl/expected.hpp>

namespace samrad::tools {

// Why a command ends early; the reason has been told.
struct Stop {
  int status = exit_usage;
};

// True, and told, where a program must be filled in (rules/program/bind.h) before anything can be judged by it.
[[nodiscard]] bool is_template(const program::Program& program, const std::string& file, Console& console);

// Compiles one agreement's sources. Errors are shown, warnings are the business of `check`; rules
// with errors are input that cannot be read.
[[nodiscard]] tl::expected<program::Program, Stop> compile_or_tell(const Loaded& loaded,
                                                                   Console& console);

// Lives in one place, since the history points at the program.
struct Inquiry {
  program::Program program;
  std::unique_ptr<record::History> history;
  record::Asked as_of;
  std::optional<record::Asked> known_at;
  std::vector<program::Choice> readings;
  calendar::Language language = calendar::Language::sv;

  [[nodiscard]] const record::Zone& zone() const { return history->zone(); }
};
[[nodiscard]] tl::expected<std::unique_ptr<Inquiry>, Stop>
inquire(const Question& question, Console& console, Progress& progress);

// The audit that the inquiry asks for, or its refusal told.
[[nodiscard]] tl::expected<reports::AuditResult, Stop>
audit_or_tell(const Inquiry& inquiry, const reports::AuditRequest& request, Console& console);
[[nodiscard]] reports::AuditRequest request_of(const Inquiry& inquiry);

// `CLAUSE=NAME` each, or the one that is not of that form told.
[[nodiscard]] tl::expected<std::vector<program::Choice>, Stop>
choices(const std::vector<std::string>& words, Console& console);

// What `--as-of` says; where it says nothing SAMRAD_NOW, which tests set, or the clock.
[[nodiscard]] tl::expected<record::Asked, Stop>
moment_or_now(const std::string& as_of, const record::Zone& zone, Console& console);

// A date or an RFC 3339 moment; `option` names it in the complaint.
[[nodiscard]] tl::expected<record::Asked, Stop>
moment(std::string_view text, std::string_view option, const record::Zone& zone, Console& console);

// `90 days`, `90d`, `6 months`, `6m`, `2 weeks`, `10 working days`.
[[nodiscard]] std::optional<calendar::Duration> parse_duration(std::string_view text);

// The language asked for, else that of LC_ALL, LC_MESSAGES or LANG: Swedish where it begins with
// `sv`.
[[nodiscard]] calendar::Language language_of(const std::string& asked);

// How wide and colourful text may be on standard output.
[[nodiscard]] reports::TextStyle style_of(const Console& console, calendar::Language language);

}  // namespace samrad::tools
