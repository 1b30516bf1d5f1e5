// Canonical bytes to Program. A Reader goes through layout.h as the Writer of encode.cpp does; after the first fault it
// reads nothing more. What the bytes alone cannot tell is left to verify().

#include "rules/program/decode.h"

#include "rules/program/layout.h"

namespace samrad::program {

namespace {

class Reader {
 public:
  explicit Reader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  template <class T>
  void operator()(T& value) {
    if constexpr (std::is_same_v<T, bool>)
      value = below(2) != 0;
    else if constexpr (std::is_enum_v<T>)
      value = static_cast<T>(below(static_cast<std::uint8_t>(last_of(T{})) + 1U));
    else if constexpr (std::is_integral_v<T>)
      value = whole<T>();
    else
      layout(*this, value);
  }
  void operator()(std::string& text) {
    const std::size_t size = length();
    text.assign(bytes_.begin() + static_cast<std::ptrdiff_t>(at_),
                bytes_.begin() + static_cast<std::ptrdiff_t>(at_ + size));
    at_ += size;
  }
  template <class T>
  void operator()(std::vector<T>& rows) {
    // Grown row by row: a length that lies costs no more memory than the bytes that stand behind it.
    const std::size_t size = length();
    for (std::size_t i = 0; i < size && fault_.empty(); ++i)
      (*this)(rows.emplace_back());
  }
  template <std::size_t N>
  void operator()(std::array<std::uint8_t, N>& bytes) {
    for (std::uint8_t& byte : bytes)
      byte = whole<std::uint8_t>();
  }

  void fail(std::string fault) {
    if (fault_.empty()) fault_ = std::move(fault) + " at byte " + std::to_string(at_);
    at_ = bytes_.size();
  }
  [[nodiscard]] std::size_t left() const { return bytes_.size() - at_; }
  [[nodiscard]] const std::string& fault() const { return fault_; }

 private:
  template <class T>
  T whole() {
    if (left() < sizeof(T)) {
      fail("the bytes end too early");
      return T{};
    }
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i)
      bits |= std::uint64_t{bytes_[at_ + i]} << (8 * i);
    at_ += sizeof(T);
    return static_cast<T>(bits);
  }
  std::uint8_t below(unsigned limit) {
    const auto value = whole<std::uint8_t>();
    if (value < limit) return value;
    fail(std::to_string(value) + " where less than " + std::to_string(limit) + " may stand");
    return 0;
  }
  std::size_t length() {
    const auto size = whole<std::uint32_t>();
    if (size <= left()) return size;
    fail("a length of " + std::to_string(size) + " reaches beyond the end");
    return 0;
  }

  std::span<const std::uint8_t> bytes_;
  std::size_t at_ = 0;
  std::string fault_;
};

}  // namespace

Decoded decode(std::span<const std::uint8_t> bytes) {
  Reader reader(bytes);
  std::array<std::uint8_t, format_magic.size()> magic{};
  std::uint16_t version = 0;
  reader(magic);
  reader(version);
  if (magic != format_magic) return {std::nullopt, "not a compiled agreement"};
  if (version != format_version)
    return {std::nullopt, "format version " + std::to_string(version) + "; this program reads " +
                              std::to_string(format_version)};
  Program program;
  program.symbols.clear();
  reader(program);
  if (!reader.fault().empty()) return {std::nullopt, reader.fault()};
  if (reader.left() > 0)
    return {std::nullopt, std::to_string(reader.left()) + " bytes too many at the end"};
  std::string fault = verify(program);
  if (!fault.empty()) return {std::nullopt, std::move(fault)};
  return {std::move(program), {}};
}

}  // namespace samrad::program
