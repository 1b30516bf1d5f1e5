// Conditions to postfix code. A walk with a stack of its own visits children before parents; patterns and counts inside
// the condition are rows of their own, lowered before it by prepare(), so that each condition is one unbroken run of code.
#include "rules/limits.h"
#include "rules/lower/lower.h"

#include "rules/check/pass.h"
#include "rules/format/line.h"
#include "rules/syntax/lexer.h"

#include <algorithm>
#include <numeric>

namespace samrad::rules {

using OpCode = program::Code;
using program::Value;
using program::ValueKind;

const std::vector<Token>& Lowering::tokens_of(std::uint32_t file) {
  const auto [at, fresh] = tokens_.try_emplace(file);
  Report told_already;
  if (fresh) at->second = lex(sources_[file].text, file, tokens_max, told_already).tokens;
  return at->second;
}

// The source text spaced as the formatter spaces it, so that laying a file out leaves its Program alone; without comments, cut where it
// is too long to quote.
std::string Lowering::words(NodeId node) {
  const Span span = tree[node].span;
  if (span.file >= sources_.size()) return {};
  const std::string_view text = sources_[span.file].text;
  const std::vector<Token>& tokens = tokens_of(span.file);
  const auto before = [](const Token& token, std::uint32_t offset) { return token.begin < offset; };
  const auto first = std::lower_bound(tokens.begin(), tokens.end(), span.begin, before);
  std::string out;
  for (auto at = first; at != tokens.end() && at->begin < span.end; ++at) {
    if (at != first && layout::spaced(text, at[-1], *at)) out += ' ';
    out += at->of(text).substr(0, quotation_bytes_max + 1);
    if (out.size() <= quotation_bytes_max) continue;
    // Between words or characters, never within one: continuation bytes of UTF-8 begin with 10.
    std::size_t end = quotation_bytes_max;
    while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0U) == 0x80U)
      --end;
    return out.substr(0, end) + "…";
  }
  return out;
}

void Lowering::prepare(NodeId root) {
  struct Open {
    NodeId id;
    bool expanded;
  };
  std::vector<Open> open{{root, false}};
  while (!open.empty()) {
    const Open at = open.back();
    open.pop_back();
    const Node kind = tree.kind(at.id);
    if (!at.expanded) {
      open.push_back({at.id, true});
      const auto children = tree.of(at.id);
      for (std::size_t i = children.size(); i-- > 0;)
        open.push_back({children[i], false});
    } else if (kind == Node::pattern) {
      if (!patterns_.contains(at.id)) patterns_[at.id] = pattern(at.id);
    } else if (counts_events(kind)) {
      aggregates_[at.id] = aggregate(at.id);
    }
  }
}

program::Expression Lowering::expression(NodeId condition) {
  const std::uint32_t begin = pools.code_size();
  emit(condition, true);
  return pools.since(begin);
}

program::Expression Lowering::value(NodeId value) {
  const std::uint32_t begin = pools.code_size();
  emit(value, false);
  return pools.since(begin);
}

void Lowering::emit(NodeId root, bool truth) {
  std::vector<Step> open{{root, truth, false, false}};
  while (!open.empty()) {
    const Step at = open.back();
    open.pop_back();
    if (at.expanded) {
      emit_node(at);
      continue;
    }
    open.push_back({at.id, at.truth, true, at.as_days});
    emit_children(open, at.id);
  }
}

// Puts the children on the stack, the first uppermost; what is one operation with its children has none here.
void Lowering::emit_children(std::vector<Step>& open, NodeId id) {
  const Node kind = tree.kind(id);
  const auto children = tree.of(id);
  const bool whole = counts_events(kind) || kind == Node::v_of || kind == Node::v_every || kind == Node::v_duration ||
                     kind == Node::c_present || kind == Node::c_missing;
  if (whole) return;
  const bool truth = kind == Node::c_and || kind == Node::c_or || kind == Node::c_not;
  const bool compare =
      kind == Node::c_compare && meaning(children[0]).type != meaning(children[1]).type;
  for (std::size_t i = children.size(); i-- > 0;) {
    const bool as_days = compare && meaning(children[i]).type == Type::duration;
    open.push_back({children[i], truth, false, as_days});
  }
}

