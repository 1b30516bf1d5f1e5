// Aim: over TLS it is the same server; versions before 1.2 are refused; a new certificate is used without a restart, a broken one is not.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>

#include "tests/service/http/client.h"

namespace samrad::http {
namespace {

using testing::HasSubstr;

// Writes a self-signed certificate and its key under names of its own.
class Files {
 public:
  explicit Files(const std::string& name)
      : folder_(std::filesystem::path(testing::TempDir()) /
                fmt::format("samrad_tls_{}_{}", name, getpid())) {
    std::filesystem::create_directories(folder_);
  }
  ~Files() { std::filesystem::remove_all(folder_); }

  [[nodiscard]] Certificate names() const { return {folder_ / "chain.pem", folder_ / "key.pem"}; }

  void make(const std::string& common_name) const {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"),
                                                                  EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), X509_free);
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME* name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1,
                               0);
    X509_set_issuer_name(certificate.get(), name);
    X509_sign(certificate.get(), key.get(), EVP_sha256());
    std::FILE* file = std::fopen(names().chain.c_str(), "w");
    PEM_write_X509(file, certificate.get());
    std::fclose(file);
    file = std::fopen(names().key.c_str(), "w");
    PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(file);
  }

 private:
  std::filesystem::path folder_;
};

class TlsClient {
 public:
  explicit TlsClient(std::uint16_t port, int version = TLS1_3_VERSION)
      : client_(port),
        context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free),
        ssl_(nullptr, SSL_free) {
    SSL_CTX_set_min_proto_version(context_.get(), version);
    SSL_CTX_set_max_proto_version(context_.get(), version);
    SSL_CTX_set_cipher_list(context_.get(), "ALL:@SECLEVEL=0");
    ssl_.reset(SSL_new(context_.get()));
    const std::string protocols = "\x02h2\x08http/1.1";
    SSL_set_alpn_protos(ssl_.get(), reinterpret_cast<const unsigned char*>(protocols.data()),
                        static_cast<unsigned>(protocols.size()));
    SSL_set_fd(ssl_.get(), client_.descriptor());
    connected = SSL_connect(ssl_.get()) == 1;
  }

  [[nodiscard]] std::string common_name() const {
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(
        SSL_get1_peer_certificate(ssl_.get()), X509_free);
    std::array<char, 100> name{};
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate.get()), NID_commonName, name.data(),
                              name.size());
    return name.data();
  }

  [[nodiscard]] std::string protocol() const {
    const unsigned char* chosen = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(ssl_.get(), &chosen, &size);
    return {reinterpret_cast<const char*>(chosen), size};
  }

  bool send(std::string_view bytes) {
    return SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())) > 0;
  }

  // Up to `text`, or the end; `clean_end` then tells whether the server said that it was one.
  std::string until(std::string_view text) {
    std::string all;
    std::array<char, 16 * 1024> room;
    while (all.find(text) == std::string::npos) {
      const int got = SSL_read(ssl_.get(), room.data(), static_cast<int>(room.size()));
      if (got <= 0) {
        clean_end = SSL_get_error(ssl_.get(), got) == SSL_ERROR_ZERO_RETURN;
        break;
      }
      all.append(room.data(), static_cast<std::size_t>(got));
    }
    return all;
  }

  bool connected = false, clean_end = false;

 private:
  Client client_;
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  std::unique_ptr<SSL, decltype(&SSL_free)> ssl_;
};

TEST(Tls, the_same_server) {
  const Files files("same");
  files.make("first");
  Served served(
      [](Request request, Respond respond) {
        const bool large = request.path == "/large";
        respond(Response{.body = fmt::format("{} {}", request.secure,
                                             large ? std::string(3 << 20, 'x') : request.body)});
      },
      {}, files.names());
  for (int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient client(served.port, version);
    ASSERT_TRUE(client.connected);
    EXPECT_EQ(client.protocol(), "http/1.1");
    for (int i = 0; i < 3; ++i) {
      client.send(post("body"));
      EXPECT_THAT(client.until("true body"), HasSubstr("HTTP/1.1 200 OK"));
    }
    client.send(get("/large", "Connection: close\r\n"));
    EXPECT_GT(client.until("the end").size(), 3u << 20);
    EXPECT_TRUE(client.clean_end);
  }
}

