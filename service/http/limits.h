// How much a client may ask of the server, and how long it may take. Each limit is held by a row of tests/service/http.
#pragma once

#include <cstddef>

namespace samrad::http {

struct Limits {
  // A request.
  std::size_t header_bytes_max = 32 * 1024;            // request line and fields: 431
  std::size_t fields_max = 100;                        // 431
  std::size_t target_bytes_max = 8 * 1024;             // 414
  std::size_t body_bytes_max = 8 * 1024 * 1024;        // as sent: 413
  std::size_t inflated_bytes_max = 64 * 1024 * 1024;   // as the handler sees it: 413
  std::size_t chunk_overhead_bytes_max = 1024 * 1024;  // chunk lines and trailers of a body: 400
  std::size_t bodies_bytes_max =
      512UL * 1024 * 1024;  // of all requests that are read or answered at one time: 503

  // Connections, of which one may hold one request at a time; what a client sends ahead of its answers waits in the socket.
  std::size_t connections_max = 4096;  // 503, and closed
  std::size_t connections_per_peer_max =
      256;  // from one address, or one /64 of IPv6: 429, and closed

  // Time, in milliseconds. A phase is over when all of it has come; trickling wins none.
  int handshake_ms_max = 10'000;  // TLS: closed
  int header_ms_max = 10'000;     // from the first byte of the request: 408, and closed
  int body_ms_max = 60'000;       // from the end of the header: 408, and closed
  int answer_ms_max = 120'000;    // that the handler takes: 503, and closed
  int write_ms_max =
      30'000;  // for each MiB begun of an answer, and for each piece of a stream: closed
  int idle_ms_max = 75'000;   // between two requests: closed
  int linger_ms_max = 2'000;  // for the client to take note that the server closes

  // Not limits, but of the same kind.
  int stream_comment_ms =
      15'000;  // after so long without an event a stream of events gets a comment
  std::size_t gzip_bytes_min = 1024;  // shorter answers are sent as they are
};

}  // namespace samrad::http
