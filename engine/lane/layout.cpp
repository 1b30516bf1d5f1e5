// The record of a lane, part by part, and the acts by type and subject.

#include <algorithm>

#include "engine/lane/conditions.h"

namespace samrad::engine::lane::detail {
namespace {

using program::Form;
using program::Range;

constexpr std::ptrdiff_t responses_few = 8; // up to so many the first case of each stands in the record
constexpr std::size_t live_bits = 64;
constexpr std::size_t head_bits = 8;

struct Found {
  Act act;
  program::Range subjects;  // symbol_lists
};

void index_type(Plan& plan, Conditions& conditions, OfType& type, const std::vector<Found>& found) {
  const program::Program& p = plan.machine.program;
  const auto append = [&](Range& range, auto wanted) {
    range.first = static_cast<std::uint32_t>(plan.acts.size());
    for (const Found& f : found)
      if (wanted(f)) plan.acts.push_back(f.act);
    range.count = static_cast<std::uint32_t>(plan.acts.size()) - range.first;
  };
  append(type.acts, [](const Found& f) { return f.subjects.count == 0; });
  std::vector<Symbol> subjects;
  for (const Found& f : found)
    for (std::uint32_t i = 0; i < f.subjects.count; ++i) subjects.push_back(p.symbol_lists[f.subjects.first + i]);
  std::sort(subjects.begin(), subjects.end());
  subjects.erase(std::unique(subjects.begin(), subjects.end()), subjects.end());
  for (const Symbol subject : subjects) {
    OfSubject& entry = type.by_subject.emplace_back();
    entry.subject = conditions.word(subject);
    append(entry.acts, [&](const Found& f) {
      for (std::uint32_t i = 0; i < f.subjects.count; ++i)
        if (p.symbol_lists[f.subjects.first + i] == subject) return true;
      return false;
    });
  }
  std::sort(type.by_subject.begin(), type.by_subject.end(), [](const OfSubject& a, const OfSubject& b) { return a.subject < b.subject; });
}

}  // namespace

void lay_out(Plan& plan) {
  plan.live_words = static_cast<std::uint32_t>((plan.timed.size() + live_bits - 1) / live_bits);
  // Few bits have room in the head.
  if (plan.timed.size() <= head_bits) plan.live_words = 0;
  plan.bytes = static_cast<std::uint32_t>(sizeof(Head) + plan.live_words * sizeof(Word));
  const auto responses = std::count_if(plan.parts.begin(), plan.parts.end(), [](const Part& part) { return part.form == Form::response; });
  for (Part& part : plan.parts) {
    part.at = plan.bytes;
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
        plan.case_bytes = std::max(plan.case_bytes, sizeof(Link) + one);
        break;
      }
      default: break;
    }
    plan.bytes += static_cast<std::uint32_t>((bytes + sizeof(Word) - 1) / sizeof(Word) * sizeof(Word));
  }
}

void index_acts(Plan& plan, Conditions& conditions) {
  const program::Program& p = plan.machine.program;
  const auto type_of = [&](Index pattern) { return p.patterns[pattern].type; };
  std::vector<std::vector<Found>> found(plan.types.size());
  const auto add = [&](Index pattern, Act act) { found[type_of(pattern)].push_back({act, p.patterns[pattern].subjects}); };
  for (std::uint32_t n = 0; n < plan.parts.size(); ++n) {
    const Part& part = plan.parts[n];
    const program::Rule& r = plan.rule(part);
    for (std::uint16_t i = 0; i < part.dated.count; ++i) add(p.aggregates[plan.dated[part.dated.first + i]].pattern, {n, Role::dated, i});
    if (part.form == Form::extension) continue;
    add(r.pattern, {n, Role::main, 0});
    if (part.form == Form::response) add(r.answer, {n, Role::answer, 0});
  }
  for (Index type = 0; type < plan.types.size(); ++type) index_type(plan, conditions, plan.types[type], found[type]);
}

}  // namespace samrad::engine::lane::detail
