// One committed whole of a store as another file.
#pragma once

#include <string>

#include "service/store/store.h"

namespace samrad::store {

// Copies the store at `path`, which may be in use, to `copy`, where nothing may be yet. The copy is one file, checked, and durable
// under its name when this returns. Failures: conflict (`copy` exists), and what reading and writing can give.
[[nodiscard]] Result<void> copy_store(const std::string& path, const std::string& vfs,
                                      const std::string& copy);

// `conflict`, if `restore` to this path was cut off before its end.
[[nodiscard]] Result<void> no_restore_unfinished(const std::string& path);

}  // namespace samrad::store
