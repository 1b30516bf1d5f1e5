// A history to a book: feed the events in order, ask at the end, keep the last word on every occurrence, then apply what people
// ruled (waivers and assessments name occurrences, so they come last).
#include "engine/book.h"

#include <algorithm>
#include <map>

#include "engine/arithmetic.h"
#include "engine/day.h"

namespace samrad::engine {
namespace {

using program::none;
using program::Program;

std::optional<Status> verdict_of(std::string_view text) {
  if (text == "met") return Status::met;
  if (text == "met late" || text == "metLate" || text == "late") return Status::met_late;
  if (text == "missed") return Status::missed;
  if (text == "broken" || text == "not met") return Status::broken;
  return std::nullopt;
}

class Rulings {
 public:
  Rulings(const Machine& m, Book& book) : m_(m), book_(book) {
    for (std::size_t i = 0; i < book.occurrences.size(); ++i) by_id_.emplace(book.occurrences[i].id, i);
  }

  void apply(const Ruling& r) {
    const auto at = by_id_.find(m_.symbols.text(r.occurrence));
    const auto refused = at == by_id_.end() ? std::optional<Refusal>({Why::no_such_occurrence, r.occurrence})
                                            : rule_on(m_, r, book_.occurrences[at->second].finding);
    if (refused) book_.voids.push_back({r.event, none, true, {refused->why, r.event, refused->text, {}, text_value(r.by), r.day}});
  }

 private:
  const Machine& m_;
  Book& book_;
  std::map<std::string_view, std::size_t> by_id_;
};

std::optional<Refusal> waive(const Program& p, const Ruling& r, const program::Rule& rule, Finding& f) {
  if (rule.waived_by.count > 0 && !among(p, rule.waived_by, r.by)) return Refusal{Why::no_authority, rule.clause};
  const bool already = std::any_of(f.notes.begin(), f.notes.end(), [](const Note& n) { return n.why == Why::by_waiver; });
  if (already || f.status == Status::met || f.status == Status::met_late) return std::nullopt;
  f.status = Status::waived;
  f.settled = r.day;
  f.missing.clear();
  f.evidence.push_back(r.event);
  f.notes.push_back({Why::by_waiver, r.event, r.reason, {}, text_value(r.by), r.day});
  return std::nullopt;
}

std::optional<Refusal> assess(const Machine& m, const Ruling& r, const program::Rule& rule, Finding& f) {
  if (rule.judged_by == 0 || rule.judged_by != r.by) return Refusal{Why::no_authority, rule.clause};
  const std::optional<Status> verdict = verdict_of(m.symbols.text(r.verdict));
  if (!verdict) return Refusal{Why::no_such_verdict, r.verdict};
  const auto waiver = std::find_if(f.notes.begin(), f.notes.end(), [](const Note& n) { return n.why == Why::by_waiver; });
  const bool excused = waiver != f.notes.end() && *verdict != Status::met && *verdict != Status::met_late;
  f.status = excused ? Status::waived : *verdict;
  f.settled = excused ? waiver->day : r.day;
  f.presumed = false;
  f.missing.clear();
  if (*verdict == Status::met) f.have = std::max(f.have, f.need);
  std::erase_if(f.notes, [](const Note& n) { return n.why == Why::awaiting_assessment || n.why == Why::presumed_late; });
  f.evidence.push_back(r.event);
  f.notes.push_back({Why::by_assessment, r.event, r.reason, text_value(r.verdict), text_value(r.by), r.day});
  return std::nullopt;
}

void keep_last(std::map<Key, Finding>& kept, Findings& out) {
  for (Finding& f : out.changes) {
    if (f.gone) kept.erase(f.key);
    else kept[f.key] = std::move(f);
  }
}

void list_part_periods(const Machine& m, Book& book, std::vector<PartPeriod> all, const std::map<Key, Finding>& kept) {
  for (PartPeriod& p : all) {
    if (kept.contains(p.key)) continue;  // the term was extended, and the window is whole
    const auto same = std::find_if(book.part_periods.begin(), book.part_periods.end(), [&](const PartPeriod& o) { return o.key == p.key; });
    if (same != book.part_periods.end()) *same = p;
    else book.part_periods.push_back(p);
  }
  const auto id = [&](const PartPeriod& x) { return occurrence_id(m.program, m.symbols, x.key); };
  std::sort(book.part_periods.begin(), book.part_periods.end(), [&](const PartPeriod& a, const PartPeriod& b) {
    return a.first != b.first ? a.first < b.first : id(a) < id(b);
  });
}

// Two events with one id from different sources would give two occurrences one name: then the source is named too. A due day that two
// texts ask for is named with the day of the later one.
void tell_apart(const Machine& m, std::vector<Occurrence>& all) {
  std::map<std::string, std::size_t> seen;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto [at, fresh] = seen.emplace(all[i].id, i);
    if (fresh) continue;
    for (const std::size_t n : {at->second, i}) {
      Key key = all[n].finding.key;
      key.event = key.identity;
      const program::Rule& r = m.program.rules[key.rule];
      if (key.event != 0) all[n].id = occurrence_id(m.program, m.symbols, key);
      else if (key.bound == Bound::due && r.amends) all[n].id += '@' + calendar::iso(r.from);
    }
  }
}

}  // namespace

