// Trees and messages to short texts.
#include "tests/rules/reading.h"

#include "rules/diagnostics/place.h"

#include <array>
#include <fmt/format.h>
#include <span>

namespace samrad::tests {
namespace {

using rules::Node;

// In the order of the enumeration in rules/tree/tree.h.
constexpr std::array names{
    "root", "agreement", "use", "kind", "entity", "event", "fact", "measure", "clause", "procedure",
    "parameter", "ambiguity", "set",
    "name", "label", "open_kind", "deputy", "is_template", "default_value",
    "registered", "timezone", "term", "in_force", "until_item", "open_occurrences", "part_periods", "holidays", "language",
    "due_days", "source", "owner", "warn", "severity", "judged_by", "waived_by", "except", "overrides", "unit",
    "baseline", "target", "settled",
    "field", "list_of", "optional", "not_recorded", "holds", "from_start", "pattern_key", "measured",
    "starts", "step", "step_within", "counts_if",
    "reading", "default", "sentence", "for_each", "while_fact", "otherwise",
    "count", "deadline", "response", "precedence", "constraint", "alternation", "rotation", "validity",
    "prohibition", "power", "standing", "attested", "extension",
    "times", "period", "of_term", "counted_from", "months", "from", "until",
    "due_yearly", "due_monthly", "due_last_day", "due_after_end", "due_date", "due_before_expiry", "due_after_start",
    "month_day",
    "within", "same_day", "before_next", "before_next_day", "end_of", "soon", "by_day", "one_for_all",
    "at_least", "prec_within", "since",
    "while", "unless", "limit_before", "limit_after", "within_after", "limit_months",
    "pattern", "subject", "subject_of", "subject_same", "role_is", "where", "alias",
    "or", "and", "not", "compare", "including", "one_of", "present", "missing", "happened",
    "number", "percent", "money", "date", "duration", "text", "yes", "no", "v", "of", "every", "add", "subtract", "multiply",
    "divide", "negate", "days_between", "number_of", "share_of", "count_events", "share_events", "sum_events",
    "in_a_row", "list",
    "range_last", "range_since_date", "range_since_start", "range_since_last", "range_same_period",
    "range_before_date", "range_at_least_before", "range_within_before"};
static_assert(names.size() == static_cast<std::size_t>(Node::range_within_before) + 1);

}  // namespace

rules::Parsed read(std::string_view text) {
  const rules::Source source{"test.samrad", text};
  return rules::parse({&source, 1});
}

std::string shown(const rules::Tree& tree, rules::NodeId node) {
  std::string out = names[static_cast<std::size_t>(tree.kind(node))];
  std::string inner(tree.text(node));
  for (const rules::NodeId child : tree.of(node)) inner += (inner.empty() ? "" : " ") + shown(tree, child);
  return inner.empty() ? out : fmt::format("{}({})", out, inner);
}

std::string sentence(std::string_view text) {
  const std::string whole = fmt::format("event meeting of forum\nclause c\n  {}\n", text);
  const rules::Parsed parsed = read(whole);
  const auto blocks = parsed.tree.of(parsed.tree.root());
  if (blocks.size() != 2) return messages(whole);
  const rules::NodeId found = parsed.tree.child(blocks[1], Node::sentence);
  const auto parts = parsed.tree.of(found);
  std::string out;
  for (const rules::NodeId part : parts) out += (out.empty() ? "" : " ") + shown(parsed.tree, part);
  return out;
}

std::string messages(std::string_view text) {
  std::string out;
  const rules::Lines lines(text);
  for (const rules::Diagnostic& d : read(text).diagnostics) {
    const rules::Place place = lines.place(d.primary.begin);
    out += fmt::format("{} {}:{} {}\n", rules::id(d.code), place.line, place.column, d.message);
  }
  return out;
}

}  // namespace samrad::tests
