#include "tests/service/watch/post.h"

#include <future>
#include <stdexcept>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "service/alerts/hours.h"
#include "service/alerts/kept.h"
#include "service/store/sqlite.h"

namespace samrad::watch {

namespace {

template <class Answer, class Give>
Answer wait(Give give) {
  std::promise<tl::expected<Answer, registry::Trouble>> promise;
  give([&](auto answer) { promise.set_value(std::move(answer)); });
  auto answer = promise.get_future().get();
  if (!answer) throw std::runtime_error(answer.error().message);
  return std::move(*answer);
}

std::string_view word(store::Message::State state) {
  switch (state) {
  case store::Message::State::waiting: return " waiting";
  case store::Message::State::sent: return "";
  case store::Message::State::failed: return " failed";
  case store::Message::State::cancelled: return " cancelled";
  }
  return "";
}

}  // namespace

const std::string club = R"(agreement club "The club"
  term 2016-06-01 to 2018-05-31
  part periods not assessed

party society
role chair of society "the chair"
role secretary of society "the secretary"
forum board "The board"
event meeting of forum
event report
event question
event answer
event protocol

clause meetings "The board meets"
  owner chair
  warn 14 days before
  meeting of board must happen at least once every quarter

clause yearly "The yearly report"
  source "§2"
  owner chair
  warn 7 days before
  report must happen by 31 January every year
  otherwise "the grant ends"

clause answers "Questions are answered"
  owner secretary
  after question, answer must happen within 30 days

clause protocols
  owner secretary
  protocol must happen by the 20th of every month
)";

alerts::Configuration mail_rules(std::vector<std::string> clauses) {
  const auto person = [](const char* id, const char* role) {
    alerts::Recipient made;
    made.id = id;
    made.offices = {{"", role}};
    made.mail = std::string(id) + "@example.org";
    return made;
  };
  alerts::Configuration made;
  made.recipients = {person("r-chair", "chair"), person("r-secretary", "secretary"),
                     person("r-superior", "society")};
  alerts::Rule rule;
  rule.id = "all";
  rule.clauses = std::move(clauses);
  using alerts::Kind;
  rule.kinds = {Kind::warning, Kind::due, Kind::overdue, Kind::breach, Kind::settled};
  rule.escalation = {{7, "society"}};
  made.rules = {rule};
  return made;
}

Post::Post(const std::string& now, alerts::SenderSettings settings, registry::Options options)
    : clock(at(now)), settings_(std::move(settings)), options_(options) {
  open();
}

Post::~Post() { close(); }

std::string Post::file() const { return folder.file(fmt::format("samrad-{}.db", lives_)); }

void Post::open() {
  auto opened = store::open_sqlite(file());
  if (!opened) throw std::runtime_error(opened.error().message);
  store = std::make_unique<registry::Brittle>(std::move(*opened));
  rulebooks = std::make_unique<registry::Rulebooks>();
  watch = std::make_unique<Watch>(*store, *rulebooks, clock, settings_, "https://club.example.org");
  registry = std::make_unique<registry::Registry>(*store, clock, *rulebooks, options_, watch.get());
  if (auto done = watch->attach(*registry); !done) throw std::runtime_error(done.error().message);
  if (auto done = registry->start(); !done) throw std::runtime_error(done.error().message);
}

void Post::close() {
  watch->stop();
  registry.reset();
  watch.reset();
  store.reset();
}

void Post::kill() {
  registry->settle();
  const auto then = folder.file(fmt::format("samrad-{}.db", lives_ + 1));
  if (auto done = store->backup(then); !done) throw std::runtime_error(done.error().message);
  close();
  ++lives_;
  open();
}

void Post::create(const std::string& id) {
  create(id, {.files = {{"rules.samrad", club}}, .parameters = {}});
}

void Post::create(const std::string& id, registry::RuleText rules) {
  registry::Create command;
  command.id = id;
  command.by = "t-1";
  command.text = std::move(rules);
  wait<registry::Created>([&](auto reply) { registry->create(std::move(command), reply); });
  registry->settle();
}

void Post::append(const std::string& id, const std::string& type, const std::string& time) {
  const std::string subject = type == "meeting" ? R"("subject":"board",)" : "";
  append_line(
      id,
      fmt::format(
          R"({{"specversion":"1.0","id":"e-{}","source":"urn:club",{}"type":"{}","time":"{}"}})",
          ++events_, subject, type, time));
}

void Post::append_line(const std::string& id, const std::string& line) {
  registry::Append command;
  command.id = id;
  command.by = "t-1";
  command.events = registry::incoming(line + "\n");
  wait<registry::Appended>([&](auto reply) { registry->append(std::move(command), reply); });
  registry->settle();
}

void Post::use(const alerts::Configuration& rules) {
  registry::Keep command;
  command.documents.push_back({std::string(alerts::kind_of_alerts),
                               std::string(alerts::id_of_alerts),
                               alerts::configuration_json(rules, alerts::Secrets::written)});
  wait<registry::Kept>([&](auto reply) { registry->keep(std::move(command), reply); });
  watch->use(rules);
  registry->look_again(true);
  registry->settle();
}

void Post::acknowledge(const std::string& id, const std::string& occurrence) {
  const nlohmann::json content = {{"by", "t-2"}, {"at", clock.now()}};
  registry::Keep command;
  command.documents.push_back({std::string(alerts::kind_of_acknowledgement),
                               alerts::acknowledgement_id(id, occurrence), content.dump()});
  command.about = id;
  wait<registry::Kept>([&](auto reply) { registry->keep(std::move(command), reply); });
}

void Post::close_agreement(const std::string& id) {
  registry::Close command;
  command.id = id;
  command.by = "t-1";
  wait<store::Agreement>([&](auto reply) { registry->close(std::move(command), reply); });
  registry->settle();
}

void Post::set(const std::string& now) {
  clock.set(at(now));
  registry->look_again();
  registry->settle();
}

void Post::live(const std::string& until) {
  constexpr Micros hour = 3'600'000'000;
  while (clock.now() < at(until)) {
    clock.pass(std::min(hour, at(until) - clock.now()));
    registry->look_again();
    registry->settle();
    send();
  }
}

void Post::send() {
  RulesInUse rules;
  StoreOutbox outbox(store->reader().value(), *registry, rules);
  for (const alerts::Row& row : outbox.waiting(clock.now(), 1'000, {}))
    if (!outbox.record({{.key = row.key, .at = clock.now(), .tries = 1, .error = {}}}))
      throw std::runtime_error("not recorded");
}

std::vector<store::Message> Post::messages() {
  return store->reader().value()->messages({}, SIZE_MAX).value();
}

std::vector<std::string> Post::told() {
  const record::Zone zone = record::Zone::open("Europe/Stockholm").value();
  std::vector<std::string> out;
  for (const store::Message& one : messages())
    out.push_back(fmt::format("{} {} {} {}{}",
                              zone.rfc3339(alerts::seconds_of(one.made)).substr(0, 16), one.kind,
                              one.recipient, one.occurrence, word(one.state)));
  return out;
}

}  // namespace samrad::watch