void Lowering::emit_node(const Step& step) {
  const NodeId id = step.id;
  const Symbol text = words_symbol(id);
  switch (tree.kind(id)) {
  case Node::c_or: pools.op(OpCode::logical_or, 0, 0, text); break;
  case Node::c_and: pools.op(OpCode::logical_and, 0, 0, text); break;
  case Node::c_not: pools.op(OpCode::logical_not, 0, 0, text); break;
  case Node::c_compare: {
    const std::string_view sign = tree.text(id);
    const OpCode code = sign == "="    ? OpCode::equal
                        : sign == "!=" ? OpCode::not_equal
                        : sign == "<"  ? OpCode::less
                        : sign == "<=" ? OpCode::less_equal
                        : sign == ">"  ? OpCode::greater
                                       : OpCode::greater_equal;
    pools.op(code, 0, 0, text);
    break;
  }
  case Node::c_including:
  case Node::c_one_of:
  case Node::v_share_of:
  case Node::v_number_of: emit_list_op(id); break;
  case Node::c_present:
  case Node::c_missing: {
    const Meaning& field = meaning(tree.of(id)[0]);
    if (field.refers == Refers::parameter) {
      pools.op(OpCode::parameter, parameter_row[field.index], 1, text);
      pools.op(OpCode::truth, 0, 0, text);
    } else {
      pools.op(OpCode::present, field.frame, slot(event_at(id, field.frame), field.index), text);
    }
    if (tree.kind(id) == Node::c_missing) pools.op(OpCode::logical_not, 0, 0, text);
    break;
  }
  case Node::c_happened:
    pools.op(OpCode::happened, aggregates_.at(id), 0, text);
    if (tree.text(id) == "no") pools.op(OpCode::logical_not, 0, 0, text);
    break;
  case Node::v_count_events:
  case Node::v_share_events:
  case Node::v_sum_events:
  case Node::v_in_a_row: pools.op(OpCode::aggregate, aggregates_.at(id), 0, text); break;
  case Node::v_add: pools.op(OpCode::add, 0, 0, text); break;
  case Node::v_subtract: pools.op(OpCode::subtract, 0, 0, text); break;
  case Node::v_multiply: pools.op(OpCode::multiply, 0, 0, text); break;
  case Node::v_divide: pools.op(OpCode::divide, 0, 0, text); break;
  case Node::v_negate: pools.op(OpCode::negate, 0, 0, text); break;
  case Node::v_days_between: pools.op(OpCode::days_between, 0, 0, text); break;
  case Node::v_name:
  case Node::v_every:
  case Node::v_of: emit_name(id); break;
  case Node::list: break;
  default: emit_literal(id, step.as_days);
  }
  if (step.truth && meaning(id).type == Type::yes_no) pools.op(OpCode::truth, 0, 0, text);
}

Index Lowering::event_at(NodeId id, std::uint8_t frame) const {
  const Scope& scope = checked.scope(id);
  return frame == 0 ? scope.event : scope.sentence;
}

void Lowering::emit_list_op(NodeId id) {
  const auto children = tree.of(id);
  const Symbol text = words_symbol(id);
  std::uint32_t entries = 0;
  if (children.size() > 1)
    for (NodeId entry : tree.of(children[1]))
      entries += meaning(entry).refers == Refers::set
                     ? static_cast<std::uint32_t>(members_named(tree, vocabulary, entry).size())
                     : 1U;
  switch (tree.kind(id)) {
  case Node::v_share_of: pools.op(OpCode::share_in, entries, 0, text); return;
  case Node::v_number_of:
    pools.op(children.size() > 1 ? OpCode::count_in : OpCode::count_list, entries, 0, text);
    return;
  case Node::c_one_of:
    pools.op(OpCode::one_of, 0, entries, text);
    if (tree.text(id) == "is_not") pools.op(OpCode::logical_not, 0, 0, text);
    return;
  default: break;
  }
  using program::Inclusion;
  const std::string_view how = tree.text(id);
  Inclusion inclusion = Inclusion::one;
  std::uint32_t least = 0;
  if (how == "all") inclusion = Inclusion::all;
  if (how == "any") inclusion = Inclusion::any;
  if (how == "none") inclusion = Inclusion::no;
  if (how == "only") inclusion = Inclusion::only;
  if (constexpr std::string_view prefix = "at_least_"; how.starts_with(prefix)) {
    inclusion = Inclusion::at_least_n;
    least = static_cast<std::uint32_t>(
        read_fraction(how.substr(prefix.size())).value_or(Fraction{}).num);
  }
  pools.op(OpCode::includes, static_cast<std::uint32_t>(inclusion) | least << 8, entries, text);
}

