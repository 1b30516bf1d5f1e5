// Calendar feeds: for callers with a token, and for calendar programs by an address that is itself the secret.

#include <algorithm>

#include <fmt/format.h>

#include "rules/program/sha256.h"
#include "service/access/hash.h"
#include "service/api/calendar_feed.h"
#include "service/api/entity_tag.h"
#include "service/api/json.h"
#include "service/api/kept.h"
#include "service/api/limits.h"
#include "service/api/questions.h"
#include "service/api/resources.h"
#include "service/record/json.h"

namespace samrad::api {

namespace {

using access::Right;

constexpr std::size_t secret_letters = 40;
constexpr std::size_t id_digits = 16;

// Whose deadlines a feed shows, and under which name what it has shown is kept.
struct FeedOf {
  std::string id;
  std::string agreement;
  std::vector<std::string> owners;
  Language language = Language::sv;
};

std::string_view word(Language language) { return language == Language::sv ? "sv" : "en"; }

Outcome<Feed> make_feed(Service& service, Call& call, const FeedOf& of, const Shown& before) {
  const auto opened = service.rooms.reading_room.open(of.agreement);
  if (!opened) return tl::unexpected(problem_of(opened.error()));
  const registry::Case& the_case = **opened;
  return the_case.ask([&](const record::History& history) -> Outcome<Feed> {
    if (auto wrong = unknown_owner(the_case.rules().whole, of.owners))
      return tl::unexpected(std::move(*wrong));
    const auto audit =
        audit_of(history, {.as_of = present(call, the_case.rules(), history.zone())});
    if (!audit) return tl::unexpected(audit.error());
    return feed_of(*audit, of.agreement, of.owners, of.language, before, call.now);
  });
}

// What the feed has shown is kept before it is shown: else a number could be given twice.
void answer_feed(Service& service, Call& call, const FeedOf& of, const http::Respond& respond) {
  const auto reader = reader_of(service);
  if (!reader) return respond(response_to(reader.error()));
  const auto document = read((*reader)->document(kind_of_shown, of.id));
  if (!document) return respond(response_to(document.error()));
  const Shown before = *document ? parse_shown((*document)->content) : Shown{};
  auto feed = make_feed(service, call, of, before);
  if (!feed) return respond(response_to(feed.error()));
  http::Response response = rendered(call, std::move(feed->text));
  response.fields.add("cache-control", "private, no-cache");
  const std::string tag = tag_of_bytes(response.body);
  response = with_tag(call, std::move(response), tag);
  if (feed->shown == before) return respond(std::move(response));
  registry::Keep command;
  command.documents.push_back({std::string(kind_of_shown), of.id, json_of(feed->shown)});
  const auto shown = std::make_shared<http::Response>(std::move(response));
  service.rooms.registry.keep(std::move(command), [shown, respond](const auto& kept) {
    respond(kept ? std::move(*shown) : response_to(problem_of(kept.error())));
  });
}

void read_feed(Service& service, Call call, http::Respond respond) {
  FeedOf of{.agreement = call.parts[0], .owners = call.all("owner"), .language = call.language};
  of.id = "of\x1F" + of.agreement + '\x1F' + std::string(word(of.language));
  for (const std::string& owner : of.owners)
    of.id += '\x1F' + owner;
  answer_feed(service, call, of, respond);
}

// The name of a calendar is made of its secret, so that one leads to the other and not back.
struct SecretName {
  std::string id;
  std::string hash;
};
SecretName name_of(std::string_view secret) {
  const std::string hash = program::hex(program::sha256(secret));
  return {program::hex(program::sha256(hash)).substr(0, id_digits), hash};
}

void read_secret_feed(Service& service, Call call, http::Respond respond) {
  const auto none = [&] {
    respond(response_to(
        problem(fault::no_such_thing, "no calendar has this address; it may have been revoked")));
  };
  const SecretName name = name_of(call.parts[0]);
  const auto reader = reader_of(service);
  if (!reader) return respond(response_to(reader.error()));
  const auto document = read((*reader)->document(kind_of_calendar, name.id));
  if (!document) return respond(response_to(document.error()));
  const Json kept = *document ? Json::parse((*document)->content, nullptr, false) : Json();
  if (!kept.is_object() || kept.value("hash", "") != name.hash) return none();
  FeedOf of{.id = name.id,
            .agreement = kept.value("agreement", ""),
            .language = kept.value("language", "sv") == "en" ? Language::en : Language::sv};
  if (const std::string owner = kept.value("owner", ""); !owner.empty()) of.owners.push_back(owner);
  answer_feed(service, call, of, respond);
}

Json shown(const Json& kept, const std::string& id) {
  return {{"id", id},
          {"agreement", kept.value("agreement", "")},
          {"owner", text_or_null(kept.value("owner", ""))},
          {"language", kept.value("language", "sv")},
          {"made", time_text(kept.value("made", Micros{0}))}};
}

// Those of the agreement that the caller made; all of them for who administers it.
Outcome<std::vector<std::pair<std::string, Json>>> calendars_of(Service& service,
                                                                const Call& call) {
  const auto reader = reader_of(service);
  if (!reader) return tl::unexpected(reader.error());
  const auto documents = read((*reader)->documents(kind_of_calendar));
  if (!documents) return tl::unexpected(documents.error());
  std::vector<std::pair<std::string, Json>> own;
  for (const store::Document& one : *documents) {
    Json kept = Json::parse(one.content, nullptr, false);
    if (!kept.is_object() || kept.value("agreement", "") != call.agreement()) continue;
    if (call.may(Right::administer) || kept.value("by", "") == call.principal.id)
      own.emplace_back(one.id, std::move(kept));
  }
  return own;
}

Answer list(Service& service, Call& call) {
  const auto own = calendars_of(service, call);
  if (!own) return tl::unexpected(own.error());
  Json json = {{"calendars", Json::array()}};
  for (const auto& [id, kept] : *own)
    json["calendars"].push_back(shown(kept, id));
  return json_response(line_of(json));
}

struct Wish {
  std::string owner;
  std::string language;
};

Outcome<Wish> wish_in(Call& call) {
  std::vector<http::Fault> faults = std::move(call.faults);
  Wish wish{.language = call.language == Language::en ? "en" : "sv"};
  const auto json =
      call.request.body.empty() ? record::parse_json("{}") : record::parse_json(call.request.body);
  if (!json || json->kind != record::JsonKind::object) {
    faults.push_back({.message = json ? "the body should be an object" : json.error()});
    return refusal(fault::wrong_body, {}, std::move(faults));
  }
  for (const record::JsonMember& member : json->members) {
    const bool text = member.value.kind == record::JsonKind::text;
    if (member.name == "owner" && text)
      wish.owner = member.value.text;
    else if (member.name == "language" && text &&
             (member.value.text == "sv" || member.value.text == "en"))
      wish.language = member.value.text;
    else
      faults.push_back({.pointer = "/" + member.name,
                        .message = "is not known here, or not of the right form",
                        .help = "`owner` is a text, `language` `sv` or `en`"});
  }
  if (!faults.empty()) return refusal(fault::wrong_body, {}, std::move(faults));
  return wish;
}

void create(Service& service, Call call, http::Respond respond) {
  const auto wish = wish_in(call);
  if (!wish) return respond(response_to(wish.error()));
  const auto opened = service.rooms.reading_room.open(call.agreement());
  if (!opened) return respond(response_to(problem_of(opened.error())));
  if (!wish->owner.empty())
    if (const auto wrong = unknown_owner((*opened)->rules().whole, {wish->owner}))
      return respond(response_to(*wrong));
  const auto own = calendars_of(service, call);
  if (!own) return respond(response_to(own.error()));
  if (own->size() >= calendars_per_agreement_max)
    return respond(response_to(
        problem(fault::not_possible,
                fmt::format("there are {} calendars already; revoke one that nobody follows",
                            own->size()))));
  const std::string secret = access::random_base62(secret_letters);
  const SecretName name = name_of(secret);
  const Json kept = {{"agreement", call.agreement()}, {"owner", wish->owner},
                     {"language", wish->language},    {"hash", name.hash},
                     {"by", call.principal.id},       {"made", call.now}};
  registry::Keep command;
  command.documents.push_back({std::string(kind_of_calendar), name.id,
                               kept.dump(-1, ' ', false, Json::error_handler_t::replace)});
  service.rooms.registry.keep(
      std::move(command), [&service, respond, kept, secret, name](const auto& done) {
        if (!done) return respond(response_to(problem_of(done.error())));
        Json json = shown(kept, name.id);
        json["url"] = link_to(service, fmt::format("{}{}.ics", calendar_feeds, secret));
        respond(json_response(line_of(json), 201));
      });
}

void revoke(Service& service, Call call, http::Respond respond) {
  const auto own = calendars_of(service, call);
  if (!own) return respond(response_to(own.error()));
  const bool there = std::any_of(own->begin(), own->end(),
                                 [&](const auto& one) { return one.first == call.parts[1]; });
  if (!there)
    return respond(response_to(problem(
        fault::no_such_thing, fmt::format("no calendar `{}`", call.parts[1].substr(0, 40)))));
  registry::Keep command;
  command.gone = {{std::string(kind_of_calendar), call.parts[1]},
                  {std::string(kind_of_shown), call.parts[1]}};
  service.rooms.registry.keep(std::move(command), [respond](const auto& done) {
    http::Response response;
    response.status = 204;
    respond(done ? std::move(response) : response_to(problem_of(done.error())));
  });
}

}  // namespace

void add_calendars(Routes& routes) {
  const std::vector<Reply> feed = {{200, "the calendar", {{"text/calendar"}}, {"etag"}},
                                   {304, "as the client has it"}};
  routes.push_back({.method = "GET",
                    .path = "/v1/agreements/{agreement}/calendar.ics",
                    .operation = "readCalendar",
                    .tag = "calendars",
                    .summary = "Deadlines as all-day events",
                    .description = "An event keeps its UID. Its SEQUENCE grows when the deadline "
                                   "moves, and when it vanishes or is settled after it was shown "
                                   "it is told as cancelled.",
                    .query = {{"owner", Parameter::Form::text, "only what this role or party owns"},
                              parameter::language},
                    .fields = {"if-none-match"},
                    .replies = feed,
                    .problems = {fault::wrong_question.name, fault::history_faulty.name},
                    .command = read_feed});
  routes.push_back(
      {.method = "GET",
       .path = "/v1/agreements/{agreement}/calendars",
       .operation = "listCalendars",
       .tag = "calendars",
       .summary = "The secret calendars that the caller made; all of them for who administers",
       .replies = {{200, "without their addresses", {{"application/json", "api#calendars"}}}},
       .answer = list});
  routes.push_back({.method = "POST",
                    .path = "/v1/agreements/{agreement}/calendars",
                    .operation = "createCalendar",
                    .tag = "calendars",
                    .summary = "A secret address at which a calendar program reads the deadlines",
                    .description = "The address is told in this answer and never again; whoever "
                                   "has it reads the deadlines until it is revoked.",
                    .body = {{"application/json", "api#newCalendar"}},
                    .body_optional = true,
                    .replies = {{201, "made", {{"application/json", "api#madeCalendar"}}}},
                    .problems = {fault::wrong_question.name, fault::not_possible.name},
                    .command = create});
  routes.push_back({.method = "DELETE",
                    .path = "/v1/agreements/{agreement}/calendars/{calendar}",
                    .operation = "revokeCalendar",
                    .tag = "calendars",
                    .summary = "The address leads nowhere from now on",
                    .replies = {{204, "revoked"}},
                    .problems = {fault::no_such_thing.name},
                    .command = revoke});
  routes.push_back({.method = "GET",
                    .path = "/calendars/{secret}.ics",
                    .operation = "readSecretCalendar",
                    .tag = "calendars",
                    .summary = "Deadlines as all-day events, for calendar programs",
                    .door = Door::open,
                    .fields = {"if-none-match"},
                    .replies = feed,
                    .problems = {fault::no_such_thing.name, fault::history_faulty.name},
                    .command = read_secret_feed});
}

}  // namespace samrad::api
