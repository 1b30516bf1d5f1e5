// Open addressing with the names' beginnings in the places themselves.

#include "service/fleet/names.h"

#include <algorithm>
#include <bit>

#include "service/fleet/pages.h"
#include "service/fleet/roster.h"

namespace samrad::fleet {

std::uint64_t NameIndex::hash(std::string_view name) { return hash_of(name); }

NameIndex::NameIndex(const Roster& roster) : roster_(roster), places_(&large_pages()) {
  const auto& agreements = roster.agreements();
  places_.resize(std::bit_ceil(std::max<std::size_t>(64, agreements.size() * 2)));
  mask_ = places_.size() - 1;
  for (std::uint32_t row = 0; row < agreements.size(); ++row) {
    const std::string_view name = agreements[row].name;
    std::uint64_t at = hash(name) & mask_;
    while (places_[at].row != 0)
      at = (at + 1) & mask_;
    places_[at].row = row + 1;
    places_[at].size = static_cast<std::uint32_t>(name.size());
    places_[at].text = beginning_of(name);
  }
}

std::uint32_t NameIndex::find(std::string_view name, std::uint64_t hash) const {
  const Beginning text = beginning_of(name);
  for (std::uint64_t at = hash & mask_; places_[at].row != 0; at = (at + 1) & mask_) {
    const Place& place = places_[at];
    if (place.size != name.size() || !same(place.text, text)) continue;
    if (name.size() <= beginning || roster_.agreements()[place.row - 1].name == name)
      return place.row - 1;
  }
  return program::none;
}

}  // namespace samrad::fleet
