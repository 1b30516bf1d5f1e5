// The order of attempts: events that serve several demands first; where that fails, one event a demand; where that fails too, the
// clauses to blame, found by leaving out clauses as long as what is left still fails. Entry point: plan.
#include "service/plan/plan.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

#include "service/plan/planner.h"

namespace samrad::plan {

using engine::Status;

namespace {

constexpr std::size_t pairs_of_max = 12;  // clauses of which every pair is tried
constexpr std::size_t others_max = 12;    // looks for a smaller conflict beside the one found

// A copy in which only these clauses demand anything.
program::Program only(const program::Program& whole, const std::set<Symbol>& clauses) {
  program::Program p = whole;
  for (Rule& r : p.rules)
    if (!clauses.contains(r.clause)) {
      r.from = calendar::day_max;
      r.to = calendar::day_min;
    }
  return p;
}

class Planning {
 public:
  Planning(const record::History& history, const PlanRequest& request,
           std::shared_ptr<Plan::Basis> basis, std::vector<Event> events)
      : history_(history),
        request_(request),
        basis_(std::move(basis)),
        events_(std::move(events)) {}

  Plan run() {
    plan_.from = request_.from;
    plan_.to = request_.to;
    plan_.history = &history_;
    plan_.agreement = basis_->program.text(basis_->program.name);
    const Past past =
        past_of(basis_->program, history_.symbols(), history_.zone(), events_, request_.from);
    plan_.history_events = past.events.size();
    plan_.left_out = events_.size() - past.events.size();
    Attempt best = tried(basis_->program, past, rounds_default);
    plan_.out_of_time = best.end == Attempt::End::out_of_time;
    if (best.end == Attempt::End::impossible) {
      plan_.outcome = Outcome::conflict;
      plan_.conflict_proven = best.proven;
      shrink(best.conflict);
      finish(*best.model, past, false);
    } else {
      plan_.outcome = best.end == Attempt::End::content ? Outcome::whole : Outcome::incomplete;
      plan_.remaining = best.remaining;
      if (best.end == Attempt::End::stuck && enough()) plan_.out_of_time = true;
      finish(*best.model, past, true);
    }
    return std::move(plan_);
  }

 private:
  bool enough() const { return request_.enough && request_.enough(); }

  Attempt tried(const program::Program& program, const Past& past, int rounds) const {
    const Setting setting{program,       history_.symbols(), history_.zone(),      past,
                          request_.from, request_.to,        request_.placeholder, request_.enough};
    std::optional<Attempt> best;
    for (const Sharing sharing : {Sharing::usual, Sharing::none, Sharing::all}) {
      Attempt next = attempt(setting, sharing, rounds);
      if (!best || rank(next) < rank(*best)) best = std::move(next);
      if (best->end == Attempt::End::content || enough()) break;
    }
    return std::move(*best);
  }

  // The less, the better: content, proven impossible, something remains, no way found; few things amiss before many.
  static std::pair<int, std::size_t> rank(const Attempt& a) {
    if (a.end == Attempt::End::impossible) return {a.proven ? 1 : 3, a.conflict.size()};
    return {a.end == Attempt::End::content ? 0 : 2, a.remaining.size()};
  }

  // ---- conflicts ------------------------------------------------------------------------------------------------------

  struct Failure {
    std::vector<Symbol> clauses;  // the latest in the text first
    bool proven = true;
  };

  // The failure of these clauses alone, its clauses narrowed down to those that the bindings blame where these fail alone too.
  std::optional<Failure> failure(const std::set<Symbol>& clauses) const {
    const program::Program p = only(basis_->program, clauses);
    const Past past = past_of(p, history_.symbols(), history_.zone(), events_, request_.from);
    const Attempt a = tried(p, past, rounds_default);
    if (a.end != Attempt::End::impossible) return std::nullopt;
    std::set<Symbol> blamed;
    for (const Index rule : a.conflict)
      blamed.insert(p.rules[rule].clause);
    if (blamed.size() < clauses.size() && !blamed.empty() && !enough())
      if (auto less = failure(blamed)) return less;
    return Failure{latest_first(clauses), a.proven};
  }

  Attempt::End end_of(const std::vector<Symbol>& clauses) const {
    const program::Program p = only(basis_->program, {clauses.begin(), clauses.end()});
    const Past past = past_of(p, history_.symbols(), history_.zone(), events_, request_.from);
    return tried(p, past, rounds_default).end;
  }

  bool fails(const std::vector<Symbol>& clauses) const {
    return end_of(clauses) == Attempt::End::impossible;
  }

