// Text to scenarios: decide by the first word of a statement, read on with a Reader, report and go
// on.

#include "rules/diagnostics/near.h"
#include "service/scenario/expect.h"
#include "service/scenario/scenario.h"
#include "service/scenario/words.h"

#include <array>

namespace samrad::scenario {

namespace {

constexpr std::array<std::string_view, 5> prepositions = {"by", "to", "from", "for", "about"};

std::string joined(const Words& words) {
  std::string text;
  for (const Word& word : words) {
    const bool closes = word.kind == Word::Kind::sign && word.text != "=";
    if (!text.empty() && !closes) text += ' ';
    text += word.kind == Word::Kind::text ? '"' + word.text + '"' : word.text;
  }
  return text;
}

// One value: a text, a number perhaps with a unit behind it, or a word.
Value value(Reader& read) {
  if (read.at_text()) return {Value::Kind::text, read.text("a text"), {}};
  std::string word = read.name("a value");
  if (word.size() > 1 && word.back() == '%' &&
      looks_like_number(std::string_view(word).substr(0, word.size() - 1))) {
    word.pop_back();
    return {Value::Kind::amount, word, "%"};
  }
  if (!looks_like_number(word)) return {Value::Kind::word, word, {}};
  if (read.done() || read.here().kind != Word::Kind::word) return {Value::Kind::number, word, {}};
  std::string unit = read.name("a unit");
  if (unit == "working") unit += " " + read.name("`days`");
  return {Value::Kind::amount, word, unit};
}

void fields(Reader& read, Happening& event) {
  do {
    if (read.done()) break;  // a `;` may stand last
    FieldLine field{read.name("a field"), {}};
    do
      field.values.push_back(value(read));
    while (!read.failed() && read.take_sign(','));
    event.fields.push_back(std::move(field));
  } while (!read.failed() && read.take_sign(';'));
}

// `met`, `met late`, `"met late"`: one word in the data, or two.
std::string verdict(Reader& read) {
  std::string word = read.name("a verdict");
  if (word == "met" && read.take_word("late")) word = "met late";
  const auto status = status_of(word);
  return status ? std::string(words(*status)) : word;
}

bool acts(const Happening& event) {
  return event.type == "withdrawal" || event.type == "waiver" || event.type == "assessment";
}

Happening happening(Reader& read, std::size_t line) {
  Happening event;
  event.when = read.moment();
  event.type = read.name("an event type");
  if (read.take_word("of")) event.subject = read.name("what the event is about");
  event.id = "line-" + std::to_string(line);
  for (bool on = true; on && !read.failed();) {
    on = false;
    for (std::string_view word : prepositions)
      if (read.take_word(word)) {
        FieldLine field{std::string(word), {}};
        for (std::string& name : read.names("a name"))
          field.values.push_back({Value::Kind::word, std::move(name), {}});
        event.fields.push_back(std::move(field));
        on = true;
      }
    if (!on && read.take_word("recorded")) {
      event.recorded = read.moment();
      on = true;
    } else if (!on && event.type == "assessment" && event.verdict.empty() && !read.done() &&
               !read.at_sign(':') && (!read.at_text() || status_of(read.here().text))) {
      event.verdict = verdict(read);
      on = true;
    } else if (!on && read.at_text()) {
      // Of what acts on another event or an occurrence the first text is the reason, the next its own id.
      (acts(event) && event.reason.empty() ? event.reason : event.id) = read.text("a text");
      on = true;
    }
  }
  if (read.take_sign(':')) fields(read, event);
  read.expect_end();
  if (!read.failed() && event.id.empty()) read.fault("the id of an event cannot be empty");
  return event;
}

// What a scenario has before its first statement, and the clock.
struct Clock {
  std::string on;
  std::string known_at;
};

// `[known at WHEN] [on WHEN] [expect …]` and the same the other way round. True when an expectation
// was read.
bool clock_line(Reader& read, Clock& clock, std::string& about, Expectation& expectation) {
  bool moved = false;
  while (!read.failed() && !read.done()) {
    if (read.take_word("on")) {
      clock.on = read.moment();
      if (!moved) clock.known_at.clear();
      moved = true;
    } else if (read.take_word("known")) {
      if (!read.take_word("at")) read.fault("expected `at` after `known`");
      clock.known_at = read.moment();
      moved = true;
    } else if (read.take_word("expect")) {
      if (clock.on.empty()) read.fault("the clock stands nowhere yet", "begin with `on DATE`");
      expectation = expect(read, about);
      expectation.on = clock.on;
      expectation.known_at = clock.known_at;
      return !read.failed();
    } else {
      read.fault("expected `on`, `known at` or `expect`, found `" + read.here().text + "`");
    }
  }
  return false;
}

// `rules "x"`, `history "x"`, `reading CLAUSE = NAME`: true when the statement is one of them.
bool heading(Reader& read, std::size_t line, Scenario& scenario) {
  if (read.take_word("rules")) {
    do
      scenario.rules.push_back({read.text("the name of a rule file"), line});
    while (!read.failed() && read.take_sign(','));
  } else if (read.take_word("history")) {
    do
      scenario.history.push_back({read.text("the name of an event file"), line});
    while (!read.failed() && read.take_sign(','));
  } else if (read.take_word("reading")) {
    Choice choice{read.name("a clause"), {}, line};
    if (!read.take_sign('=')) read.fault("expected `=`", "reading moten = avtal");
    choice.reading = read.name("a reading");
    scenario.readings.push_back(std::move(choice));
  } else {
    return false;
  }
  read.expect_end();
  return true;
}

// Takes the statements one by one; `common_` is what stands before the first `scenario`.
class Builder {
 public:
  void take(const Words& words) {
    Reader read(words, parsed_.faults);
    const std::size_t line = words[0].line;
    if (read.take_word("scenario")) {
      begin(read, line);
    } else if (!heading(read, line, current())) {
      body(read, words, line);
    }
  }

