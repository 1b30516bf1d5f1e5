// Tokens to lines. A line that is too long breaks before its joints (`if`, `while`, `otherwise`, the `and` of a
// condition); what is still too long is filled. Texts are single tokens, so nothing is ever broken inside one.
#include "rules/format/line.h"

#include "rules/diagnostics/unicode.h"
#include "rules/syntax/words.h"

#include <algorithm>
#include <initializer_list>

namespace samrad::rules::layout {
namespace {

bool is_one_of(std::string_view sign, std::string_view signs) {
  return sign.size() == 1 && signs.find(sign[0]) != std::string_view::npos;
}

// The tokens before which the unit may break first: its joints, and words that begin a part of their own.
bool is_joint(std::string_view text, const Token& token, const Unit& unit) {
  const std::string_view word = token.of(text);
  if (token.kind != TokenKind::word) return false;
  if (word == "if" || word == "unless" || word == "while" || word == "otherwise") return true;
  return unit.joints != nullptr && std::binary_search(unit.joints->begin(), unit.joints->end(), token.begin);
}

bool is_word_in(std::string_view text, const Token& token, std::initializer_list<std::string_view> list) {
  return token.kind == TokenKind::word && std::find(list.begin(), list.end(), token.of(text)) != list.end();
}

// How well a line may end between two tokens: where the sentence breathes, elsewhere, or only in need.
enum class Gap : std::uint8_t { poor, fair, good };

Gap gap(std::string_view text, const Token& before, const Token& next, std::size_t depth) {
  if (before.kind == TokenKind::number || is_word_in(text, before, {"judged", "presumed", "late"})) return Gap::poor;
  if (is_word_in(text, before, {"of", "to", "for", "each", "the", "at", "by", "in", "least", "most", "than", "a", "an", "is", "from", "between",
                                "among", "more", "every", "and", "or", "not", "no", "as", "same", "next", "day", "days", "must", "have", "where", "with",
                                "before", "after", "within", "if", "while", "unless", "including", "all", "any", "none", "only", "number", "share", "since"}))
    return Gap::poor;
  if (depth == 0 && before.of(text) == ",") return Gap::good;
  if (depth == 0 && is_word_in(text, next, {"must", "within", "where", "with", "except", "and", "or", "before", "after", "by", "presumed", "since"}))
    return Gap::good;
  return Gap::fair;
}

// Tokens that may not be torn apart: signs stick to their neighbours, and no line begins like an item.
struct Piece {
  std::string words;
  std::size_t width = 0;
  Gap gap_before = Gap::fair;
};

std::vector<Piece> pieces_of(std::string_view text, std::span<const Token> tokens) {
  std::vector<Piece> pieces;
  std::size_t depth = 0;
  for (std::size_t i = 0; i < tokens.size();) {
    std::size_t end = i + 1;
    bool in_list = depth > 0 || tokens[i].of(text) == "(";
    // A text may begin a line only within a list: elsewhere it would be a heading or what somebody attests.
    const auto sticks = [&](std::size_t at) {
      return tokens[at].kind == TokenKind::text && !(in_list && tokens[at - 1].of(text) == ",");
    };
    while (end < tokens.size() &&
           (!spaced(text, tokens[end - 1], tokens[end]) || sticks(end) ||
            words::is_item_word(tokens[end].of(text)) || tokens[end].kind == TokenKind::sign ||
            (tokens[end - 1].kind == TokenKind::sign && !is_one_of(tokens[end - 1].of(text), ",)%")))) {
      in_list = tokens[end].of(text) == "(" || (in_list && tokens[end].of(text) != ")");
      ++end;
    }
    Piece piece;
    piece.words = joined(text, tokens.subspan(i, end - i));
    piece.width = unicode::display_width(piece.words);
    if (i > 0) piece.gap_before = gap(text, tokens[i - 1], tokens[i], depth);
    for (std::size_t k = i; k < end; ++k) {
      if (tokens[k].of(text) == "(") ++depth;
      if (tokens[k].of(text) == ")" && depth > 0) --depth;
    }
    pieces.push_back(std::move(piece));
    i = end;
  }
  return pieces;
}

// Where the line that begins with piece `from` and overflows at `over` ends best: the last good gap that leaves it at least a third
// full, else the last fair one, else where it overflows.
std::size_t best_end(const std::vector<Piece>& pieces, std::size_t from, std::size_t over) {
  std::size_t fair = over;
  std::size_t width = 0;
  for (std::size_t i = from; i < over; ++i) width += pieces[i].width + 1;
  for (std::size_t i = over; i > from && width > line_columns_max / 3; --i) {
    if (pieces[i].gap_before == Gap::good) return i;
    if (pieces[i].gap_before == Gap::fair && fair == over && pieces[over].gap_before == Gap::poor) fair = i;
    width -= pieces[i - 1].width + 1;
  }
  return fair;
}

// As many tokens on a line as fit, ended where the sentence breathes.
void fill(std::string_view text, std::span<const Token> tokens, std::size_t indent, std::size_t continued,
          std::vector<std::string>& out) {
  const std::vector<Piece> pieces = pieces_of(text, tokens);
  for (std::size_t from = 0; from < pieces.size();) {
    const std::size_t margin = from == 0 ? indent : continued;
    std::size_t width = margin + pieces[from].width;
    std::size_t end = from + 1;
    while (end < pieces.size() && width + 1 + pieces[end].width <= line_columns_max) width += 1 + pieces[end++].width;
    if (end < pieces.size()) end = best_end(pieces, from, end);
    std::string line(margin, ' ');
    for (std::size_t i = from; i < end; ++i) line.append(i == from ? "" : " ").append(pieces[i].words);
    out.push_back(std::move(line));
    from = end;
  }
}

void chunk(std::string_view text, const Unit& unit, std::span<const Token> tokens, std::size_t indent,
           std::vector<std::string>& out) {
  const std::size_t continued = unit.indent + 2;
  const std::string whole = joined(text, tokens);
  if (indent + unicode::display_width(whole) <= line_columns_max) {
    out.push_back(std::string(indent, ' ') + whole);
    return;
  }
  std::size_t begin = 0;
  std::size_t depth = 0;
  bool opening = is_word_in(text, tokens[0], {"for", "after", "before"});
  bool each = is_word_in(text, tokens[0], {"for"});  // its `while FACT` belongs to it
  for (std::size_t i = 0; i <= tokens.size(); ++i) {
    const bool at_end = i == tokens.size();
    // What a sentence begins with (`for each …,` `after …,` `before …,`) is a line of its own.
    const bool opened = opening && !at_end && i > 0 && depth == 0 && tokens[i - 1].of(text) == ",";
    if (opened) {
      opening = is_word_in(text, tokens[i], {"after", "before"});
      each = false;
    }
    if (!at_end && !opened && !(i > begin && depth == 0 && !each && is_joint(text, tokens[i], unit))) {
      if (tokens[i].of(text) == "(") ++depth;
      if (tokens[i].of(text) == ")" && depth > 0) --depth;
      continue;
    }
    fill(text, tokens.subspan(begin, i - begin), begin == 0 ? indent : continued, begin == 0 ? continued : continued + 2, out);
    begin = i;
  }
}

}  // namespace

bool spaced(std::string_view text, const Token& before, const Token& next) {
  const std::string_view a = before.of(text);
  const std::string_view b = next.of(text);
  const bool apart = before.end != next.begin;  // in the source
  if (next.kind == TokenKind::sign && is_one_of(b, ",).:%")) return false;
  if (before.kind == TokenKind::sign && a == "(") return false;
  if ((before.kind == TokenKind::sign && a == "/") || (next.kind == TokenKind::sign && b == "/")) return apart;
  if (before.kind == TokenKind::sign && a == "-") return apart;
  if (before.kind == TokenKind::number && next.kind == TokenKind::word && words::ordinal_ending(b)) return apart;
  return true;
}

std::string joined(std::string_view text, std::span<const Token> tokens) {
  std::string result;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (i > 0 && spaced(text, tokens[i - 1], tokens[i])) result += ' ';
    result += tokens[i].of(text);
  }
  return result;
}

