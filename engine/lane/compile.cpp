// A program to the flat tables of a lane, or the first clause that stands in the way.
//
// Entry point: compile. What a lane knows is stated here by what each function lets through: everything else is refused, so that a new form
// or a new operation is the engine's until somebody teaches it to lanes.
#include <algorithm>

#include "engine/lane/plan.h"

namespace samrad::engine::lane::detail {
namespace {

using program::Builtin;
using program::Code;
using program::Form;
using program::Limit;
using program::none;
using program::Op;
using program::Range;
using program::Rule;
using program::ValueKind;
using program::Within;

constexpr std::size_t reads_max = 16;       // bits of Row::known
constexpr std::uint32_t times_max = 30000;  // of a count
constexpr std::int32_t days_max = 60000;    // of a response's time, from any day less than Case::span holds
constexpr std::ptrdiff_t responses_few = 8; // up to so many the first case of each stands in the record
constexpr int table_from = 1990;            // years whose windows stand in a table
constexpr int table_to = 2060;
constexpr std::size_t live_bits = 64;
constexpr std::size_t head_bits = 8;

class Compiler {
 public:
  Compiler(Plan& plan, Texts& texts, Refusal& why) : plan_(plan), p_(plan.machine.program), texts_(texts), why_(why) {}

  bool run() {
    plan_.types.resize(p_.event_types.size());
    for (Index type = 0; type < p_.event_types.size(); ++type) plan_.types[type].odd = p_.event_types[type].builtin != Builtin::ordinary;
    for (Index row = 0; row < p_.rules.size(); ++row) {
      rule_ = row;
      if (!add(p_.rules[row])) return false;
    }
    for (const OfType& type : plan_.types) plan_.values = std::max(plan_.values, type.reads.size());
    lay_out();
    collect_acts();
    return true;
  }

 private:
  bool refuse(Index rule, std::string_view why) {
    why_ = {rule, why};
    return false;
  }
  bool refuse(std::string_view why) { return refuse(rule_, why); }

  bool add(const Rule& r) {
    if (r.from != calendar::day_min || r.to != calendar::day_max || r.amended || r.amends) return refuse("a text that does not hold all the time");
    if (r.exception.count > 0) return refuse("an exception");
    if (r.overridden_by.count > 0) return refuse("a clause that overrides it");
    if (r.instances != none) return refuse("members that come and go");
    if (r.judged_by != 0) return refuse("a judge");
    if (r.otherwise != none || r.is_otherwise) return refuse("a consequence");
    Part part;
    part.rule = rule_;
    part.form = r.form;
    bool known = false;
    switch (r.form) {
      case Form::count: known = add_count(r, part); break;
      case Form::response: known = add_response(r, part); break;
      case Form::constraint: known = pattern(r.pattern, part.main) && condition(r.condition, type_of(r.pattern), none, part.condition); break;
      case Form::prohibition: known = add_prohibition(r, part); break;
      case Form::alternation:
      case Form::rotation: known = pattern(r.pattern, part.main) && add_seats(r, part); break;
      case Form::power: known = pattern(r.pattern, part.main) && add_seats(r, part); break;
      case Form::extension: known = add_extension(r, part); break;
      default: return refuse("its form");
    }
    if (part.form == Form::count || part.form == Form::response || part.form == Form::extension) {
      part.live = static_cast<std::uint32_t>(plan_.timed.size());
      plan_.timed.push_back(static_cast<std::uint32_t>(plan_.parts.size()));
    }
    if (known) plan_.parts.push_back(part);
    return known;
  }

  bool add_count(const Rule& r, Part& part) {
    if (r.times > times_max) return refuse("a count beyond all measure");
    if (r.has_period && !r.period.anchored && !r.period_of_term && r.period.unit != calendar::PeriodUnit::day) {
      const calendar::Window first = calendar::window_at(r.period, calendar::to_day({table_from, 1, 1}));
      part.starts_from = first.ordinal;
      part.starts.first = static_cast<std::uint32_t>(plan_.starts.size());
      const Day end = calendar::to_day({table_to, 1, 1});
      for (calendar::Window w = first; w.first < end; w = calendar::window_number(r.period, w.ordinal + 1)) plan_.starts.push_back(w.first);
      part.starts.count = static_cast<std::uint32_t>(plan_.starts.size()) - part.starts.first;
    }
    return pattern(r.pattern, part.main);
  }

