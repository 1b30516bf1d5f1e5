// gzip and deflate, both ways.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "service/http/head.h"
#include "service/http/refusal.h"

struct z_stream_s;

namespace samrad::http {

// Inflates a body piece by piece, and stops before it is too large.
class Inflater {
 public:
  Inflater(Coding coding, std::size_t bytes_max);  // `coding` not identity
  ~Inflater();
  Inflater(Inflater&&) noexcept;
  Inflater& operator=(Inflater&&) noexcept;

  // Appends to `out` what the piece holds. Refused: more than `bytes_max`, what is no gzip or deflate (zlib), something behind its end.
  [[nodiscard]] tl::expected<void, Refusal> push(std::string_view piece, std::string& out);
  // After the last piece. Refused: the end is missing.
  [[nodiscard]] tl::expected<void, Refusal> finish() const;

 private:
  std::unique_ptr<z_stream_s> stream_;
  std::size_t bytes_max_ = 0;
  bool gzip_ = false;  // whose members may follow one another
  bool ended_ = false;
};

// Makes gzip of answers; kept by a thread for its memory's sake.
class Gzip {
 public:
  Gzip();
  ~Gzip();
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  // Nothing where it would not be shorter.
  [[nodiscard]] std::optional<std::string> of(std::string_view text);

 private:
  std::unique_ptr<z_stream_s> stream_;
};

// Whether gzip pays: texts of any kind, not pictures or archives.
[[nodiscard]] bool is_worth_gzip(std::string_view content_type);

}  // namespace samrad::http
