#include "tests/reference/story.h"

#include <algorithm>
#include <numeric>

namespace samrad::reference {
namespace {

std::vector<Event> happened_by(std::vector<Event> events, const Moment& as_of) {
  std::erase_if(events, [&](const Event& e) { return !by(e.when, as_of); });
  return events;
}

}  // namespace

// §7.3: "As of is the moment … at which the question is asked: what happened later is left out."
Story::Story(const Agreement& a, const Zone& z, std::vector<Event> all, Moment moment)
    : agreement(a),
      zone(z),
      tree(*a.tree),
      as_of(moment),
      events(happened_by(std::move(all), moment)),
      rank_(events.size()) {
  std::iota(rank_.begin(), rank_.end(), std::size_t{0});
}

void Story::put_in_order(std::vector<std::size_t> ranks) {
  rank_ = std::move(ranks);
  effects_.clear();
  facts_.clear();
}

bool Story::surely_after(const Event& a, const Event& b) const {
  if (a.day() != b.day()) return a.day() > b.day();
  return a.when.instant && b.when.instant && *a.when.instant > *b.when.instant;
}

std::vector<const Event*> Story::in_order() const {
  std::vector<const Event*> order(events.size());
  for (const Event& e : events)
    order[rank_[index(e)]] = &e;
  return order;
}

std::optional<Day> Story::expiry(const Scene& scene) const {
  std::optional<Day> day = agreement.last;
  for (const Extension& x : extensions_)
    if (scene.at ? before(*x.event, *scene.at) : x.event->day() <= scene.day) day = x.expiry;
  return day;
}

std::optional<Day> Story::expiry() const {
  return extensions_.empty() ? agreement.last : extensions_.back().expiry;
}

bool Story::recorded(std::string_view type, Day from) const {
  const EventType& t = agreement.event(type);
  if (t.not_recorded) return false;
  return !t.not_recorded_before || std::max(from, agreement.first) >= *t.not_recorded_before;
}

// §9: "the old one judges what happened before the date and the new one what happened from then on".
const Story& Story::text_of(Day day) const {
  const Story* text = this;
  for (const Story& other : beside_)
    if (!other.agreement.in_force || *other.agreement.in_force <= day) text = &other;
  return *text;
}

std::string Story::named(std::string_view name, const Scene& scene) const {
  return !scene.variable.empty() && name == scene.variable ? scene.member : std::string(name);
}

// events.md, `data`: "texts and members as strings, lists as arrays, numbers as numbers, yes/no as true/false, dates …, money …".
Value Story::field(const Event& e, std::string_view name) const {
  const EventType& type = agreement.event(e.type);
  const auto declared = type.fields.find(name);
  if (declared == type.fields.end()) return {};
  const auto at = e.data.find(std::string(name));
  if (at == e.data.end() || at->is_null()) return {};
  const nlohmann::json& json = *at;
  const std::string& word = declared->second.type;
  if (declared->second.list) {
    Value v;
    v.is = Value::Is::list;
    for (const auto& one : json)
      v.list.push_back(one.get<std::string>());
    return v;
  }
  if (word == "yes/no") return Value::of(sure(json.get<bool>()));
  if (word == "number")
    return Value::of(Number::read(json.is_string() ? json.get<std::string>() : json.dump()));
  if (word == "date") return Value::of(*calendar::parse_iso(json.get<std::string>()));
  if (word == "money") {
    const std::string text = json.is_object() ? json["amount"].get<std::string>() + " " +
                                                    json["currency"].get<std::string>()
                                              : json.get<std::string>();
    const std::size_t space = text.find(' ');
    return Value::money(Number::read(text.substr(0, space)), text.substr(space + 1));
  }
  if (word == "duration") {
    const std::string text = json.get<std::string>();
    const std::size_t space = text.find(' ');
    std::string unit = text.substr(space + 1);
    if (unit.ends_with('s')) unit.pop_back();
    std::replace(unit.begin(), unit.end(), ' ', '_');
    std::replace(unit.begin(), unit.end(), '-', '_');
    return Value::of(duration(std::stoi(text.substr(0, space)), unit));
  }
  return Value::of(json.get<std::string>());
}

// §3.7: a P that fails COND is void, a missing field makes its effect unknown. The step `P counts only if COND` of a procedure is one
// such rule (§4). While an event's own effect is asked, it counts.
Truth Story::effect(const Event& e) const {
  if (const Story& text = text_of(e.day()); &text != this)
    return text.effect(text.events[index(e)]);
  const auto rules = agreement.validities.find(e.type);
  if (rules == agreement.validities.end()) return Truth::yes;
  if (const auto known = effects_.find(&e); known != effects_.end()) return known->second;
  effects_[&e] = Truth::yes;
  Truth result = Truth::yes;
  for (const Agreement::Validity& validity : rules->second)
    result = both(result, counts(validity, e));
  effects_[&e] = result;
  if (result != Truth::yes) facts_.clear();  // found while it counted
  return result;
}

Truth Story::says_of(const Agreement::Validity& validity, const Event& e) const {
  const Truth effect_of_all = effect(e);
  if (effect_of_all == Truth::yes) return Truth::yes;
  effects_[&e] = Truth::yes;
  const Truth result = counts(validity, e);
  effects_[&e] = effect_of_all;
  facts_.clear();
  return result;
}

Truth Story::counts(const Agreement::Validity& validity, const Event& e) const {
  const Clause& c = agreement.clauses[validity.clause];
  if ((c.from && e.day() < *c.from) || (c.until && e.day() > *c.until)) return Truth::yes;
  Scene scene{&e, e.day(), &e, &e, "", "", ""};
  if (const NodeId alias = tree.child(validity.pattern, Node::alias); alias != no_node)
    scene.alias = tree.text(alias);
  std::vector<std::string> members{""};
  if (const NodeId each = c.sentence == no_node ? no_node : tree.child(c.sentence, Node::for_each);
      each != no_node) {
    scene.variable = tree.text(each);
    members = agreement.kinds.find(tree.text(tree.of(each)[0]))->second;
  }
  Truth result = Truth::yes;
  for (const std::string& member : members) {
    scene.member = member;
    const Truth applies = fits(validity.pattern, e, scene);
    if (applies != Truth::no)
      result = both(result, either(opposite(applies), holds(validity.condition, scene)));
  }
  return result;
}

}  // namespace samrad::reference
