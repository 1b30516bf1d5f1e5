// What has been told and acknowledged, asked of the store for a planner that cannot take a failure for an answer.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "service/alerts/key.h"
#include "service/store/store.h"
#include "service/watch/duties.h"

namespace samrad::watch {

// For one plan. What comes of it counts for nothing where there was a failure. The answers that it gives must not outlive it.
class OnRecord {
 public:
  // `batch`: what is about to be committed; null: nothing.
  explicit OnRecord(store::Reader& reader, const store::Batch* batch = nullptr)
      : reader_(reader), batch_(batch) {}
  OnRecord(const OnRecord&) = delete;

  [[nodiscard]] alerts::LastKey last_key();
  [[nodiscard]] Acknowledged acknowledged(std::string agreement);
  // Waiting, and not about to be finished.
  [[nodiscard]] std::vector<store::Message> pending(store::AgreementNo agreement);

  [[nodiscard]] const std::optional<store::Failure>& failure() const { return failure_; }

 private:
  template <class T>
  T answer(store::Result<T> result) {
    if (result) return std::move(*result);
    failure_ = result.error();
    return {};
  }

  store::Reader& reader_;
  const store::Batch* batch_;
  std::optional<store::Failure> failure_;
};

}  // namespace samrad::watch
