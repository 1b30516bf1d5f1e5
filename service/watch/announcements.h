// What is to be told of an agreement when its standing changes or a day comes. Of the registry's thread.
#pragma once

#include <atomic>
#include <unordered_map>

#include "service/registry/registry.h"
#include "service/watch/rows.h"
#include "service/watch/rules_in_use.h"

namespace samrad::watch {

inline constexpr std::size_t agreements_remembered_max =
    4'000;  // more are read again from the store

class Announcements {
 public:
  // Both must outlive it. `base` as Watch has it.
  Announcements(store::Store& store, const RulesInUse& rules, std::string base)
      : store_(store), rules_(rules), base_(std::move(base)) {}

  // As registry::Announcer::announce.
  Micros announce(const registry::Announcer::Standing& standing, store::Batch& batch);

  // Duties of the agreements remembered that somebody should have been told of, and nobody is named for. Any thread.
  [[nodiscard]] std::size_t unheard() const { return unheard_; }

 private:
  struct Memory {
    Rows rows;
    std::uint64_t edition = 0;  // of the rules that the last plan was made by
    Micros next = 0;            // when to plan again
    std::size_t unheard = 0;
    bool by_the_hour = false;  // something is, or was, due by the hour
  };

  [[nodiscard]] Memory* remembered(const registry::Announcer::Standing& standing);
  void forget(store::AgreementNo agreement);
  [[nodiscard]] std::optional<Micros> plan(const registry::Announcer::Standing& standing,
                                           const alerts::Directory& directory, Memory& memory,
                                           store::Batch& batch);

  store::Store& store_;
  const RulesInUse& rules_;
  const std::string base_;
  std::unique_ptr<store::Reader> reader_;
  std::unordered_map<store::AgreementNo, Memory> memory_;
  std::atomic<std::size_t> unheard_ = 0;
};

}  // namespace samrad::watch
