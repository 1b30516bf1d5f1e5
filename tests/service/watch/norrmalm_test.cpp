// Aim: what those who work by a real agreement find in their mail during a year of it: which letters, and how each kind reads.

#include <gmock/gmock.h>

#include <filesystem>
#include <map>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "service/alerts/compose.h"
#include "service/alerts/hours.h"
#include "service/alerts/key.h"
#include "service/alerts/text.h"
#include "service/alerts/together.h"
#include "tests/service/golden.h"
#include "tests/service/watch/post.h"

namespace samrad::watch {
namespace {

using alerts::Kind;

constexpr int reminders_borne = 17;  // of one duty, before somebody acknowledges it

const std::string example = std::string(SAMRAD_SOURCE_DIR) + "/examples/norrmalm/";

registry::RuleText rules() {
  registry::RuleText text;
  for (const auto& file : std::filesystem::directory_iterator(example)) {
    const std::string name = file.path().filename().string();
    if (name.ends_with(".samrad") && name.find("-2017") == std::string::npos)
      text.files.push_back({name, tests::read_file(file.path().string())});
  }
  std::sort(text.files.begin(), text.files.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  return text;
}

// By the day on which they happened, which is that on which they are recorded here.
std::map<std::string, std::vector<std::string>> history() {
  std::map<std::string, std::vector<std::string>> days;
  std::istringstream lines(tests::read_file(example + "history.ndjson"));
  for (std::string line; std::getline(lines, line);) {
    nlohmann::json event = nlohmann::json::parse(line);
    event.erase("recordedtime");
    days[event["time"].get<std::string>().substr(0, 10)].push_back(event.dump());
  }
  return days;
}

// Each owner has somebody; the director of the district wants one letter a week, the chief of police hears of what nobody answers.
alerts::Configuration people() {
  const auto person = [](const char* id, const char* role, calendar::Language language) {
    alerts::Recipient made;
    made.id = id;
    made.offices = {{"", role}};
    made.mail = std::string(id) + "@example.org";
    made.language = language;
    return made;
  };
  using calendar::Language;
  alerts::Configuration made;
  made.recipients = {person("kommunpolis", "kommunpolis", Language::sv),
                     person("samordnare", "trygghetssamordnare", Language::sv),
                     person("polisen", "polisen", Language::en),
                     person("kommunen", "kommunen", Language::sv),
                     person("direktor", "stadsdelsdirektor", Language::sv),
                     person("chef", "lokalpolischef", Language::sv)};
  made.recipients[4].digest = alerts::WeeklyDigest{calendar::Weekday::monday, alerts::usual_hour};
  alerts::Rule rule;
  rule.id = "standard";
  rule.kinds = {Kind::warning, Kind::due, Kind::overdue, Kind::breach};
  rule.escalation = {{14, "lokalpolischef"}};
  made.rules = {rule};
  made.otherwise = {"samordnare"};
  return made;
}

// What waits, put together as it is sent: by address.
struct Letter {
  std::string day;
  std::string to;
  std::set<Kind> kinds;
  alerts::Text text;
};
std::vector<Letter> fetch(Post& post, const std::string& day,
                          std::map<std::string, int>& reminded) {
  RulesInUse rules;
  StoreOutbox outbox(post.store->reader().value(), *post.registry, rules);
  std::map<std::string, std::vector<alerts::Part>> parts;
  for (const alerts::Row& row : outbox.waiting(post.clock.now(), 10'000, {})) {
    const alerts::Key key = alerts::key_of(row.key).value();
    const bool alone = key.kind == Kind::digest;
    parts[row.to + (alone ? " weekly" : "")].push_back(
        {key.kind, key.about(), alerts::page_of(row.body).value()});
    if (key.kind == Kind::overdue && ++reminded[key.about()] == reminders_borne)
      post.acknowledge("norrmalm", key.occurrence);
  }
  std::vector<Letter> letters;
  for (auto& [to, list] : parts) {
    Letter letter{day, to, {}, {}};
    for (const alerts::Part& part : list)
      letter.kinds.insert(part.kind);
    letter.text = alerts::text_of(alerts::together(std::move(list)));
    letters.push_back(std::move(letter));
  }
  post.send();
  return letters;
}

std::vector<Letter> year() {
  Post post("2016-12-30T12:00:00+01:00");
  post.use(people());
  post.create("norrmalm", rules());
  const auto events = history();
  std::string before;
  for (auto day = events.begin(); day != events.end() && day->first < "2016-12-31"; ++day)
    for (const std::string& line : day->second)
      before += line + "\n";
  post.append_line("norrmalm", before);
  post.send();
  std::vector<Letter> letters;
  std::map<std::string, int> reminded;
  const auto read = [&](const std::string& day) {
    for (Letter& one : fetch(post, day, reminded))
      letters.push_back(std::move(one));
  };
  for (calendar::Day day = calendar::to_day({2017, 1, 1}); day <= calendar::to_day({2017, 12, 31});
       day = day + 1) {
    const std::string iso = calendar::iso(day);
    post.set(iso + "T07:00:00+01:00");
    (void)post.watch->make_digests();
    read(iso);
    if (const auto today = events.find(iso); today != events.end()) {
      post.clock.set(at(iso + "T18:00:00+01:00"));
      std::string lines;
      for (const std::string& line : today->second)
        lines += line + "\n";
      post.append_line("norrmalm", lines);
      read(iso);
    }
  }
  return letters;
}

TEST(Norrmalm, a_year_of_letters_reads_as_it_was_kept) {
  std::string all;
  std::set<std::set<Kind>> shown;
  // A count, a chance to extend, what a person judges, a fact that must hold, an update, a turn.
  std::vector<const char*> forms = {"Chefsamrådet sammanträder",  "Två år till",
                                    "bär sina personalkostnader", "har en kontaktperson",
                                    "Lägesbilden uppdateras",     "Ordförandeskapet växlar"};
  std::string texts;
  for (const Letter& letter : year()) {
    all += fmt::format("{} {}: {}\n", letter.day, letter.to, letter.text.subject);
    const auto of_a_form = std::find_if(forms.begin(), forms.end(), [&](const char* title) {
      return letter.text.subject.find(title) != std::string::npos;
    });
    const bool first = of_a_form != forms.end();
    if (first) forms.erase(of_a_form);
    if (shown.insert(letter.kinds).second || first)
      texts += fmt::format("\n######## {} {}\nSubject: {}\n\n{}", letter.day, letter.to,
                           letter.text.subject, letter.text.plain);
  }
  EXPECT_TRUE(tests::matches_golden("alerts/norrmalm.txt", all + texts));
}

}  // namespace
}  // namespace samrad::watch
