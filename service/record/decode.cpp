// A record's attributes to an engine event; each field's value is decode_value.cpp's. Entry point: decode.

#include "service/record/decode.h"

#include <algorithm>

#include <fmt/format.h>

#include "rules/diagnostics/near.h"

namespace samrad::record {

using program::Index;
using program::Symbol;

namespace {

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names)
    text += (text.empty() ? "`" : ", `") + name + "`";
  return text;
}

class Decoder {
 public:
  Decoder(const Vocabulary& vocabulary, const Record& record, engine::Event& out, Faults& faults)
      : words_(vocabulary),
        program_(vocabulary.program()),
        record_(record),
        out_(out),
        faults_(faults) {}

  bool decode() {
    out_ = {};
    out_.identity = words_.symbols().intern(record_.identity());
    out_.id = words_.symbols().intern(record_.id);
    time();
    out_.type = words_.type(record_.type);
    if (out_.type == program::none) {
      std::vector<std::string> names;
      for (const auto& type : program_.event_types)
        names.emplace_back(program_.text(type.name));
      error("type", fmt::format("the agreement has no event type `{}`", record_.type),
            rules::did_you_mean(record_.type, names));
      return false;
    }
    subject();
    fields();
    return !faulty_;
  }

 private:
  void error(std::string attribute, std::string message, std::string help = {}) {
    faulty_ = true;
    faults_.add({Level::error, record_.place.file, record_.place.line, record_.id,
                 std::move(attribute), std::move(message), std::move(help)});
  }

  const program::EventType& type() const { return program_.event_types[out_.type]; }

  void time() {
    const Zone& zone = words_.zone();
    if (record_.time.timed) {
      const std::int64_t utc = record_.time.instant.seconds;
      out_.timed = true;
      out_.day = zone.day_of(utc);
      out_.second = zone.second_of_day(utc);
      out_.earliest = out_.latest = utc;
    } else {
      out_.day = record_.time.day;
      out_.earliest = zone.first_second(out_.day);
      out_.latest = zone.last_second(out_.day);
    }
  }

  std::string kind_names() const {
    std::string text;
    for (Index i = 0; i < type().subject_kinds.count; ++i) {
      const Index kind = program_.indices[type().subject_kinds.first + i];
      text += (i == 0 ? "" : " or ") + std::string(program_.text(program_.kinds[kind].name));
    }
    return text;
  }

  void subject() {
    const program::Range& kinds = type().subject_kinds;
    if (kinds.count == 0) {
      if (!record_.subject.empty())
        error("subject", fmt::format("`{}` has no subject", record_.type), "leave it out");
      return;
    }
    if (record_.subject.empty())
      return error("subject", fmt::format("missing: `{}` is of a {}", record_.type, kind_names()));
    const auto found =
        words_.member_of(record_.subject, {&program_.indices[kinds.first], kinds.count});
    if (found)
      out_.subject = *found;
    else
      error("subject", found.error().message, found.error().help);
  }

  void fields() {
    const program::Range& range = type().fields;
    out_.fields.assign(range.count, {});
    for (Index slot = 0; slot < range.count; ++slot) {
      const program::Field& field = program_.fields[range.first + slot];
      const std::string name(program_.text(field.name));
      const Json* json = record_.data.find(name);
      if (!json || json->kind == JsonKind::null) {
        if (field.required)
          error("data." + name, fmt::format("missing: each `{}` has it", record_.type));
        continue;
      }
      auto value = decode_value(words_, field, *json, out_.pool);
      if (value)
        out_.fields[slot] = *value;
      else
        error("data." + name, value.error().message, value.error().help);
    }
    strangers(range);
  }

  void strangers(const program::Range& range) {
    std::vector<std::string> names;
    for (Index slot = 0; slot < range.count; ++slot)
      names.emplace_back(program_.text(program_.fields[range.first + slot].name));
    for (const auto& [name, value] : record_.data.members) {
      if (std::find(names.begin(), names.end(), name) != names.end()) continue;
      std::string help = rules::did_you_mean(name, names);
      if (help.empty())
        help = names.empty() ? "it has no fields" : "its fields are " + listed(names);
      error("data." + name, fmt::format("`{}` has no field `{}`", record_.type, name), help);
    }
  }

  const Vocabulary& words_;
  const program::Program& program_;
  const Record& record_;
  engine::Event& out_;
  Faults& faults_;
  bool faulty_ = false;
};

}  // namespace

Vocabulary::Vocabulary(const program::Program& program, engine::Symbols& symbols, const Zone& zone)
    : program_(&program),
      symbols_(&symbols),
      zone_(&zone),
      types_(program.symbols.size(), program::none),
      members_(program.symbols.size(), program::none) {
  for (std::size_t i = 0; i < program.event_types.size(); ++i)
    types_[program.event_types[i].name] = static_cast<Index>(i);
  for (std::size_t i = 0; i < program.members.size(); ++i)
    members_[program.members[i].name] = static_cast<Index>(i);
}

Index Vocabulary::find(const std::vector<Index>& rows, std::string_view name) const {
  const Symbol symbol = symbols_->find(name);
  return symbol < rows.size() ? rows[symbol] : program::none;
}

void Vocabulary::hide(Symbol member) {
  hidden_.resize(program_->members.size(), false);
  if (member < members_.size() && members_[member] != program::none) hidden_[members_[member]] = true;
}

tl::expected<Symbol, Vocabulary::Wrong> Vocabulary::member_of(std::string_view name,
                                                              std::span<const Index> kinds) const {
  const program::Program& program = *program_;
  const auto alias = std::find_if(aliases_.begin(), aliases_.end(),
                                  [&](const Alias& own) { return own.name == name; });
  Index row = alias == aliases_.end() ? member(name) : members_[alias->member];
  const bool hidden = alias == aliases_.end() && row != program::none && !hidden_.empty() && hidden_[row];
  if (hidden) row = program::none;
  const auto matches = [&](Index kind) {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
  };
  if (row != program::none && (kinds.empty() || matches(program.members[row].kind)))
    return program.members[row].name;
  for (const Index kind : kinds)
    if (program.kinds[kind].open && !name.empty() && !hidden) return symbols_->intern(name);

  std::string wanted;
  for (const Index kind : kinds)
    wanted += (wanted.empty() ? "" : " or ") + std::string(program.text(program.kinds[kind].name));
  if (wanted.empty()) wanted = "member";
  std::vector<std::string> names;
  for (const program::Member& candidate : program.members)
    if (kinds.empty() || matches(candidate.kind)) names.emplace_back(program.text(candidate.name));
  std::string help = rules::did_you_mean(name, names);
  if (help.empty() && !names.empty() && names.size() <= 8) help = "there are " + listed(names);
  const std::string shown(name.substr(0, 80));
  if (row == program::none)
    return tl::unexpected(Wrong{fmt::format("no {} `{}`", wanted, shown), help});
  const std::string_view kind = program.text(program.kinds[program.members[row].kind].name);
  return tl::unexpected(
      Wrong{fmt::format("`{}` is a {}; a {} is expected", shown, kind, wanted), help});
}

bool decode(const Vocabulary& vocabulary, const Record& record, engine::Event& out,
            Faults& faults) {
  return Decoder(vocabulary, record, out, faults).decode();
}

}  // namespace samrad::record
