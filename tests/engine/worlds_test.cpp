// Verdicts that turn on order, against the plain meaning of "unknown": every order in which the events of a history can have
// happened is a world, and so is every chair that an unnamed one can have been, and an event of unknown effect with and without
// effect. What all worlds agree on is the verdict; where they do not, it is cannot-assess. This evaluator shares nothing with the engine.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <random>

#include "tests/engine/story.h"

namespace samrad::story {
namespace {

const std::string rules = R"(
fact agreed
  holds from signing of letter until revocation of letter
clause alternate
  source "1"
  chair of meeting of council must alternate between chief, director
clause rotate
  source "2"
  chair of meeting of council must rotate among chief, director, officer
clause first
  source "3"
  before decision of plan, consultation must have happened
clause own
  source "4"
  before decision of plan, consultation must have happened since the previous one
clause not_after
  source "5"
  meeting of council must not happen after alarm
clause not_before
  source "6"
  decision of plan must not happen before alarm
clause valid_meeting
  source "8"
  meeting counts only if remote
clause valid_decision
  source "9"
  decision counts only if written
clause under
  source "7"
  every meeting of council must have agreed
)";

struct Happening {
  std::string id;
  int day = 0;
  int minute = -1;  // -1: no time of day
  std::string what;
  std::string chair;  // empty: not named
  char effect = 'y';  // yes, no, unknown
};

bool surely_before(const Happening& a, const Happening& b) {
  if (a.day != b.day) return a.day < b.day;
  return a.minute >= 0 && b.minute >= 0 && a.minute < b.minute;
}

using World = std::vector<Happening>;
using Verdicts = std::map<std::string, bool>;

bool holds_at_end_of(const World& world, int day) {
  bool holds = false;
  for (const Happening& h : world)
    if (h.day <= day && (h.what == "signing" || h.what == "revocation"))
      holds = h.what == "signing";
  return holds;
}

// One world in order: the rules as anyone would read them.
Verdicts judge(const World& world) {
  Verdicts v;
  const std::vector<std::string> ring{"chief", "director", "officer"};
  std::string previous;
  bool consulted = false;
  bool since = false;
  bool alarmed = false;
  for (const Happening& h : world) {
    if (h.effect == 'n') continue;
    if (h.what == "meeting") {
      const bool one_of_two = h.chair == "chief" || h.chair == "director";
      v["alternate/" + h.id] = one_of_two && h.chair != previous;
      const auto mine = std::find(ring.begin(), ring.end(), h.chair);
      const auto before = std::find(ring.begin(), ring.end(), previous);
      v["rotate/" + h.id] =
          mine != ring.end() &&
          (before == ring.end() || (before - ring.begin() + 1) % 3 == mine - ring.begin());
      v["not_after/" + h.id] = !alarmed;
      v["under/" + h.id] = holds_at_end_of(world, h.day);
      previous = h.chair;
    }
    if (h.what == "decision") {
      v["first/" + h.id] = consulted;
      v["own/" + h.id] = since;
      v["not_before/" + h.id] = alarmed;
      since = false;
    }
    if (h.what == "consultation") consulted = since = true;
    if (h.what == "alarm") alarmed = true;
  }
  return v;
}

// Calls f for each world of a history: the orders that respect what is surely before, and the chairs that nobody named.
void each_world(const World& history, const std::function<void(const World&)>& f) {
  World world;
  std::vector<bool> used(history.size());
  const std::function<void()> extend = [&] {
    if (world.size() == history.size()) return f(world);
    for (std::size_t i = 0; i < history.size(); ++i) {
      if (used[i]) continue;
      bool ready = true;
      for (std::size_t j = 0; j < history.size(); ++j)
        ready = ready && (used[j] || j == i || !surely_before(history[j], history[i]));
      if (!ready) continue;
      used[i] = true;
      const bool unnamed = history[i].what == "meeting" && history[i].chair.empty();
      for (const char effect : {'y', 'n'}) {
        if (history[i].effect != 'u' && history[i].effect != effect) continue;
        for (const std::string chair : {"chief", "director", "officer", "vice-admiral"}) {
          world.push_back(history[i]);
          world.back().effect = effect;
          if (unnamed) world.back().chair = chair;
          extend();
          world.pop_back();
          if (!unnamed) break;
        }
      }
      used[i] = false;
    }
  };
  extend();
}

World made_up(unsigned seed) {
  std::mt19937 dice(seed);
  World history;
  const int n = 3 + static_cast<int>(dice() % 5U);
  for (int i = 0; i < n; ++i) {
    Happening h;
    h.id = std::string(1, static_cast<char>('a' + (i * 7 + static_cast<int>(seed)) % 26));
    h.day = static_cast<int>(dice() % 4U);
    if (dice() % 3 == 0) h.minute = static_cast<int>(dice() % 3U);
    const char* const what[] = {"meeting",      "meeting", "meeting", "decision",  "decision",
                                "consultation", "alarm",   "signing", "revocation"};
    h.what = what[dice() % std::size(what)];
    const char* const chairs[] = {"chief", "director", "officer", "chief", "director", ""};
    if (h.what == "meeting") h.chair = chairs[dice() % std::size(chairs)];
    if (h.what == "meeting" || h.what == "decision") h.effect = "yyyyynu"[dice() % 7U];
    history.push_back(h);
  }
  return history;
}

std::string as_lines(const World& history) {
  std::string out;
  for (const Happening& h : history) {
    out += "2017-01-1" + std::to_string(h.day);
    if (h.minute >= 0) out += "T12:0" + std::to_string(h.minute);
    const char* subject = h.what == "meeting"                    ? " of council"
                          : h.what == "decision"                 ? " of plan"
                          : h.what[0] == 's' || h.what[0] == 'r' ? " of letter"
                                                                 : "";
    out += " " + h.id + " " + h.what + subject + (h.chair.empty() ? "" : " chair=" + h.chair);
    if ((h.what == "meeting" || h.what == "decision") && h.effect != 'u')
      out += std::string(h.what == "meeting" ? " remote=" : " written=") +
             (h.effect == 'y' ? "yes" : "no");
    out += "\n";
  }
  return out;
}

TEST(Worlds, TheVerdictIsWhatAllPossibleOrdersAgreeOn) {
  int disagreed = 0;
  for (unsigned seed = 1; seed <= 600 && disagreed < 5; ++seed) {
    const World history = made_up(seed);
    struct Seen {
      int met = 0;
      int broken = 0;
    };
    std::map<std::string, Seen> seen;
    int worlds = 0;
    each_world(history, [&](const World& world) {
      ++worlds;
      for (const auto& [id, met] : judge(world))
        ++(met ? seen[id].met : seen[id].broken);
    });
    const Story story(rules, as_lines(history));
    const engine::Book book = story.book("2017-01-20");
    std::string faults;
    for (const auto& [id, n] : seen) {
      const std::string_view expected = n.met == worlds      ? "met"
                                        : n.broken == worlds ? "broken"
                                                             : "cannot_assess";
      const engine::Occurrence* o = book.find(id);
      const std::string_view is = o == nullptr ? "none" : name(o->finding.status);
      if (is != expected)
        faults += id + ": is " + std::string(is) + ", expected " + std::string(expected) + "\n";
      if (o != nullptr && expected == "cannot_assess" && o->finding.missing.empty())
        faults += id + ": names nothing that is missing\n";
    }
    if (faults.empty()) continue;
    ++disagreed;
    ADD_FAILURE() << "seed " << seed << "\n" << faults << story.history() << story.describe(book);
  }
}

}  // namespace
}  // namespace samrad::story
