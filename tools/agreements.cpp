// Which of the named files belong together, and in what order their versions stand.

#include "tools/load.h"

#include "rules/calendar/date.h"
#include "rules/syntax/parse.h"

#include <algorithm>
#include <optional>

namespace samrad::tools {

namespace {

// What a file says of itself.
struct Declared {
  std::string name;  // of the agreement; empty: none is declared
  std::optional<calendar::Day> in_force;
};

Declared declared(const rules::Source& source) {
  if (source.text.find("agreement") == std::string_view::npos) return {};
  const rules::Parsed parsed = rules::parse({&source, 1});
  const rules::NodeId block = parsed.tree.child(parsed.tree.root(), rules::Node::agreement);
  if (block == rules::no_node) return {};
  Declared found{std::string(parsed.tree.text(block)), std::nullopt};
  const rules::NodeId from = parsed.tree.child(block, rules::Node::item_in_force);
  if (from != rules::no_node)
    found.in_force = calendar::parse_iso(parsed.tree.text(parsed.tree.of(from)[0]));
  return found;
}

// A named file that no other one uses.
struct Root {
  std::size_t source = 0;
  Declared declared;
};

std::vector<Root> roots_of(const Loaded& loaded) {
  std::vector<bool> used(loaded.sources.size(), false);
  for (std::size_t from = 0; from < loaded.uses.size(); ++from)
    for (std::size_t to : loaded.uses[from])
      if (to != from) used[to] = true;
  std::vector<Root> roots;
  const bool several = loaded.named.size() > 1;
  for (std::size_t source : loaded.named)
    if (!used[source])
      roots.push_back({source, several ? declared(loaded.sources[source]) : Declared{}});
  // Where the named files use each other in a circle none is left: the first one stands for all.
  if (roots.empty() && !loaded.named.empty()) roots.push_back({loaded.named.front(), {}});
  return roots;
}

// The root and all that it uses, as one version.
void add_version(const Loaded& loaded, std::size_t root, Agreement& agreement,
                 std::uint32_t version) {
  const std::size_t first = agreement.origin.size();
  agreement.origin.push_back(root);
  for (std::size_t i = first; i < agreement.origin.size(); ++i)
    for (std::size_t next : loaded.uses[agreement.origin[i]])
      if (std::find(agreement.origin.begin() + static_cast<std::ptrdiff_t>(first),
                    agreement.origin.end(), next) == agreement.origin.end())
        agreement.origin.push_back(next);
  for (std::size_t i = first; i < agreement.origin.size(); ++i) {
    agreement.sources.push_back(loaded.sources[agreement.origin[i]]);
    agreement.sources.back().version = version;
  }
}

Agreement agreement_of(const Loaded& loaded, std::vector<Root> roots) {
  for (std::size_t i = 1; i < roots.size(); ++i)  // a part goes with the file before it
    if (roots[i].declared.name.empty()) roots[i].declared.in_force = roots[i - 1].declared.in_force;
  std::stable_sort(roots.begin(), roots.end(), [](const Root& a, const Root& b) {
    return a.declared.in_force.value_or(calendar::day_min) <
           b.declared.in_force.value_or(calendar::day_min);
  });
  Agreement agreement;
  std::uint32_t version = 0;
  bool begun = false;
  for (const Root& root : roots) {
    const bool whole = !root.declared.name.empty();
    if (whole && begun) ++version;
    begun = begun || whole;
    add_version(loaded, root.source, agreement, version);
  }
  return agreement;
}

bool lacks_a_part(const Loaded& loaded, const Agreement& agreement) {
  return std::any_of(loaded.diagnostics.begin(), loaded.diagnostics.end(),
                     [&](const rules::Diagnostic& one) {
                       return one.code == rules::Code::use_missing &&
                              std::find(agreement.origin.begin(), agreement.origin.end(),
                                        one.primary.file) != agreement.origin.end();
                     });
}

bool about_syntax(const rules::Diagnostic& diagnostic) {
  const std::string_view id = rules::id(diagnostic.code);
  return id.starts_with('S') || id.starts_with('I');
}

}  // namespace

Agreement one_agreement(const Loaded& loaded) { return agreement_of(loaded, roots_of(loaded)); }

std::vector<Agreement> agreements(const Loaded& loaded) {
  std::vector<std::vector<Root>> groups;
  for (Root& root : roots_of(loaded)) {
    const auto same = [&](const std::vector<Root>& group) {
      return !root.declared.name.empty() && group.front().declared.name == root.declared.name;
    };
    const auto group = std::find_if(groups.begin(), groups.end(), same);
    if (group != groups.end())
      group->push_back(std::move(root));
    else
      groups.push_back({std::move(root)});
  }
  std::vector<Agreement> all;
  for (const std::vector<Root>& group : groups) {
    const bool versions = std::any_of(group.begin(), group.end(), [](const Root& root) {
      return root.declared.in_force.has_value();
    });
    if (versions)
      all.push_back(agreement_of(loaded, group));
    else
      for (const Root& root : group)
        all.push_back(agreement_of(loaded, {root}));
  }
  return all;
}

rules::Diagnostics placed(rules::Diagnostics diagnostics, const Loaded& loaded,
                          const Agreement& agreement) {
  const auto move = [&](rules::Span& span) {
    if (span.file < agreement.origin.size())
      span.file = static_cast<std::uint32_t>(agreement.origin[span.file]);
  };
  for (rules::Diagnostic& one : diagnostics) {
    move(one.primary);
    for (rules::Label& label : one.labels)
      move(label.span);
    for (rules::Fix& fix : one.fixes)
      move(fix.span);
  }
  if (lacks_a_part(loaded, agreement))
    std::erase_if(diagnostics, [](const rules::Diagnostic& one) { return !about_syntax(one); });
  return diagnostics;
}

}  // namespace samrad::tools
