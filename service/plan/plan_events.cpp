// The planned events as CloudEvents, one a line: what the engine judged, in the form in which it can be recorded.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "service/plan/plan.h"

namespace samrad::plan {

namespace {

using Json = nlohmann::ordered_json;
using program::Value;
using program::ValueKind;

// `12.5`; the denominators of written numbers divide a power of ten, so that this comes to an end.
std::string decimal(std::int64_t a, std::int64_t b) {
  const std::int64_t size = a < 0 ? -a : a;
  std::string text = (a < 0 ? "-" : "") + std::to_string(size / b);
  std::int64_t rest = size % b;
  if (rest != 0) text += '.';
  for (int digits = 0; rest != 0 && digits < 18; ++digits) {
    rest *= 10;
    text += static_cast<char>('0' + rest / b);
    rest %= b;
  }
  return text;
}

std::string length(const Value& v) {
  static constexpr std::string_view units[] = {"hour", "day",   "working day",
                                               "week", "month", "year"};
  return std::to_string(v.a) + " " + std::string(units[v.b]) + (v.a == 1 ? "" : "s");
}

Json json_of(const Plan& plan, const engine::Event& e, const Value& v) {
  const engine::Symbols& symbols = plan.ground().symbols();
  switch (v.kind) {
  case ValueKind::yes_no: return v.a != 0;
  case ValueKind::number: return v.b == 1 ? Json(v.a) : Json::parse(decimal(v.a, v.b));
  case ValueKind::money:
    return Json{{"amount", decimal(v.a, v.b)}, {"currency", std::string(symbols.text(v.symbol))}};
  case ValueKind::date: return calendar::iso(Day{static_cast<std::int32_t>(v.a)});
  case ValueKind::duration: return length(v);
  case ValueKind::list: {
    Json list = Json::array();
    for (std::int64_t i = 0; i < v.b; ++i)
      list.push_back(std::string(symbols.text(e.pool[static_cast<std::size_t>(v.a + i)])));
    return list;
  }
  default: return std::string(symbols.text(v.symbol));
  }
}

}  // namespace

std::string plan_events(const Plan& plan) {
  const program::Program& p = plan.program();
  const engine::Symbols& symbols = plan.ground().symbols();
  std::string out;
  for (const PlannedEvent& one : plan.events) {
    const engine::Event& e = one.event;
    const program::EventType& type = p.event_types[e.type];
    Json line{{"specversion", "1.0"},
              {"source", "urn:samrad:plan:" + plan.agreement},
              {"id", std::string(symbols.text(e.id))},
              {"type", std::string(p.text(type.name))}};
    if (e.subject != 0) line["subject"] = std::string(symbols.text(e.subject));
    line["time"] = calendar::iso(e.day);
    line["agreement"] = plan.agreement;
    Json data = Json::object();
    for (std::uint32_t i = 0; i < type.fields.count && i < e.fields.size(); ++i)
      if (e.fields[i].kind != ValueKind::absent)
        data[std::string(p.text(p.fields[type.fields.first + i].name))] =
            json_of(plan, e, e.fields[i]);
    if (!data.empty()) line["data"] = std::move(data);
    out += line.dump() + "\n";
  }
  return out;
}

}  // namespace samrad::plan
