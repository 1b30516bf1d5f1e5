// Listening, and the life of the threads. One acceptor for all loops: whoever opens a connection gets the loop with the fewest.
#include "service/http/server.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <mutex>
#include <thread>
#include <vector>

#include "service/http/answer.h"
#include "service/http/loop.h"
#include "service/http/peers.h"
#include "service/http/refusal.h"
#include "service/http/session.h"
#include "service/http/tls.h"
#include "service/http/transport.h"

namespace samrad::http {

namespace {

using Acceptor = asio::basic_socket_acceptor<tcp, asio::io_context::executor_type>;

constexpr std::chrono::milliseconds accept_pause{
    50};  // after an error: no descriptor is free, most likely
constexpr int backlog = 1024;

// Says why, as far as it can be said without waiting, and closes.
void turn_away(Socket socket, const RefusalKind& kind, Loop& loop) {
  Response response = response_of(Refusal{&kind, "close a connection first, or try again soon"});
  response.fields.add("retry-after", "1");
  const std::string id = loop.new_request_id();
  Framing framing;
  framing.date = loop.date();
  framing.id = id;
  framing.length = response.body.size();
  framing.close = true;
  std::string out;
  append_head(out, response, framing);
  out += response.body;
  error_code ignored;
  socket.non_blocking(true, ignored);
  socket.write_some(asio::buffer(out), ignored);
  std::array<char, 4096> unread;
  socket.read_some(asio::buffer(unread),
                   ignored);  // what is left unread would make the system drop the answer
  socket.shutdown(Socket::shutdown_both, ignored);
}

}  // namespace

struct Server::Inside {
  Inside(Listen where, Limits limits, int loop_count, Handler handler, LogRequest log_request,
         WantsBody wants_body)
      : listen(std::move(where)),
        common(std::make_shared<Common>(limits, std::move(handler), std::move(log_request),
                                        std::move(wants_body))) {
    for (int i = 0; i < std::max(loop_count, 1); ++i)
      loops.push_back(std::make_shared<Loop>(common));
  }

  tl::expected<std::uint16_t, std::string> open();
  void accept();
  void take(const std::shared_ptr<Loop>& loop, Socket socket);
  void take_or_drop(const std::shared_ptr<Loop>& loop, Socket socket);
  void tell_of_door(const error_code& error);
  void close_door();