  std::vector<Symbol> latest_first(const std::set<Symbol>& clauses) const {
    std::vector<Symbol> order;
    for (const Rule& r : basis_->program.rules)
      if (clauses.contains(r.clause) &&
          std::find(order.begin(), order.end(), r.clause) == order.end())
        order.push_back(r.clause);
    std::reverse(order.begin(), order.end());
    return order;
  }

  // One or two of them that fail alone; where there are few enough to try them all.
  std::optional<std::vector<Symbol>> one_or_two(const std::vector<Symbol>& of) const {
    if (of.size() > pairs_of_max) return std::nullopt;
    for (const Symbol one : of)
      if (!enough() && fails({one})) return std::vector<Symbol>{one};
    for (std::size_t i = 0; i < of.size() && of.size() > 2; ++i)
      for (std::size_t k = i + 1; k < of.size() && !enough(); ++k)
        if (fails({of[i], of[k]})) return std::vector<Symbol>{of[i], of[k]};
    return std::nullopt;
  }

  // As many as can go, in pieces, in the order given.
  std::vector<Symbol> shrunk(std::vector<Symbol> order) {
    for (std::size_t piece = std::max<std::size_t>(order.size() / 2, 1);;
         piece = std::max<std::size_t>(piece / 2, 1)) {
      for (std::size_t at = 0; at < order.size() && order.size() > 1;) {
        if (enough()) return order;
        const auto first = order.begin() + static_cast<std::ptrdiff_t>(at);
        const std::size_t n = std::min(piece, order.size() - at);
        std::vector<Symbol> rest(order.begin(), first);
        rest.insert(rest.end(), first + static_cast<std::ptrdiff_t>(n), order.end());
        if (!rest.empty() && fails(rest))
          order = std::move(rest);
        else
          at += n;
      }
      if (piece == 1) return order;
    }
  }

  std::vector<Symbol> smallest_of(const std::vector<Symbol>& clauses) {
    if (auto few = one_or_two(clauses)) return *few;
    std::vector<Symbol> best = shrunk(clauses);
    std::vector<Symbol> other = shrunk({clauses.rbegin(), clauses.rend()});
    return other.size() < best.size() ? other : best;
  }

  // Leaves out clauses one by one until the rest has a plan whichever goes; says so where the search does not find one.
  std::vector<Symbol> irreducible(std::vector<Symbol> clauses) {
    bool sure = true;
    for (std::size_t i = 0; i < clauses.size() && clauses.size() > 1;) {
      if (enough()) {
        sure = false;
        break;
      }
      std::vector<Symbol> rest = clauses;
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
      const Attempt::End end = end_of(rest);
      if (end == Attempt::End::impossible) {
        clauses = std::move(rest);
        i = 0;
        sure = true;
        continue;
      }
      sure = sure && end == Attempt::End::content;
      ++i;
    }
    plan_.conflict_minimal = sure;
    return clauses;
  }

  // From the first guess, or all clauses where it is not the whole reason. Then, whether another conflict, smaller than that, is left
  // when one of its clauses goes.
  void shrink(const std::vector<Index>& guess) {
    std::set<Symbol> all, guessed;
    for (const Rule& r : basis_->program.rules)
      all.insert(r.clause);
    for (const Index rule : guess)
      guessed.insert(basis_->program.rules[rule].clause);
    std::vector<Symbol> best = latest_first(guessed);
    best = smallest_of(fails(best) ? best : latest_first(all));
    for (std::size_t i = 0, n = 0; i < best.size() && best.size() > 1 && n < others_max; ++i, ++n) {
      if (enough()) break;
      std::set<Symbol> rest = all;
      rest.erase(best[i]);
      const auto left = failure(rest);
      if (!left || (plan_.conflict_proven && !left->proven) ||
          left->clauses.size() == all.size() - 1)
        continue;
      std::vector<Symbol> other = smallest_of(left->clauses);
      if (other.size() >= best.size()) continue;
      best = std::move(other);
      i = static_cast<std::size_t>(-1);  // and once more from there
    }
    best = irreducible(std::move(best));
    std::set<Symbol> last(best.begin(), best.end());
    for (Index i = 0; i < basis_->program.rules.size(); ++i)
      if (last.erase(basis_->program.rules[i].clause) > 0) plan_.conflict.push_back(i);
  }

  // ---- the result -----------------------------------------------------------------------------------------------------

  void finish(Model& model, const Past& past, bool with_events) {
    past_book_ = &past.book;
    if (with_events) name_events(model);
    basis_->symbols.emplace(model.symbols);
    basis_->judged = past.events;
    if (with_events) take_events(model);
    if (with_events)
      basis_->book = model.book;
    else
      basis_->book = past.book;
    basis_->ground.emplace(basis_->program, *basis_->symbols, basis_->judged, basis_->book);
    list_outside(model, past, with_events);
    plan_.basis = basis_;
  }

