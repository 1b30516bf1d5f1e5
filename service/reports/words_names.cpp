// Names, values, patterns and events of an agreement in words, by their labels where they have one.

#include <algorithm>

#include <fmt/format.h>

#include "service/reports/condition_words.h"

namespace samrad::reports {

using engine::Ground;
using program::Symbol;
using program::ValueKind;

namespace {

// 25/2 as "12,5" or "12.5"; a fraction without a short decimal form as "1/3".
std::string decimal(std::int64_t over, std::int64_t under, Language language) {
  std::int64_t scale = 1;
  int decimals = 0;
  while (scale % under != 0 && decimals < 6)
    scale *= 10, ++decimals;
  if (scale % under != 0) return fmt::format("{}/{}", over, under);
  const bool negative = over < 0;
  std::string digits = fmt::format("{}", (negative ? -over : over) * (scale / under));
  if (decimals > 0) {
    if (digits.size() <= static_cast<std::size_t>(decimals))
      digits.insert(0, static_cast<std::size_t>(decimals) + 1 - digits.size(), '0');
    digits.insert(digits.size() - static_cast<std::size_t>(decimals),
                  language == Language::sv ? "," : ".");
  }
  return (negative ? "-" : "") + digits;
}

// The event type's name in running text; in Swedish between quotes where it has no label.
std::string type_words(const Ground& ground, program::Index type, Language language) {
  if (type == program::none) return language == Language::sv ? "händelse" : "event";
  const program::EventType& row = ground.program().event_types[type];
  const std::string name = type_name(ground, row, language);
  if (shows_label(ground, row.label, language)) return running_case(name);
  return language == Language::sv ? quoted(name, language) : name;
}

}  // namespace

bool shows_label(const Ground& ground, Symbol label, Language language) {
  return label != 0 && (language == Language::sv || ground.program().language == Language::en);
}

std::string_view preposition(std::string_view name, Language language) {
  static constexpr std::pair<std::string_view, std::string_view> words[] = {
      {"by", "av"}, {"to", "till"}, {"from", "från"}, {"for", "för"}, {"about", "om"}};
  for (const auto& [en, sv] : words)
    if (name == en) return language == Language::sv ? sv : en;
  return {};
}

std::string label(const Ground& ground, Symbol name) {
  const program::Program& program = ground.program();
  const auto shown = [&](const auto& rows) -> Symbol {
    const auto row =
        std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r.name == name; });
    return row == rows.end() ? 0 : row->label;
  };
  Symbol found = shown(program.members);
  if (found == 0) found = shown(program.facts);
  if (found == 0) found = shown(program.measures);
  if (found == 0)
    for (const program::Rule& rule : program.rules)
      if (rule.clause == name && rule.title != 0) found = rule.title;
  return std::string(ground.symbols().text(found != 0 ? found : name));
}

std::string value(const Ground& ground, const program::Value& v, Language language) {
  const bool sv = language == Language::sv;
  switch (v.kind) {
  case ValueKind::absent: return sv ? "ingen uppgift" : "nothing told";
  case ValueKind::yes_no: return v.a != 0 ? (sv ? "ja" : "yes") : (sv ? "nej" : "no");
  case ValueKind::number: return decimal(v.a, v.b, language);
  case ValueKind::money:
    return fmt::format("{} {}", decimal(v.a, v.b, language), ground.symbols().text(v.symbol));
  case ValueKind::date: return date(calendar::saturated(v.a), language);
  case ValueKind::duration:
    return duration({static_cast<std::int32_t>(v.a), static_cast<calendar::Unit>(v.b)}, language);
  case ValueKind::text:
  case ValueKind::member: return label(ground, v.symbol);
  case ValueKind::list: return fmt::format("{} {}", v.b, sv ? "värden" : "values");
  }
  return {};
}

std::string pattern(const Ground& ground, program::Index index, Language language) {
  if (index == program::none) return language == Language::sv ? "händelsen" : "the event";
  const program::Pattern& row = ground.program().patterns[index];
  const std::string text = type_words(ground, row.type, language);
  const std::string details = pattern_details(ground, index, language);
  return details.empty() ? text : text + " (" + details + ")";
}

std::string event(const Ground& ground, Symbol identity, Language language) {
  const engine::Event* found = ground.event(identity);
  if (!found) return std::string(ground.symbols().text(identity));
  std::string text = type_words(ground, found->type, language);
  if (found->subject != 0) text += fmt::format(" ({})", label(ground, found->subject));
  const std::string_view id = ground.symbols().text(found->id);
  return language == Language::sv
             ? fmt::format("{} den {} [{}]", text, date(found->day, language), id)
             : fmt::format("{} on {} [{}]", text, date(found->day, language), id);
}

