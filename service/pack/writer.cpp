// A block is gathered column by column as lines come; when it is full, each column is written in the way that holds it exactly and takes
// least. Entry points: Writer::add, Writer::finish.

#include "service/pack/writer.h"

#include <algorithm>

#include "service/pack/values.h"
#include "service/record/cloud_event.h"

namespace samrad::pack {

using record::Json;
using record::JsonKind;
using record::Shape;
using record::SlotKind;

namespace {

constexpr std::size_t entries_of_values = 1U << 16U;  // of any dictionary but that of agreements
constexpr std::size_t suffixes_max = 200;             // of a column of instants

// The path of each slot's value, with its kind: `data.chair`; the entries of a list share one.
void paths(const Json& json, const std::string& path, std::vector<std::string>& out,
           const Shape& shape) {
  for (const auto& [name, value] : json.members)
    paths(value, path + '.' + name, out, shape);
  for (const Json& item : json.items)
    paths(item, path + "[]", out, shape);
  const bool value =
      json.kind == JsonKind::text || json.kind == JsonKind::number || json.kind == JsonKind::yes_no;
  const bool literal = path == ".specversion" || path == ".type" || path == ".datacontenttype";
  if (value && !(literal && json.kind == JsonKind::text))
    out.push_back(path + static_cast<char>('0' + static_cast<int>(shape.slots[out.size()])));
}

// A column while it is looked at.
struct Texts {
  std::string_view bytes;
  const std::vector<std::uint32_t>& ends;

  [[nodiscard]] std::size_t size() const { return ends.size(); }
  [[nodiscard]] std::string_view operator[](std::size_t i) const {
    const std::uint32_t from = i == 0 ? 0 : ends[i - 1];
    return bytes.substr(from, ends[i] - from);
  }
};

// The least, and each number's distance from it.
std::int64_t base_of(const std::vector<std::int64_t>& numbers, std::vector<std::uint64_t>& above) {
  const std::int64_t base = *std::min_element(numbers.begin(), numbers.end());
  above.clear();
  for (const std::int64_t n : numbers)
    above.push_back(static_cast<std::uint64_t>(n) - static_cast<std::uint64_t>(base));
  return base;
}

void write_numbers(const std::vector<std::int64_t>& numbers, Writing& out) {
  std::vector<std::uint64_t> above;
  out.plain(base_of(numbers, above));
  const std::size_t width = width_of(*std::max_element(above.begin(), above.end()));
  out.byte(static_cast<std::uint8_t>(width));
  out.fixed(above, width);
}

using ReadNumber = bool (*)(std::string_view, std::int64_t&);

// False where one of the texts is none.
bool all_numbers(const Texts& texts, ReadNumber read, std::vector<std::int64_t>& out) {
  out.resize(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i)
    if (!read(texts[i], out[i])) return false;
  return true;
}

bool write_instants(const Texts& texts, Writing& out) {
  std::vector<std::int64_t> seconds(texts.size());
  std::vector<std::uint64_t> suffix_of;
  std::vector<std::string_view> suffixes;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    std::string_view behind;
    if (!read_clock(texts[i], seconds[i], behind)) return false;
    const auto known = std::find(suffixes.begin(), suffixes.end(), behind);
    suffix_of.push_back(static_cast<std::uint64_t>(known - suffixes.begin()));
    if (known == suffixes.end()) suffixes.push_back(behind);
    if (suffixes.size() > suffixes_max) return false;
  }
  write_numbers(seconds, out);
  out.varint(suffixes.size());
  for (const std::string_view suffix : suffixes)
    out.text(suffix);
  out.fixed(suffix_of, suffixes.size() == 1 ? 0 : 1);
  return true;
}

void write_texts(const Texts& texts, Writing& out) {
  std::vector<std::uint64_t> lengths;
  for (std::size_t i = 0; i < texts.size(); ++i)
    lengths.push_back(texts[i].size());
  const std::size_t width = width_of(*std::max_element(lengths.begin(), lengths.end()));
  out.byte(static_cast<std::uint8_t>(width));
  out.fixed(lengths, width);
}

}  // namespace

