// The first pass: events in the order in which they stand, each into the state of its agreement. Entry point: read_in_order.

#include <algorithm>

#include <fmt/format.h>

#include "service/fleet/pieces.h"
#include "service/fleet/seen.h"
#include "service/fleet/slots.h"
#include "service/fleet/stranger.h"
#include "service/record/effective.h"

namespace samrad::fleet {

namespace {

using program::none;
using record::Level;
using record::Record;

constexpr std::size_t texts_min = 1U << 16U;  // of a variant, before it is worth a sweep
constexpr std::uint64_t events_between_tells = 4096;
constexpr int days_of_grace =
    60;  // an agreement is closed so long after its end, since events may come somewhat late

struct Slot {
  std::unique_ptr<Running> running;  // from its first event on, until it is set apart or over
  Tally tally;
  Day over = calendar::day_max;  // set: nothing after this day changes anything
};

class Intake {
 public:
  explicit Intake(Work& work)
      : work_(work), seen_(work.inputs.bytes()), slots_(work.apart.size()), limits_(work.roster.variants().size()) {
    std::fill(limits_.begin(), limits_.end(), std::max(texts_min, slots_.size()));
    for (std::uint32_t row = 0; row < slots_.size(); ++row)
      if (agreement(row).variant == none) work.apart[row] = Apart::whole;
  }

  void read() {
    for_each_piece(work_, "reading events", &work_.result.faults,
                   [this](std::string_view text, std::size_t file, std::size_t line) {
                     ++work_.result.events;
                     auto record = record::read_record(text, {work_.inputs.name(file), line},
                                                       work_.result.faults);
                     if (record) take(*record);
                   });
  }

  void conclude() {
    for (std::uint32_t row = 0; row < slots_.size(); ++row) {
      Slot& slot = slots_[row];
      if (row % events_between_tells == 0)
        work_.tell("asking how each agreement stands", row, slots_.size());
      if (work_.apart[row] != Apart::no) continue;
      if (slot.over == calendar::day_max) {
        const Variant& variant = *work_.roster.variants()[agreement(row).variant];
        if (!slot.running) slot.running = std::make_unique<Running>(variant, agreement(row));
        slot.running->end(variant, agreement(row), work_.question.as_of.moment, findings_, slot.tally);
        slot.running.reset();
      }
      work_.result.others.emplace(row, std::move(slot.tally));
    }
  }

 private:
  [[nodiscard]] const Agreement& agreement(std::uint32_t row) const {
    return work_.roster.agreements()[row];
  }

  void set_apart(std::uint32_t row, Apart why) {
    work_.apart[row] = why;
    Slot& slot = slots_[row];
    slot.running.reset();
    slot.tally = {};
  }

  void take(const Record& record) {
    const std::uint32_t row = work_.roster.find(record.agreement);
    if (row == none || record.agreement.empty()) return stranger(work_, record);
    Slot& slot = slots_[row];
    const bool again = seen_.again(Seen::key(row, record.id));
    if (work_.apart[row] == Apart::whole) return;
    if (again || acts(record.type)) return set_apart(row, Apart::whole);
    Variant& variant = *work_.roster.variants()[agreement(row).variant];
    aliases_of(agreement(row), variant, aliases_);
    variant.vocabulary.call(aliases_);
    // What is wrong with it is told in the second pass, where a correction may have mended it.
    ignored_ = {};
    if (!record::decode(variant.vocabulary, record, event_, ignored_))
      return set_apart(row, Apart::whole);
    if (work_.apart[row] == Apart::no && work_.asked_about(record, event_)) fold(row, slot, variant);
    if (variant.symbols.brought_along() > limits_[agreement(row).variant])
      sweep(agreement(row).variant);
  }

  void fold(std::uint32_t row, Slot& slot, const Variant& variant) {
    clock_ = std::max(clock_, event_.day);
    if (slot.over != calendar::day_max) {
      if (event_.day <= slot.over) set_apart(row, Apart::late);
      return;
    }
    if (!slot.running) slot.running = std::make_unique<Running>(variant, agreement(row));
    if (event_.day < slot.running->today()) return set_apart(row, Apart::late);
    slot.running->take(variant, agreement(row), event_, findings_, slot.tally);
  }

  // Agreements that are over leave, and with them, and with all that is settled, the texts that nothing names any more.
  void sweep(std::uint32_t row_of_variant) {
    Variant& variant = *work_.roster.variants()[row_of_variant];
    std::vector<bool> live(variant.symbols.size());
    for (std::uint32_t row = 0; row < slots_.size(); ++row) {
      Slot& slot = slots_[row];
      if (!slot.running || agreement(row).variant != row_of_variant) continue;
      if (slot.running->expiry() < clock_ - days_of_grace) close(row, slot, variant);
      if (slot.running) slot.running->mark(live);
    }
    variant.symbols.sweep(live);
    limits_[row_of_variant] =
        std::max({texts_min, slots_.size(), 2 * variant.symbols.brought_along()});
  }

  void close(std::uint32_t row, Slot& slot, const Variant& variant) {
    const Day over = slot.running->expiry() + 1;
    slot.running->pass(variant, agreement(row), over, findings_, slot.tally);
    if (!slot.running->finished()) return;
    slot.over = std::max(over, slot.running->today());
    slot.running.reset();
  }

  Work& work_;
  Seen seen_;
  std::vector<Slot> slots_;          // by row of the roster
  std::vector<std::size_t> limits_;  // by variant: how many texts before the next sweep
  Day clock_ = calendar::day_min;    // the latest day of an event
  engine::Event event_;
  engine::Findings findings_;
  record::Faults ignored_;
  std::vector<record::Alias> aliases_;
};

}  // namespace

bool Work::asked_about(const record::Record& record, const engine::Event& event) const {
  const engine::Moment& as_of = question.as_of.moment;
  if (event.day > as_of.day) return false;
  if (event.day == as_of.day && event.timed && event.earliest > as_of.utc) return false;
  return !question.known_at ||
         record::recorded_at(record, roster.zone()) <= question.known_at->instant();
}

void for_each_piece(Work& work, std::string_view what, record::Faults* faults,
                    const std::function<void(std::string_view, std::size_t, std::size_t)>& take) {
  std::uint64_t before = 0;  // bytes of the files that are done
  std::uint64_t pieces_read = 0;
  for (std::size_t file = 0; file < work.inputs.count(); ++file) {
    const auto fault = [&](std::size_t line, std::string message) {
      if (faults != nullptr)
        faults->add({Level::error, work.inputs.name(file), line, "", "", std::move(message), ""});
    };
    auto input = work.inputs.open(file);
    if (!input) {
      fault(0, input.error());
      continue;
    }
    PieceReader pieces(**input);
    StreamPiece piece;
    while (pieces.next(piece)) {
      take(piece.text, file, piece.line);
      if (++pieces_read % events_between_tells == 0)
        work.tell(what, before + pieces.bytes(), work.inputs.bytes());
    }
    if (const std::string why = (*input)->error(); !why.empty()) fault(0, why);
    if (pieces.broken_line() != 0) fault(pieces.broken_line(), std::string(pieces.broken()));
    before += pieces.bytes();
  }
}

void read_in_order(Work& work) {
  Intake intake(work);
  intake.read();
  intake.conclude();
}

}  // namespace samrad::fleet
