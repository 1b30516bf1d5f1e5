// Children before parents: gives each value and condition its type, from literals upwards, and complains where two
// types cannot meet. A side that is already wrong is not complained of again.
#include "rules/check/meanings.h"

namespace samrad::rules {

namespace {

class Conditions {
 public:
  explicit Conditions(Pass& pass) : pass_(pass), tree_(pass.tree), v_(pass.out.vocabulary) {}

  void run() {
    pass_.out.meanings.assign(tree_.rows.size(), Meaning{});
    for (NodeId id = 0; id < tree_.rows.size(); ++id)
      visit(id);
  }

 private:
  Meaning& m(NodeId id) { return pass_.meaning(id); }
  void is(NodeId id, Type type) { m(id).type = type; }
  [[nodiscard]] NodeId child(NodeId id, std::size_t i) const {
    const auto children = tree_.of(id);
    return i < children.size() ? children[i] : no_node;
  }

  void visit(NodeId id) {
    const Node kind = tree_.kind(id);
    switch (kind) {
    case Node::v_name: return find_name(pass_, id);
    case Node::v_of: return find_of(pass_, id);
    case Node::v_every: return find_every(pass_, id);
    case Node::subject:
    case Node::subject_of:
    case Node::subject_same: return find_subject(pass_, id);
    case Node::role_is: return find_role_is(pass_, id);
    case Node::pattern: return find_pattern(pass_, id);
    case Node::v_number:
    case Node::v_percent: return is(id, Type::number);
    case Node::v_money: return is(id, Type::money);
    case Node::v_date: return is(id, Type::date);
    case Node::v_duration: return is(id, Type::duration);
    case Node::v_text: return is(id, Type::text);
    case Node::v_yes:
    case Node::v_no: return is(id, Type::yes_no);
    case Node::c_or:
    case Node::c_and:
      want_truth(child(id, 0)), want_truth(child(id, 1));
      return is(id, Type::truth);
    case Node::c_not: want_truth(child(id, 0)); return is(id, Type::truth);
    case Node::c_compare: compare(id); return is(id, Type::truth);
    case Node::c_including: including(id); return is(id, Type::truth);
    case Node::c_one_of: one_of(id); return is(id, Type::truth);
    case Node::c_present:
    case Node::c_missing: presence(id); return is(id, Type::truth);
    case Node::c_happened: return is(id, Type::truth);
    case Node::v_add:
    case Node::v_subtract:
    case Node::v_multiply:
    case Node::v_divide: return arithmetic(id);
    case Node::v_negate: return negate(id);
    case Node::v_days_between: return days_between(id);
    case Node::v_number_of:
    case Node::v_share_of: return counting_set(id);
    case Node::v_count_events: return is(id, Type::number);
    case Node::v_sum_events: return sum(id);
    case Node::v_share_events:
    case Node::v_in_a_row: return counting_events(id);
    default: return conditions_of(id);
    }
  }

  // Nodes that are no condition themselves but hold one as a child.
  void conditions_of(NodeId id) {
    for (NodeId c : tree_.of(id)) {
      const Node kind = tree_.kind(c);
      const bool is_condition = kind >= Node::c_or && kind < Node::list;
      if (!is_condition || holds_values(tree_.kind(id))) continue;
      if (tree_.kind(id) == Node::extension && c == child(id, 0)) continue;  // by how long
      want_truth(c);
    }
    if (tree_.kind(id) == Node::range_at_least_before ||
        tree_.kind(id) == Node::range_within_before)
      settle(pass_, child(id, 1));
  }

  // Nodes whose value children are no conditions: lists, numbers of a duration, dates of an item.
  static bool holds_values(Node kind) {
    switch (kind) {
    case Node::where:
    case Node::item_except:
    case Node::item_overrides:
    case Node::counts_if:
    case Node::constraint:
    case Node::validity:
    case Node::standing:
    case Node::extension:
    case Node::limit_while:
    case Node::limit_unless: return false;
    default: return true;
    }
  }

  void want_truth(NodeId id) {
    settle(pass_, id);
    const Meaning& c = m(id);
    if (c.type == Type::truth || c.type == Type::wrong) return;
    if (c.type == Type::yes_no && !c.list) return;
    pass_.complain_all(Code::not_a_condition, id, spoken(v_, c) + " is no condition",
                       c.refers == Refers::field
                           ? "compare it with something, or ask whether it is `present`"
                           : "expected a comparison, a fact or a field of type yes/no");
  }