Writer::Writer(Write write) : write_(std::move(write)), streams_(1) {
  std::string head(magic);
  Writing(head).plain(version);
  write_(head);
}

void Writer::add(std::string_view lines) {
  const char* at = lines.data();
  const char* const end = at + lines.size();
  while (at != end) {
    add_line(at, end);
    if (sequence_.size() == block_events_max || bytes_ >= block_bytes_goal) close_block();
  }
}

void Writer::add_line(const char*& at, const char* end) {
  ++lines_;
  const char* const begin = at;
  bool fits = shapes_.read(at, end);
  if (!fits) {
    const std::string_view rest(begin, static_cast<std::size_t>(end - begin));
    const std::size_t feed = rest.find('\n');
    const std::string_view line = rest.substr(0, feed);
    record::Faults faults;
    std::string_view event = line;
    if (event.ends_with('\r')) event.remove_suffix(1);
    Shape shape;
    const bool learn = feed != std::string_view::npos && record::shape_of(event, shape) &&
                       record::read_record(event, {}, faults) &&
                       shapes_.learn(shape) != record::no_shape;
    fits = learn && shapes_.read(at, end);
    if (!fits) at = begin + (feed == std::string_view::npos ? rest.size() : feed + 1);
  }
  const std::string_view line(begin, static_cast<std::size_t>(at - begin));
  const auto values = fits ? shapes_.values() : std::span<const std::string_view>();
  const bool short_values =
      fits && std::all_of(values.begin(), values.end(),
                          [](std::string_view value) { return value.size() <= value_bytes_max; });
  bytes_ += line.size();
  all_bytes_ += line.size();
  const bool feed = line.ends_with('\n');
  const bool carriage_return = line.ends_with("\r\n");
  if (!short_values || !feed || (shaped_ && carriage_return != carriage_return_)) return keep(line);
  shaped_ = true;
  carriage_return_ = carriage_return;
  const std::uint32_t number = shapes_.number();
  while (slots_.size() <= number)
    slots_.push_back(streams_of(shapes_.shape(static_cast<std::uint32_t>(slots_.size()))));
  sequence_.push_back(number + 1);
  for (std::size_t i = 0; i < values.size(); ++i) {
    Stream& stream = streams_[slots_[number][i]];
    stream.bytes += values[i];
    stream.ends.push_back(static_cast<std::uint32_t>(stream.bytes.size()));
  }
}

void Writer::keep(std::string_view line) {
  ++as_they_are_;
  sequence_.push_back(0);
  streams_[0].bytes += line;
  streams_[0].ends.push_back(static_cast<std::uint32_t>(streams_[0].bytes.size()));
}

std::vector<std::uint32_t> Writer::streams_of(const Shape& shape) {
  std::vector<std::string> all;
  paths(shape.skeleton(), "", all, shape);
  std::vector<std::uint32_t> out;
  for (std::size_t slot = 0; slot < all.size(); ++slot) {
    const auto [known, added] =
        by_path_.emplace(all[slot], static_cast<std::uint32_t>(streams_.size()));
    if (added) {
      streams_.emplace_back();
      streams_.back().kind = shape.slots[slot];
      streams_.back().names_agreements = slot == shape.agreement;
    }
    out.push_back(known->second);
  }
  return out;
}

