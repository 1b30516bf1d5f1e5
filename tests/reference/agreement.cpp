#include "tests/reference/agreement.h"

#include <stdexcept>

namespace samrad::reference {

Day day_of(const Tree& tree, NodeId date) {
  const auto day = calendar::parse_iso(tree.text(date));
  if (!day) throw std::runtime_error("not a date: " + std::string(tree.text(date)));
  return *day;
}

int whole(const Tree& tree, NodeId number) { return std::stoi(std::string(tree.text(number))); }

calendar::Duration duration_of(const Tree& tree, NodeId id) {
  if (tree.kind(id) != Node::v_duration)
    throw std::runtime_error("not a duration: " + std::string(tree.text(id)));
  return duration(whole(tree, tree.of(id)[0]), tree.text(id));
}

calendar::Months months_of(const Tree& tree, NodeId id) {
  calendar::Months months = calendar::Months::no_month;
  for (const NodeId n : tree.of(id))
    months = months.with(static_cast<unsigned>(whole(tree, n)));
  return months;
}

namespace {

calendar::PartPolicy policy(std::string_view word) {
  using calendar::PartPolicy;
  return word == "in_full"            ? PartPolicy::in_full
         : word == "pro_rata_up"      ? PartPolicy::pro_rata_up
         : word == "pro_rata_down"    ? PartPolicy::pro_rata_down
         : word == "pro_rata_nearest" ? PartPolicy::pro_rata_nearest
                                      : PartPolicy::not_assessed;
}

calendar::Shift move(std::string_view word) {
  using calendar::Shift;
  return word == "following"            ? Shift::following
         : word == "modified_following" ? Shift::modified_following
         : word == "preceding"          ? Shift::preceding
                                        : Shift::none;
}

class Reader {
 public:
  Reader(const Tree& tree, const std::vector<Choice>& choices) : t_(tree), choices_(choices) {
    a_.tree = &tree;
  }

  Agreement read() {
    for (const char* kind : {"party", "role", "forum", "document", "measure"})
      a_.kinds[kind];
    for (const NodeId block : t_.of(t_.root()))
      if (t_.kind(block) == Node::agreement) agreement(block);
    for (const NodeId block : t_.of(t_.root()))
      declaration(block);
    for (const NodeId block : t_.of(t_.root()))
      if (t_.kind(block) == Node::set)
        a_.sets[text(block)] = a_.written_out(t_.child(block, Node::list));
    declared_for_you();
    for (const NodeId block : t_.of(t_.root()))
      clause(block);
    for (std::size_t i = 0; i < a_.clauses.size(); ++i)
      validity(i);
    return std::move(a_);
  }

 private:
  std::string text(NodeId id) const { return std::string(t_.text(id)); }

  void agreement(NodeId block) {
    a_.name = text(block);
    for (const NodeId item : t_.of(block)) {
      const auto children = t_.of(item);
      switch (t_.kind(item)) {
      case Node::item_timezone: a_.zone = text(item); break;
      case Node::item_term:
        a_.first = day_of(t_, children[0]);
        if (children.size() > 1) a_.last = day_of(t_, children[1]);
        break;
      case Node::item_in_force: a_.in_force = day_of(t_, children[0]); break;
      case Node::item_open_occurrences: a_.lapse = t_.text(item) == "lapse"; break;
      case Node::item_part_periods: a_.parts = policy(t_.text(item)); break;
      case Node::item_holidays:
        a_.holidays = t_.text(item) == "weekends_only" ? calendar::Holidays::weekends_only
                                                       : calendar::Holidays::sweden;
        break;
      case Node::item_due_days: a_.shift = move(t_.text(item)); break;
      default: break;
      }
    }
  }

  void declaration(NodeId block) {
    const std::string name = text(block);
    switch (t_.kind(block)) {
    case Node::kind:
      a_.kinds[name];
      if (t_.child(block, Node::open_kind) != no_node) a_.open_kinds.insert(name);
      break;
    case Node::entity: {
      const std::string kind = text(t_.of(block)[0]);
      a_.kinds[kind].push_back(name);
      a_.kind_of[name] = kind;
      if (const auto parts = t_.of(block); parts.size() > 1 && t_.kind(parts[1]) == Node::name)
        a_.belongs_to[name] = text(parts[1]);
      if (const NodeId deputy = t_.child(block, Node::deputy); deputy != no_node)
        a_.stands_for[name] = text(deputy);
      break;
    }
    case Node::measure:
      a_.kinds["measure"].push_back(name);
      a_.kind_of[name] = "measure";
      break;
    case Node::event: event(block); break;
    case Node::fact: a_.facts[name] = block; break;
    default: break;
    }
  }

  void event(NodeId block) {
    EventType& type = a_.events[text(block)];
    for (const NodeId part : t_.of(block))
      switch (t_.kind(part)) {
      case Node::name: type.subjects.push_back(text(part)); break;
      case Node::field: {
        Field field{text(t_.of(part)[0]), t_.child(part, Node::list_of) != no_node};
        if (const auto one = singular(field.type)) field = {*one, true};
        type.fields[text(part)] = field;
        type.field_order.push_back(text(part));
        break;
      }
      case Node::not_recorded:
        type.not_recorded = t_.of(part).empty();
        if (!type.not_recorded) type.not_recorded_before = day_of(t_, t_.of(part)[0]);
        break;
      default: break;
      }
  }

  // §2: "a kind's plural / `list of KIND`".
  std::optional<std::string> singular(const std::string& word) const {
    if (word == "texts") return "text";
    if (word == "parties") return "party";
    for (const NodeId block : t_.of(t_.root()))
      if (t_.kind(block) == Node::kind && text(block) == word) return std::nullopt;
    if (word == "roles" || word == "documents") return word.substr(0, word.size() - 1);
    if (word == "forums") return "forum";
    for (const NodeId block : t_.of(t_.root()))
      if (t_.kind(block) == Node::kind && text(block) + "s" == word) return text(block);
    return std::nullopt;
  }

