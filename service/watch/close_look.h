// What the log says of occurrences where the row of a verdict does not: how much is done, by which hour it is due, why it stands as it does.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "service/alerts/duty.h"
#include "service/registry/rulebook.h"
#include "service/store/store.h"

namespace samrad::watch {

// A longer log is not looked into for the sake of a letter, which then says less: judging it takes about a tenth of a second.
inline constexpr std::size_t looked_into_events_max = 20'000;

// One agreement as its log stands at one moment, judged anew. Of one thread; refers to nothing that it was made from but the rules.
class CloseLook {
 public:
  // `batch` may hold events that are not committed yet. Null: the log is too long, or cannot be read or judged.
  [[nodiscard]] static std::unique_ptr<CloseLook> take(store::Reader& reader,
                                                       const store::Batch* batch,
                                                       const store::Agreement& agreement,
                                                       const registry::Rulebook& rules, Micros now);
  ~CloseLook();

  // When the time of an occurrence that is due by the hour runs out. Nothing: it is due by the day, or the hour is not known.
  [[nodiscard]] std::optional<Micros> due_at(const std::string& occurrence) const;

  // Sets what only the log tells: `need`, `have`, `due_at`, `demand` and `verdict`. False: there is no such occurrence.
  bool tell(alerts::Duty& duty) const;

 private:
  struct Judged;
  explicit CloseLook(std::unique_ptr<Judged> judged);
  std::unique_ptr<Judged> judged_;
};

}  // namespace samrad::watch