void Writer::close_column(std::uint32_t number, Stream& stream, Writing& growth,
                          std::uint64_t& growing, Writing& columns) {
  const Texts texts{stream.bytes, stream.ends};
  std::string content;
  Writing out(content);
  std::vector<std::int64_t> numbers;
  const auto done = [&](Encoding encoding) {
    columns.varint(number);
    columns.byte(static_cast<std::uint8_t>(encoding));
    columns.text(content);
    stream.bytes.clear();
    stream.ends.clear();
  };
  if (stream.kind == SlotKind::number && all_numbers(texts, read_integer, numbers)) {
    write_numbers(numbers, out);
    return done(Encoding::integers);
  }
  if (stream.kind == SlotKind::text && number != 0 && !stream.names_agreements) {
    if (all_numbers(texts, read_date, numbers)) {
      write_numbers(numbers, out);
      return done(Encoding::dates);
    }
    if (write_instants(texts, out)) return done(Encoding::instants);
    content.clear();
  }
  // The dictionary takes what comes again: a quarter of a column may be new to it.
  std::vector<std::uint64_t> entries;
  const std::size_t before = stream.entries.size();
  const std::size_t room = number == 0 ? 0
                           : stream.names_agreements
                               ? entries_max
                               : std::min(before + 8 + texts.size() / 4, entries_of_values);
  for (std::size_t i = 0; i < texts.size() && entries.size() == i; ++i) {
    const auto known = stream.numbers.find(texts[i]);
    if (known != stream.numbers.end()) {
      entries.push_back(known->second);
    } else if (stream.entries.size() < room) {
      entries.push_back(stream.entries.size());
      stream.entries.emplace_back(texts[i]);
      stream.numbers.emplace(stream.entries.back(), static_cast<std::uint32_t>(entries.back()));
    }
  }
  if (entries.size() != texts.size()) {
    while (stream.entries.size() > before) {
      stream.numbers.erase(stream.entries.back());
      stream.entries.pop_back();
    }
    write_texts(texts, out);
    content += stream.bytes;
    return done(Encoding::texts);
  }
  if (stream.entries.size() > before) {
    ++growing;
    growth.varint(number);
    growth.varint(stream.entries.size() - before);
    for (std::size_t i = before; i < stream.entries.size(); ++i)
      growth.text(stream.entries[i]);
  }
  const std::size_t width = width_of(*std::max_element(entries.begin(), entries.end()));
  out.byte(static_cast<std::uint8_t>(width));
  out.fixed(entries, width);
  done(Encoding::numbered);
}

void Writer::close_block() {
  if (sequence_.empty()) return;
  std::string content;
  Writing out(content);
  out.byte(carriage_return_ ? 1 : 0);
  out.varint(streams_.size() - 1 - streams_written_);
  for (; streams_written_ + 1 < streams_.size(); ++streams_written_)
    out.byte(static_cast<std::uint8_t>(streams_[streams_written_ + 1].kind));
  out.varint(slots_.size() - shapes_written_);
  for (; shapes_written_ < slots_.size(); ++shapes_written_) {
    const Shape& shape = shapes_.shape(static_cast<std::uint32_t>(shapes_written_));
    out.varint(shape.slots.size());
    for (const std::string& literal : shape.literals)
      out.text(literal);
    for (const std::uint32_t stream : slots_[shapes_written_])
      out.varint(stream);
  }
  std::string growth;
  std::string columns;
  Writing growth_out(growth);
  Writing columns_out(columns);
  std::uint64_t growing = 0;
  std::uint64_t used = 0;
  for (std::uint32_t number = 0; number < streams_.size(); ++number) {
    if (streams_[number].ends.empty()) continue;
    ++used;
    close_column(number, streams_[number], growth_out, growing, columns_out);
  }
  out.varint(growing);
  content += growth;
  const std::size_t width =
      std::max<std::size_t>(1, width_of(*std::max_element(sequence_.begin(), sequence_.end())));
  out.byte(static_cast<std::uint8_t>(width));
  out.fixed(sequence_, width);
  out.varint(used);
  content += columns;

  const BlockHead head{static_cast<std::uint32_t>(content.size()),
                       static_cast<std::uint32_t>(sequence_.size()), check_of(content)};
  std::string bytes;
  Writing(bytes).plain(head);
  write_(bytes);
  write_(content);
  sequence_.clear();
  shaped_ = carriage_return_ = false;
  bytes_ = 0;
}

void Writer::finish() {
  close_block();
  std::string total;
  Writing(total).plain(Total{lines_, all_bytes_});
  std::string head;
  Writing(head).plain(BlockHead{static_cast<std::uint32_t>(total.size()), 0, check_of(total)});
  write_(head + total);
}

}  // namespace samrad::pack
