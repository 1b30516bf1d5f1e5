// Conditions and values (docs/language.md §6).
#include <algorithm>
#include <stdexcept>

#include "tests/reference/story.h"

namespace samrad::reference {

Truth Story::holds(NodeId id, const Scene& scene) const {
  const auto children = tree.of(id);
  switch (tree.kind(id)) {
  case Node::c_or: return either(holds(children[0], scene), holds(children[1], scene));
  case Node::c_and: return both(holds(children[0], scene), holds(children[1], scene));
  case Node::c_not: return opposite(holds(children[0], scene));
  case Node::c_compare:
    return compare(tree.text(id), value(children[0], scene), value(children[1], scene));
  case Node::c_including: return including(id, scene);
  case Node::c_one_of: return one_of(id, scene);
  // "`F present`, `F missing` (these two are never unknown)"
  case Node::c_present: return sure(!value(children[0], scene).missing());
  case Node::c_missing: return sure(value(children[0], scene).missing());
  case Node::c_happened: return happened(id, scene);
  default: {
    // "A field of type yes/no is a condition by itself"; so is a fact.
    const Value v = value(id, scene);
    return v.is == Value::Is::truth ? v.truth : Truth::unknown;
  }
  }
}

Value Story::value(NodeId id, const Scene& scene) const {
  const auto children = tree.of(id);
  const auto sum = [&](Sum s) {
    return calculate(s, value(children[0], scene), value(children[1], scene), agreement.holidays);
  };
  switch (tree.kind(id)) {
  case Node::v_number: return Value::of(Number::read(tree.text(id)));
  case Node::v_percent: return Value::of(Number::read(tree.text(id)) / Number::of(100));
  case Node::v_money: {
    const std::string text(tree.text(id));
    const std::size_t space = text.find(' ');
    return Value::money(Number::read(text.substr(0, space)), text.substr(space + 1));
  }
  case Node::v_date: return Value::of(day_of(tree, id));
  case Node::v_duration: return Value::of(duration_of(tree, id));
  case Node::v_text: return Value::of(std::string(tree.text(id)));
  case Node::v_yes: return Value::of(Truth::yes);
  case Node::v_no: return Value::of(Truth::no);
  case Node::v_name: return name_value(tree.text(id), scene);
  case Node::v_of: return of_value(id, scene);
  case Node::v_add: return sum(Sum::add);
  case Node::v_subtract: return sum(Sum::subtract);
  case Node::v_multiply: return sum(Sum::multiply);
  case Node::v_divide: return sum(Sum::divide);
  case Node::v_negate: {
    const Value v = value(children[0], scene);
    Value zero = Value::of(Number{});
    if (v.is == Value::Is::money) zero = Value::money(Number{}, v.text);
    return calculate(Sum::subtract, zero, v, agreement.holidays);
  }
  case Node::v_days_between: {
    const Value from = value(children[0], scene), to = value(children[1], scene);
    return calculate(Sum::subtract, to, from, agreement.holidays);
  }
  case Node::v_number_of: {
    const Value v = value(children[0], scene);
    if (v.is != Value::Is::list) return {};
    if (children.size() == 1)
      return Value::of(Number::of(static_cast<std::int64_t>(v.list.size())));
    [[fallthrough]];
  }
  case Node::v_share_of: {
    const Value v = value(children[0], scene);
    const auto list = listed(children[1], scene);
    if (v.is != Value::Is::list || !list) return {};
    std::int64_t in = 0;
    for (const std::string& one : v.list)
      in += std::find(list->begin(), list->end(), one) != list->end() ? 1 : 0;
    if (tree.kind(id) == Node::v_number_of) return Value::of(Number::of(in));
    if (v.list.empty()) return {};
    return Value::of(Number::of(in, static_cast<std::int64_t>(v.list.size())));
  }
  case Node::v_count_events: return counted(id, scene);
  case Node::v_share_events: return shared(id, scene);
  case Node::v_sum_events: return summed(id, scene);
  case Node::v_in_a_row: return in_a_row(id, scene);
  default: return Value::of(holds(id, scene));
  }
}

// A word by itself: the variable of `for each`, a field of the event at hand, `day`, `expiry`, `start`, a fact, else the member of that name.
Value Story::name_value(std::string_view name, const Scene& scene) const {
  if (!scene.variable.empty() && name == scene.variable) return Value::of(scene.member);
  if (scene.here != nullptr) {
    const EventType& type = agreement.event(scene.here->type);
    if (type.fields.contains(name)) return field(*scene.here, name);
    if (name == "subject")
      return scene.here->subject.empty() ? Value{} : Value::of(scene.here->subject);
  }
  if (name == "day") return Value::of(scene.here != nullptr ? scene.here->day() : scene.day);
  if (name == "start") return Value::of(agreement.first);
  if (name == "expiry") {
    const auto day = expiry(scene);
    return day ? Value::of(*day) : Value{};
  }
  if (agreement.facts.contains(name)) return Value::of(fact(name, "", scene.day));
  return Value::of(std::string(name));
}

// `chair of x`, `subject of x`, `day of x`, `id of x`; `FACT of X`.
Value Story::of_value(NodeId id, const Scene& scene) const {
  const std::string_view what = tree.text(id), whose = tree.text(tree.of(id)[0]);
  if (!scene.alias.empty() && whose == scene.alias && scene.first != nullptr) {
    const Event& x = *scene.first;
    if (agreement.event(x.type).fields.contains(what)) return field(x, what);
    if (what == "day") return Value::of(x.day());
    if (what == "id") return Value::of(x.id);
    if (what == "subject") return x.subject.empty() ? Value{} : Value::of(x.subject);
  }
  if (agreement.facts.contains(what)) {
    const Value key = name_value(whose, scene);
    return key.missing() ? Value::of(Truth::unknown) : Value::of(fact(what, key.text, scene.day));
  }
  throw std::runtime_error("what is " + std::string(what) + " of " + std::string(whose));
}

// The members of a list; "a field with several values may stand for the list". Nothing where one of them is missing.
std::optional<std::vector<std::string>> Story::listed(NodeId list, const Scene& scene) const {
  std::vector<std::string> all;
  for (const NodeId one : tree.of(list)) {
    if (tree.kind(one) == Node::v_every || agreement.sets.contains(tree.text(one))) {
      for (const std::string& member : agreement.written_out(one))
        all.push_back(member);
      continue;
    }
    const Value v = value(one, scene);
    if (v.missing()) return std::nullopt;
    if (v.is == Value::Is::list)
      all.insert(all.end(), v.list.begin(), v.list.end());
    else
      all.push_back(v.text);
  }
  return all;
}

Truth Story::including(NodeId id, const Scene& scene) const {
  const Value set = value(tree.of(id)[0], scene);
  const auto list = listed(tree.of(id)[1], scene);
  if (set.is != Value::Is::list || !list) return Truth::unknown;
  const auto in = [](const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  };
  const auto shared_ones = std::count_if(list->begin(), list->end(),
                                         [&](const std::string& one) { return in(set.list, one); });
  const std::string_view how = tree.text(id);
  if (how == "all" || how == "one")
    return sure(shared_ones == static_cast<std::ptrdiff_t>(list->size()));
  if (how == "any") return sure(shared_ones > 0);
  if (how == "none") return sure(shared_ones == 0);
  if (how == "only")
    return sure(std::all_of(set.list.begin(), set.list.end(),
                            [&](const std::string& one) { return in(*list, one); }));
  return sure(shared_ones >= std::stoi(std::string(how.substr(how.rfind('_') + 1))));
}

Truth Story::one_of(NodeId id, const Scene& scene) const {
  const Value v = value(tree.of(id)[0], scene);
  Truth among = v.missing() ? Truth::unknown : Truth::no;
  for (const NodeId one : tree.of(tree.of(id)[1])) {
    if (tree.kind(one) == Node::v_every || agreement.sets.contains(tree.text(one))) {
      for (const std::string& member : agreement.written_out(one))
        among = either(among, compare("=", v, Value::of(member)));
      continue;
    }
    const Value other = value(one, scene);
    if (other.is == Value::Is::list) {
      for (const std::string& text : other.list)
        among = either(among, compare("=", v, Value::of(text)));
    } else {
      among = either(among, compare("=", v, other));
    }
  }
  return tree.text(id) == "is" ? among : opposite(among);
}

}  // namespace samrad::reference
