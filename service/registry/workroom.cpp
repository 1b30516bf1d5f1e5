#include "service/registry/workroom.h"

#include <algorithm>

#include "service/registry/canonical.h"

namespace samrad::registry {

Workroom::Workroom(RulebookPointer rules, record::Zone where)
    : book(std::move(rules)),
      symbols(book->chosen),
      machine(book->chosen, symbols),
      zone(std::move(where)),
      vocabulary(book->chosen, symbols, zone),
      amended(std::any_of(book->chosen.rules.begin(), book->chosen.rules.end(),
                          [](const program::Rule& rule) { return rule.amends; })) {}

tl::expected<std::unique_ptr<Workroom>, std::string> Workroom::make(RulebookPointer book) {
  auto zone = record::Zone::open(book->zone);
  if (!zone) return tl::unexpected(zone.error());
  return std::unique_ptr<Workroom>(new Workroom(std::move(book), std::move(*zone)));
}

engine::Moment Workroom::moment(Micros at) const {
  const std::int64_t utc = instant_of(at).seconds;
  return {zone.day_of(utc), utc};
}

}  // namespace samrad::registry