  bool add_response(const Rule& r, Part& part) {
    switch (r.within) {
      case Within::unlimited:
      case Within::same_day:
      case Within::end_of_period: break;
      case Within::duration:
        if (r.duration.unit == calendar::Unit::hour) return refuse("hours");
        break;
      default: return refuse("a due day that another event sets");
    }
    if (type_of(r.pattern) == type_of(r.answer)) return refuse("an event that answers its own kind");
    const Day some{0};
    const Day due = r.within == Within::duration        ? calendar::plus(some, r.duration, p_.holidays)
                    : r.within == Within::end_of_period ? calendar::window_at(r.period, some).last
                                                        : some;
    if (due - some > days_max) return refuse("a time beyond all measure");
    if (!pattern(r.pattern, part.main)) return false;
    if (!pattern(r.answer, part.answer, type_of(r.pattern), &part)) return false;
    return split(part);
  }

  // Sorts the parts of the answer's condition that are joined by `and`: first those that speak of the answer alone.
  bool split(Part& part) {
    const std::vector<Test> all(plan_.tests.begin() + part.answer.tests.first, plan_.tests.end());
    // The ends of the operands on the stack, and the conjuncts that each of them consists of.
    struct Span {
      std::size_t first = 0, end = 0;
      std::vector<std::pair<std::size_t, std::size_t>> conjuncts;
    };
    std::vector<Span> stack;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].what == Do::logical_not) {
        stack.back().end = i + 1;
        stack.back().conjuncts = {{stack.back().first, i + 1}};
      } else if (all[i].what == Do::logical_and || all[i].what == Do::logical_or) {
        const Span b = stack.back();
        stack.pop_back();
        Span& a = stack.back();
        a.end = i + 1;
        if (all[i].what == Do::logical_and) a.conjuncts.insert(a.conjuncts.end(), b.conjuncts.begin(), b.conjuncts.end());
        else a.conjuncts = {{a.first, i + 1}};
      } else {
        stack.push_back({i, i + 1, {{i, i + 1}}});
      }
    }
    plan_.tests.resize(part.answer.tests.first);
    const auto speaks_of_both = [&](const std::pair<std::size_t, std::size_t>& c) {
      return std::any_of(all.begin() + static_cast<std::ptrdiff_t>(c.first), all.begin() + static_cast<std::ptrdiff_t>(c.second), [](const Test& t) {
        const auto origin = [](const Operand& o) { return o.where == Where::origin || o.where == Where::origin_day; };
        return origin(t.a) || origin(t.b);
      });
    };
    for (const bool both : {false, true}) {
      Range& range = both ? part.answer.both : part.answer.tests;
      range = {static_cast<std::uint32_t>(plan_.tests.size()), 0};
      bool first = true;
      for (const auto& c : stack.empty() ? std::vector<std::pair<std::size_t, std::size_t>>{} : stack.back().conjuncts) {
        if (speaks_of_both(c) != both) continue;
        for (std::size_t i = c.first; i < c.second; ++i) {
          Test t = all[i];
          if (both && (!keep_answer(part, t.a) || !keep_answer(part, t.b))) return refuse("too many values of one event");
          if (both && t.what == Do::present) return refuse("what is left out, compared with another event");
          plan_.tests.push_back(t);
        }
        if (!first) plan_.tests.push_back({Do::logical_and, {}, {}, {}});
        first = false;
      }
      range.count = static_cast<std::uint32_t>(plan_.tests.size()) - range.first;
    }
    return true;
  }

  static bool keep_answer(Part& part, Operand& o) {
    if (o.where != Where::candidate) return true;
    std::uint8_t index = 0;
    while (index < part.answer_values && part.answer_from[index] != o.index) ++index;
    if (index == part.answer_from.size()) return false;
    if (index == part.answer_values) part.answer_from[part.answer_values++] = o.index;
    o.index = index;
    return true;
  }

  bool add_prohibition(const Rule& r, Part& part) {
    if (!pattern(r.pattern, part.main)) return false;
    switch (r.limit) {
      case Limit::always: part.wanted = false; return true;  // an empty condition is true
      case Limit::unless: return condition(r.condition, type_of(r.pattern), none, part.condition);
      case Limit::whenever: part.wanted = false; return condition(r.condition, type_of(r.pattern), none, part.condition);
      default: return refuse("a prohibition that looks at other events");
    }
  }

  // Names to seats. A deputy sits where the one sits whose turn it takes, but has no power of its own.
  bool add_seats(const Rule& r, Part& part) {
    const Index type = type_of(r.pattern);
    if (r.slot >= p_.event_types[type].fields.count) return refuse("a value that is no field");
    const program::Field& field = p_.fields[p_.event_types[type].fields.first + r.slot];
    if (field.list || (field.type != ValueKind::member && field.type != ValueKind::text)) return refuse("a list of names");
    if (r.members.count >= stranger) return refuse("too many names");
    if (!read(type, r.slot, part.field)) return false;
    part.members = static_cast<std::uint8_t>(r.members.count);
    part.seats.first = static_cast<std::uint32_t>(plan_.seats.size());
    const auto seat_of = [&](Symbol name) {
      for (std::uint32_t i = 0; i < r.members.count; ++i)
        if (p_.symbol_lists[r.members.first + i] == name) return static_cast<std::uint8_t>(i + 1);
      return std::uint8_t{0};
    };
    for (std::uint32_t i = 0; i < r.members.count; ++i) {
      const Symbol name = p_.symbol_lists[r.members.first + i];
      plan_.seats.push_back({word(name), seat_of(name)});
    }
    for (const program::Member& m : p_.members)
      if (r.form != Form::power && m.deputy_of != 0 && seat_of(m.name) == 0 && seat_of(m.deputy_of) != 0)
        plan_.seats.push_back({word(m.name), seat_of(m.deputy_of)});
    part.seats.count = static_cast<std::uint32_t>(plan_.seats.size()) - part.seats.first;
    return true;
  }

  bool add_extension(const Rule& r, Part& part) {
    if (r.dated.count > reads_max) return refuse("too many conditions");
    part.dated = {static_cast<std::uint32_t>(plan_.dated.size()), r.dated.count};
    for (std::uint32_t i = 0; i < r.dated.count; ++i) {
      const Index row = p_.indices[r.dated.first + i];
      Fit fit;
      if (!pattern(p_.aggregates[row].pattern, fit)) return false;
      plan_.dated.push_back(row);
      plan_.dated_fits.push_back(fit);
    }
    return true;
  }

  // -- patterns and conditions

  [[nodiscard]] Index type_of(Index pattern) const { return p_.patterns[pattern].type; }

  // `origin`: the type of the event that the sentence began with; `keeper`: the part that keeps its values.
  bool pattern(Index row, Fit& out, Index origin = none, Part* keeper = nullptr) {
    if (row == none || type_of(row) == none) return refuse("an event of any kind");
    const program::Pattern& pattern = p_.patterns[row];
    const program::EventType& type = p_.event_types[pattern.type];
    if (type.recorded_from != calendar::day_min) return refuse("an event that is not recorded from the beginning");
    if (type.builtin != Builtin::ordinary) return refuse("an event on the record itself");
    if (pattern.subjects.count > 0 && !read(pattern.type, program::subject_slot, plan_.types[pattern.type].subject)) return false;
    keeper_ = keeper;
    return condition(pattern.condition, pattern.type, origin, out.tests);
  }

  Word word(Symbol name) { return texts_.word(p_.text(name)); }

  // A value that must be known.
  bool read(Index type, std::uint32_t slot, std::uint8_t& index) {
    if (!place(type, slot, index)) return false;
    plan_.types[type].needed = static_cast<std::uint16_t>(plan_.types[type].needed | 1U << index);
    return true;
  }

  bool place(Index type, std::uint32_t slot, std::uint8_t& index) {
    std::vector<std::uint32_t>& reads = plan_.types[type].reads;
    auto at = std::find(reads.begin(), reads.end(), slot);
    if (at == reads.end()) {
      if (reads.size() == reads_max) return refuse("too many values of one event");
      at = reads.insert(reads.end(), slot);
    }
    index = static_cast<std::uint8_t>(at - reads.begin());
    return true;
  }

  // A value on the stack: where it comes from and of what kind it is.
  struct Cell {
    Operand from;
    ValueKind kind = ValueKind::absent;
  };

  bool condition(program::Expression code, Index candidate, Index origin, Range& out) {
    out = {static_cast<std::uint32_t>(plan_.tests.size()), 0};
    std::vector<Cell> cells;
    for (std::uint32_t i = 0; i < code.count; ++i)
      if (!apply(p_.code[code.first + i], candidate, origin, cells)) return false;
    out.count = static_cast<std::uint32_t>(plan_.tests.size()) - out.first;
    return true;
  }

  bool apply(const Op& op, Index candidate, Index origin, std::vector<Cell>& cells) {
    switch (op.code) {
      case Code::constant: return push_constant(p_.constants[op.a], cells);
      case Code::field: return push_read(op.a, op.b, candidate, origin, cells);
      case Code::subject: return push_read(op.a, program::subject_slot, candidate, origin, cells);
      case Code::event_day:
        cells.push_back({{op.a == 1 ? Where::origin_day : Where::candidate_day, 0, 0}, ValueKind::date});
        return true;
      case Code::start: cells.push_back({{Where::start, 0, 0}, ValueKind::date}); return true;
      case Code::equal: return compare(Do::equal, cells);
      case Code::not_equal: return compare(Do::not_equal, cells);
      case Code::less: return compare(Do::less, cells);
      case Code::less_equal: return compare(Do::less_equal, cells);
      case Code::greater: return compare(Do::greater, cells);
      case Code::greater_equal: return compare(Do::greater_equal, cells);
      case Code::one_of: return one_of(op.b, cells);
      case Code::truth:
        plan_.tests.push_back({Do::truth, cells.back().from, {}, {}});
        cells.pop_back();
        return true;
      case Code::present: {
        if (op.a == 1 && origin != none) return refuse("what another event leaves out");
        Operand o{Where::candidate, 0, 0};
        if (!place(candidate, op.b, o.index)) return false;
        plan_.tests.push_back({Do::present, o, {}, {}});
        return true;
      }
      case Code::logical_and: plan_.tests.push_back({Do::logical_and, {}, {}, {}}); return true;
      case Code::logical_or: plan_.tests.push_back({Do::logical_or, {}, {}, {}}); return true;
      case Code::logical_not: plan_.tests.push_back({Do::logical_not, {}, {}, {}}); return true;
      default: return refuse("a condition that looks further than the event");
    }
  }

  bool push_constant(const program::Value& v, std::vector<Cell>& cells) {
    Operand o;
    switch (v.kind) {
      case ValueKind::yes_no:
      case ValueKind::date: o.constant = static_cast<Word>(v.a); break;
      case ValueKind::number:
        if (v.b != 1 || v.a > number_max || v.a < -number_max) return refuse("a fraction");
        o.constant = static_cast<Word>(v.a);
        break;
      case ValueKind::text:
      case ValueKind::member: o.constant = word(v.symbol); break;
      default: return refuse("a value that is neither name, number nor date");
    }
    cells.push_back({o, v.kind});
    return true;
  }

  bool push_read(std::uint32_t frame, std::uint32_t slot, Index candidate, Index origin, std::vector<Cell>& cells) {
    const bool of_origin = frame == 1 && origin != none;
    const Index type = of_origin ? origin : candidate;
    ValueKind kind = ValueKind::text;
    if (slot != program::subject_slot) {
      const program::EventType& row = p_.event_types[type];
      if (slot >= row.fields.count) return refuse("a value that is no field");
      const program::Field& field = p_.fields[row.fields.first + slot];
      kind = field.type;
      const bool word = kind == ValueKind::yes_no || kind == ValueKind::number || kind == ValueKind::date || kind == ValueKind::text || kind == ValueKind::member;
      if (field.list || !word) return refuse("a list, an amount or a length of time");
    }
    Operand o;
    if (!read(type, slot, o.index)) return false;
    o.where = of_origin ? Where::origin : Where::candidate;
    if (of_origin && !keep(o.index, o.index)) return false;
    cells.push_back({o, kind});
    return true;
  }

  // A value of the event that opens a case, kept with the case.
  bool keep(std::uint8_t value, std::uint8_t& index) {
    Part& part = *keeper_;
    for (index = 0; index < part.origin_values; ++index)
      if (part.origin_from[index] == value) return true;
    if (part.origin_values == part.origin_from.size()) return refuse("too many values of one event");
    part.origin_from[part.origin_values++] = value;
    return true;
  }

  static bool alike(ValueKind a, ValueKind b) {
    const auto name = [](ValueKind k) { return k == ValueKind::text || k == ValueKind::member; };
    return a == b || (name(a) && name(b));
  }

  bool compare(Do what, std::vector<Cell>& cells) {
    const Cell b = cells.back();
    cells.pop_back();
    const Cell a = cells.back();
    cells.pop_back();
    const bool ordered = a.kind == ValueKind::number || a.kind == ValueKind::date;
    if (!alike(a.kind, b.kind) || (!ordered && what != Do::equal && what != Do::not_equal)) return refuse("a comparison of unlike values");
    plan_.tests.push_back({what, a.from, b.from, {}});
    return true;
  }

  bool one_of(std::uint32_t count, std::vector<Cell>& cells) {
    const Range options{static_cast<std::uint32_t>(plan_.words.size()), count};
    const Cell looked_at = cells[cells.size() - count - 1];
    for (std::size_t i = cells.size() - count; i < cells.size(); ++i) {
      if (cells[i].from.where != Where::constant || !alike(cells[i].kind, looked_at.kind)) return refuse("a choice among values that are not fixed");
      plan_.words.push_back(cells[i].from.constant);
    }
    cells.resize(cells.size() - count - 1);
    plan_.tests.push_back({Do::one_of, looked_at.from, {}, options});
    return true;
  }

  // -- the record

  void lay_out() {
    plan_.live_words = static_cast<std::uint32_t>((plan_.timed.size() + live_bits - 1) / live_bits);
    // Few bits have room in the head.
    if (plan_.timed.size() <= head_bits) plan_.live_words = 0;
    plan_.bytes = static_cast<std::uint32_t>(sizeof(Head) + plan_.live_words * sizeof(Word));
    const auto responses = std::count_if(plan_.parts.begin(), plan_.parts.end(), [](const Part& part) { return part.form == Form::response; });
    for (Part& part : plan_.parts) {
      part.at = plan_.bytes;
      std::size_t bytes = sizeof(Tally);
      switch (part.form) {
        case Form::count: bytes = sizeof(Window); break;
        case Form::alternation:
        case Form::rotation: bytes = sizeof(Turn); break;
        case Form::extension: bytes = sizeof(Chance); break;
        case Form::response: {
          part.cases_inline = responses <= responses_few ? 1 : 0;
          const std::size_t one = sizeof(Case) + part.origin_values * sizeof(Word);
          bytes = sizeof(Waiting) + part.answer_values * sizeof(Word) + part.cases_inline * one;
          plan_.case_bytes = std::max(plan_.case_bytes, sizeof(Link) + one);
          break;
        }
        default: break;
      }
      plan_.bytes += static_cast<std::uint32_t>((bytes + sizeof(Word) - 1) / sizeof(Word) * sizeof(Word));
    }
  }

  struct Found {
    Act act;
    program::Range subjects;  // symbol_lists
  };

  void collect_acts() {
    std::vector<std::vector<Found>> found(plan_.types.size());
    const auto add = [&](Index pattern, Act act) { found[type_of(pattern)].push_back({act, p_.patterns[pattern].subjects}); };
    for (std::uint32_t n = 0; n < plan_.parts.size(); ++n) {
      const Part& part = plan_.parts[n];
      const Rule& r = plan_.rule(part);
      for (std::uint16_t i = 0; i < part.dated.count; ++i) add(p_.aggregates[plan_.dated[part.dated.first + i]].pattern, {n, Role::dated, i});
      if (part.form == Form::extension) continue;
      add(r.pattern, {n, Role::main, 0});
      if (part.form == Form::response) add(r.answer, {n, Role::answer, 0});
    }
    for (Index type = 0; type < plan_.types.size(); ++type) index_acts(plan_.types[type], found[type]);
  }

  void index_acts(OfType& type, const std::vector<Found>& found) {
    const auto append = [&](Range& range, auto wanted) {
      range.first = static_cast<std::uint32_t>(plan_.acts.size());
      for (const Found& f : found)
        if (wanted(f)) plan_.acts.push_back(f.act);
      range.count = static_cast<std::uint32_t>(plan_.acts.size()) - range.first;
    };
    append(type.acts, [](const Found& f) { return f.subjects.count == 0; });
    std::vector<Symbol> subjects;
    for (const Found& f : found)
      for (std::uint32_t i = 0; i < f.subjects.count; ++i) subjects.push_back(p_.symbol_lists[f.subjects.first + i]);
    std::sort(subjects.begin(), subjects.end());
    subjects.erase(std::unique(subjects.begin(), subjects.end()), subjects.end());
    for (const Symbol subject : subjects) {
      OfSubject& entry = type.by_subject.emplace_back();
      entry.subject = word(subject);
      append(entry.acts, [&](const Found& f) {
        for (std::uint32_t i = 0; i < f.subjects.count; ++i)
          if (p_.symbol_lists[f.subjects.first + i] == subject) return true;
        return false;
      });
    }
    std::sort(type.by_subject.begin(), type.by_subject.end(), [](const OfSubject& a, const OfSubject& b) { return a.subject < b.subject; });
  }

  Plan& plan_;
  const program::Program& p_;
  Texts& texts_;
  Refusal& why_;
  Index rule_ = none;
  Part* keeper_ = nullptr;
};

}  // namespace

bool compile(Plan& plan, Texts& texts, Refusal& why) { return Compiler(plan, texts, why).run(); }

}  // namespace samrad::engine::lane::detail