  Parsed finish() {
    close();
    if (parsed_.scenarios.empty() && parsed_.faults.empty())
      parsed_.faults.push_back(
          {1, 0, "this file has no scenario", "docs/scenarios.md shows how one is written"});
    return std::move(parsed_);
  }

 private:
  Scenario& current() { return open_ ? scenario_ : common_; }

  void begin(Reader& read, std::size_t line) {
    if (!titled_ && !common_.statements.empty())
      parsed_.faults.push_back({line, 0,
                                "events and expectations stand before the first `scenario`",
                                "put `scenario \"…\"` above them"});
    close();
    titled_ = true;
    open_ = true;
    scenario_ = common_;
    scenario_.statements.clear();
    scenario_.line = line;
    scenario_.title = read.text("the scenario's title");
    read.expect_end();
    clock_ = {};
    about_.clear();
  }

  void body(Reader& read, const Words& words, std::size_t line) {
    Statement statement{line, joined(words), false, {}, {}};
    bool keep = false;
    if (read.at_word("on") || read.at_word("known") || read.at_word("expect")) {
      keep = clock_line(read, clock_, about_, statement.expectation);
    } else if (!read.done() && read.here().kind == Word::Kind::word &&
               looks_like_date(read.here().text)) {
      statement.happening = true;
      statement.event = happening(read, line);
      keep = !read.failed();
    } else {
      static const std::vector<std::string> firsts = {"on",    "known",   "expect", "scenario",
                                                      "rules", "history", "reading"};
      const std::string near = rules::did_you_mean(read.here().text, firsts);
      read.fault("`" + read.here().text + "` begins no statement" +
                     (near.empty() ? "" : "; " + near),
                 "a line begins with a date, `on`, `known at`, `expect`, `scenario`, `rules`, "
                 "`history` or `reading`");
    }
    if (keep) current().statements.push_back(std::move(statement));
  }

  void close() {
    if (!open_ && titled_) return;
    Scenario& scenario = current();
    if (!open_ && scenario.statements.empty()) return;
    bool expects = false;
    for (const Statement& statement : scenario.statements)
      expects = expects || !statement.happening;
    if (scenario.rules.empty())
      parsed_.faults.push_back({scenario.line, 0, "this scenario names no rules",
                                "write `rules \"norrmalm.samrad\"` above it"});
    if (!expects && parsed_.faults.empty())
      parsed_.faults.push_back(
          {scenario.line, 0, "this scenario expects nothing", "write `on DATE expect …`"});
    parsed_.scenarios.push_back(scenario);
  }

  Parsed parsed_;
  Scenario common_, scenario_;
  Clock clock_;
  std::string about_;  // the occurrence named last
  bool open_ = false;
  bool titled_ = false;
};

}  // namespace

Parsed parse(std::string_view text) {
  std::vector<Fault> faults;
  const std::vector<Words> lines = statements(text, faults);
  Builder builder;
  for (const Words& words : lines)
    builder.take(words);
  Parsed parsed = builder.finish();
  parsed.faults.insert(parsed.faults.begin(), faults.begin(), faults.end());
  return parsed;
}

}  // namespace samrad::scenario
