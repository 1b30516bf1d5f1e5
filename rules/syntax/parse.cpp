// Files to one tree. The tokens of a file are split into blocks, each beginning with a word on the first column, and each
// block is parsed by itself: a fault costs its own block and no other, the stack needs no more than one block can nest,
// and the whole is linear. The blocks that are sound become the children of the root.
#include "rules/syntax/parse.h"

#include "rules/diagnostics/near.h"
#include "rules/diagnostics/unicode.h"
#include "rules/limits.h"
#include "rules/syntax/grammar.h"
#include "rules/syntax/hints.h"
#include "rules/syntax/lexer.h"
#include "rules/syntax/structure.h"
#include "rules/syntax/words.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <utility>

namespace samrad::rules {
namespace {

class Parser {
 public:
  explicit Parser(std::span<const Source> sources) : sources_(sources), texts_(out_.tree) {}

  Parsed run();

 private:
  void read_tokens();
  void declared_words(std::string_view text, const std::vector<Token>& tokens);
  void file(std::uint32_t file);
  void block(Builder& b, Cursor first, Cursor last, Report& report);
  bool read_block(Builder& b, Cursor first, Cursor last, Report& report);
  bool known_start(const Builder& b, Cursor first, Cursor last) const;

  std::span<const Source> sources_;
  std::vector<Lexed> lexed_;
  std::vector<Report> reports_;
  Builder::Names events_{"correction", "withdrawal", "waiver", "assessment", "extension", "measurement"};
  Builder::Names kinds_;
  Builder::Parameters parameters_{{}, {}, true};
  Parsed out_;
  Texts texts_;
  std::vector<NodeId> blocks_;
  Cursor end_ = nullptr;  // of the file under way
};

// Event types are told from fields by their declarations, kinds begin blocks, and a parameter stands where a date or a number
// would, a set where a list would: all are needed before the grammar.
void Parser::declared_words(std::string_view text, const std::vector<Token>& tokens) {
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (!tokens[i].first_column || tokens[i + 1].kind != TokenKind::word) continue;
    if (tokens[i].of(text) == "event") events_.insert(unicode::composed(tokens[i + 1].of(text)));
    if (tokens[i].of(text) == "kind") kinds_.insert(unicode::composed(tokens[i + 1].of(text)));
    if (tokens[i].of(text) == "set") parameters_.sets.insert(unicode::composed(tokens[i + 1].of(text)));
    if (tokens[i].of(text) == "parameter" && i + 2 < tokens.size())
      parameters_.types.emplace(unicode::composed(tokens[i + 1].of(text)), tokens[i + 2].of(text));
    if (tokens[i].of(text) == "agreement" || tokens[i].of(text) == "template") parameters_.part = false;
  }
}

void Parser::read_tokens() {
  std::size_t left = tokens_max;
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    reports_.emplace_back();
    lexed_.push_back(lex(sources_[i].text, static_cast<std::uint32_t>(i), left, reports_.back()));
    Lexed& lexed = lexed_.back();
    left -= std::min(left, lexed.tokens.size());
    std::move(lexed.comments.begin(), lexed.comments.end(), std::back_inserter(out_.comments));
    declared_words(sources_[i].text, lexed.tokens);
    // Looking one past the last token is then always possible.
    const auto end = static_cast<std::uint32_t>(sources_[i].text.size());
    lexed.tokens.push_back({end, end, TokenKind::stray, true, true, false});
  }
}

bool Parser::known_start(const Builder& b, Cursor first, Cursor last) const {
  const std::string_view word = b.word(first);
  if (words::is_block_keyword(word) || kinds_.find(word) != kinds_.end()) return true;
  // A member of a kind that another text may declare, if nothing nearer comes to mind.
  if (!b.is_name(first, last) || !b.is_name(first + 1, last) || words::is_item_word(word)) return false;
  const bool member = first + 2 == last || (first + 2)->kind == TokenKind::text || b.is(first + 2, last, "of");
  if (!member || nearest(word, words::block_keywords()) || words::keyword_meant(word)) return false;
  return std::none_of(first, last, [&](const Token& t) { return &t != first && t.first_on_line; });
}

