// The one table of what can be set: the reader, the checks, the printed file and the documentation go by it. Internal to the room.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "service/config/configuration.h"

namespace samrad::config {

using Texts = std::vector<std::string>;
using Table = std::map<std::string, Texts>;

// Something that no setting takes, in words: `a date`.
struct Other {
  std::string_view words;
};

// In the order of Type.
using Value = std::variant<std::string, std::int64_t, bool, Texts, Table, Other>;
enum class Type : std::uint8_t { text, whole, yes_no, texts, table };

[[nodiscard]] std::string_view words(Type type);  // `a text`, `a whole number` ...

enum class From : std::uint8_t {
  anywhere,
  variable_only,  // a secret
  file_only,      // part of a list of tables
};

// A setting of a Configuration, or of an Issuer.
template <class Of>
struct Setting {
  std::string_view name;  // with the table it stands in: `listen.port`
  Type type = Type::text;
  std::string_view values;  // what it takes: `an IP address`; of a whole number its unit
  std::int64_t least = 0;   // of a whole number
  std::int64_t most = 0;
  // What is wrong with the value, or empty: it is set. The value has the type, a number is within the range.
  std::string (*set)(Of& subject, const Value& value) = nullptr;
  Value (*get)(const Of& subject) = nullptr;
  std::string_view text;  // a sentence for people
  From from = From::anywhere;
};

// In the order of the file: those without a table first.
[[nodiscard]] std::span<const Setting<Configuration>> settings();
// Of one `[[oidc]]`; names without `oidc.`.
[[nodiscard]] std::span<const Setting<access::Issuer>> issuer_settings();

[[nodiscard]] std::string variable_of(std::string_view name);  // `SAMRAD_LISTEN_PORT`
[[nodiscard]] std::string flag_of(std::string_view name);      // `listen-port`

}  // namespace samrad::config
