// A certificate that nobody else trusts, for servers of the tests on 127.0.0.1.
#pragma once

#include <string>

namespace samrad::tests {

// Made anew for each object, and gone with it.
class Certificate {
 public:
  Certificate();
  ~Certificate();
  Certificate(const Certificate&) = delete;
  Certificate& operator=(const Certificate&) = delete;

  [[nodiscard]] const std::string& file() const { return file_; }  // PEM, names 127.0.0.1
  [[nodiscard]] const std::string& key_file() const { return key_file_; }

 private:
  std::string file_;
  std::string key_file_;
};

}  // namespace samrad::tests
