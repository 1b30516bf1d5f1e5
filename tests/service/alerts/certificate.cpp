#include "tests/service/alerts/certificate.h"

#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <memory>
#include <stdexcept>

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace samrad::tests {

namespace {

void must(bool ok, const char* what) {
  if (!ok) throw std::runtime_error(std::string("certificate: ") + what);
}

void extend(X509* certificate, int name, const char* value) {
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, name, value);
  must(extension && X509_add_ext(certificate, extension, -1) == 1, value);
  X509_EXTENSION_free(extension);
}

using File = std::unique_ptr<FILE, int (*)(FILE*)>;

}  // namespace

Certificate::Certificate() {
  static std::atomic<int> made = 0;
  const std::string stem = testing::TempDir() + "samrad-alerts-" + std::to_string(getpid()) + "-" +
                           std::to_string(made++);
  file_ = stem + ".crt";
  key_file_ = stem + ".key";
  const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  const std::unique_ptr<X509, void (*)(X509*)> one(X509_new(), X509_free);
  must(key && one, "memory");
  X509_set_version(one.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(one.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(one.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(one.get()), 86400);
  X509_set_pubkey(one.get(), key.get());
  X509_NAME* name = X509_get_subject_name(one.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("samrad test"), -1, -1, 0);
  X509_set_issuer_name(one.get(), name);
  extend(one.get(), NID_basic_constraints, "critical,CA:TRUE");
  extend(one.get(), NID_subject_alt_name, "IP:127.0.0.1,DNS:localhost");
  must(X509_sign(one.get(), key.get(), EVP_sha256()) > 0, "signature");
  const File certificate(std::fopen(file_.c_str(), "w"), std::fclose);
  const File secret(std::fopen(key_file_.c_str(), "w"), std::fclose);
  must(certificate && PEM_write_X509(certificate.get(), one.get()) == 1, "file");
  must(secret && PEM_write_PrivateKey(secret.get(), key.get(), nullptr, nullptr, 0, nullptr,
                                      nullptr) == 1,
       "key file");
}

Certificate::~Certificate() {
  std::remove(file_.c_str());
  std::remove(key_file_.c_str());
}

}  // namespace samrad::tests
