#include "tests/generated/telling.h"

#include <array>
#include <set>
#include <sstream>
#include <vector>

namespace samrad::generated {
namespace {

using engine::Finding;
using program::Value;
using program::ValueKind;

std::string text(const engine::Symbols& symbols, program::Symbol s) {
  return std::string(symbols.text(s));
}

std::string day(calendar::Day d) { return d == calendar::day_max ? "-" : calendar::iso(d); }

std::string value(const engine::Symbols& symbols, const Value& v) {
  if (v.kind == ValueKind::absent) return "";
  return std::to_string(static_cast<int>(v.kind)) + ":" + text(symbols, v.symbol) + ":" +
         std::to_string(v.a) + "/" + std::to_string(v.b);
}

std::string note(const engine::Symbols& symbols, const engine::Note& n) {
  return " {" + std::to_string(static_cast<int>(n.why)) + " " + text(symbols, n.event) + " " +
         text(symbols, n.text) + " " + value(symbols, n.expected) + " " + value(symbols, n.actual) +
         " " + calendar::iso(n.day) + "}";
}

}  // namespace

std::string_view name(engine::Status status) {
  constexpr std::array<std::string_view, 9> names{"upcoming", "open",   "met",
                                                  "met_late", "missed", "broken",
                                                  "waived",   "lapsed", "cannot_assess"};
  return names.at(static_cast<std::size_t>(status));
}

std::string tell(const program::Program&, const engine::Symbols& symbols,
                 const engine::Occurrence& o, Detail detail) {
  const Finding& f = o.finding;
  std::string out = o.id + " " + std::string(name(f.status)) + " opens " + day(f.opens) + " due " +
                    day(f.due) + " nominal " + day(f.nominal_due) + " hour " +
                    std::to_string(f.due_instant);
  if (engine::settled(f.status)) out += " settled " + day(f.settled);
  out += " " + std::to_string(f.have) + "+" + std::to_string(f.maybe) + " of " +
         std::to_string(f.need);
  out += f.part ? " part" : "";
  out += f.presumed ? " presumed" : "";
  out += " severity " + std::to_string(static_cast<int>(o.severity));
  for (const program::Symbol s : f.evidence)
    out += " +" + text(symbols, s);
  if (detail != Detail::figures)
    for (const program::Symbol s : f.missing)
      out += " ?" + text(symbols, s);
  if (detail == Detail::all)
    for (const engine::Note& n : f.notes)
      out += note(symbols, n);
  return out + "\n";
}

std::string tell(const program::Program& program, const engine::Symbols& symbols,
                 const engine::Book& book, Detail detail) {
  std::string out = "expiry " + day(book.expiry) + "\n";
  for (const engine::Occurrence& o : book.occurrences)
    out += tell(program, symbols, o, detail);
  if (detail != Detail::all) return out;
  for (const engine::VoidEvent& v : book.voids)
    out += "void " + text(symbols, v.event) + (v.certain ? "" : " perhaps") +
           (v.rule == program::none ? "" : " by " + text(symbols, program.rules[v.rule].clause)) +
           note(symbols, v.note) + "\n";
  for (const engine::PartPeriod& p : book.part_periods)
    out += "part " + engine::occurrence_id(program, symbols, p.key) + " " + day(p.first) + " " +
           day(p.last) + " " + std::to_string(p.have) + " of " + std::to_string(p.need) + "\n";
  return out;
}

std::string difference(std::string_view what, const std::string& a, const std::string& b) {
  if (a == b) return {};
  const auto lines = [](const std::string& text) {
    std::vector<std::string> all;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
      all.push_back(line);
    return all;
  };
  const std::vector<std::string> left = lines(a), right = lines(b);
  const std::multiset<std::string> in_left(left.begin(), left.end()),
      in_right(right.begin(), right.end());
  std::string out(what);
  int shown = 0;
  for (const std::string& line : left)
    if (in_right.count(line) == 0 && shown++ < 4) out += "\n  - " + line;
  shown = 0;
  for (const std::string& line : right)
    if (in_left.count(line) == 0 && shown++ < 4) out += "\n  + " + line;
  return out;
}

}  // namespace samrad::generated