std::string type_name(const Ground& ground, const program::EventType& type, Language language) {
  if (shows_label(ground, type.label, language))
    return std::string(ground.symbols().text(type.label));
  std::string name(ground.symbols().text(type.name));
  if (language != Language::sv) std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

std::string field_name(const Ground& ground, const program::Field& field, Language language) {
  if (shows_label(ground, field.label, language))
    return running_case(std::string(ground.symbols().text(field.label)));
  std::string name(ground.symbols().text(field.name));
  if (const std::string_view word = preposition(name, language); !word.empty())
    return std::string(word);
  if (language != Language::sv) std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

std::string reading_heading(const Ground& ground, const program::Rule& rule, Language language) {
  const bool sv = language == Language::sv;
  if (rule.ambiguity == program::none) return sv ? "Tolkning" : "Reading";
  const program::Ambiguity& row = ground.program().ambiguities[rule.ambiguity];
  return (sv ? "Tolkning av " : "Reading of ") + std::string(ground.symbols().text(row.name));
}

std::string condition(const Ground& ground, Symbol text, program::Index rule, Language language) {
  if (const std::optional<Found> found = find_expression(ground, text, rule))
    return quoted(expression_words(ground, found->expression, found->scope, language), language);
  for (const program::Fact& fact : ground.program().facts)
    if (fact.name == text) return quoted(label(ground, text), language);
  return quoted(ground.symbols().text(text), language);
}

std::string set_detail(const Ground& ground, Symbol identity, Symbol text, Language language) {
  const program::Program& program = ground.program();
  const engine::Event* found = ground.event(identity);
  const auto op = std::find_if(program.code.begin(), program.code.end(), [&](const program::Op& o) {
    return o.code == program::Code::includes && o.text == text;
  });
  if (found == nullptr || op == program.code.end() || op - program.code.begin() <= op->b) return {};
  // Behind the field stand the members asked for, each a constant.
  const auto field = op - op->b - 1;
  const bool own = field->code == program::Code::field && field->a == 0;
  if (!own || field->b >= found->fields.size()) return {};
  std::vector<Symbol> asked;
  for (auto at = field + 1; at != op; ++at) {
    if (at->code != program::Code::constant) return {};
    asked.push_back(program.constants[at->a].symbol);
  }
  const program::Value& told = found->fields[field->b];
  if (told.kind != ValueKind::list) return {};
  const std::span<const Symbol> has(found->pool.data() + told.a, static_cast<std::size_t>(told.b));
  const auto without = [&](std::span<const Symbol> all, std::span<const Symbol> these,
                           bool inside) {
    std::vector<std::string> names;
    for (const Symbol one : all)
      if ((std::find(these.begin(), these.end(), one) != these.end()) == inside)
        names.push_back(quoted(label(ground, one), language));
    return names;
  };
  const auto how = static_cast<program::Inclusion>(op->a & 0xFF);
  const bool forbids = how == program::Inclusion::no || how == program::Inclusion::only;
  const std::vector<std::string> names = how == program::Inclusion::no ? without(has, asked, true)
                                         : forbids                     ? without(has, asked, false)
                                                                       : without(asked, has, false);
  if (names.empty() || how == program::Inclusion::any) return {};
  const bool sv = language == Language::sv;
  if (forbids)
    return fmt::format("; {} {}", sv ? "där finns" : "it includes", listed(names, language));
  return sv ? fmt::format("; {} saknas", listed(names, language))
            : fmt::format("; {} {} missing", listed(names, language),
                          names.size() == 1 ? "is" : "are");
}

std::string missing_name(const Ground& ground, Symbol name, Language language) {
  const std::string_view text = ground.symbols().text(name);
  if (text == engine::Symbols::time_of_day)
    return language == Language::sv ? "klockslag" : "the hour";
  for (const program::EventType& type : ground.program().event_types)
    if (type.name == name) return quoted(type_name(ground, type, language), language);
  // A field's name may be that of a clause too, so only what a condition can ask is looked up.
  for (const program::Fact& fact : ground.program().facts)
    if (fact.name == name) return quoted(label(ground, name), language);
  for (const program::Member& member : ground.program().members)
    if (member.name == name) return quoted(label(ground, name), language);
  for (const program::Field& field : ground.program().fields)
    if (field.name == name && shows_label(ground, field.label, language))
      return quoted(field_name(ground, field, language), language);
  return quoted(text, language);
}

}  // namespace samrad::reports
