// POSIX calls rather than streams: they say why they failed. A kept file is read by position, so that any number can read it.

#include "tools/inputs.h"

#include "service/pack/lines.h"
#include "service/pack/log.h"
#include "tools/files.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace samrad::tools {

namespace {

std::string cannot(std::string_view what, const std::string& name, int error) {
  const std::string shown = name == "-" ? "standard input" : "`" + name + "`";
  return "cannot " + std::string(what) + " " + shown + ": " + std::strerror(error);
}

class Reading final : public fleet::Input {
 public:
  Reading(int fd, std::string name) : fd_(fd), name_(std::move(name)) {}
  ~Reading() override {
    if (fd_ > 2) close(fd_);
  }
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  std::size_t read(char* room, std::size_t bytes) override {
    for (;;) {
      const ssize_t n = ::read(fd_, room, bytes);
      if (n >= 0) return static_cast<std::size_t>(n);
      if (errno == EINTR) continue;
      error_ = cannot("read", name_, errno);
      return 0;
    }
  }
  [[nodiscard]] std::uint64_t left() const override {
    struct stat kind {};
    const off_t at = lseek(fd_, 0, SEEK_CUR);
    return fstat(fd_, &kind) == 0 && S_ISREG(kind.st_mode) && at < kind.st_size
               ? static_cast<std::uint64_t>(kind.st_size - at)
               : 0;
  }
  [[nodiscard]] std::string error() const override { return error_; }

 private:
  int fd_;
  std::string name_;
  std::string error_;
};

constexpr std::uint64_t packed_at_most = 100;  // times smaller than its lines

constexpr char kept_name[] = "a temporary file";

// Reads what another holds open.
class Again final : public fleet::Input {
 public:
  explicit Again(int fd) : fd_(fd) {}

  std::size_t read(char* room, std::size_t bytes) override {
    for (;;) {
      const ssize_t n = pread(fd_, room, bytes, at_);
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) error_ = std::string("cannot read ") + kept_name + ": " + std::strerror(errno);
      if (n <= 0) return 0;
      at_ += n;
      return static_cast<std::size_t>(n);
    }
  }
  [[nodiscard]] std::string error() const override { return error_; }

 private:
  int fd_;
  off_t at_ = 0;
  std::string error_;
};

class Kept final : public fleet::Scratch {
 public:
  explicit Kept(int fd) : fd_(fd) {}
  ~Kept() override { close(fd_); }
  Kept(const Kept&) = delete;
  Kept& operator=(const Kept&) = delete;

  std::string append(std::string_view bytes) override {
    waiting_.append(bytes);
    return waiting_.size() < (1U << 16U) ? std::string() : flush();
  }

  std::unique_ptr<fleet::Input> read() override {
    error_ = flush();
    return std::make_unique<Again>(fd_);
  }

  std::string flush() {
    std::string_view rest = waiting_;
    while (!rest.empty() && error_.empty()) {
      const ssize_t n = write(fd_, rest.data(), rest.size());
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0)
        error_ = std::string("cannot write ") + kept_name + ": " + std::strerror(errno);
      else
        rest.remove_prefix(static_cast<std::size_t>(n));
    }
    waiting_.clear();
    return error_;
  }

 private:
  int fd_;
  std::string waiting_;
  std::string error_;
};

tl::expected<std::unique_ptr<Kept>, std::string> new_kept() {
  const char* directory = std::getenv("TMPDIR");
  std::string name = std::string(directory != nullptr && *directory != '\0' ? directory : "/tmp") +
                     "/samrad.XXXXXX";
  const int fd = mkstemp(name.data());
  if (fd < 0) return tl::unexpected(cannot("write", name, errno));
  unlink(name.c_str());
  return std::make_unique<Kept>(fd);
}

}  // namespace

