// A file to its canonical layout. The tree says which tokens make a line (the head of a block, an item, a field, a step,
// a sentence) and where long conditions may break; the words themselves are those of the file, so that formatting never
// changes what anybody wrote. Comments go with the line they stand at or before.
#include "rules/format/layout.h"

#include "rules/format/line.h"

#include <algorithm>
#include <span>
#include <utility>

namespace samrad::rules::layout {
namespace {

bool is_line(Node kind) {
  return (kind >= Node::item_registered && kind <= Node::item_settled) || kind == Node::open_kind || kind == Node::field ||
         kind == Node::not_recorded || kind == Node::holds || kind == Node::measured || kind == Node::starts ||
         kind == Node::step || kind == Node::reading || kind == Node::sentence || kind == Node::list;
}

// The place where a line begins.
struct Start {
  std::uint32_t begin;
  std::size_t indent;
  Node kind;
  auto operator<=>(const Start&) const = default;
};

struct Block {
  std::vector<Start> starts;  // the head first
  std::uint32_t end = 0;      // of its last token
  std::string_view keyword;
  [[nodiscard]] bool one_line() const { return starts.size() == 1; }
};

class Layout {
 public:
  Layout(std::string_view text, const std::vector<Token>& tokens, const std::vector<Comment>& comments, const Tree& tree)
      : text_(text), tokens_(tokens), comments_(comments), tree_(tree) {}

  std::string run();

 private:
  void find_joints();
  Block block_of(NodeId node) const;
  std::span<const Token> tokens_in(std::uint32_t begin, std::uint32_t end) const;
  bool blank_after(std::uint32_t offset) const;
  bool blank_before(std::uint32_t offset) const;
  bool on_line_of(std::uint32_t offset, const Comment& comment) const;
  void comment_line(std::size_t indent);
  void before_block(std::uint32_t begin, bool grouped);
  void block(const Block& block);
  void unit(const Block& block, std::size_t index);
  void trailing(std::uint32_t end);
  void indented_comments(std::uint32_t next_block);
  std::vector<std::string> cells(Node kind, std::span<const Token> tokens) const;
  std::vector<std::string> parameter_cells(std::span<const Token> tokens) const;
  void align(std::size_t first_line, std::size_t indent);

  // A line already written that may take part in columns.
  struct Aligned {
    std::size_t line;
    std::vector<std::string> cells;
    std::string tail;  // a comment
  };

