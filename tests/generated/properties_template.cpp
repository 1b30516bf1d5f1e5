// The text turned into a template: bound with what stood there, alone and among others in a fleet, it judges as before.
#include <algorithm>

#include "rules/program/decode.h"
#include "service/fleet/fleet.h"
#include "tests/generated/probes.h"
#include "tests/generated/properties.h"
#include "tests/generated/telling.h"
#include "tests/generated/templates.h"
#include "tests/service/fleet_memory.h"

namespace samrad::generated {
namespace {

// A template made of the case's text; nothing where it has several texts or a parameter cannot stand there.
struct Made {
  Template made;
  std::optional<program::Program> program;
};

Made template_of(const Prepared& p, Dice& dice) {
  Made out;
  if (p.it.texts.size() != 1) return out;
  out.made = as_template(p.it.texts[0], dice);
  std::string fault;
  const auto whole = compiled({out.made.text}, fault);
  if (!whole) {
    reach("template refused: " + fault.substr(0, fault.find('\n')));
    return out;
  }
  out.program = *whole;
  return out;
}

std::string violations_of(const reports::AuditResult& result) {
  std::string out;
  for (const engine::Occurrence* o : result.listed)
    if (reports::violates(*o))
      out += o->id + ' ' + std::string(name(o->finding.status)) + ' ' +
             calendar::iso(o->finding.settled) + '\n';
  return out;
}

std::string violations_of(const fleet::Tally& tally) {
  std::string out;
  for (const fleet::Violation& v : tally.violations())
    out += v.id + ' ' + std::string(name(v.status)) + ' ' + calendar::iso(v.settled) + '\n';
  return out;
}

}  // namespace

std::string bound(const Prepared& p, Dice& dice) {
  const Made made = template_of(p, dice);
  if (!made.program) return {};
  if (const auto faults = program::faults(*made.program, made.made.arguments); !faults.empty())
    return "what stood in the text is refused as an argument: " + faults.front().message;
  const Prepared again(p.it, std::make_shared<const program::Program>(
                                 program::bind(*made.program, made.made.arguments)));
  if (!again.audit) return "of the template, it cannot be audited: " + again.unfit;
  if (const std::string fault = program::verify(*again.program); !fault.empty())
    return "a bound Program is refused: " + fault;
  reach("template bound");
  // What is missing is told in the words of the text, which are others here.
  return difference("the text (-) and the template filled in (+) differ",
                    tell(p.chosen(), p.symbols(), p.audit->book(), Detail::figures),
                    tell(again.chosen(), again.symbols(), again.audit->book(), Detail::figures));
}

std::string fleet(const Prepared& p, Dice& dice) {
  const Made made = template_of(p, dice);
  if (!made.program || !program::faults(*made.program, made.made.arguments).empty()) return {};
  const auto alone =
      std::make_shared<const program::Program>(program::bind(*made.program, made.made.arguments));
  program::Program chosen = *made.program;
  std::string unknown;
  if (!program::choose_readings(chosen, p.it.readings, unknown)) return "no reading " + unknown;
  fleet::Roster roster(chosen, p.history->zone());
  // The first has the whole history, the others parts of it.
  std::vector<Case> cases;
  for (int i = 0; i < 3; ++i) {
    Case one = p.it;
    if (i > 0)
      std::erase_if(one.events, [&](const json&) { return dice.percent(i == 1 ? 30 : 60); });
    std::stable_sort(one.events.begin(), one.events.end(),
                     [](const json& a, const json& b) { return a["time"] < b["time"]; });
    if (dice.percent(30)) dice.shuffle(one.events);
    roster.add("a" + std::to_string(i), "", made.made.arguments, static_cast<std::size_t>(i) + 2);
    cases.push_back(std::move(one));
  }
  std::vector<std::pair<std::size_t, std::size_t>> turns;
  for (std::size_t i = 0; i < cases.size(); ++i)
    for (std::size_t n = 0; n < cases[i].events.size(); ++n)
      turns.emplace_back(dice.percent(50) ? n : n + 2, i);
  std::stable_sort(turns.begin(), turns.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::size_t> next(cases.size());
  std::string stream;
  for (const auto& [unused, i] : turns) {
    json event = cases[i].events[next[i]++];
    event["agreement"] = "a" + std::to_string(i);
    stream += event.dump() + '\n';
  }
  tests::MemoryInputs inputs({stream});
  const fleet::Result result = fleet::audit(
      roster, inputs,
      {p.audit->as_of, p.it.known_at ? std::optional(p.audit->known_at) : std::nullopt},
      [](std::string_view, std::uint64_t, std::uint64_t) {});
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const Prepared one(cases[i], alone);
    if (!one.audit) return {};  // what an event refers to went with the events left out
  }
  if (result.faults.any_error())
    return "the fleet cannot be audited: " + record::text_of(result.faults);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const Prepared one(cases[i], alone);
    const fleet::Counts counts = result.tally(i).counts();
    for (std::size_t status = 0; status < fleet::statuses; ++status)
      if (counts[status] != static_cast<std::uint64_t>(one.audit->summary[status]))
        return "in a fleet a" + std::to_string(i) + " has " + std::to_string(counts[status]) + " " +
               std::string(name(static_cast<engine::Status>(status))) + ", alone " +
               std::to_string(one.audit->summary[status]);
    const std::string fault =
        difference("alone (-) and in a fleet (+) differ", violations_of(*one.audit),
                   violations_of(result.tally(i)));
    if (!fault.empty()) return fault;
  }
  reach(result.apart > 0 ? "fleet: judged apart" : "fleet: judged in one pass");
  return {};
}

}  // namespace samrad::generated
