#include "tests/service/record/both_ways.h"

#include <array>
#include <random>

#include <fmt/format.h>

namespace samrad::tests {

using engine::lane::Row;
using engine::lane::Rows;
using engine::lane::Word;
using program::Index;
using program::Value;
using program::ValueKind;

namespace {

bool has_word(const program::Field& field) {
  return !field.list && field.type != ValueKind::money && field.type != ValueKind::duration;
}

}  // namespace

struct BothWays::Ordinary {
  bool accepted = false;
  std::string said;  // faults and warnings
  record::Record record;
  engine::Event event;
};

// What the quick way says of an event.
struct BothWays::Quick {
  std::string_view id, source, agreement;
  const record::When* recorded = nullptr;
  std::uint16_t texts = 0;
  const char* base = nullptr;
  const Row& row;
};

Words::Words(const program::Program& of)
    : program(of),
      symbols(of),
      zone(*record::Zone::open(of.text(of.timezone))),
      vocabulary(program, symbols, zone) {}

BothWays::BothWays(const record::Vocabulary& vocabulary, std::vector<record::Alias> aliases)
    : vocabulary_(vocabulary), aliases_(std::move(aliases)), wanted_(3) {
  const program::Program& program = vocabulary.program();
  for (record::WantedSlots& wanted : wanted_)
    wanted.resize(program.event_types.size());
  for (Index type = 0; type < program.event_types.size(); ++type) {
    const program::EventType& row = program.event_types[type];
    for (const std::size_t kind : {0U, 2U}) {
      std::vector<std::uint32_t>& slots = wanted_[kind][type];
      if (row.subject_kinds.count != 0) slots.push_back(program::subject_slot);
      for (Index slot = 0; slot < row.fields.count && slots.size() < 16; ++slot)
        if (kind == 2 || has_word(program.fields[row.fields.first + slot])) slots.push_back(slot);
    }
  }
  for (const record::WantedSlots& wanted : wanted_)
    quick_.emplace_back(vocabulary, texts_, wanted);
}

BothWays::Ordinary BothWays::ordinary(std::string_view line) {
  Ordinary out;
  record::Faults faults;
  auto record = record::read_record(line, {}, faults);
  record::Vocabulary vocabulary = vocabulary_;
  vocabulary.call(aliases_);
  if (record) {
    out.accepted = record::decode(vocabulary, *record, out.event, faults);
    out.record = std::move(*record);
  }
  out.said = record::text_of(faults);
  return out;
}

bool BothWays::teach(std::string_view line) {
  record::Faults faults;
  if (!record::read_record(line, {}, faults)) return false;
  shapes_.learn(line);
  const Ordinary event = ordinary(line);
  return event.accepted && event.said.empty();
}

std::string BothWays::difference(std::string_view line) {
  // The line ends the text, with behind it what would make a longer or another text of it.
  std::string text = std::string(line) + '\n';
  const std::size_t end = text.size();
  while (text.size() < end + record::ShapeReader::padding)
    text += R"("}, "0)";
  text.resize(end + record::ShapeReader::padding);
  const char* at = text.data();
  if (!shapes_.read(at, text.data() + end)) return {};
  if (at != text.data() + end) return fmt::format("read {} of {} bytes", at - text.data(), end);
  while (line.ends_with('\r'))
    line.remove_suffix(1);
  const Ordinary event = ordinary(line);
  for (std::size_t reader = 0; reader < quick_.size(); ++reader) {
    Rows rows(16);
    Row& row = rows.add();
    if (!quick_[reader].read(shapes_, aliases_, text.data(), row)) continue;
    if (reader == 0) ++with_values_;
    if (reader == 1) ++accepted_;
    const record::QuickReader& quick = quick_[reader];
    const Quick said{shapes_.id(),
                     shapes_.source(),
                     shapes_.agreement(),
                     quick.recorded(),
                     quick.texts(row.type),
                     text.data(),
                     row};
    if (std::string wrong = compare(reader, event, said); !wrong.empty()) return wrong;
  }
  return {};
}

std::string BothWays::packed_difference(std::string_view bytes, std::string& fault) {
  fleet::TextInput memory(bytes);
  pack::Log log(memory);
  pack::Events events(log);
  pack::Block block;
  std::vector<pack::RowReader> readers;
  for (const record::WantedSlots& wanted : wanted_)
    readers.emplace_back(log, vocabulary_, texts_, wanted);
  while (log.next(block)) {
    if (!events.open(block)) break;
    for (pack::RowReader& reader : readers)
      reader.open();
    while (events.next()) {
      if (!events.shaped()) continue;
      std::string line;
      events.write(line);
      while (line.ends_with('\n') || line.ends_with('\r'))
        line.pop_back();
      const Ordinary event = ordinary(line);
      for (std::size_t reader = 0; reader < readers.size(); ++reader) {
        Rows rows(16);
        Row& row = rows.add();
        std::string loose;
        if (!readers[reader].read(events, aliases_, loose, row)) continue;
        if (reader == 0) ++with_values_;
        if (reader == 1) ++accepted_;
        std::string id, source;
        const std::uint32_t agreement = events.agreement();
        const Quick said{events.id(id),
                         events.value(events.the_shape().source, source),
                         agreement == pack::no_number ? std::string_view()
                                                      : log.agreements()[agreement],
                         readers[reader].recorded(),
                         readers[reader].texts(row.type),
                         loose.data(),
                         row};
        if (std::string wrong = compare(reader, event, said); !wrong.empty())
          return wrong + ": " + line;
      }
    }
  }
  fault = log.fault() + events.fault();
  return {};
}

