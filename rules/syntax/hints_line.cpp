// A line that begins neither an item nor a sentence: what was probably meant.
#include "rules/diagnostics/near.h"
#include "rules/syntax/hints.h"
#include "rules/syntax/words.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace samrad::rules {
namespace {

Cursor find_on_line(const Fault& fault, bool (*test)(std::string_view)) {
  return std::find_if(fault.at, fault.line_end(), [&](const Token& t) {
    return t.kind == TokenKind::word && test(fault.b.word(&t));
  });
}

Hint indented_block(const Fault& fault) {
  const std::string_view word = fault.found();
  if (!words::is_block_keyword(word) || !fault.is_word() || fault.at + 1 == fault.last) return {};
  const bool named = fault.b.is_name(fault.at + 1, fault.last) && !fault.b.is(fault.at + 1, fault.last, "must");
  if (!named && !(word == "use" && (fault.at + 1)->kind == TokenKind::text)) return {};
  return {.help = fmt::format("delete the spaces before {}: a block begins at the very start of a line", quoted(word)),
          .message = fmt::format("{} does not begin at the start of its line", quoted(word)),
          .code = Code::indented_block};
}

bool misspelt_must(std::string_view word) {
  constexpr std::array<std::string_view, 1> must{"must"};
  return word != "must" && word != "most" && nearest(word, std::span<const std::string_view>(must)).has_value();
}

Hint other_modal(const Fault& fault) {
  Cursor modal = find_on_line(fault, words::is_modal);
  if (modal == fault.line_end()) modal = find_on_line(fault, misspelt_must);
  if (modal == fault.line_end()) return {};
  return {.help = "write `must`",
          .message = fmt::format("a duty is said with `must`, not {}", quoted(fault.b.word(modal))),
          .begin = modal,
          .end = modal + 1,
          .replacement = "must",
          .fixable = true};
}

Hint near_item(const Fault& fault) {
  if (!fault.is_word()) return {};
  const auto near = nearest(fault.found(), words::item_words());
  if (!near) return {};
  return {.help = fmt::format("did you mean `{}`?", *near),
          .message = fmt::format("{} begins neither an item nor a sentence", quoted(fault.found())),
          .replacement = std::string(*near),
          .fixable = true};
}

Hint sign_start(const Fault& fault) {
  const std::string_view word = fault.found();
  if (word == "/" && (fault.after() == "/" || fault.after() == "*")) return {.help = "a comment begins with `#`"};
  if (word == "-" && fault.after() == "-") return {.help = "a comment begins with `#`"};
  if (word == "-" || word == "*") return {.help = "no bullets: each item begins a line of its own", .fixable = true};
  if (fault.at->kind == TokenKind::number) return {.help = "lines are not numbered: leave the number out"};
  return {};
}

Hint foreign_start(const Fault& fault) {
  const std::string_view word = fault.found();
  if (word == "if" || word == "when" || word == "whenever" || word == "om" || word == "när")
    return {.help = "what follows something else: `after P, Q must happen within 30 days`; what holds in a certain case: "
                    "`… while CONDITION`"};
  if (word == "no") return {.help = "say `P must not happen`"};
  if (word == "all" || word == "any") return {.help = "say `every P must …`"};
  if (word == "within")
    return {.help = "say first what it follows: `after P, Q must happen within 30 days`"};
  if (word == "by") return {.help = "say first what: `P must happen by 31 January every year`"};
  if (word == "at" || word == "exactly" || word == "once")
    return {.help = "say first what: `meeting must happen at least 2 times every month`"};
  return {};
}

Hint may(const Fault& fault) {
  const Cursor end = fault.line_end();
  const Cursor found = std::find_if(fault.at, end, [&](const Token& t) { return fault.b.word(&t) == "may"; });
  if (found == end || found == fault.at) return {};
  if (found + 1 < fault.last && fault.b.is(found + 1, fault.last, "not"))
    return {.help = "write `must not`",
            .message = "what is forbidden is said with `must not`",
            .begin = found,
            .end = found + 2,
            .replacement = "must not",
            .fixable = true};
  return {.help = fmt::format("who alone may do something is said `only {} may P`", fault.b.word(fault.at))};
}

// `meeting of f happens every year`, `meeting of f at least once every year`
Hint without_must(const Fault& fault) {
  if (!fault.is_word() || !fault.expects_some("a sentence") || !fault.b.is_event(fault.at)) return {};
  const Cursor happens = find_on_line(fault, [](std::string_view word) { return word == "happens" || word == "happen"; });
  if (happens != fault.line_end())
    return {.help = "write `must happen`",
            .message = fmt::format("a duty is said with `must`, not {}", quoted(fault.b.word(happens))),
            .begin = happens,
            .end = happens + 1,
            .replacement = "must happen",
            .fixable = true};
  const Cursor limit = find_on_line(fault, [](std::string_view word) {
    return word == "at" || word == "by" || word == "within" || word == "exactly" || word == "every" || word == "once";
  });
  if (limit == fault.line_end()) return {};
  return {.help = fmt::format("write `must happen` before {}", quoted(fault.b.word(limit))),
          .message = "a sentence needs `must`",
          .begin = fault.at,
          .end = limit};
}

Hint is_name_only(const Fault& fault) {
  if (!fault.is_word() || fault.expects_some("a field") || !fault.expects_some("a sentence")) return {};
  return {.help = "a sentence needs `must`, such as `meeting must happen at least once every month`; other lines of a "
                  "clause begin with a word such as `source`, `owner` or `warn`"};
}

}  // namespace

Hint hint_for_line(const Fault& fault) {
  for (auto* hint : {indented_block, sign_start, other_modal, foreign_start, near_item, may, without_must, is_name_only}) {
    Hint found = hint(fault);
    if (!found.help.empty()) return found;
  }
  return {};
}

}  // namespace samrad::rules
