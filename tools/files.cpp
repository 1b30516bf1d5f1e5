// POSIX calls rather than streams: they say why they failed.

#include "tools/files.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace samrad::tools {

namespace {

std::string cannot(std::string_view what, const std::string& name, int error) {
  const std::string shown = name == "-" ? "standard input" : "`" + name + "`";
  return "cannot " + std::string(what) + " " + shown + ": " + std::strerror(error);
}

// Closes its descriptor.
struct Descriptor {
  int fd = -1;
  ~Descriptor() {
    if (fd > 2) close(fd);
  }
};

bool write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = write(fd, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

}  // namespace

tl::expected<std::string, std::string> read_file(const std::string& name, std::size_t bytes_max) {
  const bool standard_input = name == "-";
  const Descriptor file{standard_input ? 0 : open(name.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.fd < 0) return tl::unexpected(cannot("read", name, errno));
  struct stat kind{};
  if (fstat(file.fd, &kind) == 0 && S_ISDIR(kind.st_mode)) return tl::unexpected(cannot("read", name, EISDIR));
  std::string text;
  std::array<char, 65536> buffer{};
  while (text.size() <= bytes_max) {
    const std::size_t want = std::min(buffer.size(), bytes_max + 1 - text.size());
    const ssize_t n = read(file.fd, buffer.data(), want);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return tl::unexpected(cannot("read", name, errno));
    if (n == 0) break;
    text.append(buffer.data(), static_cast<std::size_t>(n));
  }
  return text;
}

std::string replace_file(const std::string& name, std::string_view text) {
  std::error_code error;
  const std::filesystem::path real = std::filesystem::canonical(name, error);
  if (error) return cannot("write", name, error.value());
  struct stat old {};
  if (stat(real.c_str(), &old) != 0) return cannot("write", name, errno);
  if (access(real.c_str(), W_OK) != 0) return cannot("write", name, errno);

  std::string temporary = real.string() + ".XXXXXX";
  const Descriptor file{mkstemp(temporary.data())};
  if (file.fd < 0) return cannot("write beside", name, errno);
  const bool written = write_all(file.fd, text) && fchmod(file.fd, old.st_mode & 07777) == 0 &&
                       fsync(file.fd) == 0 && rename(temporary.c_str(), real.c_str()) == 0;
  if (written) return {};
  const int why = errno;
  unlink(temporary.c_str());
  return cannot("write", name, why);
}

std::string beside(const std::string& from, std::string_view path) {
  const std::filesystem::path target(path);
  if (target.is_absolute()) return target.lexically_normal().string();
  return (std::filesystem::path(from).parent_path() / target).lexically_normal().string();
}

}  // namespace samrad::tools
