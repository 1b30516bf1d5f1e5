// One case: the texts of an agreement, what is on record, and the question. As a file it is what a person reads, mends and keeps.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "service/reports/audit.h"

namespace samrad::generated {

using calendar::Day;
using nlohmann::json;

struct Case {
  std::uint64_t seed = 0;  // what properties throw for
  std::vector<std::string> texts;
  std::vector<json> events;
  std::string as_of;
  std::optional<std::string> known_at;
  std::vector<program::Choice> readings;
};

// A line of what a kept case expects.
struct Expected {
  std::string id, status, settled;
};

struct CaseFile {
  std::string property;  // empty: all of them
  std::vector<std::string> comments;
  std::vector<Expected> expected;
  Case it;
};

[[nodiscard]] std::string written(const CaseFile& file);
// Throws std::runtime_error where the text is no case.
[[nodiscard]] CaseFile read_case(std::string_view text);

// A case compiled and audited. The case must outlive it.
class Prepared {
 public:
  explicit Prepared(const Case& it);
  Prepared(const Case& it, std::shared_ptr<const program::Program> compiled);

  const Case& it;
  std::shared_ptr<const program::Program> program;  // with all readings
  std::optional<record::History> history;
  std::optional<reports::AuditResult> audit;
  std::string unfit;  // why there is no audit

  [[nodiscard]] const program::Program& chosen() const { return audit->program(); }
  [[nodiscard]] const engine::Symbols& symbols() const { return history->symbols(); }
  // As known, those after `as of` left out, in the order in which an engine is fed.
  [[nodiscard]] std::vector<engine::Event> fed() const;
  [[nodiscard]] engine::Moment as_of() const { return audit->as_of.moment; }

 private:
  void ask();
};

[[nodiscard]] std::shared_ptr<const program::Program>
compiled(const std::vector<std::string>& texts, std::string& fault);
[[nodiscard]] std::string lines_of(const std::vector<json>& events);
[[nodiscard]] record::History history_of(const program::Program& program,
                                         const std::vector<json>& events);

}  // namespace samrad::generated
