// How the occurrences of one agreement stand that something can still be told of, and since when.
//
// The registry lets go of what is settled for good. People are told of it all the same: a breach at seven in the morning, and that it is
// late for as long as it can still be done. So a row stays here a while longer.
#pragma once

#include <functional>
#include <map>
#include <optional>
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
    // Of what is due by the hour: when its time runs out, once the log was asked for it; it is not known where the log does not say.
    std::optional<Micros> due_at;
    bool hour_asked = false;
  };

  // As the store has them.
  [[nodiscard]] static store::Result<Rows> read(store::Reader& reader,
                                                store::AgreementNo agreement);

  // What the registry says now. Whether anything differs from before.
  bool follow(const registry::Announcer::Standing& standing);

  // Lets go of what nothing is told of any more, but for the occurrences that are `awaited`. `today` in the agreement's zone.
  void let_go(const program::Program& program, Micros now, calendar::Day today,
              const std::set<std::string, std::less<>>& awaited);

  // Asks for the hour of those due by it that have not been asked for; `ask` gives the moment, or nothing. Whether it was called.
  bool find_hours(const program::Program& program,
                  const std::function<std::optional<Micros>(const std::string& occurrence)>& ask);
  // What was found may have changed.
  void forget_hours();

  [[nodiscard]] const std::map<std::string, Row>& all() const { return rows_; }

 private:
  bool put(const store::Verdict& verdict, bool held);

  std::map<std::string, Row> rows_;  // by occurrence
};

}  // namespace samrad::watch
