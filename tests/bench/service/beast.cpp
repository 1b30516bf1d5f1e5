// The limit of reading: a server by Boost.Beast on one thread that answers bytes it has in memory. It knows no token, no rate, no deadline and
// no log of requests.
//
//   bench_beast FILE      for each answer the target, a blank, its length in bytes, a newline, and the body; prints the port
//
// Ends with its standard input.

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <fmt/core.h>

namespace samrad::bench {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using Answers = std::unordered_map<std::string, std::string>;

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, const Answers& answers)
      : socket_(std::move(socket)), answers_(answers) {
    socket_.set_option(tcp::no_delay(true));
  }

  void read() {
    request_ = {};
    http::async_read(socket_, buffer_, request_,
                     [self = shared_from_this()](beast::error_code error, std::size_t) {
                       if (!error) self->answer();
                     });
  }

 private:
  void answer() {
    const auto found = answers_.find(std::string(request_.target()));
    const std::string_view body = found == answers_.end() ? std::string_view() : found->second;
    response_ = {found == answers_.end() ? http::status::not_found : http::status::ok,
                 request_.version()};
    response_.set(http::field::content_type, "application/json");
    response_.set(http::field::etag, "\"0123456789abcdef0123456789abcdef\"");
    response_.set(http::field::cache_control, "private, no-cache");
    response_.set(http::field::vary, "accept, accept-language, authorization");
    response_.set(http::field::server, "beast");
    response_.body() = {body.data(), body.size()};
    response_.content_length(body.size());
    http::async_write(socket_, response_,
                      [self = shared_from_this()](beast::error_code error, std::size_t) {
                        if (!error) self->read();
                      });
  }

  tcp::socket socket_;
  const Answers& answers_;
  beast::flat_buffer buffer_;
  http::request<http::empty_body> request_;
  http::response<http::span_body<const char>> response_;
};

void accept(tcp::acceptor& acceptor, const Answers& answers) {
  acceptor.async_accept([&](beast::error_code error, tcp::socket socket) {
    if (!error) std::make_shared<Session>(std::move(socket), answers)->read();
    accept(acceptor, answers);
  });
}

Answers answers_of(const char* name) {
  Answers out;
  std::ifstream file(name);
  std::string target;
  std::size_t length = 0;
  while (file >> target >> length) {
    file.get();
    std::string body(length, '\0');
    file.read(body.data(), static_cast<std::streamsize>(length));
    out.emplace(std::move(target), std::move(body));
  }
  return out;
}

}  // namespace

}  // namespace samrad::bench

int main(int count, char** words) {
  using namespace samrad::bench;
  if (count != 2) {
    fmt::print(stderr, "usage: bench_beast FILE\n");
    return 2;
  }
  const Answers answers = answers_of(words[1]);
  asio::io_context io(1);
  tcp::acceptor acceptor(io, {asio::ip::address_v4::loopback(), 0});
  accept(acceptor, answers);
  fmt::print("{}\n", acceptor.local_endpoint().port());
  std::fflush(stdout);
  std::thread([] {
    while (std::cin.get() != EOF) {
    }
    std::_Exit(0);
  }).detach();
  io.run();
}
