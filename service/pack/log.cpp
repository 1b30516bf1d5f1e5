// Blocks to what they bring to the log. Entry point: Log::next.

#include "service/pack/log.h"

#include <algorithm>

#include <fmt/format.h>

#include "service/record/limits.h"
#include "service/record/plain.h"

namespace samrad::pack {

using record::SlotKind;

// Whether a slot of that kind can hold the text; the shape's other bytes are then JSON as before.
bool fits(SlotKind kind, std::string_view text) {
  if (text.empty()) return kind == SlotKind::text;
  if (text.size() > value_bytes_max) return false;
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  switch (kind) {
  case SlotKind::text: return record::plain::is_text(text);
  case SlotKind::number:
    return record::plain::number_end(begin, end, record::shape_digits_max) == end;
  case SlotKind::yes_no: return text == "true" || text == "false";
  }
  return false;
}

std::uint64_t unpacked_bytes(std::string_view ending) {
  Total total;
  if (ending.size() >= sizeof total)
    std::memcpy(&total, ending.data() + ending.size() - sizeof total, sizeof total);
  return total.bytes;
}

bool Log::wrong(std::string_view what) {
  fault_ = fmt::format("block {} of the log {}", blocks_ + 1, what);
  ended_ = true;
  return false;
}

bool Log::read(char* room, std::size_t bytes) {
  while (bytes > 0) {
    const std::size_t n = input_.read(room, bytes);
    if (n == 0) return false;
    room += n;
    bytes -= n;
    bytes_ += n;
  }
  return true;
}

const std::vector<std::string_view>& Log::agreements() const {
  static const std::vector<std::string_view> none;
  return agreements_ == no_number ? none : streams_[agreements_].entries;
}

bool Log::next(Block& out) {
  if (ended_) return false;
  if (!begun_) {
    begun_ = true;
    char head[magic.size()] = {};
    std::uint32_t written_as = 0;
    const bool log = read(head, sizeof head) && is_log({head, sizeof head}) &&
                     read(reinterpret_cast<char*>(&written_as), sizeof written_as);
    if (!log || written_as != version) {
      ended_ = true;
      fault_ = !log ? "it is no packed log"
                    : fmt::format("it is a packed log of version {}; this program reads version {}",
                                  written_as, version);
      return false;
    }
  }
  BlockHead head;
  const auto cut = [&] {
    return input_.error().empty() ? wrong("is missing or cut off: the log is not whole")
                                  : wrong("cannot be read: " + input_.error());
  };
  if (!read(reinterpret_cast<char*>(&head), sizeof head)) return cut();
  if (head.bytes > block_bytes_max || head.events > block_events_max)
    return wrong("is damaged: it is longer than a block can be");
  out.content.resize(head.bytes);
  if (!read(out.content.data(), head.bytes)) return cut();
  if (check_of(out.content) != head.check) return wrong("is damaged: its checksum is another");
  if (head.events == 0) return end(out.content);
  out.events = head.events;
  out.number = blocks_ + 1;
  out.line = events_ + 1;
  Reading reading(out.content);
  if (!grow(reading, out)) return wrong("is damaged: what it adds to the log is impossible");
  out.columns = out.content.size() - reading.rest().size();
  ++blocks_;
  events_ += head.events;
  return true;
}

bool Log::end(std::string_view content) {
  ended_ = true;
  Reading reading(content);
  if (const auto total = reading.plain<Total>(); !reading.done() || total.lines != events_)
    return wrong("ends it after another number of lines than the log has");
  if (char more = 0; read(&more, 1)) return wrong("ends it, but something stands behind");
  return false;
}

bool Log::grow(Reading& from, Block& block) {
  const std::uint8_t flags = from.byte();
  if (flags > 1) return false;
  block.carriage_return = flags == 1;
  const std::uint64_t streams = from.varint();
  if (streams > streams_max - streams_.size()) return false;
  for (std::uint64_t i = 0; i < streams; ++i) {
    const std::uint8_t kind = from.byte();
    if (kind > static_cast<std::uint8_t>(SlotKind::yes_no)) return false;
    streams_.push_back({static_cast<SlotKind>(kind), {}, true});
  }
  const std::uint64_t shapes = from.varint();
  if (shapes > record::shapes_max - shapes_.size()) return false;
  for (std::uint64_t i = 0; i < shapes; ++i)
    if (!add_shape(from)) return false;
  const std::uint64_t growing = from.varint();
  if (growing > streams_.size()) return false;
  for (std::uint64_t i = 0; i < growing; ++i)
    if (!add_entries(from)) return false;
  return from.ok();
}

// The shape must be that of its own lines, so that a value in a slot can never be anything but a value of JSON.
bool Log::add_shape(Reading& from) {
  PackedShape added;
  const std::uint64_t slots = from.varint();
  if (slots > record::shape_slots_max) return false;
  for (std::uint64_t i = 0; i <= slots; ++i)
    added.shape.literals.emplace_back(from.text());
  std::vector<std::string_view> examples;
  for (std::uint64_t i = 0; i < slots; ++i) {
    const std::uint64_t stream = from.varint();
    if (stream == 0 || stream >= streams_.size()) return false;
    added.streams.push_back(static_cast<std::uint32_t>(stream));
    const SlotKind kind = streams_[stream].kind;
    added.shape.slots.push_back(kind);
    examples.emplace_back(kind == SlotKind::text ? "" : kind == SlotKind::number ? "0" : "true");
  }
  std::string line;
  added.shape.write(examples, line);
  record::Shape found;
  if (!from.ok() || !record::shape_of(line, found)) return false;
  if (found.literals != added.shape.literals || found.slots != added.shape.slots) return false;
  if (found.skeleton().kind != record::JsonKind::object) return false;
  if (found.agreement != record::no_slot) {
    const std::uint32_t stream = added.streams[found.agreement];
    if (agreements_ != no_number && agreements_ != stream) return false;
    agreements_ = stream;
  }
  added.shape = std::move(found);
  shapes_.push_back(std::move(added));
  return true;
}

bool Log::add_entries(Reading& from) {
  const std::uint64_t stream = from.varint();
  const std::uint64_t count = from.varint();
  if (stream == 0 || stream >= streams_.size() || count > from.rest().size()) return false;
  Dictionary& dictionary = streams_[stream];
  if (dictionary.entries.size() + count > entries_max) return false;
  std::vector<std::string_view> added;
  std::size_t bytes = 0;
  for (std::uint64_t i = 0; i < count && from.ok(); ++i) {
    added.push_back(from.text());
    bytes += added.back().size();
    if (!fits(dictionary.kind, added.back())) return false;
  }
  std::string& kept = texts_.emplace_back();
  kept.reserve(bytes);
  for (const std::string_view text : added) {
    dictionary.entries.emplace_back(kept.data() + kept.size(), text.size());
    kept += text;
    dictionary.all_names =
        dictionary.all_names && !text.empty() && text.size() <= record::name_bytes_max;
  }
  return from.ok();
}

}  // namespace samrad::pack
