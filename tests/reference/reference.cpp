#include "tests/reference/reference.h"

#include <algorithm>

#include "tests/reference/worlds.h"

namespace samrad::reference {
namespace {

class Judge {
 public:
  Judge(const Agreement& agreement, Story& story, const Names& names)
      : agreement_(agreement), story_(story), names_(names) {}

  // The verdicts of a clause, for each member that it speaks of.
  void clause(const Clause& c, const Version& version, const Interval& in_force, Verdicts& out) {
    version_ = version;
    const Tree& tree = story_.tree;
    if (c.core != no_node && tree.kind(c.core) == Node::validity) return;
    const NodeId each = c.sentence == no_node ? no_node : tree.child(c.sentence, Node::for_each);
    if (each == no_node) {
      one(c, c.name, {}, in_force, {in_force}, out);
      return;
    }
    for (const std::string& member : story_.members(each)) {
      Scene scene;
      scene.variable = tree.text(each);
      scene.member = member;
      const NodeId while_fact = tree.child(each, Node::while_fact);
      const auto intervals = while_fact == no_node
                                 ? std::vector{in_force}
                                 : spells(std::string(tree.text(while_fact)), member, in_force);
      if (!intervals.empty()) one(c, c.name + "/" + member, scene, in_force, intervals, out);
    }
  }

 private:
  // "the member's sentence applies from the day the fact begins to hold until it ends"
  std::vector<Interval> spells(const std::string& fact, const std::string& member,
                               const Interval& within) const {
    std::vector<Interval> all;
    bool holding = false;
    Day day = within.first;
    if (!story_.events.empty()) day = std::min(day, story_.events.front().day());
    for (; day <= std::min(within.last, story_.as_of.day); day = day + 1) {
      const Truth now = story_.fact_on_record(fact, member, day);
      if (now == Truth::unknown) continue;  // it begins and ends where that is certain
      if (now == Truth::yes && !holding)
        all.push_back({std::max(day, within.first), within.last, day});
      if (now == Truth::no && holding) all.back().last = day - 1;
      holding = now == Truth::yes;
    }
    std::erase_if(all, [](const Interval& i) { return i.last < i.first; });
    return all;
  }

  void one(const Clause& c, const std::string& name, const Scene& scene, const Interval& in_force,
           const std::vector<Interval>& intervals, Verdicts& out) {
    const Tree& tree = story_.tree;
    std::set<std::string, std::less<>> types;
    const bool standing = c.core != no_node && tree.kind(c.core) == Node::standing;
    const auto duty = standing ? duty_of(c, scene) : std::function<Truth(Day)>();
    if (!standing && turns_on_order(tree, c.sentence == no_node ? c.node : c.sentence))
      types_of(tree, c.sentence == no_node ? c.node : c.sentence, types);
    for (const NodeId condition : c.exceptions)
      types_of(tree, condition, types);
    Agreed agreed;
    in_each_order(story_, types, [&] {
      with_each_belonging([&](const Belonging& belongs) {
        const Case one_case{story_,   c,        agreement_.clauses, name,    scene,
                            version_, in_force, intervals,          belongs, duty};
        Verdicts verdicts;
        judge(one_case, verdicts);
        for (Verdict& v : verdicts) {
          v.excusable = excused(one_case, v) == Truth::yes;
          assess(story_, names_, v);
        }
        agreed.add(verdicts);
      });
    });
    Verdicts all = agreed.verdicts();
    // "An occurrence that cannot be assessed opens none": consequences of what is certain.
    Agreed consequences;
    with_each_belonging([&](const Belonging& belongs) {
      const Case one_case{story_,   c,        agreement_.clauses, name,    scene,
                          version_, in_force, intervals,          belongs, duty};
      Verdicts of_all = all;
      add_consequences(one_case, of_all);
      of_all.erase(of_all.begin(), of_all.begin() + static_cast<std::ptrdiff_t>(all.size()));
      consequences.add(of_all);
    });
    for (Verdict& v : consequences.verdicts())
      all.push_back(v);
    for (Verdict& v : all) {
      waive(story_, names_, v);
      out.push_back(v);
    }
  }

  // §3.10, `while COND`: where the orders of a day's events disagree it is unknown whether the duty lasts.
  std::function<Truth(Day)> duty_of(const Clause& c, const Scene& scene) {
    NodeId condition = no_node;
    for (const NodeId part : story_.tree.of(c.core).subspan(1))
      if (story_.tree.kind(part) != Node::subject) condition = part;
    return [this, condition, scene](Day day) {
      if (condition == no_node) return Truth::yes;
      Scene then = scene;
      then.day = day;
      std::set<std::string, std::less<>> types;
      if (turns_on_order(story_.tree, condition)) types_of(story_.tree, condition, types);
      std::set<Truth> said;
      in_each_order(story_, types, [&] { said.insert(story_.holds(condition, then)); });
      return said.size() == 1 ? *said.begin() : Truth::unknown;
    };
  }

