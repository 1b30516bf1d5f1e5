// The tree of shapes, and the way of a line through it. Entry point: ShapeReader::read.
//
// A node stands where a literal begins; each edge is a literal and the kind of slot behind it. Which edge to try first is looked up by a few
// bytes of the line at a place where the literals differ; when that one does not fit, all are tried, the longest first.

#include "service/record/shape.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "service/record/limits.h"
#include "service/record/plain.h"

namespace samrad::record {

namespace {

constexpr std::size_t chunk = 16;
constexpr std::size_t look_ahead_max =
    48;  // where the bytes that tell edges apart may begin; with 8 of them within the padding
constexpr std::size_t guesses = 64;
constexpr std::size_t edges_max = 250;  // of a node

std::uint64_t word_at(const char* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return word;
}

std::size_t guess_of(std::uint64_t word) { return (word * 0x9E3779B97F4A7C15ULL) >> 58U; }

// A literal in whole chunks, so that a comparison has no remainder: what lies behind its end is masked out. The last has 0 to 16 bytes.
class Literal {
 public:
  explicit Literal(std::string_view text)
      : size_(text.size()),
        whole_(text.empty() ? 0 : (text.size() - 1) / chunk * chunk),
        needed_((1U << (text.size() - whole_)) - 1U),
        bytes_(whole_ + chunk, '\0') {
    std::memcpy(bytes_.data(), text.data(), text.size());
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::string_view text() const { return std::string_view(bytes_).substr(0, size_); }

  // Whether the line goes on with it; reads up to 15 bytes more than it has.
  [[nodiscard]] bool stands_at(const char* at) const {
#ifdef __SSE2__
    const char* mine = bytes_.data();
    for (const char* const last = mine + whole_; mine != last; at += chunk, mine += chunk)
      if (equal(at, mine) != 0xFFFFU) return false;
    return (equal(at, mine) & needed_) == needed_;
#else
    return std::memcmp(at, bytes_.data(), size_) == 0;
#endif
  }

 private:
#ifdef __SSE2__
  static unsigned equal(const char* a, const char* b) {
    return static_cast<unsigned>(
        _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(a)),
                                         _mm_loadu_si128(reinterpret_cast<const __m128i*>(b)))));
  }
#endif
  std::size_t size_;
  std::size_t whole_;  // bytes of the chunks before the last
  unsigned needed_;    // bits of the last
  std::string bytes_;
};

constexpr std::uint8_t line_end = 3;  // in place of a SlotKind: the line ends behind the literal

// Whether what stands there can be such a slot, as far as one byte tells.
bool begins(std::uint8_t kind, const char* at, const char* end) {
  if (kind == static_cast<std::uint8_t>(SlotKind::text)) return true;
  if (at == end) return kind == line_end;
  if (kind == line_end) return *at == '\n' || *at == '\r';
  return kind == static_cast<std::uint8_t>(SlotKind::number) ? *at == '-' || plain::is_digit(*at)
                                                             : *at == 't' || *at == 'f';
}

}  // namespace

struct ShapeReader::Edge {
  Literal literal;
  std::uint8_t then = line_end;
  std::uint32_t to = 0;  // the next node, or where the line ends the shape
};

struct ShapeReader::Node {
  std::vector<Edge> edges;  // longest first
  std::size_t look_at = 0;
  std::uint64_t mask = 0;
  std::array<std::uint8_t, guesses> first{};  // by guess_of

  void choose_look();
};

// The place and number of bytes that tell most edges apart. All lie within every literal, since behind it comes what nobody knows.
void ShapeReader::Node::choose_look() {
  std::size_t shortest = look_ahead_max + sizeof(std::uint64_t);
  for (const Edge& edge : edges)
    shortest = std::min(shortest, edge.literal.size());
  std::size_t best = 0;
  look_at = 0;
  mask = 0;
  std::vector<std::uint64_t> words;
  const auto look = [&](std::size_t at, std::uint64_t with) {
    words.clear();
    for (const Edge& edge : edges) {
      char bytes[sizeof(std::uint64_t)] = {};
      const std::string_view rest = edge.literal.text().substr(at, sizeof bytes);
      std::memcpy(bytes, rest.data(), rest.size());
      words.push_back(guess_of(word_at(bytes) & with));
    }
    std::sort(words.begin(), words.end());
    const auto distinct =
        static_cast<std::size_t>(std::unique(words.begin(), words.end()) - words.begin());
    if (distinct > best) best = distinct, look_at = at, mask = with;
  };
  for (std::size_t at = 0; edges.size() > 1 && at < shortest && at <= look_ahead_max; ++at) {
    const std::size_t bytes = std::min(shortest - at, sizeof(std::uint64_t));
    look(at, ~std::uint64_t{0} >> (64 - 8 * bytes));
  }
  first.fill(0);
  for (std::size_t i = edges.size(); i-- > 0;) {
    char bytes[sizeof(std::uint64_t)] = {};
    const std::string_view rest =
        edges[i].literal.text().substr(std::min(look_at, edges[i].literal.size()), sizeof bytes);
    std::memcpy(bytes, rest.data(), rest.size());
    first[guess_of(word_at(bytes) & mask)] = static_cast<std::uint8_t>(i);
  }
}