std::string_view comment_text(std::string_view text, const Comment& comment) {
  std::string_view result = text.substr(comment.span.begin, comment.span.end - comment.span.begin);
  while (!result.empty() && (result.back() == ' ' || result.back() == '\t')) result.remove_suffix(1);
  return result;
}

std::vector<std::string> lines(std::string_view text, const Unit& unit) {
  std::vector<std::string> out;
  std::size_t begin = 0;
  const auto flush = [&](std::size_t end) {
    if (end > begin)
      chunk(text, unit, unit.tokens.subspan(begin, end - begin), out.empty() ? unit.indent : unit.indent + 2, out);
    begin = end;
  };
  for (const Comment& comment : unit.inside) {
    std::size_t end = begin;
    while (end < unit.tokens.size() && unit.tokens[end].begin < comment.span.begin) ++end;
    flush(end);
    if (comment.own_line || out.empty())
      out.push_back(std::string(unit.indent + 2, ' ').append(comment_text(text, comment)));
    else
      out.back().append("  ").append(comment_text(text, comment));
  }
  flush(unit.tokens.size());
  return out;
}

std::vector<std::string> columns(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i == widths.size()) widths.push_back(0);
      widths[i] = std::max(widths[i], unicode::display_width(row[i]));
    }
  std::vector<std::string> out;
  for (const auto& row : rows) {
    std::string line;
    std::size_t owed = 0;  // blanks that are only written if something follows
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (widths[i] == 0) continue;
      if (!row[i].empty()) {
        line.append(owed, ' ').append(row[i]);
        owed = 0;
      }
      owed += widths[i] - unicode::display_width(row[i]) + 1;
    }
    out.push_back(std::move(line));
  }
  return out;
}

}  // namespace samrad::rules::layout