void Lowering::emit_member(Symbol member, Symbol text) {
  pools.op(OpCode::constant, pools.constant({ValueKind::member, member, 0, 1}), 0, text);
}

// Of a set: as many as there are.
std::uint32_t Lowering::emit_members(NodeId id) {
  const auto members = members_named(tree, vocabulary, id);
  for (std::string_view member : members)
    emit_member(pools.symbol(member), pools.symbol(member));
  return static_cast<std::uint32_t>(members.size());
}

void Lowering::emit_name(NodeId id) {
  const Meaning& m = meaning(id);
  if (m.refers == Refers::set) {
    emit_members(id);
  } else if (m.refers == Refers::fact) {
    const auto children = tree.of(id);
    emit_fact(id, children.empty() ? no_node : children[0]);
  } else {
    emit_reference(m, id, event_at(id, m.frame));
  }
}

// A name that is no fact; `event` is the one of its frame.
void Lowering::emit_reference(const Meaning& m, NodeId id, Index event) {
  const Symbol text = words_symbol(id);
  switch (m.refers) {
  case Refers::field: pools.op(OpCode::field, m.frame, slot(event, m.index), text); break;
  case Refers::subject: pools.op(OpCode::subject, m.frame, 0, text); break;
  case Refers::event_day: pools.op(OpCode::event_day, m.frame, 0, text); break;
  case Refers::event_id: pools.op(OpCode::event_id, m.frame, 0, text); break;
  case Refers::expiry: pools.op(OpCode::expiry, 0, 0, text); break;
  case Refers::start: pools.op(OpCode::start, 0, 0, text); break;
  case Refers::parameter: pools.op(OpCode::parameter, parameter_row[m.index], 0, text); break;
  case Refers::variable:
    if (binding.dynamic)
      pools.op(OpCode::key, 0, 0, text);
    else
      emit_member(binding.member, text);
    break;
  default: emit_member(name(id), text);
  }
}

// A fact with a key takes it from `of X`, or from the sentence's `for each`.
void Lowering::emit_fact(NodeId id, NodeId key) {
  const Symbol text = words_symbol(id);
  const Index fact = meaning(id).index;
  const bool keyed = vocabulary.facts[fact].kind != none;
  if (keyed && key != no_node) {
    const Meaning& m = meaning(key);
    emit_reference(m, key, event_at(key, m.frame));
  } else if (keyed && binding.dynamic) {
    pools.op(OpCode::key, 0, 0, text);
  } else if (keyed) {
    emit_member(binding.member, text);
  }
  pools.op(OpCode::holds, fact_row[fact], keyed ? 1 : 0, text);
}

void Lowering::emit_literal(NodeId id, bool as_days) {
  pools.op(OpCode::constant, pools.constant(literal(id, as_days)), 0, words_symbol(id));
}

Value Lowering::literal(NodeId id, bool as_days) {
  const std::string_view word = tree.text(id);
  Value value;
  switch (tree.kind(id)) {
  case Node::v_number:
  case Node::v_percent: {
    Fraction f = read_fraction(word).value_or(Fraction{});
    if (tree.kind(id) == Node::v_percent) {
      // A hundredth, in lowest terms again: the denominator is a product of twos and fives at most 10^17.
      const std::int64_t common = std::gcd(f.num, std::int64_t{100});
      f = {f.num / common, f.den * (100 / common)};
    }
    value = {ValueKind::number, 0, f.num, f.den};
    break;
  }
  case Node::v_money: {
    const MoneyAmount money = read_money(word).value_or(MoneyAmount{});
    value = {ValueKind::money, pools.symbol(money.currency), money.amount.num, money.amount.den};
    break;
  }
  case Node::v_date: value = {ValueKind::date, 0, read_day(tree, id).n, 1}; break;
  case Node::v_duration: {
    const program::Duration d = read_duration(tree, id);
    if (as_days)
      value = {ValueKind::number, 0,
               d.unit == calendar::Unit::week ? d.count * std::int64_t{7} : d.count, 1};
    else
      value = {ValueKind::duration, 0, d.count, static_cast<std::int64_t>(d.unit)};
    break;
  }
  case Node::v_text: value = {ValueKind::text, pools.symbol(word), 0, 1}; break;
  default: value = {ValueKind::yes_no, 0, tree.kind(id) == Node::v_yes ? 1 : 0, 1};
  }
  return value;
}

}  // namespace samrad::rules
