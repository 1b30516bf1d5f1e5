// Two clauses that cannot both be met: more demanded than allowed, demanded and forbidden, a power given to different
// members. Only what is certain is said: clauses with exceptions, with conditions, or of which one overrides the other are
// left in peace, and so is a pair whose patterns may but need not meet.
//
// Clauses are found by their pattern as text, from the narrowest to the widest that covers it, so that the time does not
// grow with the number of pairs.
#include "rules/check/duties.h"

#include <algorithm>
#include <map>

namespace samrad::rules {

namespace {

constexpr std::size_t rivals_max = 8;  // how many clauses of one pattern are compared with another

class Conflicts {
 public:
  explicit Conflicts(Pass& pass) : pass_(pass), duties_(duties_of(pass)) {}

  void run() {
    for (const Duty& duty : duties_.rows)
      gather(duty);
    for (const Duty& duty : duties_.rows) {
      if (duty.pattern == no_node || !duty.unconditional) continue;
      const Node kind = pass_.tree.kind(duty.core);
      if (kind == Node::count) {
        too_many(duty);
        forbidden(duty, duty.pattern);
      } else if (kind == Node::deadline) {
        forbidden(duty, duty.pattern);
      } else if (kind == Node::response) {
        forbidden(duty, pass_.tree.of(duty.core)[1]);
      } else if (kind == Node::power) {
        powers(duty);
      }
    }
  }

 private:
  using Table = std::map<std::string, std::vector<const Duty*>>;

  void gather(const Duty& duty) {
    if (duty.pattern == no_node || !duty.unconditional) return;
    const Node kind = pass_.tree.kind(duty.core);
    if (kind == Node::count && pass_.text(pass_.child(duty.core, Node::times)) != "at_least")
      add(at_most_, duty);
    if (kind == Node::prohibition) {
      const auto children = pass_.tree.of(duty.core);
      if (children.size() == 1 || pass_.tree.kind(children[1]) == Node::limit_months)
        add(never_, duty);
    }
  }

  void add(Table& table, const Duty& duty) {
    table[pattern_key(pass_, duty.pattern)].push_back(&duty);
  }

  // Calls `look` for the duties of `table` whose pattern covers `pattern`.
  template <class Look>
  void covering(const Table& table, NodeId pattern, const Duty& duty, Look look) {
    std::string last;
    for (int parts = 2; parts >= 0; --parts) {
      std::string key = pattern_key(pass_, pattern, parts);
      if (key == last) continue;
      last = key;
      const auto found = table.find(key);
      if (found == table.end()) continue;
      std::size_t looked = 0;
      for (const Duty* other : found->second) {
        if (other == &duty || other->block == duty.block || ++looked > rivals_max) continue;
        if (together(*other, duty) && !one_overrides(pass_, other->block, duty.block)) look(*other);
      }
    }
  }

  Diagnostic& conflict(Code code, const Duty& duty, const Duty& other, std::string message) {
    Diagnostic& d = pass_.complain_all(code, duty.core, std::move(message));
    d.labels.push_back({pass_.tree[duty.block].name, "in " + heading(pass_, duty.block)});
    d.labels.push_back({pass_.tree[other.core].span, "in " + heading(pass_, other.block)});
    d.help = "change one of them, or let one override the other: `overrides " +
             std::string(pass_.text(other.block)) + "`";
    return d;
  }

  // Whether it recurs; else it is once for the whole term.
  [[nodiscard]] bool recurs(const Duty& duty) const { return pass_.child(duty.core, Node::period) != no_node; }

  void too_many(const Duty& duty) {
    const Frequency least = frequency_of(pass_, duty, duties_.terms.first);
    if (!least.at_least) return;
    covering(at_most_, duty.pattern, duty, [&](const Duty& other) {
      const Frequency most = frequency_of(pass_, other, duties_.terms.first);
      const bool covered = (least.period.months.mask & ~most.period.months.mask) == 0;
      const bool same_window = recurs(duty) == recurs(other) && least.period == most.period;
      if (recurs(duty) != recurs(other)) return;
      const bool more = same_window ? least.times > most.times
                                    : covered && least.a_year_in_days() > most.a_year_in_days();
      if (!more) return;
      conflict(Code::cannot_both, duty, other,
               spoken(pass_, least, duty.core) + " and " + spoken(pass_, most, other.core) +
                   " cannot both be met");
    });
  }

  void forbidden(const Duty& duty, NodeId pattern) {
    covering(never_, pattern, duty, [&](const Duty& other) {
      if (pass_.tree.of(other.core).size() > 1) {
        if (pass_.tree.kind(duty.core) != Node::count) return;
        const Frequency least = frequency_of(pass_, duty, duties_.terms.first);
        const NodeId limit = pass_.tree.of(other.core)[1];
        const calendar::Months never = read_months(pass_.tree, pass_.child(limit, Node::months));
        if (!least.at_least || (least.period.months.mask & ~never.mask) != 0) return;
      }
      if (pass_.tree.kind(duty.core) == Node::count &&
          !frequency_of(pass_, duty, duties_.terms.first).at_least)
        return;
      conflict(Code::must_and_must_not, duty, other,
               quoted(pass_.text(pattern)) + " must happen by this clause and must not by " +
                   heading(pass_, other.block));
    });
  }

  [[nodiscard]] std::vector<std::string_view> members(NodeId core) const {
    std::vector<std::string_view> out;
    for (NodeId c : pass_.tree.of(core))
      if (pass_.tree.kind(c) == Node::name) out.push_back(pass_.text(c));
    std::sort(out.begin(), out.end());
    return out;
  }

  void powers(const Duty& duty) {
    const Meaning& field = pass_.meaning(duty.core);
    covering(powers_, duty.pattern, duty, [&](const Duty& other) {
      const Meaning& other_field = pass_.meaning(other.core);
      if (field.refers != other_field.refers || field.index != other_field.index) return;
      const std::vector<std::string_view> a = members(duty.core);
      const std::vector<std::string_view> b = members(other.core);
      if (a == b) return;
      std::vector<std::string_view> both;
      std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
      Diagnostic& d =
          conflict(Code::overlapping_powers, duty, other,
                   both.empty() ? "two clauses give this power to different members: nobody has it"
                                : "two clauses give this power to different members: only those "
                                  "named in both have it");
      if (!both.empty()) d.severity = Severity::warning;
    });
    add(powers_, duty);
  }

  Pass& pass_;
  Duties duties_;
  Table at_most_;
  Table never_;
  Table powers_;
};

}  // namespace

void check_conflicts(Pass& pass) { Conflicts(pass).run(); }

}  // namespace samrad::rules
