// The messages of one file while it is read: keeps the first diagnostics_max and counts the others, so that a file of
// faults costs no more memory than a file of one.
#pragma once

#include "rules/diagnostics/diagnostic.h"
#include "rules/limits.h"

#include <cstddef>
#include <utility>

namespace samrad::rules {

class Report {
 public:
  void add(Diagnostic d) {
    if (kept_.size() < diagnostics_max)
      kept_.push_back(std::move(d));
    else
      ++beyond_;
  }
  [[nodiscard]] bool full() const { return kept_.size() >= diagnostics_max; }
  // A fault that is counted without being worded.
  void count() { ++beyond_; }
  [[nodiscard]] std::size_t beyond() const { return beyond_; }
  [[nodiscard]] const Diagnostics& kept() const { return kept_; }
  Diagnostics take() { return std::move(kept_); }

 private:
  Diagnostics kept_;
  std::size_t beyond_ = 0;
};

}  // namespace samrad::rules
