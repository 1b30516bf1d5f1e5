// The streams are stdio's: its buffer is kept, its error indicator is asked at the end.

#include "tools/console.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace samrad::tools {

namespace {

// A closed stream becomes one that fails: without this the next file opened would be written over.
void hold_open(int fd) {
  if (fcntl(fd, F_GETFD) != -1 || errno != EBADF) return;
  const int got = open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
  if (got != -1 && got != fd) {
    dup2(got, fd);
    close(got);
  }
}

bool wants_colour(int fd) {
  const char* no_colour = std::getenv("NO_COLOR");
  if (no_colour != nullptr && *no_colour != '\0') return false;
  const char* term = std::getenv("TERM");
  if (term == nullptr || std::strcmp(term, "dumb") == 0) return false;
  return isatty(fd) == 1;
}

}  // namespace

Console::Console() {
  for (int fd = 0; fd <= 2; ++fd)
    hold_open(fd);
  std::signal(SIGPIPE, SIG_IGN);
  out_colour_ = wants_colour(1);
  err_colour_ = wants_colour(2);
  err_terminal_ = isatty(2) == 1;
}

void Console::out(std::string_view text) {
  if (write_error_ == 0 && !text.empty() &&
      std::fwrite(text.data(), 1, text.size(), stdout) != text.size())
    write_error_ = errno;
}

void Console::err(std::string_view text) {
  if (!text.empty()) (void)std::fwrite(text.data(), 1, text.size(), stderr);
}

void Console::complain(std::string_view message) {
  err("samrad: ");
  err(message);
  err("\n");
}

int Console::finish(int status) {
  if (std::fflush(stdout) != 0 && write_error_ == 0) write_error_ = errno;
  if (write_error_ == 0) return status;
  if (write_error_ != EPIPE)
    complain(std::string("cannot write to standard output: ") + std::strerror(write_error_));
  return exit_unreadable;
}

Progress::Progress(const Console& console) {
  if (console.err_terminal()) thread_ = std::thread([this] { run(); });
}

Progress::~Progress() {
  {
    const std::lock_guard guard(lock_);
    done_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
  if (shown_) std::fputs("\r\033[K", stderr);
}

void Progress::at(std::string what) {
  const std::lock_guard guard(lock_);
  what_ = std::move(what);
}

void Progress::run() {
  std::unique_lock guard(lock_);
  for (int seconds = 1; !wake_.wait_for(guard, std::chrono::seconds(1), [this] { return done_; });
       ++seconds) {
    shown_ = true;
    std::fprintf(stderr, "\r\033[Ksamrad: %s … %d s", what_.c_str(), seconds);
  }
}

}  // namespace samrad::tools
