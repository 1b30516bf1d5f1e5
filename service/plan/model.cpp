// Slots to events: days chosen by preference, contents filled in day by day on the state that the days before left, and the whole
// judged by the engine as any history is.
#include "service/plan/model.h"

#include <algorithm>
#include <numeric>

#include "engine/engine.h"

namespace samrad::plan {

namespace {

// What a day costs beside its distance, in days, from where the event would best lie.
constexpr int day_off_cost = 40;
constexpr int july_cost = 60;
constexpr int turn_of_year_cost = 25;  // 21 December to 7 January
constexpr int last_days_cost = 6;      // a month's last two days, on which most things fall due
constexpr int same_kind_cost = 200;    // another event of that type and subject on that day
constexpr int crowded_cost = 2;        // for each other event of that day
constexpr int meeting_day_gain = 100;  // what a forum decides, it decides when it meets

}  // namespace

Model::Model(const program::Program& p, const engine::Symbols& s, const record::Zone& z,
             const Past& before, Day first, Day last, std::string_view placeholder)
    : program(p),
      symbols(s),
      machine(program, symbols),
      zone(z),
      past(before),
      from(first),
      to(last),
      dates(first, last),
      placeholder_(symbols.intern(placeholder)) {}

Tag Model::tag(Index rule, const std::string& occurrence) {
  const auto [at, fresh] = tags_.try_emplace({rule, occurrence}, static_cast<Tag>(grounds.size()));
  if (fresh) grounds.push_back({rule, occurrence});
  return at->second;
}

void Model::put_on(Event& event, Day day) const {
  event.day = day;
  event.earliest = zone.first_second(day);
  event.latest = zone.last_second(day);
}

SlotRow Model::add_slot(Index type, Symbol subject, Purpose purpose, Aim aim) {
  const auto row = static_cast<SlotRow>(slots.size());
  Slot slot;
  slot.event.type = type;
  slot.event.subject = subject;
  slot.choose_subject = subject == 0 && program.event_types[type].subject_kinds.count > 0;
  const std::string id = "planned-" + std::to_string(row + 1);
  slot.event.id = symbols.intern(id);
  slot.event.identity = symbols.intern("plan#" + id);
  slot.date = dates.add();
  slot.aim = aim;
  slot.purposes.push_back(std::move(purpose));
  put_on(slot.event, std::clamp(aim.day, from, to));
  if (slot.choose_subject) {
    // The first member of the kind, unless a condition says otherwise when it is filled in.
    const program::EventType& t = program.event_types[type];
    for (std::uint32_t i = 0; i < t.subject_kinds.count && slot.event.subject == 0; ++i)
      for (const program::Member& m : program.members)
        if (m.kind == program.indices[t.subject_kinds.first + i]) {
          slot.event.subject = m.name;
          break;
        }
    if (slot.event.subject == 0) slot.event.subject = placeholder_;
  }
  slot.filled = fill_in(past.state, slot, slot.event, nullptr);
  slots.push_back(std::move(slot));
  days.push_back(std::clamp(aim.day, from, to));
  return row;
}

std::optional<SlotRow> Model::slot_of(Symbol identity) const {
  for (SlotRow i = 0; i < slots.size(); ++i)
    if (slots[i].event.identity == identity) return i;
  return std::nullopt;
}

const Event* Model::past_event(Symbol identity) const {
  for (const Event& e : past.events)
    if (e.identity == identity) return &e;
  return nullptr;
}

std::optional<Day> Model::day_of(Symbol identity) const {
  if (const auto slot = slot_of(identity)) return days[*slot];
  if (const Event* e = past_event(identity)) return e->day;
  return std::nullopt;
}

std::vector<Wish> Model::wishes(const Slot& slot) const {
  std::vector<Wish> all;
  for (const Purpose& p : slot.purposes) {
    if (p.pattern == program::none) continue;
    const Event* origin = p.origin        ? &slots[*p.origin].event
                          : p.past_origin ? &*p.past_origin
                                          : nullptr;
    all.push_back({program.patterns[p.pattern].condition, origin, p.member, p.rule, program::none});
    if (p.key_slot != program::none) all.push_back({{}, nullptr, p.member, p.rule, p.key_slot});
  }
  return all;
}

Filled Model::fill_in(const engine::State& state, Slot& slot, Event& event,
                      const Purpose* extra) const {
  if (extra != nullptr) slot.purposes.push_back(*extra);
  const std::vector<Wish> all = wishes(slot);
  if (extra != nullptr) slot.purposes.pop_back();

  const Fill how{machine, state, symbols, placeholder_};
  return fill(how, event, all, slot.choose_subject);
}

bool Model::would_fit(SlotRow row, const Purpose& purpose) const {
  Slot slot = slots[row];
  slot.choose_subject = false;
  const Filled now = fill_in(past.state, slot, slot.event, nullptr);
  slot.event.subject = slots[row].event.subject;
  const Filled then = fill_in(past.state, slot, slot.event, &purpose);
  return then.failing.size() <= now.failing.size() &&
         std::find(then.failing.begin(), then.failing.end(), purpose.rule) == then.failing.end();
}

Event Model::filled_on(SlotRow row, Day day) const {
  Slot slot = slots[row];
  put_on(slot.event, day);
  slot.filled = fill_in(past.state, slot, slot.event, nullptr);
  return slot.event;
}

std::vector<bool> Model::days_that_content(SlotRow row, Index rule) const {
  std::vector<SlotRow> others;
  for (SlotRow i = 0; i < slots.size(); ++i)
    if (i != row) others.push_back(i);
  std::stable_sort(others.begin(), others.end(),
                   [&](SlotRow a, SlotRow b) { return days[a] < days[b]; });
  engine::State state = past.state;
  engine::Findings said;
  std::vector<bool> content;
  std::size_t next = 0;
  for (Day d = from; d <= to; d = d + 1) {
    engine::step(machine, state, {{d, zone.first_second(d)}, nullptr}, said);
    said.clear();
    bool good = dates.allows(slots[row].date, d);
    if (good) {
      Slot slot = slots[row];
      put_on(slot.event, d);
      const Filled filled = fill_in(state, slot, slot.event, nullptr);
      good = std::find(filled.failing.begin(), filled.failing.end(), rule) == filled.failing.end();
    }
    content.push_back(good);
    for (; next < others.size() && days[others[next]] == d; ++next) {
      const Event& e = slots[others[next]].event;
      engine::step(machine, state, {{d, e.earliest}, &e}, said);
    }
  }
  return content;
}

void Model::drop_last_slot() {
  slots.pop_back();
  days.pop_back();
  dates.drop_last();
}

// ---- days ------------------------------------------------------------------------------------------------------------

Day Model::aimed(const Slot& slot, const Chosen& chosen) const {
  if (!slot.aim.of) return slot.aim.day;
  return chosen.day[*slot.aim.of].value_or(days[*slot.aim.of]) + slot.aim.days;
}

// Who does it, where that is what others are about: a forum that decides, for example. 0: nobody.
Symbol Model::forum_of(const Slot& slot) const {
  const program::Range fields = program.event_types[slot.event.type].fields;
  for (std::uint32_t f = 0; f < fields.count && f < slot.event.fields.size(); ++f)
    if (program.text(program.fields[fields.first + f].name) == "by")
      return slot.event.fields[f].symbol;
  return 0;
}

int Model::cost(SlotRow row, Day day, Day aimed, Symbol forum, const Chosen& chosen) const {
  const Slot& slot = slots[row];
  const calendar::Date date = calendar::to_date(day);
  int c = std::abs(day - aimed);
  if (!calendar::is_working_day(day, program.holidays)) c += day_off_cost;
  if (date.month == 7) c += july_cost;
  if ((date.month == 12 && date.day > 20) || (date.month == 1 && date.day < 8))
    c += turn_of_year_cost;
  if (calendar::to_date(day + 2).month != date.month) c += last_days_cost;
  for (const SlotRow i : chosen.on[static_cast<std::size_t>(day - from)]) {
    const Event& other = slots[i].event;
    if (other.type == slot.event.type)
      c += other.subject == slot.event.subject ? same_kind_cost : crowded_cost;
    c +=
        forum != 0 && other.subject == forum && !slots[i].aim.of ? -meeting_day_gain : crowded_cost;
  }
  return c;
}

// What others are counted from comes before them; else by the day aimed at.
std::vector<Variable> Model::order() const {
  std::vector<int> depth(slots.size(), 0);
  for (SlotRow i = 0; i < slots.size(); ++i)
    for (std::optional<SlotRow> at = slots[i].aim.of;
         at && depth[i] < static_cast<int>(slots.size()); at = slots[*at].aim.of)
      ++depth[i];
  std::vector<Variable> all(slots.size());
  std::iota(all.begin(), all.end(), 0U);
  std::stable_sort(all.begin(), all.end(), [&](Variable a, Variable b) {
    return depth[a] != depth[b] ? depth[a] < depth[b] : slots[a].aim.day < slots[b].aim.day;
  });
  return all;
}

// Slots and variables go together: slot 3 has variable 3.
void Model::choose_days() {
  Chosen chosen{std::vector<std::optional<Day>>(slots.size()),
                std::vector<std::vector<SlotRow>>(static_cast<std::size_t>(to - from + 1))};
  std::optional<SlotRow> asked;
  Day aim{};
  Symbol forum = 0;
  const auto cost_of = [&](Variable v, Day d) {
    if (asked != v) {
      asked = v;
      aim = aimed(slots[v], chosen);
      forum = forum_of(slots[v]);
    }
    return cost(v, d, aim, forum, chosen);
  };
  days = dates.choose(order(), cost_of, [&](Variable v, Day d) {
    chosen.day[v] = d;
    chosen.on[static_cast<std::size_t>(d - from)].push_back(v);
  });
}

// ---- judging ---------------------------------------------------------------------------------------------------------

void Model::judge() {
  std::vector<SlotRow> rows(slots.size());
  std::iota(rows.begin(), rows.end(), 0U);
  std::stable_sort(rows.begin(), rows.end(),
                   [&](SlotRow a, SlotRow b) { return days[a] < days[b]; });
  for (SlotRow i = 0; i < slots.size(); ++i)
    put_on(slots[i].event, days[i]);
  engine::State state = past.state;
  engine::Findings said = past.said;
  for (std::size_t i = 0; i < rows.size();) {
    const Day day = days[rows[i]];
    engine::step(machine, state, {{day, zone.first_second(day)}, nullptr}, said);
    const std::size_t first = i;
    for (; i < rows.size() && days[rows[i]] == day; ++i)
      slots[rows[i]].filled = fill_in(state, slots[rows[i]], slots[rows[i]].event, nullptr);
    for (std::size_t k = first; k < i; ++k) {
      const Event& e = slots[rows[k]].event;
      engine::step(machine, state, {{e.day, e.earliest}, &e}, said);
    }
  }
  // On the day after, when what was due by the last day has its verdict.
  book = engine::conclude_book(machine, std::move(state), std::move(said),
                               {to + 1, zone.last_second(to + 1)});
}

}  // namespace samrad::plan
