// Source to canonical text, with its proof: the text is parsed again, must mean the same, keep every comment, and be laid
// out as itself.
#include "rules/format/format.h"

#include "rules/format/layout.h"
#include "rules/limits.h"
#include "rules/syntax/lexer.h"
#include "rules/syntax/parse.h"

#include <algorithm>
#include <span>
#include <utility>

namespace samrad::rules {
namespace {

std::string laid_out(std::string_view text, const Parsed& parsed) {
  Report unused;
  const Lexed lexed = lex(text, 0, tokens_max, unused);
  return layout::file(text, lexed.tokens, parsed.comments, parsed.tree);
}

bool same_comments(std::string_view a, const Parsed& of_a, std::string_view b, const Parsed& of_b) {
  const auto words = [](std::string_view text, const Comment& c) {
    const std::string_view whole = text.substr(c.span.begin, c.span.end - c.span.begin);
    return whole.substr(0, whole.find_last_not_of(" \t") + 1);
  };
  return std::equal(of_a.comments.begin(), of_a.comments.end(), of_b.comments.begin(), of_b.comments.end(),
                    [&](const Comment& x, const Comment& y) { return words(a, x) == words(b, y); });
}

}  // namespace

tl::expected<std::string, Diagnostics> format(const Source& source) {
  Parsed before = parse(std::span(&source, 1));
  std::erase_if(before.diagnostics, [](const Diagnostic& d) { return d.code == Code::empty_source; });
  if (any_error(before.diagnostics)) return tl::unexpected(std::move(before.diagnostics));
  std::string result = laid_out(source.text, before);
  const Source again{source.name, result};
  Parsed after = parse(std::span(&again, 1));
  std::erase_if(after.diagnostics, [](const Diagnostic& d) { return d.code == Code::empty_source; });
  const bool proved = !any_error(after.diagnostics) && same_meaning(before.tree, after.tree) &&
                      same_comments(source.text, before, result, after) && laid_out(result, after) == result;
  if (proved) return result;
  return tl::unexpected(Diagnostics{diagnostic(Code::not_reversible, {0, 0, 0},
                                               "this file cannot be laid out without changing what it says",
                                               "it is left as it is; this is a fault of the formatter, not of the file")});
}

}  // namespace samrad::rules