  const Listen listen;
  const std::shared_ptr<Common> common;
  std::vector<std::shared_ptr<Loop>> loops;
  std::vector<std::thread> threads;
  std::optional<Acceptor> acceptor;  // these three on the first loop
  std::optional<asio::steady_timer> pause;
  bool door_shut = false;
  std::mutex tls_mutex;
  TlsContext tls;
};

tl::expected<std::uint16_t, std::string> Server::Inside::open() {
  error_code error;
  const auto address = asio::ip::make_address(listen.address, error);
  if (error)
    return tl::make_unexpected(fmt::format(
        "`{}` is no IP address to listen on; for example `127.0.0.1` or `::1`", listen.address));
  const tcp::endpoint endpoint(address, listen.port);
  pause.emplace(loops[0]->io);
  acceptor.emplace(loops[0]->io);
  acceptor->open(endpoint.protocol(), error);
  if (!error) acceptor->set_option(Acceptor::reuse_address(true), error);
  if (!error) acceptor->bind(endpoint, error);
  if (!error) acceptor->listen(backlog, error);
  if (error)
    return tl::make_unexpected(fmt::format("cannot listen on `{}`, port {}: {}", listen.address,
                                           listen.port, error.message()));
  return acceptor->local_endpoint().port();
}

void Server::Inside::accept() {
  const auto& loop = *std::min_element(
      loops.begin(), loops.end(), [](const auto& a, const auto& b) { return a->load < b->load; });
  acceptor->async_accept(loop->io, [this, loop](error_code error, Socket socket) {
    if (!error) take_or_drop(loop, std::move(socket));  // even if the door has been closed since
    if (!acceptor->is_open()) return;
    tell_of_door(error);
    if (!error) return accept();
    pause->expires_after(accept_pause);
    pause->async_wait([this](error_code stopped) {
      if (!stopped && acceptor->is_open()) accept();
    });
  });
}

void Server::Inside::take(const std::shared_ptr<Loop>& loop, Socket socket) {
  error_code error;
  const auto endpoint = socket.remote_endpoint(error);
  if (error) return;  // gone already
  const asio::ip::address address = unmapped(endpoint.address());
  std::string key = peer_key(address);
  switch (common->peers.admit(key)) {
  case Peers::Admission::admitted: break;
  case Peers::Admission::too_many:
    if (!listen.tls) turn_away(std::move(socket), refusal::overloaded, *loops[0]);
    return;
  case Peers::Admission::too_many_of_peer:
    if (!listen.tls) turn_away(std::move(socket), refusal::too_many_connections, *loops[0]);
    return;
  }
  const TlsContext context = [this] {
    const std::scoped_lock lock(tls_mutex);
    return tls;
  }();
  ++loop->load;
  auto session = std::make_shared<Session>(*loop, std::move(socket), context, address.to_string(),
                                           std::move(key));
  asio::dispatch(loop->io, [session = std::move(session)] { session->start(); });
}

// Whatever becomes of this one, the next are accepted.
void Server::Inside::take_or_drop(const std::shared_ptr<Loop>& loop, Socket socket) {
  try {
    take(loop, std::move(socket));
  } catch (...) {
    // No memory for it: the connection is closed.
  }
}

// To the log, once for as long as it lasts.
void Server::Inside::tell_of_door(const error_code& error) {
  const bool shut = error && error != asio::error::connection_aborted;
  if (shut == door_shut) return;
  door_shut = shut;
  if (!shut || !common->log_request) return;
  const std::string what = "connections cannot be accepted: " + error.message();
  Access access;
  access.status = refusal::overloaded.status;
  access.refusal = refusal::overloaded.name;
  access.failure = what;
  common->log_request(access);
}

// Takes what has connected before, and nothing more.
void Server::Inside::close_door() {
  error_code error;
  pause->cancel();
  acceptor->cancel(error);
  acceptor->non_blocking(true, error);
  for (std::size_t next = 0; !error; ++next) {
    const auto& loop = loops[next % loops.size()];
    Socket socket(loop->io);
    acceptor->accept(socket, error);
    if (!error) take(loop, std::move(socket));
  }
  acceptor->close(error);
}

Server::Server(Listen listen, Limits limits, int threads, Handler handler, LogRequest log_request,
               WantsBody wants_body)
    : inside_(std::make_shared<Inside>(std::move(listen), limits, threads, std::move(handler),
                                       std::move(log_request), std::move(wants_body))) {}

Server::~Server() { stop(std::chrono::milliseconds(0)); }

tl::expected<std::uint16_t, std::string> Server::take_port() {
  if (inside_->listen.tls)
    if (auto loaded = reload_certificate(); !loaded)
      return tl::make_unexpected(std::move(loaded.error()));
  return inside_->open();
}

tl::expected<std::uint16_t, std::string> Server::start() {
  auto port = take_port();
  if (port) serve();
  return port;
}

void Server::serve() {
  inside_->accept();
  for (const auto& loop : inside_->loops)
    inside_->threads.emplace_back([loop] { loop->run(); });
}

std::size_t Server::stop(std::chrono::milliseconds grace) {
  if (inside_->threads.empty()) return 0;
  asio::post(inside_->loops[0]->io, [inside = inside_.get(), grace] {
    inside->close_door();
    // Behind what was accepted before and has not been taken yet.
    asio::post(inside->loops[0]->io, [inside, grace] {
      for (const auto& loop : inside->loops)
        asio::post(loop->io, [loop = loop.get(), grace] { loop->drain(grace); });
    });
  });
  for (std::thread& thread : inside_->threads)
    thread.join();
  inside_->threads.clear();
  std::size_t cut_off = 0;
  for (const auto& loop : inside_->loops)
    cut_off += loop->cut_off();
  return cut_off;
}

tl::expected<void, std::string> Server::reload_certificate() {
  if (!inside_->listen.tls) return {};
  auto loaded = tls_context(*inside_->listen.tls);
  if (!loaded) return tl::make_unexpected(std::move(loaded.error()));
  const std::scoped_lock lock(inside_->tls_mutex);
  inside_->tls = std::move(*loaded);
  return {};
}

std::size_t Server::connections() const { return inside_->common->peers.count(); }

}  // namespace samrad::http
