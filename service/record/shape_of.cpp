// A line to its shape: one pass over a text that is known to be JSON. Entry points: shape_of, Shape::skeleton.

#include <algorithm>

#include "service/record/limits.h"
#include "service/record/plain.h"
#include "service/record/shape.h"
#include "service/record/split.h"

namespace samrad::record {

namespace {

// Attributes whose value belongs to the shape.
bool is_literal_attribute(std::string_view name) {
  return name == "specversion" || name == "type" || name == "datacontenttype";
}

class Tokens {
 public:
  Tokens(std::string_view line, Shape& out)
      : at_(line.data()), end_(at_ + line.size()), from_(at_), out_(out) {}

  bool read() {
    out_ = {};
    while (at_ != end_)
      if (!token()) return false;
    literal(at_);
    std::size_t bytes = 0;
    for (const std::string& piece : out_.literals)
      bytes += piece.size();
    return open_.empty() && closed_ && bytes <= shape_bytes_max;
  }

 private:
  bool token() {
    if (is_blank(*at_) && *at_ != '\n') return ++at_, true;
    if (closed_) return false;
    if (open_.empty()) return *at_ == '{' && open();
    switch (*at_) {
    case '{':
    case '[': return open();
    case '}':
    case ']': open_.pop_back(), closed_ = open_.empty(); return ++at_, true;
    case ':': key_comes_ = false; return ++at_, true;
    case ',': key_comes_ = open_.back() == '{'; return ++at_, true;
    case '"': return text();
    case 't':
    case 'f': return slot(SlotKind::yes_no, plain::yes_no_end(at_, end_));
    case 'n':
      if (!std::string_view(at_, rest()).starts_with("null")) return false;
      return at_ += 4, true;
    default: return number();
    }
  }

  [[nodiscard]] std::size_t rest() const { return static_cast<std::size_t>(end_ - at_); }

  bool open() {
    if (open_.size() == json_depth_max) return false;
    open_ += *at_;
    key_comes_ = *at_ == '{';
    return ++at_, true;
  }

  bool text() {
    const char* const begin = ++at_;
    while (at_ != end_ && plain::is_ascii_of_text(*at_))
      ++at_;
    while (at_ != end_ && *at_ != '"') {
      const auto c = static_cast<unsigned char>(*at_);
      if (c < 0x20 || c == 0x7F || c == '\\') return false;
      ++at_;
    }
    if (at_ == end_) return false;
    const std::string_view all(begin, static_cast<std::size_t>(at_ - begin));
    const bool attribute = open_.size() == 1;
    if (key_comes_) {
      if (attribute) attribute_ = all;
      return ++at_, true;
    }
    if (attribute && is_literal_attribute(attribute_)) return ++at_, true;
    if (attribute) note();
    at_ = begin;
    if (!slot(SlotKind::text, begin + all.size())) return false;
    return ++at_, true;  // the quote is the next literal's
  }

  void note() {
    const auto number = static_cast<std::uint32_t>(out_.slots.size());
    if (attribute_ == "id") out_.id = number;
    if (attribute_ == "source") out_.source = number;
    if (attribute_ == "agreement") out_.agreement = number;
  }

  // No exponent may follow: the shape would then have it as a literal.
  bool number() {
    const char* const end = plain::number_end(at_, end_, shape_digits_max);
    return end != nullptr && end != end_ &&
           (is_blank(*end) || *end == ',' || *end == '}' || *end == ']') &&
           slot(SlotKind::number, end);
  }

  bool slot(SlotKind kind, const char* end) {
    if (end == nullptr || out_.slots.size() == shape_slots_max) return false;
    literal(at_);
    out_.slots.push_back(kind);
    from_ = at_ = end;
    return true;
  }

  void literal(const char* end) { out_.literals.emplace_back(from_, end); }

  const char* at_;
  const char* end_;
  const char* from_;  // where the literal begins
  Shape& out_;
  std::string open_;  // the brackets that are open
  std::string_view attribute_;
  bool key_comes_ = false;
  bool closed_ = false;  // the outermost bracket
};

// Gives each value that is a slot the number of its slot, in the order of the text. Depth is bounded by json_depth_max.
void number_slots(Json& json, std::size_t& next, bool outermost) {
  for (auto& [name, value] : json.members)
    if (!outermost || !is_literal_attribute(name) || value.kind != JsonKind::text)
      number_slots(value, next, false);
  for (Json& item : json.items)
    number_slots(item, next, false);
  if (json.kind == JsonKind::text || json.kind == JsonKind::number || json.kind == JsonKind::yes_no)
    json.text = std::to_string(next++);
}

}  // namespace

bool shape_of(std::string_view line, Shape& out) { return Tokens(line, out).read(); }

Json Shape::skeleton() const {
  std::vector<std::string_view> values;
  for (const SlotKind kind : slots)
    values.emplace_back(kind == SlotKind::text ? "" : kind == SlotKind::number ? "0" : "true");
  std::string line;
  write(values, line);
  auto json = parse_json(line);
  if (!json) return {};
  std::size_t next = 0;
  number_slots(*json, next, true);
  return std::move(*json);
}

}  // namespace samrad::record
