// A disk that loses power. What was written and not synced is on its way: at the cut each sector of it arrives, or not, or arrives as
// something else, in any order; what was synced is there.
#pragma once

#include <map>
#include <mutex>
#include <random>
#include <vector>

#include "service/store/vfs.h"

namespace samrad::tests {

class LosingDisk final : public store::Disk {
 public:
  // The one of this program, under the name that Options::vfs takes.
  static LosingDisk& one();
  static constexpr const char* name = "losing";

  enum class Count { changes, syncs };  // a change: a write, truncation, sync or removal

  // Takes what lies in the folder as durable, forgets all else, and cuts the power at the change or sync of this number, from 1.
  void begin(const std::string& folder, std::uint64_t seed, Count count, int cut_at);
  // Cuts it now, if that has not happened. From the cut on every call fails.
  void cut();
  [[nodiscard]] bool is_cut() const;
  // Puts the files as they are after the cut into another folder. The shared memory of readers is gone.
  void leave(const std::string& folder);

  int read(const std::string& path) override;
  int write(const std::string& path, std::string_view bytes, std::int64_t at) override;
  int truncate(const std::string& path, std::int64_t size) override;
  int sync(const std::string& path) override;
  int remove(const std::string& path) override;

 private:
  struct Change {
    enum class What { write, truncate, remove } what;
    std::size_t at = 0;  // or the new size
    std::string bytes;
  };
  struct File {
    bool there = false;  // durably
    std::string bytes;   // durably
    std::vector<Change> pending;
  };

  int change(const std::string& path, Change made);
  void passed(Count count);
  void sync_names();
  // What of the pending changes arrived.
  void lose(File& file);

  mutable std::mutex mutex_;
  std::map<std::string, File> files_;
  std::mt19937_64 random_;
  Count count_ = Count::changes;
  int left_ = 0;  // until the cut
  bool cut_ = true;
};

}  // namespace samrad::tests
