// The engine against the reference evaluator, which shares no code with it and with the compiler's lowering.
#include <algorithm>
#include <map>

#include "rules/syntax/parse.h"
#include "tests/generated/properties.h"
#include "tests/generated/telling.h"
#include "tests/reference/reference.h"

namespace samrad::generated {
namespace {

// How far both roads look ahead.
constexpr int days_ahead = 365;

std::string told(const std::string& id, int status, Day opens, Day due, Day settled) {
  const auto s = static_cast<engine::Status>(status);
  // From when a consequence can be met is not said on the page.
  const std::string from = id.ends_with("/otherwise") ? "" : " opens " + calendar::iso(opens);
  return std::string(name(s)) + from +
         (due == calendar::day_max ? "" : " due " + calendar::iso(due)) +
         (engine::settled(s) ? " settled " + calendar::iso(settled) : "");
}

// `c1/urn:a#e1` as `c1/e1`: which events count as having one id is not said alike by both.
std::string without_source(std::string id) {
  const std::size_t hash = id.find('#');
  if (hash == std::string::npos) return id;
  const std::size_t slash = id.rfind('/', hash);
  return id.erase(slash + 1, hash - slash);
}

// The reference goes round in circles where a withdrawal is corrected, and takes the correction of a correction for one of its own time.
bool corrects_a_change(const std::vector<json>& records) {
  return std::any_of(records.begin(), records.end(), [&](const json& c) {
    return c["type"] == "correction" &&
           std::any_of(records.begin(), records.end(), [&](const json& w) {
             return (w["type"] == "withdrawal" || w["type"] == "correction") &&
                    c["data"].value("corrects", "").find(w["id"].get<std::string>()) !=
                        std::string::npos;
           });
  });
}

}  // namespace

std::string reference(const Prepared& p, Dice&) {
  if (corrects_a_change(p.it.events) || p.it.texts.size() > 1) return {};
  std::vector<rules::Tree> trees;
  trees.reserve(p.it.texts.size());
  reference::Question question;
  for (const std::string& text : p.it.texts) {
    const rules::Source source{"text.samrad", text};
    trees.push_back(std::move(rules::parse({&source, 1}).tree));
    question.texts.push_back(&trees.back());
  }
  question.records = p.it.events;
  question.as_of = p.it.as_of;
  question.known_at = p.it.known_at.value_or("");
  for (const program::Choice& choice : p.it.readings)
    question.readings.push_back({choice.clause, choice.reading});
  std::vector<std::string> ours, theirs;
  for (const engine::Occurrence& o : p.audit->book().occurrences) {
    const engine::Finding& f = o.finding;
    if (f.status == engine::Status::upcoming && f.opens > p.as_of().day + days_ahead) continue;
    ours.push_back(without_source(o.id) + " " +
                   told(o.id, static_cast<int>(f.status), f.opens, f.due, f.settled));
  }
  for (const reference::Answer& a : reference::answer(question)) {
    if (static_cast<engine::Status>(a.status) == engine::Status::upcoming &&
        a.opens > p.as_of().day + days_ahead)
      continue;
    theirs.push_back(without_source(a.id) + " " +
                     told(a.id, static_cast<int>(a.status), a.opens, a.due, a.settled));
  }
  const auto one = [](std::vector<std::string>& lines) {
    std::sort(lines.begin(), lines.end());
    std::string out;
    for (const std::string& line : lines)
      out += line + '\n';
    return out;
  };
  return difference("the engine (-) and the reference (+) differ", one(ours), one(theirs));
}

}  // namespace samrad::generated
