// Complaints, headings and the words for types.
#include "rules/check/pass.h"

#include "rules/diagnostics/unicode.h"

#include <algorithm>

namespace samrad::rules {

namespace {

// A text with more faults than this is answered without suggestions, and with more than that not in full: the rest is
// cut by limit() anyway, and both cost time and memory for each.
constexpr std::size_t suggestions_max = 200;
constexpr std::size_t complaints_max = 50'000;

// Letters only, so that `regular_meeting` is the label "Regular meeting".
std::u32string letters(std::string_view text) {
  constexpr std::size_t letters_max = 64;
  std::u32string out = unicode::folded(text, letters_max);
  std::erase_if(out, [](char32_t c) { return c == U'_' || c == U'-' || c == U' '; });
  return out;
}

// The block whose name is one of `candidates` and whose label says the unknown name, or no_node.
NodeId labelled(const Pass& pass, std::string_view name,
                const std::vector<std::string_view>& candidates) {
  const std::u32string wanted = letters(name);
  for (NodeId block : pass.tree.of(pass.tree.root())) {
    const NodeId label = pass.tree.child(block, Node::label);
    if (label == no_node || pass.text(block) == name || letters(pass.text(label)) != wanted)
      continue;
    if (std::find(candidates.begin(), candidates.end(), pass.text(block)) != candidates.end())
      return block;
  }
  return no_node;
}

}  // namespace

std::string Pass::label(NodeId id) const {
  const NodeId l = child(id, Node::label);
  return l == no_node ? std::string() : std::string(text(l));
}

Diagnostic& Pass::complain(Code code, Span at, std::string message, std::string help) {
  if (out.diagnostics.size() >= complaints_max) out.diagnostics.pop_back();
  out.diagnostics.push_back(diagnostic(code, at, std::move(message), std::move(help)));
  return out.diagnostics.back();
}

Diagnostic* Pass::unknown(Code code, NodeId at, std::string message,
                          const std::vector<std::string_view>& candidates, std::string help) {
  const std::string_view name = text(at);
  if (silent.contains(name)) return nullptr;
  std::optional<std::string_view> near;
  NodeId block = no_node;
  if (out.diagnostics.size() < suggestions_max) {
    near = nearest(name, std::span(candidates));
    if (!near) block = labelled(*this, name, candidates);
    if (block != no_node) near = text(block);
  }
  if (near) message += "; did you mean " + quoted(*near) + "?";
  Diagnostic& d = complain(code, at, std::move(message), near ? std::string() : std::move(help));
  if (near) d.fixes.push_back({tree[at].name, std::string(*near)});
  if (block != no_node)
    d.labels.push_back({tree[tree.child(block, Node::label)].span,
                        "this is its label; sentences say its name, " + quoted(*near)});
  return &d;
}

std::string heading(const Pass& pass, NodeId block) {
  std::string out;
  switch (pass.tree.kind(block)) {
  case Node::procedure: out = "procedure "; break;
  case Node::measure: out = "measure "; break;
  case Node::fact: out = "fact "; break;
  default: out = "clause ";
  }
  out += quoted(pass.text(block));
  const std::string label = pass.label(block);
  return label.empty() ? out : out + " \"" + label + "\"";
}

std::string article(std::string_view word) {
  const bool vowel =
      !word.empty() && std::string_view("aeiouAEIOU").find(word[0]) != std::string_view::npos;
  return (vowel ? "an " : "a ") + std::string(word);
}

std::string spoken(const Vocabulary& vocabulary, Type type, bool list, Index kind) {
  const std::string_view member =
      kind == none ? std::string_view("member") : vocabulary.kinds[kind].name;
  if (list) {
    switch (type) {
    case Type::text: return "a list of texts";
    case Type::number: return "a list of numbers";
    case Type::date: return "a list of dates";
    case Type::member: return "a list of " + quoted(member);
    default: return "a list";
    }
  }
  switch (type) {
  case Type::wrong: break;
  case Type::truth: return "a condition";
  case Type::yes_no: return "yes or no";
  case Type::number: return "a number";
  case Type::money: return "an amount of money";
  case Type::date: return "a date";
  case Type::duration: return "a duration";
  case Type::text: return "a text";
  case Type::member: return article(member);
  }
  return "nothing";
}

std::string spoken(const Vocabulary& vocabulary, const Meaning& meaning) {
  return spoken(vocabulary, meaning.type, meaning.list, meaning.kind);
}

Type type_of(program::ValueKind kind) {
  switch (kind) {
  case program::ValueKind::yes_no: return Type::yes_no;
  case program::ValueKind::number: return Type::number;
  case program::ValueKind::money: return Type::money;
  case program::ValueKind::date: return Type::date;
  case program::ValueKind::duration: return Type::duration;
  case program::ValueKind::text: return Type::text;
  case program::ValueKind::member: return Type::member;
  case program::ValueKind::absent:
  case program::ValueKind::list: break;
  }
  return Type::wrong;
}

std::vector<std::string_view> names(const NameTable& table) {
  std::vector<std::string_view> out;
  out.reserve(table.size());
  for (const auto& [name, index] : table)
    out.push_back(name);
  return out;
}

std::vector<std::string_view> names(const std::vector<FieldRow>& fields) {
  std::vector<std::string_view> out;
  for (const FieldRow& f : fields)
    out.push_back(f.name);
  return out;
}

bool counts_events(Node kind) {
  return kind == Node::c_happened || kind == Node::v_count_events || kind == Node::v_share_events ||
         kind == Node::v_sum_events || kind == Node::v_in_a_row;
}

NodeId core_of(const Tree& tree, NodeId sentence) {
  for (NodeId c : tree.of(sentence)) {
    const Node kind = tree.kind(c);
    if (kind != Node::for_each && kind != Node::otherwise) return c;
  }
  return no_node;
}

NodeId first_pattern(const Tree& tree, NodeId core) {
  return core == no_node ? no_node : tree.child(core, Node::pattern);
}

std::vector<NodeId> sentences_of(const Tree& tree, NodeId clause) {
  std::vector<NodeId> out;
  for (NodeId c : tree.of(clause)) {
    if (tree.kind(c) == Node::sentence) out.push_back(c);
    if (tree.kind(c) == Node::reading)
      if (const NodeId s = tree.child(c, Node::sentence); s != no_node) out.push_back(s);
  }
  return out;
}

}  // namespace samrad::rules
