// Texts that are numbers in disguise: dates, times and integers whose text follows from the number. Everything here is exact: what
// is read can be written again byte for byte, or is not read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace samrad::pack {

// 2017-05-10 as days since 1970.
[[nodiscard]] bool read_date(std::string_view text, std::int64_t& day);
void write_date(std::int64_t day, std::string& out);

// 2017-05-10T13:00:00 and `behind`, whatever it is, as seconds since 1970 by the text's own clock.
[[nodiscard]] bool read_clock(std::string_view text, std::int64_t& second,
                              std::string_view& behind);
void write_clock(std::int64_t second, std::string& out);  // without what stands behind

// 0, 17, -5.
[[nodiscard]] bool read_integer(std::string_view text, std::int64_t& number);
void write_integer(std::int64_t number, std::string& out);

// The numbers that have a text.
inline constexpr std::int64_t first_day = -719162;
inline constexpr std::int64_t last_day = 2932896;
inline constexpr std::int64_t first_second = first_day * 86400;
inline constexpr std::int64_t last_second = last_day * 86400 + 86399;
inline constexpr std::int64_t integer_max = 99'999'999'999'999'999;  // shape_digits_max nines

}  // namespace samrad::pack
