// One record against the agreement's vocabulary: texts become types, members and exact values, or faults.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/event.h"
#include "engine/symbols.h"
#include "service/record/cloud_event.h"
#include "service/record/zone.h"

namespace samrad::record {

// What one of several agreements that share a program calls a member of it.
struct Alias {
  std::string_view name;
  program::Symbol member = 0;
};

// The agreement's words, ready to be looked up. All that it is made from must outlive it; interns what is new in `symbols`.
class Vocabulary {
 public:
  Vocabulary(const program::Program& program, engine::Symbols& symbols, const Zone& zone);

  [[nodiscard]] const program::Program& program() const { return *program_; }
  [[nodiscard]] engine::Symbols& symbols() const { return *symbols_; }
  [[nodiscard]] const Zone& zone() const { return *zone_; }

  // Row of that name, or program::none.
  [[nodiscard]] program::Index type(std::string_view name) const { return find(types_, name); }
  [[nodiscard]] program::Index member(std::string_view name) const { return find(members_, name); }

  // Members that each agreement has a name of its own for: from now on only aliases lead to them.
  void hide(program::Symbol member);
  [[nodiscard]] bool hidden(program::Index member) const { return member < hidden_.size() && hidden_[member]; }

  // The agreement whose events come now: its names, until it is called again. They must stay that long.
  void call(std::span<const Alias> aliases) { aliases_ = aliases; }

  // "no forum `x`" and the like when `name` is none of the kinds' members; an open kind takes any. The second is help.
  struct Wrong {
    std::string message;
    std::string help;
  };
  [[nodiscard]] tl::expected<program::Symbol, Wrong>
  member_of(std::string_view name, std::span<const program::Index> kinds) const;

 private:
  [[nodiscard]] program::Index find(const std::vector<program::Index>& rows,
                                    std::string_view name) const;

  const program::Program* program_;
  engine::Symbols* symbols_;
  const Zone* zone_;
  std::vector<program::Index> types_;    // by symbol
  std::vector<program::Index> members_;  // by symbol
  std::vector<bool> hidden_;             // by row of Program::members
  std::span<const Alias> aliases_;
};

// Everything wrong with the record comes at once: unknown type, subject, field or member (with the nearest known one), missing fields, wrong
// types, numbers that do not fit. True when `out` is whole; what it holds otherwise is of no use.
bool decode(const Vocabulary& vocabulary, const Record& record, engine::Event& out, Faults& faults);

// One field's value; `pool` takes the entries of lists. Null in the text is absent.
[[nodiscard]] tl::expected<program::Value, Vocabulary::Wrong>
decode_value(const Vocabulary& vocabulary, const program::Field& field, const Json& json,
             std::vector<program::Symbol>& pool);

}  // namespace samrad::record
