// Rules first, then events, then the moments, which need the agreement's time zone. The only reader
// of the clock.

#include "tools/inquiry.h"

#include "rules/compile.h"
#include "rules/diagnostics/near.h"
#include "rules/diagnostics/render.h"
#include "tools/inputs.h"

#include <array>
#include <charconv>
#include <cstdlib>
#include <ctime>
#include <sys/ioctl.h>
#include <unistd.h>

namespace samrad::tools {

namespace {

// False when a file could not be read.
bool read_events(const std::vector<std::string>& files, record::Records& records,
                 Console& console) {
  bool whole = true;
  for (const std::string& name : files) {
    const auto text = event_text(name);
    if (text) {
      records.read(*text, name == "-" ? "standard input" : name);
    } else {
      console.complain(text.error());
      whole = false;
    }
  }
  return whole;
}

}  // namespace

tl::expected<record::Asked, Stop> moment_or_now(const std::string& as_of, const record::Zone& zone,
                                                Console& console) {
  if (!as_of.empty()) return moment(as_of, "--as-of", zone, console);
  const char* fixed = std::getenv("SAMRAD_NOW");
  if (fixed != nullptr && *fixed != '\0') return moment(fixed, "SAMRAD_NOW", zone, console);
  return moment(zone.rfc3339(std::time(nullptr)), "the clock", zone, console);
}

tl::expected<std::vector<program::Choice>, Stop> choices(const std::vector<std::string>& words,
                                                         Console& console) {
  std::vector<program::Choice> all;
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == word.size()) {
      console.complain("`--reading " + word +
                       "` does not name clause or ambiguity and reading; write CLAUSE=NAME");
      return tl::unexpected(Stop{exit_usage});
    }
    all.push_back({word.substr(0, equals), word.substr(equals + 1)});
  }
  return all;
}

tl::expected<program::Program, Stop> compile_or_tell(const Loaded& loaded, Console& console) {
  for (const std::string& sentence : loaded.unreadable)
    console.complain(sentence);
  if (!loaded.unreadable.empty()) return tl::unexpected(Stop{exit_unreadable});
  const Agreement agreement = one_agreement(loaded);
  rules::Compiled compiled = rules::compile(agreement.sources);
  compiled.diagnostics = placed(std::move(compiled.diagnostics), loaded, agreement);
  rules::Diagnostics errors;
  for (const rules::Diagnostics& some : {loaded.diagnostics, compiled.diagnostics})
    for (const rules::Diagnostic& one : some)
      if (one.severity == rules::Severity::error) errors.push_back(one);
  if (errors.empty() && compiled.program) return std::move(*compiled.program);
  rules::sort(errors);
  console.err(rules::render_text(errors, loaded.sources, {.colour = console.err_colour()}));
  return tl::unexpected(Stop{exit_unreadable});
}

bool is_template(const program::Program& program, const std::string& file, Console& console) {
  if (program.parameters.empty()) return false;
  console.complain("`" + file + "` is a template, which judges nothing until its parameters are filled in; `samrad audit` takes a file "
                   "of agreements made of it with `--instances FILE`");
  return true;
}

