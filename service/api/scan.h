// Rows over all agreements, for a caller who may see some of them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include <tl/expected.hpp>

#include "service/api/limits.h"
#include "service/api/service.h"

namespace samrad::api {

// The agreements that the caller may read, where they are few; nothing where they are many, or all.
[[nodiscard]] inline std::optional<std::vector<store::AgreementNo>> few_of(const Service& service,
                                                                           const Call& call) {
  if (call.principal.agreements.is_all()) return std::nullopt;
  const registry::Directory& directory = service.rooms.registry.directory();
  const auto may = [&](std::string_view id) {
    return access::may(call.principal, access::Right::read, id);
  };
  const auto ids = directory.ids("", few_agreements_max + 1, may);
  if (ids.size() > few_agreements_max) return std::nullopt;
  std::vector<store::AgreementNo> numbers;
  for (const std::string& id : ids)
    if (const auto entry = directory.find(id)) numbers.push_back(entry->no);
  return numbers;
}

// Takes rows in their order until `wanted` of them were seen. True: there may be more behind the last one taken.
//
//   fetch(agreement)  the next rows of the store, at most `wanted`, of one agreement or, without it, of all
//   before(a, b)      their order
//   take(row)         remembers the place, and says whether the caller sees the row
//
// Few agreements are asked one by one. Else all rows are looked through, at most scan_pages_max pages of them.
template <class Fetch, class Before, class Take>
[[nodiscard]] tl::expected<bool, http::Problem>
scan(const std::optional<std::vector<store::AgreementNo>>& few, std::size_t wanted, Fetch fetch,
     Before before, Take take) {
  using Rows = typename decltype(fetch(std::optional<store::AgreementNo>()))::value_type;
  std::size_t seen = 0;
  Rows all;
  for (const store::AgreementNo no : few.value_or(std::vector<store::AgreementNo>())) {
    auto rows = fetch(no);
    if (!rows) return tl::unexpected(rows.error());
    all.insert(all.end(), rows->begin(), rows->end());
  }
  std::sort(all.begin(), all.end(), before);
  for (const auto& row : all) {
    if (seen == wanted) return true;
    if (take(row)) ++seen;
  }
  if (few) return seen == wanted;
  for (int page = 0; page < scan_pages_max; ++page) {
    auto rows = fetch(std::nullopt);
    if (!rows) return tl::unexpected(rows.error());
    for (const auto& row : *rows) {
      if (seen == wanted) return true;
      if (take(row)) ++seen;
    }
    if (rows->size() < wanted) return false;
  }
  return true;
}

}  // namespace samrad::api
