// The text of an occurrence's identity.
#include "engine/finding.h"

namespace samrad::engine {
namespace {

std::string what(const program::Rule& r, const Symbols& symbols, const Key& key) {
  switch (key.bound) {
    case Bound::event: return std::string(symbols.text(key.event));
    case Bound::window: {
      // Agreements that share a Program have each their own first day to count from.
      const std::string label = r.period_of_term ? calendar::iso(key.day) : calendar::label(r.period, calendar::window_at(r.period, key.day));
      // A new text may begin within a window: then the old text may have one of that name.
      return r.amends && key.day < r.from ? label + '@' + calendar::iso(r.from) : label;
    }
    case Bound::due:
    case Bound::spell:
    case Bound::term:
    case Bound::expiry: return calendar::iso(key.day);
  }
  return {};
}

}  // namespace

std::string occurrence_id(const program::Program& p, const Symbols& symbols, const Key& key) {
  const program::Rule& r = p.rules[key.rule];
  std::string id(symbols.text(r.clause));
  if (r.key != 0) (id += '/') += symbols.text(r.key);
  if (key.member != 0 && key.member != r.key) (id += '/') += symbols.text(key.member);
  (id += '/') += what(r, symbols, key);
  if (r.step != 0) (id += '/') += symbols.text(r.step);
  if (key.otherwise) id += "/otherwise";
  return id;
}

}  // namespace samrad::engine
