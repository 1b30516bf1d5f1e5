// The description of a state that the encoding follows, with symbols as they are instead of texts.
#include "engine/packed.h"

#include "engine/state_layout.h"

namespace samrad::engine {
namespace {

struct Packer {
  std::vector<std::uint8_t> bytes;

  void varint(std::uint64_t n) {
    while (n >= 0x80) {
      bytes.push_back(static_cast<std::uint8_t>(n | 0x80U));
      n >>= 7U;
    }
    bytes.push_back(static_cast<std::uint8_t>(n));
  }

  template <class T>
  void number(const T& value) {
    const auto n = static_cast<std::int64_t>(value);
    varint(static_cast<std::uint64_t>(n) << 1U ^ static_cast<std::uint64_t>(n >> 63));
  }

  void name(Symbol symbol) { varint(symbol); }

  template <class T, class F>
  void list(std::vector<T>& all, F f) {
    varint(all.size());
    for (T& x : all) f(x);
  }
};

struct Unpacker {
  const std::uint8_t* at;

  std::uint64_t varint() {
    std::uint64_t n = 0;
    for (unsigned shift = 0;; shift += 7) {
      const std::uint8_t byte = *at++;
      n |= std::uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) return n;
    }
  }

  template <class T>
  void number(T& value) {
    const std::uint64_t z = varint();
    value = static_cast<T>(static_cast<std::int64_t>(z >> 1U ^ (~(z & 1U) + 1U)));
  }

  void name(Symbol& symbol) { symbol = static_cast<Symbol>(varint()); }

  template <class T, class F>
  void list(std::vector<T>& all, F f) {
    all.resize(static_cast<std::size_t>(varint()));
    for (T& x : all) f(x);
  }
};

}  // namespace

// The layout is written for reading too; this archive changes nothing.
std::vector<std::uint8_t> pack(const State& state) {
  Packer packer;
  packer.bytes.reserve(1024);
  layout(packer, const_cast<State&>(state));
  packer.bytes.shrink_to_fit();
  return std::move(packer.bytes);
}

State unpack(std::span<const std::uint8_t> bytes) {
  State state;
  Unpacker unpacker{bytes.data()};
  layout(unpacker, state);
  return state;
}

}  // namespace samrad::engine
