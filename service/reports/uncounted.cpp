// Which of the events that did not fulfil a demand are worth a sentence, and that sentence. Entry point: uncounted_text.
//
// What decided comes first: what is not known, then what came but had no effect or came at the wrong time, then what was something else.
// Of these only those that fulfilled most are told, events that lack the same in one sentence; the rest is a number.

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "service/reports/sentences.h"
#include "service/reports/words.h"

namespace samrad::reports {

using engine::Ground;
using engine::Reason;
using engine::Why;

namespace {

constexpr std::size_t notes_max = 3;  // events told; the whole list is in the tree

int distance(const Reason& note) {
  switch (note.why) {
  case Why::same_day_unknown:
  case Why::condition_unknown:
  case Why::effect_unknown:
  case Why::previous:
  case Why::judged: return 0;
  case Why::void_event:
  case Why::too_early:
  case Why::too_late:
  case Why::not_early_enough:
  case Why::out_of_order: return 1;
  case Why::too_long_before: return 3;
  default: return 2;
  }
}

bool nearer(const Reason* a, const Reason* b) { return distance(*a) < distance(*b); }

// How far into the rule's words the condition stands that failed: what stands before it was fulfilled.
std::size_t fulfilled(const Ground& ground, const Reason& note) {
  const program::Rule& rule = ground.program().rules[note.rule];
  const program::Index wanted = rule.answer != program::none ? rule.answer : rule.pattern;
  if (wanted == program::none) return 0;
  const std::string_view all = ground.symbols().text(ground.program().patterns[wanted].text);
  const std::size_t at = all.find(ground.symbols().text(note.text));
  return at == std::string_view::npos ? 0 : at;
}

// Leaves only those of the events that were something else that fulfilled most.
void drop_the_farther(const Ground& ground, std::vector<const Reason*>& notes) {
  std::size_t most = 0;
  for (const Reason* note : notes)
    if (note->why == Why::condition_false) most = std::max(most, fulfilled(ground, *note));
  std::erase_if(notes, [&](const Reason* note) {
    return note->why == Why::condition_false && fulfilled(ground, *note) < most;
  });
}

// What the condition turned on in that event: the value, or what a list lacked.
std::string detail(const Ground& ground, const Reason& note, Language language) {
  if (note.actual.kind == program::ValueKind::absent)
    return set_detail(ground, note.event, note.text, language);
  return fmt::format("; {} {}", language == Language::sv ? "värdet är" : "the value is",
                     value(ground, note.actual, language));
}

// Several events that fail the same condition in the same way.
std::string failure(const Ground& ground, std::span<const Reason* const> notes, Language language) {
  std::vector<std::string> names;
  for (const Reason* note : notes)
    names.push_back(event(ground, note->event, language));
  const Reason& one = *notes.front();
  return fmt::format("{} {} {}{}.", sentence_case(listed(names, language)),
                     language == Language::sv ? "uppfyller inte villkoret" : "do not fulfil",
                     condition(ground, one.text, one.rule, language),
                     detail(ground, one, language));
}

std::string rest(std::size_t left, Language language) {
  const bool one = left == 1;
  const std::string count = number(static_cast<int>(left), language);
  if (language == Language::sv)
    return fmt::format("Ytterligare {} {} räknas inte.", count, one ? "händelse" : "händelser");
  return fmt::format("{} more {} not count.", sentence_case(count),
                     one ? "event does" : "events do");
}

}  // namespace

std::string uncounted_text(const Ground& ground, std::vector<const Reason*> notes,
                           Language language) {
  const std::size_t all = notes.size();
  drop_the_farther(ground, notes);
  // Of those as near the latest, told in the order of time.
  std::reverse(notes.begin(), notes.end());
  std::stable_sort(notes.begin(), notes.end(), nearer);
  notes.resize(std::min(notes.size(), notes_max));
  std::reverse(notes.begin(), notes.end());
  std::stable_sort(notes.begin(), notes.end(), nearer);
  std::string text;
  const auto add = [&](const std::string& sentence) {
    text += (text.empty() ? "" : " ") + sentence;
  };
  for (auto at = notes.begin(); at != notes.end();) {
    const auto end = std::find_if(at + 1, notes.end(), [&](const Reason* other) {
      return (*at)->why != Why::condition_false || other->why != (*at)->why ||
             other->text != (*at)->text ||
             detail(ground, *other, language) != detail(ground, **at, language);
    });
    add(end - at == 1 ? note_text(ground, **at, language) : failure(ground, {at, end}, language));
    at = end;
  }
  if (all > notes.size()) add(rest(all - notes.size(), language));
  return text;
}

}  // namespace samrad::reports
