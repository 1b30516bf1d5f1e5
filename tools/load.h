// From the words of a command line to rule texts: which files are rules and which are events, what
// the rules `use`, and which files belong to one agreement.
#pragma once

#include "rules/diagnostics/diagnostic.h"
#include "rules/diagnostics/source.h"

#include <deque>
#include <span>
#include <string>
#include <vector>

namespace samrad::tools {

// Positional words sorted by what they are.
struct Inputs {
  std::vector<std::string> rules;   // .samrad files; a directory is replaced by its rule file
  std::vector<std::string> events;  // everything else, `-` included
  std::string fault;  // a sentence when there is no rule file, or a directory has none or several
  bool unreadable = false;  // the fault is of a directory
};
[[nodiscard]] Inputs sort_inputs(std::span<const std::string> words);

// Rule files read whole, those that are used included: each file once, a version before what it
// uses.
struct Loaded {
  std::deque<std::string> texts;
  std::vector<rules::Source> sources;  // views into `texts`
  rules::Diagnostics diagnostics;      // a `use` that leads nowhere or round in a circle
  std::vector<std::string>
      unreadable;                  // a sentence for each file that was named and could not be read
  std::vector<std::size_t> named;  // sources that the caller named, in that order
  std::vector<std::vector<std::size_t>> uses;  // by source: the sources it uses directly

  Loaded() = default;
  Loaded(const Loaded&) = delete;  // `sources` points into `texts`
  Loaded(Loaded&&) = default;
  Loaded& operator=(Loaded&&) = default;
};
[[nodiscard]] Loaded load(std::span<const std::string> files);

// One agreement as the compiler takes it: its versions by the day from which they are in force,
// each with all that it uses.
struct Agreement {
  std::vector<rules::Source> sources;
  std::vector<std::size_t> origin;  // of each: its place in Loaded::sources
};

// All named files are versions of one agreement; those that another one uses, or that declare no
// agreement themselves, are parts of it.
[[nodiscard]] Agreement one_agreement(const Loaded& loaded);

// Each named file is an agreement of its own, unless it is used by another or is a version of the
// same agreement as another: has the same name, and one of them says from when it is in force.
[[nodiscard]] std::vector<Agreement> agreements(const Loaded& loaded);

// What the compiler said of the agreement, put where its sources stand among all that were loaded.
// Where a file that it uses could not be read only faults of syntax are kept: nobody knows which
// names that file has.
[[nodiscard]] rules::Diagnostics placed(rules::Diagnostics diagnostics, const Loaded& loaded,
                                        const Agreement& agreement);

}  // namespace samrad::tools
