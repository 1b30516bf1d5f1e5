// A template whose values are filled in, as rows of a Program without parameters: members get their names, and what stands for each
// member of a list is written out for each.
#pragma once

#include "rules/program/program.h"

#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace samrad::program {

struct Named {
  std::string name;
  std::string label;
};

// By Program::parameters: the members that each names; none for one that is left out, and for values.
using MemberNames = std::vector<std::vector<Named>>;

// Copies what `in` still needs, in the order of its tables. One object makes one Program.
class Rows {
 public:
  Rows(const Program& in, const MemberNames& names);
  Program copy();

 private:
  // What a member's name in the template stands for.
  struct Stands {
    Index parameter = none;
    bool for_all = false;  // a list: every member of it; else the one at hand, or the only one
  };
  // The member of a list that a rule is copied for.
  struct Entry {
    Index list = none;
    std::size_t at = 0;
    auto operator<=>(const Entry&) const = default;
  };
  enum class Empty : std::uint8_t {
    allowed,
    nobody
  };  // nobody: a name that no event has, where an empty list would mean anybody

  Symbol symbol(const std::string& text);
  Symbol text(Symbol s);
  Symbol member(Symbol s);
  [[nodiscard]] std::size_t count(Index list) const { return names_[list].size(); }
  void each_name(Symbol s, std::vector<Symbol>& out);
  Range names(Range list, Empty empty);
  Value value(const Value& v);
  Index constant(const Value& v);
  Expression expression(Expression e);
  Index pattern(Index row);
  Index aggregate(Index row);

  void agreement();
  void vocabulary();
  void members();
  void facts();
  void rule(Index row);
  void overrides(Index row, Index copied, Entry entry);
  void procedures();

  const Program& in_;
  const MemberNames& names_;
  Program out_;
  Entry entry_;
  std::map<std::string, Symbol, std::less<>> symbols_;
  std::vector<Symbol> texts_;  // by symbol of the template; none: not yet copied
  std::map<Symbol, Stands> stands_;
  std::map<std::tuple<Index, Entry>, Index> patterns_;
  std::map<std::tuple<Index, Entry>, Index> aggregates_;
  std::vector<std::vector<Index>> now_;  // the copies of each rule
};

}  // namespace samrad::program
