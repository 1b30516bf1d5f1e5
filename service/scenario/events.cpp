// JSON is written by hand: numbers keep their digits, and members come in the order of the text.

#include "service/scenario/events.h"

#include "service/record/cloud_event.h"
#include "service/scenario/words.h"

namespace samrad::scenario {

namespace {

using program::Program;

std::string quoted(std::string_view text) {
  static constexpr std::string_view hex = "0123456789abcdef";
  std::string json = "\"";
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      (json += '\\') += c;
    else if (byte < 0x20)
      (((json += "\\u00") += hex[byte >> 4]) += hex[byte & 15]);
    else
      json += c;
  }
  return json + '"';
}

// The declared field, or null where type or field is unknown: the decoder then says so.
const program::Field* field_of(const Program& program, const std::string& type,
                               const std::string& name) {
  for (const program::EventType& row : program.event_types) {
    if (program.text(row.name) != type) continue;
    for (std::uint32_t i = 0; i < row.fields.count; ++i) {
      const program::Field& field = program.fields[row.fields.first + i];
      if (program.text(field.name) == name) return &field;
    }
  }
  return nullptr;
}

// `25%` is the number 0.25: the point moves two places to the left.
std::string hundredth(std::string digits) {
  const bool negative = digits.starts_with('-');
  if (negative) digits.erase(0, 1);
  std::size_t point = digits.find('.');
  if (point == std::string::npos)
    point = digits.size();
  else
    digits.erase(point, 1);
  const std::string padded = std::string(2, '0') + digits;
  std::string whole = padded.substr(0, point);
  const std::string rest = padded.substr(point);
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
  return (negative ? "-" : "") + (whole.empty() ? "0" : whole) + "." + rest;
}

std::string json_of(const Value& value, const program::Field* field, const record::Zone& zone) {
  const bool as_text = field != nullptr && (field->type == program::ValueKind::text ||
                                            field->type == program::ValueKind::member);
  switch (value.kind) {
  case Value::Kind::text: return quoted(value.text);
  case Value::Kind::number: return as_text ? quoted(value.text) : value.text;
  case Value::Kind::amount:
    return value.unit == "%" ? hundredth(value.text) : quoted(value.text + " " + value.unit);
  case Value::Kind::word: break;
  }
  if (!as_text && value.text == "yes") return "true";
  if (!as_text && value.text == "no") return "false";
  return quoted(looks_like_date(value.text) ? moment_text(value.text, zone) : value.text);
}

std::string json_of(const FieldLine& line, const program::Field* field, const record::Zone& zone) {
  const bool list = line.values.size() != 1 || (field != nullptr && field->list);
  if (!list) return json_of(line.values[0], field, zone);
  std::string json = "[";
  for (const Value& value : line.values)
    json += (json.size() > 1 ? ", " : "") + json_of(value, field, zone);
  return json + "]";
}

// The fields as members of `data`, what an act acts on before them.
std::string fields(const Happening& happening, const Setting& setting) {
  std::string json;
  const auto add = [&](const std::string& name, const std::string& value) {
    json += (json.empty() ? "" : ", ") + quoted(name) + ": " + value;
  };
  const bool correction = happening.type == "correction";
  if (correction) add("corrects", quoted(happening.subject));
  if (happening.type == "withdrawal") add("withdraws", quoted(happening.subject));
  if (happening.type == "waiver" || happening.type == "assessment")
    add("occurrence", quoted(happening.subject));
  if (!happening.verdict.empty()) add("verdict", quoted(happening.verdict));
  if (!happening.reason.empty()) add("reason", quoted(happening.reason));
  std::string type = happening.type;
  if (correction)
    if (const auto at = setting.type_of.find(happening.subject); at != setting.type_of.end())
      type = at->second;
  for (const FieldLine& line : happening.fields)
    add(line.name, json_of(line, field_of(setting.program, type, line.name), setting.zone));
  return json;
}

bool is_builtin_act(const std::string& type) {
  return record::is_act(type) || record::is_ruling(type);
}

bool two_digits(std::string_view text, std::size_t at) {
  return at + 1 < text.size() && text[at] >= '0' && text[at] <= '9' && text[at + 1] >= '0' &&
         text[at + 1] <= '9';
}

int number_at(std::string_view text, std::size_t at) {
  return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

}  // namespace

std::string moment_text(const std::string& written, const record::Zone& zone) {
  const auto day = calendar::parse_iso(std::string_view(written).substr(0, 10));
  if (!day || written.size() == 10) return written;
  const std::string_view time = std::string_view(written).substr(11);
  const bool seconds = time.size() == 8 && time[5] == ':' && two_digits(time, 6);
  if ((time.size() != 5 && !seconds) || time[2] != ':' || !two_digits(time, 0) ||
      !two_digits(time, 3)) {
    // `14:00+02:00`: only the seconds are missing.
    const bool offset = time.size() > 5 && (time[5] == '+' || time[5] == '-' || time[5] == 'Z');
    return offset ? written.substr(0, 16) + ":00" + written.substr(16) : written;
  }
  const int hour = number_at(time, 0), minute = number_at(time, 3),
            second = seconds ? number_at(time, 6) : 0;
  if (hour > 23 || minute > 59 || second > 59) return written;
  const std::int64_t wall = std::int64_t{day->n} * 86400 + hour * 3600 + minute * 60 + second;
  const std::int64_t first_guess = wall - zone.offset(wall);
  return zone.rfc3339(wall - zone.offset(first_guess));
}

std::string json_line(const Happening& happening, const Setting& setting) {
  std::string json = "{\"specversion\": \"1.0\", \"id\": " + quoted(happening.id) +
                     ", \"source\": \"scenario\", \"type\": " + quoted(happening.type);
  if (!happening.subject.empty() && !is_builtin_act(happening.type))
    json += ", \"subject\": " + quoted(happening.subject);
  json += ", \"time\": " + quoted(moment_text(happening.when, setting.zone));
  if (!happening.recorded.empty())
    json += ", \"recordedtime\": " + quoted(moment_text(happening.recorded, setting.zone));
  return json + ", \"data\": {" + fields(happening, setting) + "}}";
}

}  // namespace samrad::scenario
