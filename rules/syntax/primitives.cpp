// Terminals: one token (or two) against what is wanted.
#include "rules/syntax/primitives.h"

#include "rules/diagnostics/unicode.h"
#include "rules/syntax/lexer.h"
#include "rules/syntax/words.h"

#include <fmt/format.h>

namespace samrad::rules::grammar {

bool Word::match(Cursor& first, Cursor last, Builder& b) const {
  if (!b.is(first, last, first_word)) {
    b.expect(first, {first_word, true});
    return false;
  }
  if (!second_word.empty() && !b.is(first + 1, last, second_word)) {
    b.expect(first + 1, {second_word, true});
    return false;
  }
  first += second_word.empty() ? 1 : 2;
  return true;
}

bool Leaf::match(Cursor& first, Cursor last, Builder& b) const {
  const bool fits = first != last && first->kind == token &&
                    !(whole && b.word(first).find('.') != std::string_view::npos);
  if (!fits) {
    b.expect(first, {what, false});
    return false;
  }
  if (token == TokenKind::text)
    b.leaf(node, first, first + 1, text_content(b.word(first)));
  else
    b.leaf(node, first, first + 1, b.word(first));
  ++first;
  return true;
}

bool Name::match(Cursor& first, Cursor last, Builder& b) const {
  const bool fits = b.is_name(first, last) || (field_words && first < last && first->kind == TokenKind::word &&
                                               words::is_field_word(b.word(first)));
  if (!fits) {
    b.expect(first, {what, false});
    return false;
  }
  const std::string name = unicode::composed(b.word(first));
  if (text) b.text(name, first);
  if (leaf != Node::root) b.leaf(leaf, first, first + 1, name);
  ++first;
  return true;
}

bool Mapped::match(Cursor& first, Cursor last, Builder& b) const {
  const auto meaning = first != last && first->kind == TokenKind::word ? table(b.word(first)) : std::nullopt;
  if (!meaning) {
    b.expect(first, {what, false});
    return false;
  }
  if (text) b.text(*meaning, first);
  if (leaf != Node::root) b.leaf(leaf, first, first + 1, *meaning);
  ++first;
  return true;
}

bool Amount::match(Cursor& first, Cursor last, Builder& b) const {
  if (last - first < 2) return false;
  if (leaf == Node::v_money)
    b.leaf(leaf, first, first + 2, fmt::format("{} {}", b.word(first), b.word(first + 1)));
  else
    b.leaf(leaf, first, first + 2, b.word(first));
  first += 2;
  return true;
}

bool Quoted::match(Cursor& first, Cursor last, Builder& b) const {
  if (first == last || first->kind != TokenKind::text) {
    b.expect(first, {"a text in double quotes", false});
    return false;
  }
  b.text(text_content(b.word(first)), first);
  ++first;
  return true;
}

bool KindWord::match(Cursor& first, Cursor last, Builder& b) const {
  if (!b.is_name(first, last)) return false;
  b.leaf(Node::name, first, first + 1, unicode::composed(b.word(first)));
  ++first;
  return true;
}

bool Zone::match(Cursor& first, Cursor last, Builder& b) const {
  if (first == last || first->kind != TokenKind::word) {
    b.expect(first, {"a time zone such as `Europe/Stockholm`", false});
    return false;
  }
  std::string zone(b.word(first++));
  while (last - first >= 2 && b.word(first) == "/" && (first + 1)->kind == TokenKind::word) {
    zone += fmt::format("/{}", b.word(first + 1));
    first += 2;
  }
  b.text(zone);
  return true;
}

bool If::match(Cursor& first, Cursor last, Builder& b) const {
  if (test(b, first, last)) return true;
  if (!what.empty()) b.expect(first, {what, false});
  return false;
}

bool End::match(Cursor& first, Cursor last, Builder& b) const {
  if (first == last) return true;
  b.expect(first, {"the end of the block", false});
  return false;
}

}  // namespace samrad::rules::grammar
