// Where questions are answered: an agreement's whole history, opened from the store and kept for those who ask next.
//
// A Case is one agreement as of one event of its log. It is asked by one thread at a time (ask() sees to that); cases are shared and kept
// until others were used more lately. Reading never waits for the registry.
#pragma once

#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "service/record/history.h"
#include "service/registry/directory.h"
#include "service/registry/trouble.h"
#include "service/store/store.h"

namespace samrad::registry {

class Case {
 public:
  Case(store::Agreement agreement, std::vector<store::RuleVersion> versions, RulebookPointer rules,
       record::Records records, std::uint64_t sequence);

  [[nodiscard]] const store::Agreement& agreement() const { return agreement_; }
  [[nodiscard]] const std::vector<store::RuleVersion>& versions() const { return versions_; }
  [[nodiscard]] const Rulebook& rules() const { return *rules_; }
  [[nodiscard]] std::uint64_t sequence() const { return sequence_; }

  // Calls `question` with the history while no other thread uses it; what it returns must not refer to the history.
  template <class Question>
  auto ask(Question question) const {
    const std::lock_guard lock(mutex_);
    return question(history_);
  }

 private:
  store::Agreement agreement_;
  std::vector<store::RuleVersion> versions_;
  RulebookPointer rules_;
  std::uint64_t sequence_;
  mutable std::mutex mutex_;
  record::History history_;
};
using CasePointer = std::shared_ptr<const Case>;

class ReadingRoom {
 public:
  // All must outlive the room. `events_max`: of all cases that are kept together.
  ReadingRoom(store::Store& store, Directory& directory, Rulebooks& rulebooks,
              std::size_t events_max = 2'000'000);

  // The agreement as it is on record now. `known_at` chooses the rule versions that had been recorded by then; none had: the first.
  [[nodiscard]] tl::expected<CasePointer, Trouble> open(std::string_view id,
                                                        std::optional<Micros> known_at = {});

  // The same with events that are not recorded (what-if); never kept. Faults of the events come as Trouble::wrong_events.
  [[nodiscard]] tl::expected<CasePointer, Trouble>
  open_with(std::string_view id, const std::vector<record::Record>& more);

  // A reader of the store, lent until the pointer goes. Must not outlive the room.
  [[nodiscard]] store::Result<std::shared_ptr<store::Reader>> reader();

 private:
  struct Kept {
    std::string id;
    CasePointer the_case;
  };
  [[nodiscard]] tl::expected<CasePointer, Trouble> read(std::string_view id,
                                                        std::optional<Micros> known_at,
                                                        const std::vector<record::Record>* more);

  store::Store& store_;
  Directory& directory_;
  Rulebooks& rulebooks_;
  std::size_t events_max_;
  std::mutex mutex_;
  std::list<Kept> latest_;  // the one used last first
  std::map<std::string, std::list<Kept>::iterator, std::less<>> by_id_;
  std::size_t events_ = 0;
  std::vector<std::unique_ptr<store::Reader>> readers_;  // not lent
};

}  // namespace samrad::registry
