#include "tests/fuzz/story.h"

#include <algorithm>
#include <string>

namespace samrad::fuzz {

using program::Value;
using program::ValueKind;

unsigned Story::byte() {
  if (bytes_.empty()) return 0;
  const auto b = static_cast<unsigned char>(bytes_.front());
  bytes_.remove_prefix(1);
  return b;
}

Value Story::value(const program::Field& field, engine::Event& event) {
  const unsigned b = byte();
  if (b % 4 == 0) return {};
  const auto member = [&](unsigned n) { return program_.members[n % program_.members.size()].name; };
  if (field.list) {
    Value list;
    list.kind = ValueKind::list;
    list.a = static_cast<std::int64_t>(event.pool.size());
    list.b = b % 3;
    for (unsigned i = 0; i < b % 3; ++i)
      event.pool.push_back(member(byte()));
    return list;
  }
  Value value;
  value.kind = field.type;
  switch (field.type) {
  case ValueKind::text: value.symbol = symbols_.intern("text " + std::to_string(b)); break;
  case ValueKind::member: value.symbol = member(b); break;
  case ValueKind::money: value.symbol = symbols_.intern("SEK"); [[fallthrough]];
  case ValueKind::number: value.a = b * 10, value.b = 1; break;
  case ValueKind::date: value.a = day_.n + static_cast<int>(b) - 128; break;
  default: value.a = b % 2; break;
  }
  return value;
}

std::optional<engine::Event> Story::next() {
  if (bytes_.empty()) return std::nullopt;
  engine::Event event;
  event.type = byte() % static_cast<unsigned>(program_.event_types.size());
  const unsigned days = byte();
  day_ = day_ + static_cast<int>(days < 64 ? 0 : days - 64);
  event.day = day_;
  const unsigned hour = byte();
  event.timed = hour % 3 == 0;
  event.second = event.timed ? static_cast<std::int32_t>(hour / 3 % 24 * 3600) : 0;
  const std::int64_t midnight = std::int64_t{day_.n} * 86400;
  event.earliest = midnight + event.second;
  event.latest = event.timed ? event.earliest : midnight + 86399;
  event.id = symbols_.intern("e" + std::to_string(++told_));
  event.identity = symbols_.intern("fuzz#e" + std::to_string(told_));
  const unsigned subject = byte();
  if (subject % 8 != 0) event.subject = program_.members[subject % program_.members.size()].name;
  const program::EventType& type = program_.event_types[event.type];
  for (std::uint32_t i = 0; i < type.fields.count; ++i)
    event.fields.push_back(value(program_.fields[type.fields.first + i], event));
  return event;
}

}  // namespace samrad::fuzz