bool Parser::read_block(Builder& b, Cursor first, Cursor last, Report& report) {
  const Builder::Mark before = b.mark();
  const std::size_t first_row = out_.tree.rows.size();
  bool read = false;
  Cursor at = first;
  try {
    read = grammar::x3::parse(at, last, grammar::x3::with<grammar::BuilderTag>(b)[grammar::block]);
  } catch (const grammar::x3::expectation_failure<Cursor>&) {
    // What was expected, and where, is with the builder.
  }
  const Cursor faulty = std::find_if(first, last, [](const Token& t) { return t.faulty; });
  if (!read && b.furthest() <= faulty && !(b.furthest() == faulty && faulty != last)) {
    if (report.full())
      report.count();
    else
      report.add(describe({b, first, b.furthest(), last}));
  }
  const bool cut = last != end_ && !known_start(b, last, end_);
  const bool good = read && faulty == last && check_structure(out_.tree, first_row, cut, report);
  if (!good) b.drop(before);
  return good;
}

void Parser::block(Builder& b, Cursor first, Cursor last, Report& report) {
  b.begin_block(first);
  bool good = false;
  if (static_cast<std::size_t>(last - first) > block_tokens_max) {
    report.add(diagnostic(Code::block_too_long, b.span(first),
                          fmt::format("this block has more than {} words and signs", block_tokens_max),
                          "split it into several"));
  } else if (!known_start(b, first, last)) {
    const std::vector<std::string_view> kinds(kinds_.begin(), kinds_.end());
    if (report.full())
      report.count();
    else
      report.add(unknown_block({b, first, first, last}, kinds));
  } else {
    good = read_block(b, first, last, report);
  }
  if (good) {
    blocks_.push_back(b.finished().front());
  } else {
    const std::string name = first + 1 < last && (first + 1)->kind == TokenKind::word
                                 ? unicode::composed(b.word(first + 1))
                                 : std::string();
    out_.left_out.push_back({std::string(b.word(first)), name, b.span(first, last)});
  }
  b.forget_finished();
}

void Parser::file(std::uint32_t file) {
  const std::string_view text = sources_[file].text;
  Report& report = reports_[file];
  const std::vector<Token>& tokens = lexed_[file].tokens;
  const Cursor end = tokens.data() + tokens.size() - 1;
  end_ = end;
  Builder b(text, file, out_.tree, texts_, events_, parameters_);
  const auto begins = [](const Token& t) { return t.first_column && t.kind == TokenKind::word; };
  Cursor first = std::find_if(tokens.data(), end, begins);
  if (tokens.size() == 1 && lexed_[file].usable && report.kept().empty())
    report.add(diagnostic(Code::empty_source, {file, 0, 0}, "this file says nothing",
                          "a rule file begins with `agreement NAME \"…\"` and its `term`"));
  if (first != tokens.data() && !tokens.front().faulty) {
    const std::string_view word = tokens.front().of(text);
    const bool block_word = tokens.front().kind == TokenKind::word && words::is_block_keyword(word);
    report.add(diagnostic(Code::indented_block, b.span(tokens.data()),
                          block_word ? fmt::format("{} does not begin at the start of its line", quoted(word))
                                     : fmt::format("expected a block such as `agreement` or `clause`, found {}", quoted(word)),
                          block_word ? "delete the spaces before it: a block begins at the very start of a line"
                                     : "a block begins with its keyword at the very start of a line"));
  }
  while (first != end && report.beyond() < faults_counted_max) {
    const Cursor last = std::find_if(first + 1, end, begins);
    block(b, first, last, report);
    first = last;
  }
}

Parsed Parser::run() {
  read_tokens();
  for (std::uint32_t i = 0; i < sources_.size(); ++i) {
    file(i);
    lexed_[i] = {};
  }
  Tree& tree = out_.tree;
  const auto children = static_cast<std::uint32_t>(tree.children.size());
  tree.children.insert(tree.children.end(), blocks_.begin(), blocks_.end());
  tree.rows.push_back({Node::root, {}, {}, 0, children, static_cast<std::uint32_t>(blocks_.size())});

  for (std::uint32_t i = 0; i < sources_.size(); ++i) {
    const std::size_t beyond = reports_[i].beyond();
    Diagnostics own = reports_[i].take();
    sort(own);
    const Span last = own.empty() ? Span{i, 0, 0} : own.back().primary;
    std::move(own.begin(), own.end(), std::back_inserter(out_.diagnostics));
    if (beyond > 0) out_.diagnostics.push_back(and_more(last, beyond));
  }
  // One empty file among others is odd; a text of nothing is no agreement.
  if (blocks_.empty() && out_.left_out.empty() && !any_error(out_.diagnostics))
    for (Diagnostic& d : out_.diagnostics) d.severity = Severity::error;
  return std::move(out_);
}

}  // namespace

Parsed parse(std::span<const Source> sources) { return Parser(sources).run(); }

}  // namespace samrad::rules
