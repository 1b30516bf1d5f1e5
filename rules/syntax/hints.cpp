// Faults to messages: the general form from the expectations, then whatever the hints know better.
#include "rules/syntax/hints.h"

#include "rules/diagnostics/near.h"
#include "rules/limits.h"
#include "rules/syntax/words.h"

#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <utility>
#include <vector>

namespace samrad::rules {
namespace {

constexpr std::size_t expectations_shown_max = 7;
constexpr std::string_view end_of_block = "the end of the block";

std::string block_word(const Fault& fault) {
  const std::string_view word = fault.b.word(fault.first);
  return words::is_block_keyword(word) ? std::string(word) : std::string("block");
}

std::string found_text(const Fault& fault) {
  if (fault.ended()) return fmt::format("the end of the {}", block_word(fault));
  const std::string_view word = fault.found();
  return fault.at->kind == TokenKind::text ? fmt::format("the text {}", quoted(word)) : quoted(word);
}

// Descriptions of what stands at the beginning of a line.
bool begins_line(std::string_view what) {
  for (const std::string_view start : {"an item", "a sentence", "a field:", "`starts with`", "`holds from`", "`members"})
    if (what.starts_with(start)) return true;
  return false;
}

std::string expected_text(const Fault& fault) {
  const auto& all = fault.b.expected();
  const bool line_begins = !fault.ended() && fault.at->first_on_line &&
                           std::any_of(all.begin(), all.end(),
                                       [](const Expected& e) { return !e.literal && begins_line(e.what); });
  std::vector<std::string> items;
  for (const Expected& e : all) {
    if (e.what == end_of_block && fault.b.expected().size() > 1) continue;
    if (line_begins && (e.literal || !begins_line(e.what))) continue;
    items.push_back(e.literal ? fmt::format("`{}`", e.what) : std::string(e.what));
  }
  if (items.size() > expectations_shown_max) {
    items.resize(expectations_shown_max - 1);
    items.emplace_back("another way to go on");
  }
  return listed(items);
}

// The words among the expectations, for a suggestion of the nearest.
std::vector<std::string_view> literals(const Fault& fault) {
  std::vector<std::string_view> result;
  for (const Expected& e : fault.b.expected())
    if (e.literal && e.what.size() > 2) result.push_back(e.what);
  return result;
}

Hint nearest_literal(const Fault& fault) {
  if (!fault.is_word()) return {};
  const auto near = nearest(fault.found(), literals(fault));
  if (!near) return {};
  return {.help = fmt::format("did you mean `{}`?", *near), .replacement = std::string(*near), .fixable = true};
}

// Two words for the same: `time` and `times`, `to` and `until`.
bool alike(std::string_view a, std::string_view b) {
  return a.starts_with(b) || b.starts_with(a) || (a == "to" && b == "until");
}

// Where one word must stand and no other, it has probably been forgotten. Of several to choose from none has.
Hint only_literal(const Fault& fault) {
  const auto& all = fault.b.expected();
  const auto literal = [](const Expected& e) { return e.literal; };
  if (all.empty() || all.size() > 2 || !std::all_of(all.begin(), all.end(), literal)) return {};
  if (all.size() == 2 && !alike(all[0].what, all[1].what)) return {};
  if (!fault.ended() && fault.at->kind == TokenKind::sign && !fault.at->first_on_line)
    return {.help = fmt::format("write `{}` instead of {}", all[0].what, found_text(fault))};
  return {.help = fault.ended() ? fmt::format("write `{}` here", all[0].what)
                                : fmt::format("write `{}` before {}", all[0].what, found_text(fault))};
}

Hint first_hint(const Fault& fault) {
  if (Hint order = hint_for_order(fault); !order.help.empty()) return order;
  const bool line_start = !fault.ended() && fault.at->first_on_line && fault.at != fault.first;
  const bool item_or_sentence = fault.expects_some("an item") || fault.expects_some("a sentence") ||
                                fault.expects_some("a new item") || fault.expects_some("`starts with`") ||
                                fault.expects_some("a field") || fault.expects_some("`holds from`") ||
                                fault.expects(end_of_block);
  if (line_start && item_or_sentence) {
    Hint hint = hint_for_line(fault);
    if (!hint.help.empty()) return hint;
  }
  Hint hint = hint_for_word(fault);
  if (hint.help.empty()) hint = nearest_literal(fault);
  return hint.help.empty() ? only_literal(fault) : hint;
}

}  // namespace

bool Fault::expects(std::string_view literal) const {
  const auto& all = b.expected();
  return std::any_of(all.begin(), all.end(), [literal](const Expected& e) { return e.what == literal; });
}

bool Fault::expects_some(std::string_view description) const {
  const auto& all = b.expected();
  return std::any_of(all.begin(), all.end(),
                     [description](const Expected& e) { return !e.literal && e.what.starts_with(description); });
}

Cursor Fault::line_end() const {
  if (ended()) return last;
  Cursor end = at + 1;
  while (end != last && !end->first_on_line) ++end;
  return end;
}

Diagnostic describe(const Fault& fault) {
  Span place = fault.ended() ? fault.b.span(fault.last - 1) : fault.b.span(fault.at);
  if (fault.ended()) place.begin = place.end;
  if (fault.b.too_deep)
    return diagnostic(Code::nesting_too_deep, place,
                      fmt::format("conditions are nested more than {} deep here", nesting_depth_max),
                      "declare a `fact` for a part of it, or split the clause");
  const Hint hint = first_hint(fault);
  const Cursor begin = hint.begin ? hint.begin : fault.at;
  const Cursor end = hint.end ? hint.end : begin + 1;
  if (begin < fault.last) place = fault.b.span(begin, std::min(end, fault.last));
  std::string message = hint.message;
  if (message.empty()) message = fmt::format("expected {}, found {}", expected_text(fault), found_text(fault));
  Diagnostic d = diagnostic(hint.code, place, std::move(message), hint.help);
  if (hint.fixable && begin < fault.last) d.fixes.push_back({place, hint.replacement});
  return d;
}

Diagnostic unknown_block(const Fault& fault, std::span<const std::string_view> kinds) {
  const std::string_view word = fault.found();
  Diagnostic d = diagnostic(Code::unknown_block, fault.b.span(fault.at),
                            fmt::format("{} does not begin a block", quoted(word)));
  std::vector<std::string_view> known(words::block_keywords().begin(), words::block_keywords().end());
  known.insert(known.end(), kinds.begin(), kinds.end());
  const bool sentence = fault.b.is(fault.at, fault.last, "after") || fault.b.is(fault.at, fault.last, "before") ||
                        fault.b.is(fault.at, fault.last, "every") || fault.b.is(fault.at, fault.last, "only") ||
                        fault.b.is(fault.at, fault.last, "for") || fault.b.is(fault.at, fault.last, "must");
  const bool has_must = std::any_of(fault.at, std::min(fault.last, fault.at + 12),
                                    [&](const Token& t) { return fault.b.word(&t) == "must"; });
  auto near = nearest(word, known);
  if (const auto meant = words::keyword_meant(word)) near = meant;
  if (near && fault.b.is_name(fault.at + 1, fault.last)) {
    d.help = fmt::format("did you mean `{}`?", *near);
    d.fixes.push_back({d.primary, std::string(*near)});
  } else if (words::is_item_word(word) || sentence || has_must) {
    d.help = "begin this line with spaces: only a block begins at the start of a line";
  } else if (near) {
    d.help = fmt::format("did you mean `{}`?", *near);
    d.fixes.push_back({d.primary, std::string(*near)});
  } else {
    std::vector<std::string> keywords;
    for (const std::string_view keyword : words::block_keywords()) keywords.push_back(fmt::format("`{}`", keyword));
    d.help = fmt::format("a block begins with {}, or with a kind that the file declares; begin other lines with spaces",
                         listed(keywords));
  }
  return d;
}

}  // namespace samrad::rules
