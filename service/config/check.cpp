// What the settings say together, and what they name: files that are there, pairs that are whole, mail that can be sent.

#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <unistd.h>

#include "service/access/gate.h"
#include "service/config/apply.h"
#include "service/config/forms.h"

namespace samrad::config {

namespace {

class Checks {
 public:
  Checks(Configuration& configuration, const Places& places, std::vector<Fault>& faults)
      : c_(configuration), places_(places), faults_(faults) {}

  void all() {
    store();
    server();
    mail();
    for (std::size_t i = 0; i < c_.issuers.size(); ++i)
      issuer(i);
    if (places_.given("clock") && (c_.clock.at != 0 || c_.clock.ahead != 0))
      warn("clock", "the service does not take the machine's time for now",
           "for tests and demonstrations only: warnings and verdicts go by it");
  }

 private:
  void error(const std::string& name, std::string message, std::string help = "") {
    faults_.push_back({Level::error, places_.of(name), std::move(message), std::move(help)});
  }
  void warn(const std::string& name, std::string message, std::string help) {
    faults_.push_back({Level::warning, places_.of(name), std::move(message), std::move(help)});
  }
  // Nobody is to be told that something is missing which he gave with a fault.
  [[nodiscard]] bool missing(const std::string& name, const std::string& value) const {
    return value.empty() && !places_.failed(name);
  }
  void file(const std::string& name, std::string_view words, const std::string& path) {
    if (!path.empty() && ::access(path.c_str(), R_OK) != 0)
      error(name, fmt::format("`{}`: `{}` cannot be read", words, path),
            "name a file that is there and that the service may read");
  }

  void store() {
    if (missing("data", c_.data))
      error("data", "it is not said which folder holds the store",
            "give `--data DIR`, or `SAMRAD_DATA`");
  }

  void server() {
    file("tls.certificate", "tls.certificate", c_.tls.certificate);
    file("tls.key", "tls.key", c_.tls.key);
    if (!c_.tls.certificate.empty() && missing("tls.key", c_.tls.key))
      error("tls.certificate", "`tls.certificate` without `tls.key`", "give both or none");
    if (!c_.tls.key.empty() && missing("tls.certificate", c_.tls.certificate))
      error("tls.key", "`tls.key` without `tls.certificate`", "give both or none");
    if (!access::is_loopback(c_.listen.address) && missing("tls.certificate", c_.tls.certificate) &&
        !places_.failed("listen.address"))
      error("listen.address",
            fmt::format("`{}` can be reached from other machines, and there is no certificate",
                        c_.listen.address),
            "set `tls.certificate` and `tls.key`, or listen on 127.0.0.1");
    if (c_.http.inflated_bytes_max < c_.http.body_bytes_max)
      error("http.inflated_bytes_max",
            "`http.inflated_bytes_max` is less than `http.body_bytes_max`",
            "inflating makes a body longer: give it at least as much");
  }

  void mail() {
    password();
    file("smtp.ca_file", "smtp.ca_file", c_.smtp.ca_file);
    const auto url = parts_of(c_.smtp.url);
    if (!url) return;
    if (missing("smtp.from", c_.smtp.from))
      error("smtp.url", "`smtp.url` without `smtp.from`",
            "say which address mails come from: a mail without one is refused");
    if (c_.smtp.tls == MailTls::off && url->scheme == "smtps")
      error("smtp.tls", "`smtp.tls` is off and `smtp.url` begins with `smtps`",
            "write `smtp://`, or leave `smtp.tls` out");
    else if (c_.smtp.tls == MailTls::off && !access::is_loopback(url->host))
      error("smtp.tls", "mail to another machine would go without TLS",
            "leave `smtp.tls` out, or name a relay on this machine");
    const bool has_password = !c_.smtp.password.empty() || !c_.smtp.password_file.empty();
    if (!c_.smtp.user.empty() && !has_password && !places_.failed("smtp.password_file"))
      error("smtp.user", "`smtp.user` without a password",
            "give `smtp.password_file`, or `SAMRAD_SMTP_PASSWORD`");
    if (missing("smtp.user", c_.smtp.user) && has_password)
      error(places_.given("smtp.password") ? "smtp.password" : "smtp.password_file",
            "a password for mail without `smtp.user`", "say whose it is");
  }

  void password() {
    const std::string& path = c_.smtp.password_file;
    if (path.empty()) return;
    if (!c_.smtp.password.empty()) {
      warn("smtp.password_file", "the variable `SAMRAD_SMTP_PASSWORD` goes before this file",
           "give one of them");
      return;
    }
    std::ifstream stream(path, std::ios::binary);
    std::string text(secret_bytes_max + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    while (text.ends_with('\n') || text.ends_with('\r'))
      text.pop_back();
    if (text.empty() || text.size() > secret_bytes_max ||
        text.find_first_of("\r\n") != std::string::npos) {
      error("smtp.password_file",
            fmt::format("`smtp.password_file`: `{}` holds no password that can be read", path),
            "one line with the password and nothing else is expected");
      return;
    }
    c_.smtp.password = Secret(std::move(text));
    std::error_code code;
    const auto permissions = std::filesystem::status(path, code).permissions();
    if (!code &&
        (permissions & std::filesystem::perms::others_read) != std::filesystem::perms::none)
      warn("smtp.password_file", fmt::format("everybody on this machine can read `{}`", path),
           fmt::format("chmod o-r {}", path));
  }

  void issuer(std::size_t number) {
    const access::Issuer& issuer = c_.issuers[number];
    const std::string name = fmt::format("oidc.{}", number);
    const auto part = [&](std::string_view member) { return fmt::format("{}.{}", name, member); };
    if (missing(part("issuer"), issuer.issuer))
      error(name, "an issuer without `issuer`", "write it exactly as its tokens have it in `iss`");
    if (issuer.audiences.empty() && !places_.failed(part("audiences")))
      error(name, "an issuer without `audiences`",
            "a token for any other service would be taken: say what this one is to the issuer");
    for (std::size_t before = 0; before < number; ++before)
      if (!issuer.issuer.empty() && c_.issuers[before].issuer == issuer.issuer)
        error(name, "this issuer stands here twice",
              fmt::format("it is also at {}", places_.of(fmt::format("oidc.{}", before))));
    if (issuer.groups_claim.empty() != issuer.groups.empty() && !places_.failed(part("groups")) &&
        !places_.failed(part("groups_claim")))
      error(name, "of `groups_claim` and `[oidc.groups]` one is missing",
            "the one says where the groups are, the other what they may");
    if (issuer.rights_claim.empty() && issuer.groups_claim.empty() &&
        !places_.failed(part("rights_claim")))
      error(name, "nobody would have a right: neither `rights_claim` nor `groups_claim`",
            "leave `rights_claim` out, or name a claim");
    file(name, "ca_file", issuer.ca_file);
  }

  Configuration& c_;
  const Places& places_;
  std::vector<Fault>& faults_;
};

}  // namespace

void check(Configuration& configuration, const Places& places, std::vector<Fault>& faults) {
  Checks(configuration, places, faults).all();
}

}  // namespace samrad::config
