// The passes in their order. Those that look at what is missing (conflicts, lints) run only on a text that is whole: a
// block that could not be read would be missed everywhere.
#include "rules/check/check.h"

#include "rules/check/pass.h"

namespace samrad::rules {

namespace {

Pass words(const Tree& tree, std::span<const LeftOut> left_out, Checked& out) {
  Pass pass{tree, out, {}};
  for (const LeftOut& block : left_out)
    if (!block.name.empty()) pass.silent.insert(block.name);
  collect_vocabulary(pass);
  find_scopes(pass);
  find_meanings(pass);
  check_parameters(pass);
  check_declarations(pass);
  check_ambiguities(pass);
  check_sets(pass);
  check_sentences(pass);
  check_times(pass);
  return pass;
}

}  // namespace

Checked check_words(const Tree& tree, std::span<const LeftOut> left_out) {
  Checked out;
  words(tree, left_out, out);
  sort(out.diagnostics);
  return out;
}

Checked check(const Tree& tree, std::span<const LeftOut> left_out) {
  Checked out;
  Pass pass = words(tree, left_out, out);
  check_structure(pass);
  if (!any_error(out.diagnostics)) {
    check_conflicts(pass);
    check_lints(pass);
  }
  sort(out.diagnostics);
  return out;
}

}  // namespace samrad::rules
