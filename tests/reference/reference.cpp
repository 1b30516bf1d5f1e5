#include "tests/reference/reference.h"

#include <algorithm>

#include "tests/reference/worlds.h"

namespace samrad::reference {
namespace {

class Judge {
 public:
  Judge(const Agreement& agreement, Story& story) : agreement_(agreement), story_(story) {}

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
    for (const std::string& member : members(each)) {
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
  // §3.11: "the sentence once for each member"
  std::vector<std::string> members(NodeId each) const {
    const Tree& tree = story_.tree;
    std::vector<std::string> all;
    for (const Node kind_of_list : {Node::list, Node::v_name})
      if (const NodeId list = tree.child(each, kind_of_list); list != no_node)
        return agreement_.written_out(list);
    const std::string_view kind = tree.text(tree.of(each)[0]);
    if (const auto declared = agreement_.kinds.find(kind); declared != agreement_.kinds.end())
      all = declared->second;
    if (agreement_.open_kinds.contains(kind))
      for (const std::string& key : story_.keys_seen(kind))
        if (std::find(all.begin(), all.end(), key) == all.end()) all.push_back(key);
    return all;
  }

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
      if (now == Truth::yes && !holding) all.push_back({std::max(day, within.first), within.last});
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
    if (turns_on_order(tree, c.sentence == no_node ? c.node : c.sentence))
      types_of(tree, c.sentence == no_node ? c.node : c.sentence, types);
    for (const NodeId condition : c.exceptions)
      types_of(tree, condition, types);
    Agreed agreed;
    in_each_order(story_, types, [&] {
      with_each_belonging([&](const Belonging& belongs) {
        const Case one_case{story_,   c,        agreement_.clauses, name,   scene,
                            version_, in_force, intervals,          belongs};
        Verdicts verdicts;
        judge(one_case, verdicts);
        for (Verdict& v : verdicts) {
          v.excusable = excused(one_case, v) == Truth::yes;
          assess(v);
        }
        agreed.add(verdicts);
      });
    });
    Verdicts all = agreed.verdicts();
    // "An occurrence that cannot be assessed opens none": consequences of what is certain.
    Agreed consequences;
    with_each_belonging([&](const Belonging& belongs) {
      const Case one_case{story_,   c,        agreement_.clauses, name,   scene,
                          version_, in_force, intervals,          belongs};
      Verdicts of_all = all;
      add_consequences(one_case, of_all);
      of_all.erase(of_all.begin(), of_all.begin() + static_cast<std::ptrdiff_t>(all.size()));
      consequences.add(of_all);
    });
    for (Verdict& v : consequences.verdicts())
      all.push_back(v);
    for (Verdict& v : all) {
      waive(v);
      out.push_back(v);
    }
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

  static std::string said(const Event& e, const char* field) { return e.data.value(field, ""); }

  // §3, `judged by`: "the verdict is a person's: cannot assess until an `assessment` by that role (for `as soon as possible`: may overrule
  // the presumption)". §7.4: only by that role; its verdict is met, met late, missed or broken.
  void assess(Verdict& v) const {
    const Clause& c = *v.clause;
    if (c.judged_by.empty()) return;
    const Event* last = nullptr;
    for (const Event* e : story_.in_order()) {
      if (e->type != "assessment" || said(*e, "occurrence") != v.id ||
          said(*e, "by") != c.judged_by)
        continue;
      if (verdict(said(*e, "verdict"))) last = e;
    }
    if (last != nullptr) {
      v.status = *verdict(said(*last, "verdict"));
      v.settled = last->day();
      v.assessed = true;
      return;
    }
    const Tree& tree = story_.tree;
    const bool presumed = c.core != no_node && tree.kind(c.core) == Node::response &&
                          tree.child(c.core, Node::within_soon) != no_node;
    if (presumed || !fallen(v.status) || v.status == Status::waived) return;
    if (v.status == Status::met_late) v.settled = std::min(v.settled, v.missed_from);
    v.status = Status::cannot_assess;
  }

  static std::optional<Status> verdict(const std::string& word) {
    if (word == "met") return Status::met;
    if (word == "met late") return Status::met_late;
    if (word == "missed") return Status::missed;
    if (word == "broken") return Status::broken;
    return std::nullopt;
  }

  // §7.4: "A waiver makes the occurrence waived, whatever it was, except met and met late. Where the clause says `may be waived by`, a
  // waiver by somebody else has no effect."
  void waive(Verdict& v) const {
    if (v.status == Status::met || v.status == Status::met_late) return;
    const auto& may = v.clause->waived_by;
    for (const Event* e : story_.in_order()) {
      if (e->type != "waiver" || said(*e, "occurrence") != v.id) continue;
      if (!may.empty() && std::find(may.begin(), may.end(), said(*e, "by")) == may.end()) continue;
      v.status = Status::waived;
      v.settled = e->day();
      return;
    }
  }

  const Agreement& agreement_;
  Story& story_;
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

}  // namespace

std::vector<Answer> answer(const Question& question) {
  std::vector<Agreement> texts;
  for (const Tree* tree : question.texts)
    texts.push_back(read_agreement(*tree, question.readings));
  const auto same = [&](std::size_t text, const Clause& c, std::size_t other) {
    const Clause* found = clause_named(texts[other], c.name);
    return found != nullptr &&
           word_for_word(*texts[text].tree, c.node, *texts[other].tree, found->node);
  };
  const Zone zone(texts[0].zone);
  std::optional<Moment> known_at;
  if (!question.known_at.empty()) known_at = zone.read(question.known_at);
  const std::vector<Event> events = known_events(question.records, texts[0].name, zone, known_at);

  std::vector<Answer> answers;
  for (std::size_t text = 0; text < texts.size(); ++text) {
    const Agreement& agreement = texts[text];
    Story story(agreement, zone, events, zone.read(question.as_of));
    extend_term(story);
    Judge judge(agreement, story);
    Verdicts verdicts;
    for (const Clause& c : agreement.clauses) {
      if (text + 1 < texts.size() && same(text, c, text + 1))
        continue;  // it goes on in the later text
      std::size_t first = text;
      while (first > 0 && same(first, *clause_named(texts[first], c.name), first - 1))
        --first;
      Version version;
      if (first > 0) {
        version.began = *texts[first].in_force;
        version.waits = clause_named(texts[first - 1], c.name) != nullptr && !texts[first].lapse;
      }
      if (text + 1 < texts.size()) {
        version.amended = *texts[text + 1].in_force;
        version.lapses = texts[text + 1].lapse;
      }
      Interval in_force{agreement.first, story.expiry().value_or(calendar::day_max)};
      if (c.from) in_force.first = std::max(in_force.first, *c.from);
      if (c.until) in_force.last = std::min(in_force.last, *c.until);
      judge.clause(c, version, in_force, verdicts);
    }
    for (const Verdict& v : verdicts)
      answers.push_back(
          {v.id, v.clause->name, v.status, v.opens, v.due, v.settled, v.have, v.need});
  }
  std::sort(answers.begin(), answers.end(),
            [](const Answer& a, const Answer& b) { return a.id < b.id; });
  return answers;
}

}  // namespace samrad::reference
