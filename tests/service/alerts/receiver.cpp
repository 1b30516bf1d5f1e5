#include "tests/service/alerts/receiver.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

namespace samrad::tests {

namespace {

class Plain final : public Connection {
 public:
  explicit Plain(int socket) : socket_(socket) {}
  std::string read(std::size_t max) override {
    std::string text(max, '\0');
    const ssize_t n = ::recv(socket_, text.data(), max, 0);
    text.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
    return text;
  }
  bool write(std::string_view text) override {
    while (!text.empty()) {
      const ssize_t n = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
  }

 private:
  int socket_;
};

class Tls final : public Connection {
 public:
  Tls(SSL_CTX* context, int socket) : ssl_(SSL_new(context), SSL_free) {
    SSL_set_fd(ssl_.get(), socket);
    open_ = SSL_accept(ssl_.get()) == 1;
  }
  ~Tls() override {
    if (open_) SSL_shutdown(ssl_.get());
  }
  std::string read(std::size_t max) override {
    std::string text(max, '\0');
    const int n = open_ ? SSL_read(ssl_.get(), text.data(), static_cast<int>(max)) : 0;
    text.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
    return text;
  }
  bool write(std::string_view text) override {
    return open_ && SSL_write(ssl_.get(), text.data(), static_cast<int>(text.size())) > 0;
  }

 private:
  std::unique_ptr<SSL, void (*)(SSL*)> ssl_;
  bool open_ = false;
};

int bound(int& port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  if (socket < 0 || ::bind(socket, reinterpret_cast<sockaddr*>(&address), length) != 0 ||
      ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length) != 0)
    throw std::runtime_error("no port on 127.0.0.1");
  port = ntohs(address.sin_port);
  return socket;
}

}  // namespace

std::string Connection::request() {
  std::string text;
  std::size_t whole = std::string::npos;
  while (text.size() < whole) {
    const std::string more = read(4096);
    if (more.empty()) break;
    text += more;
    const std::size_t head = text.find("\r\n\r\n");
    if (whole != std::string::npos || head == std::string::npos) continue;
    std::string lower = text.substr(0, head);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const std::size_t length = lower.find("content-length: ");
    whole = head + 4 + (length == std::string::npos ? 0 : std::stoul(lower.substr(length + 16)));
  }
  return text;
}

void Connection::hang() {
  while (!read(4096).empty()) {
  }
}

Receiver::Receiver(Serve serve, const Certificate* certificate) : serve_(std::move(serve)) {
  if (certificate) {
    const std::shared_ptr<SSL_CTX> tls(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    if (SSL_CTX_use_certificate_file(tls.get(), certificate->file().c_str(), SSL_FILETYPE_PEM) !=
            1 ||
        SSL_CTX_use_PrivateKey_file(tls.get(), certificate->key_file().c_str(), SSL_FILETYPE_PEM) !=
            1)
      throw std::runtime_error("no certificate");
    tls_ = tls;
  }
  listener_ = bound(port_);
  if (::listen(listener_, 64) != 0) throw std::runtime_error("no listening on 127.0.0.1");
  acceptor_ = std::thread([this] { accept(); });
}

Receiver::~Receiver() {
  closing_ = true;
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  {
    const std::lock_guard lock(mutex_);
    for (int socket : open_)
      ::shutdown(socket, SHUT_RDWR);
  }
  for (std::thread& thread : threads_)
    thread.join();
  ::close(listener_);
}

std::string Receiver::url(std::string_view scheme) const {
  return std::string(scheme) + "://127.0.0.1:" + std::to_string(port_);
}

void Receiver::accept() {
  while (!closing_) {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    ++connections_;
    const std::lock_guard lock(mutex_);
    open_.push_back(socket);
    threads_.emplace_back([this, socket] { serve_one(socket); });
  }
}

void Receiver::serve_one(int socket) {
  const int now = ++at_once_;
  for (int most = most_; now > most && !most_.compare_exchange_weak(most, now);) {
  }
  if (tls_) {
    Tls connection(static_cast<SSL_CTX*>(tls_.get()), socket);
    serve_(connection);
  } else {
    Plain connection(socket);
    serve_(connection);
  }
  --at_once_;
  const std::lock_guard lock(mutex_);
  open_.erase(std::find(open_.begin(), open_.end(), socket));
  ::shutdown(socket, SHUT_WR);
  ::close(socket);
}

Receiver::Serve answering(std::string answer) {
  return [answer = std::move(answer)](Connection& connection) {
    (void)connection.request();
    (void)connection.write(answer);
  };
}

int closed_port() {
  int port = 0;
  ::close(bound(port));
  return port;
}

}  // namespace samrad::tests
