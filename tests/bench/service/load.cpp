// Sends prepared requests over connections that stay, on each one after the other, and tells how fast the answers came.
//
//   bench_load PORT CONNECTIONS FILE [TIMES]      the file is gone through TIMES times; 1 if none is named
//
// FILE: for each request its length in bytes, a newline, and the request as it is sent. A line is printed: requests, seconds, microseconds
// to the answer at the median and the 99th of a hundred, bytes of all answers. Status 1: an answer was none of 2xx; the first is shown.

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <fmt/core.h>

namespace samrad::bench {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

[[noreturn]] void give_up(const std::string& why) {
  fmt::print(stderr, "bench_load: {}\n", why);
  std::exit(1);
}

struct Work {
  std::vector<std::string_view> requests;
  std::size_t next = 0, end = 0;  // in all rounds
  std::size_t bytes = 0;
  std::vector<float> micros;
};

class Client {
 public:
  Client(asio::io_context& io, std::uint16_t port, Work& work) : socket_(io), work_(work) {
    socket_.connect({asio::ip::address_v4::loopback(), port});
    socket_.set_option(tcp::no_delay(true));
  }

  void send() {
    if (work_.next == work_.end) return;
    const std::string_view request = work_.requests[work_.next++ % work_.requests.size()];
    sent_ = Clock::now();
    got_ = whole_ = 0;
    asio::async_write(socket_, asio::buffer(request),
                      [this](boost::system::error_code error, std::size_t) {
                        if (error) give_up(error.message());
                        read();
                      });
  }

 private:
  void read() {
    if (got_ == room_.size()) room_.resize(2 * room_.size());
    socket_.async_read_some(asio::buffer(room_) + got_,
                            [this](boost::system::error_code error, std::size_t count) {
                              if (error) give_up(error.message());
                              got_ += count;
                              if (whole_ == 0) find_end();
                              whole_ != 0 && got_ >= whole_ ? done() : read();
                            });
  }

  void find_end() {
    static constexpr std::string_view field = "content-length: ", field_of_beast = "Content-Length: ";
    const std::string_view text(room_.data(), got_);
    const std::size_t end = text.find("\r\n\r\n");
    if (end == text.npos) return;
    std::size_t at = text.substr(0, end).find(field);
    if (at == text.npos) at = text.substr(0, end).find(field_of_beast);
    std::size_t length = 0;
    if (at != text.npos)
      std::from_chars(text.data() + at + field.size(), text.data() + end, length);
    whole_ = end + 4 + length;
  }

  void done() {
    const std::string_view text(room_.data(), got_);
    if (!text.starts_with("HTTP/1.1 2")) give_up(std::string(text.substr(0, 2000)));
    work_.bytes += got_;
    work_.micros.push_back(std::chrono::duration<float, std::micro>(Clock::now() - sent_).count());
    send();
  }

  tcp::socket socket_;
  Work& work_;
  std::string room_ = std::string(16 * 1024, '\0');
  std::size_t got_ = 0, whole_ = 0;
  Clock::time_point sent_;
};

std::vector<std::string_view> requests_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    std::size_t length = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
    if (error != std::errc()) give_up("a length was expected");
    text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
    out.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return out;
}

int run(int port, int connections, const char* file, std::size_t times) {
  std::ostringstream read;
  read << std::ifstream(file).rdbuf();
  const std::string text = read.str();
  Work work;
  work.requests = requests_of(text);
  if (work.requests.empty()) give_up("no request");
  work.end = times * work.requests.size();
  work.micros.reserve(work.end);
  asio::io_context io(1);
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < connections; ++i)
    clients.push_back(std::make_unique<Client>(io, static_cast<std::uint16_t>(port), work));
  const auto begin = Clock::now();
  for (const auto& client : clients)
    client->send();
  io.run();
  const std::chrono::duration<double> took = Clock::now() - begin;
  std::sort(work.micros.begin(), work.micros.end());
  fmt::print("{} {:.4f} {:.0f} {:.0f} {}\n", work.end, took.count(), work.micros[work.end / 2],
             work.micros[work.end * 99 / 100], work.bytes);
  return 0;
}

}  // namespace

}  // namespace samrad::bench

int main(int count, char** words) {
  if (count < 4) {
    fmt::print(stderr, "usage: bench_load PORT CONNECTIONS FILE [TIMES]\n");
    return 2;
  }
  try {
    return samrad::bench::run(std::atoi(words[1]), std::atoi(words[2]), words[3],
                              count > 4 ? static_cast<std::size_t>(std::atoi(words[4])) : 1);
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_load: {}\n", error.what());
    return 1;
  }
}
