// The agreements of a fleet: one template, and of each agreement what it filled in. Those whose arguments differ only in term, names and
// labels share a variant: one Program, one Machine, one table of texts.
//
// Memory: some hundred and fifty bytes and the texts for each agreement. Filled by one thread, then read by any number; a Variant's symbols and
// vocabulary are one thread's at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <memory_resource>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/engine.h"
#include "rules/program/bind.h"
#include "service/fleet/names.h"
#include "service/record/decode.h"

namespace samrad::fleet {

using program::Index;

// A clause of the template, as reports name it.
struct Clause {
  std::string name;
  std::string title;   // empty: none
  std::string source;  // empty: none
};

struct Variant {
  Variant(const program::Program& of_template, program::Arguments arguments,
          const record::Zone& zone, const std::vector<Clause>& clauses);

  program::Arguments arguments;  // of the agreement that it was made for
  program::Program program;
  engine::Symbols symbols;
  engine::Machine machine;
  record::Vocabulary vocabulary;
  std::vector<std::uint32_t> clause_of;  // by rule: row of Roster::clauses
  std::vector<program::Symbol>
      shared;  // the members that parameters name, in the order of Agreement::names
};

struct Agreement {
  std::string_view name;
  std::string_view title;  // empty: none
  std::string_view
      names;  // its own names of the members that parameters name, each ended by a zero byte
  engine::Term term;
  std::uint32_t variant = program::none;  // none: judged by a Program of its own
  std::uint32_t line = 0;                 // in the instances file
};

class Roster {
 public:
  // Both must outlive the roster. The readings have been chosen.
  Roster(const program::Program& of_template, const record::Zone& zone);
  Roster(const Roster&) = delete;
  Roster& operator=(const Roster&) = delete;

  // The arguments must be without faults (program::faults) and the name new.
  void add(std::string_view name, std::string_view title, const program::Arguments& arguments,
           std::size_t line);

  // There will be about so many: room is made for them at once.
  void expect(std::size_t agreements);

  [[nodiscard]] const program::Program& of_template() const { return template_; }
  [[nodiscard]] const record::Zone& zone() const { return zone_; }
  [[nodiscard]] const std::pmr::vector<Agreement>& agreements() const { return agreements_; }
  [[nodiscard]] const std::vector<Clause>& clauses() const { return clauses_; }
  [[nodiscard]] const std::vector<std::unique_ptr<Variant>>& variants() const { return variants_; }

  // The row of that name, or program::none.
  [[nodiscard]] std::uint32_t find(std::string_view name) const { return names_.find(name, NameIndex::hash(name)); }
  [[nodiscard]] const NameIndex& names() const { return names_; }

  // What that agreement filled in, labels aside.
  [[nodiscard]] program::Arguments arguments_of(std::uint32_t row) const;

  // Beyond so many variants an agreement is judged by a Program of its own, made when its turn comes and dropped again.
  static constexpr std::size_t variants_max = 1000;

 private:
  std::string_view keep(std::string_view text);
  [[nodiscard]] std::uint32_t variant_of(const program::Arguments& arguments);

  const program::Program& template_;
  const record::Zone& zone_;
  std::vector<Clause> clauses_;
  std::vector<bool> judging_;  // by parameter
  std::pmr::vector<Agreement> agreements_;
  std::vector<std::unique_ptr<Variant>> variants_;
  std::unordered_map<std::string, std::uint32_t> by_key_;        // variant_key to variant
  std::unordered_map<std::uint32_t, program::Arguments> alone_;  // of agreements without a variant
  std::uint32_t last_variant_ = program::none;
  NameIndex names_{*this};
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* block_end_ = nullptr;   // of the last block
  std::size_t block_left_ = 0;  // of it
};

// What the agreement calls the members that parameters name, for its variant's vocabulary. `out` is used again.
void aliases_of(const Agreement& agreement, const Variant& variant,
                std::vector<record::Alias>& out);

}  // namespace samrad::fleet