tl::expected<std::unique_ptr<Inquiry>, Stop> inquire(const Question& question, Console& console,
                                                     Progress& progress) {
  const Inputs inputs = sort_inputs(question.inputs);
  if (!inputs.fault.empty()) {
    console.complain(inputs.fault);
    return tl::unexpected(
        Stop{inputs.rules.empty() && !inputs.unreadable ? exit_usage : exit_unreadable});
  }
  auto inquiry = std::make_unique<Inquiry>();
  inquiry->language = language_of(question.lang);
  auto readings = choices(question.readings, console);
  if (!readings) return tl::unexpected(readings.error());
  inquiry->readings = std::move(*readings);

  progress.at("reading rules");
  auto program = compile_or_tell(load(inputs.rules), console);
  if (!program) return tl::unexpected(program.error());
  if (is_template(*program, inputs.rules.front(), console)) return tl::unexpected(Stop{exit_usage});
  inquiry->program = std::move(*program);

  progress.at("reading events");
  record::Records records;
  if (!read_events(inputs.events, records, console)) return tl::unexpected(Stop{exit_unreadable});
  progress.at("judging " + std::to_string(records.list().size()) + " events");
  inquiry->history = std::make_unique<record::History>(inquiry->program, std::move(records));
  if (inquiry->history->faults().any_error() || !inquiry->history->has_zone()) {
    console.err(record::text_of(inquiry->history->faults()));
    return tl::unexpected(Stop{exit_unreadable});
  }

  const auto as_of = moment_or_now(question.as_of, inquiry->zone(), console);
  if (!as_of) return tl::unexpected(as_of.error());
  inquiry->as_of = *as_of;
  if (!question.known_at.empty()) {
    const auto known_at = moment(question.known_at, "--known-at", inquiry->zone(), console);
    if (!known_at) return tl::unexpected(known_at.error());
    inquiry->known_at = *known_at;
  }
  return inquiry;
}

reports::AuditRequest request_of(const Inquiry& inquiry) {
  reports::AuditRequest request;
  request.as_of = inquiry.as_of;
  request.known_at = inquiry.known_at;
  request.readings = inquiry.readings;
  return request;
}

tl::expected<reports::AuditResult, Stop>
audit_or_tell(const Inquiry& inquiry, const reports::AuditRequest& request, Console& console) {
  auto result = reports::audit(*inquiry.history, request);
  if (result) {
    console.err(record::text_of(result->warnings));
    return std::move(*result);
  }
  const reports::Refusal& refusal = result.error();
  if (refusal.usage)
    console.complain(refusal.message);
  else
    console.err(record::text_of(refusal.faults));
  return tl::unexpected(Stop{refusal.usage ? exit_usage : exit_unreadable});
}

tl::expected<record::Asked, Stop> moment(std::string_view text, std::string_view option,
                                         const record::Zone& zone, Console& console) {
  if (const auto asked = record::parse_asked(text, zone)) return *asked;
  console.complain(
      "`" + std::string(text) + "` is no moment; " + std::string(option) +
      " takes a date (2017-07-01) or a date and time with offset (2017-07-01T12:00:00+02:00)");
  return tl::unexpected(Stop{exit_usage});
}

std::optional<calendar::Duration> parse_duration(std::string_view text) {
  std::int32_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc() || count < 0) return std::nullopt;
  std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  unit.remove_prefix(std::min(unit.find_first_not_of(' '), unit.size()));
  struct Row {
    calendar::Unit unit;
    std::array<std::string_view, 3> words;
  };
  static constexpr std::array<Row, 5> rows = {
      {{calendar::Unit::day, {"d", "day", "days"}},
       {calendar::Unit::working_day, {"wd", "working day", "working days"}},
       {calendar::Unit::week, {"w", "week", "weeks"}},
       {calendar::Unit::month, {"m", "month", "months"}},
       {calendar::Unit::year, {"y", "year", "years"}}}};
  for (const Row& row : rows)
    for (std::string_view word : row.words)
      if (unit == word) return calendar::Duration{count, row.unit};
  return std::nullopt;
}

calendar::Language language_of(const std::string& asked) {
  if (!asked.empty()) return asked == "sv" ? calendar::Language::sv : calendar::Language::en;
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0')
      return std::string_view(value).starts_with("sv") ? calendar::Language::sv
                                                       : calendar::Language::en;
  }
  return calendar::Language::en;
}

reports::TextStyle style_of(const Console& console, calendar::Language language) {
  reports::TextStyle style{.language = language, .colour = console.out_colour()};
  winsize size{};
  if (isatty(1) == 1 && ioctl(1, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
    style.width = std::min<int>(size.ws_col, 120);
  return style;
}

}  // namespace samrad::tools
