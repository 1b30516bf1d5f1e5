// From the bytes of a header to a `Head`: lines first, then the request line, then each field, and at the end what only all fields
// together tell (one host, one length).
#include "service/http/head.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include "service/http/target.h"

namespace samrad::http {

namespace {

using Done = tl::expected<void, Refusal>;

tl::unexpected<Refusal> refused(const RefusalKind& kind, std::string detail) {
  return tl::make_unexpected(Refusal{&kind, std::move(detail)});
}

// For each byte that may stand in a token the byte in lower case, for others 0.
constexpr std::array<char, 256> token_characters = [] {
  std::array<char, 256> table{};
  for (char c : std::string_view("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz"))
    table[static_cast<unsigned char>(c)] = c;
  for (char c = 'A'; c <= 'Z'; ++c)
    table[static_cast<unsigned char>(c)] = static_cast<char>(c - 'A' + 'a');
  return table;
}();

char token_character(char c) { return token_characters[static_cast<unsigned char>(c)]; }

bool is_token(std::string_view text) { return !text.empty() && token_length(text) == text.size(); }

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

// Calls `take` with each element of a list with commas.
template <class Take>
void each_element(std::string_view list, Take take) {
  while (!list.empty()) {
    const std::string_view element = list.substr(0, list.find(','));
    list.remove_prefix(std::min(element.size() + 1, list.size()));
    if (const std::string_view inner = trimmed(element); !inner.empty()) take(inner);
  }
}

// Letters, digits and marks of a name, an address or a port; nothing else, and something.
bool is_host(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("-._~%:[]").find(c) != std::string_view::npos;
  });
}

class HeadReader {
 public:
  explicit HeadReader(const Limits& limits) : limits_(limits) {}

  tl::expected<Head, Refusal> read(std::string_view bytes) {
    const std::size_t end = bytes.find("\r\n");
    Done done = request_line(bytes.substr(0, end));
    bytes.remove_prefix(end + 2);
    std::size_t fields = 0;
    while (done && bytes.size() > 2) {  // the empty line
      const std::string_view line = bytes.substr(0, bytes.find("\r\n"));
      bytes.remove_prefix(line.size() + 2);
      if (++fields > limits_.fields_max)
        return refused(refusal::header_too_large,
                       fmt::format("more than {} fields", limits_.fields_max));
      done = field(line);
    }
    if (done) done = framing();
    if (done) done = host();
    if (!done) return tl::make_unexpected(std::move(done.error()));
    return std::move(head_);
  }

 private:
  Done request_line(std::string_view line);
  Done version(std::string_view text);
  Done target(std::string_view text);
  Done field(std::string_view line);
  Done known_field(std::string_view name, std::string_view value);
  Done connection(std::string_view value);
  Done content_length(std::string_view value);
  Done transfer_encoding(std::string_view value);
  Done content_encoding(std::string_view value);
  Done framing();
  Done host();
  void accept_encoding(std::string_view value);

  const Limits& limits_;
  Head head_;
  std::string_view authority_;  // of a target in absolute form
  std::string_view host_;
  int hosts_ = 0, lengths_ = 0, transfers_ = 0;
  bool gzip_refused_ = false;
};

Done HeadReader::request_line(std::string_view line) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.find(' ', first + 1);
  if (first == std::string_view::npos || last == std::string_view::npos)
    return refused(refusal::malformed_request, "the request line is not `METHOD target HTTP/1.1`");
  if (!is_token(line.substr(0, first)))
    return refused(refusal::malformed_request, "the method is no token");
  if (Done done = version(line.substr(last + 1)); !done) return done;
  head_.request.method = line.substr(0, first);
  return target(line.substr(first + 1, last - first - 1));
}

Done HeadReader::version(std::string_view text) {
  const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
  if (text.size() != 8 || !text.starts_with("HTTP/") || !digit(5) || text[6] != '.' || !digit(7))
    return refused(refusal::malformed_request, "the request line does not end in `HTTP/1.1`");
  if (text[5] != '1' || text[7] > '1')
    return refused(refusal::unknown_version,
                   fmt::format("`{}`; this service speaks `HTTP/1.1`", text));
  head_.http_1_0 = text[7] == '0';
  head_.keep_alive = !head_.http_1_0;
  return {};
}

