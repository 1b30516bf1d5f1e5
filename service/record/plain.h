// What a slot of a shape may hold, character by character: the plain values of JSON. For shape.h, and for whoever must know that a
// value would have fitted.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace samrad::record::plain {

// The end of the valid UTF-8 sequence that begins at `at` with a byte >= 0x80, or null. Reads at most three bytes more.
[[nodiscard]] inline const char* after_sequence(const char* at) {
  const auto byte = [at](int i) { return static_cast<unsigned char>(at[i]); };
  const auto follows = [&](int i, unsigned low = 0x80, unsigned high = 0xBF) {
    return byte(i) >= low && byte(i) <= high;
  };
  const unsigned first = byte(0);
  if (first < 0xC2 || first > 0xF4) return nullptr;
  if (first < 0xE0) return follows(1) ? at + 2 : nullptr;
  if (first < 0xF0) {
    const unsigned low = first == 0xE0 ? 0xA0 : 0x80;   // no longer than need be
    const unsigned high = first == 0xED ? 0x9F : 0xBF;  // no surrogates
    return follows(1, low, high) && follows(2) ? at + 3 : nullptr;
  }
  const unsigned low = first == 0xF0 ? 0x90 : 0x80;
  const unsigned high = first == 0xF4 ? 0x8F : 0xBF;
  return follows(1, low, high) && follows(2) && follows(3) ? at + 4 : nullptr;
}

[[nodiscard]] constexpr bool is_ascii_of_text(char c) {
  return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}
[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The first byte from `at` on that is no plain ASCII of a text, or something not before `end` where there is none. Looks at 16 bytes at a
// time, so that up to 15 behind `end` are read.
[[nodiscard]] inline const char* first_other(const char* at, const char* end) {
#ifdef __SSE2__
  for (; at < end; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    // As signed bytes those below a blank and those from 0x80 on are less than 0x20.
    const __m128i low = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20));
    const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
    const __m128i slash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
    const __m128i last = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7F));
    const __m128i any = _mm_or_si128(_mm_or_si128(low, quote), _mm_or_si128(slash, last));
    const auto found = static_cast<unsigned>(_mm_movemask_epi8(any));
    if (found != 0) return at + std::countr_zero(found);
  }
#else
  while (at < end && is_ascii_of_text(*at))
    ++at;
#endif
  return at;
}

// text_end where the text is more than plain ASCII; `at` is the first byte that is not.
[[nodiscard, gnu::noinline]] inline const char* text_end_beyond(const char* at, const char* end) {
  while (at < end && *at != '"') {
    if (static_cast<unsigned char>(*at) < 0x80) return nullptr;
    at = after_sequence(at);
    if (at == nullptr || at > end) return nullptr;
    at = first_other(at, end);
  }
  return at < end ? at : nullptr;
}

// The closing quote of the text that begins at `at`, or null where something else than plain text comes first.
[[nodiscard]] inline const char* text_end(const char* at, const char* end) {
  const char* const other = first_other(at, end);
  return other < end && *other == '"' ? other : text_end_beyond(other, end);
}

[[nodiscard]] inline bool is_ascii(std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
  if (text.size() >= 16) at = first_other(at, end - 15);
  while (at < end && is_ascii_of_text(*at))
    ++at;
  return at >= end;
}

// Whether all of `text` could stand between quotes.
[[nodiscard]] inline bool is_text(std::string_view text) {
  const std::string quoted = std::string(text) + std::string(17, '"');
  return text_end(quoted.data(), quoted.data() + text.size() + 1) == quoted.data() + text.size();
}

// The end of the plain number that begins at `at`, or null. Stops at the first byte that does not belong to it.
[[nodiscard]] inline const char* number_end(const char* at, const char* end,
                                            std::size_t digits_max) {
  if (at < end && *at == '-') ++at;
  const char* const begin = at;
  while (at < end && is_digit(*at))
    ++at;
  auto digits = static_cast<std::size_t>(at - begin);
  if (digits == 0 || digits > digits_max || (*begin == '0' && digits > 1)) return nullptr;
  if (at == end || *at != '.') return at;
  const char* const decimals = ++at;
  while (at < end && is_digit(*at))
    ++at;
  digits += static_cast<std::size_t>(at - decimals);
  return at == decimals || digits > digits_max ? nullptr : at;
}

// The end of `true` or `false` at `at`, or null.
[[nodiscard]] inline const char* yes_no_end(const char* at, const char* end) {
  const std::string_view rest(at, static_cast<std::size_t>(end - at));
  if (rest.starts_with("true")) return at + 4;
  return rest.starts_with("false") ? at + 5 : nullptr;
}

}  // namespace samrad::record::plain
