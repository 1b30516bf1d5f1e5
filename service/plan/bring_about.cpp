// From the root of the condition down: what `and`, `or` and `not` ask of their parts, and at the leaves a field set so that the leaf
// is as it should be. A leaf that is as it should be already is left alone.
#include "service/plan/bring_about.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "engine/arithmetic.h"

namespace samrad::plan {

using engine::Asking;
using engine::Truth;
using program::Code;
using program::Inclusion;
using program::ValueKind;

namespace {

constexpr std::size_t list_entries_max = 24;  // of a list that is made longer to reach a number

}  // namespace

BringAbout::BringAbout(const Fill& fill, Event& event, bool choose_subject)
    : fill_(fill),
      p_(fill.machine.program),
      event_(event),
      choose_subject_(choose_subject),
      state_(fill.state) {
  const program::EventType& type = p_.event_types[event.type];
  event_.fields.assign(type.fields.count, Value{});
  event_.pool.clear();
  firm_.assign(type.fields.count, false);
  if (fill_.machine.keep_days[event.type] >= 0)
    state_.memory[event.type].push_back({event, Truth::yes, 0});
}

const engine::State& BringAbout::state() const {
  if (fill_.machine.keep_days[event_.type] >= 0) state_.memory[event_.type].back().event = event_;
  return state_;
}

Asking BringAbout::asking() const {
  return {fill_.machine, state(), &event_, origin_ != nullptr ? origin_ : &event_,
          event_.day,    member_, {}};
}

Truth BringAbout::truth(const Node& node) const { return engine::ask(asking(), node.code).truth; }

const program::Field& BringAbout::field(std::uint32_t slot) const {
  return p_.fields[p_.event_types[event_.type].fields.first + slot];
}

void BringAbout::required_fields() {
  for (std::uint32_t slot = 0; slot < firm_.size(); ++slot)
    if (field(slot).required && event_.fields[slot].kind == ValueKind::absent) {
      const Value v = fallback(slot);
      if (field(slot).list)
        set_list(slot, v.symbol != 0 ? std::vector<Symbol>{v.symbol} : std::vector<Symbol>{});
      else
        event_.fields[slot] = v;
    }
}

std::vector<Symbol> BringAbout::known_members(Index kind) const {
  std::vector<Symbol> all;
  for (const program::Member& m : p_.members)
    if (m.kind == kind && m.deputy_of == 0) all.push_back(m.name);
  for (const program::Member& m : p_.members)
    if (m.kind == kind && m.deputy_of != 0) all.push_back(m.name);
  return all;
}

// Some value of the field's type, where nobody asks for one in particular.
Value BringAbout::fallback(std::uint32_t slot) {
  const program::Field& f = field(slot);
  switch (f.type) {
  case ValueKind::yes_no: return {ValueKind::yes_no, 0, 0, 1};
  case ValueKind::number: return engine::number(1);
  case ValueKind::money: {
    for (const Value& c : p_.constants)
      if (c.kind == ValueKind::money) return {ValueKind::money, c.symbol, 0, 1};
    return {ValueKind::money, fill_.symbols.intern("SEK"), 0, 1};
  }
  case ValueKind::date: return engine::date(event_.day);
  case ValueKind::duration:
    return {ValueKind::duration, 0, 1, static_cast<std::int64_t>(calendar::Unit::year)};
  case ValueKind::member: {
    const std::vector<Symbol> all = known_members(f.kind);
    return {ValueKind::member, all.empty() ? fill_.placeholder : all.front(), 0, 1};
  }
  default: return {ValueKind::text, fill_.placeholder, 0, 1};
  }
}

std::vector<Symbol> BringAbout::members(std::uint32_t slot) const {
  if (slot == program::subject_slot) return {event_.subject};
  if (slot >= event_.fields.size()) return {};
  const Value v = event_.fields[slot];
  if (v.kind == ValueKind::absent) return {};
  if (v.kind != ValueKind::list) return {v.symbol};
  return {event_.pool.begin() + v.a, event_.pool.begin() + v.a + v.b};
}

void BringAbout::set(std::uint32_t slot, Value value) {
  event_.fields[slot] = value;
  firm_[slot] = true;
}

void BringAbout::set_list(std::uint32_t slot, std::vector<Symbol> list) {
  std::vector<Symbol> pool;
  for (std::uint32_t i = 0; i < event_.fields.size(); ++i) {
    if (i != slot && event_.fields[i].kind != ValueKind::list) continue;
    const std::vector<Symbol> entries = i == slot ? list : members(i);
    event_.fields[i] = {ValueKind::list, 0, static_cast<std::int64_t>(pool.size()),
                        static_cast<std::int64_t>(entries.size())};
    pool.insert(pool.end(), entries.begin(), entries.end());
  }
  event_.pool = std::move(pool);
}

bool BringAbout::set_member(std::uint32_t slot, Symbol member) {
  if (slot == program::subject_slot) {
    if (choose_subject_) event_.subject = member;
    return event_.subject == member;
  }
  const std::vector<Symbol> now = members(slot);
  if (std::find(now.begin(), now.end(), member) != now.end()) return true;
  if (field(slot).list) {
    set_list(slot, {member});
    firm_[slot] = true;
    return true;
  }
  set(slot, {ValueKind::member, member, 0, 1});
  return true;
}

bool BringAbout::about(program::Expression code, bool want, const Event* origin, Symbol member) {
  tree_ = program::tree_of(p_, code);
  origin_ = origin;
  member_ = member;
  return tree_.nodes.empty() ? want
                             : make(static_cast<std::uint32_t>(tree_.nodes.size() - 1), want);
}

bool BringAbout::make(std::uint32_t row, bool want) {
  const Node& node = tree_.nodes[row];
  const Truth wanted = want ? Truth::yes : Truth::no;
  if (truth(node) == wanted) return true;
  switch (node.op.code) {
  case Code::logical_not: return make(node.children[0], !want);
  case Code::logical_and:
  case Code::logical_or: return joined(node, want);
  case Code::present:
    if (node.op.a == 1 && origin_ != nullptr) return false;
    if (field(node.op.b).list)
      set_list(node.op.b, {fallback(node.op.b).symbol});
    else
      event_.fields[node.op.b] = want ? fallback(node.op.b) : Value{};
    if (!want) event_.fields[node.op.b] = {};
    break;
  case Code::truth: {
    const Node& of = tree_.nodes[node.children[0]];
    if (of.op.code != Code::field || (of.op.a == 1 && origin_ != nullptr)) return false;
    if (firm_[of.op.b] && event_.fields[of.op.b].kind != ValueKind::absent) return false;
    set(of.op.b, {ValueKind::yes_no, 0, want ? 1 : 0, 1});
    break;
  }
  case Code::includes: return included(node, want);
  case Code::one_of: return chosen(node, want);
  case Code::equal:
  case Code::not_equal:
  case Code::less:
  case Code::less_equal:
  case Code::greater:
  case Code::greater_equal: return compared(node, want);
  case Code::happened: return counted(node, want);
  default: return false;
  }
  return truth(node) == wanted;
}

bool BringAbout::joined(const Node& node, bool want) {
  const bool all = (node.op.code == Code::logical_and) == want;
  if (!all) return either(node.children, want);
  const std::vector<std::uint32_t> rows = node.children;
  for (int round = 0; round < 2; ++round) {
    bool done = true;
    for (const std::uint32_t row : rows)
      done = make(row, want) && done;
    if (done && truth(node) == (want ? Truth::yes : Truth::no)) return true;
  }
  return false;
}

// The first whose contents are known; else the first that works with a text that people have yet to write.
bool BringAbout::either(const std::vector<std::uint32_t>& rows, bool want) {
  const Event before = event_;
  const std::vector<bool> firm = firm_;
  const int unwritten_before = unwritten();
  std::optional<std::pair<Event, std::vector<bool>>> second_best;
  for (const std::uint32_t row : rows) {
    if (make(row, want)) {
      if (unwritten() <= unwritten_before) return true;
      if (!second_best) second_best.emplace(event_, firm_);
    }
    event_ = before;
    firm_ = firm;
  }
  if (!second_best) return false;
  std::tie(event_, firm_) = *second_best;
  return true;
}

// How many texts of the event are placeholders.
int BringAbout::unwritten() const {
  const std::string_view placeholder = fill_.symbols.text(fill_.placeholder);
  int n = 0;
  for (std::uint32_t slot = 0; slot < event_.fields.size(); ++slot)
    for (const Symbol s : members(slot))
      if (s != 0 && fill_.symbols.text(s).starts_with(placeholder)) ++n;
  return n;
}

// The symbols that the operands from `first_child` on come to.
std::vector<Symbol> BringAbout::entries(const Node& node, std::size_t first_child) const {
  std::vector<Symbol> all;
  for (std::size_t i = first_child; i < node.children.size(); ++i) {
    std::vector<Symbol> list;
    const Value v = value_of(asking(), tree_, node.children[i], list);
    if (v.kind == ValueKind::list)
      all.insert(all.end(), list.begin(), list.end());
    else if (v.kind != ValueKind::absent)
      all.push_back(v.symbol);
  }
  return all;
}

bool BringAbout::included(const Node& node, bool want) {
  const Node& of = tree_.nodes[node.children[0]];
  if (of.op.code != Code::field || (of.op.a == 1 && origin_ != nullptr)) return false;
  const std::uint32_t slot = of.op.b;
  const std::vector<Symbol> wanted = entries(node, 1);
  const auto kind = static_cast<Inclusion>(node.op.a & 0xFFU);
  if (!field(slot).list) {
    std::vector<Value> values;
    const ValueKind type = field(slot).type;
    for (const Symbol s : wanted)
      values.push_back({type, s, 0, 1});
    for (const Symbol s : known_members(field(slot).kind))
      values.push_back({type, s, 0, 1});
    return try_field(node, slot, values, want);
  }
  std::vector<Symbol> list = members(slot);
  const std::vector<Symbol> before = list;
  const auto has = [&](Symbol s) { return std::find(list.begin(), list.end(), s) != list.end(); };
  const auto add = [&](std::size_t n) {
    for (const Symbol s : wanted) {
      if (n == 0) break;
      if (!has(s)) list.push_back(s);
      --n;
    }
  };
  const auto drop = [&](bool these) {
    std::erase_if(list, [&](Symbol s) {
      return (std::find(wanted.begin(), wanted.end(), s) != wanted.end()) == these;
    });
  };
  const bool more = kind != Inclusion::no && kind != Inclusion::only;
  if (more && want) {
    if (kind == Inclusion::any) {
      // Any of them will do, one that spoils nothing: the first.
      list.push_back(wanted.empty() ? 0 : wanted.front());
    } else {
      add(kind == Inclusion::at_least_n ? node.op.a >> 8U : wanted.size());
    }
  } else if (kind == Inclusion::only && want) {
    drop(false);
  } else if (kind == Inclusion::no && !want) {
    add(1);
  } else {
    drop(kind != Inclusion::only);
  }
  if (!firm_[slot] && want && more)  // the placeholder gives way to what is asked for
    std::erase_if(list, [&](Symbol s) {
      return std::find(before.begin(), before.end(), s) != before.end() &&
             std::find(wanted.begin(), wanted.end(), s) == wanted.end();
    });
  set_list(slot, list);
  if (!list.empty()) firm_[slot] = true;
  return truth(node) == (want ? Truth::yes : Truth::no);
}

bool BringAbout::chosen(const Node& node, bool want) {
  const Node& of = tree_.nodes[node.children[0]];
  if (of.op.code == Code::subject) return try_subject(node, want);
  if (of.op.code != Code::field || (of.op.a == 1 && origin_ != nullptr)) return false;
  return try_field(node, of.op.b, candidates(node, of.op.b), want);
}

bool BringAbout::try_field(const Node& node, std::uint32_t slot, const std::vector<Value>& values,
                           bool want) {
  if (field(slot).list) return false;
  const Value before = event_.fields[slot];
  for (const Value& v : values) {
    event_.fields[slot] = v;
    if (truth(node) != (want ? Truth::yes : Truth::no)) continue;
    firm_[slot] = true;
    return true;
  }
  event_.fields[slot] = before;
  return false;
}

bool BringAbout::try_sizes(const Node& node, std::uint32_t slot, const std::vector<Symbol>& from,
                           bool want) {
  std::vector<Symbol> list = members(slot);
  const std::vector<Symbol> before = list;
  const Truth wanted = want ? Truth::yes : Truth::no;
  const auto fits = [&] {
    set_list(slot, list);
    if (truth(node) != wanted) return false;
    firm_[slot] = true;
    return true;
  };
  std::vector<Symbol> more = from;
  if (field(slot).type == ValueKind::member)
    for (const Symbol s : known_members(field(slot).kind))
      more.push_back(s);
  for (std::size_t n = 1; n <= list_entries_max && field(slot).type != ValueKind::member; ++n)
    more.push_back(fill_.symbols.intern(std::string(fill_.symbols.text(fill_.placeholder)) + " " +
                                        std::to_string(n)));
  if (!firm_[slot]) list.clear();
  if (fits()) return true;
  for (const Symbol s : more) {
    if (list.size() >= list_entries_max || std::find(list.begin(), list.end(), s) != list.end())
      continue;
    list.push_back(s);
    if (fits()) return true;
  }
  for (list = before; !list.empty();) {
    list.pop_back();
    if (fits()) return true;
  }
  set_list(slot, before);
  return false;
}

bool BringAbout::try_subject(const Node& node, bool want) {
  if (!choose_subject_) return false;
  const program::EventType& type = p_.event_types[event_.type];
  std::vector<Symbol> subjects = entries(node, 0);
  for (std::uint32_t i = 0; i < type.subject_kinds.count; ++i)
    for (const Symbol s : known_members(p_.indices[type.subject_kinds.first + i]))
      subjects.push_back(s);
  for (const Symbol s : subjects) {
    if (s == 0) continue;
    event_.subject = s;
    if (truth(node) == (want ? Truth::yes : Truth::no)) return true;
  }
  return false;
}

// Values worth trying in that field for that leaf: those it is compared with and their neighbours, members of the kind, yes and no.
std::vector<Value> BringAbout::candidates(const Node& node, std::uint32_t slot) const {
  const program::Field& f = field(slot);
  std::vector<Value> all;
  const auto near = [&](Value v) {
    if (f.type == ValueKind::text || f.type == ValueKind::member) {
      if (v.symbol != 0) all.push_back({f.type, v.symbol, 0, 1});
      return;
    }
    if (v.kind != f.type) return;
    all.push_back(v);
    const std::int64_t unit = f.type == ValueKind::number || f.type == ValueKind::money ? v.b : 1;
    for (const std::int64_t step : {unit, -unit, 100 * unit, -100 * unit}) {
      Value w = v;
      w.a += step;
      all.push_back(w);
    }
  };
  for (const std::uint32_t child : node.children) {
    std::vector<Symbol> list;
    near(value_of(asking(), tree_, child, list));
    for (const Symbol s : list)
      near(engine::text_value(s));
  }
  for (std::uint32_t i = 0; i < node.code.count; ++i) {
    const program::Op& op = p_.code[node.code.first + i];
    if (op.code == Code::constant) near(p_.constants[op.a]);
  }
  if (f.type == ValueKind::member)
    for (const Symbol s : known_members(f.kind))
      near(engine::text_value(s));
  if (f.type == ValueKind::text) near(engine::text_value(fill_.placeholder));
  if (f.type == ValueKind::date) near(engine::date(event_.day));
  if (f.type == ValueKind::yes_no)
    for (const std::int64_t yes : {1, 0})
      all.push_back({ValueKind::yes_no, 0, yes, 1});
  if (f.type == ValueKind::number)
    for (const std::int64_t n : {0, 1, 2, 10, 100, 1000})
      all.push_back(engine::number(n));
  return all;
}

bool BringAbout::compared(const Node& node, bool want) {
  for (const std::uint32_t child : node.children)
    if (tree_.nodes[child].op.code == Code::subject && tree_.nodes[child].op.a == 0 &&
        choose_subject_)
      return try_subject(node, want);
  // What is not given gets some value first, or no other could be compared with it.
  std::vector<std::uint32_t> given;
  for (const Node& at : tree_.nodes) {
    const bool inside = at.code.first >= node.code.first &&
                        at.code.first + at.code.count <= node.code.first + node.code.count;
    if (!inside || at.op.code != Code::field || (at.op.a == 1 && origin_ != nullptr)) continue;
    if (field(at.op.b).list || event_.fields[at.op.b].kind != ValueKind::absent) continue;
    event_.fields[at.op.b] = fallback(at.op.b);
    given.push_back(at.op.b);
  }
  if (!given.empty() && truth(node) == (want ? Truth::yes : Truth::no)) return true;
  // Every field of this event that the two sides speak of, the nearest first.
  for (std::size_t row = 0; row < tree_.nodes.size(); ++row) {
    const Node& at = tree_.nodes[row];
    const bool inside = at.code.first >= node.code.first &&
                        at.code.first + at.code.count <= node.code.first + node.code.count;
    if (!inside || at.op.code != Code::field || (at.op.a == 1 && origin_ != nullptr)) continue;
    if (!field(at.op.b).list) {
      if (try_field(node, at.op.b, candidates(node, at.op.b), want)) return true;
      continue;
    }
    std::vector<Symbol> from;
    for (const Node& counting : tree_.nodes)
      if (counting.op.code == Code::count_in || counting.op.code == Code::share_in)
        from = entries(counting, 1);
    if (try_sizes(node, at.op.b, from, want)) return true;
  }
  return counted(node, want);
}

// Whether this event is among those that a count looks at turns on its own fields.
bool BringAbout::counted(const Node& node, bool want) {
  for (std::uint32_t i = 0; i < node.code.count; ++i) {
    const program::Op& op = p_.code[node.code.first + i];
    if (op.code != Code::aggregate && op.code != Code::happened) continue;
    const program::Aggregate& a = p_.aggregates[op.a];
    if (p_.patterns[a.pattern].type != event_.type) continue;
    for (const program::Expression& part : {a.that, p_.patterns[a.pattern].condition})
      for (std::uint32_t k = 0; k < part.count; ++k) {
        const program::Op& at = p_.code[part.first + k];
        if (at.code == Code::field && at.a == 0 && !field(at.b).list && !firm_[at.b] &&
            try_field(node, at.b, candidates(node, at.b), want))
          return true;
      }
  }
  return false;
}

}  // namespace samrad::plan