Done HeadReader::target(std::string_view text) {
  if (text.size() > limits_.target_bytes_max)
    return refused(refusal::target_too_long,
                   fmt::format("{} bytes, at most {}", text.size(), limits_.target_bytes_max));
  if (!is_sound_target(text))
    return refused(refusal::malformed_request,
                   "the target has a character that must be percent-encoded, or a `%` without two "
                   "hexadecimal digits");
  Request& request = head_.request;
  request.target = text;
  for (std::string_view scheme : {"http://", "https://"}) {
    if (!equals_lowered(text.substr(0, scheme.size()), scheme)) continue;
    text.remove_prefix(scheme.size());
    authority_ = text.substr(0, text.find_first_of("/?"));
    if (!is_host(authority_)) return refused(refusal::bad_host, "the target names no host");
    text.remove_prefix(authority_.size());
    if (!text.starts_with('/')) request.path = "/";
    break;
  }
  const bool whole_server = text == "*" && request.method == "OPTIONS";
  if (authority_.empty() && !text.starts_with('/') && !whole_server)
    return refused(refusal::malformed_request, "the target does not begin with `/`");
  const std::size_t mark = std::min(text.find('?'), text.size());
  request.path += text.substr(0, mark);
  if (mark < text.size()) request.query = query_of(text.substr(mark + 1));
  return {};
}

Done HeadReader::field(std::string_view line) {
  if (line.starts_with(' ') || line.starts_with('\t'))
    return refused(refusal::malformed_request, "a field is folded over two lines");
  const std::size_t colon = std::min(line.find(':'), line.size());
  if (colon == line.size() || !is_token(line.substr(0, colon)))
    return refused(refusal::malformed_request,
                   "a field is not `name: value` with a name that is a token");
  std::string name(line.substr(0, colon));
  std::transform(name.begin(), name.end(), name.begin(), token_character);
  const std::string_view value = trimmed(line.substr(colon + 1));
  if (!is_field_value(value))
    return refused(refusal::malformed_request,
                   fmt::format("a control character in the field `{}`", name));
  Done done = known_field(name, value);
  head_.request.fields.add(std::move(name), std::string(value));
  return done;
}

Done HeadReader::known_field(std::string_view name, std::string_view value) {
  if (name == "host") {
    ++hosts_;
    host_ = value;
  } else if (name == "connection") {
    return connection(value);
  } else if (name == "content-length") {
    return content_length(value);
  } else if (name == "transfer-encoding") {
    return transfer_encoding(value);
  } else if (name == "content-encoding") {
    return content_encoding(value);
  } else if (name == "accept-encoding") {
    accept_encoding(value);
  } else if (name == "expect") {
    if (!equals_lowered(value, "100-continue"))
      return refused(refusal::unknown_expectation, "only `100-continue` is known");
    head_.expects_continue = !head_.http_1_0;
  }
  return {};
}

Done HeadReader::connection(std::string_view value) {
  bool sound = true;
  each_element(value, [&](std::string_view option) {
    sound = sound && is_token(option);
    if (equals_lowered(option, "close")) head_.keep_alive = false;
  });
  if (!sound) return refused(refusal::malformed_request, "`connection` is no list of tokens");
  return {};
}

Done HeadReader::content_length(std::string_view value) {
  ++lengths_;
  const char* end = value.data() + value.size();
  const auto [at, error] = std::from_chars(value.data(), end, head_.length);
  if (at != end || error == std::errc::invalid_argument)
    return refused(refusal::ambiguous_length, "`content-length` is not one number");
  if (error == std::errc::result_out_of_range)
    return refused(refusal::body_too_large,
                   fmt::format("at most {} bytes", limits_.body_bytes_max));
  return {};
}

Done HeadReader::transfer_encoding(std::string_view value) {
  if (++transfers_ > 1) return refused(refusal::ambiguous_length, "`transfer-encoding` twice");
  if (equals_lowered(value, "chunked")) {
    head_.chunked = true;
    return {};
  }
  int chunked = 0;
  bool sound = !value.empty();
  each_element(value, [&](std::string_view coding) {
    sound = sound && is_token(coding.substr(0, coding.find(';')));
    if (equals_lowered(coding, "chunked")) ++chunked;
  });
  if (!sound || chunked > 1)
    return refused(refusal::ambiguous_length, "`transfer-encoding` is not `chunked`");
  return refused(refusal::unknown_transfer_coding, "the only transfer coding is `chunked`");
}

