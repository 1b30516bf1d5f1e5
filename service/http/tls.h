// The server's side of TLS: what OpenSSL needs to know, made from the certificate files.
#pragma once

#include <memory>
#include <string>
#include <tl/expected.hpp>

#include "service/http/server.h"

struct ssl_ctx_st;

namespace samrad::http {

// TLS 1.2 and later, `http/1.1` by ALPN, no renegotiation.
using TlsContext = std::shared_ptr<ssl_ctx_st>;

// Where the files cannot be used, a message that names the file and what is wrong with it.
[[nodiscard]] tl::expected<TlsContext, std::string> tls_context(const Certificate& certificate);

}  // namespace samrad::http
