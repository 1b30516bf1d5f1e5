// Rows appended to the tables of a Program.
#include "rules/lower/pools.h"

namespace samrad::rules {

Symbol Pools::symbol(std::string_view text) {
  const auto at = symbols_.find(text);
  if (at != symbols_.end()) return at->second;
  const auto symbol = static_cast<Symbol>(program.symbols.size());
  program.symbols.emplace_back(text);
  symbols_.emplace(std::string(text), symbol);
  return symbol;
}

Range Pools::names(std::span<const Symbol> symbols) {
  if (symbols.empty()) return {};
  const Range range{static_cast<std::uint32_t>(program.symbol_lists.size()),
                    static_cast<std::uint32_t>(symbols.size())};
  program.symbol_lists.insert(program.symbol_lists.end(), symbols.begin(), symbols.end());
  return range;
}

Range Pools::fillings(std::span<const program::Filling> fillings) {
  if (fillings.empty()) return {};
  const Range range{static_cast<std::uint32_t>(program.fillings.size()), static_cast<std::uint32_t>(fillings.size())};
  program.fillings.insert(program.fillings.end(), fillings.begin(), fillings.end());
  return range;
}

Range Pools::indices(std::span<const Index> indices) {
  if (indices.empty()) return {};
  const Range range{static_cast<std::uint32_t>(program.indices.size()), static_cast<std::uint32_t>(indices.size())};
  program.indices.insert(program.indices.end(), indices.begin(), indices.end());
  return range;
}

Index Pools::constant(const program::Value& value) {
  program.constants.push_back(value);
  return static_cast<Index>(program.constants.size() - 1);
}

Index Pools::pattern(const program::Pattern& pattern) {
  program.patterns.push_back(pattern);
  return static_cast<Index>(program.patterns.size() - 1);
}

Index Pools::aggregate(const program::Aggregate& aggregate) {
  program.aggregates.push_back(aggregate);
  return static_cast<Index>(program.aggregates.size() - 1);
}

Pools::Mark Pools::mark() const {
  const Program& p = program;
  return {p.symbol_lists.size(), p.indices.size(),    p.constants.size(),  p.code.size(),
          p.expressions.size(),  p.durations.size(),  p.month_days.size(), p.patterns.size(),
          p.aggregates.size(),   p.procedures.size(), p.rules.size(),      p.fillings.size()};
}

void Pools::back(const Mark& mark) {
  program.symbol_lists.resize(mark.lists);
  program.indices.resize(mark.indices);
  program.constants.resize(mark.constants);
  program.code.resize(mark.code);
  program.expressions.resize(mark.expressions);
  program.durations.resize(mark.durations);
  program.month_days.resize(mark.month_days);
  program.patterns.resize(mark.patterns);
  program.aggregates.resize(mark.aggregates);
  program.procedures.resize(mark.procedures);
  program.rules.resize(mark.rules);
  program.fillings.resize(mark.fillings);
}

}  // namespace samrad::rules