  // `meeting-moten-2017-H1-2`: type, the occurrence that it is for, and its number where that asks for several, those on record
  // counted too. So a later plan calls the same event the same. What hangs on a planned event is named after that one is.
  void name_events(Model& model) {
    std::vector<std::size_t> waiting = in_order(model);
    std::map<std::string, int> numbers;
    std::map<std::string, std::string> renamed;
    std::set<std::string> unnamed, taken;
    for (const Slot& slot : model.slots)
      unnamed.emplace(model.symbols.text(slot.event.id));
    while (!waiting.empty()) {
      std::vector<std::size_t> later;
      const std::set<std::string> before = unnamed;
      for (const std::size_t i : waiting) {
        const std::string& occurrence = main_purpose(model, model.slots[i]).occurrence;
        if (hangs_on(occurrence, before) && later.size() + 1 < waiting.size()) {
          later.push_back(i);
          continue;
        }
        Event& e = model.slots[i].event;
        std::string stem(model.program.text(model.program.event_types[e.type].name));
        stem += "-" + with_names(occurrence, renamed);
        std::replace_if(
            stem.begin(), stem.end(), [](char c) { return c == '/' || c == ' '; }, '-');
        const Occurrence* known = past_book_->find(occurrence);
        const auto number =
            numbers.try_emplace(stem, known != nullptr ? known->finding.have : 0).first;
        std::string id;
        do {
          id = ++number->second == 1 ? stem : stem + "-" + std::to_string(number->second);
        } while (!taken.insert(id).second);
        const std::string old(model.symbols.text(e.id));
        unnamed.erase(old);
        renamed[old] = id;
        e.id = model.symbols.intern(id);
        e.identity = model.symbols.intern("urn:samrad:plan:" + plan_.agreement + "#" + id);
      }
      waiting = std::move(later);
    }
    for (Slot& slot : model.slots)
      for (Purpose& purpose : slot.purposes)
        purpose.occurrence = with_names(purpose.occurrence, renamed);
    for (Ground& ground : model.grounds)
      ground.occurrence = with_names(ground.occurrence, renamed);
    model.judge();
    std::vector<std::string> now, lesser;
    for (const Occurrence& o : model.book.occurrences)
      if (amiss(model, o)) (serious(model, o) ? now : lesser).push_back(o.id);
    if (plan_.outcome == Outcome::whole && !now.empty()) plan_.outcome = Outcome::incomplete;
    // Names of occurrences that hang on a planned event have changed with it.
    now.insert(now.end(), lesser.begin(), lesser.end());
    plan_.remaining = now;
  }

  // What stays the same whatever else the event comes to serve: rather a window than another event, and the shortest window.
  static const Purpose& main_purpose(const Model& model, const Slot& slot) {
    const auto rank = [&](const Purpose& p) {
      const Occurrence* o = model.book.find(p.occurrence);
      const int length = o != nullptr ? o->finding.due - o->finding.opens : 0;
      return std::tuple(p.key.bound == engine::Bound::event, length, p.rule);
    };
    return *std::min_element(slot.purposes.begin(), slot.purposes.end(),
                             [&](const Purpose& a, const Purpose& b) { return rank(a) < rank(b); });
  }

  static bool hangs_on(const std::string& occurrence, const std::set<std::string>& events) {
    return std::any_of(events.begin(), events.end(), [&](const std::string& id) {
      return ("/" + occurrence + "/").find("/" + id + "/") != std::string::npos;
    });
  }

  // An occurrence's id with the events in it as they are called now.
  static std::string with_names(const std::string& id,
                                const std::map<std::string, std::string>& renamed) {
    std::string out;
    for (std::size_t at = 0; at <= id.size();) {
      const std::size_t end = std::min(id.find('/', at), id.size());
      const std::string part = id.substr(at, end - at);
      const auto found = renamed.find(part);
      out += (at == 0 ? "" : "/") + (found == renamed.end() ? part : found->second);
      at = end + 1;
    }
    return out;
  }

  static std::vector<std::size_t> in_order(const Model& model) {
    std::vector<std::size_t> rows(model.slots.size());
    std::iota(rows.begin(), rows.end(), 0U);
    std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
      if (model.days[a] != model.days[b]) return model.days[a] < model.days[b];
      return model.slots[a].event.type < model.slots[b].event.type;
    });
    return rows;
  }

