// `samrad upcoming`: deadlines ahead, by owner.

#include "service/reports/upcoming.h"

#include "rules/calendar/duration.h"
#include "rules/diagnostics/near.h"
#include "tools/inquiry.h"

namespace samrad::tools {

namespace {

// False, and told, when a name is nobody's who owns a clause.
bool known_owners(const std::vector<std::string>& owners, const program::Program& program,
                  Console& console) {
  std::vector<std::string_view> names;
  for (const program::Rule& rule : program.rules)
    for (std::uint32_t i = 0; i < rule.owners.count; ++i)
      names.push_back(program.text(program.symbol_lists[rule.owners.first + i]));
  for (const std::string& owner : owners) {
    if (std::find(names.begin(), names.end(), owner) != names.end()) continue;
    const std::string near = rules::did_you_mean(owner, names);
    console.complain("no clause has the owner `" + owner + "`" + (near.empty() ? "" : "; " + near));
    return false;
  }
  return true;
}

}  // namespace

int upcoming(const UpcomingArguments& arguments, Console& console) {
  const auto within = parse_duration(arguments.within);
  if (!within) {
    console.complain(
        "`" + arguments.within +
        "` is no length of time; --within takes 90d, \"90 days\", 6m, \"6 months\", 1y");
    return exit_usage;
  }
  std::string text;
  {
    Progress progress(console);
    const auto inquiry = inquire(arguments.question, console, progress);
    if (!inquiry) return inquiry.error().status;
    if (!known_owners(arguments.owners, (*inquiry)->program, console)) return exit_usage;
    auto audit = audit_or_tell(**inquiry, request_of(**inquiry), console);
    if (!audit) return audit.error().status;
    const calendar::Day through =
        calendar::plus((*inquiry)->as_of.moment.day, *within, (*inquiry)->program.holidays);
    const reports::Upcoming made = reports::upcoming(std::move(*audit), through, arguments.owners);
    if (arguments.question.format == "json")
      text = reports::upcoming_json(made);
    else if (arguments.question.format == "ics")
      text = reports::upcoming_ics(made, (*inquiry)->language);
    else
      text = reports::upcoming_text(made, style_of(console, (*inquiry)->language));
  }
  console.out(text);
  return exit_fine;
}

}  // namespace samrad::tools
