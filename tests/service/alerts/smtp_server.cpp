#include "tests/service/alerts/smtp_server.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace samrad::tests {

SmtpServer::SmtpServer(const Certificate& certificate) {
  int in[2];
  int out[2];
  if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0) return;
  const std::string script =
      std::string(SAMRAD_SOURCE_DIR) + "/tests/service/alerts/smtp_receiver.py";
  child_ = ::fork();
  if (child_ == 0) {
    ::dup2(in[0], 0);
    ::dup2(out[1], 1);
    ::execl("/usr/bin/python3", "python3", script.c_str(), certificate.file().c_str(),
            certificate.key_file().c_str(), nullptr);
    ::_exit(127);
  }
  ::close(in[0]);
  ::close(out[1]);
  in_ = in[1];
  out_ = ::fdopen(out[0], "r");
  ports_ = next();
}

SmtpServer::~SmtpServer() {
  if (out_ == nullptr) return;
  ::close(in_);
  ::waitpid(child_, nullptr, 0);
  std::fclose(out_);
}

std::string SmtpServer::url(const char* way, const char* scheme) const {
  return std::string(scheme) + "://127.0.0.1:" + std::to_string(ports_[way].get<int>());
}

nlohmann::json SmtpServer::next() {
  std::string line;
  for (int c; (c = std::fgetc(out_)) != EOF && c != '\n';)
    line += static_cast<char>(c);
  return line.empty() ? nlohmann::json() : nlohmann::json::parse(line);
}

}  // namespace samrad::tests
