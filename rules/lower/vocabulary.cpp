// The vocabularies of all versions as one, by name: what a version adds is added, what another leaves out stays, since
// events of its time are still read. A name that is one thing here and another there is complained of with both places.
// Facts are lowered a version at a time; one that is the same in two versions is one row.
#include "rules/lower/lower.h"

#include "rules/check/pass.h"
#include "rules/program/dump.h"

#include <algorithm>

namespace samrad::rules {

using program::EventType;
using program::Field;
using program::Program;

namespace {

class Merge {
 public:
  Merge(std::span<Lowering> texts, Pools& pools, Diagnostics& out)
      : texts_(texts), pools_(pools), out_(out) {}

  void run() {
    for (Lowering& text : texts_)
      kinds(text);
    for (Lowering& text : texts_)
      members(text);
    for (Lowering& text : texts_)
      events(text);
    for (const Event& event : events_)
      write(event);
    for (Lowering& text : texts_)
      slots(text);
    for (Lowering& text : texts_)
      measures(text);
    for (Lowering& text : texts_)
      ambiguities(text);
  }

 private:
  struct Place {
    const Lowering* text = nullptr;
    NodeId node = no_node;
  };
  struct Event {
    EventType type;
    std::vector<Index> subject_kinds;
    std::vector<Field> fields;
    std::vector<Place> field_places;
  };

  static Span span(Place place) { return place.text->tree[place.node].name; }

  void clash(Place later, Place first, std::string message, std::string at_first) {
    if (later.node == no_node || first.node == no_node) return;
    Diagnostic d = diagnostic(
        Code::versions_clash, span(later), std::move(message),
        "events of both versions are read with one vocabulary: give the new thing a new name");
    d.labels.push_back({span(first), std::move(at_first)});
    out_.push_back(std::move(d));
  }

  Symbol label(const Lowering& text, NodeId block) {
    const NodeId label = block == no_node ? no_node : text.tree.child(block, Node::label);
    return label == no_node ? 0 : pools_.symbol(text.tree.text(label));
  }

  // Rows are numbered in the order of the texts.
  void kinds(Lowering& text) {
    for (const KindRow& kind : text.vocabulary.kinds) {
      const auto [at, fresh] =
          kind_of_.emplace(kind.name, static_cast<Index>(pools_.program.kinds.size()));
      if (fresh) {
        pools_.program.kinds.push_back({pools_.symbol(kind.name), 0, kind.open});
        kind_places_.push_back({&text, kind.node});
      }
      text.kind_row.push_back(at->second);
      program::Kind& row = pools_.program.kinds[at->second];
      if (const Symbol l = label(text, kind.node); l != 0) row.label = l;
      if (row.open != kind.open)
        clash({&text, kind.node}, kind_places_[at->second],
              "the members of " + quoted(kind.name) + (kind.open ? " now" : " no longer") +
                  " appear in events",
              "declared here in an earlier version");
    }
  }

  void members(Lowering& text) {
    const Tree& tree = text.tree;
    for (const MemberRow& member : text.vocabulary.members) {
      const Index kind = text.kind_row[member.kind];
      const auto [at, fresh] =
          member_of_.emplace(member.name, static_cast<Index>(pools_.program.members.size()));
      if (fresh) {
        pools_.program.members.push_back({pools_.symbol(member.name), 0, kind, 0, 0});
        member_places_.push_back({&text, member.node});
      }
      program::Member& row = pools_.program.members[at->second];
      if (row.kind != kind)
        clash({&text, member.node}, member_places_[at->second],
              quoted(member.name) + " is " + article(member_kind(text, member)) + ", and was " +
                  article(pools_.program.text(pools_.program.kinds[row.kind].name)) +
                  " in an earlier version",
              "declared here in an earlier version");
      if (const Symbol l = label(text, member.node); l != 0) row.label = l;
      if (member.parameter != none) {
        row.parameter = text.parameter_row[member.parameter];
        pools_.program.parameters[row.parameter].kind = kind;
      }
      if (tree.kind(member.node) != Node::entity && member.parameter == none) continue;
      row.of = row.deputy_of = 0;
      bool first = true;
      for (NodeId c : tree.of(member.node)) {
        if (tree.kind(c) == Node::deputy) row.deputy_of = pools_.symbol(tree.text(c));
        if (tree.kind(c) != Node::name) continue;
        if (!first) row.of = pools_.symbol(tree.text(c));
        first = false;
      }
    }
  }
  static std::string_view member_kind(const Lowering& text, const MemberRow& member) {
    return text.vocabulary.kinds[member.kind].name;
  }