Done HeadReader::content_encoding(std::string_view value) {
  const bool first = head_.coding == Coding::identity;
  if (equals_lowered(value, "identity") && first) return {};
  if ((equals_lowered(value, "gzip") || equals_lowered(value, "x-gzip")) && first)
    head_.coding = Coding::gzip;
  else if (equals_lowered(value, "deflate") && first)
    head_.coding = Coding::deflate;
  else
    return refused(refusal::unknown_content_coding, "known are `gzip` and `deflate`, once");
  return {};
}

// Of `gzip;q=0.5, *;q=0`: gzip where it is listed, or `*`, with a weight that is not zero.
void HeadReader::accept_encoding(std::string_view value) {
  each_element(value, [this](std::string_view element) {
    const std::size_t semicolon = std::min(element.find(';'), element.size());
    const std::string_view coding = trimmed(element.substr(0, semicolon));
    const bool gzip = equals_lowered(coding, "gzip") || equals_lowered(coding, "x-gzip");
    if (!gzip && coding != "*") return;
    const std::string_view weight =
        trimmed(element.substr(std::min(semicolon + 1, element.size())));
    const bool none = (weight.starts_with("q=0") || weight.starts_with("Q=0")) &&
                      weight.find_first_of("123456789") == std::string_view::npos;
    if (gzip && none) gzip_refused_ = true;
    if (!none) head_.accepts_gzip = true;
  });
  if (gzip_refused_) head_.accepts_gzip = false;
}

Done HeadReader::framing() {
  if (lengths_ > 1) return refused(refusal::ambiguous_length, "`content-length` twice");
  if (lengths_ > 0 && transfers_ > 0)
    return refused(refusal::ambiguous_length, "both `content-length` and `transfer-encoding`");
  if (transfers_ > 0 && head_.http_1_0)
    return refused(refusal::ambiguous_length, "`transfer-encoding` with HTTP/1.0");
  return {};
}

Done HeadReader::host() {
  if (hosts_ > 1) return refused(refusal::bad_host, "`host` twice");
  if (hosts_ == 0 && !head_.http_1_0) return refused(refusal::bad_host, "`host` is missing");
  if (hosts_ == 1 && !is_host(host_))
    return refused(refusal::bad_host, "`host` is no name or address");
  std::string named(authority_);
  std::transform(named.begin(), named.end(), named.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  if (hosts_ == 1 && !named.empty() && !equals_lowered(host_, named))
    return refused(refusal::bad_host, "the target names another host than `host`");
  return {};
}

}  // namespace

tl::expected<std::size_t, Refusal> HeadEnd::find(std::string_view bytes, const Limits& limits) {
  constexpr std::size_t method_bytes = 32;  // what may stand before the target
  while (seen_ < bytes.size()) {
    const void* found = std::memchr(bytes.data() + seen_, '\n', bytes.size() - seen_);
    const std::size_t at =
        found ? static_cast<std::size_t>(static_cast<const char*>(found) - bytes.data())
              : bytes.size();
    if (std::min(at, bytes.size()) >= limits.header_bytes_max) break;
    if (!found) {
      seen_ = bytes.size();
      break;
    }
    if (at == line_ || bytes[at - 1] != '\r')
      return refused(refusal::malformed_request, "a line does not end in CR LF");
    if (at == line_ + 1) return at + 1;
    seen_ = line_ = at + 1;
  }
  if (line_ == 0 && bytes.size() > limits.target_bytes_max + method_bytes)
    return refused(refusal::target_too_long,
                   fmt::format("at most {} bytes", limits.target_bytes_max));
  if (bytes.size() >= limits.header_bytes_max)
    return refused(refusal::header_too_large,
                   fmt::format("at most {} bytes", limits.header_bytes_max));
  return 0;
}

tl::expected<Head, Refusal> read_head(std::string_view bytes, const Limits& limits) {
  return HeadReader(limits).read(bytes);
}

bool equals_lowered(std::string_view text, std::string_view lowered) {
  return std::equal(text.begin(), text.end(), lowered.begin(), lowered.end(), [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
  });
}

std::size_t token_length(std::string_view text) {
  const auto end =
      std::find_if(text.begin(), text.end(), [](char c) { return token_character(c) == 0; });
  return static_cast<std::size_t>(end - text.begin());
}

bool is_field_value(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= 0x20 && byte != 0x7F) || c == '\t';
  });
}

bool is_field(std::string_view line) {
  const std::size_t name = token_length(line);
  return name > 0 && name < line.size() && line[name] == ':' && is_field_value(line.substr(name));
}

}  // namespace samrad::http
