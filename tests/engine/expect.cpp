// Expectations against a book, and the book as text. Every story that is checked is also told in other ways (see check).
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <sstream>

#include "tests/engine/story.h"

namespace samrad::story {
namespace {

using engine::Book;
using engine::Occurrence;

std::string day_text(Day d) { return d == calendar::day_max ? "never" : calendar::iso(d); }

std::string value_text(const Story& story, const engine::Machine& m, const program::Value& v) {
  using program::ValueKind;
  switch (v.kind) {
  case ValueKind::absent: return "-";
  case ValueKind::text:
  case ValueKind::member: return std::string(m.symbols.text(v.symbol));
  case ValueKind::date: return calendar::iso(Day{static_cast<std::int32_t>(v.a)});
  case ValueKind::list: return "list of " + std::to_string(v.b);
  default:
    return std::to_string(v.a) + "/" + std::to_string(v.b) +
           std::string(story.machine().symbols.text(v.symbol));
  }
}

std::string joined(std::vector<std::string> words, bool sort) {
  if (sort) std::sort(words.begin(), words.end());
  std::string out;
  for (const std::string& w : words)
    out += (out.empty() ? "" : ",") + w;
  return out;
}

std::string evidence(const Story& story, const engine::Finding& f) {
  std::vector<std::string> all;
  for (const program::Symbol s : f.evidence)
    all.push_back(story.id(s));
  return joined(all, false);
}

std::string missing(const Story& story, const engine::Finding& f) {
  std::vector<std::string> all;
  for (const program::Symbol s : f.missing)
    all.emplace_back(story.machine().symbols.text(s));
  return joined(all, true);
}

std::string_view severity(program::Severity s) {
  return s == program::Severity::error     ? "error"
         : s == program::Severity::warning ? "warning"
                                           : "note";
}

std::string attribute(const Story& story, const Occurrence& o, const std::string& key,
                      const std::string& wanted) {
  const engine::Finding& f = o.finding;
  if (key == "opens") return day_text(f.opens);
  if (key == "due") return day_text(f.due);
  if (key == "nominal") return day_text(f.nominal_due);
  if (key == "settled") return day_text(f.settled);
  if (key == "have") return std::to_string(f.have) + "/" + std::to_string(f.need);
  if (key == "by") return evidence(story, f);
  if (key == "severity") return std::string(severity(o.severity));
  if (key == "missing") {
    std::string sorted = missing(story, f);
    std::stringstream given(wanted);
    std::vector<std::string> words;
    for (std::string w; std::getline(given, w, ',');)
      words.push_back(w);
    return joined(words, true) == sorted ? wanted : sorted;
  }
  if (key == "why") {
    std::vector<std::string> there;
    for (const engine::Note& n : f.notes)
      there.emplace_back(name(n.why));
    std::stringstream given(wanted);
    for (std::string w; std::getline(given, w, ',');)
      if (std::find(there.begin(), there.end(), w) == there.end()) return joined(there, false);
    return wanted;
  }
  return "no attribute `" + key + "`";
}

// Compares `part …` with the part period of that id.
std::string part_fault(const Story& story, const Book& book, const Expected& e) {
  for (const engine::PartPeriod& p : book.part_periods) {
    if (engine::occurrence_id(story.program(), story.machine().symbols, p.key) != e.id) continue;
    const std::string is = "opens=" + day_text(p.first) + " due=" + day_text(p.last) +
                           " have=" + std::to_string(p.have) + "/" + std::to_string(p.need);
    std::stringstream words(e.what);
    for (std::string w; words >> w;)
      if (w != "part" && is.find(w) == std::string::npos) return e.id + ": part period " + is;
    return book.find(e.id) == nullptr ? "" : e.id + ": is also an occurrence";
  }
  return e.id + ": not among the part periods";
}

std::string fault(const Story& story, const Book& book, const Expected& e) {
  const auto whole = [&](const std::string& is) {
    return is == e.what ? "" : e.id + ": is `" + is + "`, expected `" + e.what + "`";
  };
  if (e.id == "expiry") return whole(day_text(book.expiry));
  if (e.id == "voids") return whole(voids(story, book));
  if (e.id.starts_with("ids ")) return whole(ids(book, e.id.substr(4)));
  std::stringstream words(e.what);
  std::string status;
  words >> status;
  if (status == "part") return part_fault(story, book, e);
  const Occurrence* o = book.find(e.id);
  if (status == "none") return o == nullptr ? "" : e.id + ": there is one";
  if (o == nullptr) return e.id + ": no such occurrence";
  if (name(o->finding.status) != status)
    return e.id + ": is " + std::string(name(o->finding.status)) + ", expected " + e.what;
  for (std::string w; words >> w;) {
    const auto equal = w.find('=');
    const std::string key = w.substr(0, equal);
    const std::string wanted = equal == std::string::npos ? "" : w.substr(equal + 1);
    const std::string is = attribute(story, *o, key, wanted);
    if (is != wanted) return e.id + ": " + key + " is " + is + ", expected " + w;
  }
  return {};
}

// The same story told in another order of input, with names met in another order.
std::string told_backwards(const Story& story, const std::vector<std::string>& texts,
                           std::string_view as_of) {
  std::vector<std::string> lines;
  std::stringstream in(story.history());
  for (std::string line; std::getline(in, line);)
    lines.push_back(line);
  std::reverse(lines.begin(), lines.end());
  std::string history;
  for (const std::string& line : lines)
    history += line + '\n';
  const Story other(texts, history);
  return other.describe(other.book(as_of));
}

std::string recorded_shuffled(const Story& story, std::string_view as_of) {
  std::vector<engine::Event> events = story.until(moment(as_of));
  std::mt19937 dice(20160601);
  std::shuffle(events.begin(), events.end(), dice);
  engine::Timeline timeline(story.machine());
  for (const engine::Event& e : events)
    timeline.record(e);
  return story.describe(timeline.book(moment(as_of)));
}

void check_tellings(const Story& story, const std::vector<std::string>& texts,
                    std::string_view as_of) {
  const std::string plain = story.describe(story.book(as_of));
  EXPECT_EQ(plain, story.describe(story.book(as_of))) << "two runs differ";
  EXPECT_EQ(plain, told_backwards(story, texts, as_of)) << "input backwards gives another book";
  EXPECT_EQ(plain, recorded_shuffled(story, as_of))
      << "recorded in another order gives another book";
  EXPECT_EQ(plain, story.describe(story.walked(as_of))) << "walking day by day gives another book";
  EXPECT_EQ(plain, story.describe(story.resumed(as_of)))
      << "states written and read again give another book";
}

}  // namespace

std::string ids(const Book& book, std::string_view prefix) {
  std::string out;
  for (const Occurrence& o : book.occurrences)
    if (o.id.starts_with(prefix)) out += (out.empty() ? "" : " ") + o.id;
  return out;
}

std::string voids(const Story& story, const Book& book) {
  std::string out;
  for (const engine::VoidEvent& v : book.voids)
    out += (out.empty() ? "" : " ") + story.id(v.event) + (v.certain ? "" : "?") + ":" +
           std::string(name(v.note.why));
  return out;
}

std::string Story::describe(const Book& book) const {
  std::stringstream out;
  out << "as of " << day_text(book.as_of.day) << ", term " << day_text(book.term_first) << " to "
      << day_text(book.expiry) << ", " << book.events << " events\n";
  for (const Occurrence& o : book.occurrences) {
    const engine::Finding& f = o.finding;
    out << "  " << o.id << ": " << name(f.status) << " opens=" << day_text(f.opens)
        << " due=" << day_text(f.due);
    if (f.nominal_due != f.due) out << " nominal=" << day_text(f.nominal_due);
    if (engine::settled(f.status)) out << " settled=" << day_text(f.settled);
    out << " have=" << f.have << "/" << f.need;
    if (f.maybe > 0) out << " maybe=" << f.maybe;
    if (f.part) out << " part";
    if (f.presumed) out << " presumed";
    if (f.due_instant != 0) out << " instant=" << f.due_instant;
    if (!f.evidence.empty()) out << " by=" << evidence(*this, f);
    if (!f.missing.empty()) out << " missing=" << missing(*this, f);
    if (o.severity != program::Severity::error) out << " severity=" << severity(o.severity);
    out << '\n';
    for (const engine::Note& n : f.notes)
      out << "      " << name(n.why) << " event=" << id(n.event) << " text=`"
          << symbols_->text(n.text) << "` expected=" << value_text(*this, *machine_, n.expected)
          << " actual=" << value_text(*this, *machine_, n.actual) << " day=" << day_text(n.day)
          << '\n';
  }
  for (const engine::PartPeriod& p : book.part_periods)
    out << "  part period " << engine::occurrence_id(*program_, *symbols_, p.key) << " "
        << day_text(p.first) << ".." << day_text(p.last) << " have=" << p.have << "/" << p.need
        << '\n';
  if (!book.voids.empty()) out << "  without effect: " << voids(*this, book) << '\n';
  return out.str();
}

void expect(const Story& story, std::string_view as_of, const std::vector<Expected>& expected) {
  const Book book = story.book(as_of);
  std::string faults;
  for (const Expected& e : expected) {
    const std::string f = fault(story, book, e);
    if (!f.empty()) faults += f + '\n';
  }
  if (!faults.empty()) ADD_FAILURE() << faults << story.history() << story.describe(book);
}

void check(std::initializer_list<Row> rows) {
  for (const Row& row : rows)
    check_amended({{row.meaning, {row.rules}, row.history, row.as_of, row.expected}});
}

void check_amended(std::initializer_list<AmendedRow> rows) {
  for (const AmendedRow& row : rows) {
    SCOPED_TRACE(row.meaning);
    try {
      const Story story(row.versions, row.history);
      expect(story, row.as_of, row.expected);
      check_tellings(story, row.versions, row.as_of);
    } catch (const std::exception& e) {
      ADD_FAILURE() << e.what() << '\n' << row.versions.back() << row.history;
    }
  }
}

}  // namespace samrad::story