  void take_events(const Model& model) {
    const std::vector<std::size_t> rows = in_order(model);
    std::vector<std::size_t> place(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
      place[rows[i]] = i;
    Dates::Reasons reasons;
    std::vector<Dates::Range> ranges = model.dates.open();
    (void)model.dates.narrow(ranges, &reasons);
    const auto bound = [&](const Binding& b, int offset) {
      Bound out;
      out.day = model.dates.day(offset);
      if (b.kind == Binding::Kind::plan) return out;
      out.rule = model.grounds[b.tag].rule;
      out.occurrence = model.grounds[b.tag].occurrence;
      if (b.kind == Binding::Kind::relation) out.event = place[b.other];
      return out;
    };
    for (const std::size_t row : rows) {
      const Slot& slot = model.slots[row];
      PlannedEvent one;
      one.event = slot.event;
      for (const Purpose& p : slot.purposes)
        one.asked.push_back({p.rule, p.occurrence});
      std::stable_sort(one.asked.begin(), one.asked.end(),
                       [](const Asked& a, const Asked& b) { return a.rule < b.rule; });
      one.shaped_by = slot.filled.shaped_by;
      one.earliest = bound(reasons.earliest[slot.date], ranges[slot.date].first);
      one.latest = bound(reasons.latest[slot.date], ranges[slot.date].last);
      std::vector<Dates::Range> others = model.dates.open();
      for (SlotRow i = 0; i < others.size(); ++i)
        if (i != row) others[i] = {model.days[i] - plan_.from, model.days[i] - plan_.from};
      Dates::Reasons among;
      (void)model.dates.narrow(others, &among);
      one.room_first = bound(among.earliest[slot.date], others[slot.date].first);
      one.room_last = bound(among.latest[slot.date], others[slot.date].last);
      basis_->judged.push_back(slot.event);
      plan_.events.push_back(std::move(one));
    }
  }

  void list_outside(const Model& model, const Past& past, bool with_events) {
    const program::Program& p = basis_->program;
    std::set<Index> seen;
    const auto add = [&](Outside why, Index rule, std::string occurrence) {
      plan_.outside.push_back({why, rule, std::move(occurrence)});
    };
    for (const Occurrence& o : past.book.occurrences)
      if (amiss_before(past, o, plan_.from) && o.finding.status != Status::cannot_assess)
        add(Outside::missed_before, o.finding.key.rule, o.id);
    for (const Occurrence& o : basis_->book.occurrences) {
      const Index rule = o.finding.key.rule;
      seen.insert(rule);
      if (!with_events) continue;
      const Rule& r = p.rules[rule];
      const Finding& f = o.finding;
      const Occurrence* before = past.book.find(o.id);
      if (f.status == Status::cannot_assess &&
          (before == nullptr || before->finding.status != f.status) && f.settled >= plan_.from) {
        const bool attested = r.form == Form::attested || r.judged_by != 0;
        const bool unseen = std::any_of(f.notes.begin(), f.notes.end(), [](const engine::Note& n) {
          return n.why == engine::Why::not_recorded;
        });
        add(attested ? Outside::attested
            : unseen ? Outside::not_recorded
                     : Outside::not_by_events,
            rule, o.id);
      }
      if (r.form == Form::attested && !engine::settled(f.status) && f.due >= plan_.from &&
          f.due <= plan_.to)
        add(Outside::attested, rule, o.id);
      const bool follows = f.status == Status::open && f.due > plan_.to && f.have < f.need &&
                           f.opens >= plan_.from &&
                           (r.form == Form::response || r.form == Form::step || f.key.otherwise);
      if (follows) add(Outside::after_plan, rule, o.id);
    }
    for (Index i = 0; i < p.rules.size(); ++i) {
      const Rule& r = p.rules[i];
      const bool hangs = r.form != Form::validity && r.form != Form::count &&
                         r.form != Form::deadline && !r.is_otherwise && r.pattern != program::none;
      if (hangs && !seen.contains(i) && r.from <= plan_.to && r.to >= plan_.from)
        add(Outside::others, i, {});
    }
    (void)model;
    std::stable_sort(plan_.outside.begin(), plan_.outside.end(),
                     [](const OutsideRow& a, const OutsideRow& b) {
                       return a.why != b.why ? a.why < b.why : a.rule < b.rule;
                     });
  }

  const record::History& history_;
  const PlanRequest& request_;
  std::shared_ptr<Plan::Basis> basis_;
  std::vector<Event> events_;
  const engine::Book* past_book_ = nullptr;
  Plan plan_;
};

}  // namespace

tl::expected<Plan, reports::Refusal> plan(const record::History& history,
                                          const PlanRequest& request) {
  // The audit of the eve refuses what cannot be read and chooses the readings.
  reports::AuditRequest eve;
  eve.as_of = record::asked(request.from - 1, history.zone());
  eve.readings = request.readings;
  const auto audit = reports::audit(history, eve);
  if (!audit) return tl::unexpected(audit.error());
  auto basis = std::make_shared<Plan::Basis>();
  basis->program = audit->program();
  record::Known known = history.all();
  return Planning(history, request, std::move(basis), std::move(known.events)).run();
}

}  // namespace samrad::plan