// Whether a regular file is a packed log; then its size is that of its lines, as far as it says.
void FileInputs::look(File& file) {
  const int fd = ::open(file.path.c_str(), O_RDONLY | O_CLOEXEC);
  char bytes[sizeof(pack::Total)] = {};
  const auto read_at = [&](off_t at) { return pread(fd, bytes, sizeof bytes, at) == static_cast<ssize_t>(sizeof bytes); };
  if (fd >= 0 && read_at(0) && pack::is_log({bytes, sizeof bytes})) {
    file.log = true;
    if (read_at(static_cast<off_t>(file.bytes - sizeof bytes)))
      file.bytes = std::max(file.bytes, std::min(pack::unpacked_bytes({bytes, sizeof bytes}), packed_at_most * file.bytes));
  }
  if (fd >= 0) ::close(fd);
}

tl::expected<std::unique_ptr<fleet::Input>, std::string> open_input(const std::string& name) {
  if (name == "-") return std::make_unique<Reading>(0, name);
  const int fd = open(name.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return tl::unexpected(cannot("read", name, errno));
  auto input = std::make_unique<Reading>(fd, name);
  struct stat kind {};
  if (fstat(fd, &kind) == 0 && S_ISDIR(kind.st_mode))
    return tl::unexpected(cannot("read", name, EISDIR));
  return input;
}

tl::expected<std::string, std::string> event_text(const std::string& name) {
  auto text = read_file(name);
  if (!text || !pack::is_log(*text)) return text;
  pack::Unpacked lines = pack::unpack(*text);
  if (lines.fault.empty()) return std::move(lines.text);
  return tl::unexpected("cannot read " + std::string(name == "-" ? "standard input" : "`" + name + "`") + ": " + lines.fault);
}

FileInputs::FileInputs(const std::vector<std::string>& names,
                       std::vector<std::string>& unreadable) {
  for (const std::string& name : names) {
    File file{name == "-" ? "standard input" : name, name, nullptr, 0, false};
    struct stat kind {};
    if (name != "-" && stat(name.c_str(), &kind) == 0 && S_ISREG(kind.st_mode)) {
      file.bytes = static_cast<std::uint64_t>(kind.st_size);
      if (auto input = open_input(name); !input)
        unreadable.push_back(input.error());
      else
        look(file);
      files_.push_back(std::move(file));
      continue;
    }
    auto input = open_input(name);
    auto kept = new_kept();
    if (!input || !kept) {
      unreadable.push_back(input ? kept.error() : input.error());
      continue;
    }
    std::string block(1U << 16U, '\0');
    std::string why;
    while (const std::size_t n = (*input)->read(block.data(), block.size())) {
      if (file.bytes == 0) file.log = pack::is_log(std::string_view(block).substr(0, n));
      file.bytes += n;
      if (why = (*kept)->append(std::string_view(block).substr(0, n)); !why.empty()) break;
    }
    if (why.empty()) why = (*input)->error();
    if (!why.empty()) unreadable.push_back(why);
    file.kept = std::move(*kept);
    files_.push_back(std::move(file));
  }
}

std::uint64_t FileInputs::bytes() const {
  std::uint64_t all = 0;
  for (const File& file : files_)
    all += file.bytes;
  return all;
}

tl::expected<std::unique_ptr<fleet::Input>, std::string> FileInputs::open_bytes(std::size_t file) {
  if (files_[file].kept) return files_[file].kept->read();
  return open_input(files_[file].path);
}

tl::expected<std::unique_ptr<fleet::Input>, std::string> FileInputs::open(std::size_t file) {
  auto input = open_bytes(file);
  if (!input || !files_[file].log) return input;
  return pack::lines_of(std::move(*input));
}

tl::expected<std::unique_ptr<fleet::Input>, std::string> FileInputs::open_log(std::size_t file) {
  if (!files_[file].log) return nullptr;
  return open_bytes(file);
}

tl::expected<std::unique_ptr<fleet::Scratch>, std::string> FileInputs::scratch() {
  auto kept = new_kept();
  if (!kept) return tl::unexpected(kept.error());
  return std::unique_ptr<fleet::Scratch>(std::move(*kept));
}

}  // namespace samrad::tools
