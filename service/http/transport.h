// A connection's bytes, through TLS or not. Only for the sources of this room: it brings Asio with it.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <optional>
#include <utility>

#include "service/http/tls.h"

namespace samrad::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Socket = asio::basic_stream_socket<
    tcp, asio::io_context::executor_type>;  // its executor's type is not erased

class Transport {
 public:
  Transport(Socket socket, const TlsContext& tls) : socket_(std::move(socket)) {
    error_code ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
    if (tls) tls_.emplace(socket_, SSL_new(tls.get()));
  }

  [[nodiscard]] bool is_secure() const { return tls_.has_value(); }
  [[nodiscard]] Socket& socket() { return socket_; }

  template <class Done>
  void handshake(Done done) {
    tls_->async_handshake(asio::ssl::stream_base::server, std::move(done));
  }

  template <class Done>
  void read_some(asio::mutable_buffer room, Done done) {
    if (tls_)
      tls_->async_read_some(room, std::move(done));
    else
      socket_.async_read_some(room, std::move(done));
  }

  // What the buffers point to must stay until `done`.
  template <class Buffers, class Done>
  void write(const Buffers& buffers, Done done) {
    if (tls_)
      asio::async_write(*tls_, buffers, std::move(done));
    else
      asio::async_write(socket_, buffers, std::move(done));
  }

  // Tells the other end that nothing follows. TLS only.
  template <class Done>
  void farewell(Done done) {
    tls_->async_shutdown(std::move(done));
  }

 private:
  Socket socket_;
  std::optional<asio::ssl::stream<Socket&>> tls_;
};

}  // namespace samrad::http
