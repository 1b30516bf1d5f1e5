// Event files in memory, handed out a few bytes at a time so that every border falls somewhere.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "service/fleet/input.h"

namespace samrad::tests {

class MemoryInput final : public fleet::Input {
 public:
  MemoryInput(std::string text, std::size_t most) : text_(std::move(text)), input_(text_, most) {}
  MemoryInput(const MemoryInput&) = delete;

  std::size_t read(char* room, std::size_t bytes) override { return input_.read(room, bytes); }

 private:
  const std::string text_;
  fleet::TextInput input_;
};

class MemoryScratch final : public fleet::Scratch {
 public:
  std::string append(std::string_view bytes) override {
    text_.append(bytes);
    return {};
  }
  std::unique_ptr<fleet::Input> read() override {
    return std::make_unique<MemoryInput>(text_, 1000);
  }

 private:
  std::string text_;
};

class MemoryInputs final : public fleet::Inputs {
 public:
  explicit MemoryInputs(std::vector<std::string> texts) : texts_(std::move(texts)) {}

  [[nodiscard]] std::size_t count() const override { return texts_.size(); }
  [[nodiscard]] const std::string& name(std::size_t file) const override {
    static const std::string names[] = {"first.ndjson", "second.ndjson"};
    return names[file];
  }
  [[nodiscard]] std::uint64_t bytes() const override {
    std::uint64_t all = 0;
    for (const std::string& text : texts_)
      all += text.size();
    return all;
  }
  tl::expected<std::unique_ptr<fleet::Input>, std::string> open(std::size_t file) override {
    return std::make_unique<MemoryInput>(texts_[file], 777);
  }
  tl::expected<std::unique_ptr<fleet::Scratch>, std::string> scratch() override {
    return std::make_unique<MemoryScratch>();
  }

 private:
  std::vector<std::string> texts_;
};

}  // namespace samrad::tests
