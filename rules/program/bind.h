// A template and what one agreement says for its parameters make a Program like any other.
//
// Two ways to bind. `bind` gives the Program of one agreement, with its own term, names and labels: what a report or a service needs.
// `variant` gives the Program that all agreements share whose arguments differ only in term, names and labels: what a fleet runs, one
// State an agreement. Both judge alike, and as the text would with the values written in.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "rules/program/program.h"

namespace samrad::program {

// What an agreement says for one parameter.
//   yes_no, number, money, date, duration   `value`
//   text                                    `names[0]`
//   member                                  `names[0]`: the name that its events use; `labels[0]`: what reports call it, may be empty
//   list                                    one name and one label for each member
// Neither a value nor a name: left out; a list is then empty.
struct Argument {
  Value value;  // a money's currency is the text `names[0]`, since a symbol means nothing outside its table
  std::vector<std::string> names;
  std::vector<std::string> labels;
  [[nodiscard]] bool left_out() const { return value.kind == ValueKind::absent && names.empty(); }
};

// By Program::parameters, one each.
using Arguments = std::vector<Argument>;

// What is wrong with an argument, in words that may be shown: `parameter` is its row.
struct BindFault {
  Index parameter = none;
  std::string message;
};

// Every fault of the arguments: left out where neither optional nor with a fallback, of another type, out of range (a count of 0 times,
// a negative duration, a term that ends before it begins), the same name for two members.
[[nodiscard]] std::vector<BindFault> faults(const Program& of_template, std::span<const Argument> arguments);

// The Program of one agreement, in time linear in it. `arguments` must be without faults. Call it qualified: std::bind is found, too.
[[nodiscard]] Program bind(const Program& of_template, std::span<const Argument> arguments);

// The Program that agreements share. Its term is that of `arguments` and stands for each agreement's own (engine::begin takes the
// term); registrations that a parameter gives are left to the agreements; a member that a parameter names is called by the
// parameter, the n-th of a list `PARAMETER#n` (n from 1): see `shared_name`.
[[nodiscard]] Program variant(const Program& of_template, std::span<const Argument> arguments);

// Two agreements with equal keys share one variant. Linear in the template.
[[nodiscard]] std::string variant_key(const Program& of_template, std::span<const Argument> arguments,
                                      const std::vector<bool>& judges);

// By parameter: its value decides more than the term.
[[nodiscard]] std::vector<bool> judging(const Program& of_template);

// What the variant calls the `entry`-th member (from 0) of that parameter.
[[nodiscard]] std::string shared_name(const Program& of_template, Index parameter, std::size_t entry);

}  // namespace samrad::program
