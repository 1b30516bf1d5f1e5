// Arguments of a template, as a test writes them.
#pragma once

#include "rules/program/bind.h"

#include <map>
#include <string>

namespace samrad::program {

inline Argument number(std::int64_t n, std::int64_t of = 1) {
  return {{ValueKind::number, 0, n, of}, {}, {}};
}
inline Argument money(std::int64_t n, std::string currency) {
  return {{ValueKind::money, 0, n, 1}, {std::move(currency)}, {}};
}
inline Argument yes(bool is) { return {{ValueKind::yes_no, 0, is ? 1 : 0, 1}, {}, {}}; }
inline Argument date(std::string_view iso) {
  return {{ValueKind::date, 0, calendar::parse_iso(iso)->n, 1}, {}, {}};
}
inline Argument lasting(std::int64_t n, calendar::Unit unit) {
  return {{ValueKind::duration, 0, n, static_cast<std::int64_t>(unit)}, {}, {}};
}
inline Argument text(std::string said) { return {{}, {std::move(said)}, {}}; }
inline Argument named(std::vector<std::string> names, std::vector<std::string> labels = {}) {
  return {{}, std::move(names), std::move(labels)};
}

using Said = std::map<std::string, Argument>;

// In the order of the parameters; what is not said is left out.
inline Arguments in_order(const Program& p, const Said& said) {
  Arguments out;
  for (const Parameter& parameter : p.parameters) {
    const auto at = said.find(std::string(p.text(parameter.name)));
    out.push_back(at == said.end() ? Argument{} : at->second);
  }
  return out;
}

}  // namespace samrad::program
