// A block's columns to events. Entry points: Events::open, Events::next.

#include <algorithm>

#include <fmt/format.h>

#include "service/pack/log.h"
#include "service/pack/values.h"
#include "service/record/limits.h"
#include "service/record/plain.h"

namespace samrad::pack {

using record::SlotKind;

namespace {

// `count` numbers as long as Narrow, each with `base` added. Gives the greatest before the addition. In runs of a fixed length, which
// compilers know how to do many at a time.
template <class Narrow, class Number>
std::uint64_t widen(const char* at, std::size_t count, std::uint64_t base, Number* to) {
  constexpr std::size_t run = 16;
  const auto from = static_cast<Number>(base);
  Narrow greatest = 0;
  std::size_t i = 0;
  const auto one = [&](std::size_t k) {
    Narrow n = 0;
    std::memcpy(&n, at + k * sizeof n, sizeof n);
    greatest = std::max(greatest, n);
    to[k] = static_cast<Number>(from + static_cast<Number>(n));
  };
  for (; i + run <= count; i += run)
    for (std::size_t k = i; k < i + run; ++k)
      one(k);
  for (; i < count; ++i)
    one(i);
  return greatest;
}

// Numbers of `width` bytes to `out`; `most` as widen() gives it. False where the bytes are not there or the width is none.
template <class Number>
bool read_fixed(Reading& from, std::size_t count, std::size_t width, std::uint64_t base,
                std::vector<Number>& out, std::uint64_t& most) {
  if (width > 8 || !(width == 0 || std::has_single_bit(width))) return false;
  const std::string_view bytes = from.bytes(std::uint64_t{count} * width);
  if (!from.ok()) return false;
  out.resize(count);
  most = 0;
  switch (width) {
  case 0: std::fill(out.begin(), out.end(), static_cast<Number>(base)); break;
  case 1: most = widen<std::uint8_t>(bytes.data(), count, base, out.data()); break;
  case 2: most = widen<std::uint16_t>(bytes.data(), count, base, out.data()); break;
  case 4: most = widen<std::uint32_t>(bytes.data(), count, base, out.data()); break;
  default: most = widen<std::uint64_t>(bytes.data(), count, base, out.data()); break;
  }
  return true;
}

// A base and distances from it; all within the bounds.
template <class Number>
bool read_numbers(Reading& from, std::size_t count, std::int64_t first, std::int64_t last,
                  std::vector<Number>& out) {
  const auto base = from.plain<std::int64_t>();
  const std::size_t width = from.byte();
  std::uint64_t most = 0;
  return from.ok() && base >= first && base <= last &&
         read_fixed(from, count, width, static_cast<std::uint64_t>(base), out, most) &&
         most <= static_cast<std::uint64_t>(last - base);
}

}  // namespace

bool Events::wrong(std::string_view what) {
  fault_ = fmt::format("block {} of the log is damaged: {}", block_->number, what);
  return false;
}

bool Events::open(const Block& block) {
  block_ = &block;
  next_ = 0;
  Reading from(std::string_view(block.content).substr(block.columns));
  std::vector<std::uint32_t> used(log_.shapes().size() + 1);
  std::uint64_t most = 0;
  const std::size_t width = from.byte();
  if ((width != 1 && width != 2) || !read_fixed(from, block.events, width, 0, sequence_, most) ||
      most >= used.size())
    return wrong("an event has a shape that the log does not have");
  for (const std::uint16_t code : sequence_)
    ++used[code];
  for (std::size_t shape = courses_.size(); shape < log_.shapes().size(); ++shape) {
    const Log::PackedShape& packed = log_.shapes()[shape];
    courses_.push_back({packed.streams, packed.shape.agreement});
  }
  columns_.resize(log_.streams().size());
  cursors_.assign(columns_.size(), 0);
  for (Column& column : columns_)
    column.count = 0;
  columns_[0].count = used[0];
  for (std::size_t shape = 0; shape + 1 < used.size(); ++shape)
    for (const std::uint32_t stream : log_.shapes()[shape].streams)
      columns_[stream].count += used[shape + 1];
  const auto needed = static_cast<std::uint64_t>(std::count_if(
      columns_.begin(), columns_.end(), [](const Column& column) { return column.count > 0; }));
  if (from.varint() != needed) return wrong("it has other columns than its events need");
  read_.assign(columns_.size(), false);
  for (std::uint64_t i = 0; i < needed; ++i) {
    const std::uint64_t stream = from.varint();
    if (stream >= columns_.size() || read_[stream] || columns_[stream].count == 0)
      return wrong("it has other columns than its events need");
    read_[stream] = true;
    columns_[stream].encoding = static_cast<Encoding>(from.byte());
    Reading content(from.text());
    if (!from.ok() || !read_column(content, static_cast<std::uint32_t>(stream)) || !content.done())
      return wrong(fmt::format("column {} of it is impossible", i + 1));
  }
  return from.done() || wrong("something stands behind its columns");
}

bool Events::read_column(Reading& from, std::uint32_t stream) {
  Column& column = columns_[stream];
  const SlotKind kind = log_.streams()[stream].kind;
  switch (column.encoding) {
  case Encoding::numbered: return read_numbered(from, column, stream);
  case Encoding::texts: return read_texts(from, column, stream);
  case Encoding::dates:
    return kind == SlotKind::text && stream != 0 &&
           read_numbers(from, column.count, first_day, last_day, column.numbers);
  case Encoding::instants:
    return kind == SlotKind::text && stream != 0 && read_instants(from, column);
  case Encoding::integers:
    return kind == SlotKind::number &&
           read_numbers(from, column.count, -integer_max, integer_max, column.wide);
  }
  return false;
}

bool Events::read_numbered(Reading& from, Column& column, std::uint32_t stream) {
  std::uint64_t most = 0;
  const std::size_t width = from.byte();
  return read_fixed(from, column.count, width, 0, column.numbers, most) &&
         most < log_.streams()[stream].entries.size();
}

bool Events::read_texts(Reading& from, Column& column, std::uint32_t stream) {
  std::uint64_t most = 0;
  const std::size_t width = from.byte();
  if (!read_fixed(from, column.count, width, 0, column.numbers, most) || most > from.rest().size())
    return false;
  // Each length becomes the place where the value ends.
  std::uint64_t end = 0;
  column.longest = most;
  column.shortest = most;
  for (std::uint32_t& number : column.numbers) {
    column.shortest = std::min<std::size_t>(column.shortest, number);
    end += number;
    number = static_cast<std::uint32_t>(end);
  }
  if (end != from.rest().size()) return false;
  column.bytes = from.bytes(end);
  if (stream == 0) return true;
  // All at once where there is nothing but plain ASCII.
  const SlotKind kind = log_.streams()[stream].kind;
  if (kind == SlotKind::text && column.longest <= value_bytes_max &&
      record::plain::is_ascii(column.bytes))
    return true;
  for (std::uint32_t i = 0; i < column.count; ++i)
    if (!fits(kind, text(stream, i))) return false;
  return true;
}

bool Events::read_instants(Reading& from, Column& column) {
  if (!read_numbers(from, column.count, first_second, last_second, column.wide)) return false;
  const std::uint64_t suffixes = from.varint();
  if (suffixes == 0 || suffixes > 255) return false;
  column.suffixes.clear();
  for (std::uint64_t i = 0; i < suffixes; ++i) {
    column.suffixes.push_back(from.text());
    if (column.suffixes.back().size() > value_bytes_max / 2 ||
        !fits(SlotKind::text, column.suffixes.back()))
      return false;
  }
  std::uint64_t most = 0;
  return read_fixed(from, column.count, suffixes == 1 ? 0 : 1, 0, column.suffix_of, most) &&
         most < suffixes;
}

bool Events::next() {
  if (next_ == sequence_.size()) return false;
  position_ = next_++;
  code_ = sequence_[position_];
  if (code_ == 0) {
    places_[0] = cursors_[0]++;
    return true;
  }
  const Course& course = courses_[code_ - 1];
  std::uint32_t* place = places_;
  for (const std::uint32_t stream : course.streams)
    *place++ = cursors_[stream]++;
  return true;
}

std::string_view Events::text(std::uint32_t stream, std::uint32_t place) const {
  const Column& column = columns_[stream];
  if (column.encoding == Encoding::numbered)
    return log_.streams()[stream].entries[column.numbers[place]];
  const std::uint32_t from = place == 0 ? 0 : column.numbers[place - 1];
  return column.bytes.substr(from, column.numbers[place] - from);
}

std::uint32_t Events::agreement() const {
  const Course& course = courses_[code_ - 1];
  if (course.agreement == record::no_slot) return no_number;
  const Column& column = columns_[course.streams[course.agreement]];
  return column.encoding == Encoding::numbered ? column.numbers[places_[course.agreement]]
                                               : no_number;
}

void Events::append(std::uint32_t stream, std::uint32_t place, std::string& out) const {
  const Column& column = columns_[stream];
  switch (column.encoding) {
  case Encoding::numbered:
  case Encoding::texts: out += text(stream, place); break;
  case Encoding::dates: write_date(static_cast<std::int32_t>(column.numbers[place]), out); break;
  case Encoding::instants:
    write_clock(column.wide[place], out);
    out += column.suffixes[column.suffix_of[place]];
    break;
  case Encoding::integers: write_integer(column.wide[place], out); break;
  }
}

std::string_view Events::value(std::uint32_t slot, std::string& room) const {
  if (slot == record::no_slot) return {};
  const std::uint32_t stream = log_.shapes()[shape()].streams[slot];
  const Encoding encoding = columns_[stream].encoding;
  if (encoding == Encoding::numbered || encoding == Encoding::texts)
    return text(stream, places_[slot]);
  room.clear();
  append(stream, places_[slot], room);
  return room;
}

void Events::write(std::string& out) const {
  if (!shaped()) {
    out += kept();
    return;
  }
  const Log::PackedShape& packed = log_.shapes()[shape()];
  out += packed.shape.literals[0];
  for (std::size_t slot = 0; slot < packed.streams.size(); ++slot) {
    append(packed.streams[slot], places_[slot], out);
    out += packed.shape.literals[slot + 1];
  }
  if (block_->carriage_return) out += '\r';
  out += '\n';
}

}  // namespace samrad::pack
