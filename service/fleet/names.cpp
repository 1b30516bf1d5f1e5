// Open addressing with the names' beginnings in the places themselves.

#include "service/fleet/names.h"

#include <algorithm>
#include <bit>

#include "service/fleet/pages.h"
#include "service/fleet/roster.h"

namespace samrad::fleet {

namespace {

constexpr std::size_t places_min = 64;

}  // namespace

NameIndex::NameIndex(const Roster& roster)
    : roster_(roster), places_(places_min, &large_pages()), mask_(places_min - 1) {}

NameIndex::Beginning NameIndex::beginning_of(std::string_view name) {
  constexpr std::size_t word = sizeof(std::uint64_t);
  Beginning text{word_of(name.data(), std::min(name.size(), word))};
  for (std::size_t i = 1; i < words && name.size() > i * word; ++i)
    text[i] = word_of(name.data() + i * word, std::min(name.size() - i * word, word));
  return text;
}

void NameIndex::put(Places& places, const Place& place, std::uint64_t hash) {
  const std::uint64_t mask = places.size() - 1;
  std::uint64_t at = hash & mask;
  while (places[at].row != 0)
    at = (at + 1) & mask;
  places[at] = place;
}

void NameIndex::grow(std::size_t places) {
  Places wider(places, &large_pages());
  for (const Place& place : places_)
    if (place.row != 0) put(wider, place, hash(roster_.agreements()[place.row - 1].name));
  places_.swap(wider);
  mask_ = places_.size() - 1;
}

void NameIndex::expect(std::size_t names) {
  if (const std::size_t places = std::bit_ceil(2 * names); places > places_.size()) grow(places);
}

void NameIndex::add(std::uint32_t row) {
  if (++size_ * 2 > places_.size()) grow(places_.size() * 2);
  const std::string_view name = roster_.agreements()[row].name;
  put(places_, {row + 1, static_cast<std::uint32_t>(name.size()), beginning_of(name)}, hash(name));
}

std::uint32_t NameIndex::find(std::string_view name, std::uint64_t hash) const {
  const Beginning text = beginning_of(name);
  const auto same = [](const Beginning& a, const Beginning& b) {
    return ((a[0] ^ b[0]) | (a[1] ^ b[1]) | (a[2] ^ b[2])) == 0;
  };
  for (std::uint64_t at = hash & mask_; places_[at].row != 0; at = (at + 1) & mask_) {
    const Place& place = places_[at];
    if (place.size != name.size() || !same(place.text, text)) continue;
    if (name.size() <= beginning || roster_.agreements()[place.row - 1].name == name)
      return place.row - 1;
  }
  return program::none;
}

}  // namespace samrad::fleet
