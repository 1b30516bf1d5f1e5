// What each slot of a shape must hold for the line to be a right event of a vocabulary. Internal to quick.cpp, and to readers of packed
// shapes.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/lane/row.h"
#include "service/record/limits.h"
#include "service/record/quick.h"

namespace samrad::record::detail {

using program::Index;

enum class Check : std::uint8_t {
  name,      // an attribute's text: not empty, not too long
  time,      // when it happened
  recorded,  // when it was recorded
  member,    // the subject, or a field: a member of one of the kinds
  text,
  yes_no,
  number,    // its value is wanted
  fraction,  // a number whose value nobody wants: it only has to fit
  date,
  amount,  // of money, in an object with its currency
  currency,
  money,  // both in one text
};

inline constexpr std::uint8_t unwanted = 0xFF;

struct Step {
  Check check = Check::name;
  std::uint8_t slot = 0;
  std::uint8_t value = unwanted;  // of the row
  program::Range kinds;           // of QuickPlan::kinds; for members
};

struct QuickPlan {
  bool possible = false;  // false: every line of the shape is declined
  Index type = program::none;
  std::vector<Step> steps;
  std::vector<Index> kinds;

  [[nodiscard]] std::span<const Index> kinds_of(const Step& step) const {
    return std::span(kinds).subspan(step.kinds.first, step.kinds.count);
  }
};

[[nodiscard]] QuickPlan plan_of(const Vocabulary& vocabulary, const Shape& shape,
                                const WantedSlots& wanted);

// Names to members as Vocabulary::member_of finds them, each with its word, without a table that others write to.
class Members {
 public:
  Members(const Vocabulary& vocabulary, engine::lane::Texts& texts);

  // The word of the member that the text means; `name` where the kinds are open and it means none: then the text itself is the value.
  enum class Found : std::uint8_t { nothing, member, name };
  [[nodiscard]] Found find(std::string_view name, std::span<const Index> kinds,
                           std::span<const Alias> aliases, Word& out) const;

 private:
  // The first and the last bytes of a text: all of it where it has no more than whole_bytes.
  struct Name {
    static constexpr std::size_t whole_bytes = 16;
    Name() = default;
    explicit Name(std::string_view text);
    bool operator==(const Name&) const = default;
    std::uint64_t head = 0;
    std::uint64_t tail = 0;
    std::size_t size = 0;
  };
  struct Entry {
    Name name;
    std::string_view text;
    Index row = program::none;
  };
  [[nodiscard]] std::size_t place(const Name& name) const;
  [[nodiscard]] Index row_of(std::string_view text) const;

  const Vocabulary* vocabulary_;
  std::vector<Entry> slots_;  // open addressing by name; an empty place has no row
  std::vector<Index> by_symbol_;
  std::vector<Word> words_;  // by row
};

// A check that leaves no value.
[[nodiscard]] bool passes(Check check, std::string_view text);

[[nodiscard]] inline bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= name_bytes_max;
}

// Whether a text field's value is the text itself: nothing in it that would steer a terminal.
[[nodiscard]] bool is_legible(std::string_view text);

// An integer within engine::lane::number_max.
[[nodiscard]] bool integer(std::string_view text, Word& out);

// What a text in a slot must be, held against it, and the value that it is. One thread.
class Checks {
 public:
  // As QuickReader's.
  Checks(const Vocabulary& vocabulary, engine::lane::Texts& texts)
      : zone_(vocabulary.zone()), members_(vocabulary, texts) {}

  enum class Taken : std::uint8_t {
    no,    // not plainly right
    done,  // nothing is left to do
    word,  // `out` is the value
    text,  // the text itself is the value
  };
  // Puts times into the row. `text` is one that a slot can hold.
  Taken take(const QuickPlan& plan, const Step& step, std::string_view text,
             std::span<const Alias> aliases, Row& row, Word& out) {
    switch (step.check) {
    case Check::name: return is_name(text) ? Taken::done : Taken::no;
    case Check::time: return time(text, row) ? Taken::done : Taken::no;
    case Check::recorded: return recorded(text) ? Taken::done : Taken::no;
    case Check::member:
      switch (members_.find(text, plan.kinds_of(step), aliases, out)) {
      case Members::Found::nothing: return Taken::no;
      case Members::Found::name: return Taken::text;
      case Members::Found::member: break;
      }
      return Taken::word;
    case Check::text:
      if (step.value == unwanted) return Taken::done;
      return is_legible(text) ? Taken::text : Taken::no;
    case Check::yes_no: out = text.front() == 't' ? 1 : 0; return Taken::word;
    case Check::number: return integer(text, out) ? Taken::word : Taken::no;
    case Check::date: return date(text, out) ? Taken::word : Taken::no;
    default: return passes(step.check, text) ? Taken::done : Taken::no;
    }
  }

  void begin() { has_recorded_ = false; }
  void set_recorded(const When& when) { recorded_ = when, has_recorded_ = true; }
  [[nodiscard]] const When* recorded() const { return has_recorded_ ? &recorded_ : nullptr; }
  [[nodiscard]] const Zone& zone() const { return zone_; }

 private:
  // Dates come again and again.
  class Days {
   public:
    // False where the text is no date.
    bool find(std::string_view text, calendar::Day& out);

   private:
    struct Known {
      std::uint64_t head = 0;  // the first and the last eight bytes of its text
      std::uint64_t tail = 0;
      calendar::Day day;
    };
    std::array<Known, 64> known_;
  };

  bool time(std::string_view text, Row& row);
  bool recorded(std::string_view text);
  bool date(std::string_view text, Word& out);

  Zone zone_;
  Members members_;
  Days days_;
  When recorded_;
  bool has_recorded_ = false;
};

inline void put(Row& row, const Step& step, Word word) {
  if (step.value == unwanted) return;
  row.values()[step.value] = word;
  row.known = static_cast<std::uint16_t>(row.known | 1U << step.value);
}

}  // namespace samrad::record::detail
