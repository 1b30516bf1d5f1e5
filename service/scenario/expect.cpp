// The sentences after `expect`. A word with a `/` is an occurrence; a bare status or `due` is about
// the one named last.

#include "service/scenario/expect.h"

#include <array>
#include <charconv>

namespace samrad::scenario {

namespace {

using engine::Status;

struct StatusWord {
  std::string_view word;
  std::string_view shown;
  Status status;
};

constexpr std::array<StatusWord, 9> status_words = {{
    {"upcoming", "upcoming", Status::upcoming},
    {"open", "open", Status::open},
    {"met", "met", Status::met},
    {"metlate", "met late", Status::met_late},
    {"missed", "missed", Status::missed},
    {"broken", "broken", Status::broken},
    {"waived", "waived", Status::waived},
    {"lapsed", "lapsed", Status::lapsed},
    {"cannotassess", "cannot assess", Status::cannot_assess},
}};

// A status in one or two words, if one stands here.
std::optional<Status> take_status(Reader& read) {
  if (read.done() || read.here().kind != Word::Kind::word) return std::nullopt;
  if (read.take_word("cannot")) {
    if (!read.take_word("assess")) read.fault("expected `assess` after `cannot`");
    return Status::cannot_assess;
  }
  const auto status = status_of(read.here().text);
  if (!status) return std::nullopt;
  read.take_word(read.here().text);
  if (*status == Status::met && read.take_word("late")) return Status::met_late;
  return status;
}

// Everything that may be said of an occurrence after its name.
void said_of(Reader& read, Expectation& e) {
  if (const auto status = take_status(read)) e.statuses.push_back(*status);
  while (!read.failed() && !read.done()) {
    if (read.take_word("because"))
      e.because = read.names("the id of an event");
    else if (read.take_word("not")) {
      if (!read.take_word("because")) read.fault("expected `because` after `not`");
      e.not_because = read.names("the id of an event");
    } else if (read.take_word("due"))
      e.due = read.moment();
    else if (read.take_word("opens"))
      e.opens = read.moment();
    else if (read.take_word("settled"))
      e.settled = read.moment();
    else if (read.take_word("missing"))
      e.missing = read.names("what is missing");
    else if (read.take_word("owner"))
      e.owners = read.names("an owner");
    else if (read.take_word("have")) {
      const std::string number = read.name("a number");
      int n = 0;
      const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), n);
      if (error != std::errc() || end != number.data() + number.size())
        read.fault("`" + number + "` is not a number");
      e.have = n;
    } else {
      read.fault("`" + read.here().text + "` says nothing about an occurrence",
                 "a status, `because`, `not because`, `due`, `opens`, `settled`, `missing`, "
                 "`owner` or `have`");
    }
  }
}

void of_clause(Reader& read, Expectation& e) {
  if (read.take_word("in")) e.clause = read.name("a clause");
}

// `no violations [in C]`, `no STATUS [in C]`, `no OCCURRENCE`
void none(Reader& read, Expectation& e) {
  e.kind = Expectation::Kind::count;
  e.count = 0;
  if (read.take_word("violations")) {
    e.statuses = {Status::missed, Status::broken};
    of_clause(read, e);
  } else if (const auto status = take_status(read)) {
    e.statuses = {*status};
    of_clause(read, e);
  } else {
    e.kind = Expectation::Kind::no_occurrence;
    e.occurrence = read.name("`violations`, a status or an occurrence");
  }
}

void explanation(Reader& read, std::string& about, Expectation& e) {
  e.kind = Expectation::Kind::explanation;
  if (read.take_word("of")) about = read.name("an occurrence");
  e.occurrence = about;
  if (read.take_word("in")) e.language = read.name("`sv` or `en`");
  if (!read.take_word("contains")) read.fault("expected `contains`");
  e.text = read.text("what the explanation must contain");
  if (read.take_word("in")) e.language = read.name("`sv` or `en`");
  if (!e.language.empty() && e.language != "sv" && e.language != "en")
    read.fault("no language `" + e.language + "`", "write `in sv` or `in en`");
}

bool all_digits(std::string_view word) {
  return !word.empty() && word.size() < 10 &&
         word.find_first_not_of("0123456789") == std::string_view::npos;
}

void several(Reader& read, Expectation& e) {
  e.kind = Expectation::Kind::count;
  e.count = std::stoul(read.name("a number"));
  if (read.take_word("violations") || read.take_word("violation"))
    e.statuses = {Status::missed, Status::broken};
  else if (const auto status = take_status(read))
    e.statuses = {*status};
  else
    read.fault("expected `violations` or a status after the number");
  of_clause(read, e);
}

void an_occurrence(Reader& read, std::string& about, Expectation& e) {
  const bool named =
      !read.done() && (read.at_text() || read.here().text.find('/') != std::string::npos);
  if (named)
    about = read.name("an occurrence");
  else if (!read.done() && read.here().kind == Word::Kind::word && !status_of(read.here().text) &&
           !read.at_word("cannot") && !read.at_word("due") && !read.at_word("because") &&
           !read.at_word("opens") && !read.at_word("settled") && !read.at_word("missing") &&
           !read.at_word("owner") && !read.at_word("have"))
    read.fault("`" + read.here().text + "` is not something to expect",
               "an occurrence (`moten/2017-H1 met`), `no violations`, `3 missed`, `void EVENT`, "
               "`explanation contains \"…\"`");
  if (about.empty())
    read.fault("no occurrence has been named yet", "write its id: `expect moten/2017-H1 met`");
  e.occurrence = about;
  said_of(read, e);
}

}  // namespace

std::optional<Status> status_of(std::string_view word) {
  std::string plain;
  for (char c : word)
    if (c != '-' && c != '_' && c != ' ')
      plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  for (const StatusWord& row : status_words)
    if (row.word == plain) return row.status;
  return std::nullopt;
}

std::string_view words(Status status) {
  for (const StatusWord& row : status_words)
    if (row.status == status) return row.shown;
  return {};
}

Expectation expect(Reader& read, std::string& about) {
  Expectation e;
  if (read.take_word("no")) {
    none(read, e);
  } else if (read.take_word("not")) {
    if (!read.take_word("void")) read.fault("expected `void` after `not`");
    e.kind = Expectation::Kind::not_void;
    e.id = read.name("the id of an event");
  } else if (read.take_word("void")) {
    e.kind = Expectation::Kind::is_void;
    e.id = read.name("the id of an event");
    if (read.take_word("because")) e.text = read.text("part of the reason");
  } else if (read.take_word("part")) {
    e.kind = Expectation::Kind::part_period;
    e.occurrence = read.name("an occurrence");
  } else if (read.take_word("explanation")) {
    explanation(read, about, e);
  } else if (!read.done() && all_digits(read.here().text)) {
    several(read, e);
  } else {
    an_occurrence(read, about, e);
  }
  read.expect_end();
  return e;
}

}  // namespace samrad::scenario
