// Which agreements there are and how far each log goes: what every request asks first, so it is answered from memory.
//
// Written by the registry after each commit, read by any thread. What it says is committed.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "service/store/store.h"

namespace samrad::registry {

struct Entry {
  store::AgreementNo no = 0;
  std::uint32_t version = 1;
  std::uint64_t sequence =
      0;               // of the last event; 0: none, or not asked for since the start (see known)
  bool known = false;  // whether `sequence` is known
  bool closed = false;
};

class Directory {
 public:
  [[nodiscard]] std::optional<Entry> find(std::string_view id) const;
  [[nodiscard]] std::optional<std::string> id_of(store::AgreementNo no) const;
  [[nodiscard]] std::size_t size() const;
  // Ids behind `after` in their order for which `may` says true, at most `limit`.
  [[nodiscard]] std::vector<std::string>
  ids(std::string_view after, std::size_t limit,
      const std::function<bool(std::string_view)>& may) const;

  [[nodiscard]] std::vector<store::AgreementNo> not_closed() const;

  // By the registry, and by a reader that looked a sequence up.
  void put(std::string id, const Entry& entry);
  // Says how far a log goes unless more is known already.
  void saw(std::string_view id, std::uint64_t sequence);

 private:
  mutable std::shared_mutex mutex_;
  std::map<std::string, Entry, std::less<>> by_id_;
  std::vector<std::string_view> by_no_;  // number - 1
};

}  // namespace samrad::registry
