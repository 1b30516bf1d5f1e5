#include "tests/reference/compare.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <set>
#include <sstream>
#include <stdexcept>

#include "rules/check/check.h"
#include "rules/compile.h"
#include "rules/syntax/parse.h"
#include "service/record/history.h"
#include "service/reports/audit.h"
#include "tests/reference/reference.h"

namespace samrad::tests {
namespace {

namespace fs = std::filesystem;

using reference::Status;

// The engine's word for a status in the reference's; the two lists are kept apart on purpose.
Status translated(engine::Status s) {
  switch (s) {
  case engine::Status::upcoming: return Status::upcoming;
  case engine::Status::open: return Status::open;
  case engine::Status::met: return Status::met;
  case engine::Status::met_late: return Status::met_late;
  case engine::Status::missed: return Status::missed;
  case engine::Status::broken: return Status::broken;
  case engine::Status::waived: return Status::waived;
  case engine::Status::lapsed: return Status::lapsed;
  default: return Status::cannot_assess;
  }
}

struct Book {
  std::map<std::string, Said> occurrences;
  std::set<std::string> voids;
};

class Engine {
 public:
  explicit Engine(const Material& m) : compiled_(rules::compile(sources(m))), material_(m) {
    if (!compiled_.program)
      throw std::runtime_error(m.name +
                               " does not compile: " + compiled_.diagnostics.front().message);
    record::Records records;
    records.read(m.records, "events");
    history_.emplace(*compiled_.program, std::move(records));
    for (const record::Fault& f : history_->faults().list())
      if (f.level == record::Level::error) throw std::runtime_error(m.name + ": " + f.message);
  }

  Book ask(const std::string& moment) const {
    reports::AuditRequest request;
    const auto asked = [&](const std::string& text) {
      return record::parse_asked(text, history_->zone()).value();
    };
    const std::size_t bar = moment.find('|');
    request.as_of = asked(moment.substr(0, bar));
    if (bar != std::string::npos) request.known_at = asked(moment.substr(bar + 1));
    for (const auto& [of, reading] : material_.readings)
      request.readings.push_back({of, reading});
    const auto result = reports::audit(*history_, request);
    if (!result) throw std::runtime_error(material_.name + ": " + result.error().message);
    Book book;
    for (const engine::Occurrence& o : result->book().occurrences) {
      const engine::Finding& f = o.finding;
      const bool counts =
          result->program().rules[f.key.rule].form == program::Form::count && !f.key.otherwise;
      book.occurrences[o.id] = {translated(f.status),
                                f.opens,
                                f.due,
                                engine::settled(f.status) ? f.settled : calendar::Day{},
                                counts ? f.have : 0,
                                counts ? f.need : 0};
    }
    for (const engine::VoidEvent& v : result->book().voids)
      book.voids.insert(text_of(v, result->program(), *result->basis->symbols));
    return book;
  }

  static std::vector<rules::Source> sources(const Material& m) {
    std::vector<rules::Source> all;
    for (std::size_t version = 0; version < m.texts.size(); ++version)
      for (std::size_t i = 0; i < m.texts[version].size(); ++i)
        all.push_back({std::to_string(version) + "-" + std::to_string(i) + ".samrad",
                       m.texts[version][i], static_cast<unsigned>(version)});
    return all;
  }

 private:
  rules::Compiled compiled_;
  const Material& material_;
  std::optional<record::History> history_;
};

class Reference {
 public:
  explicit Reference(const Material& m) {
    for (std::size_t version = 0; version < m.texts.size(); ++version) {
      std::vector<rules::Source> sources;
      for (std::size_t i = 0; i < m.texts[version].size(); ++i)
        sources.push_back({std::to_string(i) + ".samrad", m.texts[version][i]});
      rules::Parsed parsed = rules::parse(sources);
      trees_.push_back(std::make_unique<rules::Tree>(std::move(parsed.tree)));
      question_.texts.push_back(trees_.back().get());
    }
    question_.records = reference::read_records(m.records);
    for (const auto& [of, reading] : m.readings)
      question_.readings.push_back({of, reading});
  }

  Book ask(const std::string& moment) {
    const std::size_t bar = moment.find('|');
    question_.as_of = moment.substr(0, bar);
    question_.known_at = bar == std::string::npos ? "" : moment.substr(bar + 1);
    Book book;
    const reference::Answers answers = reference::answer(question_);
    for (const reference::Answer& a : answers.occurrences)
      book.occurrences[a.id] = {a.status,
                                a.opens,
                                a.due,
                                reference::fallen(a.status) ? a.settled : calendar::Day{},
                                a.counted ? a.have : 0,
                                a.counted ? a.need : 0};
    for (const reference::Void& v : answers.voids)
      book.voids.insert(reference::text(v));
    return book;
  }

