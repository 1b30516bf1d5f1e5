// The session as a reader: from bytes to the handler. What it sends is in session_answer.cpp.
//
// Callbacks rather than a coroutine: a phase is left for many reasons (bytes, a deadline, an answer from another thread, the end of the
// service), and each of them finds the phase in one member. Every callback keeps the session alive; one that comes after `close` finds it
// closed and does nothing.
#include "service/http/session.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "service/http/reply.h"

namespace samrad::http {

namespace {

constexpr std::size_t first_read_bytes = 4 * 1024;
constexpr std::size_t body_read_bytes = 32 * 1024;
constexpr int drain_first_ms = 200;  // for a new connection's first request when the service ends

}  // namespace

Session::Session(Loop& loop, Socket socket, const TlsContext& tls, std::string peer,
                 std::string peer_key)
    : loop_(loop),
      transport_(std::move(socket), tls),
      peer_(std::move(peer)),
      peer_key_(std::move(peer_key)) {}

void Session::start() {
  place_ = loop_.add(shared_from_this());
  if (!transport_.is_secure()) return await_request();
  enter(Phase::handshake, loop_.limits().handshake_ms_max);
  transport_.handshake([self = shared_from_this()](error_code error) {
    if (self->phase_ == Phase::closed) return;
    error ? self->close() : self->await_request();
  });
}

void Session::enter(Phase phase, int milliseconds) {
  phase_ = phase;
  deadline_ = Loop::Clock::now() + std::chrono::milliseconds(milliseconds);
  loop_.watch(deadline_);
}

void Session::on_deadline() {
  switch (phase_) {
  case Phase::header: return refuse({&refusal::too_slow, "the header did not come in time"});
  case Phase::body:
    if (asking_) return close();
    return refuse({&refusal::too_slow, "the body did not come in time"});
  case Phase::answering: return refuse({&refusal::no_answer, "what was asked may still be done"});
  case Phase::streaming: return send_comment();
  default: return close();
  }
}

void Session::on_drain() {
  error_code ignored;
  if (phase_ == Phase::idle && number_ > 0 && transport_.socket().available(ignored) == 0)
    return close();
  if (phase_ == Phase::idle) return enter(Phase::idle, drain_first_ms);
  if (phase_ == Phase::streaming) end_stream();  // one that is being written ends behind its piece
}

void Session::await_request() {
  head_end_ = {};
  const bool last = loop_.draining();
  if (last && number_ > 0 && input().empty()) return linger();
  enter(Phase::idle, last ? drain_first_ms : loop_.limits().idle_ms_max);
  take_input();
}

void Session::read() {
  if (reading_) return;
  if (phase_ == Phase::streaming || phase_ == Phase::writing || phase_ == Phase::lingering)
    in_begin_ = in_end_;
  std::copy(in_.begin() + in_begin_, in_.begin() + in_end_, in_.begin());
  in_end_ -= std::exchange(in_begin_, 0);
  const std::size_t least = phase_ == Phase::body ? body_read_bytes : first_read_bytes;
  if (in_.size() < least) in_.resize(least);
  if (in_end_ == in_.size())
    in_.resize(2 * in_.size());  // only a header stays so long, and it has its limit
  reading_ = true;
  const auto done = [self = shared_from_this()](error_code error, std::size_t count) {
    self->on_read(error, count);
  };
  const asio::mutable_buffer room = asio::buffer(in_) + in_end_;
  phase_ == Phase::lingering ? transport_.socket().async_read_some(room, done)
                             : transport_.read_some(room, done);
}

void Session::on_read(error_code error, std::size_t count) {
  reading_ = false;
  switch (phase_) {
  case Phase::idle:
  case Phase::header:
  case Phase::body:
    if (error) return close();
    in_end_ += count;
    return phase_ == Phase::body ? take_body() : take_input();
  case Phase::writing:
  case Phase::streaming:
    if (!response_.stream) return;  // a refusal that came while this was waiting
    return error ? close() : read();
  case Phase::lingering: return error ? close() : read();
  default: return;
  }
}

void Session::take_input() {
  while (input().starts_with("\r\n"))  // tolerated between requests
    consume(2);
  if (input().empty() || input() == "\r") return read();
  if (phase_ == Phase::idle) {
    enter(Phase::header, loop_.limits().header_ms_max);
    begin_request();
  }
  const auto end = head_end_.find(input(), loop_.limits());
  if (!end) return refuse(end.error());
  if (*end == 0) return read();
  auto head = read_head(input().substr(0, *end), loop_.limits());
  if (!head) return refuse(head.error());
  consume(*end);
  begin_body(std::move(*head));
}

void Session::begin_request() {
  ++number_;
  began_ = Loop::Clock::now();
  id_ = loop_.new_request_id();
  method_.clear();
  target_.clear();
  failure_.clear();
  refusal_ = {};
  keep_alive_ = accepts_gzip_ = http_1_0_ = false;
  body_ = {};
}

void Session::begin_body(Head head) {
  method_ = head.request.method;
  target_ = head.request.target;
  http_1_0_ = head.http_1_0;
  keep_alive_ = head.keep_alive;
  accepts_gzip_ = head.accepts_gzip;
  auto body = BodyReader::open(head, loop_.limits());
  if (!body) return refuse(body.error());
  body_ = std::move(*body);
  request_ = std::move(head.request);
  if (body_.done()) return hand_over();
  const WantsBody& wants_body = loop_.common().wants_body;
  if (wants_body && !wants_body(request_)) {
    keep_alive_ = false;
    body_ = {};
    return hand_over();
  }
  enter(Phase::body, loop_.limits().body_ms_max);
  if (head.expects_continue && input().empty()) return ask_for_body();
  take_body();
}

void Session::ask_for_body() {
  static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
  asking_ = true;
  transport_.write(asio::buffer(go_on), [self = shared_from_this()](error_code error, std::size_t) {
    self->asking_ = false;
    if (self->phase_ != Phase::body) return;
    error ? self->close() : self->read();
  });
}

void Session::take_body() {
  const auto taken = body_.take(input());
  if (!taken) return refuse(taken.error());
  consume(*taken);
  if (!hold_body())
    return refuse({&refusal::overloaded, "too many bodies at one time; try again soon"});
  body_.done() ? hand_over() : read();
}

bool Session::hold_body() {
  std::atomic<std::size_t>& all = loop_.common().body_bytes;
  const std::size_t now = body_.body().size();
  const std::size_t more = now - std::exchange(held_, now);
  return all.fetch_add(more) + more <= loop_.limits().bodies_bytes_max;
}

void Session::release_body() { loop_.common().body_bytes -= std::exchange(held_, 0); }

void Session::hand_over() {
  request_.body = std::move(body_.body());
  request_.peer = peer_;
  request_.network = peer_key_;
  request_.secure = transport_.is_secure();
  request_.id = id_;
  enter(Phase::answering, loop_.limits().answer_ms_max);
  const auto reply = std::make_shared<Reply>(loop_.shared_from_this(), weak_from_this(), number_);
  try {
    loop_.common().handler(std::move(request_),
                           [reply](Response response) { reply->give(std::move(response)); });
  } catch (const std::exception& thrown) {
    failure_ = thrown.what();
    reply->give(internal_error());
  } catch (...) {
    failure_ = "something that is no std::exception";
    reply->give(internal_error());
  }
}

}  // namespace samrad::http
