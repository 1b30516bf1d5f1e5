// Anonymous mappings with the advice that they be kept in large pages; the advice may be ignored.

#include "service/fleet/pages.h"

#include <cstdint>
#include <new>

#include <sys/mman.h>

namespace samrad::fleet {

namespace {

constexpr std::size_t page = std::size_t{2} << 20U;
constexpr std::size_t worth_it = 2 * page;

std::size_t whole_pages(std::size_t bytes) { return (bytes + page - 1) / page * page; }

class LargePages final : public std::pmr::memory_resource {
  // One page more is mapped than is asked for, so that some address in the first begins one; what stands out on both sides goes back.
  void* do_allocate(std::size_t bytes, std::size_t alignment) override {
    if (bytes < worth_it) return std::pmr::new_delete_resource()->allocate(bytes, alignment);
    const std::size_t size = whole_pages(bytes);
    void* const mapped = mmap(nullptr, size + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) throw std::bad_alloc();
    char* const from = static_cast<char*>(mapped);
    const std::size_t before = (page - reinterpret_cast<std::uintptr_t>(from) % page) % page;
    if (before > 0) munmap(from, before);
    if (page - before > 0) munmap(from + before + size, page - before);
    madvise(from + before, size, MADV_HUGEPAGE);
    return from + before;
  }

  void do_deallocate(void* at, std::size_t bytes, std::size_t alignment) override {
    if (bytes < worth_it)
      std::pmr::new_delete_resource()->deallocate(at, bytes, alignment);
    else
      munmap(at, whole_pages(bytes));
  }

  [[nodiscard]] bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }
};

}  // namespace

std::pmr::memory_resource& large_pages() {
  static LargePages pages;
  return pages;
}

}  // namespace samrad::fleet
