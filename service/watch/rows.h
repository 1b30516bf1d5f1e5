// How the occurrences of one agreement stand that something can still be told of, and since when.
//
// The registry lets go of what is settled for good. People are told of it all the same: a breach at seven in the morning, and that it is
// late for as long as it can still be done. So a row stays here a while longer.
#pragma once

#include <map>
#include <set>
#include <string>

#include "service/registry/registry.h"

namespace samrad::watch {

inline constexpr int settled_days_kept =
    14;  // so long after the verdict something is told of it for the first time

class Rows {
 public:
  struct Row {
    store::Verdict verdict;
    Micros changed =
        0;  // when its status was noticed; 0: it has not changed since it came into sight
    bool held = false;  // by the registry: more may be said of it
  };

  // As the store has them.
  [[nodiscard]] static store::Result<Rows> read(store::Reader& reader,
                                                store::AgreementNo agreement);

  // What the registry says now. Whether anything differs from before.
  bool follow(const registry::Announcer::Standing& standing);

  // Lets go of what nothing is told of any more, but for the occurrences that are `awaited`. `today` in the agreement's zone.
  void let_go(const program::Program& program, Micros now, calendar::Day today,
              const std::set<std::string, std::less<>>& awaited);

  [[nodiscard]] const std::map<std::string, Row>& all() const { return rows_; }

 private:
  bool put(const store::Verdict& verdict, bool held);

  std::map<std::string, Row> rows_;  // by occurrence
};

}  // namespace samrad::watch
