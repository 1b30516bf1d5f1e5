// The agreement's own rows, then the vocabulary of all versions, then their rules.
#include "rules/lower/lower.h"

#include <algorithm>

namespace samrad::rules {

Lowering::Lowering(const CheckedText& text, std::span<const Source> sources, Pools& shared)
    : tree(text.tree),
      checked(text.checked),
      vocabulary(text.checked.vocabulary),
      pools(shared),
      terms(read_terms(text.tree, text.checked.vocabulary.agreement)),
      sources_(sources) {}

namespace {

// Name, registrations, time zone, holidays and language as the last version has them; the term begins with the first version and
// ends with the last.
void agreement(std::span<Lowering> texts, std::span<const CheckedText> checked, Pools& pools) {
  program::Program& p = pools.program;
  const Lowering& last = texts.back();
  const Tree& tree = last.tree;
  const NodeId block = last.vocabulary.agreement;
  p.name = pools.symbol(tree.text(block));
  if (const NodeId title = tree.child(block, Node::label); title != no_node)
    p.title = pools.symbol(tree.text(title));
  p.timezone = pools.symbol("Europe/Stockholm");
  for (NodeId c : tree.of(block)) {
    if (tree.kind(c) == Node::item_timezone) p.timezone = pools.symbol(tree.text(c));
    if (tree.kind(c) == Node::item_registered)
      p.registrations.push_back({pools.symbol(tree.text(c)), pools.symbol(tree.text(tree.child(c, Node::name))),
                                 last.given_in(c)});
  }
  p.term_first = texts.front().terms.first;
  p.term_last = last.terms.last;
  p.term_first_from = texts.front().given(texts.front().terms.first_by);
  p.term_last_from = last.given(last.terms.last_by);
  p.holidays = last.terms.holidays;
  p.language = last.terms.language;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const Terms& terms = texts[i].terms;
    const calendar::Day day = terms.in_force.value_or(terms.first);
    const auto tail = terms.lapse ? program::Tail::lapse : program::Tail::finish;
    p.versions.push_back({day, tail, checked[i].source_hash});
  }
}

// Between versions: the days on which they come into force, and the term.
void check_versions(std::span<const Lowering> texts, Diagnostics& out) {
  for (std::size_t i = 1; i < texts.size(); ++i) {
    const Terms& terms = texts[i].terms;
    const Tree& tree = texts[i].tree;
    const NodeId block = texts[i].vocabulary.agreement;
    const calendar::Day before = texts[i - 1].terms.in_force.value_or(texts[i - 1].terms.first);
    if (!terms.in_force)
      out.push_back(diagnostic(Code::version_order, tree[block].name,
                               "this version does not say from when it applies",
                               "add `in force from DATE` to its block `agreement`"));
    else if (*terms.in_force <= before)
      out.push_back(diagnostic(Code::version_order,
                               tree[tree.child(block, Node::item_in_force)].span,
                               "this version applies from " + calendar::iso(*terms.in_force) +
                                   ", but the one before it applies from " + calendar::iso(before),
                               "hand the versions in in the order of their dates"));
    if (terms.first != texts.front().terms.first) {
      Diagnostic d = diagnostic(Code::versions_clash, tree[terms.term].span,
                                "the term begins on another day than in the first version",
                                "an amendment may change how long the term is, not when it began");
      d.labels.push_back(
          {texts.front().tree[texts.front().terms.term].span, "the term of the first version"});
      out.push_back(std::move(d));
    }
    const Tree& first = texts.front().tree;
    const NodeId of_first = texts.front().vocabulary.agreement;
    if (tree.text(block) == first.text(of_first)) continue;
    Diagnostic d =
        diagnostic(Code::versions_clash, tree[block].name,
                   "this is a version of another agreement, " + quoted(tree.text(block)));
    d.labels.push_back(
        {first[of_first].name, "the first version is of " + quoted(first.text(of_first))});
    out.push_back(std::move(d));
  }
}

}  // namespace

Lowered lower(std::span<const CheckedText> texts, std::span<const Source> sources) {
  Lowered out;
  Pools pools;
  std::vector<Lowering> lowerings;
  lowerings.reserve(texts.size());
  for (const CheckedText& text : texts)
    lowerings.emplace_back(text, sources, pools);
  check_versions(lowerings, out.diagnostics);
  if (any_error(out.diagnostics)) return out;
  merge_parameters(lowerings, pools, out.diagnostics);
  agreement(lowerings, texts, pools);
  merge_vocabulary(lowerings, pools, out.diagnostics);
  if (any_error(out.diagnostics)) return out;
  lower_versions(lowerings, pools);
  out.program = std::move(pools.program);
  return out;
}

}  // namespace samrad::rules
