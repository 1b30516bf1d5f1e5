// What the store does with files itself, beside SQLite.
#pragma once

#include <string>

#include "service/store/store.h"

namespace samrad::store {

// The folder that `path` is in; `.` for a bare name.
[[nodiscard]] std::string folder_of(const std::string& path);
[[nodiscard]] bool exists(const std::string& path);

// From an errno: where, what, what instead.
[[nodiscard]] Failure file_failure(const std::string& path, int reason);

// Makes the last folder of a path, for this user alone, where it is absent.
[[nodiscard]] Result<void> make_folder(const std::string& folder);
// What the file or folder holds is on the disk when it returns.
[[nodiscard]] Result<void> sync_file(const std::string& path);
// Gives the file another name, durably; an existing file of that name is a `conflict`.
[[nodiscard]] Result<void> rename_file(const std::string& from, const std::string& to);
// No failure if it is absent.
[[nodiscard]] Result<void> remove_file(const std::string& path);

// The file `lock` in a folder, held by this process until it is destroyed or the process ends, however it ends.
class FolderLock {
 public:
  // Failures: locked, naming the process that has it; what opening a file can give.
  [[nodiscard]] static Result<FolderLock> take(const std::string& folder);

  FolderLock(FolderLock&& other) noexcept : file_(other.file_) { other.file_ = -1; }
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int file) : file_(file) {}
  int file_;
};

}  // namespace samrad::store
