// Deadlines ahead over all agreements that the caller may see, from the verdicts that the registry keeps.

#include <tuple>

#include <fmt/format.h>

#include "rules/calendar/duration.h"
#include "service/alerts/rule_words.h"
#include "service/api/cursor.h"
#include "service/api/json.h"
#include "service/api/limits.h"
#include "service/api/questions.h"
#include "service/api/resources.h"
#include "service/api/scan.h"

namespace samrad::api {

namespace {

using access::Right;

struct Span {
  calendar::Day from{};
  calendar::Day through{};
};

// From today, or a given day, so long ahead.
Outcome<Span> span_of(const Service& service, const Call& call) {
  Span span;
  const auto zone = record::Zone::open(service.settings.zone);
  const std::int64_t utc = call.now / 1'000'000;
  span.from = zone ? zone->day_of(utc) : calendar::saturated(utc / 86'400);
  const auto given = call.one("within");
  const auto within = given ? alerts::duration_of(*given) : std::nullopt;
  span.through = calendar::plus(
      span.from, within.value_or(calendar::Duration{upcoming_days_default, calendar::Unit::day}),
      calendar::Holidays::sweden);
  const int ahead = span.through - span.from;
  if (ahead > service.settings.ahead_days)
    return refusal(
        fault::wrong_parameters, {},
        {{.parameter = "within",
          .message = fmt::format("is longer than the {} days that verdicts are kept ahead",
                                 service.settings.ahead_days)}});
  return span;
}

std::optional<store::VerdictFilter::Place> place_of(const Call& call) {
  const auto cursor = call.one("cursor");
  const auto places = cursor ? parse_cursor(*cursor) : std::nullopt;
  const auto no = places && places->size() == 3 ? number_at(*places, 1) : std::nullopt;
  if (!no) return std::nullopt;
  return store::VerdictFilter::Place{(*places)[0], static_cast<store::AgreementNo>(*no),
                                     (*places)[2]};
}

Json row_of(const store::Verdict& verdict, const std::string& agreement, calendar::Day from) {
  const auto due = calendar::parse_iso(verdict.due);
  Json owners = Json::array();
  for (std::string_view rest = verdict.owners; !rest.empty();) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    owners.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return {{"agreement", agreement},           {"occurrence", verdict.occurrence},
          {"clause", verdict.clause},         {"owner", std::move(owners)},
          {"severity", verdict.severity},     {"status", verdict.status},
          {"opens", verdict.opens},           {"due", verdict.due},
          {"daysLeft", due ? *due - from : 0}};
}

Answer list(Service& service, Call& call) {
  const registry::Directory& directory = service.rooms.registry.directory();
  const auto span = span_of(service, call);
  if (!span) return tl::unexpected(span.error());
  store::VerdictFilter filter{.statuses = {"open", "upcoming"},
                              .owner = std::string(call.one("owner").value_or("")),
                              .due_from = calendar::iso(span->from),
                              .due_through = calendar::iso(span->through),
                              .after = place_of(call)};
  if (const auto id = call.one("agreement")) {
    const auto entry = directory.find(*id);
    if (!entry || !access::may(call.principal, Right::read, *id))
      return tl::unexpected(no_agreement(*id));
    filter.agreement = entry->no;
  }
  const auto reader = reader_of(service);
  if (!reader) return tl::unexpected(reader.error());
  const std::size_t wanted = call.limit();
  Json json = {{"from", filter.due_from},
               {"through", filter.due_through},
               {"deadlines", Json::array()},
               {"next", nullptr}};
  const auto more = scan(
      filter.agreement ? std::nullopt : few_of(service, call), wanted,
      [&](std::optional<store::AgreementNo> no) {
        store::VerdictFilter of = filter;
        if (no) of.agreement = no;
        return read((*reader)->verdicts(of, wanted));
      },
      [](const store::Verdict& a, const store::Verdict& b) {
        return std::tie(a.due, a.agreement, a.occurrence) <
               std::tie(b.due, b.agreement, b.occurrence);
      },
      [&](const store::Verdict& row) {
        filter.after = store::VerdictFilter::Place{row.due, row.agreement, row.occurrence};
        const auto id = directory.id_of(row.agreement);
        const auto entry = id ? directory.find(*id) : std::nullopt;
        const bool seen = entry && !entry->closed && access::may(call.principal, Right::read, *id);
        if (seen) json["deadlines"].push_back(row_of(row, *id, span->from));
        return seen;
      });
  if (!more) return tl::unexpected(more.error());
  if (*more)
    json["next"] = cursor_of(
        {filter.after->due, std::to_string(filter.after->agreement), filter.after->occurrence});
  http::Response response = json_response(line_of(json));
  if (!json["next"].is_null())
    response.fields.add("link", next_link(call, json["next"].get<std::string>()));
  return response;
}

}  // namespace

void add_upcoming(Routes& routes) {
  using Form = Parameter::Form;
  routes.push_back(
      {.method = "GET",
       .path = "/v1/upcoming",
       .operation = "listUpcoming",
       .tag = "findings",
       .summary = "Deadlines ahead, over all agreements that the caller may see",
       .description = "By due day. From today on, so far as `within` says. A page may hold fewer "
                      "rows than asked for though `next` is there.",
       .door = Door::known,
       .query = {{"within", Form::length, "how far ahead; absent: 90 days"},
                 {"agreement", Form::text, "only of this agreement"},
                 {"owner", Form::text, "only what this role or party owns"},
                 parameter::limit,
                 parameter::cursor},
       .replies = {{200, "a page", {{"application/json", "api#upcomingPage"}}, {"link"}}},
       .problems = {fault::no_agreement.name},
       .answer = list});
}

}  // namespace samrad::api
