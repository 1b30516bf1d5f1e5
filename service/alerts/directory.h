// The configuration with its look-ups made: which rules speak of an agreement, who acts for a role in it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "service/alerts/rule.h"

namespace samrad::alerts {

// Made once for a configuration, then only read: safe from any number of threads. What it returns lives as long as it does.
class Directory {
 public:
  explicit Directory(Configuration configuration);
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;

  [[nodiscard]] const Configuration& configuration() const { return configuration_; }

  // In the order of the configuration.
  [[nodiscard]] std::vector<const Rule*> rules_for(std::string_view agreement) const;
  [[nodiscard]] std::vector<const Recipient*> acting(std::string_view agreement,
                                                     std::string_view role) const;
  [[nodiscard]] const Recipient* recipient(std::string_view id) const;  // null: none

 private:
  using Rows = std::map<std::string, std::vector<std::size_t>, std::less<>>;

  const Configuration configuration_;
  Rows rules_of_;                                          // by agreement; empty name: in all
  Rows acting_;                                            // by role
  std::map<std::string, std::size_t, std::less<>> by_id_;  // recipients
};

}  // namespace samrad::alerts