  std::string_view text_;
  const std::vector<Token>& tokens_;
  const std::vector<Comment>& comments_;
  const Tree& tree_;
  std::vector<std::uint32_t> joints_;
  std::vector<std::string> out_;
  std::vector<Aligned> aligned_;
  std::size_t next_comment_ = 0;
};

// The `and` and `or` of conditions, which lie between the two parts of their nodes.
void Layout::find_joints() {
  for (const Row& row : tree_.rows) {
    if (row.kind != Node::c_and && row.kind != Node::c_or) continue;
    const Span& left = tree_.rows[tree_.children[row.children]].span;
    const Span& right = tree_.rows[tree_.children[row.children + 1]].span;
    for (const Token& token : tokens_in(left.end, right.begin))
      if (token.kind == TokenKind::word && (token.of(text_) == "and" || token.of(text_) == "or"))
        joints_.push_back(token.begin);
  }
  std::sort(joints_.begin(), joints_.end());
}

std::span<const Token> Layout::tokens_in(std::uint32_t begin, std::uint32_t end) const {
  const auto before = [](const Token& t, std::uint32_t offset) { return t.begin < offset; };
  const auto first = std::lower_bound(tokens_.begin(), tokens_.end(), begin, before);
  const auto last = std::lower_bound(first, tokens_.end(), end, before);
  return {first, last};
}

Block Layout::block_of(NodeId node) const {
  Block block;
  const Row& row = tree_[node];
  block.end = row.span.end;
  block.starts.push_back({row.span.begin, 0, row.kind});
  for (const NodeId child : tree_.of(node)) {
    if (!is_line(tree_.kind(child))) continue;
    block.starts.push_back({tree_[child].span.begin, 2, tree_.kind(child)});
    if (tree_.kind(child) != Node::reading) continue;
    for (const NodeId own : tree_.of(child))
      if (is_line(tree_.kind(own))) block.starts.push_back({tree_[own].span.begin, 4, tree_.kind(own)});
  }
  std::sort(block.starts.begin(), block.starts.end());
  block.keyword = tokens_in(row.span.begin, row.span.end).front().of(text_);
  return block;
}

// Whether an empty line follows (precedes) the line of that offset.
bool Layout::blank_after(std::uint32_t offset) const {
  std::size_t at = text_.find('\n', offset);
  if (at == std::string_view::npos) return false;
  at = text_.find_first_not_of(" \t\r", at + 1);
  return at != std::string_view::npos && text_[at] == '\n';
}

bool Layout::blank_before(std::uint32_t offset) const {
  std::size_t breaks = 0;
  for (std::size_t at = offset; at > 0 && breaks < 2; --at) {
    const char c = text_[at - 1];
    if (c == '\n') ++breaks;
    if (c != '\n' && c != ' ' && c != '\t' && c != '\r') break;
  }
  return breaks == 2;
}

bool Layout::on_line_of(std::uint32_t offset, const Comment& comment) const {
  return text_.substr(offset, comment.span.begin - offset).find_first_of("\r\n") == std::string_view::npos;
}

void Layout::comment_line(std::size_t indent) {
  out_.push_back(std::string(indent, ' ').append(comment_text(text_, comments_[next_comment_])));
  ++next_comment_;
}

// Comments that stand before a block, with the empty lines that set them apart.
void Layout::before_block(std::uint32_t begin, bool grouped) {
  const bool comment = next_comment_ < comments_.size() && comments_[next_comment_].span.begin < begin;
  const std::uint32_t first = comment ? comments_[next_comment_].span.begin : begin;
  if (!out_.empty() && (!grouped || (comment && blank_before(first)))) out_.emplace_back();
  while (next_comment_ < comments_.size() && comments_[next_comment_].span.begin < begin) {
    const std::uint32_t end = comments_[next_comment_].span.end;
    comment_line(0);
    if (blank_after(end)) out_.emplace_back();
  }
}

// The comment at the end of the line that ended at `end`.
void Layout::trailing(std::uint32_t end) {
  if (next_comment_ >= comments_.size()) return;
  const Comment& comment = comments_[next_comment_];
  if (comment.own_line || comment.span.begin < end || !on_line_of(end, comment)) return;
  const std::string tail = std::string("  ").append(comment_text(text_, comment));
  out_.back() += tail;
  if (!aligned_.empty() && aligned_.back().line + 1 == out_.size()) aligned_.back().tail = tail;
  ++next_comment_;
}

// What is indented after the last line of a block still belongs to it.
void Layout::indented_comments(std::uint32_t next_block) {
  while (next_comment_ < comments_.size() && comments_[next_comment_].span.begin < next_block) {
    const std::uint32_t begin = comments_[next_comment_].span.begin;
    if (begin == 0 || text_[begin - 1] == '\n' || text_[begin - 1] == '\r') return;
    comment_line(2);
  }
}

// Name, type (with what stands beside it), label, and what follows the label.
std::vector<std::string> Layout::parameter_cells(std::span<const Token> tokens) const {
  const auto is_label = [](const Token& t) { return t.kind == TokenKind::text; };
  const auto is_default = [&](const Token& t) { return t.kind == TokenKind::word && t.of(text_) == "default"; };
  const auto until_default = std::find_if(tokens.begin() + 2, tokens.end(), is_default);
  const auto label = std::find_if(tokens.begin() + 2, until_default, is_label);
  const auto end = label == until_default ? label : label + 1;
  const auto cell = [&](auto first, auto last) { return joined(text_, std::span(first, last)); };
  return {cell(tokens.begin(), tokens.begin() + 1), cell(tokens.begin() + 1, tokens.begin() + 2), cell(tokens.begin() + 2, label),
          cell(label, end), cell(end, tokens.end())};
}

// The cells of a line that stands in columns; none: it does not.
std::vector<std::string> Layout::cells(Node kind, std::span<const Token> tokens) const {
  const auto text = [&](std::size_t from, std::size_t to) { return joined(text_, tokens.subspan(from, to - from)); };
  if (kind == Node::field && tokens.size() > 1) {
    const auto at = std::find_if(tokens.begin(), tokens.end(), [](const Token& t) { return t.kind == TokenKind::text; });
    const auto label = static_cast<std::size_t>(at - tokens.begin());
    const std::size_t behind = std::min(label + 1, tokens.size());
    const std::string rest = text(behind, tokens.size());  // `optional` stands before the label
    return {text(0, 1), text(1, label) + (rest.empty() ? "" : " " + rest), text(label, behind)};
  }
  if (kind == Node::step && tokens.size() > 2) return {text(0, 2), text(2, tokens.size())};
  if (kind == Node::parameter && tokens.size() > 2) return parameter_cells(tokens);
  if (kind != Node::entity || tokens.size() < 2) return {};
  std::vector<std::string> result{text(0, 1), text(1, 2), "", "", ""};
  std::size_t column = 1;
  for (std::size_t i = 2; i < tokens.size();) {
    const bool label = tokens[i].kind == TokenKind::text;
    const bool deputy = !label && tokens[i].of(text_) == "deputy";
    const std::size_t to = std::min(tokens.size(), i + (label ? 1 : deputy ? 3 : 2));
    const std::size_t place = label ? 4 : deputy ? 3 : 2;
    if (place <= column) return {};
    result[place] = text(i, to);
    column = place;
    i = to;
  }
  return result;
}

void Layout::align(std::size_t first_line, std::size_t indent) {
  std::vector<std::vector<std::string>> rows;
  for (const Aligned& a : aligned_)
    if (a.line >= first_line) rows.push_back(a.cells);
  const std::vector<std::string> laid = columns(rows);
  std::size_t next = 0;
  for (const Aligned& a : aligned_)
    if (a.line >= first_line) out_[a.line] = std::string(indent, ' ') + laid[next++] + a.tail;
  aligned_.clear();
}

void Layout::unit(const Block& block, std::size_t index) {
  const Start& start = block.starts[index];
  const std::uint32_t until = index + 1 < block.starts.size() ? block.starts[index + 1].begin : block.end;
  Unit unit{.tokens = tokens_in(start.begin, until), .inside = {}, .indent = start.indent, .joints = &joints_};
  while (next_comment_ < comments_.size() && comments_[next_comment_].span.begin < start.begin)
    comment_line(start.indent);
  const std::uint32_t end = unit.tokens.back().end;
  std::size_t inside = next_comment_;
  while (inside < comments_.size() && comments_[inside].span.begin < end) ++inside;
  unit.inside = std::span(comments_).subspan(next_comment_, inside - next_comment_);
  next_comment_ = inside;
  std::vector<std::string> laid = lines(text_, unit);
  if (laid.size() == 1 && unit.inside.empty()) {
    std::vector<std::string> in_columns = cells(start.kind, unit.tokens);
    if (!in_columns.empty()) aligned_.push_back({out_.size(), std::move(in_columns), ""});
  }
  std::move(laid.begin(), laid.end(), std::back_inserter(out_));
  trailing(end);
}

void Layout::block(const Block& block) {
  const std::size_t first_line = out_.size();
  for (std::size_t i = 0; i < block.starts.size(); ++i) unit(block, i);
  if (!block.one_line()) align(first_line, 2);
}

std::string Layout::run() {
  find_joints();
  std::vector<Block> blocks;
  for (const NodeId node : tree_.of(tree_.root())) blocks.push_back(block_of(node));
  std::size_t group = 0;  // the first line of the group of one-line blocks under way
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const bool grouped = i > 0 && blocks[i].one_line() && blocks[i - 1].one_line() &&
                         blocks[i].keyword == blocks[i - 1].keyword;
    if (!grouped) {
      align(group, 0);
      group = out_.size();
    }
    before_block(blocks[i].starts[0].begin, grouped);
    block(blocks[i]);
    indented_comments(i + 1 < blocks.size() ? blocks[i + 1].starts[0].begin : static_cast<std::uint32_t>(text_.size()));
  }
  align(group, 0);
  if (next_comment_ < comments_.size()) before_block(static_cast<std::uint32_t>(text_.size()) + 1, false);
  while (!out_.empty() && out_.back().empty()) out_.pop_back();
  std::string result;
  for (const std::string& line : out_) result += line + "\n";
  return result;
}

}  // namespace

std::string file(std::string_view text, const std::vector<Token>& tokens, const std::vector<Comment>& comments,
                 const Tree& tree) {
  return Layout(text, tokens, comments, tree).run();
}

}  // namespace samrad::rules::layout
