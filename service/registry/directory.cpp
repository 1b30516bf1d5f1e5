#include "service/registry/directory.h"

#include <mutex>

namespace samrad::registry {

std::optional<Entry> Directory::find(std::string_view id) const {
  const std::shared_lock lock(mutex_);
  const auto it = by_id_.find(id);
  if (it == by_id_.end()) return std::nullopt;
  return it->second;
}

std::optional<std::string> Directory::id_of(store::AgreementNo no) const {
  const std::shared_lock lock(mutex_);
  if (no < 1 || static_cast<std::size_t>(no) > by_no_.size()) return std::nullopt;
  const std::string_view id = by_no_[static_cast<std::size_t>(no - 1)];
  if (id.empty()) return std::nullopt;
  return std::string(id);
}

std::size_t Directory::size() const {
  const std::shared_lock lock(mutex_);
  return by_id_.size();
}

std::vector<std::string> Directory::ids(std::string_view after, std::size_t limit,
                                        const std::function<bool(std::string_view)>& may) const {
  const std::shared_lock lock(mutex_);
  std::vector<std::string> out;
  for (auto it = by_id_.upper_bound(after); it != by_id_.end() && out.size() < limit; ++it)
    if (may(it->first)) out.push_back(it->first);
  return out;
}

std::vector<store::AgreementNo> Directory::not_closed() const {
  const std::shared_lock lock(mutex_);
  std::vector<store::AgreementNo> out;
  for (const auto& [id, entry] : by_id_)
    if (!entry.closed) out.push_back(entry.no);
  return out;
}

void Directory::put(std::string id, const Entry& entry) {
  const std::unique_lock lock(mutex_);
  const auto [it, fresh] = by_id_.insert_or_assign(std::move(id), entry);
  if (!fresh) return;
  const auto place = static_cast<std::size_t>(entry.no - 1);
  if (place >= by_no_.size()) by_no_.resize(place + 1);
  by_no_[place] = it->first;
}

void Directory::saw(std::string_view id, std::uint64_t sequence) {
  const std::unique_lock lock(mutex_);
  const auto it = by_id_.find(id);
  if (it == by_id_.end() || (it->second.known && it->second.sequence >= sequence)) return;
  it->second.sequence = sequence;
  it->second.known = true;
}

}  // namespace samrad::registry