  // `a = b`, `a is at least b` …
  void compare(NodeId id) {
    const NodeId a = child(id, 0);
    const NodeId b = child(id, 1);
    settle_pair(a, b);
    const Meaning x = m(a);
    const Meaning y = m(b);
    if (x.type == Type::wrong || y.type == Type::wrong) return;
    if (x.list || y.list) {
      const NodeId list = x.list ? a : b;
      if (m(list).refers == Refers::set) {
        pass_.complain_all(Code::list_or_single, list, quoted(source_word(list)) + " is a set: it has several members",
                           "say `is one of " + std::string(source_word(list)) + "`");
        return;
      }
      pass_.complain_all(Code::list_or_single, list,
                         quoted(source_word(list)) + " is " + spoken(v_, m(list)) +
                             " and cannot be compared as one",
                         "ask `including …`, or compare `number of " +
                             std::string(source_word(list)) + "`");
      return;
    }
    if (days_against_duration(a, b) || days_against_duration(b, a)) return;
    if (x.type != y.type) return mismatch(id, a, b);
    if (x.type == Type::truth) {
      pass_.complain_all(Code::type_mismatch, id, "two conditions cannot be compared",
                         "join them by `and` or `or`");
      return;
    }
    if (x.type == Type::member && x.kind != none && y.kind != none && x.kind != y.kind)
      return never_equal(id, a, b);
    const std::string_view sign = pass_.text(id);
    const bool ordered = x.type == Type::number || x.type == Type::money || x.type == Type::date ||
                         x.type == Type::duration;
    if (!ordered && sign != "=" && sign != "!=")
      pass_.complain(Code::no_order, id,
                     spoken(v_, x) + " is not before or after, more or less than another",
                     "expected `is` or `is not`");
  }

  [[nodiscard]] std::string_view source_word(NodeId id) const { return tree_.text(id); }

  void settle_pair(NodeId a, NodeId b) {
    const Index of_a = m(a).type == Type::member ? m(a).kind : none;
    const Index of_b = m(b).type == Type::member ? m(b).kind : none;
    settle(pass_, a, of_b);
    settle(pass_, b, of_a);
  }

  // A number of days may be compared with a duration of days or weeks; with months it would need a rounding.
  bool days_against_duration(NodeId number, NodeId duration) {
    if (m(number).type != Type::number || m(duration).type != Type::duration) return false;
    if (tree_.kind(duration) != Node::v_duration) return false;
    const std::string_view unit = pass_.text(duration);
    if (unit == "day" || unit == "week") return true;
    pass_.complain_all(Code::ambiguous_rounding, duration,
                       "a number of days cannot be compared with " + unit_plural(unit),
                       "months and years differ in length: count in days, or compare dates: `day "
                       "is at most A + 6 months`");
    return true;
  }
  static std::string unit_plural(std::string_view unit) {
    return unit == "working_day" ? std::string("working days") : std::string(unit) + "s";
  }

  void mismatch(NodeId id, NodeId a, NodeId b) {
    const Meaning& x = m(a);
    const Meaning& y = m(b);
    Diagnostic& d = pass_.complain_all(Code::type_mismatch, id,
                                       spoken(v_, x) + " cannot be compared with " + spoken(v_, y));
    d.labels.push_back({tree_[a].span, "this is " + spoken(v_, x)});
    d.labels.push_back({tree_[b].span, "this is " + spoken(v_, y)});
    const auto pair = [&](Type p, Type q) {
      return (x.type == p && y.type == q) || (x.type == q && y.type == p);
    };
    if (pair(Type::date, Type::text)) d.help = "a date stands without quotes: 2016-06-01";
    if (pair(Type::text, Type::member)) d.help = "a text stands in quotes, a member without";
    if (pair(Type::number, Type::text)) d.help = "a number stands without quotes";
    if (pair(Type::money, Type::number)) d.help = "say the currency: `5000 SEK`";
    if (pair(Type::yes_no, Type::text)) d.help = "write `yes` or `no` without quotes";
  }

