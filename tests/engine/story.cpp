// Rule text to a machine, lines of history to events, and the book that they give.
#include "tests/engine/story.h"

#include <algorithm>
#include <stdexcept>

#include "rules/compile.h"
#include "rules/diagnostics/render.h"

namespace samrad::story {
namespace {

using program::Program;
using program::Value;
using program::ValueKind;

constexpr std::string_view head = "  term 2016-06-01 to 2018-05-31\n";

constexpr std::string_view vocabulary = R"(
party police
party city
role chief of police
role director of city
role officer of police
role vice of police deputy of chief
forum council
forum youth
forum board
document plan
document picture
document letter
kind area
area north
area south
kind place
  members appear in events

event meeting of forum
  chair role optional
  attendees roles optional
  agenda texts optional
  remote yes/no optional
  cost money optional
  number number optional
event report of document
  by role optional
  to party optional
  about text optional
  written yes/no optional
  dated date optional
  length duration optional
event decision of document
  by forum optional
  written yes/no optional
event request of document
  by role optional
  about text optional
event notice of document
  to party optional
event signing of document
event revocation of document
event consultation
  parties parties optional
event visit of area
event seen of place
event gone of place
event patrol of place
event alarm
event silence
  not recorded
event late_log
  not recorded before 2017-01-01
event appointment
  unit area
  person text optional
event resignation
  unit area
)";

// Sunday the last of March and of October: summer time begins and ends at 01:00 UTC.
std::int64_t last_sunday(int year, unsigned month) {
  Day d = calendar::to_day({year, month, 31});
  while (calendar::weekday(d) != calendar::Weekday::sunday)
    d = d - 1;
  return std::int64_t{d.n} * 86400 + 3600;
}

[[noreturn]] void wrong(std::string_view what, std::string_view line) {
  throw std::runtime_error(std::string(what) + ": " + std::string(line));
}

std::int32_t second_of(std::string_view clock) {
  const auto two = [&](std::size_t at) {
    return at + 1 < clock.size() ? (clock[at] - '0') * 10 + (clock[at + 1] - '0') : 0;
  };
  return two(0) * 3600 + two(3) * 60 + two(6);
}

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  bool inside = false;
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    if (!quoted && c == ' ') {
      inside = false;
      continue;
    }
    if (!inside) words.emplace_back();
    inside = true;
    if (c != '"') words.back() += c;
  }
  return words;
}

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  if (text.empty()) return parts;
  parts.emplace_back();
  for (const char c : text) {
    if (c == at)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

std::int64_t integer(std::string_view text) { return std::stoll(std::string(text)); }

Value number_of(std::string_view text) {
  if (const auto slash = text.find('/'); slash != text.npos)
    return {ValueKind::number, 0, integer(text.substr(0, slash)), integer(text.substr(slash + 1))};
  const auto point = text.find('.');
  if (point == text.npos) return {ValueKind::number, 0, integer(text), 1};
  std::int64_t b = 1;
  for (std::size_t i = point + 1; i < text.size(); ++i)
    b *= 10;
  std::int64_t a = integer(text.substr(0, point)) * b + integer(text.substr(point + 1));
  while (a % 2 == 0 && b % 2 == 0)
    a /= 2, b /= 2;
  while (a % 5 == 0 && b % 5 == 0)
    a /= 5, b /= 5;
  return {ValueKind::number, 0, a, b};
}

}  // namespace

std::int64_t utc_of(Day day, std::int32_t second) {
  const std::int64_t winter = std::int64_t{day.n} * 86400 + second - 3600;
  const int year = calendar::to_date(day).year;
  const bool summer = winter >= last_sunday(year, 3) && winter - 3600 < last_sunday(year, 10);
  return summer ? winter - 3600 : winter;
}

Day day(std::string_view iso) {
  const auto d = calendar::parse_iso(iso);
  if (!d) wrong("no day", iso);
  return *d;
}

engine::Moment moment(std::string_view text) {
  const Day d = day(text.substr(0, 10));
  if (text.size() > 10) return {d, utc_of(d, second_of(text.substr(11)))};
  return {d, utc_of(d + 1, 0) - 1};
}