  // §2: "Four types exist in every agreement …; two more are declared for you unless you do it yourself".
  void declared_for_you() {
    for (const char* type : {"correction", "withdrawal", "waiver", "assessment"})
      a_.events[type];
    if (!a_.events.contains("extension")) a_.events["extension"].fields["until"] = {"date", false};
    if (!a_.events.contains("measurement")) {
      EventType& type = a_.events["measurement"];
      type.subjects = {"measure"};
      type.fields = {{"value", {"number", false}},
                     {"year", {"number", false}},
                     {"no_newer", {"yes/no", false}}};
    }
  }

  // The reading that holds for a clause: the one chosen for it, else for an ambiguity that it answers, else the default (§8).
  NodeId reading(NodeId block) const {
    NodeId chosen = no_node;
    for (const NodeId r : t_.of(block))
      if (t_.kind(r) == Node::reading && t_.child(r, Node::default_reading) != no_node) chosen = r;
    for (const bool own : {false, true})
      for (const Choice& choice : choices_)
        for (const NodeId r : t_.of(block)) {
          if (t_.kind(r) != Node::reading || t_.text(r) != choice.reading) continue;
          const NodeId of = t_.child(r, Node::name);
          if (own ? choice.of == t_.text(block) : of != no_node && choice.of == t_.text(of))
            chosen = r;
        }
    return chosen;
  }

  void item(Clause& c, NodeId id) {
    const auto children = t_.of(id);
    switch (t_.kind(id)) {
    case Node::item_in_force: c.from = day_of(t_, children[0]); break;
    case Node::item_until: c.until = day_of(t_, children[0]); break;
    case Node::item_part_periods: c.parts = policy(t_.text(id)); break;
    case Node::item_due_days: c.shift = move(t_.text(id)); break;
    case Node::item_judged_by: c.judged_by = text(children[0]); break;
    case Node::item_waived_by:
      for (const NodeId n : children)
        for (const std::string& one : a_.written_out(n))
          c.waived_by.push_back(one);
      break;
    case Node::item_except: c.exceptions.push_back(children[0]); break;
    case Node::item_overrides:
      c.overrides.push_back({text(id), children.empty() ? no_node : children[0]});
      break;
    default: break;
    }
  }

  void clause(NodeId block) {
    const Node kind = t_.kind(block);
    if (kind != Node::clause && kind != Node::measure && kind != Node::procedure) return;
    Clause c;
    c.name = text(block);
    c.node = block;
    c.parts = a_.parts;
    c.shift = a_.shift;
    for (const NodeId id : t_.of(block))
      item(c, id);
    if (kind == Node::clause) {
      c.sentence = t_.child(block, Node::sentence);
      if (c.sentence == no_node) {
        const NodeId r = reading(block);
        for (const NodeId id : t_.of(r))
          item(c, id);
        c.sentence = t_.child(r, Node::sentence);
      }
      for (const NodeId id : t_.of(c.sentence))
        if (t_.kind(id) != Node::for_each && t_.kind(id) != Node::otherwise) c.core = id;
      if (t_.kind(c.core) == Node::attested)
        for (const NodeId id : t_.of(c.core))
          if (t_.kind(id) == Node::name) c.judged_by = text(id);
    }
    if (kind == Node::procedure) c.what = Clause::What::procedure;
    if (kind == Node::measure) {
      if (t_.child(block, Node::measured) != no_node) {
        c.what = Clause::What::measured;
        a_.clauses.push_back(c);
      }
      if (t_.child(block, Node::item_target) == no_node) return;
      c.what = Clause::What::target;
      c.name += "_target";
    }
    a_.clauses.push_back(c);
  }

  void validity(std::size_t at) {
    const Clause& c = a_.clauses[at];
    const auto add = [&](NodeId pattern, NodeId condition) {
      a_.validities[text(pattern)].push_back({at, pattern, condition});
    };
    if (c.core != no_node && t_.kind(c.core) == Node::validity)
      add(t_.of(c.core)[0], t_.of(c.core)[1]);
    if (c.what != Clause::What::procedure) return;
    for (const NodeId step : t_.of(c.node))
      if (t_.kind(step) == Node::step)
        if (const NodeId counts = t_.child(step, Node::counts_if); counts != no_node)
          add(t_.child(step, Node::pattern), t_.of(counts)[0]);
  }

  const Tree& t_;
  const std::vector<Choice>& choices_;
  Agreement a_;
};

}  // namespace

std::vector<std::string> Agreement::written_out(NodeId id) const {
  std::vector<std::string> all;
  if (tree->kind(id) == Node::list) {
    for (const NodeId one : tree->of(id))
      for (const std::string& member : written_out(one))
        all.push_back(member);
  } else if (tree->kind(id) == Node::v_every) {
    const auto declared = kinds.find(tree->text(id));
    if (declared == kinds.end()) return all;
    for (const std::string& member : declared->second) {
      const auto of = belongs_to.find(member);
      if (tree->of(id).empty() ||
          (of != belongs_to.end() && of->second == tree->text(tree->of(id)[0])))
        all.push_back(member);
    }
  } else if (const auto set = sets.find(tree->text(id)); set != sets.end()) {
    all = set->second;
  } else {
    all.emplace_back(tree->text(id));
  }
  return all;
}

Agreement read_agreement(const Tree& tree, const std::vector<Choice>& choices) {
  return Reader(tree, choices).read();
}

}  // namespace samrad::reference
