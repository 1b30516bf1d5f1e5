#include "service/store/files.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace samrad::store {

namespace {

// A process id from the file, or empty.
std::string holder(int file) {
  char text[32];
  const ssize_t size = pread(file, text, sizeof text, 0);
  return size > 0 ? " (process " + std::string(text, static_cast<std::size_t>(size)) + ")" : "";
}

}  // namespace

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

bool exists(const std::string& path) {
  struct stat status;
  return lstat(path.c_str(), &status) == 0;
}

Failure file_failure(const std::string& path, int reason) {
  using Kind = Failure::Kind;
  const auto failure = [&](Kind kind, std::string_view advice) {
    return Failure{kind, fmt::format("`{}`: {}; {}", path, strerror(reason), advice)};
  };
  switch (reason) {
  case ENOSPC:
  case EDQUOT: return failure(Kind::full, "make room on the disk");
  case EROFS:
  case EACCES:
  case EPERM: return failure(Kind::read_only, "give this user the right to write there");
  case ENOENT:
  case ENOTDIR: return failure(Kind::absent, "name a place that exists");
  case EEXIST: return failure(Kind::conflict, "name another place, or move what is there");
  default: return failure(Kind::io, "look at the disk");
  }
}

Result<void> make_folder(const std::string& folder) {
  if (mkdir(folder.c_str(), 0700) == 0) return sync_file(folder_of(folder));
  if (errno == EEXIST) return {};
  return tl::unexpected(file_failure(folder, errno));
}

Result<void> sync_file(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return tl::unexpected(file_failure(path, errno));
  const int reason = fsync(file) == 0 ? 0 : errno;
  close(file);
  if (reason != 0) return tl::unexpected(file_failure(path, reason));
  return {};
}

Result<void> rename_file(const std::string& from, const std::string& to) {
  if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) != 0)
    return tl::unexpected(file_failure(errno == EEXIST ? to : from, errno));
  return sync_file(folder_of(to));
}

Result<void> remove_file(const std::string& path) {
  if (unlink(path.c_str()) != 0 && errno != ENOENT)
    return tl::unexpected(file_failure(path, errno));
  return {};
}

Result<FolderLock> FolderLock::take(const std::string& folder) {
  const std::string path = folder + "/lock";
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return tl::unexpected(file_failure(path, errno));
  if (flock(file, LOCK_EX | LOCK_NB) != 0) {
    const int reason = errno;
    Failure failure = file_failure(path, reason);
    if (reason == EWOULDBLOCK)
      failure = {Failure::Kind::locked,
                 fmt::format("`{}`: another process{} uses this folder; stop that one first, or "
                             "name another folder",
                             folder, holder(file))};
    close(file);
    return tl::unexpected(std::move(failure));
  }
  // Only for the message: the lock holds without it.
  const std::string process = std::to_string(getpid());
  if (ftruncate(file, 0) == 0) (void)!pwrite(file, process.data(), process.size(), 0);
  return FolderLock(file);
}

FolderLock::~FolderLock() {
  if (file_ >= 0) close(file_);
}

}  // namespace samrad::store
