// Program to canonical bytes: a magic word and a format version, then every member in the order of layout.h. Whole
// numbers are little-endian in their own width, enums and truth values one byte, texts and tables a 32-bit length and
// what they hold. Nothing is optional, so that one Program has one writing.

#include "rules/program/layout.h"
#include "rules/program/sha256.h"

namespace samrad::program {

namespace {

class Writer {
 public:
  template <class T>
  void operator()(const T& value) {
    if constexpr (std::is_same_v<T, bool>)
      bytes_.push_back(value ? 1 : 0);
    else if constexpr (std::is_enum_v<T>)
      whole(static_cast<std::underlying_type_t<T>>(value));
    else if constexpr (std::is_integral_v<T>)
      whole(value);
    else
      layout(*this, value);
  }
  void operator()(const std::string& text) {
    whole(static_cast<std::uint32_t>(text.size()));
    bytes_.insert(bytes_.end(), text.begin(), text.end());
  }
  template <class T>
  void operator()(const std::vector<T>& rows) {
    whole(static_cast<std::uint32_t>(rows.size()));
    for (const T& row : rows)
      (*this)(row);
  }
  template <std::size_t N>
  void operator()(const std::array<std::uint8_t, N>& bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  }

  std::vector<std::uint8_t> take() { return std::move(bytes_); }

 private:
  template <class T>
  void whole(T value) {
    auto bits = static_cast<std::make_unsigned_t<T>>(value);
    for (std::size_t i = 0; i < sizeof(T); ++i)
      bytes_.push_back(static_cast<std::uint8_t>(std::uint64_t{bits} >> (8 * i) & 0xff));
  }

  std::vector<std::uint8_t> bytes_;
};

}  // namespace

std::vector<std::uint8_t> encode(const Program& program) {
  Writer writer;
  writer(format_magic);
  writer(format_version);
  writer(program);
  return writer.take();
}

std::array<std::uint8_t, 32> hash(const Program& program) { return sha256(encode(program)); }

}  // namespace samrad::program
