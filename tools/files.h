// Files as whole texts: read, and written so that a reader sees the old or the new one and never a
// half.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace samrad::tools {

// The bytes of the file, or of standard input when the name is `-`; at most `bytes_max` + 1 of
// them, so that a caller with a limit sees that it was passed. The error is a sentence with the
// name in it.
[[nodiscard]] tl::expected<std::string, std::string>
read_file(const std::string& name, std::size_t bytes_max = static_cast<std::size_t>(-2));

// Puts `text` in place of the file's contents: written beside it, flushed to disk, then renamed
// over it. Keeps the mode; follows a symbolic link to the file behind it. Empty on success, else a
// sentence; the old contents are then untouched.
[[nodiscard]] std::string replace_file(const std::string& name, std::string_view text);

// `a/b.samrad` as seen from the file `from`: beside it unless absolute, with `.` and `..` resolved
// as far as the text allows.
[[nodiscard]] std::string beside(const std::string& from, std::string_view path);

}  // namespace samrad::tools
