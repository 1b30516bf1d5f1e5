#include "tests/service/sample.h"

#include <algorithm>

namespace samrad::tests {

using program::Form;
using program::Index;
using program::Range;
using program::Rule;
using program::Symbol;
using program::ValueKind;

Symbol Sample::symbol(std::string_view text) {
  const auto found = std::find(program.symbols.begin(), program.symbols.end(), text);
  if (found != program.symbols.end()) return static_cast<Symbol>(found - program.symbols.begin());
  program.symbols.emplace_back(text);
  return static_cast<Symbol>(program.symbols.size() - 1);
}

Index Sample::kind(std::string_view name, bool open) {
  program.kinds.push_back({symbol(name), 0, open});
  return static_cast<Index>(program.kinds.size() - 1);
}

Index Sample::find_kind(std::string_view name) const {
  for (std::size_t i = 0; i < program.kinds.size(); ++i)
    if (program.text(program.kinds[i].name) == name) return static_cast<Index>(i);
  return program::none;
}

Index Sample::find_type(std::string_view name) const {
  for (std::size_t i = 0; i < program.event_types.size(); ++i)
    if (program.text(program.event_types[i].name) == name) return static_cast<Index>(i);
  return program::none;
}

Index Sample::find_rule(std::string_view clause) const {
  for (std::size_t i = 0; i < program.rules.size(); ++i)
    if (program.text(program.rules[i].clause) == clause) return static_cast<Index>(i);
  return program::none;
}

void Sample::member(std::string_view kind, std::string_view name, std::string_view label,
                    std::string_view deputy_of) {
  program.members.push_back({symbol(name), symbol(label), find_kind(kind), 0, symbol(deputy_of)});
}

Index Sample::type(std::string_view name, std::string_view label,
                   std::vector<std::string_view> subject_kinds, const std::vector<FieldRow>& fields,
                   program::Builtin builtin) {
  program::EventType row;
  row.name = symbol(name);
  row.label = symbol(label);
  row.builtin = builtin;
  row.subject_kinds = {static_cast<std::uint32_t>(program.indices.size()),
                       static_cast<std::uint32_t>(subject_kinds.size())};
  for (const auto kind : subject_kinds)
    program.indices.push_back(find_kind(kind));
  row.fields = {static_cast<std::uint32_t>(program.fields.size()),
                static_cast<std::uint32_t>(fields.size())};
  for (const FieldRow& field : fields)
    program.fields.push_back(
        {symbol(field.name), 0, field.type, field.list, field.required, find_kind(field.kind)});
  program.event_types.push_back(row);
  return static_cast<Index>(program.event_types.size() - 1);
}

Range Sample::symbols(const std::vector<std::string_view>& names) {
  const Range range{static_cast<std::uint32_t>(program.symbol_lists.size()),
                    static_cast<std::uint32_t>(names.size())};
  for (const auto name : names)
    program.symbol_lists.push_back(symbol(name));
  return range;
}

Index Sample::pattern(std::string_view type, std::string_view subject, std::string_view text) {
  program::Pattern row;
  row.type = find_type(type);
  if (!subject.empty()) row.subjects = symbols({subject});
  row.text = symbol(text);
  program.patterns.push_back(row);
  return static_cast<Index>(program.patterns.size() - 1);
}

Rule& Sample::rule(Form form, std::string_view clause, std::string_view title,
                   std::string_view source, std::string_view sentence) {
  Rule row;
  row.form = form;
  row.clause = symbol(clause);
  row.title = symbol(title);
  row.source = symbol(source);
  row.sentence = symbol(sentence);
  row.from = program.term_first;
  row.to = program.term_last;
  program.rules.push_back(row);
  return program.rules.back();
}

Sample::Sample() {
  program.name = symbol("norrmalm");
  program.title = symbol("Samverkansöverenskommelse Norrmalm");
  program.timezone = symbol("Europe/Stockholm");
  program.term_first = calendar::to_day({2016, 6, 1});
  program.term_last = calendar::to_day({2018, 5, 31});
  program.versions.push_back({program.term_first, program::Tail::finish, {}});
  for (const auto name : {"party", "role", "forum", "document", "measure"})
    kind(name);
  kind("place", true);
  member("party", "kommunen", "Norrmalms stadsdelsförvaltning");
  member("party", "polisen", "Lokalpolisområde Norrmalm");
  member("role", "lokalpolischef", "Lokalpolisområdets chef");
  member("role", "bitradande_chef", "", "lokalpolischef");
  member("role", "stadsdelsdirektor", "Norrmalms stadsdelsdirektör");
  member("role", "kommunpolis", "Kommunpolisen");
  member("forum", "chefsamrad", "Chefsamrådet");
  member("forum", "ungdomsforum", "Samverkansforum ungdomar");
  member("document", "lagesbild", "Bilaga 3, lägesbilden");
  program.registrations = {{symbol("A015.194/2016"), symbol("polisen")},
                           {symbol("540/2015"), symbol("kommunen")}};

  const auto text = ValueKind::text;
  const auto who = ValueKind::member;
  type("meeting", "Sammanträde", {"forum"},
       {{"chair", who, false, false, "role"},
        {"attendees", who, true, false, "role"},
        {"agenda", text, true, false}});
  type("update", "", {"document"}, {{"dated", ValueKind::date, false, false}});
  type("decision", "Beslut", {"document"},
       {{"by", who, false, true, "forum"}, {"written", ValueKind::yes_no, false, false}});
  type("visit", "", {"place"},
       {{"cost", ValueKind::money, false, false},
        {"share", ValueKind::number, false, false},
        {"length", ValueKind::duration, false, false},
        {"where", who, false, false, "place"}});
  type("note", "", {}, {{"text", text, false, true}});
  type("waiver", "", {}, {{"occurrence", text}, {"by", text}, {"reason", text, false, false}},
       program::Builtin::waiver);
  type("assessment", "", {},
       {{"occurrence", text}, {"by", text}, {"verdict", text}, {"reason", text, false, false}},
       program::Builtin::assessment);
}

}  // namespace samrad::tests
