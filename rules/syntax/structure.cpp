// The rows of one block to the faults of its make-up: a loop over the rows, one question for each kind of node.
#include "rules/syntax/structure.h"

#include "rules/calendar/date.h"
#include "rules/diagnostics/diagnostic.h"

#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <vector>

namespace samrad::rules {
namespace {

class Structure {
 public:
  Structure(const Tree& tree, bool cut, Report& report) : tree_(tree), cut_(cut), report_(report) {}

  bool check(NodeId node) {
    switch (tree_.kind(node)) {
      case Node::period:
      case Node::precedence: each_once(node, {Node::pattern}); break;
      case Node::entity:
      case Node::parameter: entity(node); break;
      case Node::event: each_once(node, {Node::name, Node::field}); break;
      case Node::fact: each_once(node, {Node::holds}); break;
      case Node::ambiguity: ambiguity(node); break;
      case Node::field:
      case Node::reading: each_once(node, {}); break;
      case Node::month_day: month_day(node); break;
      case Node::due_monthly: day_of_month(node); break;
      case Node::clause: clause(node); break;
      case Node::procedure: procedure(node); break;
      default: break;
    }
    return good_;
  }

 private:
  [[nodiscard]] std::vector<NodeId> all(NodeId node, Node kind) const {
    std::vector<NodeId> result;
    for (const NodeId child : tree_.of(node))
      if (tree_.kind(child) == kind) result.push_back(child);
    return result;
  }
  void fault(Code code, NodeId where, std::string message, std::string help, std::vector<Label> labels = {}) {
    Diagnostic d = diagnostic(code, tree_[where].name, std::move(message), std::move(help));
    d.labels = std::move(labels);
    const bool missed = code == Code::no_sentence || code == Code::missing_start;
    if (!(cut_ && missed)) report_.add(std::move(d));
    good_ = false;
  }
  void twice(NodeId first, NodeId second) {
    fault(Code::said_twice, second, "this is said twice", "say it once", {{tree_[first].span, "said here first"}});
  }
  // No kind of child twice, but for those that may repeat.
  void each_once(NodeId node, std::initializer_list<Node> repeated) {
    const auto children = tree_.of(node);
    for (std::size_t i = 1; i < children.size(); ++i) {  // equal kinds stand together
      const Node kind = tree_.kind(children[i]);
      if (kind != tree_.kind(children[i - 1]) || std::find(repeated.begin(), repeated.end(), kind) != repeated.end())
        continue;
      twice(children[i - 1], children[i]);
      return;
    }
  }
  void entity(NodeId node) {
    const auto names = all(node, Node::name);
    if (names.size() > 2) return twice(names[1], names[2]);
    each_once(node, {Node::name});
  }
  void ambiguity(NodeId node) {
    for (const Node item : {Node::item_source, Node::item_settled})
      if (const auto said = all(node, item); said.size() > 1) return twice(said[0], said[1]);
  }
  void month_day(NodeId node) {
    const auto parts = tree_.of(node);
    const int day = std::stoi("0" + tree_.texts[tree_[parts[0]].text].substr(0, 6));
    const auto month = static_cast<unsigned>(std::stoi(tree_.texts[tree_[parts[1]].text]));
    const int days = calendar::days_in_month(2000, month);
    if (day < 1 || day > days)
      fault(Code::no_such_date, parts[0], fmt::format("there is no day {} in this month", tree_.text(parts[0])),
            fmt::format("it has {} days", days));
  }
  void day_of_month(NodeId node) {
    const NodeId number = tree_.of(node)[0];
    const int day = std::stoi("0" + tree_.texts[tree_[number].text].substr(0, 6));
    if (day < 1 || day > 31)
      fault(Code::no_such_date, number, fmt::format("no month has a day {}", tree_.text(number)),
            "say a day from 1 to 31, or `the last day of every month`");
  }
  void clause(NodeId node);
  void procedure(NodeId node);

  const Tree& tree_;
  bool cut_;
  Report& report_;
  bool good_ = true;
};

void Structure::clause(NodeId node) {
  const auto sentences = all(node, Node::sentence);
  const auto readings = all(node, Node::reading);
  const std::string heading = fmt::format("the clause `{}`", tree_.text(node));
  if (sentences.empty() && readings.empty())
    return fault(Code::no_sentence, node, heading + " has no sentence",
                 "say what must happen, such as `meeting must happen at least once every month`");
  if (!sentences.empty() && !readings.empty())
    return fault(Code::readings, sentences[0], heading + " has readings and a sentence of its own",
                 "make the sentence one of the readings: `reading NAME \"…\"` and the sentence below it",
                 {{tree_[readings[0]].name, "a reading"}});
  if (sentences.size() > 1)
    return fault(Code::several_sentences, sentences[1], heading + " has more than one sentence",
                 "begin a new clause for each sentence, or make them a `reading` each",
                 {{tree_[sentences[0]].span, "the first sentence"}});
  if (readings.empty()) return;
  if (readings.size() == 1)
    return fault(Code::readings, readings[0], heading + " has one reading only",
                 "add another reading, or leave out the line that begins with `reading`");
  std::vector<NodeId> defaults;
  for (const NodeId reading : readings)
    if (tree_.child(reading, Node::default_reading) != no_node) defaults.push_back(reading);
  if (defaults.empty())
    fault(Code::readings, node, fmt::format("none of the readings of {} is the default", heading),
          "add the word `default` after the text of one of them");
  if (defaults.size() > 1)
    fault(Code::readings, tree_.child(defaults[1], Node::default_reading),
          fmt::format("more than one of the readings of {} is the default", heading), "keep one `default`",
          {{tree_[tree_.child(defaults[0], Node::default_reading)].span, "the first default"}});
}

void Structure::procedure(NodeId node) {
  const auto starts = all(node, Node::starts);
  const std::string heading = fmt::format("the procedure `{}`", tree_.text(node));
  if (starts.empty())
    fault(Code::missing_start, node, heading + " does not say what starts it",
          "add a line such as `starts with update of lagesbild`");
  else if (starts.size() > 1)
    fault(Code::said_twice, starts[1], heading + " has more than one start",
          "name several subjects in one line: `starts with update of lagesbild, atgardsplan`",
          {{tree_[starts[0]].span, "the first start"}});
  if (all(node, Node::step).empty())
    fault(Code::missing_start, node, heading + " has no steps",
          "add lines such as `step beslutad decision by chefsamrad within 90 days`");
}

}  // namespace

bool check_structure(const Tree& tree, std::size_t first_row, bool cut, Report& report) {
  Structure structure(tree, cut, report);
  bool good = true;
  for (std::size_t row = first_row; row < tree.rows.size(); ++row)
    good = structure.check(static_cast<NodeId>(row)) && good;
  return good;
}

}  // namespace samrad::rules
