// One connection, from its first byte to its last: a row of phases, each with its deadline.
//
//   handshake → idle → header → body → answering → writing → idle …
//                                                 ↘ streaming ⇄ writing
//   and from each of them to lingering (the server has said its last and waits for the client to see it), and to closed.
//
// Everything happens on the thread of its loop. Only for the sources of this room.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/http/answer.h"
#include "service/http/body.h"
#include "service/http/head.h"
#include "service/http/loop.h"
#include "service/http/transport.h"

namespace samrad::http {

class Session : public std::enable_shared_from_this<Session> {
 public:
  // `peer_key`: as admitted by `Peers`, and released with the session.
  Session(Loop& loop, Socket socket, const TlsContext& tls, std::string peer, std::string peer_key);

  void start();
  [[nodiscard]] Loop::Time deadline() const { return deadline_; }
  void on_deadline();
  void on_drain();
  void close();  // at once

  // The handler's answer to the request of that number; one that comes too late is nobody's.
  void answer(std::uint64_t number, Response response);
  // The stream that answers the request of that number has something.
  void on_wake(std::uint64_t number);

 private:
  enum class Phase : std::uint8_t {
    handshake,
    idle,
    header,
    body,
    answering,
    writing,
    streaming,
    lingering,
    closed
  };

  void enter(Phase phase, int milliseconds);
  void await_request();
  void begin_request();
  void read();
  void on_read(error_code error, std::size_t count);
  void take_input();
  void begin_body(Head head);
  void ask_for_body();
  void take_body();
  [[nodiscard]] bool hold_body();  // whether there is room for it
  void release_body();
  void hand_over();

  void refuse(const Refusal& refusal);
  void send(Response response);
  void send_whole(Framing framing);
  void on_written(error_code error, std::size_t count);
  void begin_stream(Framing framing);
  void pump();
  void send_comment();
  void end_stream();
  void write_piece();
  void on_streamed(error_code error, std::size_t count);
  void end_request(bool whole);
  void linger();
  void half_close();

  [[nodiscard]] std::string_view input() const {
    return {in_.data() + in_begin_, in_end_ - in_begin_};
  }
  void consume(std::size_t count) { in_begin_ += count; }

  Loop& loop_;
  Transport transport_;
  const std::string peer_, peer_key_;
  Loop::Sessions::iterator place_;
  Phase phase_ = Phase::closed;
  Loop::Time deadline_ = Loop::Time::max();

  std::vector<char> in_;  // what was read and not yet used: from in_begin_ to in_end_
  std::size_t in_begin_ = 0, in_end_ = 0;
  bool reading_ = false;  // a read is under way and owns the rest of `in_`

  // Of the request that is at work.
  std::uint64_t number_ = 0;  // counts those of the connection
  Loop::Time began_{};
  HeadEnd head_end_;
  BodyReader body_;
  Request request_;
  std::string id_, method_, target_;
  std::string_view refusal_;
  std::string failure_;
  std::size_t held_ = 0;  // of `Common::body_bytes`
  bool http_1_0_ = false, keep_alive_ = false, accepts_gzip_ = false;
  bool asking_ = false;  // `100 Continue` is being written

  // Of its answer.
  Response response_;
  std::string out_;
  std::uint64_t sent_ = 0;
  bool comments_ = false;  // the stream is of events, and takes comments
  bool ending_ = false;    // the stream's last piece is being written
};

}  // namespace samrad::http
