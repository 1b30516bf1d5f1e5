#include "tests/service/http/client.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace samrad::http {

namespace {

constexpr int patience_seconds = 10;

z_stream over(std::string_view in, std::string& out) {
  z_stream stream{};
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  return stream;
}

}  // namespace

std::optional<std::string> Answer::field(std::string_view name) const {
  const std::size_t at = head.find(fmt::format("\r\n{}: ", name));
  if (at == std::string::npos) return std::nullopt;
  const std::size_t begin = at + 4 + name.size();
  return head.substr(begin, head.find("\r\n", begin) - begin);
}

Client::Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const timeval patience{patience_seconds, 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (socket_ < 0 ||
      connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    throw std::runtime_error("cannot connect");
}

Client::~Client() {
  if (socket_ >= 0) ::close(socket_);
}

Client::Client(Client&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), in_(std::move(other.in_)) {}

bool Client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void Client::end_sending() { shutdown(socket_, SHUT_WR); }

bool Client::fill() {
  std::array<char, 64 * 1024> room;
  const ssize_t got = recv(socket_, room.data(), room.size(), 0);
  if (got > 0) in_.append(room.data(), static_cast<std::size_t>(got));
  return got > 0;
}

std::string Client::take(std::size_t count) {
  while (in_.size() < count && fill()) {
  }
  std::string taken = in_.substr(0, count);
  in_.erase(0, taken.size());
  return taken;
}

std::string Client::until(std::string_view text) {
  std::size_t at = 0;
  while ((at = in_.find(text)) == std::string::npos && fill()) {
  }
  return take(at == std::string::npos ? in_.size() : at + text.size());
}

bool Client::closed() { return in_.empty() && !fill() && in_.empty(); }

Answer Client::answer(bool to_head) {
  Answer answer;
  answer.head = until("\r\n\r\n");
  if (!answer.head.starts_with("HTTP/1.1 ") || !answer.head.ends_with("\r\n\r\n")) return {};
  answer.status = std::stoi(answer.head.substr(9));
  if (to_head || answer.status == 204 || answer.status == 304 || answer.status < 200) return answer;
  if (const auto length = answer.field("content-length")) {
    answer.body = take(std::stoul(*length));
  } else if (answer.field("transfer-encoding") == "chunked") {
    for (;;) {
      const std::string size = until("\r\n");
      if (size.empty() || size == "0\r\n") break;
      answer.body += take(std::stoul(size, nullptr, 16));
      until("\r\n");
    }
    until("\r\n");
  } else {
    while (fill()) {
    }
    answer.body = std::exchange(in_, {});
  }
  return answer;
}

Answer ask(std::uint16_t port, std::string_view request) {
  Client client(port);
  client.send(request);
  return client.answer();
}

std::string get(std::string_view target, std::string_view fields) {
  return fmt::format("GET {} HTTP/1.1\r\nHost: a\r\n{}\r\n", target, fields);
}

std::string post(std::string_view body, std::string_view fields) {
  return fmt::format("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {}\r\n{}\r\n{}", body.size(),
                     fields, body);
}

std::string gzipped(std::string_view text, int wrapping) {
  std::string out(text.size() + 1024, '\0');
  z_stream stream = over(text, out);
  deflateInit2(&stream, 9, Z_DEFLATED, 15 + wrapping, 8, Z_DEFAULT_STRATEGY);
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string gunzipped(std::string_view bytes) {
  std::string out(1024 * bytes.size() + 1024, '\0');
  z_stream stream = over(bytes, out);
  inflateInit2(&stream, 15 + 16);
  const int status = inflate(&stream, Z_FINISH);
  out.resize(status == Z_STREAM_END ? stream.total_out : 0);
  inflateEnd(&stream);
  return out;
}

void echo(Request request, Respond respond) {
  Response response;
  response.fields.add("content-type", "text/plain");
  response.body = fmt::format("{} {} {}", request.method, request.path, request.body);
  respond(std::move(response));
}

LogRequest Log::writer() {
  return [this](const Access& access) {
    const std::scoped_lock lock(mutex_);
    lines_.push_back({std::string(access.id), std::string(access.method),
                      std::string(access.target), std::string(access.refusal),
                      std::string(access.failure), access.status, access.received_bytes,
                      access.sent_bytes, access.whole});
    more_.notify_all();
  };
}

std::vector<Log::Line> Log::wait_for(std::size_t count) {
  std::unique_lock lock(mutex_);
  more_.wait_for(lock, std::chrono::seconds(patience_seconds),
                 [&] { return lines_.size() >= count; });
  return lines_;
}

Served::Served(Handler handler, Limits limits, std::optional<Certificate> tls, int threads,
               WantsBody wants_body)
    : server({"127.0.0.1", 0, std::move(tls)}, limits, threads, std::move(handler), log.writer(),
             std::move(wants_body)) {
  auto started = server.start();
  if (!started) throw std::runtime_error(started.error());
  port = *started;
}

void Signal::give() {
  const std::scoped_lock lock(mutex_);
  is_given_ = true;
  given_.notify_all();
}

bool Signal::wait(std::chrono::milliseconds at_most) {
  std::unique_lock lock(mutex_);
  return given_.wait_for(lock, at_most, [&] { return is_given_; });
}

}  // namespace samrad::http
