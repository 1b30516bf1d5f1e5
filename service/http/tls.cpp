#include "service/http/tls.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <string_view>

namespace samrad::http {

namespace {

// OpenSSL's first reason, with its queue emptied.
std::string reason() {
  const unsigned long code = ERR_get_error();
  ERR_clear_error();
  const char* text = code == 0 ? nullptr : ERR_reason_error_string(code);
  return text ? text : "unknown";
}

tl::unexpected<std::string> unusable(std::string_view what, const std::string& file,
                                     std::string_view instead) {
  return tl::make_unexpected(
      fmt::format("{} `{}` cannot be used ({}); {}", what, file, reason(), instead));
}

int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_length,
                    const unsigned char* in, unsigned in_length, void*) {
  static constexpr unsigned char known[] = "\x08http/1.1";
  unsigned char* chosen = nullptr;
  if (SSL_select_next_proto(&chosen, out_length, known, sizeof known - 1, in, in_length) !=
      OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_NOACK;
  *out = chosen;
  return SSL_TLSEXT_ERR_OK;
}

}  // namespace

tl::expected<TlsContext, std::string> tls_context(const Certificate& certificate) {
  ERR_clear_error();
  TlsContext context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  if (!context) return tl::make_unexpected("TLS cannot be used: " + reason());
  SSL_CTX* tls = context.get();
  SSL_CTX_set_min_proto_version(tls, TLS1_2_VERSION);
  SSL_CTX_set_options(tls, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                               SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(tls, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_default_passwd_cb(
      tls, [](char*, int, int, void*) { return 0; });  // never asks the terminal
  SSL_CTX_set_alpn_select_cb(tls, choose_protocol, nullptr);
  if (SSL_CTX_use_certificate_chain_file(tls, certificate.chain.c_str()) != 1)
    return unusable("the certificate", certificate.chain,
                    "give a PEM file with the server's certificate first");
  if (SSL_CTX_use_PrivateKey_file(tls, certificate.key.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(tls) != 1)
    return unusable("the key", certificate.key,
                    "give the PEM file with the unencrypted key of the certificate");
  return context;
}

}  // namespace samrad::http