  void never_equal(NodeId id, NodeId a, NodeId b) {
    Diagnostic& d = pass_.complain_all(Code::wrong_kind, id,
                                       spoken(v_, m(a)) + " is never " + spoken(v_, m(b)));
    d.labels.push_back({tree_[a].span, "this is " + spoken(v_, m(a))});
    d.labels.push_back({tree_[b].span, "this is " + spoken(v_, m(b))});
  }

  // Each entry of a list must be such as the field on the left can hold; what is included may be a field with several values.
  void entries(NodeId list, const Meaning& of, NodeId left, bool lists = false) {
    for (NodeId e : tree_.of(list)) {
      settle(pass_, e, of.type == Type::member ? of.kind : none);
      const Meaning& x = m(e);
      if (x.type == Type::wrong || of.type == Type::wrong) continue;
      const bool several = lists || x.refers == Refers::set;
      const bool same =
          x.type == of.type && (x.kind == of.kind || x.kind == none || of.kind == none) &&
                        (several || !x.list);
      if (same) continue;
      Diagnostic& d = pass_.complain_all(
          x.type == Type::member && of.type == Type::member ? Code::wrong_kind
                                                            : Code::type_mismatch,
          e, "expected " + spoken(v_, of.type, false, of.kind) + ", found " + spoken(v_, x));
      d.labels.push_back({tree_[left].span, "this is " + spoken(v_, of)});
      if (of.type == Type::text && x.type == Type::member) d.help = "a text stands in quotes";
      if (x.list && !several)
        d.help = "a field with several values is compared by `including all of`, `any of`, `none of` or `only`";
    }
  }

  // A set where a field should stand.
  bool is_set(NodeId id) {
    if (m(id).refers != Refers::set) return false;
    pass_.complain_all(Code::wrong_sort_of_name, id, quoted(source_word(id)) + " is a set, the same for every event",
                       "a field comes first: `FIELD including any of " + std::string(source_word(id)) + "`, `FIELD is one of " +
                           std::string(source_word(id)) + "`");
    return true;
  }

  void including(NodeId id) {
    const NodeId a = child(id, 0);
    settle(pass_, a);
    if (is_set(a)) return;
    entries(child(id, 1), m(a), a, true);
    const NodeId single = pass_.text(id) == "one" ? child(child(id, 1), 0) : no_node;
    if (single != no_node && m(single).refers == Refers::set)
      pass_.complain_all(Code::list_or_single, single, quoted(source_word(single)) + " is a set: how many of it is not said",
                         "say `including any of " + std::string(source_word(single)) + "`, `all of`, `none of` or `at least 2 of`");
    if (m(a).type == Type::truth || m(a).type == Type::duration)
      pass_.complain_all(Code::list_or_single, a, spoken(v_, m(a)) + " includes nothing",
                         "expected a field that holds a list");
  }

  void one_of(NodeId id) {
    const NodeId a = child(id, 0);
    const NodeId list = child(id, 1);
    if (m(a).refers == Refers::pending) settle(pass_, a);
    if (is_set(a)) return;
    entries(list, m(a), a);
    if (m(a).list)
      pass_.complain_all(Code::list_or_single, a, spoken(v_, m(a)) + " is not one of several",
                         "ask `including any of (…)`");
  }

  void presence(NodeId id) {
    const NodeId a = child(id, 0);
    settle(pass_, a);
    const Meaning& x = m(a);
    if (x.type == Type::wrong || x.refers == Refers::field) return;
    if (x.refers == Refers::parameter && v_.parameters[x.index].optional) return;
    pass_.complain_all(Code::unknown_field, a,
                       quoted(source_word(a)) +
                           (v_.parameter(source_word(a)) == none ? " is always known: only a field can be present or missing"
                                                                 : " is always known: only an optional parameter can be present or missing"));
  }

