// Reads the members of one JSON object, noting each fault with its pointer: what rule_read.cpp is written in.
#pragma once

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "service/alerts/rule.h"
#include "service/record/json.h"

namespace samrad::alerts {

inline constexpr std::size_t word_bytes_max = 300;  // of an id, a role, a clause, an agreement
inline constexpr std::size_t configuration_faults_max = 1'000;

using ConfigurationFaults = std::vector<Fault>;

void add_fault(ConfigurationFaults& faults, std::string pointer, std::string message,
               std::string help = {});

// What a member that is absent or of another kind reads as is the default; the latter is a fault.
class Members {
 public:
  // A fault where `json` is no object, and for every member that is not among `known`.
  Members(const record::Json& json, std::string pointer,
          std::initializer_list<std::string_view> known, ConfigurationFaults& faults);

  [[nodiscard]] const record::Json* find(std::string_view name) const;
  [[nodiscard]] std::string at(std::string_view name) const;  // the pointer of a member
  void fault(std::string_view name, std::string message, std::string help = {}) const;

  // Text without control characters, at most word_bytes_max long. Where it is `required` it is there and not empty.
  [[nodiscard]] std::string text(std::string_view name, bool required = false) const;
  // As a text, of letters, digits, `-`, `_` and `.`, and required.
  [[nodiscard]] std::string id() const;
  [[nodiscard]] bool yes_no(std::string_view name, bool otherwise) const;
  [[nodiscard]] std::vector<std::string> texts(std::string_view name, std::size_t max) const;
  // Each item of a list with its pointer.
  void each(std::string_view name, std::size_t max,
            const std::function<void(const record::Json&, const std::string&)>& read) const;

 private:
  const record::Json& json_;
  std::string pointer_;
  ConfigurationFaults& faults_;
};

// A value that is to be a text, by the same rules; empty after a fault.
[[nodiscard]] std::string text_at(const record::Json& json, const std::string& pointer,
                                  ConfigurationFaults& faults);

}  // namespace samrad::alerts
