// Memory for large tables that are looked into everywhere: large pages, where the system has them, so that finding the page is not half
// the cost of finding the entry.
#pragma once

#include <memory_resource>

namespace samrad::fleet {

// Any thread. Small requests are served as by new.
[[nodiscard]] std::pmr::memory_resource& large_pages();

}  // namespace samrad::fleet
