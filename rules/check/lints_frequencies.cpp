// Two clauses that count the same event differently. Both apply, so that nothing is wrong with the text; but a main text
// and an annex that disagree are seldom meant. What each lets through that the other does not is shown by an example.
#include "rules/check/frequencies.h"
#include "rules/check/lints.h"

#include <map>
#include <set>

namespace samrad::rules {

namespace {

constexpr std::size_t rivals_max = 8;  // how many clauses of one pattern are compared with another

class Pairs {
 public:
  Pairs(Pass& pass, const Duties& duties) : pass_(pass), duties_(duties) {}

  void run() {
    std::set<Span> in_conflict;  // of these, something worse has been said
    for (const Diagnostic& d : pass_.out.diagnostics)
      if (d.code == Code::cannot_both) in_conflict.insert(d.primary);
    std::map<std::string, std::vector<const Duty*>> seen;
    for (const Duty& duty : duties_.rows) {
      const Node kind = pass_.tree.kind(duty.core);
      if ((kind != Node::count && kind != Node::measured) || !duty.unconditional ||
          pass_.child(duty.core, Node::period) == no_node || in_conflict.contains(pass_.tree[duty.core].span))
        continue;
      if (!frequency_of(pass_, duty, duties_.terms.first).at_least) continue;
      bool said = false;
      for (const PatternKey& key : keys(duty)) {
        std::vector<const Duty*>& rivals = seen[key.key];
        for (std::size_t i = 0; i < rivals.size() && !said; ++i)
          said = compare(duty, *rivals[i], key.member);
        if (rivals.size() < rivals_max && (rivals.empty() || rivals.back() != &duty))
          rivals.push_back(&duty);
      }
    }
  }

 private:
  // A measure counts its measurements.
  [[nodiscard]] std::vector<PatternKey> keys(const Duty& duty) const {
    if (duty.pattern != no_node) return pattern_keys(pass_, duty);
    const auto subject = std::to_string(static_cast<unsigned>(Node::subject));
    return {{"measurement of (" + subject + ' ' + std::string(pass_.text(duty.block)) + ')'}};
  }

  // True when something was said.
  bool compare(const Duty& duty, const Duty& other, std::string_view member) {
    if (duty.block == other.block || one_overrides(pass_, duty.block, other.block) ||
        !together(duty, other))
      return false;
    const Asked now = asked_of(pass_, duty, duties_.terms);
    const Asked before = asked_of(pass_, other, duties_.terms);
    const calendar::Period& a = now.frequency.period;
    const calendar::Period& b = before.frequency.period;
    const bool same_period = a.unit == b.unit && a.count == b.count;
    const bool months =
        same_period && now.frequency.times == before.frequency.times && a.months != b.months;
    // Together the two may leave no month out twice: June in one clause and December in the other.
    if ((a.months.mask & b.months.mask) == 0) return false;
    if (same_period && now.frequency.times == before.frequency.times && !months) return false;
    const std::optional<std::string> meets_now = meets_and_breaks(now, before);
    const std::optional<std::string> meets_before = meets_and_breaks(before, now);
    if (!meets_now && !meets_before) return false;
    Diagnostic& d = pass_.complain_all(
        months ? Code::different_months : Code::two_frequencies, duty.core,
        months ? months_apart(a.months, b.months, other) : numbers_apart(now, before, duty, other));
    if (!member.empty()) d.message += ", of " + quoted(member);
    d.labels.push_back({pass_.tree[duty.block].name, "in " + heading(pass_, duty.block)});
    d.labels.push_back({pass_.tree[other.core].span, "in " + heading(pass_, other.block)});
    d.help = !meets_now      ? stronger(duty, other) + '\n' + example(*meets_before, other, duty)
             : !meets_before ? stronger(other, duty) + '\n' + example(*meets_now, duty, other)
                             : example(*meets_now, duty, other);
    d.help += "\nboth apply; if one is meant to give way, say `overrides " +
              std::string(pass_.text(other.block)) + "`, or make them two readings of one clause";
    return true;
  }

  [[nodiscard]] std::string numbers_apart(const Asked& now, const Asked& before, const Duty& duty,
                                          const Duty& other) const {
    return spoken(pass_, now.frequency, duty.core) + " here, and " +
           spoken(pass_, before.frequency, other.core) + " in " + heading(pass_, other.block);
  }

  [[nodiscard]] std::string months_apart(calendar::Months now, calendar::Months before,
                                         const Duty& other) const {
    const calendar::Months here{static_cast<std::uint16_t>(now.mask & ~before.mask)};
    const calendar::Months there{static_cast<std::uint16_t>(before.mask & ~now.mask)};
    const std::string name = heading(pass_, other.block);
    if (there.mask == 0) return name + " does not ask for " + spoken(here) + ", and this does";
    if (here.mask == 0) return name + " also asks for " + spoken(there) + ", and this does not";
    return "this asks for " + spoken(here) + " and not for " + spoken(there) + ", and " + name +
           " the other way round";
  }

  [[nodiscard]] std::string stronger(const Duty& one, const Duty& other) const {
    return quoted(pass_.text(one.block)) + " is the stronger: what meets it also meets " +
           quoted(pass_.text(other.block));
  }
  [[nodiscard]] std::string example(const std::string& history, const Duty& met,
                                    const Duty& broken) const {
    return history + " meets " + quoted(pass_.text(met.block)) + " and breaks " +
           quoted(pass_.text(broken.block));
  }

  Pass& pass_;
  const Duties& duties_;
};

}  // namespace

void lint_frequencies(Pass& pass, const Duties& duties) { Pairs(pass, duties).run(); }

}  // namespace samrad::rules
