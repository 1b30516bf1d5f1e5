// What people ruled on occurrences, and what is listed as without effect (docs/language.md §7.4, §3.7, §3.12).
#pragma once

#include <set>
#include <string>
#include <vector>

#include "tests/reference/forms.h"

namespace samrad::reference {

// §7.1: "Where two occurrences would have the same name … the source stands before it"; of two texts that ask for one due day, the
// later one's has the day on which it came into force after it.
class Names {
 public:
  void learn(const Verdicts& all);
  [[nodiscard]] std::string of(const Verdict& v) const;

 private:
  std::map<std::string, std::set<std::string>> by_plain_;
};

// §3, `judged by`; §7.4.
void assess(const Story& story, const Names& names, Verdict& v);
void waive(const Story& story, const Names& names, Verdict& v);

// An event without effect, or that may have none.
struct Void {
  enum class Reason {
    condition,           // `counts only if`
    extension,           // what the extension asks for
    term_had_ended,      // extended too late
    no_such_occurrence,  // of a waiver or an assessment
    no_authority,
    no_such_verdict
  };
  std::string event;   // source#id
  std::string clause;  // empty where it names no occurrence
  Reason reason = Reason::condition;
  bool certain = true;
};

using Voids = std::vector<Void>;

[[nodiscard]] std::string text(const Void& v);

// Events that the text in force on their day makes void by `counts only if`.
void list_void(Story& story, Voids& voids);
// Waivers and assessments that take no effect on the occurrences of any text.
void list_rulings(const Story& story, const Names& names, const Verdicts& all, Voids& voids);

}  // namespace samrad::reference
