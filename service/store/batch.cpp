#include "service/store/store.h"

namespace samrad::store {

std::size_t Batch::rows() const {
  return agreements.size() + versions.size() + events.size() + findings.size() + verdicts.size() +
         verdicts_gone.size() + wakes.size() + snapshots.size() + messages.size() +
         progress.size() + documents.size() + documents_gone.size();
}

bool Batch::empty() const { return rows() == 0; }

}  // namespace samrad::store
