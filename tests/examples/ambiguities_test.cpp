// Aim: what ambiguities.csv says of the 29 ambiguities of the great example is what its text declares and its program does.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include <gtest/gtest.h>

#include "rules/compile.h"
#include "tests/examples/run.h"

namespace samrad::tests {
namespace {

using Names = std::set<std::string>;

const std::string folder = "examples/norrmalm/";
const std::string check = "check";  // among the clauses of a row: the check finds it by itself

// What the check would find of an ambiguity if the text were as it is in the agreement.
const std::map<std::string, rules::Code> lints = {
    {"X1", rules::Code::two_frequencies}, {"X3", rules::Code::different_months},
    {"X6", rules::Code::missing_annex},   {"X7", rules::Code::nothing_belongs},
    {"X11", rules::Code::stale_receiver}, {"X20", rules::Code::different_lists},
};

std::string all_of(const std::string& path) {
  std::ifstream in(source_path(path), std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

Names found(const std::string& text, const std::string& pattern) {
  const std::regex what(pattern);
  return {std::sregex_token_iterator(text.begin(), text.end(), what), std::sregex_token_iterator()};
}

// A sentence alone in quotes stands without its full stop.
std::string sentence(std::string text) {
  if (text.ends_with('.')) text.pop_back();
  return text;
}

class Ambiguities : public testing::Test {
 protected:
  Ambiguities() : rows_(table(folder + "ambiguities.csv")) {
    std::vector<std::string> files = {"norrmalm.samrad"};
    for (const std::string& line : lines_of(folder + files[0]))
      if (line.starts_with("use \"")) files.push_back(line.substr(5, line.size() - 6));
    std::vector<std::string> texts;
    for (const std::string& file : files)
      texts.push_back(all_of(folder + file));
    std::vector<rules::Source> sources;
    for (std::size_t i = 0; i < files.size(); ++i)
      sources.push_back({files[i], texts[i]});
    rules::Compiled compiled = rules::compile(sources);
    EXPECT_TRUE(compiled.program);
    if (compiled.program) program_ = *std::move(compiled.program);
    for (const rules::Diagnostic& d : compiled.diagnostics)
      said_.insert(d.code);
  }

  // The clauses, measures and procedures whose source names it.
  Names citing(const std::string& id) const {
    Names names;
    for (const program::Rule& rule : program_.rules)
      if (found(std::string(program_.text(rule.source)), "\\bX[0-9]+\\b").contains(id))
        names.insert(std::string(program_.text(rule.clause)));
    return names;
  }

  // The readings that answer it, by clause.
  std::map<std::string, Names> readings(const std::string& id) const {
    std::map<std::string, Names> names;
    for (const program::Rule& rule : program_.rules)
      if (rule.ambiguity != program::none &&
          program_.text(program_.ambiguities[rule.ambiguity].name) == id)
        names[std::string(program_.text(rule.clause))].insert(
            std::string(program_.text(rule.reading)));
    return names;
  }

  std::vector<Row> rows_;
  program::Program program_;
  std::set<rules::Code> said_;
};

TEST_F(Ambiguities, stand_in_the_table_as_in_the_text) {
  ASSERT_EQ(rows_.size(), 29U);
  ASSERT_EQ(program_.ambiguities.size(), 29U);
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const program::Ambiguity& declared = program_.ambiguities[i];
    EXPECT_EQ(rows_[i]["id"], "X" + std::to_string(i + 1));
    EXPECT_EQ(rows_[i]["id"], program_.text(declared.name));
    EXPECT_EQ(rows_[i]["question"], program_.text(declared.title)) << rows_[i]["id"];
    EXPECT_EQ(sentence(rows_[i]["default"]), sentence(std::string(program_.text(declared.settled))))
        << rows_[i]["id"];
    EXPECT_NE(declared.source, 0U) << rows_[i]["id"];
  }
}

TEST_F(Ambiguities, are_treated_where_the_table_says) {
  for (Row row : rows_) {
    Names where = found(row["where"], "[^, ]+");
    EXPECT_EQ(where.erase(check) == 1,
              lints.contains(row["id"]) && said_.contains(lints.at(row["id"])))
        << row["id"] << ": what the check finds";
    EXPECT_EQ(where, citing(row["id"])) << row["id"];
  }
}

// Readings where there are some. What the check still finds is said by several clauses side by side or, where none of them can ever be
// assessed, by the check alone. Else one reading of the words was settled and written down.
TEST_F(Ambiguities, are_treated_as_the_table_says) {
  std::map<std::string, Names> verdicts;
  const nlohmann::json judged =
      audit(folder + "norrmalm.samrad " + folder + "history.ndjson --as-of 2018-05-31");
  ASSERT_TRUE(judged.is_object());
  for (const nlohmann::json& o : judged["occurrences"])
    verdicts[o["clause"]].insert(o["status"]);
  for (Row row : rows_) {
    const std::string& id = row["id"];
    Names seen;
    for (const std::string& clause : citing(id))
      seen.merge(Names(verdicts[clause]));
    const bool told = lints.contains(id) && said_.contains(lints.at(id));
    EXPECT_EQ(row["treatment"], !readings(id).empty()           ? "reading"
                                : !told                         ? "default"
                                : seen == Names{"cannotAssess"} ? "lint"
                                : citing(id).size() > 1         ? "clauses"
                                                                : "nothing")
        << id;
  }
}

TEST_F(Ambiguities, leave_something_to_choose_where_there_are_readings) {
  for (Row row : rows_)
    for (const auto& [clause, names] : readings(row["id"])) {
      EXPECT_TRUE(citing(row["id"]).contains(clause)) << row["id"] << " " << clause;
      EXPECT_GE(names.size(), 2U) << row["id"] << " " << clause;
      Names defaults;
      for (const program::Rule& rule : program_.rules)
        if (program_.text(rule.clause) == clause && rule.reading_default)
          defaults.insert(std::string(program_.text(rule.reading)));
      ASSERT_EQ(defaults.size(), 1U) << row["id"] << " " << clause;
      EXPECT_TRUE(names.contains(*defaults.begin())) << row["id"] << " " << clause;
    }
}

}  // namespace
}  // namespace samrad::tests
