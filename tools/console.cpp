// The streams are stdio's: its buffer is kept, its error indicator is asked at the end.

#include "tools/console.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/ioctl.h>
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

// A terminal that understands more than letters.
bool is_able(int fd) {
  const char* term = std::getenv("TERM");
  return term != nullptr && std::strcmp(term, "dumb") != 0 && isatty(fd) == 1;
}

bool wants_colour(int fd) {
  const char* no_colour = std::getenv("NO_COLOR");
  return (no_colour == nullptr || *no_colour == '\0') && is_able(fd);
}

// The first `columns` letters, each taken to be one column wide.
std::string_view cut(std::string_view text, std::size_t columns) {
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  std::size_t end = 0;
  for (std::size_t seen = 0; end < text.size(); ++end)
    if (begins(text[end]) && ++seen > columns) break;
  return text.substr(0, end);
}

// `WHAT [####....] 50 %`; of the bar what has room in the columns, or none of it.
std::string with_share(std::string what, const Share& share, std::size_t columns) {
  constexpr std::size_t bar_min = 5, bar_max = 30;
  const std::uint64_t of = std::max<std::uint64_t>(1, share.of), done = std::min(share.done, of);
  const std::string percent = " " + std::to_string(done * 100 / of) + " %";
  const std::size_t taken = what.size() + percent.size() + 3;
  if (taken + bar_min <= columns) {
    const std::size_t width = std::min(bar_max, columns - taken), full = done * width / of;
    what += " [" + std::string(full, '#') + std::string(width - full, '.') + "]";
  }
  return what + percent;
}

}  // namespace

Console::Console() {
  for (int fd = 0; fd <= 2; ++fd)
    hold_open(fd);
  std::signal(SIGPIPE, SIG_IGN);
  out_colour_ = wants_colour(1);
  err_colour_ = wants_colour(2);
  err_terminal_ = is_able(2);
}

void Console::out(std::string_view text) {
  if (err_terminal_) transient({});
  if (write_error_ == 0 && !text.empty() &&
      std::fwrite(text.data(), 1, text.size(), stdout) != text.size())
    write_error_ = errno;
}

void Console::err(std::string_view text) {
  if (err_terminal_) transient({});
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

void Console::transient(std::string_view line) {
  const std::lock_guard guard(lock_);
  if (line.empty() && !transient_) return;
  std::fprintf(stderr, "\r\033[K%.*s", static_cast<int>(line.size()), line.data());
  transient_ = !line.empty();
}

std::size_t Console::err_columns() {
  winsize size{};
  return ioctl(2, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

std::string progress_line(const std::string& what, const std::optional<Share>& share, int seconds,
                          std::size_t columns) {
  const std::string time = " … " + std::to_string(seconds) + " s";
  std::string line = "samrad: " + what;
  if (share) line = with_share(std::move(line), *share, columns - std::min(columns, time.size()));
  return std::string(cut(line + time, columns));
}

Progress::Progress(Console& console) : console_(console) {
  if (console.err_terminal()) thread_ = std::thread([this] { run(); });
}

Progress::~Progress() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard guard(lock_);
    done_ = true;
  }
  wake_.notify_all();
  thread_.join();
  console_.transient({});
}

void Progress::at(std::string what, std::optional<Share> share) {
  const std::lock_guard guard(lock_);
  what_ = std::move(what);
  share_ = share;
}

void Progress::run() {
  std::unique_lock guard(lock_);
  for (int seconds = 1; !wake_.wait_for(guard, std::chrono::seconds(1), [this] { return done_; });
       ++seconds) {
    // The last column stays empty: a letter there would make some terminals begin a new line.
    console_.transient(progress_line(what_, share_, seconds, Console::err_columns() - 1));
  }
}

}  // namespace samrad::tools
