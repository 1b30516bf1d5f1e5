// Blocks to text, one at a time. Entry points: lines_of, unpack.

#include "service/pack/lines.h"

#include <algorithm>

#include "service/pack/log.h"

namespace samrad::pack {

namespace {

// What an input has, after bytes that were read from it already.
class Again final : public fleet::Input {
 public:
  Again(std::string first, std::unique_ptr<fleet::Input> rest)
      : first_(std::move(first)), rest_(std::move(rest)) {}

  std::size_t read(char* room, std::size_t bytes) override {
    if (at_ == first_.size()) return rest_->read(room, bytes);
    const std::size_t n = first_.copy(room, bytes, at_);
    at_ += n;
    return n;
  }
  [[nodiscard]] std::string error() const override { return rest_->error(); }

 private:
  std::string first_;
  std::size_t at_ = 0;
  std::unique_ptr<fleet::Input> rest_;
};

class Lines final : public fleet::Input {
 public:
  explicit Lines(std::unique_ptr<fleet::Input> packed)
      : packed_(std::move(packed)), log_(*packed_), events_(log_) {}

  std::size_t read(char* room, std::size_t bytes) override {
    while (at_ == text_.size() && next_block()) {
    }
    const std::size_t n = text_.copy(room, bytes, at_);
    at_ += n;
    return n;
  }
  [[nodiscard]] std::string error() const override { return fault_; }

 private:
  bool next_block() {
    text_.clear();
    at_ = 0;
    if (!fault_.empty()) return false;
    if (!log_.next(block_)) {
      fault_ = log_.fault();
      return false;
    }
    if (!events_.open(block_)) {
      fault_ = events_.fault();
      return false;
    }
    while (events_.next())
      events_.write(text_);
    return true;
  }

  std::unique_ptr<fleet::Input> packed_;
  Log log_;
  Block block_;
  Events events_;
  std::string text_;
  std::size_t at_ = 0;
  std::string fault_;
};

}  // namespace

std::unique_ptr<fleet::Input> lines_of(std::unique_ptr<fleet::Input> input) {
  std::string first(magic.size(), '\0');
  std::size_t filled = 0;
  while (filled < first.size()) {
    const std::size_t n = input->read(first.data() + filled, first.size() - filled);
    if (n == 0) break;
    filled += n;
  }
  first.resize(filled);
  const bool log = is_log(first);
  std::unique_ptr<fleet::Input> whole = std::make_unique<Again>(std::move(first), std::move(input));
  if (!log) return whole;
  return std::make_unique<Lines>(std::move(whole));
}

Unpacked unpack(std::string_view log) {
  Unpacked out;
  Lines lines(std::make_unique<fleet::TextInput>(log));
  std::string block(1U << 18U, '\0');
  while (const std::size_t n = lines.read(block.data(), block.size()))
    out.text.append(block, 0, n);
  out.fault = lines.error();
  return out;
}

}  // namespace samrad::pack
