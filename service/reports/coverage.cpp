// Rule files and a catalogue to what covers what: each block's source is searched for citations once, and each id looked up. Entry point: cover.

#include "service/reports/coverage.h"

#include <algorithm>
#include <map>
#include <set>

#include "rules/diagnostics/near.h"
#include "rules/diagnostics/place.h"
#include "rules/syntax/parse.h"
#include "service/reports/unrecorded.h"

namespace samrad::reports {

namespace {

using rules::Node;
using rules::NodeId;
using rules::Tree;

// The core of the sentence: what is no prefix and no suffix.
NodeId core_of(const Tree& tree, NodeId sentence) {
  for (const NodeId child : tree.of(sentence))
    if (tree.kind(child) != Node::for_each && tree.kind(child) != Node::otherwise) return child;
  return rules::no_node;
}

// Whether a person decides alone: the sentence is a statement that somebody attests, or the verdict of the rule waits for one. Only
// where something is due `as soon as possible` does `judged by` leave a verdict standing until somebody assesses.
How how_of_sentence(const Tree& tree, NodeId sentence, bool judged) {
  const NodeId core = core_of(tree, sentence);
  if (core == rules::no_node) return How::not_checkable;
  if (tree.kind(core) == Node::attested) return How::attested;
  if (!judged || tree.child(core, Node::within_soon) != rules::no_node) return How::checked;
  return How::attested;
}

How how_of(const Tree& tree, NodeId block) {
  const bool judged = tree.child(block, Node::item_judged_by) != rules::no_node;
  How best = How::not_checkable;
  for (const NodeId child : tree.of(block)) {
    switch (tree.kind(child)) {
    case Node::sentence: best = std::min(best, how_of_sentence(tree, child, judged)); break;
    case Node::reading:
      best = std::min(best, how_of_sentence(tree, tree.child(child, Node::sentence), judged));
      break;
    case Node::step:
    case Node::measured:
    case Node::item_target: best = std::min(best, judged ? How::attested : How::checked); break;
    default: break;
    }
  }
  return best;
}

std::string text_or_empty(const Tree& tree, NodeId node) {
  return node == rules::no_node ? std::string() : std::string(tree.text(node));
}

std::string_view keyword_of(Node kind) {
  switch (kind) {
  case Node::clause: return "clause";
  case Node::procedure: return "procedure";
  case Node::measure: return "measure";
  default: return {};
  }
}

std::vector<Provision> provisions_of(std::span<const rules::Source> sources,
                                     const program::Program& program) {
  const auto unrecorded = unrecorded_of(program);
  const rules::Parsed parsed = rules::parse(sources);
  rules::Places places(sources);
  std::vector<Provision> provisions;
  for (const NodeId block : parsed.tree.of(parsed.tree.root())) {
    const std::string_view keyword = keyword_of(parsed.tree.kind(block));
    const NodeId source = parsed.tree.child(block, Node::item_source);
    if (keyword.empty() || source == rules::no_node) continue;
    const rules::Span span = parsed.tree[block].span;
    provisions.push_back({std::string(keyword),
                          std::string(parsed.tree.text(block)),
                          text_or_empty(parsed.tree, parsed.tree.child(block, Node::label)),
                          std::string(parsed.tree.text(source)),
                          std::string(places.name(span)),
                          places.begin(span).line,
                          how_of(parsed.tree, block),
                          {}});
    Provision& made = provisions.back();
    if (const auto wanting = unrecorded.find(made.name); wanting != unrecorded.end()) {
      made.how = How::not_checkable;
      made.unrecorded = wanting->second;
    }
  }
  return provisions;
}

using Citations = std::map<std::string_view, std::vector<std::size_t>>;

Citations citations_of(const std::vector<Provision>& provisions) {
  Citations citations;
  for (std::size_t i = 0; i < provisions.size(); ++i)
    for (const std::string_view word : cited_in(provisions[i].source)) {
      std::vector<std::size_t>& by = citations[word];
      if (by.empty() || by.back() != i) by.push_back(i);
    }
  return citations;
}

void add_new(std::vector<std::string>& to, const std::vector<std::string>& these) {
  for (const std::string& one : these)
    if (std::find(to.begin(), to.end(), one) == to.end()) to.push_back(one);
}

CoverageRow covered(CatalogueRow row, const Citations& citations,
                    const std::vector<Provision>& provisions) {
  const How without = row.reason.empty() ? How::missing : How::not_checkable;
  CoverageRow out;
  out.how = How::checked;
  std::set<std::size_t> by;
  for (const std::string& id : row.ids) {
    How best = without;
    std::vector<std::string> unrecorded;
    if (const auto cited = citations.find(id); cited != citations.end())
      for (const std::size_t i : cited->second) {
        by.insert(i);
        const bool told = !provisions[i].unrecorded.empty();  // why it judges nothing
        if (provisions[i].how != How::not_checkable || told)
          best = std::min(best, provisions[i].how);
        add_new(unrecorded, provisions[i].unrecorded);
      }
    out.how = std::max(out.how, best);
    if (best < How::not_checkable) continue;
    out.unjudged.push_back(id);
    add_new(out.unrecorded, unrecorded);
  }
  out.provisions.assign(by.begin(), by.end());
  out.row = std::move(row);
  return out;
}

std::vector<UnknownId> unknown_ids(const std::vector<Provision>& provisions,
                                   const std::vector<CoverageRow>& rows) {
  std::vector<std::string> ids;
  for (const CoverageRow& row : rows)
    ids.insert(ids.end(), row.row.ids.begin(), row.row.ids.end());
  const std::set<std::string_view> known(ids.begin(), ids.end());
  std::set<std::string> shapes;
  for (const std::string& id : ids)
    shapes.insert(shape_of(id));
  std::vector<UnknownId> unknown;
  for (std::size_t i = 0; i < provisions.size(); ++i)
    for (const std::string_view word : cited_in(provisions[i].source))
      if (!known.contains(word) && shapes.contains(shape_of(word)))
        unknown.push_back(
            {std::string(word), i, std::string(rules::nearest(word, ids).value_or(""))});
  return unknown;
}

}  // namespace

Coverage cover(std::vector<CatalogueRow> rows, std::string catalogue,
               std::span<const rules::Source> sources, const program::Program& program) {
  Coverage coverage;
  coverage.catalogue = std::move(catalogue);
  coverage.provisions = provisions_of(sources, program);
  const Citations citations = citations_of(coverage.provisions);
  for (CatalogueRow& row : rows) {
    coverage.rows.push_back(covered(std::move(row), citations, coverage.provisions));
    ++coverage.summary[static_cast<std::size_t>(coverage.rows.back().how)];
  }
  coverage.unknown = unknown_ids(coverage.provisions, coverage.rows);
  return coverage;
}

std::string_view code(How how) {
  switch (how) {
  case How::checked: return "checked";
  case How::attested: return "attested";
  case How::not_checkable: return "notCheckable";
  case How::missing: return "missing";
  }
  return "";
}

}  // namespace samrad::reports
