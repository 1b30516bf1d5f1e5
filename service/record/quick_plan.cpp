// A shape to its plan, attribute by attribute and field by field in the order in which read_record and decode look at them. What the two
// would have something to say about makes the plan impossible.

#include "service/record/quick_plan.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "rules/diagnostics/near.h"
#include "service/record/limits.h"

namespace samrad::record::detail {

using program::ValueKind;

namespace {

class Planner {
 public:
  Planner(const Vocabulary& vocabulary, const Shape& shape, const WantedSlots& wanted)
      : words_(vocabulary),
        program_(vocabulary.program()),
        json_(shape.skeleton()),
        wanted_(wanted) {}

  QuickPlan plan() {
    plan_.possible =
        json_.kind == JsonKind::object && attributes() && subject() && fields() && no_strangers();
    return std::move(plan_);
  }

 private:
  // Null where absent or null.
  [[nodiscard]] static const Json* given(const Json& object, std::string_view name) {
    const Json* value = object.find(name);
    return value != nullptr && value->kind != JsonKind::null ? value : nullptr;
  }

  bool add(Check check, const Json& json, std::uint8_t value = unwanted,
           std::span<const Index> kinds = {}) {
    std::uint8_t slot = 0;
    const auto [end, wrong] =
        std::from_chars(json.text.data(), json.text.data() + json.text.size(), slot);
    if (wrong != std::errc() || end != json.text.data() + json.text.size()) return false;
    plan_.steps.push_back({check,
                           slot,
                           value,
                           {static_cast<std::uint32_t>(plan_.kinds.size()),
                            static_cast<std::uint32_t>(kinds.size())}});
    plan_.kinds.insert(plan_.kinds.end(), kinds.begin(), kinds.end());
    return true;
  }

  bool name(std::string_view attribute, bool must) {
    const Json* value = given(json_, attribute);
    return value == nullptr ? !must : value->kind == JsonKind::text && add(Check::name, *value);
  }

  bool attributes() {
    const Json* version = given(json_, "specversion");
    const Json* type = given(json_, "type");
    const Json* content = given(json_, "datacontenttype");
    const Json* time = given(json_, "time");
    const Json* recorded = given(json_, "recordedtime");
    const bool plain =
        version != nullptr && version->kind == JsonKind::text && version->text == "1.0" &&
        type != nullptr && type->kind == JsonKind::text && type->text.size() <= name_bytes_max &&
        time != nullptr && time->kind == JsonKind::text &&
        (recorded == nullptr || recorded->kind == JsonKind::text) &&
        given(json_, "data_base64") == nullptr &&
        (content == nullptr ||
         (content->kind == JsonKind::text && content->text.find("json") != std::string::npos));
    if (!plain || !name("id", true) || !name("source", true) || !name("agreement", false) ||
        !add(Check::time, *time))
      return false;
    if (recorded != nullptr && !add(Check::recorded, *recorded)) return false;
    plan_.type = words_.type(type->text);
    if (plan_.type == program::none) return false;
    const program::Builtin builtin = program_.event_types[plan_.type].builtin;
    return builtin == program::Builtin::ordinary || builtin == program::Builtin::extension;
  }

  [[nodiscard]] const program::EventType& type() const { return program_.event_types[plan_.type]; }

  [[nodiscard]] std::uint8_t value_of(std::uint32_t slot) const {
    const std::vector<std::uint32_t>& slots = wanted_[plan_.type];
    const auto it = std::find(slots.begin(), slots.end(), slot);
    return it == slots.end() ? unwanted : static_cast<std::uint8_t>(it - slots.begin());
  }

  bool subject() {
    const program::Range& range = type().subject_kinds;
    const Json* value = given(json_, "subject");
    if (range.count == 0) return value == nullptr;
    return value != nullptr && value->kind == JsonKind::text && add(Check::name, *value) &&
           add(Check::member, *value, value_of(program::subject_slot),
               {&program_.indices[range.first], range.count});
  }

