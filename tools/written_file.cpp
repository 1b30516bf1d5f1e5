// POSIX calls rather than streams: they say why they failed.

#include "tools/written_file.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace samrad::tools {

namespace {

constexpr std::size_t bytes_kept = std::size_t{1} << 20U;
constexpr mode_t everyone_reads = 0666;

}  // namespace

WrittenFile::WrittenFile(const std::string& name) : name_(name) {
  struct stat old {};
  const bool exists = stat(name.c_str(), &old) == 0;
  if (exists && !S_ISREG(old.st_mode)) {
    fd_ = open(name.c_str(), O_WRONLY | O_CLOEXEC);
    if (fd_ < 0) fail(errno);
    return;
  }
  beside_ = name + ".XXXXXX";
  fd_ = mkstemp(beside_.data());
  if (fd_ < 0) {
    fail(errno);
    beside_.clear();
    return;
  }
  // The mode that a file made in the ordinary way would have.
  const mode_t mask = umask(0);
  umask(mask);
  if (fchmod(fd_, exists ? old.st_mode & 07777 : everyone_reads & ~mask) != 0) fail(errno);
}

WrittenFile::~WrittenFile() {
  if (fd_ > STDERR_FILENO) close(fd_);
  if (!beside_.empty()) unlink(beside_.c_str());
}

void WrittenFile::fail(int error) {
  if (fault_.empty()) fault_ = "cannot write `" + name_ + "`: " + std::strerror(error);
}

void WrittenFile::write(std::string_view bytes) {
  waiting_ += bytes;
  if (waiting_.size() >= bytes_kept) flush();
}

void WrittenFile::flush() {
  std::string_view rest = waiting_;
  while (!rest.empty() && fault_.empty()) {
    const ssize_t n = ::write(fd_, rest.data(), rest.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0)
      fail(errno);
    else
      rest.remove_prefix(static_cast<std::size_t>(n));
  }
  waiting_.clear();
}

std::string WrittenFile::finish() {
  flush();
  if (fd_ > STDERR_FILENO && close(fd_) != 0) fail(errno);
  fd_ = -1;
  if (fault_.empty() && !beside_.empty()) {
    if (rename(beside_.c_str(), name_.c_str()) != 0) fail(errno);
    if (fault_.empty()) beside_.clear();
  }
  return fault_;
}

}  // namespace samrad::tools
