#include "tests/reference/rulings.h"

#include <algorithm>

#include "tests/reference/worlds.h"

namespace samrad::reference {
namespace {

std::string said(const Event& e, const char* field) { return e.data.value(field, ""); }

std::optional<Status> verdict(const std::string& word) {
  if (word == "met") return Status::met;
  if (word == "met late") return Status::met_late;
  if (word == "missed") return Status::missed;
  if (word == "broken") return Status::broken;
  return std::nullopt;
}

bool may_waive(const Clause& c, const std::string& who) {
  return c.waived_by.empty() ||
         std::find(c.waived_by.begin(), c.waived_by.end(), who) != c.waived_by.end();
}

const std::string& plain(const Verdict& v) { return v.plain.empty() ? v.id : v.plain; }

}  // namespace

void Names::learn(const Verdicts& all) {
  for (const Verdict& v : all)
    by_plain_[plain(v)].insert(v.id);
}

std::string Names::of(const Verdict& v) const {
  const auto same = by_plain_.find(plain(v));
  return same != by_plain_.end() && same->second.size() > 1 ? v.id : plain(v);
}

// §3: "the verdict is a person's: cannot assess until an `assessment` by that role (for `as soon as possible`: may overrule the
// presumption)". §7.4: only by that role; the last one counts.
void assess(const Story& story, const Names& names, Verdict& v) {
  const Clause& c = *v.clause;
  if (c.judged_by.empty()) return;
  const Event* last = nullptr;
  for (const Event* e : story.in_order())
    if (e->type == "assessment" && said(*e, "occurrence") == names.of(v) &&
        said(*e, "by") == c.judged_by && verdict(said(*e, "verdict")))
      last = e;
  if (last != nullptr) {
    v.status = *verdict(said(*last, "verdict"));
    v.settled = last->day();
    v.assessed = true;
    if (v.status == Status::met) v.have = std::max(v.have, v.need);
    return;
  }
  const bool presumed = c.core != no_node && story.tree.kind(c.core) == Node::response &&
                        story.tree.child(c.core, Node::within_soon) != no_node;
  if (presumed || !fallen(v.status) || v.status == Status::waived) return;
  if (v.status == Status::met_late) v.settled = std::min(v.settled, v.missed_from);
  v.status = Status::cannot_assess;
}

// §7.4: "A waiver makes the occurrence waived, whatever it was, except met and met late. … The first that counts is the one that holds.
// Where the clause says `may be waived by`, a waiver by somebody else has no effect."
void waive(const Story& story, const Names& names, Verdict& v) {
  if (v.status == Status::met || v.status == Status::met_late) return;
  for (const Event* e : story.in_order()) {
    if (e->type != "waiver" || said(*e, "occurrence") != names.of(v) ||
        !may_waive(*v.clause, said(*e, "by")))
      continue;
    v.status = Status::waived;
    v.settled = e->day();
    return;
  }
}

std::string text(const Void& v) {
  constexpr const char* reasons[] = {"condition",          "extension",    "the term had ended",
                                     "no such occurrence", "no authority", "no such verdict"};
  return v.event + (v.clause.empty() ? "" : " by " + v.clause) +
         (v.certain ? " is void: " : " may be void: ") +
         reasons[static_cast<std::size_t>(v.reason)];
}

void list_void(Story& story, Voids& voids) {
  for (const Event& e : story.events) {
    const auto rules = story.agreement.validities.find(e.type);
    if (&story.text_of(e.day()) != &story || rules == story.agreement.validities.end()) continue;
    for (const Agreement::Validity& validity : rules->second) {
      std::set<std::string, std::less<>> types;
      for (const NodeId part : {validity.pattern, validity.condition})
        if (turns_on_order(story.tree, part)) types_of(story.tree, part, types);
      std::set<Truth> says;
      in_each_order(story, types, [&] { says.insert(story.says_of(validity, e)); });
      if (says == std::set{Truth::yes}) continue;
      voids.push_back({e.identity(), story.agreement.clauses[validity.clause].name,
                       Void::Reason::condition, says == std::set{Truth::no}});
    }
  }
}

// §7.4: "One that names no occurrence, or comes from one who may not, or has another verdict, is listed among the void events with the
// reason."
void list_rulings(const Story& story, const Names& names, const Verdicts& all, Voids& voids) {
  for (const Event& e : story.events) {
    if (e.type != "waiver" && e.type != "assessment") continue;
    const auto named = std::find_if(all.begin(), all.end(), [&](const Verdict& v) {
      return names.of(v) == said(e, "occurrence");
    });
    const auto add = [&](Void::Reason reason) {
      voids.push_back({e.identity(), "", reason, true});
    };
    if (named == all.end())
      add(Void::Reason::no_such_occurrence);
    else if (e.type == "waiver"
                 ? !may_waive(*named->clause, said(e, "by"))
                 : named->clause->judged_by.empty() || named->clause->judged_by != said(e, "by"))
      add(Void::Reason::no_authority);
    else if (e.type == "assessment" && !verdict(said(e, "verdict")))
      add(Void::Reason::no_such_verdict);
  }
}

}  // namespace samrad::reference