  bool fields() {
    const Json* content = given(json_, "data");
    if (content != nullptr && content->kind != JsonKind::object) return false;
    const program::Range& range = type().fields;
    std::size_t known = 0;
    for (Index slot = 0; slot < range.count; ++slot) {
      const program::Field& field = program_.fields[range.first + slot];
      const Json* value = content == nullptr ? nullptr : content->find(program_.text(field.name));
      known += value != nullptr ? 1 : 0;
      if (value == nullptr || value->kind == JsonKind::null
              ? field.required
              : !this->field(field, *value, value_of(slot)))
        return false;
    }
    return content == nullptr || known == content->members.size();
  }

  bool field(const program::Field& field, const Json& json, std::uint8_t value) {
    if (!field.list) return json.kind != JsonKind::list && single(field, json, value);
    if (value != unwanted) return false;
    if (json.kind != JsonKind::list) return single(field, json, unwanted);
    return std::all_of(json.items.begin(), json.items.end(),
                       [&](const Json& item) { return single(field, item, unwanted); });
  }

  bool single(const program::Field& field, const Json& json, std::uint8_t value) {
    const bool text = json.kind == JsonKind::text;
    switch (field.type) {
    case ValueKind::yes_no: return json.kind == JsonKind::yes_no && add(Check::yes_no, json, value);
    case ValueKind::number:
      return json.kind == JsonKind::number &&
             add(value == unwanted ? Check::fraction : Check::number, json, value);
    case ValueKind::date: return text && add(Check::date, json, value);
    case ValueKind::text: return text && add(Check::text, json, value);
    case ValueKind::member: {
      std::span<const Index> kinds;
      if (field.kind != program::none) kinds = {&field.kind, 1};
      return text && add(Check::member, json, value, kinds);
    }
    case ValueKind::money: return value == unwanted && money(json);
    case ValueKind::duration:
    case ValueKind::absent:
    case ValueKind::list: break;
    }
    return false;
  }

  bool money(const Json& json) {
    if (json.kind == JsonKind::text) return add(Check::money, json);
    if (json.kind != JsonKind::object || json.members.size() != 2) return false;
    const Json* amount = json.find("amount");
    const Json* currency = json.find("currency");
    return amount != nullptr && currency != nullptr && currency->kind == JsonKind::text &&
           (amount->kind == JsonKind::text || amount->kind == JsonKind::number) &&
           add(Check::amount, *amount) && add(Check::currency, *currency);
  }

  // An attribute that looks like a misspelt own is told.
  [[nodiscard]] bool no_strangers() const {
    const std::span<const std::string_view> own(known_attributes);
    return std::all_of(json_.members.begin(), json_.members.end(), [&](const JsonMember& member) {
      return std::find(own.begin(), own.end(), member.name) != own.end() ||
             rules::did_you_mean(member.name, own).empty();
    });
  }

