#include "tests/service/alerts/agreement.h"

#include "service/alerts/hours.h"
#include "service/record/instant.h"

namespace samrad::tests {

using namespace alerts;

calendar::Day day(std::string_view iso) { return calendar::parse_iso(iso).value(); }

record::Zone stockholm() { return record::Zone::open("Europe/Stockholm").value(); }

Micros at(std::string_view local) {
  if (local.size() > 16)
    return record::parse_rfc3339(std::string(local.substr(0, 16)) + ":00" +
                                 std::string(local.substr(16)))
               .value()
               .seconds *
           micros_per_second;
  const int hours = std::stoi(std::string(local.substr(11, 2)));
  const int minutes = std::stoi(std::string(local.substr(14, 2)));
  return moment_of(stockholm(), day(local.substr(0, 10)), hours * 60 + minutes) * micros_per_second;
}

std::string clock(Micros moment) { return stockholm().rfc3339(seconds_of(moment)); }

Duty meetings() {
  Duty duty;
  duty.occurrence = "moten/2017-H1";
  duty.clause = "moten";
  duty.source = "§5 st 3";
  duty.title = "Chefsamrådet sammanträder";
  duty.demand = {"Chefsamrådet ska sammanträda minst två gånger under första halvåret 2017.",
                 "The council of chiefs must meet at least twice in the first half of 2017."};
  duty.owners = {{"lokalpolischef", "lokalpolischefen"},
                 {"stadsdelsdirektor", "stadsdelsdirektören"}};
  duty.opens = day("2017-01-01");
  duty.due = day("2017-06-30");
  duty.warnings = {day("2017-06-16"), day("2017-05-01")};
  duty.need = 2;
  duty.have = 1;
  return duty;
}

Agreement norrmalm(std::vector<Duty> duties) {
  return {.id = "norrmalm",
          .title = "Samverkan i Norrmalm 2016–2018",
          .zone = stockholm(),
          .holidays = calendar::Holidays::sweden,
          .since = day("2016-06-01"),
          .roles = {{"kommunpolis", "kommunpolisen"}},
          .duties = std::move(duties)};
}

Configuration configuration(std::vector<Rule> rules) {
  const auto recipient = [](const char* id, const char* role) {
    Recipient made;
    made.id = id;
    if (*role) made.offices = {{"", role}};
    made.mail = std::string(id) + "@example.org";
    return made;
  };
  Configuration made;
  made.link = "https://samrad.example.org";
  made.recipients = {recipient("chief", "lokalpolischef"),
                     recipient("director", "stadsdelsdirektor"), recipient("secretary", ""),
                     recipient("superior", "kommunpolis")};
  made.recipients[1].language = calendar::Language::en;
  made.rules = std::move(rules);
  return made;
}

Rule every_kind() {
  Rule rule;
  rule.id = "owners";
  rule.kinds = {Kind::warning, Kind::due, Kind::overdue, Kind::breach, Kind::settled};
  return rule;
}

std::vector<std::string> Outbox::ask(const Agreement& agreement, Micros now) {
  const Plan plan = alerts::plan(directory, agreement, now, last_of(keys));
  std::vector<std::string> lines;
  for (const Message& message : plan.messages)
    if (keys.insert(message.key).second)
      lines.push_back(clock(now) + " " + std::string(word(message.kind)) + " " +
                      message.recipient->id);
  next = plan.next;
  return lines;
}

std::vector<std::string> Outbox::watch(const Agreement& agreement, Micros from, Micros to) {
  std::vector<std::string> lines;
  for (std::optional<Micros> now = from; now && *now <= to; now = next) {
    const auto more = ask(agreement, *now);
    lines.insert(lines.end(), more.begin(), more.end());
  }
  return lines;
}

}  // namespace samrad::tests
