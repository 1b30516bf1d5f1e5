// Who may do what with which agreement. Values; any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace samrad::access {

enum class Right : std::uint8_t {
  read,        // agreements, events, verdicts, sheets, calendars; what-if, which records nothing
  record,      // append, correct and withdraw events; implies read
  decide,      // say what people must: which reading holds, that a warning is seen; implies read
  audit,       // see who did what and what was sent to whom; implies read
  administer,  // agreements, rule versions, alert rules, tokens; implies all the others
};

inline constexpr Right all_rights[] = {Right::read, Right::record, Right::decide, Right::audit,
                                       Right::administer};

[[nodiscard]] std::string_view word(Right right);
[[nodiscard]] std::optional<Right> parse_right(std::string_view word);

// A set of rights, always with all that they imply.
class Rights {
 public:
  constexpr Rights() = default;
  constexpr Rights(std::initializer_list<Right> rights) {
    for (const Right right : rights)
      add(right);
  }
  constexpr void add(Right right) { bits_ |= with_implied(right); }
  constexpr void add(Rights rights) { bits_ |= rights.bits_; }

  [[nodiscard]] constexpr bool has(Right right) const { return (bits_ & bit(right)) != 0; }
  [[nodiscard]] constexpr bool has_all(Rights rights) const { return (rights.bits_ & ~bits_) == 0; }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
  // The fewest words that say it: `record` and not `read`, `record`. In the order of the enum.
  [[nodiscard]] std::vector<std::string_view> words() const;
  constexpr bool operator==(const Rights&) const = default;

 private:
  static constexpr std::uint8_t bit(Right right) {
    return static_cast<std::uint8_t>(1U << static_cast<unsigned>(right));
  }
  static constexpr std::uint8_t with_implied(Right right) {
    if (right == Right::administer) return 0b11111;
    return static_cast<std::uint8_t>(bit(right) | bit(Right::read));
  }

  std::uint8_t bits_ = 0;
};

inline constexpr std::size_t agreement_patterns_max = 1000;       // of one principal
inline constexpr std::size_t agreement_pattern_bytes_max = 1024;  // as the id of an agreement

// Which agreements: all, or those of a list of ids and of beginnings of ids (`norrmalm-*`). Cheap to copy.
class Agreements {
 public:
  Agreements() = default;  // none
  [[nodiscard]] static Agreements all();
  // Each pattern is an id, a beginning followed by `*`, or `*` for all. The error is a sentence about the first that is neither.
  [[nodiscard]] static tl::expected<Agreements, std::string> of(std::vector<std::string> patterns);

  [[nodiscard]] bool cover(std::string_view agreement) const;
  // Whether all that `others` covers is covered here, whatever agreements there will be.
  [[nodiscard]] bool cover_all_of(const Agreements& others) const;
  [[nodiscard]] bool is_all() const { return all_; }
  [[nodiscard]] bool empty() const { return !all_ && !lists_; }
  // As `of` takes them, sorted; `*` for all.
  [[nodiscard]] std::vector<std::string> patterns() const;
  bool operator==(const Agreements& other) const;

 private:
  struct Lists {
    std::vector<std::string> ids;         // sorted
    std::vector<std::string> beginnings;  // sorted, none a beginning of another
    bool operator==(const Lists&) const = default;
  };
  bool all_ = false;
  std::shared_ptr<const Lists> lists_;  // null: no list
};

enum class PrincipalKind : std::uint8_t {
  token,      // an API token
  oidc,       // somebody whom a configured issuer vouches for
  first_run,  // the token printed at the first start
};

[[nodiscard]] std::string_view word(PrincipalKind kind);

// Who asks. The id is stable and opaque: it goes into logs and records, and says nothing of a person.
struct Principal {
  std::string id;  // `token:…` or `oidc:…`
  PrincipalKind kind = PrincipalKind::token;
  Rights rights;
  Agreements agreements;
  bool operator==(const Principal&) const = default;
};

// The right, for that agreement.
[[nodiscard]] bool may(const Principal& principal, Right right, std::string_view agreement);
// The right for every agreement: what concerns the service as a whole.
[[nodiscard]] bool may_everywhere(const Principal& principal, Right right);
// Whether it may give these rights for these agreements to another: it administers, and nobody gives what he has not.
[[nodiscard]] bool may_grant(const Principal& principal, Rights rights,
                             const Agreements& agreements);

}  // namespace samrad::access
