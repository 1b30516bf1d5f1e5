// The session as a writer: answers whole or as a stream, and how a connection ends.
#include <fmt/format.h>

#include <array>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <iterator>
#include <utility>

#include "service/http/reply.h"
#include "service/http/session.h"

namespace samrad::http {

namespace {

constexpr std::size_t copied_bytes_max =
    8 * 1024;  // a body up to here goes into one buffer with its header

// Bytes of a body in the form in which they are sent. Nothing is no chunk: it would be the last one.
void append_piece(std::string& out, std::string_view piece, bool chunked) {
  if (!chunked) {
    out += piece;
  } else if (!piece.empty()) {
    fmt::format_to(std::back_inserter(out), "{:x}\r\n", piece.size());
    out += piece;
    out += "\r\n";
  }
}

}  // namespace

Reply::Reply(std::shared_ptr<Loop> loop, std::weak_ptr<Session> session, std::uint64_t number)
    : loop_(std::move(loop)), session_(std::move(session)), number_(number) {}

Reply::~Reply() {
  try {
    if (!given_) give(internal_error());
  } catch (...) {
    // Out of memory in a place where nothing may be thrown: the session ends by its deadline.
  }
}

void Reply::give(Response response) {
  if (given_.exchange(true)) return;
  asio::dispatch(loop_->io,
                 [session = session_, number = number_, response = std::move(response)]() mutable {
                   if (const auto alive = session.lock())
                     alive->answer(number, std::move(response));
                 });
}

void Session::answer(std::uint64_t number, Response response) {
  if (phase_ != Phase::answering || number != number_) return;
  const bool sound = response.status >= 200 && response.status <= 599;
  if (!response.failure.empty()) failure_ = std::move(response.failure);
  if (!sound) failure_ = fmt::format("the handler answered with status {}", response.status);
  send(sound ? std::move(response) : internal_error());
}

void Session::refuse(const Refusal& refusal) {
  refusal_ = refusal.kind->name;
  keep_alive_ = false;
  Response response = response_of(refusal);
  if (refusal.kind == &refusal::overloaded) response.fields.add("retry-after", "1");
  send(std::move(response));
}

void Session::send(Response response) {
  response_ = std::move(response);
  if (response_.fields.find("connection") == "close" || loop_.draining() || response_.stream)
    keep_alive_ = false;
  Framing framing;
  framing.date = loop_.date();
  framing.id = id_;
  framing.close = !keep_alive_;
  out_.clear();
  sent_ = 0;
  response_.stream ? begin_stream(framing) : send_whole(framing);
}

void Session::send_whole(Framing framing) {
  std::string_view content = response_.content();
  if (!has_body(response_.status)) content = {};
  framing.varies = content.size() >= loop_.limits().gzip_bytes_min &&
                   !response_.fields.find("content-encoding") &&
                   is_worth_gzip(response_.fields.find("content-type").value_or(""));
  if (framing.varies && accepts_gzip_) {
    if (auto packed = loop_.gzip().of(content)) {
      response_.shared_body.reset();
      response_.body = std::move(*packed);
      content = response_.body;
      framing.gzip = true;
    }
  }
  if (has_body(response_.status)) framing.length = content.size();
  append_head(out_, response_, framing);
  if (method_ == "HEAD") content = {};
  constexpr std::size_t mib = 1024 * 1024;
  enter(Phase::writing, loop_.limits().write_ms_max * static_cast<int>(1 + content.size() / mib));
  const auto done = [self = shared_from_this()](error_code error, std::size_t count) {
    self->on_written(error, count);
  };
  if (content.size() <= copied_bytes_max) {
    out_ += content;
    transport_.write(asio::buffer(out_), done);
  } else {
    transport_.write(std::array{asio::buffer(std::as_const(out_)), asio::buffer(content)}, done);
  }
}

void Session::on_written(error_code error, std::size_t count) {
  if (phase_ != Phase::writing) return;
  sent_ += count;
  if (error) return close();
  end_request(true);
  keep_alive_ ? await_request() : linger();
}

void Session::begin_stream(Framing framing) {
  framing.chunked = !http_1_0_;
  append_head(out_, response_, framing);
  comments_ = response_.fields.find("content-type").value_or("").starts_with("text/event-stream");
  ending_ = false;
  phase_ = Phase::writing;
  if (method_ == "HEAD") {
    ending_ = true;
    return write_piece();
  }
  read();  // to see the client go
  pump();
}

void Session::pump() {
  if (loop_.draining()) return end_stream();
  std::optional<std::string> piece;
  try {
    piece = response_.stream->next(
        [loop = loop_.shared_from_this(), weak = weak_from_this(), number = number_] {
          asio::post(loop->io, [weak, number] {
            if (const auto alive = weak.lock()) alive->on_wake(number);
          });
        });
  } catch (const std::exception& thrown) {
    failure_ = thrown.what();
    return close();  // without a last chunk: the client sees that something is missing
  }
  if (!piece) return end_stream();
  append_piece(out_, *piece, !http_1_0_);
  if (!out_.empty()) return write_piece();
  phase_ = Phase::streaming;
  deadline_ = Loop::Time::max();
  if (comments_) enter(Phase::streaming, loop_.limits().stream_comment_ms);
}

void Session::on_wake(std::uint64_t number) {
  if (phase_ == Phase::streaming && number == number_) pump();
}

void Session::send_comment() {
  append_piece(out_, ":\n\n", !http_1_0_);
  write_piece();
}

void Session::end_stream() {
  ending_ = true;
  if (!http_1_0_) out_ += "0\r\n\r\n";
  write_piece();
}

void Session::write_piece() {
  enter(Phase::writing, loop_.limits().write_ms_max);
  transport_.write(asio::buffer(out_),
                   [self = shared_from_this()](error_code error, std::size_t count) {
                     self->on_streamed(error, count);
                   });
}

void Session::on_streamed(error_code error, std::size_t count) {
  if (phase_ != Phase::writing) return;
  sent_ += count;
  out_.clear();
  if (error) return close();
  if (!ending_) return pump();
  end_request(true);
  linger();
}

void Session::end_request(bool whole) {
  const bool at_work =
      phase_ == Phase::answering || phase_ == Phase::writing || phase_ == Phase::streaming;
  if (at_work && loop_.common().log_request) {
    Access access;
    access.id = id_;
    access.peer = peer_;
    access.method = method_;
    access.target = target_;
    access.status = phase_ == Phase::answering ? 0 : response_.status;
    access.refusal = refusal_;
    access.failure = failure_;
    access.received_bytes = body_.received();
    access.sent_bytes = sent_;
    access.micros =
        std::chrono::duration_cast<std::chrono::microseconds>(Loop::Clock::now() - began_).count();
    access.whole = whole;
    loop_.common().log_request(access);
  }
  release_body();
  response_ = {};
}

void Session::linger() {
  enter(Phase::lingering, loop_.limits().linger_ms_max);
  if (!transport_.is_secure()) return half_close();
  transport_.farewell([self = shared_from_this()](error_code) {
    if (self->phase_ == Phase::lingering) self->half_close();
  });
}

void Session::half_close() {
  error_code ignored;
  transport_.socket().shutdown(Socket::shutdown_send, ignored);
  read();
}

void Session::close() {
  if (phase_ == Phase::closed) return;
  const auto self = shared_from_this();
  end_request(false);
  phase_ = Phase::closed;
  error_code ignored;
  transport_.socket().close(ignored);
  loop_.common().peers.release(peer_key_);
  loop_.remove(place_);
}

}  // namespace samrad::http
