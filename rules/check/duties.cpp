// Gathers sentences and writes their patterns as comparable texts.
#include "rules/check/duties.h"

#include <algorithm>
#include <bit>

namespace samrad::rules {

namespace {

// The sentence that counts: the only one, or that of the default reading.
NodeId default_sentence(const Tree& tree, NodeId clause) {
  NodeId out = no_node;
  for (NodeId c : tree.of(clause)) {
    if (tree.kind(c) == Node::sentence) out = c;
    if (tree.kind(c) == Node::reading && tree.child(c, Node::default_reading) != no_node)
      out = tree.child(c, Node::sentence);
  }
  return out;
}

// Whether a parameter stands anywhere under the node; a member is a member, whatever it will be called.
bool speaks_of_parameter(const Pass& pass, NodeId node) {
  std::vector<NodeId> open{node};
  while (!open.empty()) {
    const NodeId id = open.back();
    open.pop_back();
    if (pass.out.meanings[id].refers == Refers::parameter || pass.tree.kind(id) == Node::for_each) {
      const NodeId by = pass.tree.kind(id) == Node::for_each ? parameter_in(pass.tree, id) : id;
      if (by != no_node && pass.out.meanings[by].refers == Refers::parameter) return true;
    }
    open.insert(open.end(), pass.tree.of(id).begin(), pass.tree.of(id).end());
  }
  return false;
}

void read_interval(const Pass& pass, Duty& duty) {
  if (const NodeId from = pass.child(duty.block, Node::item_in_force); from != no_node)
    duty.from = read_day(pass.tree, from);
  if (const NodeId until = pass.child(duty.block, Node::item_until); until != no_node)
    duty.to = read_day(pass.tree, until);
  const NodeId period = pass.child(duty.core, Node::period);
  if (period == no_node) return;
  const PeriodText text = read_period(pass.tree, period, {});
  if (text.from) duty.starts = *text.from;
  if (text.until) duty.to = std::min(duty.to, *text.until);
}

}  // namespace

Duties duties_of(const Pass& pass) {
  Duties out;
  out.terms = read_terms(pass.tree, pass.vocabulary().agreement);
  for (NodeId block : pass.tree.of(pass.tree.root())) {
    Duty duty;
    duty.block = block;
    if (pass.tree.kind(block) == Node::measure) {
      duty.core = pass.child(block, Node::measured);
      if (duty.core == no_node) continue;
    } else if (pass.tree.kind(block) == Node::clause) {
      const NodeId sentence = default_sentence(pass.tree, block);
      if (sentence == no_node) continue;
      duty.core = core_of(pass.tree, sentence);
      if (duty.core == no_node) continue;
      duty.pattern = first_pattern(pass.tree, duty.core);
      duty.each = pass.child(sentence, Node::for_each);
      duty.unconditional =
          pass.child(block, Node::item_except) == no_node &&
          (duty.each == no_node || pass.child(duty.each, Node::while_fact) == no_node);
    } else {
      continue;
    }
    read_interval(pass, duty);
    duty.open = speaks_of_parameter(pass, block);
    duty.unconditional = duty.unconditional && !duty.open;
    out.rows.push_back(duty);
  }
  return out;
}

bool together(const Duty& a, const Duty& b) {
  return std::max(a.from, a.starts) <= b.to && std::max(b.from, b.starts) <= a.to;
}

// Children in brackets after kind and text, by a stack of closing brackets.
std::string tree_key(const Pass& pass, NodeId node) {
  std::string out;
  std::vector<NodeId> open{node};
  while (!open.empty()) {
    const NodeId id = open.back();
    open.pop_back();
    if (id == no_node) {
      out += ')';
      continue;
    }
    if (pass.tree.kind(id) == Node::alias) continue;
    out += '(' + std::to_string(static_cast<unsigned>(pass.tree.kind(id))) + ' ' +
           std::string(pass.text(id));
    open.push_back(no_node);
    const auto children = pass.tree.of(id);
    for (std::size_t i = children.size(); i-- > 0;)
      open.push_back(children[i]);
  }
  return out;
}

std::string pattern_key(const Pass& pass, NodeId pattern, int parts) {
  std::string out(pass.text(pattern));
  if (parts == 0) return out;
  std::vector<std::string> subjects;
  std::string rest;
  for (NodeId c : pass.tree.of(pattern)) {
    const Node kind = pass.tree.kind(c);
    if (kind == Node::subject || kind == Node::subject_of || kind == Node::subject_same)
      subjects.push_back(tree_key(pass, c));
    else if (kind == Node::role_is || kind == Node::where)
      rest += tree_key(pass, c);
  }
  std::sort(subjects.begin(), subjects.end());
  for (const std::string& s : subjects)
    out += " of " + s;
  return parts == 2 ? out + rest : out;
}

namespace {

// The members that a `for each` stands for, as far as they are known and no more than `most`.
std::vector<std::string_view> members_of(const Pass& pass, NodeId each, std::size_t most) {
  std::vector<std::string_view> out;
  if (const NodeId list = pass.child(each, Node::list); list != no_node) {
    for (NodeId c : pass.tree.of(list))
      if (out.size() < most) out.push_back(pass.text(c));
    return out;
  }
  const Vocabulary& v = pass.vocabulary();
  if (const NodeId set = pass.child(each, Node::v_name); set != no_node) {
    for (std::string_view member : members_named(pass.tree, v, set))
      if (out.size() < most) out.push_back(member);
    return out;
  }
  const Index kind = v.kind(pass.text(pass.tree.of(each)[0]));
  if (kind == none || v.kinds[kind].open) return out;
  for (Index m : v.kinds[kind].members)
    if (out.size() < most) out.push_back(v.members[m].name);
  return out;
}

}  // namespace

std::vector<PatternKey> pattern_keys(const Pass& pass, const Duty& duty) {
  constexpr std::size_t members_max = 64;
  if (duty.pattern == no_node) return {};
  const std::string key = pattern_key(pass, duty.pattern);
  if (duty.each == no_node) return {{key}};
  std::vector<PatternKey> out;
  const std::string variable = ' ' + std::string(pass.text(duty.each)) + ')';
  for (std::string_view member : members_of(pass, duty.each, members_max)) {
    std::string of_member = key;
    for (std::size_t at = 0; (at = of_member.find(variable, at)) != std::string::npos;)
      of_member.replace(at + 1, variable.size() - 2, member);
    // A sentence that does not speak of its member says the same for all.
    out.push_back({of_member, member});
    if (of_member == key) return {{key}};
  }
  // An open kind has its members from the events: such a sentence is held against its like only.
  if (out.empty())
    out.push_back({key + " each " + std::string(pass.text(pass.tree.of(duty.each)[0]))});
  return out;
}

bool one_overrides(const Pass& pass, NodeId a, NodeId b) {
  const auto overrides = [&](NodeId one, NodeId other) {
    for (NodeId c : pass.tree.of(one))
      if (pass.tree.kind(c) == Node::item_overrides && pass.text(c) == pass.text(other))
        return true;
    return false;
  };
  return overrides(a, b) || overrides(b, a);
}

Frequency frequency_of(const Pass& pass, const Duty& duty, calendar::Day term_first) {
  Frequency out;
  if (const NodeId times = pass.child(duty.core, Node::times); times != no_node) {
    const std::string_view how = pass.text(times);
    out.at_least = how != "at_most";
    out.at_most = how != "at_least";
    out.times = read_whole(pass.tree, pass.tree.of(times)[0]).value_or(1);
  }
  if (const NodeId period = pass.child(duty.core, Node::period); period != no_node)
    out.period = read_period(pass.tree, period, term_first).period;
  return out;
}

std::int64_t Frequency::a_year_in_days() const {
  using calendar::PeriodUnit;
  std::int64_t days = 1;
  switch (period.unit) {
  case PeriodUnit::day: days = 1; break;
  case PeriodUnit::week: days = 7; break;
  case PeriodUnit::fortnight: days = 14; break;
  case PeriodUnit::month:
  case PeriodUnit::months: days = 30; break;
  case PeriodUnit::quarter: days = 90; break;
  case PeriodUnit::half_year: days = 180; break;
  case PeriodUnit::year: days = 360; break;
  }
  days *= period.count;
  // A window of months counts if any of its months does: windows of up to a month lie wholly in or out.
  const bool short_window = days <= 31;
  const std::int64_t months = short_window ? std::popcount(period.months.mask) : 12;
  return times * 1000 * 360 * months / 12 / days;
}

std::string spoken(const Pass& pass, const Frequency& frequency, NodeId core) {
  std::string out = frequency.at_least && frequency.at_most ? "exactly "
                    : frequency.at_least                    ? "at least "
                                                            : "at most ";
  out += frequency.times == 1 ? "once" : std::to_string(frequency.times) + " times";
  const NodeId period = pass.child(core, Node::period);
  if (period == no_node) return out + " during the term";
  std::string unit(pass.text(period));
  std::replace(unit.begin(), unit.end(), '_', '-');
  return out + " every " +
         (frequency.period.count == 1 ? unit
                                      : std::to_string(frequency.period.count) + " " + unit + "s");
}

}  // namespace samrad::rules
