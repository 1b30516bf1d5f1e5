// One agreement at a time into rows, texts into blocks that never move, and the few things that make a variant.

#include "service/fleet/roster.h"

#include <algorithm>
#include <cstring>

#include "service/fleet/pages.h"

namespace samrad::fleet {

namespace {

using program::Argument;
using program::Arguments;
using program::none;
using program::Program;
using program::ValueKind;

constexpr std::size_t block_bytes = 1U << 20U;

std::vector<Clause> clauses_of(const Program& program) {
  std::vector<Clause> clauses;
  for (const program::Rule& rule : program.rules) {
    if (rule.form == program::Form::validity) continue;
    const std::string_view name = program.text(rule.clause);
    const auto same = [&](const Clause& clause) { return clause.name == name; };
    if (std::none_of(clauses.begin(), clauses.end(), same))
      clauses.push_back({std::string(name), std::string(program.text(rule.title)),
                         std::string(program.text(rule.source))});
  }
  return clauses;
}

bool names_members(const program::Parameter& parameter) {
  return parameter.type == ValueKind::member;
}

// What holds for a date parameter, or `otherwise` where nothing does.
calendar::Day date_of(const Program& program, const Arguments& arguments, Index parameter,
                      calendar::Day otherwise) {
  if (parameter == none) return otherwise;
  program::Value value = arguments[parameter].value;
  const Index fallback = program.parameters[parameter].fallback;
  if (value.kind == ValueKind::absent && fallback != none) value = program.constants[fallback];
  if (value.kind != ValueKind::date) return calendar::day_max;
  return calendar::Day{static_cast<std::int32_t>(value.a)};
}

// Whether both share a variant for sure: an answer for less than making two keys (program::variant_key).
bool judge_alike(const Program& program, const std::vector<bool>& judging, const Arguments& a, const Arguments& b) {
  for (Index row = 0; row < program.parameters.size(); ++row) {
    const bool alike = names_members(program.parameters[row]) ? a[row].names.size() == b[row].names.size()
                       : judging[row]                         ? a[row].value == b[row].value && a[row].names == b[row].names
                                                              : a[row].left_out() == b[row].left_out();
    if (!alike) return false;
  }
  return true;
}

Argument as_date(calendar::Day day) {
  Argument argument;
  if (day != calendar::day_max) argument.value = {ValueKind::date, 0, day.n, 1};
  return argument;
}

}  // namespace

Variant::Variant(const Program& of_template, Arguments filled_in, const record::Zone& zone,
                 const std::vector<Clause>& clauses)
    : arguments(std::move(filled_in)),
      program(program::variant(of_template, arguments)),
      symbols(program),
      machine(program, symbols),
      vocabulary(program, symbols, zone) {
  for (const program::Rule& rule : program.rules) {
    const auto at = std::find_if(clauses.begin(), clauses.end(), [&](const Clause& clause) {
      return clause.name == program.text(rule.clause);
    });
    clause_of.push_back(static_cast<std::uint32_t>(at - clauses.begin()));
  }
  for (Index row = 0; row < of_template.parameters.size(); ++row) {
    if (!names_members(of_template.parameters[row])) continue;
    for (std::size_t entry = 0; entry < arguments[row].names.size(); ++entry) {
      shared.push_back(symbols.intern(program::shared_name(of_template, row, entry)));
      vocabulary.hide(shared.back());
    }
  }
}

Roster::Roster(const Program& of_template, const record::Zone& zone)
    : template_(of_template), zone_(zone), clauses_(clauses_of(of_template)), judging_(program::judging(of_template)), agreements_(&large_pages()) {}

std::string_view Roster::keep(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > block_left_) {
    block_left_ = std::max(block_bytes, text.size());
    blocks_.push_back(std::make_unique<char[]>(block_left_));
    block_end_ = blocks_.back().get() + block_left_;
  }
  char* room = block_end_ - block_left_;
  std::memcpy(room, text.data(), text.size());
  block_left_ -= text.size();
  return {room, text.size()};
}

// The variant of agreements that fill that in, new if there was none; none: there are too many.
std::uint32_t Roster::variant_of(const Arguments& arguments) {
  if (last_variant_ != none && judge_alike(template_, judging_, arguments, variants_[last_variant_]->arguments)) return last_variant_;
  const std::string key = program::variant_key(template_, arguments, judging_);
  if (const auto at = by_key_.find(key); at != by_key_.end()) return last_variant_ = at->second;
  if (variants_.size() == variants_max) return none;
  last_variant_ = static_cast<std::uint32_t>(variants_.size());
  variants_.push_back(std::make_unique<Variant>(template_, arguments, zone_, clauses_));
  by_key_.emplace(key, last_variant_);
  return last_variant_;
}

void Roster::add(std::string_view name, std::string_view title, const Arguments& arguments,
                 std::size_t line) {
  std::string names;
  for (Index row = 0; row < template_.parameters.size(); ++row)
    if (names_members(template_.parameters[row]))
      for (const std::string& own : arguments[row].names)
        names.append(own).push_back('\0');
  Agreement& agreement = agreements_.emplace_back();
  agreement.name = keep(name);
  agreement.title = keep(title);
  agreement.names = keep(names);
  agreement.term = {date_of(template_, arguments, template_.term_first_from, template_.term_first),
                    date_of(template_, arguments, template_.term_last_from, template_.term_last)};
  agreement.line = static_cast<std::uint32_t>(line);
  agreement.variant = variant_of(arguments);
  const auto row = static_cast<std::uint32_t>(agreements_.size() - 1);
  if (agreement.variant == none) alone_.emplace(row, arguments);
  names_.add(row);
}

void Roster::expect(std::size_t agreements) {
  agreements_.reserve(agreements + agreements / 8);
  names_.expect(agreements);
}

Arguments Roster::arguments_of(std::uint32_t row) const {
  const Agreement& agreement = agreements_[row];
  if (agreement.variant == none) return alone_.at(row);
  Arguments arguments = variants_[agreement.variant]->arguments;
  if (template_.term_first_from != none)
    arguments[template_.term_first_from] = as_date(agreement.term.first);
  if (template_.term_last_from != none)
    arguments[template_.term_last_from] = as_date(agreement.term.last);
  std::string_view names = agreement.names;
  for (Index parameter = 0; parameter < template_.parameters.size(); ++parameter) {
    if (!names_members(template_.parameters[parameter])) continue;
    for (std::string& own : arguments[parameter].names) {
      const std::size_t end = names.find('\0');
      own = names.substr(0, end);
      names.remove_prefix(end + 1);
    }
    for (std::string& label : arguments[parameter].labels)
      label.clear();
  }
  return arguments;
}

void aliases_of(const Agreement& agreement, const Variant& variant,
                std::vector<record::Alias>& out) {
  out.clear();
  std::string_view names = agreement.names;
  for (const program::Symbol member : variant.shared) {
    const std::size_t end = names.find('\0');
    out.push_back({names.substr(0, end), member});
    names.remove_prefix(end + 1);
  }
}

}  // namespace samrad::fleet