TEST(Tls, refusals_arrive) {
  const Files files("refusals");
  files.make("first");
  Limits limits;
  limits.body_bytes_max = 1000;
  Served served(echo, limits, files.names());
  TlsClient client(served.port);
  client.send(post(std::string(100'000, 'x')));
  EXPECT_THAT(client.until("the end"), HasSubstr("/problems/body-too-large"));
}

TEST(Tls, old_versions_and_plain_text_are_refused) {
  const Files files("old");
  files.make("first");
  Served served(echo, {}, files.names());
  EXPECT_FALSE(TlsClient(served.port, TLS1_1_VERSION).connected);
  Client plain(served.port);
  plain.send(get());
  plain.end_sending();
  EXPECT_EQ(plain.answer().status, 0);
  EXPECT_TRUE(TlsClient(served.port).connected);
}

TEST(Tls, the_handshake_has_its_time) {
  const Files files("time");
  files.make("first");
  Limits limits;
  limits.handshake_ms_max = 100;
  Served served(echo, limits, files.names());
  Client silent(served.port);
  EXPECT_TRUE(silent.closed());
}

TEST(Tls, a_new_certificate_without_a_restart) {
  const Files files("reload");
  files.make("first");
  Served served(echo, {}, files.names());
  TlsClient before(served.port);
  EXPECT_EQ(before.common_name(), "first");
  files.make("second");
  EXPECT_EQ(TlsClient(served.port).common_name(), "first");
  ASSERT_TRUE(served.server.reload_certificate());
  EXPECT_EQ(TlsClient(served.port).common_name(), "second");
  before.send(post("still here"));
  EXPECT_THAT(before.until("still here"), HasSubstr("200 OK"));

  std::ofstream(files.names().chain) << "no certificate";
  const auto broken = served.server.reload_certificate();
  ASSERT_FALSE(broken);
  EXPECT_THAT(broken.error(), HasSubstr(files.names().chain));
  EXPECT_EQ(TlsClient(served.port).common_name(), "second");
}

TEST(Tls, files_that_cannot_be_used) {
  const Files files("one"), others("other");
  files.make("first");
  others.make("second");
  struct Row {
    Certificate certificate;
    std::string message;
  };
  for (const Row& row : {
           Row{{"no/such.pem", files.names().key},
               "the certificate `no/such.pem` cannot be used ("},
           Row{{files.names().chain, "no/such.pem"}, "the key `no/such.pem` cannot be used ("},
           Row{{files.names().chain, others.names().key},
               "the key `" + others.names().key + "` cannot be used (key values mismatch)"},
       }) {
    Server server({"127.0.0.1", 0, row.certificate}, {}, 1, echo, {});
    const auto started = server.start();
    ASSERT_FALSE(started);
    EXPECT_THAT(started.error(), testing::StartsWith(row.message));
  }
}

TEST(Tls, a_stop_answers_what_is_in_flight) {
  const Files files("stop");
  files.make("first");
  Respond kept;
  Signal reached;
  Served served(
      [&](Request, Respond respond) {
        kept = std::move(respond);
        reached.give();
      },
      {}, files.names());
  TlsClient client(served.port);
  client.send(get());
  ASSERT_TRUE(reached.wait());
  std::thread stopping([&] { EXPECT_LE(served.server.stop(std::chrono::seconds(1)), 1u); });
  kept(Response{.body = "in time"});
  EXPECT_THAT(client.until("in time"), HasSubstr("200 OK"));
  stopping.join();
}

}  // namespace
}  // namespace samrad::http
