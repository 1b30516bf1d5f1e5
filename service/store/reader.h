// Reads over a connection of its own, which sees the last commit at the beginning of each call.
#pragma once

#include "service/store/store.h"

namespace samrad::store {

[[nodiscard]] Result<std::unique_ptr<Reader>> open_reader(const std::string& path,
                                                          const std::string& vfs, int cache_kib);

}  // namespace samrad::store
