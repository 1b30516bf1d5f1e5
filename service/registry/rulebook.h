// The rules of one agreement, ready to be used: its texts and parameters, the program that they compile to, and what is wrong with them.
//
// A RuleText is what a caller hands in and what the store keeps (as canonical JSON); a Rulebook is immutable and may be shared between
// threads. Rulebooks remembers the latest ones, since a thousand agreements may be of one text.
#pragma once

#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "rules/diagnostics/diagnostic.h"
#include "rules/program/program.h"
#include "service/record/fault.h"
#include "service/record/json.h"

namespace samrad::registry {

struct RuleFile {
  std::string name;  // matched against `use`
  std::string text;
  bool operator==(const RuleFile&) const = default;
};

// One version of the rules as handed in.
struct RuleText {
  std::vector<RuleFile> files;
  record::Json
      parameters;  // an object: what the template's parameters are; null where there is no template
};

// Canonical JSON of a rule text, and back. A text that is no such JSON gives nothing.
[[nodiscard]] std::string content_of(const RuleText& text);
[[nodiscard]] std::optional<RuleText> parse_rule_text(std::string_view content);
// The same of a later version that is in force from that date (ISO 8601; empty: its texts say so), unless its texts say it themselves.
[[nodiscard]] std::string content_in_force(RuleText text, const std::string& from);

// What is wrong with rule texts.
struct RuleFaults {
  std::string
      rendered;  // of the compiler, as `samrad check --format json` writes it; empty: nothing
  rules::Diagnostics diagnostics;
  record::Faults parameters;  // attribute: the parameter
};

struct Rulebook {
  program::Program whole;   // with all readings
  program::Program chosen;  // with the readings that are the default
  std::string name;         // of the agreement, as the text declares it
  std::string title;
  std::string zone;
  std::string hash;    // `sha256:…` of `whole`
  RuleFaults remarks;  // warnings and notes
};
using RulebookPointer = std::shared_ptr<const Rulebook>;

// All versions of one agreement's rules compiled together, the first one first.
[[nodiscard]] tl::expected<RulebookPointer, RuleFaults> compile(std::span<const RuleText> versions);

// Thread-safe.
class Rulebooks {
 public:
  explicit Rulebooks(std::size_t keep = 256) : keep_(keep) {}

  // By the stored contents of all versions.
  [[nodiscard]] tl::expected<RulebookPointer, RuleFaults>
  get(const std::vector<std::string>& contents);

 private:
  using Entry = std::pair<std::string, RulebookPointer>;
  std::size_t keep_;
  std::mutex mutex_;
  std::list<Entry> latest_;  // the one used last first
  std::map<std::string_view, std::list<Entry>::iterator> by_content_;
};

}  // namespace samrad::registry
