// API tokens: who has the secret has the rights. The secret is shown once, when the token is made; what is kept is its SHA-256.
//
//   samrad_1_ + 30 letters and digits (178 bits) + 6 that check them
//
// The beginning and the check let scanners for secrets find a token in a text and tell it from its like; a mistyped one is told from
// an unknown one. The form for scanners: `samrad_1_[0-9A-Za-z]{36}`, the last six the CRC-32 of all before them in base 62.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <tl/expected.hpp>

#include "service/access/hash.h"
#include "service/access/rights.h"
#include "service/clock.h"

namespace samrad::access {

inline constexpr std::string_view token_beginning = "samrad_1_";
inline constexpr std::size_t token_letters = 45;           // of the whole token
inline constexpr std::size_t tokens_max = 10'000;          // kept, the revoked included
inline constexpr std::size_t token_label_bytes_max = 200;  // of the name people know it by

// What a text in place of a token is.
enum class TokenForm : std::uint8_t {
  whole,  // a token of this version with the right check; whether it is known is another question
  mistyped,  // begins as a token and is cut, changed or of another version
  other,     // not one of ours
};
[[nodiscard]] TokenForm form_of(std::string_view text);

// A token as it is kept. Nothing of the secret is in it.
struct TokenRecord {
  std::string id;     // 12 letters and digits; for people, logs and revocation
  std::string label;  // what people call it: `case system`, no names of persons
  PrincipalKind kind = PrincipalKind::token;  // or first_run
  Hash hash{};                                // SHA-256 of the whole token
  Rights rights;
  Agreements agreements;
  Micros created = 0;
  std::string created_by;                     // id of a principal; empty: on the command line
  std::optional<Micros> expires;              // from then on it is refused
  std::optional<Micros> revoked;              // since when
  std::optional<std::int64_t> last_used_day;  // days since 1970-01-01, UTC
  bool operator==(const TokenRecord&) const = default;
};

// As it is stored, and back. The error is a sentence.
[[nodiscard]] std::string stored_json(const TokenRecord& record);
[[nodiscard]] tl::expected<TokenRecord, std::string> parse_stored(std::string_view json);
// As an administrator sees it: without the hash.
[[nodiscard]] std::string shown_json(const TokenRecord& record);

struct TokenRequest {
  std::string label;
  Rights rights;
  Agreements agreements;
  std::optional<Micros> expires;
  std::string created_by;
  PrincipalKind kind = PrincipalKind::token;
};

struct NewToken {
  std::string secret;  // to be shown once and forgotten
  TokenRecord record;
};

// All that is wrong with a request, a sentence each with the member it concerns (`label`, `rights`, `agreements`, `expires`).
struct TokenFault {
  std::string member;
  std::string message;
};
[[nodiscard]] std::vector<TokenFault> faults_of(const TokenRequest& request, Micros now);
// A new token from the system's random numbers. The request has no faults.
[[nodiscard]] NewToken make_token(const TokenRequest& request, Micros now);

// The table of all tokens, for the way of every request. `find` may be called from any thread and takes less than a microsecond;
// the others one at a time.
class Tokens {
 public:
  enum class Why : std::uint8_t { unknown, expired, revoked };

  void put(const TokenRecord& record);  // new, or in place of that of the same id
  void load(const std::vector<TokenRecord>& records);

  // Who holds this secret, now. Remembers the day.
  [[nodiscard]] tl::expected<Principal, Why> find(std::string_view secret, Micros now) const;

  [[nodiscard]] std::size_t size() const;  // revoked and expired ones included
  // Whether somebody holds a token that administers all agreements and is good now.
  [[nodiscard]] bool administered(Micros now) const;
  [[nodiscard]] std::optional<TokenRecord> record(std::string_view id) const;
  [[nodiscard]] std::vector<TokenRecord> records() const;  // in the order of making
  // Those used on a day later than the one last taken here: to be stored once in a while.
  [[nodiscard]] std::vector<TokenRecord> take_newly_used();

 private:
  struct Known {
    TokenRecord record;
    Principal principal;
    mutable std::atomic<std::int64_t> used_day{-1};
    std::int64_t stored_day = -1;
  };
  [[nodiscard]] static TokenRecord current(const Known& known);

  mutable std::shared_mutex mutex_;
  std::unordered_map<Hash, std::unique_ptr<Known>, HashOfHash, SameHash> known_;
};

}  // namespace samrad::access
