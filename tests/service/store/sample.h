// Stores in folders of their own, and rows to put into them.
#pragma once

#include <filesystem>
#include <string>

#include "service/store/sqlite.h"

namespace samrad::tests {

// A folder that is there as long as this.
class Folder {
 public:
  enum Where {
    on_disk,
    in_memory
  };  // in memory a sync takes no time; on disk where there is no such place
  explicit Folder(Where where = in_memory);
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::string path(const std::string& name = "store.db") const {
    return (folder_ / name).string();
  }

 private:
  std::filesystem::path folder_;
};

// The value of a result; the test ends if there is none.
template <class T>
T value(store::Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

[[nodiscard]] store::Agreement agreement(store::AgreementNo no, const std::string& id = {});
[[nodiscard]] store::RuleVersion rule_version(store::AgreementNo no, std::uint32_t version = 1);
[[nodiscard]] store::Event event(store::AgreementNo no, std::uint64_t sequence,
                                 const std::string& type = "meeting");
[[nodiscard]] store::Finding finding(store::FindingNo no, store::AgreementNo agreement,
                                     std::uint64_t sequence = 0);
[[nodiscard]] store::Verdict verdict(store::AgreementNo no, const std::string& occurrence,
                                     const std::string& status, const std::string& due);
[[nodiscard]] store::Message message(const std::string& key, Micros not_before,
                                     store::AgreementNo agreement = 1);

// An agreement with its first rules.
[[nodiscard]] store::Batch founding(store::AgreementNo no);

// All that a reader can see, in words: equal texts are equal stores.
[[nodiscard]] std::string content(store::Store& store);

}  // namespace samrad::tests
