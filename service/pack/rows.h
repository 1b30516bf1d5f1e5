// The events of a packed log as rows of the lane, as record/quick.h reads them from lines: the same plans and the same checks, but what a
// dictionary holds is looked at once and not once an event.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "service/pack/log.h"
#include "service/record/quick.h"

namespace samrad::pack {

// One thread; each of several has its own. For one log.
class RowReader {
 public:
  // As QuickReader's. All must outlive it.
  RowReader(const Log& log, const record::Vocabulary& vocabulary, engine::lane::Texts& texts,
            record::WantedSlots wanted);
  RowReader(RowReader&&) noexcept;
  RowReader& operator=(RowReader&&) noexcept;
  ~RowReader();

  // Another block is read from now on.
  void open();

  // The event at which `events` stands; it must be shaped. As QuickReader::read, but that texts that are longer than a word are appended to
  // `loose` and lie there: from its beginning, wherever it is in memory later on.
  bool read(const Events& events, std::span<const record::Alias> aliases, std::string& loose,
            engine::lane::Row& row);

  [[nodiscard]] const record::When* recorded() const;
  [[nodiscard]] std::uint16_t texts(program::Index type) const { return texts_[type]; }

 private:
  struct Memo;
  struct Plan;

  // What is left to do for each event of a shape in the open block.
  enum class Act : std::uint8_t { day, word, right, step };
  struct Active {
    Act act = Act::step;
    std::uint8_t value = 0;
    std::uint8_t slot = 0;
    std::uint8_t step = 0;
    const std::uint32_t* numbers = nullptr;     // of the column
    const engine::lane::Word* words = nullptr;  // by entry
    const std::uint8_t* found = nullptr;        // by entry
  };
  struct Prepared {
    const Plan* plan = nullptr;  // null: not in this block so far
    std::vector<Active> acts;
  };

  const Plan& plan_of(const Events& events);
  void prepare(const Events& events, Prepared& out);
  [[nodiscard]] bool settled(const Plan& plan, std::size_t step, const Column& column) const;
  void fill(const record::detail::QuickPlan& plan, const record::detail::Step& step, Memo& memo);
  bool take(const Plan& plan, std::size_t step, const Events& events,
            std::span<const record::Alias> aliases, std::string& loose, engine::lane::Row& row);
  bool take_text(const Plan& plan, std::size_t step, const Events& events,
                 std::span<const record::Alias> aliases, std::string& loose,
                 engine::lane::Row& row);
  bool set_suffix(std::string_view suffix);

  const Log* log_;
  const record::Vocabulary* vocabulary_;
  record::WantedSlots wanted_;
  std::vector<std::uint16_t> texts_;
  std::unique_ptr<record::detail::Checks> checks_;
  std::vector<std::unique_ptr<const Plan>> plans_;  // by shape; null: not made
  std::vector<std::unique_ptr<Memo>> memos_;
  std::vector<Prepared> prepared_;  // by shape
  std::string suffix_;              // the one seen last
  bool suffix_right_ = false;
  record::Instant behind_;  // what it adds to the clock before it
};

}  // namespace samrad::pack
