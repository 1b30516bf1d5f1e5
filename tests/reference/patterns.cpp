// Event patterns (docs/language.md §3).
#include <algorithm>

#include "tests/reference/story.h"

namespace samrad::reference {
namespace {

Truth equals_or_includes(const Value& field, const std::string& member) {
  if (field.missing()) return Truth::unknown;
  if (field.is == Value::Is::list)
    return sure(std::find(field.list.begin(), field.list.end(), member) != field.list.end());
  return sure(field.text == member);
}

}  // namespace

Truth Story::matches(NodeId pattern, const Event& e, const Scene& from) const {
  if (tree.text(pattern) != e.type) return Truth::no;
  const Truth has_effect = effect(e);
  return has_effect == Truth::no ? Truth::no : both(has_effect, fits(pattern, e, from));
}

Truth Story::fits(NodeId pattern, const Event& e, const Scene& from) const {
  if (tree.text(pattern) != e.type) return Truth::no;
  Scene scene = from;
  scene.at = &e;
  scene.day = e.day();
  scene.here = &e;
  if (scene.first == nullptr) {
    scene.first = &e;
    if (const NodeId alias = tree.child(pattern, Node::alias); alias != no_node)
      scene.alias = tree.text(alias);
  }

  Truth result = Truth::yes;
  Truth subject = Truth::yes;
  bool asks_subject = false;
  const auto or_is = [&](Truth t) {
    subject = asks_subject ? either(subject, t) : t;
    asks_subject = true;
  };
  const auto is = [&](const std::string& member) {
    return e.subject.empty() ? Truth::unknown : sure(e.subject == member);
  };
  for (const NodeId part : tree.of(pattern)) {
    switch (tree.kind(part)) {
    case Node::subject: {
      // "`of chefsamrad`: that subject; `of document` (a kind): any of that kind". The variable of `for each` hides a kind of its name.
      const std::string name = tree.texts[tree[part].text];
      const bool kind = name != scene.variable && agreement.kinds.contains(name);
      if (const auto set = agreement.sets.find(name);
          name != scene.variable && set != agreement.sets.end())
        for (const std::string& member : set->second)
          or_is(is(member));
      else if (!kind)
        or_is(is(named(name, scene)));
      else if (const auto& kinds = agreement.event(e.type).subjects; kinds.size() == 1)
        or_is(sure(kinds[0] == name));
      else if (e.subject.empty())
        or_is(Truth::unknown);
      else if (const auto of = agreement.kind_of.find(e.subject); of != agreement.kind_of.end())
        or_is(sure(of->second == name));
      else
        or_is(sure(agreement.open_kinds.contains(name)));
      break;
    }
    case Node::subject_of: {
      // `of subject of x`, `of FIELD of x`
      const std::string_view field_name = tree.text(tree.of(part)[0]);
      const Value v =
          field_name == "subject"
              ? (scene.first->subject.empty() ? Value{} : Value::of(scene.first->subject))
              : field(*scene.first, field_name);
      or_is(v.missing() ? Truth::unknown : is(v.text));
      break;
    }
    case Node::subject_same:
      or_is(scene.first->subject.empty() ? Truth::unknown : is(scene.first->subject));
      break;
    case Node::role_is: {
      // "Instead of a member's name may stand what a named event says: `by chair of x` …; `about x` is
      // short for `about id of x`."
      const NodeId whose = tree.of(part)[0];
      Value who = Value::of(named(tree.text(whose), scene));
      if (tree.kind(whose) == Node::v_of)
        who = value(whose, scene);
      else if (!scene.alias.empty() && tree.text(whose) == scene.alias)
        who = Value::of(scene.first->id);
      const Truth same =
          who.missing() ? Truth::unknown : equals_or_includes(field(e, tree.text(part)), who.text);
      result = both(result, same);
      break;
    }
    case Node::where:
      if (result != Truth::no && subject != Truth::no)
        result = both(result, holds(tree.of(part)[0], scene));
      break;
    default: break;
    }
  }
  return both(result, subject);
}

}  // namespace samrad::reference
