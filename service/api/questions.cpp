#include "service/api/questions.h"

#include <algorithm>

#include <fmt/format.h>

#include "rules/diagnostics/near.h"

namespace samrad::api {

namespace {

using calendar::Unit;
using program::Program;

constexpr Micros second = 1'000'000;

bool in_hours(calendar::Duration duration) { return duration.unit == Unit::hour; }

// Whether a verdict can turn at another hour than midnight.
bool counts_hours(const Program& program) {
  const auto rule = [](const program::Rule& one) {
    return in_hours(one.duration) || in_hours(one.prec_at_least_duration) ||
           in_hours(one.prec_within_duration) || in_hours(one.due.duration);
  };
  return std::any_of(program.rules.begin(), program.rules.end(), rule) ||
         std::any_of(program.facts.begin(), program.facts.end(),
                     [](const auto& f) { return in_hours(f.lasting); }) ||
         std::any_of(program.aggregates.begin(), program.aggregates.end(),
                     [](const auto& a) { return in_hours(a.duration); });
}

std::optional<record::Asked> moment(const Call& call, std::string_view name,
                                    const record::Zone& zone) {
  const auto given = call.one(name);
  return given ? record::parse_asked(*given, zone) : std::nullopt;
}

}  // namespace

Outcome<registry::CasePointer> open_case(Service& service, const Call& call,
                                         std::string_view known_at) {
  std::optional<Micros> known;
  if (const auto given = call.one(known_at)) {
    const auto first = service.rooms.reading_room.open(call.agreement());
    if (!first) return tl::unexpected(problem_of(first.error()));
    const auto zone = record::Zone::open((*first)->rules().zone);
    if (const auto asked = zone ? record::parse_asked(*given, *zone) : std::nullopt)
      known = asked->moment.utc * second + second - 1;
  }
  auto opened = service.rooms.reading_room.open(call.agreement(), known);
  if (!opened) return tl::unexpected(problem_of(opened.error()));
  return std::move(*opened);
}

record::Asked present(Call& call, const registry::Rulebook& rules, const record::Zone& zone) {
  const std::int64_t utc = call.now / second;
  const calendar::Day today = zone.day_of(utc);
  if (counts_hours(rules.whole)) {
    call.fresh_until = 0;
    return {{today, utc}, false};
  }
  call.fresh_until = zone.first_second(today + 1) * second;
  return record::asked(today, zone);
}

reports::AuditRequest request_of(Call& call, const registry::Rulebook& rules,
                                 const record::Zone& zone) {
  reports::AuditRequest request;
  call.fresh_until = store::never;
  const auto as_of = moment(call, "asOf", zone);
  request.as_of = as_of ? *as_of : present(call, rules, zone);
  request.known_at = moment(call, "knownAt", zone);
  for (const std::string& words : call.all("reading")) {
    const std::size_t equals = words.find('=');
    request.readings.push_back({words.substr(0, equals), words.substr(equals + 1)});
  }
  request.clauses = call.all("clause");
  for (const std::string& word : call.all("status"))
    if (const auto status = reports::parse_status(word)) request.statuses.push_back(*status);
  return request;
}

Outcome<reports::AuditResult> audit_of(const record::History& history,
                                       const reports::AuditRequest& request) {
  auto result = reports::audit(history, request);
  if (!result) return tl::unexpected(problem_of(result.error()));
  return std::move(*result);
}

http::Problem problem_of(const reports::Refusal& refused) {
  if (refused.usage) return problem(fault::wrong_question, refused.message);
  return problem(fault::history_faulty, {}, faults_of(refused.faults, EventPlace::alone));
}

bool owned_by(const Program& program, const program::Rule& rule,
              const std::vector<std::string>& owners) {
  for (std::uint32_t i = 0; i < rule.owners.count; ++i) {
    const std::string_view owner = program.text(program.symbol_lists[rule.owners.first + i]);
    if (std::find(owners.begin(), owners.end(), owner) != owners.end()) return true;
  }
  return false;
}

std::optional<http::Problem> unknown_owner(const Program& program,
                                           const std::vector<std::string>& owners) {
  std::vector<std::string_view> names;
  for (const program::Rule& rule : program.rules)
    for (std::uint32_t i = 0; i < rule.owners.count; ++i)
      names.push_back(program.text(program.symbol_lists[rule.owners.first + i]));
  for (const std::string& owner : owners) {
    if (std::find(names.begin(), names.end(), owner) != names.end()) continue;
    const std::string near = rules::did_you_mean(owner, names);
    return problem(fault::wrong_question, fmt::format("no clause has the owner `{}`{}{}", owner,
                                                      near.empty() ? "" : "; ", near));
  }
  return std::nullopt;
}

reports::TextStyle style_of(const Call& call) {
  return {.language = call.language, .width = 100, .colour = false};
}

http::Response rendered(const Call& call, std::string body) {
  http::Response response;
  const bool text = call.media.starts_with("text/");
  response.fields.add("content-type", std::string(call.media) + (text ? "; charset=utf-8" : ""));
  const bool both = call.media == "application/json" || call.media == "application/x-ndjson";
  if (!both) response.fields.add("content-language", call.language == Language::sv ? "sv" : "en");
  if (call.media == "text/html")
    response.fields.add("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'");
  response.body = std::move(body);
  return response;
}

std::string next_link(const Call& call, const std::string& cursor) {
  std::string link = '<' + call.request.path + '?';
  for (const auto& [name, value] : call.request.query)
    if (name != "cursor") link += path_part(name) + '=' + path_part(value) + '&';
  return link + "cursor=" + cursor + ">; rel=\"next\"";
}

}  // namespace samrad::api
