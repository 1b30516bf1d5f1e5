// Lines to rows: the half of the lane pass that needs no order, so that several threads can each read a chunk of their own.
#pragma once

#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "engine/lane/fleet.h"
#include "service/fleet/chunks.h"
#include "service/fleet/names.h"
#include "service/fleet/seen.h"
#include "service/fleet/slots.h"
#include "service/pack/rows.h"
#include "service/record/quick.h"

namespace samrad::fleet {

namespace lane = engine::lane;

// What several threads write to at the same time lies so far apart: two cache lines, since they are fetched in pairs.
inline constexpr std::size_t apart_bytes = 128;

// A line that the quick reader declined. Where its agreement is known, a row without content waits for it.
struct Ordinary {
  std::string_view text;                 // in the chunk
  std::uint64_t line = 0;                // of the chunk, the first is 0
  std::optional<record::Record> record;  // nothing: it has a fault
  std::uint32_t agreement = program::none;
  std::size_t place = 0;                 // of the row in its shard
};

struct alignas(apart_bytes) ShardRows {
  explicit ShardRows(std::size_t values) : rows(values) {}
  lane::Rows rows;
  std::vector<std::uint64_t> keys;  // Seen::key of each
};

// What a chunk of lines, or a block of a log, says.
struct alignas(apart_bytes) Parsed {
  bool packed = false;
  Chunk chunk;
  pack::Block block;
  std::string loose;             // long texts of a block: what Chunk::bytes are for a chunk
  std::deque<std::string> kept;  // lines of a block that are read ordinarily
  std::vector<ShardRows> shards;  // agreement n is in shard n mod their number, a power of two
  std::vector<Ordinary> ordinary;
  std::uint64_t events = 0;
  std::uint64_t lines = 0;
  std::uint64_t first_line = 0;  // of all that is read; Row::ordinal counts from it

  // What loose texts are loose from.
  [[nodiscard]] const char* texts_at() const { return packed ? loose.data() : chunk.bytes.get(); }
};

// What is read at one time, in the order of the file: the first `size` of `parsed`.
struct Turn {
  std::vector<Parsed> parsed;
  std::size_t size = 0;
  [[nodiscard]] std::span<Parsed> read() { return {parsed.data(), size}; }
};

// A packed log that is being read.
struct PackedFile {
  PackedFile(std::unique_ptr<Input> of, std::size_t readers) : input(std::move(of)), log(*input), faults(readers) {}

  // Reads blocks until `turn` has room for no more, or there is a fault, and looks up the agreements that they bring. One thread.
  void next(Turn& turn, const Roster& roster);
  // What is wrong with the log, or with the block of a reader; empty: nothing.
  [[nodiscard]] std::string fault() const;

  std::unique_ptr<Input> input;
  pack::Log log;
  std::vector<std::uint32_t> rows;  // of the roster, by number of the agreement in the log; none: a stranger
  std::vector<std::string> faults;  // by reader
};

// One thread.
class LaneReader {
 public:
  // The readers of `quick` stand in the order of the roster's variants. Every agreement has one of them.
  LaneReader(const Work& work, std::vector<record::QuickReader> quick, std::size_t values);

  // Reads parsed.chunk. Shards keep their room from chunk to chunk.
  void read(Parsed& parsed);

  // The same for a block. open_log() comes first; `texts` are the table's that the constructor's readers were made with.
  void open_log(const PackedFile& file, lane::Texts& texts, const std::vector<record::WantedSlots>& wanted);
  void read_block(const PackedFile& file, Parsed& parsed, std::string& fault);

  // The bits of values that may be loose texts.
  [[nodiscard]] std::uint16_t texts(std::uint32_t variant, program::Index type) const { return quick_[variant].texts(type); }

 private:
  // Rows whose agreement is looked up together, since that waits for memory.
  static constexpr std::size_t batch = 32;
  struct Waiting {
    std::uint64_t hash = 0;
    std::string_view agreement;
    std::string_view id;
    std::string_view line;
    std::uint64_t number = 0;  // of the line
  };

  bool read_quickly(std::string_view line, std::uint64_t number, Parsed& parsed);
  static void begin(Parsed& parsed, bool packed);
  void ordinarily(std::string_view line, std::uint64_t number, Parsed& parsed);
  void settle(Parsed& parsed);
  void put(std::uint32_t agreement, std::string_view id, const lane::Row& row, Parsed& parsed) const;
  [[nodiscard]] bool asked_about(const record::When* recorded, const lane::Row& row) const;

  const Work& work_;
  const NameIndex& names_;
  record::ShapeReader shapes_;
  std::vector<record::QuickReader> quick_;
  std::vector<pack::RowReader> packed_;  // of the open log
  std::vector<record::Alias> aliases_;  // of one agreement at a time
  bool one_variant_ = false;  // and without names of its own: a row can be read before its agreement is known
  lane::Rows rows_;           // of waiting_
  std::vector<Waiting> waiting_;
  record::Faults ignored_;
};

}  // namespace samrad::fleet
