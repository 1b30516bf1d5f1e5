// From the place where the grammar stopped to a message that a coordinator can act on.
#pragma once

#include "rules/diagnostics/diagnostic.h"
#include "rules/syntax/builder.h"

#include <span>
#include <string_view>

namespace samrad::rules {

// Where the grammar stopped: the block [first, last), and the token `at` that did not fit (`last`: the block ended).
struct Fault {
  const Builder& b;
  Cursor first;
  Cursor at;
  Cursor last;

  [[nodiscard]] bool ended() const { return at == last; }
  [[nodiscard]] std::string_view found() const { return ended() ? std::string_view() : b.word(at); }
  [[nodiscard]] std::string_view before() const { return at == first ? std::string_view() : b.word(at - 1); }
  [[nodiscard]] std::string_view after() const { return at + 1 < last ? b.word(at + 1) : std::string_view(); }
  [[nodiscard]] bool is_word() const { return !ended() && at->kind == TokenKind::word; }
  [[nodiscard]] bool expects(std::string_view literal) const;
  // Whether one of the descriptions begins so.
  [[nodiscard]] bool expects_some(std::string_view description) const;
  // The end of the line on which `at` stands.
  [[nodiscard]] Cursor line_end() const;
};

// What is known better than "expected …, found …". An empty message or code keeps the general one.
struct Hint {
  std::string help = {};
  std::string message = {};
  Code code = Code::unexpected;
  Cursor begin = nullptr;  // the tokens to underline and, with a replacement, to replace; null: the one found
  Cursor end = nullptr;
  std::string replacement = {};
  bool fixable = false;
};

// `expected …, found …`, or better if a hint fits. Precondition: the builder has an expectation or is too deep.
Diagnostic describe(const Fault& fault);

// For a block that begins with a word that is neither a keyword nor a kind that the files declare.
Diagnostic unknown_block(const Fault& fault, std::span<const std::string_view> kinds);

// The first hint that fits the fault, in hints_*.cpp; an empty help: none.
Hint hint_for_line(const Fault& fault);  // the fault is the first word of a line where an item or sentence was expected
Hint hint_for_order(const Fault& fault);  // the words of a known sentence in another order
Hint hint_for_word(const Fault& fault);

}  // namespace samrad::rules
