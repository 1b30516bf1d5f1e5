#include "service/alerts/directory.h"

#include <algorithm>

namespace samrad::alerts {

Directory::Directory(Configuration configuration) : configuration_(std::move(configuration)) {
  for (std::size_t i = 0; i < configuration_.rules.size(); ++i) {
    const Rule& rule = configuration_.rules[i];
    if (rule.agreements.empty()) rules_of_[""].push_back(i);
    for (const std::string& agreement : rule.agreements)
      rules_of_[agreement].push_back(i);
  }
  for (std::size_t i = 0; i < configuration_.recipients.size(); ++i) {
    const Recipient& recipient = configuration_.recipients[i];
    by_id_.emplace(recipient.id, i);
    for (const Office& office : recipient.offices)
      if (auto& rows = acting_[office.role]; rows.empty() || rows.back() != i) rows.push_back(i);
  }
}

std::vector<const Rule*> Directory::rules_for(std::string_view agreement) const {
  std::vector<std::size_t> rows;
  for (std::string_view name : {std::string_view(), agreement})
    if (const auto it = rules_of_.find(name); it != rules_of_.end())
      rows.insert(rows.end(), it->second.begin(), it->second.end());
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  std::vector<const Rule*> rules;
  for (std::size_t row : rows)
    rules.push_back(&configuration_.rules[row]);
  return rules;
}

std::vector<const Recipient*> Directory::acting(std::string_view agreement,
                                                std::string_view role) const {
  std::vector<const Recipient*> found;
  if (const auto it = acting_.find(role); it != acting_.end())
    for (std::size_t row : it->second)
      if (configuration_.recipients[row].acts_for(agreement, role))
        found.push_back(&configuration_.recipients[row]);
  return found;
}

const Recipient* Directory::recipient(std::string_view id) const {
  const auto it = by_id_.find(id);
  return it == by_id_.end() ? nullptr : &configuration_.recipients[it->second];
}

}  // namespace samrad::alerts