  const Vocabulary& words_;
  const program::Program& program_;
  const Json json_;
  const WantedSlots& wanted_;
  QuickPlan plan_;
};

template <class Number>
std::uint64_t load(const char* at) {
  Number n = 0;
  std::memcpy(&n, at, sizeof n);
  return n;
}

}  // namespace

QuickPlan plan_of(const Vocabulary& vocabulary, const Shape& shape, const WantedSlots& wanted) {
  return Planner(vocabulary, shape, wanted).plan();
}

// Loads of fixed sizes that may overlap.
Members::Name::Name(std::string_view text) : size(text.size()) {
  const char* const begin = text.data();
  const char* const end = begin + size;
  if (size >= 8) {
    head = load<std::uint64_t>(begin);
    tail = load<std::uint64_t>(end - 8);
  } else if (size >= 4) {
    head = load<std::uint32_t>(begin);
    tail = load<std::uint32_t>(end - 4);
  } else if (size > 0) {
    head = load<std::uint8_t>(begin) << 8U | load<std::uint8_t>(begin + size / 2);
    tail = load<std::uint8_t>(end - 1);
  }
}

std::size_t Members::place(const Name& name) const {
  const std::uint64_t hash = (name.head ^ name.tail * 0xBF58476D1CE4E5B9ULL ^ name.size) * 0x9E3779B97F4A7C15ULL;
  return hash >> 32U & (slots_.size() - 1);
}

Members::Members(const Vocabulary& vocabulary, engine::lane::Texts& texts)
    : vocabulary_(&vocabulary),
      slots_(std::bit_ceil(2 * vocabulary.program().members.size() + 2)),
      by_symbol_(vocabulary.program().symbols.size(), program::none) {
  const program::Program& program = vocabulary.program();
  for (const program::Member& member : program.members) {
    const auto row = static_cast<Index>(&member - program.members.data());
    by_symbol_[member.name] = row;
    words_.push_back(texts.word(program.text(member.name)));
  }
  for (const program::Member& member : program.members) {
    const std::string_view text = program.text(member.name);
    const Name name(text);
    std::size_t at = place(name);
    while (slots_[at].row != program::none && slots_[at].text != text)
      at = (at + 1) & (slots_.size() - 1);
    slots_[at] = {name, text, by_symbol_[member.name]};
  }
}

Index Members::row_of(std::string_view text) const {
  const Name name(text);
  for (std::size_t at = place(name);; at = (at + 1) & (slots_.size() - 1)) {
    const Entry& entry = slots_[at];
    if (entry.row == program::none) return program::none;
    if (entry.name == name && (text.size() <= Name::whole_bytes || entry.text == text)) return entry.row;
  }
}

Members::Found Members::find(std::string_view name, std::span<const Index> kinds,
                             std::span<const Alias> aliases, Word& out) const {
  const program::Program& program = vocabulary_->program();
  const auto alias = std::find_if(aliases.begin(), aliases.end(),
                                  [&](const Alias& own) { return own.name == name; });
  Index row = program::none;
  if (alias != aliases.end())
    row = by_symbol_[alias->member];
  else if (row = row_of(name); row != program::none && vocabulary_->hidden(row))
    return Found::nothing;
  if (row != program::none &&
      (kinds.empty() ||
       std::find(kinds.begin(), kinds.end(), program.members[row].kind) != kinds.end())) {
    out = words_[row];
    return Found::member;
  }
  const bool open =
      std::any_of(kinds.begin(), kinds.end(), [&](Index kind) { return program.kinds[kind].open; });
  return open && !name.empty() ? Found::name : Found::nothing;
}

bool passes(Check check, std::string_view text) {
  const auto is_currency = [](std::string_view code) {
    return code.size() == 3 &&
           std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  };
  switch (check) {
  case Check::fraction:  // a plain number always fits
  case Check::text:
  case Check::yes_no: return true;
  case Check::amount: return parse_fraction(text).has_value();
  case Check::currency: return is_currency(text);
  case Check::money: {
    const std::size_t blank = text.find(' ');
    return blank != std::string_view::npos && is_currency(text.substr(blank + 1)) &&
           parse_fraction(text.substr(0, blank)).has_value();
  }
  default: return false;
  }
}

bool is_legible(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) continue;
    // The controls from U+0080 on, and every character of the two rows that hold marks of direction.
    const auto next = static_cast<unsigned char>(text[++i]);
    if ((byte == 0xC2 && next < 0xA0) || (byte == 0xE2 && (next == 0x80 || next == 0x81)))
      return false;
    while (i + 1 < text.size() && (static_cast<unsigned char>(text[i + 1]) & 0xC0U) == 0x80)
      ++i;
  }
  return true;
}

bool integer(std::string_view text, Word& out) {
  std::int64_t number = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (wrong != std::errc() || end != text.data() + text.size()) return false;
  if (number > engine::lane::number_max || number < -engine::lane::number_max) return false;
  out = static_cast<Word>(number);
  return true;
}

}  // namespace samrad::record::detail