  void events(Lowering& text) {
    for (const EventRow& row : text.vocabulary.events) {
      const auto [at, fresh] = event_of_.emplace(row.name, static_cast<Index>(events_.size()));
      if (!fresh) missing(row, events_[at->second]);
      if (fresh) {
        events_.emplace_back();
        events_.back().type.name = pools_.symbol(row.name);
        events_.back().type.builtin = row.builtin;
      }
      text.event_row.push_back(at->second);
      Event& event = events_[at->second];
      if (const Symbol l = label(text, row.node); l != 0) event.type.label = l;
      recorded(text, row, event, fresh);
      for (Index k : row.subject_kinds) {
        const Index kind = text.kind_row[k];
        if (std::find(event.subject_kinds.begin(), event.subject_kinds.end(), kind) ==
            event.subject_kinds.end())
          event.subject_kinds.push_back(kind);
      }
      for (const FieldRow& f : row.fields)
        field(text, event, row, f, fresh);
    }
  }

  // A field that a version does not have cannot be required of the events of its time.
  void missing(const EventRow& row, Event& event) const {
    for (Field& old : event.fields)
      if (row.field(pools_.program.text(old.name)) == none) old.required = false;
  }

  // Where a version says less of what is recorded, the more careful answer stands.
  static void recorded(const Lowering& text, const EventRow& row, Event& event, bool fresh) {
    calendar::Day from = calendar::day_min;
    const NodeId item =
        row.node == no_node ? no_node : text.tree.child(row.node, Node::not_recorded);
    if (item != no_node)
      from = text.tree.of(item).empty() ? calendar::day_max : read_day(text.tree, item);
    event.type.recorded_from = fresh ? from : std::max(event.type.recorded_from, from);
  }

  void field(Lowering& text, Event& event, const EventRow& row, const FieldRow& f,
             bool first_version) {
    Field made{pools_.symbol(f.name), label(text, f.node), f.type, f.list, f.required,
               f.kind == none ? none : text.kind_row[f.kind]};
    for (std::size_t i = 0; i < event.fields.size(); ++i) {
      Field& old = event.fields[i];
      if (old.name != made.name) continue;
      old.required = old.required && made.required;
      if (made.label != 0) old.label = made.label;
      if (old.type != made.type || old.list != made.list || old.kind != made.kind)
        clash({&text, f.node}, event.field_places[i],
              "the field " + quoted(f.name) + " of " + quoted(row.name) +
                  " has another type than in an earlier version",
              "declared here in an earlier version");
      return;
    }
    made.required = made.required && first_version;
    event.fields.push_back(made);
    event.field_places.push_back({&text, f.node});
  }

  void write(const Event& event) {
    Program& p = pools_.program;
    EventType type = event.type;
    type.subject_kinds = {static_cast<std::uint32_t>(p.indices.size()),
                          static_cast<std::uint32_t>(event.subject_kinds.size())};
    if (event.subject_kinds.empty()) type.subject_kinds = {};
    p.indices.insert(p.indices.end(), event.subject_kinds.begin(), event.subject_kinds.end());
    type.fields = {static_cast<std::uint32_t>(p.fields.size()),
                   static_cast<std::uint32_t>(event.fields.size())};
    if (event.fields.empty()) type.fields = {};
    p.fields.insert(p.fields.end(), event.fields.begin(), event.fields.end());
    p.event_types.push_back(type);
  }

  void slots(Lowering& text) {
    for (std::size_t i = 0; i < text.vocabulary.events.size(); ++i) {
      const Event& event = events_[text.event_row[i]];
      std::vector<std::uint32_t>& out = text.slots.emplace_back();
      for (const FieldRow& f : text.vocabulary.events[i].fields) {
        std::uint32_t slot = 0;
        while (pools_.program.text(event.fields[slot].name) != f.name)
          ++slot;
        out.push_back(slot);
      }
    }
  }