std::string with_head(std::string_view lines, std::string_view rules) {
  std::string text = "agreement test\n";
  for (const std::string& line : split(lines, '\n'))
    text += "  " + line + '\n';
  return text + std::string(vocabulary) + std::string(rules);
}

std::string clause(std::string_view lines) {
  std::string text = "clause c\n  source \"1\"\n";
  for (const std::string& line : split(lines, '\n'))
    text += "  " + line + '\n';
  return text;
}

Story::Story(std::string_view rules, std::string_view history)
    : Story(std::vector<std::string>{std::string(rules)}, history) {}

Story::Story(const std::vector<std::string>& versions, std::string_view history) {
  compile(versions, {});
  happens(history);
}

Story::Story(std::string_view rules, std::string_view history,
             const std::vector<std::string>& readings) {
  compile({std::string(rules)}, readings);
  happens(history);
}

void Story::compile(const std::vector<std::string>& given,
                    const std::vector<std::string>& readings) {
  std::vector<std::string> texts;
  std::vector<rules::Source> sources;
  for (const std::string& text : given) {
    const bool whole = text.starts_with("agreement");
    texts.push_back(
        whole ? text : "agreement test\n" + std::string(head) + std::string(vocabulary) + text);
  }
  for (std::size_t i = 0; i < texts.size(); ++i)
    sources.push_back(
        {"story" + std::to_string(i) + ".samrad", texts[i], static_cast<unsigned>(i)});
  rules::Compiled compiled = rules::compile(sources);
  if (!compiled.program) {
    std::erase_if(compiled.diagnostics,
                  [](const rules::Diagnostic& d) { return d.severity != rules::Severity::error; });
    throw std::runtime_error(rules::render_text(compiled.diagnostics, sources));
  }
  program_ = std::make_unique<Program>(std::move(*compiled.program));
  std::vector<program::Choice> choices;
  for (const std::string& r : readings)
    choices.push_back({split(r, '=').at(0), split(r, '=').at(1)});
  std::string unknown;
  if (!program::choose_readings(*program_, choices, unknown)) wrong("no such reading", unknown);
  symbols_ = std::make_unique<engine::Symbols>(*program_);
  machine_ = std::make_unique<engine::Machine>(*program_, *symbols_);
}

void Story::happens(std::string_view lines) {
  for (const std::string& line : split(lines, '\n')) {
    const auto begin = line.find_first_not_of(' ');
    if (begin == line.npos || line[begin] == '#') continue;
    events_.push_back(read(line));
    history_ += line + '\n';
  }
}

