// Lines to rows: the half of the lane pass that needs no order, so that several threads can each read a chunk of their own.
#pragma once

#include <optional>
#include <vector>

#include "engine/lane/fleet.h"
#include "service/fleet/chunks.h"
#include "service/fleet/names.h"
#include "service/fleet/seen.h"
#include "service/fleet/slots.h"
#include "service/record/quick.h"

namespace samrad::fleet {

namespace lane = engine::lane;

// A line that the quick reader declined. Where its agreement is known, a row without content waits for it.
struct Ordinary {
  std::string_view text;                 // in the chunk
  std::uint64_t line = 0;                // of the chunk, the first is 0
  std::optional<record::Record> record;  // nothing: it has a fault
  std::uint32_t agreement = program::none;
  std::size_t place = 0;                 // of the row in its shard
};

struct ShardRows {
  explicit ShardRows(std::size_t values) : rows(values) {}
  lane::Rows rows;
  std::vector<std::uint64_t> keys;  // Seen::key of each
};

// What a chunk says.
struct Parsed {
  Chunk chunk;
  std::vector<ShardRows> shards;  // agreement n is in shard n mod their number, a power of two
  std::vector<Ordinary> ordinary;
  std::uint64_t events = 0;
  std::uint64_t lines = 0;
};

// One thread.
class LaneReader {
 public:
  // The readers of `quick` stand in the order of the roster's variants.
  LaneReader(const Work& work, const NameIndex& names, std::vector<record::QuickReader> quick, std::size_t values);

  // Reads parsed.chunk. Shards keep their room from chunk to chunk.
  void read(Parsed& parsed);

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
  void ordinarily(std::string_view line, std::uint64_t number, Parsed& parsed);
  void settle(Parsed& parsed);
  void put(std::uint32_t agreement, std::string_view id, const lane::Row& row, Parsed& parsed) const;
  [[nodiscard]] bool asked_about(const record::QuickReader& quick, const lane::Row& row) const;

  const Work& work_;
  const NameIndex& names_;
  record::ShapeReader shapes_;
  std::vector<record::QuickReader> quick_;
  std::vector<record::Alias> aliases_;  // of one agreement at a time
  bool one_variant_ = false;  // and without names of its own: a row can be read before its agreement is known
  lane::Rows rows_;           // of waiting_
  std::vector<Waiting> waiting_;
  record::Faults ignored_;
};

}  // namespace samrad::fleet
