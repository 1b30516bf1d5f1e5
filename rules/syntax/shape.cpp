// The lookaheads. A sentence is told by its first word or by the word after its `must`, so one walk to the `must`
// decides and the grammar then reads without turning back.
#include "rules/syntax/shape.h"

#include "rules/syntax/words.h"

#include <algorithm>
#include <array>

namespace samrad::rules {
namespace {

bool is_sign(const Builder& b, Cursor at, Cursor last, std::string_view sign) {
  return at < last && at->kind == TokenKind::sign && b.word(at) == sign;
}

// The name of a field: `by` and its like too.
bool is_field(const Builder& b, Cursor at, Cursor last) {
  return b.is_name(at, last) || (at < last && at->kind == TokenKind::word && words::is_field_word(b.word(at)));
}

// After `must`.
Shape after_must(const Builder& b, Cursor at, Cursor last) {
  if (b.is(at, last, "alternate")) return Shape::alternation;
  if (b.is(at, last, "rotate")) return Shape::rotation;
  if (b.is(at, last, "hold")) return Shape::standing;
  if (b.is(at, last, "not") || b.is(at, last, "never")) return Shape::prohibition;
  return Shape::happening;
}

// Past the head of an event pattern: its type, `of`, subjects, `by` and the like.
Cursor past_pattern_head(const Builder& b, Cursor at, Cursor last) {
  if (!is_field(b, at, last)) return at;
  ++at;
  if (b.is(at, last, "of")) {
    ++at;
    if (b.is(at, last, "the") || b.is(at, last, "any")) ++at;
    while (b.is_name(at, last)) {
      ++at;
      if (b.is(at, last, "of") && b.is_name(at + 1, last)) at += 2;  // subject of x
      if (!b.is(at, last, "or") || !b.is_name(at + 1, last) || b.is(at + 2, last, "of")) break;
      ++at;
    }
  }
  while (ahead::role_is(b, at, last)) at += ahead::field_of(b, at + 1, last) ? 4 : 2;
  return at;
}

// Whether what follows the first name can follow it in a sentence; else a `must` further on belongs to something else.
bool goes_on(const Builder& b, Cursor first, Cursor last) {
  if (!is_field(b, first, last)) return false;
  for (const std::string_view word : {"of", "by", "to", "from", "for", "about", "where", "with", "as", "must", "counts"})
    if (b.is(first + 1, last, word)) return true;
  return false;
}

}  // namespace

Shape shape_of(const Builder& b, Cursor first, Cursor last) {
  if (first == last) return Shape::none;
  if (first->kind == TokenKind::text) return b.is(first + 1, last, "must") ? Shape::attested : Shape::none;
  if (first->kind != TokenKind::word) return Shape::none;
  if (b.is(first, last, "after")) return Shape::response;
  if (b.is(first, last, "before")) return Shape::precedence;
  if (b.is(first, last, "every") || b.is(first, last, "each")) return Shape::constraint;
  if (b.is(first, last, "only")) return Shape::power;
  if (b.is(first, last, "term") && b.is(first + 1, last, "may")) return Shape::extension;
  if (!goes_on(b, first, last)) return Shape::none;
  for (Cursor at = first; at != last; ++at) {
    if (at != first && begins_item(b, at, last)) break;
    if (b.is(at, last, "must")) return after_must(b, at + 1, last);
    if (b.is(at, last, "counts") && at != first) return Shape::validity;
  }
  return Shape::none;
}

bool begins_item(const Builder& b, Cursor at, Cursor last) {
  if (at == last || !at->first_on_line || at->kind != TokenKind::word) return false;
  const std::string_view word = b.word(at);
  const Cursor next = at + 1;
  if (word == "in") return b.is(next, last, "force");
  if (word == "may") return b.is(next, last, "be");
  if (word == "except") return b.is(next, last, "while") || b.is(next, last, "when");
  if (word == "until") return next != last && (next->kind == TokenKind::date || b.is_parameter(next, last));
  if (word == "due") return b.is(next, last, "days");
  if (word == "part") return b.is(next, last, "periods");
  return words::is_item_word(word) && word != "term" && word != "unit" && word != "target" &&
         word != "settled";
}

namespace ahead {

bool unit(const Builder& b, Cursor at, Cursor last) {
  if (at == last || at->kind != TokenKind::word) return false;
  if (words::duration_unit(b.word(at))) return true;
  if (!b.is(at, last, "working") && !b.is(at, last, "calendar")) return false;
  return b.is(at + 1, last, "day") || b.is(at + 1, last, "days");
}

bool duration(const Builder& b, Cursor at, Cursor last) {
  if (at == last) return false;
  const bool number = at->kind == TokenKind::number || (at->kind == TokenKind::word && words::number(b.word(at)));
  return number && unit(b, at + 1, last);
}

bool percent(const Builder& b, Cursor at, Cursor last) {
  return at != last && at->kind == TokenKind::number && is_sign(b, at + 1, last, "%");
}

bool money(const Builder& b, Cursor at, Cursor last) {
  if (at == last || at->kind != TokenKind::number || at + 1 == last || (at + 1)->kind != TokenKind::word) return false;
  const std::string_view code = b.word(at + 1);
  return code.size() == 3 && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool month_day(const Builder& b, Cursor at, Cursor last) {
  if (at == last) return false;
  if (at->kind == TokenKind::word) return words::month(b.word(at)).has_value();
  if (at->kind != TokenKind::number) return false;
  Cursor next = at + 1;
  if (next != last && next->kind == TokenKind::word && words::ordinal_ending(b.word(next))) ++next;
  return next != last && next->kind == TokenKind::word &&
         (words::month(b.word(next)).has_value() || words::month_meant(b.word(next)).has_value());
}

bool times(const Builder& b, Cursor at, Cursor last) {
  if (b.is(at, last, "exactly")) return true;
  const bool no_more = b.is(at, last, "no") || b.is(at, last, "not");
  if (!b.is(at, last, "at") && !no_more) return false;
  const Cursor number = at + (no_more ? 3 : 2) <= last ? at + (no_more ? 3 : 2) : last;
  return !duration(b, number, last) && !(b.is_parameter(number, last) && b.is(number + 1, last, "before"));
}

bool filler(const Builder& b, Cursor at, Cursor last) {
  constexpr std::array<std::string_view, 6> fillers{"make", "give", "hold", "take", "do", "issue"};
  return at != last && std::find(fillers.begin(), fillers.end(), b.word(at)) != fillers.end() && b.is_name(at + 1, last);
}

bool role_is(const Builder& b, Cursor at, Cursor last) {
  if (at == last || at->kind != TokenKind::word || !words::is_field_word(b.word(at))) return false;
  if (field_of(b, at + 1, last)) return true;
  return b.is_name(at + 1, last) && !duration(b, at + 1, last) && !b.is_value_parameter(at + 1, last);
}

bool parameter(const Builder& b, Cursor at, Cursor last) { return b.is_parameter(at, last); }
bool set(const Builder& b, Cursor at, Cursor last) { return b.is_set(at, last); }
bool members(const Builder& b, Cursor at, Cursor last) { return b.is_set(at, last) || b.is_parameter(at, last); }

bool relative(const Builder& b, Cursor at, Cursor last) {
  if (duration(b, at, last)) return true;
  return b.is_parameter(at, last) && (b.is(at + 1, last, "before") || b.is(at + 1, last, "after"));
}

bool subject_of(const Builder& b, Cursor at, Cursor last) {
  return b.is_name(at, last) && b.is(at + 1, last, "of") && b.is_name(at + 2, last);
}

bool field_of(const Builder& b, Cursor at, Cursor last) {
  return is_field(b, at, last) && b.is(at + 1, last, "of") && b.is_name(at + 2, last);
}

bool happened(const Builder& b, Cursor at, Cursor last) {
  if (!b.is_name(at, last)) return false;
  const Cursor end = past_pattern_head(b, at, last);
  if (b.is(end, last, "happened")) return true;
  return (b.is(end, last, "where") || b.is(end, last, "with")) && end > at;
}

bool no_happened(const Builder& b, Cursor at, Cursor last) {
  return b.is(at, last, "no") && b.is_name(at + 1, last);
}

bool event_set(const Builder& b, Cursor at, Cursor last) {
  if (!b.is_name(at, last)) return false;
  if (b.is_event(at)) return true;
  const Cursor next = at + 1;
  if (b.is(next, last, "in")) return b.is(next + 1, last, "the") || b.is(next + 1, last, "a");
  for (const std::string_view word : {"of", "by", "to", "from", "for", "about", "where", "with", "since", "before",
                                      "within", "at"})
    if (b.is(next, last, word)) return true;
  return false;
}

bool field_share(const Builder& b, Cursor at, Cursor last) {
  return is_field(b, at, last) && b.is(at + 1, last, "in") && (is_sign(b, at + 2 <= last ? at + 2 : last, last, "(") || (!b.is_event(at) && set(b, at + 2, last)));
}

bool more_items(const Builder& b, Cursor at, Cursor last) {
  return is_sign(b, at, last, ",") && !b.is(at + 1, last, "otherwise");
}

bool more_months(const Builder& b, Cursor at, Cursor last) {
  if (!is_sign(b, at, last, ",") && !b.is(at, last, "and") && !b.is(at, last, "or")) return false;
  const Cursor next = at + 1;
  return next != last && next->kind == TokenKind::word &&
         (words::month(b.word(next)).has_value() || words::month_meant(b.word(next)).has_value());
}

bool not_an_item(const Builder& b, Cursor at, Cursor last) {
  if (b.is(at, last, "except")) return !b.is(at + 1, last, "while") && !b.is(at + 1, last, "when");
  return !(b.is(at, last, "in") && b.is(at + 1, last, "force"));
}

bool otherwise(const Builder& b, Cursor at, Cursor last) {
  return b.is(is_sign(b, at, last, ",") ? at + 1 : at, last, "otherwise");
}

bool anchor(const Builder& b, Cursor at, Cursor last) {
  return at != last && (at->kind == TokenKind::date || b.is(at, last, "expiry") || b.is(at, last, "start") ||
                        b.is(at, last, "day") || b.is_parameter(at, last));
}

bool number_word(const Builder& b, Cursor at, Cursor last) {
  return at != last && at->kind == TokenKind::word && b.word(at).size() > 2 && words::number(b.word(at)) &&
         !b.is(at + 1, last, "of");
}

bool previous(const Builder& b, Cursor at, Cursor last) {
  return b.is_name(at, last) && (b.is_event(at) || !at->first_on_line);
}

bool have(const Builder& b, Cursor at, Cursor last) {
  if (!b.is(at, last, "have") && !b.is(at, last, "has") && !b.is(at, last, "be")) return false;
  if (b.is(at + 1, last, "no") || b.is(at + 1, last, "not") || b.is(at + 1, last, "(")) return true;
  return is_field(b, at + 1, last) && !b.is(at + 1, last, "present") && !b.is(at + 1, last, "missing") &&
         !b.is(at + 1, last, "including");
}

bool heading(const Builder& b, Cursor at, Cursor last) {
  return at != last && at->kind == TokenKind::text && !(at->first_on_line && b.is(at + 1, last, "must"));
}

bool item_start(const Builder&, Cursor at, Cursor last) { return at != last && at->first_on_line; }
bool same_line(const Builder&, Cursor at, Cursor last) { return at != last && !at->first_on_line; }

}  // namespace ahead

}  // namespace samrad::rules
