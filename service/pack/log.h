// A packed log as it is read: blocks, the shapes and dictionaries that grow from block to block, and the events of a block one after
// another. What the log says is checked before it is believed: no bytes, damaged or made up, lead out of bounds.
//
// Threads: Log::next is one thread's, while nobody reads events; between two calls any number of threads may each read blocks with an
// Events of its own.
#pragma once

#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "service/fleet/input.h"
#include "service/pack/format.h"
#include "service/record/shape.h"

namespace samrad::pack {

inline constexpr std::uint32_t no_number = 0xFFFFFFFFU;

[[nodiscard]] inline bool is_log(std::string_view beginning) {
  return beginning.starts_with(magic);
}

// Of the last bytes of a whole log, at least as many as a Total has: how many bytes its lines are. Not checked.
[[nodiscard]] std::uint64_t unpacked_bytes(std::string_view ending);

// One block's content; means something with the Log that it comes from only.
struct Block {
  std::string content;
  std::size_t columns = 0;  // where they begin, behind what is new to the log
  std::uint32_t events = 0;
  std::uint64_t number = 0;  // of the block, the first is 1
  std::uint64_t line = 1;    // of its first event
  bool carriage_return = false;
};

class Log {
 public:
  // The input begins with the magic. Both must outlive the log.
  explicit Log(fleet::Input& input) : input_(input) {}

  // Reads the next block, with what it brings to shapes and dictionaries. False at the end, or with a fault.
  bool next(Block& out);

  // A sentence where the log cannot be read on, with the number of the block; empty otherwise.
  [[nodiscard]] const std::string& fault() const { return fault_; }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }  // read so far

  // The names of agreements, by Events::agreement. Grows, and keeps what it has.
  [[nodiscard]] const std::vector<std::string_view>& agreements() const;

  struct Dictionary {
    record::SlotKind kind = record::SlotKind::text;
    std::vector<std::string_view> entries;
    bool all_names = true;  // none is empty or longer than name_bytes_max
  };
  struct PackedShape {
    record::Shape shape;
    std::vector<std::uint32_t> streams;  // of each slot
  };
  [[nodiscard]] const std::vector<Dictionary>& streams() const {
    return streams_;
  }  // the first is of lines kept as they are
  [[nodiscard]] const std::vector<PackedShape>& shapes() const { return shapes_; }

 private:
  bool read(char* room, std::size_t bytes);
  bool wrong(std::string_view what);
  bool grow(Reading& from, Block& block);
  bool end(std::string_view content);
  bool add_shape(Reading& from);
  bool add_entries(Reading& from);

  fleet::Input& input_;
  std::vector<Dictionary> streams_{1};
  std::vector<PackedShape> shapes_;
  std::uint32_t agreements_ = no_number;  // the stream
  std::deque<std::string> texts_;         // of the dictionaries, a block's at a time
  std::uint64_t blocks_ = 0;
  std::uint64_t events_ = 0;
  std::uint64_t bytes_ = 0;
  bool begun_ = false;
  bool ended_ = false;
  std::string fault_;
};

// Whether a slot of that kind can hold the text.
[[nodiscard]] bool fits(record::SlotKind kind, std::string_view text);

// A block's values of one stream.
struct Column {
  Encoding encoding = Encoding::texts;
  std::size_t count = 0;  // of the values
  std::vector<std::uint32_t>
      numbers;  // numbered: entries; dates: days, as 32 bits; texts: where each ends
  std::vector<std::int64_t> wide;       // instants, integers
  std::vector<std::uint8_t> suffix_of;  // instants
  std::vector<std::string_view> suffixes;
  std::string_view bytes;    // texts
  std::size_t shortest = 0;  // texts: bytes of a value
  std::size_t longest = 0;
};

// The events of a block in their order. One thread.
class Events {
 public:
  explicit Events(const Log& log) : log_(log) {}

  // Begins a block, which must stay until the next. False, with a sentence in fault(): it is damaged.
  bool open(const Block& block);
  [[nodiscard]] const std::string& fault() const { return fault_; }

  // Steps to the next event; false at the end of the block.
  bool next();

  // Where the event stands in the block.
  [[nodiscard]] std::uint32_t position() const { return position_; }
  // False: a line kept as it is.
  [[nodiscard]] bool shaped() const { return code_ != 0; }
  [[nodiscard]] std::string_view kept() const {
    return text(0, places_[0]);
  }  // with its line break

  // Of one that is shaped.
  [[nodiscard]] std::uint32_t shape() const { return code_ - 1; }
  [[nodiscard]] const record::Shape& the_shape() const { return log_.shapes()[shape()].shape; }
  // The number of its agreement in Log::agreements, or no_number.
  [[nodiscard]] std::uint32_t agreement() const;
  // Of a slot, empty for no_slot: a text in the log as long as the block stays, or written to `room` first.
  [[nodiscard]] std::string_view value(std::uint32_t slot, std::string& room) const;
  [[nodiscard]] std::string_view id(std::string& room) const { return value(the_shape().id, room); }

  // Appends the line with its line break.
  void write(std::string& out) const;

  // For readers that go by columns: of a slot the column, and the place in it.
  [[nodiscard]] const Column& column(std::uint32_t stream) const { return columns_[stream]; }
  [[nodiscard]] std::uint32_t place(std::uint32_t slot) const { return places_[slot]; }
  [[nodiscard]] std::string_view
  text(std::uint32_t stream, std::uint32_t place) const;  // of a column of texts or entries

 private:
  bool wrong(std::string_view what);
  bool read_column(Reading& from, std::uint32_t stream);
  bool read_numbered(Reading& from, Column& column, std::uint32_t stream);
  bool read_texts(Reading& from, Column& column, std::uint32_t stream);
  bool read_instants(Reading& from, Column& column);
  void append(std::uint32_t stream, std::uint32_t place, std::string& out) const;

  // What is asked of a shape for each event.
  struct Course {
    std::vector<std::uint32_t> streams;
    std::uint32_t agreement = record::no_slot;
  };

  const Log& log_;
  const Block* block_ = nullptr;
  std::vector<Course> courses_;  // by shape
  std::vector<std::uint16_t> sequence_;
  std::vector<Column> columns_;         // by stream
  std::vector<std::uint32_t> cursors_;  // by stream: the values that are done with
  std::uint32_t places_[record::shape_slots_max] = {};
  std::vector<bool> read_;  // by stream: open() has met the column
  std::uint32_t code_ = 0;
  std::uint32_t next_ = 0;
  std::uint32_t position_ = 0;
  std::string fault_;
};

}  // namespace samrad::pack
