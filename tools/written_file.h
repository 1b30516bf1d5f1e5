// A file that is written piece by piece and stands under its name only when it is whole.
#pragma once

#include <string>
#include <string_view>

namespace samrad::tools {

class WrittenFile {
 public:
  // An existing file is written over only by finish(); what is no regular file gets the bytes as they come.
  explicit WrittenFile(const std::string& name);
  ~WrittenFile();
  WrittenFile(const WrittenFile&) = delete;
  WrittenFile& operator=(const WrittenFile&) = delete;

  // After a failure nothing more is written; finish() tells.
  void write(std::string_view bytes);

  // Gives the file its name. A sentence where that, or any write before it, failed; the old file is then untouched. Empty otherwise.
  [[nodiscard]] std::string finish();

 private:
  void flush();
  void fail(int error);

  std::string name_;
  std::string beside_;  // where it is written; empty: the name itself, which is no regular file
  int fd_ = -1;
  std::string waiting_;
  std::string fault_;
};

}  // namespace samrad::tools
