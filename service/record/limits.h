// What the events handed in may be at most. A text beyond a limit ends in a fault that names it.
#pragma once

#include <cstddef>

namespace samrad::record {

inline constexpr std::size_t event_bytes_max = 1024 * 1024;  // bytes of one event, or one line
inline constexpr std::size_t json_depth_max = 32;            // objects and lists within each other
inline constexpr std::size_t name_bytes_max = 1024;  // bytes of an id, source, type or subject
inline constexpr std::size_t number_digits_max =
    18;  // digits of a number, zeros at its ends not counted
inline constexpr std::size_t csv_row_bytes_max = 1024 * 1024;  // bytes of one row of a table
inline constexpr std::size_t faults_max = 1000;  // faults kept of one reading

}  // namespace samrad::record
