// `samrad plan`: dates for the coming events that keep every clause, or the clauses that cannot be kept together.

#include "service/plan/plan.h"

#include "tools/inquiry.h"

#include <chrono>

namespace samrad::tools {

namespace {

// The plan's days, or nothing with the reason told.
std::optional<std::pair<calendar::Day, calendar::Day>> days(const PlanArguments& arguments,
                                                            Console& console) {
  std::pair<calendar::Day, calendar::Day> days;
  for (const auto& [word, option, day] : {std::tuple{&arguments.from, "--from", &days.first},
                                          {&arguments.to, "--to", &days.second}}) {
    const auto parsed = calendar::parse_iso(*word);
    if (!parsed) {
      console.complain("`" + *word + "` is no date; " + option + " takes a day such as 2017-01-01");
      return std::nullopt;
    }
    *day = *parsed;
  }
  if (days.second < days.first) {
    console.complain("--to " + arguments.to + " lies before --from " + arguments.from);
    return std::nullopt;
  }
  if (days.second - days.first >= plan::plan_days_max) {
    console.complain("a plan is at most " + std::to_string(plan::plan_days_max) +
                     " days long; --from " + arguments.from + " --to " + arguments.to + " is " +
                     std::to_string(days.second - days.first + 1));
    return std::nullopt;
  }
  return days;
}

std::string rendered(const plan::Plan& made, const std::string& format,
                     const reports::TextStyle& style) {
  if (format == "json") return plan::plan_json(made);
  if (format == "ics") return plan::plan_ics(made, style.language);
  if (format == "events") return plan::plan_events(made);
  return plan::plan_text(made, style);
}

}  // namespace

int plan(const PlanArguments& arguments, Console& console) {
  const auto period = days(arguments, console);
  if (!period) return exit_usage;
  Question question = arguments.question;
  question.as_of = calendar::iso(period->first - 1);
  std::string text;
  int status = exit_fine;
  {
    Progress progress(console);
    const auto inquiry = inquire(question, console, progress);
    if (!inquiry) return inquiry.error().status;
    progress.at("planning");
    plan::PlanRequest request;
    request.from = period->first;
    request.to = period->second;
    request.readings = (*inquiry)->readings;
    const bool sv = (*inquiry)->language == calendar::Language::sv;
    request.placeholder = sv ? "att fastställa" : "to be settled";
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(arguments.seconds);
    request.enough = [end] { return std::chrono::steady_clock::now() > end; };
    const auto made = plan::plan(*(*inquiry)->history, request);
    if (!made) {
      if (made.error().usage)
        console.complain(made.error().message);
      else
        console.err(record::text_of(made.error().faults));
      return made.error().usage ? exit_usage : exit_unreadable;
    }
    status = made->outcome == plan::Outcome::whole ? exit_fine : exit_violations;
    const bool people = question.format == "text";
    if (made->left_out > 0)
      console.err("samrad: " + std::to_string(made->left_out) + " events recorded on or after " +
                  arguments.from + " are left out: the plan begins there\n");
    const reports::TextStyle style = style_of(console, (*inquiry)->language);
    if (!people && status != exit_fine) console.err(plan::plan_summary(*made, style));
    // What the engine does not accept is not handed on as a calendar or a record.
    const bool as_events = question.format == "ics" || question.format == "events";
    if (!as_events || made->outcome != plan::Outcome::conflict)
      text = rendered(*made, question.format, style);
  }
  console.out(text);
  return status;
}

}  // namespace samrad::tools