engine::Event Story::read(std::string_view line) {
  const std::vector<std::string> words = words_of(line);
  if (words.size() < 3) wrong("too short", line);
  engine::Event e;
  e.day = day(std::string_view(words[0]).substr(0, 10));
  e.timed = words[0].size() > 10;
  if (e.timed) {
    e.second = second_of(std::string_view(words[0]).substr(11));
    e.earliest = e.latest = utc_of(e.day, e.second);
  } else {
    e.earliest = utc_of(e.day, 0);
    e.latest = utc_of(e.day + 1, 0) - 1;
  }
  const auto hash = words[1].find('#');
  e.id = symbols_->intern(hash == std::string::npos ? words[1] : words[1].substr(hash + 1));
  e.identity = symbols_->intern(hash == std::string::npos ? "test#" + words[1] : words[1]);
  const Program& p = *program_;
  for (std::size_t i = 0; i < p.event_types.size(); ++i)
    if (p.text(p.event_types[i].name) == words[2]) e.type = static_cast<program::Index>(i);
  if (e.type == program::none) wrong("no such event type", line);
  const program::EventType& type = p.event_types[e.type];
  std::size_t at = 3;
  if (words.size() > 4 && words[3] == "of") {
    e.subject = symbols_->intern(words[4]);
    at = 5;
  }
  e.fields.resize(type.fields.count);
  for (; at < words.size(); ++at) {
    const auto equal = words[at].find('=');
    if (equal == std::string::npos) wrong("no `=`", line);
    std::uint32_t slot = 0;
    while (slot < type.fields.count &&
           p.text(p.fields[type.fields.first + slot].name) != words[at].substr(0, equal))
      ++slot;
    if (slot == type.fields.count) wrong("no such field", line);
    const program::Field& field = p.fields[type.fields.first + slot];
    const std::string text = words[at].substr(equal + 1);
    Value& v = e.fields[slot];
    if (field.list) {
      v = {ValueKind::list, 0, static_cast<std::int64_t>(e.pool.size()), 0};
      for (const std::string& entry : split(text, ','))
        e.pool.push_back(symbols_->intern(entry)), ++v.b;
      continue;
    }
    switch (field.type) {
    case ValueKind::yes_no: v = {ValueKind::yes_no, 0, text == "yes" ? 1 : 0, 1}; break;
    case ValueKind::number: v = number_of(text); break;
    case ValueKind::money:
      v = number_of(text.substr(0, text.size() - 3));
      v.kind = ValueKind::money;
      v.symbol = symbols_->intern(text.substr(text.size() - 3));
      break;
    case ValueKind::date: v = {ValueKind::date, 0, day(text).n, 1}; break;
    case ValueKind::duration:
      v = {ValueKind::duration, 0, integer(text), static_cast<std::int64_t>(calendar::Unit::day)};
      break;
    case ValueKind::text: v = {ValueKind::text, symbols_->intern(text), 0, 1}; break;
    default: v = {ValueKind::member, symbols_->intern(text), 0, 1}; break;
    }
  }
  return e;
}

std::string Story::id(program::Symbol identity) const {
  const std::string_view text = symbols_->text(identity);
  return std::string(text.substr(text.find('#') + 1));
}

engine::Book Story::book(std::string_view as_of) const {
  return engine::evaluate(*program_, *symbols_, events_, moment(as_of));
}

std::vector<engine::Event> Story::until(engine::Moment as_of) const {
  std::vector<engine::Event> out;
  for (const engine::Event& e : events_)
    if (e.day < as_of.day || (e.day == as_of.day && (!e.timed || e.earliest <= as_of.utc)))
      out.push_back(e);
  std::sort(out.begin(), out.end(), [&](const engine::Event& a, const engine::Event& b) {
    if (engine::feeds_before(a, b) != engine::feeds_before(b, a)) return engine::feeds_before(a, b);
    return symbols_->text(a.identity) < symbols_->text(b.identity);
  });
  return out;
}

engine::Book Story::walked(std::string_view as_of) const {
  const engine::Moment end = moment(as_of);
  const std::vector<engine::Event> events = until(end);
  engine::State state = engine::begin(*machine_);
  engine::Findings said;
  Day today = std::min(program_->term_first - 1, end.day);
  if (!events.empty()) today = std::min(today, events.front().day);
  std::size_t next = 0;
  for (; today <= end.day; today = today + 1) {
    engine::step(*machine_, state, {{today, utc_of(today, 0)}, nullptr}, said);
    for (; next < events.size() && events[next].day == today; ++next)
      engine::step(*machine_, state, {{today, events[next].earliest}, &events[next]}, said);
  }
  engine::Book book = engine::conclude_book(*machine_, std::move(state), std::move(said), end);
  book.events = events.size();
  if (!events.empty()) book.last_event = events.back().day;
  return book;
}

engine::Book Story::resumed(std::string_view as_of) const {
  const engine::Moment end = moment(as_of);
  const std::vector<engine::Event> events = until(end);
  engine::State state = engine::begin(*machine_);
  engine::Findings said;
  for (const engine::Event& e : events) {
    engine::step(*machine_, state, {{e.day, e.earliest}, &e}, said);
    auto read = engine::decode(*machine_, *symbols_, engine::encode(*machine_, state));
    if (!read) wrong("no state", as_of);
    state = std::move(*read);
  }
  engine::Book book = engine::conclude_book(*machine_, std::move(state), std::move(said), end);
  book.events = events.size();
  if (!events.empty()) book.last_event = events.back().day;
  return book;
}

}  // namespace samrad::story