  void arithmetic(NodeId id) {
    const NodeId a = child(id, 0);
    const NodeId b = child(id, 1);
    settle(pass_, a), settle(pass_, b);
    const Meaning x = m(a);
    const Meaning y = m(b);
    if (x.type == Type::wrong || y.type == Type::wrong) return;
    const Node sign = tree_.kind(id);
    const bool times = sign == Node::v_multiply;
    const bool over = sign == Node::v_divide;
    Type out = Type::wrong;
    if (x.list || y.list) {
    } else if (x.type == Type::number && y.type == Type::number) {
      out = Type::number;
    } else if (x.type == Type::money && y.type == Type::money && !times) {
      out = over ? Type::number : Type::money;
    } else if (x.type == Type::money && y.type == Type::number && (times || over)) {
      out = Type::money;
    } else if (x.type == Type::number && y.type == Type::money && times) {
      out = Type::money;
    } else if (x.type == Type::date && y.type == Type::duration && !times && !over) {
      out = Type::date;
      whole_days(b);
    } else if (x.type == Type::date && y.type == Type::date && sign == Node::v_subtract) {
      out = Type::number;
    }
    is(id, out);
    if (out != Type::wrong) return;
    const std::string words = times                 ? "multiplied by"
                              : over                ? "divided by"
                              : sign == Node::v_add ? "added to"
                                                    : "taken from";
    const bool turned = sign == Node::v_add || sign == Node::v_subtract;
    const std::string one = spoken(v_, turned ? y : x);
    const std::string other = spoken(v_, turned ? x : y);
    Diagnostic& d =
        pass_.complain_all(Code::bad_arithmetic, id, one + " cannot be " + words + " " + other);
    if (x.type == Type::date && y.type == Type::number)
      d.help = "say the unit: `30 days`, `2 months`";
    if (x.type == Type::money && y.type == Type::number) d.help = "say the currency: `5000 SEK`";
  }

  void whole_days(NodeId duration) {
    if (tree_.kind(duration) != Node::v_duration || pass_.text(duration) != "hour") return;
    pass_.complain_all(Code::ambiguous_rounding, duration, "hours cannot be added to a date",
                       "a date has no time of day: count in days, or use `within 72 hours` in a "
                       "sentence `after …`");
  }

  void negate(NodeId id) {
    const NodeId a = child(id, 0);
    settle(pass_, a);
    const Meaning& x = m(a);
    if (x.type == Type::number || x.type == Type::money)
      is(id, x.type);
    else if (x.type != Type::wrong)
      pass_.complain_all(Code::bad_arithmetic, id, spoken(v_, x) + " has no negative");
  }

  void days_between(NodeId id) {
    is(id, Type::number);
    for (NodeId c : tree_.of(id)) {
      settle(pass_, c);
      if (m(c).type == Type::wrong || (m(c).type == Type::date && !m(c).list)) continue;
      pass_.complain_all(Code::bad_arithmetic, c, "expected a date, found " + spoken(v_, m(c)));
    }
  }

  void counting_set(NodeId id) {
    is(id, Type::number);
    const NodeId a = child(id, 0);
    settle(pass_, a);
    if (is_set(a)) return;
    if (m(a).type != Type::wrong && !m(a).list)
      pass_.complain_all(Code::list_or_single, a,
                         quoted(source_word(a)) + " is " + spoken(v_, m(a)) + ", not a list",
                         "only the entries of a list can be counted");
    if (const NodeId list = child(id, 1); list != no_node) entries(list, m(a), a);
  }

  void counting_events(NodeId id) {
    is(id, Type::number);
    for (NodeId c : tree_.of(id)) {
      const Node kind = tree_.kind(c);
      if (kind >= Node::c_or && kind < Node::list) want_truth(c);
    }
  }

  void sum(NodeId id) {
    is(id, Type::number);
    const Index type = pass_.vocabulary().event(pass_.text(pass_.child(id, Node::pattern)));
    if (type == none) return;
    const EventRow& event = v_.events[type];
    const Index slot = event.field(pass_.text(id));
    if (slot == none) {
      pass_.unknown(Code::unknown_field, id,
                    "no field " + quoted(pass_.text(id)) + " in " + quoted(event.name),
                    names(event.fields));
      return;
    }
    Meaning& x = m(id);
    x.index = slot;
    const FieldRow& f = event.fields[slot];
    if (f.type == program::ValueKind::money) is(id, Type::money);
    if ((f.type != program::ValueKind::number && f.type != program::ValueKind::money) || f.list)
      pass_.complain(Code::bad_arithmetic, id,
                     "the field " + quoted(f.name) + " is " +
                         spoken(v_, type_of(f.type), f.list, f.kind) + " and cannot be summed");
  }

  Pass& pass_;
  const Tree& tree_;
  const Vocabulary& v_;
};

}  // namespace

void find_meanings(Pass& pass) { Conditions(pass).run(); }

}  // namespace samrad::rules
