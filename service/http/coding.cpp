#include "service/http/coding.h"

#include <fmt/format.h>
#include <zlib.h>

#include <array>
#include <cassert>

namespace samrad::http {

namespace {

constexpr int window_bits = 15;
constexpr int gzip_wrapping = 16;  // added to the window bits

Bytef* bytes_of(
    const char* text) {  // zlib reads its input without changing it, yet takes it without const
  return reinterpret_cast<Bytef*>(const_cast<char*>(text));
}

tl::unexpected<Refusal> malformed(const char* detail) {
  return tl::make_unexpected(Refusal{&refusal::malformed_body, detail});
}

}  // namespace

Inflater::Inflater(Coding coding, std::size_t bytes_max)
    : stream_(new z_stream_s{}), bytes_max_(bytes_max), gzip_(coding == Coding::gzip) {
  assert(coding != Coding::identity);
  [[maybe_unused]] const int made =
      inflateInit2(stream_.get(), window_bits + (gzip_ ? gzip_wrapping : 0));
  assert(made == Z_OK);
}

Inflater::~Inflater() {
  if (stream_) inflateEnd(stream_.get());
}

Inflater::Inflater(Inflater&&) noexcept = default;

Inflater& Inflater::operator=(Inflater&& other) noexcept {
  std::swap(stream_, other.stream_);
  bytes_max_ = other.bytes_max_;
  gzip_ = other.gzip_;
  ended_ = other.ended_;
  return *this;
}

tl::expected<void, Refusal> Inflater::push(std::string_view piece, std::string& out) {
  std::array<char, 32 * 1024> room;
  stream_->next_in = bytes_of(piece.data());
  stream_->avail_in = static_cast<uInt>(piece.size());
  bool more = !piece.empty();
  while (more) {
    if (ended_) {
      if (!gzip_) return malformed("something follows the end of the deflate stream");
      inflateReset(stream_.get());
      ended_ = false;
    }
    stream_->next_out = bytes_of(room.data());
    stream_->avail_out = static_cast<uInt>(room.size());
    const int status = inflate(stream_.get(), Z_NO_FLUSH);
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR)
      return malformed(gzip_ ? "the body is not gzip"
                             : "the body is not deflate as zlib writes it");
    const std::size_t made = room.size() - stream_->avail_out;
    if (made > bytes_max_ - out.size())
      return tl::make_unexpected(
          Refusal{&refusal::body_too_large, fmt::format("inflated, at most {} bytes", bytes_max_)});
    out.append(room.data(), made);
    ended_ = status == Z_STREAM_END;
    more = stream_->avail_in > 0 || (!ended_ && stream_->avail_out == 0);
  }
  return {};
}

tl::expected<void, Refusal> Inflater::finish() const {
  if (!ended_) return malformed("the compressed body ends too early");
  return {};
}

Gzip::Gzip() : stream_(new z_stream_s{}) {
  constexpr int level = 4, memory = 8;  // most of the gain for a third of the time of the default
  [[maybe_unused]] const int made = deflateInit2(
      stream_.get(), level, Z_DEFLATED, window_bits + gzip_wrapping, memory, Z_DEFAULT_STRATEGY);
  assert(made == Z_OK);
}

Gzip::~Gzip() { deflateEnd(stream_.get()); }

std::optional<std::string> Gzip::of(std::string_view text) {
  std::string out(text.size(), '\0');
  deflateReset(stream_.get());
  stream_->next_in = bytes_of(text.data());
  stream_->avail_in = static_cast<uInt>(text.size());
  stream_->next_out = bytes_of(out.data());
  stream_->avail_out = static_cast<uInt>(out.size());
  if (deflate(stream_.get(), Z_FINISH) != Z_STREAM_END) return std::nullopt;
  out.resize(out.size() - stream_->avail_out);
  return out;
}

bool is_worth_gzip(std::string_view content_type) {
  const std::string_view type = content_type.substr(0, content_type.find(';'));
  for (std::string_view ending : {"json", "xml", "javascript", "yaml"})
    if (type.ends_with(ending)) return true;
  return type.starts_with("text/") && type != "text/event-stream";
}

}  // namespace samrad::http
