// Event files for a reader that goes through them more than once: regular files are opened anew, what can be read only once (standard
// input, a pipe) is kept in a temporary file that has no name and goes away with the process.
#pragma once

#include "service/fleet/input.h"

#include <string>
#include <vector>

namespace samrad::tools {

// One file, or `-` for standard input, to be read once. The error is a sentence with the name in it.
[[nodiscard]] tl::expected<std::unique_ptr<fleet::Input>, std::string>
open_input(const std::string& name);

// The whole text of an event file, or of the lines in a packed log. The error is a sentence with the name in it.
[[nodiscard]] tl::expected<std::string, std::string> event_text(const std::string& name);

class FileInputs final : public fleet::Inputs {
 public:
  // Opens every file once, so that what cannot be read is known at the beginning: `unreadable` gets a sentence for each.
  FileInputs(const std::vector<std::string>& names, std::vector<std::string>& unreadable);

  [[nodiscard]] std::size_t count() const override { return files_.size(); }
  [[nodiscard]] const std::string& name(std::size_t file) const override {
    return files_[file].name;
  }
  [[nodiscard]] std::uint64_t bytes() const override;
  [[nodiscard]] tl::expected<std::unique_ptr<fleet::Input>, std::string>
  open(std::size_t file) override;
  [[nodiscard]] tl::expected<std::unique_ptr<fleet::Input>, std::string>
  open_log(std::size_t file) override;
  [[nodiscard]] tl::expected<std::unique_ptr<fleet::Scratch>, std::string> scratch() override;

 private:
  struct File {
    std::string name;
    std::string path;                      // of a regular file
    std::unique_ptr<fleet::Scratch> kept;  // of any other
    std::uint64_t bytes = 0;
    bool log = false;
  };
  static void look(File& file);
  [[nodiscard]] tl::expected<std::unique_ptr<fleet::Input>, std::string> open_bytes(std::size_t file);
  std::vector<File> files_;
};

}  // namespace samrad::tools
