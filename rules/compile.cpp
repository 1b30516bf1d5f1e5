// Groups the sources by version, brings each group through parser and checker, and lowers all of them together.
#include "rules/compile.h"

#include "rules/check/check.h"
#include "rules/format/format.h"
#include "rules/lower/lower.h"
#include "rules/program/decode.h"
#include "rules/program/sha256.h"
#include "rules/syntax/parse.h"

#include <algorithm>
#include <cassert>
#include <deque>
#include <map>

namespace samrad::rules {

namespace {

// One version on its way.
struct Text {
  std::vector<Source> sources;
  std::vector<std::uint32_t> numbers;  // of the sources, as they were handed in
  Parsed parsed;
  Checked checked;
  std::array<std::uint8_t, 32> hash{};
};

// From numbers within the group to numbers within all sources.
void renumber(Text& text) {
  const auto fix = [&](Span& span) {
    if (span.file < text.numbers.size()) span.file = text.numbers[span.file];
  };
  for (Row& row : text.parsed.tree.rows) {
    fix(row.span);
    fix(row.name);
  }
  for (LeftOut& block : text.parsed.left_out)
    fix(block.span);
  for (Diagnostic& d : text.parsed.diagnostics) {
    fix(d.primary);
    for (Label& label : d.labels)
      fix(label.span);
    for (Fix& f : d.fixes)
      fix(f.span);
  }
}

void read(Text& text) {
  text.parsed = parse(text.sources);
  renumber(text);
  const bool whole = !any_error(text.parsed.diagnostics);
  text.checked = whole ? check(text.parsed.tree, text.parsed.left_out)
                       : check_words(text.parsed.tree, text.parsed.left_out);
  program::Sha256 sum;
  for (const Source& source : text.sources) {
    const auto canonical =
        whole ? format(source) : tl::expected<std::string, Diagnostics>(std::string());
    sum.add(canonical ? std::string_view(*canonical) : source.text);
  }
  text.hash = sum.digest();
}

}  // namespace

Compiled compile(std::span<const Source> sources) {
  std::map<unsigned, Text> versions;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    Text& text = versions[sources[i].version];
    text.sources.push_back(sources[i]);
    text.numbers.push_back(static_cast<std::uint32_t>(i));
  }
  Compiled out;
  for (auto& [version, text] : versions) {
    read(text);
    const auto take = [&](const Diagnostics& more) {
      out.diagnostics.insert(out.diagnostics.end(), more.begin(), more.end());
    };
    take(text.parsed.diagnostics);
    take(text.checked.diagnostics);
  }
  if (!versions.empty() && !any_error(out.diagnostics)) {
    std::vector<CheckedText> texts;
    for (const auto& [version, text] : versions)
      texts.push_back({text.parsed.tree, text.checked, text.hash});
    Lowered lowered = lower(texts, sources);
    out.diagnostics.insert(out.diagnostics.end(), lowered.diagnostics.begin(),
                           lowered.diagnostics.end());
    out.program = std::move(lowered.program);
    assert(!out.program || program::verify(*out.program).empty());
  }
  sort(out.diagnostics);
  limit(out.diagnostics);
  return out;
}

}  // namespace samrad::rules
