// Text to tree: reads the files of one agreement text and returns what they say, with every fault of syntax.
//
// What is gone in the tree: layout, comments, the choice between words that mean the same (`with` and `where`, `every`
// and `each`, `two` and `2`). What is guaranteed: each node has the children that tree.h lists, in that order; every
// date is a day of the calendar; every number has at most number_digits_max digits; names are composed (å is one
// letter however it was typed) and none is a reserved word; conditions are nested at most nesting_depth_max deep,
// though chains such as `a and b and c …` lean to the left as deep as they are long; a clause has one sentence, or two
// or more readings of which exactly one is the default; a procedure has one start and at least one step.
//
// Pure, linear in the text, and safe to call from several threads at once.
#pragma once

#include "rules/diagnostics/diagnostic.h"
#include "rules/diagnostics/source.h"
#include "rules/syntax/token.h"
#include "rules/tree/tree.h"

#include <span>
#include <string>
#include <vector>

namespace samrad::rules {

// A block that has a fault of syntax and is therefore not in the tree. A name that is declared here is not unknown:
// a checker that meets it keeps silent.
struct LeftOut {
  std::string keyword;  // `event`, `clause`, a kind …; empty if even that was not to be read
  std::string name;     // empty if there was none
  Span span;
  bool operator==(const LeftOut&) const = default;
};

struct Parsed {
  Tree tree;                       // always there: at least a root
  std::vector<Comment> comments;   // in the order of the files
  std::vector<LeftOut> left_out;
  Diagnostics diagnostics;         // sorted, at most diagnostics_max a file and one note of how many more
};

// The span's `file` is the index in `sources`. The tree and the diagnostics do not refer to the sources' memory.
Parsed parse(std::span<const Source> sources);

}  // namespace samrad::rules