 private:
  std::vector<std::unique_ptr<rules::Tree>> trees_;
  reference::Question question_;
};

}  // namespace

std::string text_of(const engine::VoidEvent& v, const program::Program& program,
                    const engine::Symbols& symbols) {
  using engine::Why;
  using Reason = reference::Void::Reason;
  const auto reason = [&] {
    switch (v.note.why) {
    case Why::condition_false:
    case Why::condition_unknown: return Reason::condition;
    case Why::void_event: return Reason::extension;
    case Why::term_had_ended: return Reason::term_had_ended;
    case Why::no_such_occurrence: return Reason::no_such_occurrence;
    case Why::no_authority: return Reason::no_authority;
    default: return Reason::no_such_verdict;
    }
  };
  const std::string clause =
      v.rule == program::none ? "" : std::string(program.text(program.rules[v.rule].clause));
  return reference::text({std::string(symbols.text(v.event)), clause, reason(), v.certain});
}

std::string content_of(const std::string& path) {
  std::ifstream in(std::string(SAMRAD_SOURCE_DIR) + "/" + path, std::ios::binary);
  if (!in) throw std::runtime_error("no file " + path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<std::string> text_of(const std::string& path,
                                 const std::map<std::string, std::string>& files) {
  std::vector<std::string> texts, paths{path};
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const auto given = files.find(paths[i]);
    texts.push_back(given != files.end() ? given->second : content_of(paths[i]));
    const rules::Source source{paths[i], texts.back()};
    const rules::Parsed parsed = rules::parse({&source, 1});
    for (const rules::NodeId block : parsed.tree.of(parsed.tree.root())) {
      if (parsed.tree.kind(block) != rules::Node::use) continue;
      const std::string used =
          (fs::path(paths[i]).parent_path() / parsed.tree.text(block)).lexically_normal().string();
      if (std::find(paths.begin(), paths.end(), used) == paths.end()) paths.push_back(used);
    }
  }
  return texts;
}

std::vector<std::string> telling_days(const std::string& records, std::size_t most) {
  std::set<calendar::Day> days;
  for (const auto& record : reference::read_records(records)) {
    const auto day = calendar::parse_iso(record["time"].get<std::string>().substr(0, 10));
    if (!day) continue;
    days.insert(*day);
    days.insert(*day + 1);
  }
  if (days.empty()) return {};
  const calendar::Day first = *days.begin(), last = *days.rbegin() + 400;
  for (calendar::Day d = first; d < last; d = d + 1)
    if (calendar::to_date(d).day == 1) days.insert({d, d - 1});
  std::vector<std::string> all;
  for (const calendar::Day day : days)
    all.push_back(calendar::iso(day));
  if (all.size() <= most) return all;
  std::vector<std::string> some;
  for (std::size_t i = 0; i < most; ++i)
    some.push_back(all[i * (all.size() - 1) / (most - 1)]);
  return some;
}

std::string Said::text() const {
  constexpr const char* words[] = {"upcoming", "open",   "met",    "met late",     "missed",
                                   "broken",   "waived", "lapsed", "cannot assess"};
  std::string all = words[static_cast<std::size_t>(status)];
  all += ", opens " + calendar::iso(opens);
  if (due != calendar::day_max) all += ", due " + calendar::iso(due);
  if (reference::fallen(status)) all += ", settled " + calendar::iso(settled);
  if (need != 0 || have != 0) all += ", " + std::to_string(have) + " of " + std::to_string(need);
  return all;
}

std::string Difference::text() const {
  const auto side = [](const std::optional<Said>& said) {
    return said ? said->text() : std::string("none");
  };
  return moment + " " + id + "\n  engine:    " + side(engine) + "\n  reference: " + side(reference);
}

Compared compare(const Material& material, const std::vector<std::string>& moments) {
  const Engine engine(material);
  Reference reference(material);
  Compared result;
  for (const std::string& moment : moments) {
    const Book theirs = engine.ask(moment), ours = reference.ask(moment);
    std::set<std::string> ids;
    for (const Book* book : {&theirs, &ours})
      for (const auto& [id, said] : book->occurrences)
        ids.insert(id);
    const auto of = [](const Book& book, const std::string& id) {
      const auto at = book.occurrences.find(id);
      return at == book.occurrences.end() ? std::nullopt : std::optional(at->second);
    };
    result.voids += theirs.voids.size();
    for (const auto& [whose, mine, other] :
         {std::tuple("engine", &theirs, &ours), std::tuple("reference", &ours, &theirs)})
      for (const std::string& v : mine->voids)
        if (!other->voids.contains(v))
          result.unlike.push_back(moment + " only the " + whose + ": " + v);
    for (const std::string& id : ids) {
      ++result.occurrences;
      if (of(theirs, id) != of(ours, id))
        result.differences.push_back({moment, id, of(theirs, id), of(ours, id)});
    }
  }
  return result;
}

}  // namespace samrad::tests