  void measures(Lowering& text) {
    const Tree& tree = text.tree;
    for (const MemberRow& member : text.vocabulary.members) {
      if (tree.kind(member.node) != Node::measure) continue;
      program::MeasureRow row;
      row.name = pools_.symbol(member.name);
      row.label = label(text, member.node);
      std::vector<program::Value> baselines;
      for (NodeId c : tree.of(member.node)) {
        if (tree.kind(c) == Node::item_unit) row.unit = pools_.symbol(tree.text(c));
        if (tree.kind(c) == Node::item_source) row.source = pools_.symbol(tree.text(c));
        if (tree.kind(c) != Node::item_baseline) continue;
        for (NodeId n : tree.of(c)) {
          const Fraction f = read_fraction(tree.text(n)).value_or(Fraction{});
          baselines.push_back({program::ValueKind::number, 0, f.num, f.den});
        }
      }
      auto& constants = pools_.program.constants;
      row.baselines = {static_cast<std::uint32_t>(constants.size()),
                       static_cast<std::uint32_t>(baselines.size())};
      if (baselines.empty()) row.baselines = {};
      constants.insert(constants.end(), baselines.begin(), baselines.end());
      auto& rows = pools_.program.measures;
      const auto old =
          std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r.name == row.name; });
      if (old == rows.end())
        rows.push_back(row);
      else
        *old = row;
    }
  }

  // As the last version that has it says it.
  void ambiguities(Lowering& text) {
    auto& rows = pools_.program.ambiguities;
    for (const ClauseRow& ambiguity : text.vocabulary.ambiguities) {
      program::Ambiguity row{pools_.symbol(ambiguity.name), label(text, ambiguity.node), 0, 0};
      for (NodeId c : text.tree.of(ambiguity.node)) {
        if (text.tree.kind(c) == Node::item_source) row.source = pools_.symbol(text.tree.text(c));
        if (text.tree.kind(c) == Node::item_settled) row.settled = pools_.symbol(text.tree.text(c));
      }
      const auto old =
          std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r.name == row.name; });
      text.ambiguity_row.push_back(static_cast<Index>(old - rows.begin()));
      if (old == rows.end())
        rows.push_back(row);
      else
        *old = row;
    }
  }

  std::span<Lowering> texts_;
  Pools& pools_;
  Diagnostics& out_;
  NameTable kind_of_, member_of_, event_of_;
  std::vector<Place> kind_places_, member_places_;
  std::vector<Event> events_;
};

}  // namespace

void merge_vocabulary(std::span<Lowering> texts, Pools& pools, Diagnostics& out) {
  Merge(texts, pools, out).run();
}

void Lowering::facts() {
  using program::Fact;
  const auto key = [this](NodeId pattern_key) {
    const Meaning& m = meaning(pattern_key);
    if (m.refers != Refers::field) return program::subject_slot;
    return slot(event_of(tree.child(pattern_key, Node::pattern)), m.index);
  };
  for (const FactRow& row : vocabulary.facts) {
    const Pools::Mark before = pools.mark();
    Fact fact;
    fact.name = pools.symbol(row.name);
    fact.label = label(row.node);
    if (row.kind != none) fact.kind = kind_row[row.kind];
    const NodeId holds = tree.child(row.node, Node::holds);
    bool first = true;
    for (NodeId c : tree.of(holds)) {
      forget();
      if (tree.kind(c) == Node::from_start) fact.from_start = true;
      if (tree.kind(c) == Node::v_duration) fact.lasting = read_duration(tree, c);
      fact.lasting_from = given_in(holds);
      if (tree.kind(c) == Node::pattern_key) {
        (first ? fact.begins : fact.ends) = pattern(tree.child(c, Node::pattern));
        if (row.kind != none) (first ? fact.begins_key : fact.ends_key) = key(c);
      }
      first = false;
    }
    auto& facts = pools.program.facts;
    const std::string writing = program::dump_fact(pools.program, fact);
    const auto same = std::find_if(facts.begin(), facts.end(), [&](const Fact& old) {
      return old.name == fact.name && program::dump_fact(pools.program, old) == writing;
    });
    fact_row.push_back(static_cast<Index>(same - facts.begin()));
    if (same != facts.end())
      pools.back(before);
    else
      facts.push_back(fact);
  }
}

}  // namespace samrad::rules