std::string BothWays::compare(std::size_t reader, const Ordinary& ordinary, const Quick& quick) {
  const Row& row = quick.row;
  if (!ordinary.accepted || !ordinary.said.empty())
    return "accepted, where the ordinary way says: " + ordinary.said;
  const engine::Event& event = ordinary.event;
  const record::Record& record = ordinary.record;
  if (quick.id != record.id || quick.source != record.source || quick.agreement != record.agreement)
    return "another name";
  const record::When* recorded = quick.recorded;
  if ((recorded != nullptr) != record.has_recorded ||
      (recorded != nullptr && *recorded != record.recorded))
    return "recorded at another time";
  if (row.type != event.type || row.day != event.day.n) return "another type or day";
  if (row.instant != (event.timed ? event.earliest : Row::no_time)) return "another instant";
  const engine::Symbols& symbols = vocabulary_.symbols();
  for (std::size_t i = 0; i < 16; ++i) {
    const auto& slots = wanted_[reader][event.type];
    const bool subject = i < slots.size() && slots[i] == program::subject_slot;
    const Value value = i >= slots.size() ? Value{}
                        : subject         ? Value{ValueKind::member, event.subject, 0, 1}
                                          : event.fields[slots[i]];
    Word word = 0;
    switch (value.kind) {
    case ValueKind::absent: break;
    case ValueKind::yes_no:
    case ValueKind::date: word = static_cast<Word>(value.a); break;
    case ValueKind::number:
      if (value.b != 1) return "a fraction as a word";
      word = static_cast<Word>(value.a);
      break;
    case ValueKind::text:
    case ValueKind::member: word = texts_.word(symbols.text(value.symbol)); break;
    default: return "a value that has no word";
    }
    Word got = row.values()[i];
    const bool text = value.kind == ValueKind::text || value.kind == ValueKind::member;
    if (text !=
        (i < slots.size() && value.kind != ValueKind::absent && (quick.texts >> i & 1U) != 0))
      return "texts() is wrong";
    if (text && record::is_loose(got)) got = texts_.word(record::loose_text(got, quick.base));
    if (got != word) return fmt::format("value {} is {:x} and should be {:x}", i, got, word);
    if ((row.known >> i & 1U) != (value.kind == ValueKind::absent ? 0U : 1U))
      return fmt::format("value {} is or is not known", i);
  }
  return {};
}

std::string mutated(std::string_view line, unsigned number) {
  constexpr std::array<std::string_view, 48> pieces = {"\"",
                                                       "\\",
                                                       "\\u0041",
                                                       "\\n",
                                                       "\n",
                                                       "\r",
                                                       "\t",
                                                       " ",
                                                       ",",
                                                       "}",
                                                       "{",
                                                       "[",
                                                       "]",
                                                       ":",
                                                       "null",
                                                       "true",
                                                       "false",
                                                       "0",
                                                       "-0",
                                                       "-",
                                                       "1.5",
                                                       "1.0",
                                                       "00",
                                                       "1e3",
                                                       "12345678901234567",
                                                       "123456789012345678",
                                                       "9007199254740993",
                                                       "\x7F",
                                                       "\xC2\x85",
                                                       "\xE2\x80\xAE",
                                                       "\xC3\xA5",
                                                       "\xC3",
                                                       "\xED\xA0\x80",
                                                       "\xF0\x9F\x98\x80",
                                                       "\xEF\xBB\xBF",
                                                       "2017-02-29",
                                                       "2016-02-29",
                                                       "0000-01-01",
                                                       "9999-12-31",
                                                       "2017-10-29T02:30:00+02:00",
                                                       "2017-03-26T01:00:00Z",
                                                       "2017-01-01T24:00:00Z",
                                                       "2016-12-31T23:59:60Z",
                                                       "2017-06-30t12:00:00.123456789z",
                                                       "\"id\": \"x\"",
                                                       "\"data\": {}",
                                                       "\"subject\": \"\"",
                                                       "\"recordedtime\": \"2017-01-01\""};
  std::mt19937 chance(number);
  const auto below = [&](std::size_t n) { return n == 0 ? 0 : chance() % n; };
  std::string out(line);
  for (std::size_t changes = 1 + below(3); changes-- > 0 && !out.empty();) {
    const std::size_t at = below(out.size());
    const std::size_t length = 1 + below(std::min<std::size_t>(24, out.size() - at));
    switch (below(8)) {
    case 0: out[at] = static_cast<char>(chance()); break;
    case 1: out[at] = static_cast<char>(out[at] ^ (1 << below(8))); break;
    case 2: out.erase(at, length); break;
    case 3: out.insert(at, out.substr(at, length)); break;
    case 4: out.insert(at, pieces[below(pieces.size())]); break;
    case 5: out.insert(below(out.size()), out.substr(at, length)); break;
    default: {
      // The value between two quotes, or a number, becomes another.
      const std::size_t begin = out.find('"', at);
      const std::size_t end = begin == std::string::npos ? begin : out.find('"', begin + 1);
      if (end == std::string::npos) break;
      out.replace(begin + 1, end - begin - 1, pieces[below(pieces.size())]);
    }
    }
  }
  return out;
}

}  // namespace samrad::tests