void Shape::write(std::span<const std::string_view> values, std::string& out) const {
  out += literals[0];
  for (std::size_t i = 0; i < slots.size(); ++i)
    (out += values[i]) += literals[i + 1];
}

ShapeReader::ShapeReader() : nodes_(1) {}
ShapeReader::ShapeReader(ShapeReader&&) noexcept = default;
ShapeReader& ShapeReader::operator=(ShapeReader&&) noexcept = default;
ShapeReader::~ShapeReader() = default;

std::uint32_t ShapeReader::learn(std::string_view line) {
  Shape shape;
  return shape_of(line, shape) ? learn(shape) : no_shape;
}

std::uint32_t ShapeReader::learn(const Shape& shape) {
  const auto known = std::find(shapes_.begin(), shapes_.end(), shape);
  if (known != shapes_.end()) return static_cast<std::uint32_t>(known - shapes_.begin());
  const auto number = static_cast<std::uint32_t>(shapes_.size());
  if (shapes_.size() == shapes_max || !add(shape, number)) return no_shape;
  shapes_.push_back(shape);
  return number;
}

bool ShapeReader::add(const Shape& shape, std::uint32_t number) {
  std::uint32_t node = 0;
  for (std::size_t i = 0; i < shape.literals.size(); ++i) {
    const bool last = i == shape.slots.size();
    const std::uint8_t then = last ? line_end : static_cast<std::uint8_t>(shape.slots[i]);
    const std::string& literal = shape.literals[i];
    std::vector<Edge>& edges = nodes_[node].edges;
    const auto same = std::find_if(edges.begin(), edges.end(), [&](const Edge& edge) {
      return edge.then == then && edge.literal.text() == literal;
    });
    if (same != edges.end()) {
      node = same->to;
      continue;
    }
    if (edges.size() == edges_max) return false;
    const auto to = last ? number : static_cast<std::uint32_t>(nodes_.size());
    const auto place = std::find_if(edges.begin(), edges.end(), [&](const Edge& edge) {
      return edge.literal.size() < literal.size();
    });
    edges.insert(place, Edge{Literal(literal), then, to});
    nodes_[node].choose_look();
    if (last) break;
    nodes_.emplace_back();
    node = to;
  }
  return true;
}

bool ShapeReader::read(const char*& at, const char* end) {
  const char* p = at;
  const Node* node = nodes_.data();
  std::string_view* value = values_.data();
  for (;;) {
    if (node->edges.empty()) return false;  // nothing learnt yet
    const auto stands = [&](const Edge& one) {
      return one.literal.size() <= static_cast<std::size_t>(end - p) && one.literal.stands_at(p);
    };
    // With one edge nothing hangs on the bytes of the line, so that the processor can go ahead.
    const Edge* edge = node->edges.data();
    if (node->edges.size() > 1)
      edge += node->first[guess_of(word_at(p + node->look_at) & node->mask)];
    if (!stands(*edge) ||
        (node->edges.size() > 1 && !begins(edge->then, p + edge->literal.size(), end))) {
      const auto fitting =
          std::find_if(node->edges.begin(), node->edges.end(), [&](const Edge& one) {
            return stands(one) && begins(one.then, p + one.literal.size(), end);
          });
      if (fitting == node->edges.end()) return false;
      edge = &*fitting;
    }
    p += edge->literal.size();
    const char* const begin = p;
    switch (edge->then) {
    case static_cast<std::uint8_t>(SlotKind::text): p = plain::text_end(p, end); break;
    case static_cast<std::uint8_t>(SlotKind::number):
      p = plain::number_end(p, end, shape_digits_max);
      break;
    case static_cast<std::uint8_t>(SlotKind::yes_no): p = plain::yes_no_end(p, end); break;
    default:
      if (p != end && *p == '\r') ++p;
      if (p != end && *p++ != '\n') return false;
      if (static_cast<std::size_t>(p - at) > event_bytes_max) return false;
      number_ = edge->to;
      count_ = static_cast<std::uint32_t>(value - values_.data());
      at = p;
      return true;
    }
    if (p == nullptr) return false;
    *value++ = {begin, static_cast<std::size_t>(p - begin)};
    node = &nodes_[edge->to];
  }
}

}  // namespace samrad::record