const Occurrence* Book::find(std::string_view id) const {
  for (const Occurrence& o : occurrences)
    if (o.id == id) return &o;
  return nullptr;
}

std::optional<Refusal> rule_on(const Machine& m, const Ruling& r, Finding& f) {
  const program::Rule& rule = m.program.rules[f.key.rule];
  return r.waiver ? waive(m.program, r, rule, f) : assess(m, r, rule, f);
}

Book conclude_book(const Machine& m, State state, Findings said, Moment as_of, int days_ahead) {
  std::map<Key, Finding> kept;
  conclude(m, state, as_of, said);
  keep_last(kept, said);
  Findings ahead;
  forecast(m, state, state.expiry != calendar::day_max ? state.expiry : as_of.day + days_ahead, ahead);
  for (Finding& f : ahead.changes) kept.try_emplace(f.key, std::move(f));
  said.part_periods.insert(said.part_periods.end(), ahead.part_periods.begin(), ahead.part_periods.end());
  Book book;
  for (const auto& [key, f] : kept) {
    Occurrence o;
    o.id = occurrence_id(m.program, m.symbols, key);
    o.severity = m.program.rules[key.rule].severity;
    o.finding = f;
    book.occurrences.push_back(std::move(o));
  }
  tell_apart(m, book.occurrences);
  book.voids = said.voids;
  list_part_periods(m, book, said.part_periods, kept);
  Rulings rulings(m, book);
  for (const Ruling& r : said.rulings) rulings.apply(r);
  std::sort(book.occurrences.begin(), book.occurrences.end(), [](const Occurrence& a, const Occurrence& b) {
    return a.finding.due != b.finding.due ? a.finding.due < b.finding.due : a.id < b.id;
  });
  book.term_first = state.term_first;
  book.expiry = state.expiry;
  book.as_of = as_of;
  return book;
}

Book evaluate(const program::Program& program, const Symbols& symbols, std::span<const Event> events, Moment as_of, int days_ahead) {
  const Machine machine(program, symbols);
  std::vector<const Event*> order;
  for (const Event& e : events)
    if (e.day < as_of.day || (e.day == as_of.day && (!e.timed || e.earliest <= as_of.utc))) order.push_back(&e);
  std::sort(order.begin(), order.end(), [&](const Event* a, const Event* b) {
    if (feeds_before(*a, *b) != feeds_before(*b, *a)) return feeds_before(*a, *b);
    return symbols.text(a->identity) < symbols.text(b->identity);
  });
  State state = begin(machine);
  Findings said;
  for (const Event* e : order) step(machine, state, {{e->day, e->earliest}, e}, said);
  Book book = conclude_book(machine, std::move(state), std::move(said), as_of, days_ahead);
  book.events = order.size();
  if (!order.empty()) book.last_event = order.back()->day;
  return book;
}

std::vector<Change> difference(const Book& before, const Book& after) {
  std::map<std::string_view, std::pair<const Occurrence*, const Occurrence*>> by_id;
  for (const Occurrence& o : before.occurrences) by_id[o.id].first = &o;
  for (const Occurrence& o : after.occurrences) by_id[o.id].second = &o;
  std::vector<Change> changes;
  for (const auto& [id, pair] : by_id) {
    const auto [a, b] = pair;
    const bool same = a != nullptr && b != nullptr && a->finding.status == b->finding.status && a->finding.due == b->finding.due &&
                      a->finding.evidence == b->finding.evidence;
    if (!same) changes.push_back({std::string(id), a, b});
  }
  return changes;
}

}  // namespace samrad::engine
