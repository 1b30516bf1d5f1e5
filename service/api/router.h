// From method and path to the row that answers.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/api/route.h"

namespace samrad::api {

// `%C3%A5` as `å`; nothing where a `%` is not followed by two hexadecimal digits.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text);

class Router {
 public:
  explicit Router(const Routes& routes);  // which must outlive it

  struct Found {
    const Route* route = nullptr;    // null: none has this path, or none of this method
    std::vector<std::string> parts;  // decoded
    std::string allow;               // methods of this path; empty: nothing is there
  };
  // HEAD finds what GET does. A path whose percent-encoding is broken is nowhere.
  [[nodiscard]] Found find(std::string_view method, std::string_view path) const;

 private:
  struct Piece {
    enum class Kind : std::uint8_t { literal, part, rest } kind = Kind::literal;
    std::string_view
        text;  // of a literal; of a part: what follows it within its piece of the path (`.ics`)
  };
  struct Pattern {
    const Route* route = nullptr;
    std::vector<Piece> pieces;
    bool rest = false;
  };
  [[nodiscard]] static bool fits(const Pattern& pattern, const std::vector<std::string>& path,
                                 std::vector<std::string>& parts);

  std::vector<Pattern> patterns_;  // in the order of the routes: the first that fits is taken
};

}  // namespace samrad::api
