// What the grammar writes to while it reads a block: rows of the tree, and what it would have accepted where it stopped.
//
// Rows are made bottom up. A frame is a node under way: the nodes finished while it is open become its children. The
// grammar opens and closes frames through the parsers of primitives.h; a parser that fails drops its frame and with it
// every row made since, so that nothing needs to be undone by hand.
//
// Expectations are kept for the furthest place that was looked at in vain, which is where the fault is.
#pragma once

#include "rules/diagnostics/diagnostic.h"
#include "rules/syntax/token.h"
#include "rules/tree/tree.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace samrad::rules {

using Cursor = const Token*;

// What would have been accepted: `word` itself, or a description of it.
struct Expected {
  std::string_view what;  // of static storage
  bool literal = false;
  bool operator==(const Expected&) const = default;
};

// What the forms of a sentence are told apart by, found by looking ahead to its `must`.
enum class Shape : std::uint8_t {
  none,         // no sentence
  response,     // after …
  precedence,   // before …
  constraint,   // every … must …
  power,        // only … may …
  extension,    // term may …
  attested,     // "…" must hold
  alternation,  // … must alternate
  rotation,     // … must rotate
  standing,     // … must hold
  prohibition,  // … must not happen
  validity,     // … counts only if
  happening,    // … must happen: a count or a deadline
};

// Texts of a tree, each kept once.
class Texts {
 public:
  explicit Texts(Tree& tree) : tree_(tree) {}
  std::uint32_t id(std::string_view text);

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  Tree& tree_;
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> ids_;
};

class Builder {
 public:
  using Names = std::set<std::string, std::less<>>;

  // What the files declare of parameters and sets, as far as it can be seen before they are read.
  struct Parameters {
    std::map<std::string, std::string, std::less<>> types;  // name to the first word of its type
    Names sets;         // of members, by their names
    bool part = false;  // no file says `agreement` or `template`: these files are part of a text, and the parameters elsewhere
  };

  // `events`: the types that the files declare anywhere. All references outlive the builder.
  Builder(std::string_view text, std::uint32_t file, Tree& tree, Texts& texts, const Names& events,
          const Parameters& parameters)
      : text_(text), file_(file), tree_(tree), texts_(texts), events_(events), parameters_(parameters) {}

  // -- reading ---------------------------------------------------------------------------------------------------------
  [[nodiscard]] std::string_view word(Cursor token) const { return token->of(text_); }
  [[nodiscard]] bool is(Cursor token, Cursor last, std::string_view word) const {
    return token < last && token->of(text_) == word && token->kind != TokenKind::text;
  }
  [[nodiscard]] bool is_name(Cursor token, Cursor last) const;
  [[nodiscard]] bool is_event(Cursor token) const { return events_.find(word(token)) != events_.end(); }
  [[nodiscard]] const Names& events() const { return events_; }
  // A name that may be a parameter's, where a date, a duration or a number is expected.
  [[nodiscard]] bool is_parameter(Cursor token, Cursor last) const;
  // The same, and declared with a type that no member has: `for term` is then no `for MEMBER`.
  [[nodiscard]] bool is_value_parameter(Cursor token, Cursor last) const;
  // The name of a set, where a list is expected.
  [[nodiscard]] bool is_set(Cursor token, Cursor last) const;
  [[nodiscard]] const Parameters& parameters() const { return parameters_; }
  [[nodiscard]] Span span(Cursor first, Cursor last) const;  // of the tokens [first, last); empty: at first
  [[nodiscard]] std::string_view slice(const Span& s) const { return text_.substr(s.begin, s.end - s.begin); }
  [[nodiscard]] Span span(Cursor token) const { return {file_, token->begin, token->end}; }
  Shape shape(Cursor first, Cursor last);  // remembers the last answer

  // -- rows --------------------------------------------------------------------------------------------------------------
  struct Mark {
    std::size_t frames = 0, finished = 0, rows = 0, children = 0;
  };
  [[nodiscard]] Mark mark() const { return {frames_.size(), finished_.size(), tree_.rows.size(), tree_.children.size()}; }
  void drop(const Mark& mark);  // forget what was made since

  void open(Node kind, Cursor first);
  void open_around(Node kind);  // the node that was finished last becomes the first child
  void close(Cursor end);       // `end`: one past the last token read
  void leaf(Node kind, Cursor first, Cursor end, std::string_view text);

  void text(std::string_view text, Cursor token = nullptr);  // of the innermost open frame
  void kind(Node kind) { frames_.back().kind = kind; }       // what it turned out to be
  void swap_last();      // the two rows finished last change places
  void spread_months();  // the two leaves finished last, first and last month, become one for each month from and to
  [[nodiscard]] const std::vector<NodeId>& finished() const { return finished_; }
  void forget_finished() { finished_.clear(); }

  // -- expectations ------------------------------------------------------------------------------------------------------
  void begin_block(Cursor first);
  void expect(Cursor at, Expected what);
  [[nodiscard]] Cursor furthest() const { return furthest_; }
  [[nodiscard]] const std::vector<Expected>& expected() const { return expected_; }

  // One condition deeper; false beyond nesting_depth_max.
  bool enter(Cursor at);

  Cursor described = nullptr;  // a description stands for whatever is expected here
  std::size_t depth = 0;       // conditions within conditions
  bool too_deep = false;
  bool bare_lists = false;  // a list needs no parentheses here

 private:
  struct Frame {
    Node kind;
    std::uint32_t begin;
    std::uint32_t text;
    Span name;
    std::size_t first_child;  // in finished_
  };
  void close_frame(std::uint32_t end);

  std::string_view text_;
  std::uint32_t file_;
  Tree& tree_;
  Texts& texts_;
  const Names& events_;
  const Parameters& parameters_;
  std::vector<Frame> frames_;
  std::vector<NodeId> finished_;
  Cursor furthest_ = nullptr;
  std::vector<Expected> expected_;
  Cursor shape_at_ = nullptr;
  Shape shape_ = Shape::none;
};

}  // namespace samrad::rules
