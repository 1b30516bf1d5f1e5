#include "service/api/router.h"

#include <algorithm>

namespace samrad::api {

namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

template <class Take>
bool each_piece(std::string_view path, Take take) {
  if (!path.starts_with('/')) return false;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find('/'), path.size());
    if (!take(path.substr(0, end))) return false;
    path.remove_prefix(end);
  }
  return true;
}

}  // namespace

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

Router::Router(const Routes& routes) {
  for (const Route& route : routes) {
    Pattern pattern{&route, {}, false};
    each_piece(route.path, [&](std::string_view piece) {
      const std::size_t close = piece.find('}');
      if (!piece.starts_with('{')) {
        pattern.pieces.push_back({Piece::Kind::literal, piece});
      } else if (piece.substr(0, close).ends_with("...")) {
        pattern.pieces.push_back({Piece::Kind::rest, {}});
        pattern.rest = true;
      } else {
        pattern.pieces.push_back({Piece::Kind::part, piece.substr(close + 1)});
      }
      return true;
    });
    patterns_.push_back(std::move(pattern));
  }
}

bool Router::fits(const Pattern& pattern, const std::vector<std::string>& path,
                  std::vector<std::string>& parts) {
  const std::size_t need = pattern.pieces.size();
  if (pattern.rest ? path.size() < need : path.size() != need) return false;
  parts.clear();
  std::size_t at = 0;
  for (const Piece& piece : pattern.pieces) {
    const std::string& own = path[at++];
    if (piece.kind == Piece::Kind::literal) {
      if (own != piece.text) return false;
    } else if (piece.kind == Piece::Kind::part) {
      if (own.size() <= piece.text.size() || !own.ends_with(piece.text)) return false;
      parts.push_back(own.substr(0, own.size() - piece.text.size()));
    } else {
      std::string rest = own;
      for (std::size_t more = path.size() - need; more > 0; --more)
        rest += '/' + path[at++];
      parts.push_back(std::move(rest));
    }
  }
  return true;
}

Router::Found Router::find(std::string_view method, std::string_view path) const {
  Found found;
  std::vector<std::string> pieces;
  const bool whole = each_piece(path, [&](std::string_view piece) {
    auto decoded = percent_decoded(piece);
    if (!decoded || decoded->empty()) return false;
    pieces.push_back(std::move(*decoded));
    return true;
  });
  if (!whole) return found;
  const std::string_view wanted = method == "HEAD" ? "GET" : method;
  std::vector<std::string> parts;
  std::vector<std::string_view> methods;
  for (const Pattern& pattern : patterns_) {
    if (!fits(pattern, pieces, parts)) continue;
    methods.push_back(pattern.route->method);
    if (pattern.route->method != wanted) continue;
    found.route = pattern.route;
    found.parts = std::move(parts);
    return found;
  }
  if (methods.empty()) return found;
  if (std::find(methods.begin(), methods.end(), "GET") != methods.end()) methods.push_back("HEAD");
  methods.push_back("OPTIONS");
  std::sort(methods.begin(), methods.end());
  methods.erase(std::unique(methods.begin(), methods.end()), methods.end());
  for (const std::string_view one : methods)
    found.allow += (found.allow.empty() ? "" : ", ") + std::string(one);
  return found;
}

}  // namespace samrad::api
