// The blocks of each version in turn, and the interval of each rule.
//
// A block that demands the same as the block of that name in the version before (its rules written out, with what they
// name, are equal) goes on: its new rules are dropped and the old ones stay in force. Otherwise the old rules end on the
// eve of the new version, which also says what becomes of what is open, and the new ones begin on its day.
#include "rules/lower/lower.h"

#include "rules/program/dump.h"
#include "rules/program/keep.h"

#include <algorithm>

namespace samrad::rules {

using program::Rule;

namespace {

// The rules of one block, in the version where they first stood.
struct Stretch {
  Index first = 0;
  Index end = 0;
  std::string demand;  // only where there are several versions
  std::size_t last_version = 0;
};

class Versions {
 public:
  Versions(std::span<Lowering> texts, Pools& pools) : texts_(texts), pools_(pools) {}

  void run() {
    for (std::size_t v = 0; v < texts_.size(); ++v) {
      texts_[v].facts();
      for (NodeId block : texts_[v].tree.of(texts_[v].tree.root()))
        add(v, block);
      if (v > 0) end_missing(v);
    }
    link_overrides();
    drop_empty();
  }

 private:
  static void lower(Lowering& text, NodeId block) {
    switch (text.tree.kind(block)) {
    case Node::clause: text.clause(block); break;
    case Node::procedure: text.procedure(block); break;
    case Node::measure: text.measure(block); break;
    default: break;
    }
  }

  void add(std::size_t v, NodeId block) {
    Lowering& text = texts_[v];
    const Pools::Mark before = pools_.mark();
    const std::size_t overrides = text.overrides.size();
    Stretch made{static_cast<Index>(pools_.program.rules.size()), 0, {}, v};
    lower(text, block);
    made.end = static_cast<Index>(pools_.program.rules.size());
    if (made.first == made.end) return;
    if (texts_.size() > 1) made.demand = demand_of(text, made, overrides);
    const std::string name(text.tree.text(block));
    const auto old = open_.find(name);
    if (old != open_.end() && old->second.demand == made.demand) {
      old->second.last_version = v;
      text.overrides.resize(overrides);
      pools_.back(before);
      return;
    }
    if (old != open_.end()) end(old->second, v);
    if (v > 0) begin(made, v);
    open_[name] = std::move(made);
  }

  [[nodiscard]] std::string demand_of(const Lowering& text, const Stretch& made,
                                      std::size_t overrides) const {
    std::string out;
    for (Index r = made.first; r < made.end; ++r) {
      const Rule& rule = pools_.program.rules[r];
      out += program::dump_demand(pools_.program, r) + calendar::iso(rule.from) +
             calendar::iso(rule.to) + "\n";
    }
    for (std::size_t i = overrides; i < text.overrides.size(); ++i) {
      const Override& over = text.overrides[i];
      out += std::string(pools_.program.text(over.target)) + " " +
             program::dump_expression(pools_.program, over.condition) + "\n";
    }
    return out;
  }

  void begin(const Stretch& stretch, std::size_t v) {
    const calendar::Day day = *texts_[v].terms.in_force;
    for (Index r = stretch.first; r < stretch.end; ++r) {
      Rule& rule = pools_.program.rules[r];
      rule.amends = rule.from <= day;
      rule.from = std::max(rule.from, day);
    }
  }

  void end(const Stretch& stretch, std::size_t v) {
    const calendar::Day eve = *texts_[v].terms.in_force - 1;
    for (Index r = stretch.first; r < stretch.end; ++r) {
      Rule& rule = pools_.program.rules[r];
      if (rule.to <= eve) continue;
      rule.to = eve;
      rule.amended = true;
      rule.tail = texts_[v].terms.lapse ? program::Tail::lapse : program::Tail::finish;
    }
  }

  void end_missing(std::size_t v) {
    for (auto at = open_.begin(); at != open_.end();) {
      if (at->second.last_version == v) {
        ++at;
        continue;
      }
      end(at->second, v);
      at = open_.erase(at);
    }
  }

  // Every rule of the overridden clause that is in force on some day with the overriding one, for the same member.
  void link_overrides() {
    program::Program& p = pools_.program;
    std::map<Symbol, std::vector<Index>> rules_of;
    for (Index r = 0; r < p.rules.size(); ++r)
      if (!p.rules[r].is_otherwise) rules_of[p.rules[r].clause].push_back(r);
    std::vector<std::vector<std::pair<Index, program::Expression>>> by(p.rules.size());
    for (const Lowering& text : texts_) {
      for (const Override& over : text.overrides) {
        const Rule& winner = p.rules[over.by];
        for (Index r : rules_of[over.target]) {
          const Rule& rule = p.rules[r];
          const bool together = rule.from <= winner.to && winner.from <= rule.to;
          const bool same_member = rule.key == 0 || winner.key == 0 || rule.key == winner.key;
          if (together && same_member) by[r].emplace_back(over.by, over.condition);
        }
      }
    }
    for (Index r = 0; r < p.rules.size(); ++r) {
      if (by[r].empty()) continue;
      const auto count = static_cast<std::uint32_t>(by[r].size());
      p.rules[r].overridden_by = {static_cast<std::uint32_t>(p.indices.size()), count};
      p.rules[r].override_conditions = {static_cast<std::uint32_t>(p.expressions.size()), count};
      for (const auto& [rule, condition] : by[r]) {
        p.indices.push_back(rule);
        p.expressions.push_back(condition);
      }
    }
  }

  // Rules whose own interval lies wholly outside their version's.
  void drop_empty() {
    std::vector<bool> keep;
    for (const Rule& rule : pools_.program.rules) keep.push_back(rule.from <= rule.to);
    program::keep_rules(pools_.program, keep);
  }

  std::span<Lowering> texts_;
  Pools& pools_;
  std::map<std::string, Stretch> open_;
};

}  // namespace

void lower_versions(std::span<Lowering> texts, Pools& pools) { Versions(texts, pools).run(); }

}  // namespace samrad::rules