  void judge(const Case& c, Verdicts& out) const {
    if (c.clause.what == Clause::What::procedure) return judge_procedure(c, out);
    if (c.clause.what == Clause::What::measured) return judge_count(c, out);
    if (c.clause.what == Clause::What::target) return judge_each_event(c, out);
    switch (story_.tree.kind(c.clause.core)) {
    case Node::count: return judge_count(c, out);
    case Node::deadline: return judge_deadline(c, out);
    case Node::response: return judge_response(c, out);
    case Node::alternation:
    case Node::rotation: return judge_turns(c, out);
    case Node::standing: return judge_standing(c, out);
    case Node::attested: return judge_attested(c, out);
    case Node::extension: return judge_extension(c, out);
    default: return judge_each_event(c, out);
    }
  }

  const Agreement& agreement_;
  Story& story_;
  const Names& names_;
  Version version_;
};

// §9: "A clause that is word for word the same in both goes on undisturbed."
bool word_for_word(const Tree& a, NodeId x, const Tree& b, NodeId y) {
  const auto in_a = a.of(x), in_b = b.of(y);
  if (a.kind(x) != b.kind(y) || a.text(x) != b.text(y) || in_a.size() != in_b.size()) return false;
  for (std::size_t i = 0; i < in_a.size(); ++i)
    if (!word_for_word(a, in_a[i], b, in_b[i])) return false;
  return true;
}

const Clause* clause_named(const Agreement& agreement, const std::string& name) {
  for (const Clause& c : agreement.clauses)
    if (c.name == name) return &c;
  return nullptr;
}

// All texts of an agreement with one history.
class Texts {
 public:
  Texts(const std::vector<Agreement>& texts, const Zone& zone, const std::vector<Event>& events,
        const Moment& as_of)
      : texts_(texts) {
    stories_.reserve(texts.size());
    for (const Agreement& text : texts)
      stories_.emplace_back(text, zone, events, as_of);
    for (Story& story : stories_) {
      story.set_beside(stories_);
      extend_term(story, extensions_);
    }
  }

  Verdicts judge(const Names& names) {
    Verdicts all;
    for (std::size_t text = 0; text < texts_.size(); ++text) {
      const Agreement& agreement = texts_[text];
      Judge judge(agreement, stories_[text], names);
      for (const Clause& c : agreement.clauses) {
        if (text + 1 < texts_.size() && same(text, c, text + 1))
          continue;  // it goes on in the later text
        Interval in_force{agreement.first, stories_[text].expiry().value_or(calendar::day_max)};
        const Version v = version(text, c);
        if (c.from) in_force.first = std::max(in_force.first, *c.from);
        if (c.until) in_force.last = std::min(in_force.last, *c.until);
        if (!v.waits) in_force.first = std::max(in_force.first, v.began);
        if (in_force.first <= in_force.last) judge.clause(c, v, in_force, all);
      }
    }
    return all;
  }

  Voids voids(const Names& names, const Verdicts& all) {
    Voids voids = extensions_;
    for (Story& story : stories_)
      list_void(story, voids);
    list_rulings(stories_.back(), names, all, voids);
    return voids;
  }

 private:
  bool same(std::size_t text, const Clause& c, std::size_t other) const {
    const Clause* found = clause_named(texts_[other], c.name);
    return found != nullptr && found->parts == c.parts && found->shift == c.shift &&
           word_for_word(*texts_[text].tree, c.node, *texts_[other].tree, found->node);
  }

  Version version(std::size_t text, const Clause& c) const {
    std::size_t first = text;
    while (first > 0 && same(first, *clause_named(texts_[first], c.name), first - 1))
      --first;
    Version version;
    if (first > 0) {
      version.began = *texts_[first].in_force;
      version.waits = clause_named(texts_[first - 1], c.name) != nullptr && !texts_[first].lapse;
    }
    if (text + 1 < texts_.size()) {
      version.amended = *texts_[text + 1].in_force;
      version.lapses = texts_[text + 1].lapse;
    }
    return version;
  }

  const std::vector<Agreement>& texts_;
  std::vector<Story> stories_;
  Voids extensions_;
};

}  // namespace

Answers answer(const Question& question) {
  std::vector<Agreement> texts;
  for (const Tree* tree : question.texts)
    texts.push_back(read_agreement(*tree, question.readings));
  for (Agreement& text : texts)
    text.last = texts.back().last;  // "an amendment may change how long the term is"
  const Zone zone(texts[0].zone);
  std::optional<Moment> known_at;
  if (!question.known_at.empty()) known_at = zone.read(question.known_at);
  const std::vector<Event> events = known_events(question.records, texts[0].name, zone, known_at);
  Texts all(texts, zone, events, zone.read(question.as_of));
  // What people ruled they ruled by name: first the names, then the verdicts.
  Names names;
  names.learn(all.judge({}));
  const Verdicts verdicts = all.judge(names);
  Answers answers;
  for (const Verdict& v : verdicts)
    answers.occurrences.push_back({names.of(v), v.clause->name, v.status, v.opens, v.due, v.settled,
                                   v.window, v.have, v.need});
  std::sort(answers.occurrences.begin(), answers.occurrences.end(),
            [](const Answer& a, const Answer& b) { return a.id < b.id; });
  answers.voids = all.voids(names, verdicts);
  return answers;
}

}  // namespace samrad::reference
