#include "tests/reference/made_up.h"

#include <algorithm>
#include <random>
#include <vector>

#include <nlohmann/json.hpp>

namespace samrad::tests {
namespace {

using nlohmann::json;
using program::ValueKind;

class Maker {
 public:
  Maker(const program::Program& program, std::uint64_t seed, bool ordered)
      : p_(program), random_(seed), ordered_(ordered) {
    for (int i = 0; i < 6; ++i)
      days_.push_back(p_.term_first + below(500));
  }

  json event(int n) {
    const program::EventType type = one_of(types());
    json e{{"specversion", "1.0"}, {"source", "urn:a"}, {"id", "e" + std::to_string(n)}};
    e["type"] = text(type.name);
    const std::string on = iso_day();
    const int minutes = ordered_ ? n : below(2) == 0 ? 9 * 60 : 14 * 60;
    const std::string clock = std::to_string(100 + minutes / 60).substr(1) + ":" +
                              std::to_string(100 + minutes % 60).substr(1);
    e["time"] = ordered_ || below(3) == 0 ? on + "T" + clock + ":00+02:00" : on;
    if (type.subject_kinds.count > 0)
      e["subject"] = member(
          p_.indices[type.subject_kinds.first +
                     static_cast<unsigned>(below(static_cast<int>(type.subject_kinds.count)))]);
    for (std::uint32_t i = 0; i < type.fields.count; ++i) {
      const program::Field& field = p_.fields[type.fields.first + i];
      if (!field.required && below(4) == 0) continue;
      json value = single(field);
      if (field.list) {
        value = json::array({value});
        for (int more = below(3); more > 0; --more)
          value.push_back(single(field));
      }
      e["data"][text(field.name)] = value;
    }
    return e;
  }

 private:
  int below(int n) { return static_cast<int>(random_() % static_cast<std::uint64_t>(n)); }
  std::string text(program::Symbol s) const { return std::string(p_.text(s)); }

  template <class T>
  T one_of(const std::vector<T>& all) {
    return all[static_cast<std::size_t>(below(static_cast<int>(all.size())))];
  }

  bool about_somebody(program::Index kind) const {
    return p_.kinds[kind].open ||
           std::any_of(p_.members.begin(), p_.members.end(),
                       [&](const program::Member& m) { return m.kind == kind; });
  }

  std::vector<program::EventType> types() const {
    std::vector<program::EventType> all;
    for (const program::EventType& type : p_.event_types) {
      bool possible =
          type.builtin == program::Builtin::ordinary || type.builtin == program::Builtin::extension;
      for (std::uint32_t i = 0; i < type.subject_kinds.count; ++i)
        possible = possible && about_somebody(p_.indices[type.subject_kinds.first + i]);
      for (std::uint32_t i = 0; i < type.fields.count; ++i) {
        const program::Field& field = p_.fields[type.fields.first + i];
        possible = possible && (field.type != ValueKind::member || about_somebody(field.kind));
      }
      if (possible) all.push_back(type);
    }
    return all;
  }

  // One of a few days and those beside them, so that events meet.
  std::string iso_day() { return calendar::iso(one_of(days_) + below(5) * below(20)); }

  std::string member(program::Index kind) {
    std::vector<std::string> all;
    for (const program::Member& m : p_.members)
      if (m.kind == kind) all.push_back(text(m.name));
    if (p_.kinds[kind].open) all.insert(all.end(), {"somewhere", "elsewhere"});
    return one_of(all);
  }

  json single(const program::Field& field) {
    switch (field.type) {
    case ValueKind::number: return below(120);
    case ValueKind::money: return std::to_string(100 * below(2000)) + " SEK";
    case ValueKind::date: return iso_day();
    case ValueKind::duration: return std::to_string(1 + below(40)) + " days";
    case ValueKind::yes_no: return below(3) > 0;
    case ValueKind::member: return member(field.kind);
    default: {
      // A word that the text itself uses, or the id of an event.
      std::vector<std::string> words{"e" + std::to_string(below(20))};
      for (const program::Value& v : p_.constants)
        if (v.kind == ValueKind::text) words.push_back(text(v.symbol));
      return one_of(words);
    }
    }
  }

  const program::Program& p_;
  std::mt19937_64 random_;
  const bool ordered_;
  std::vector<calendar::Day> days_;
};

}  // namespace

std::string made_up_history(const program::Program& program, std::uint64_t seed, int events,
                            bool ordered) {
  Maker maker(program, seed, ordered);
  std::string lines;
  for (int n = 1; n <= events; ++n)
    lines += maker.event(n).dump() + "\n";
  return lines;
}

}  // namespace samrad::tests
