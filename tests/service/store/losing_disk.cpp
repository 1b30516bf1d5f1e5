#include "tests/service/store/losing_disk.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace samrad::tests {

namespace {

constexpr std::size_t sector_bytes = 512;

void put(std::string& file, std::size_t at, std::string_view bytes) {
  if (file.size() < at + bytes.size()) file.resize(at + bytes.size(), '\0');
  std::copy(bytes.begin(), bytes.end(), file.begin() + static_cast<std::ptrdiff_t>(at));
}

}  // namespace

LosingDisk& LosingDisk::one() {
  static LosingDisk disk;
  static const bool added = (store::add_disk(name, disk), true);
  (void)added;
  return disk;
}

void LosingDisk::begin(const std::string& folder, std::uint64_t seed, Count count, int cut_at) {
  namespace fs = std::filesystem;
  const std::lock_guard lock(mutex_);
  files_.clear();
  if (fs::exists(folder))
    for (const auto& each : fs::directory_iterator(folder)) {
      const std::string path = each.path().string();
      if (path.ends_with("-shm") || path.ends_with("/lock")) continue;
      std::ifstream in(path, std::ios::binary);
      files_[path] = {true, {std::istreambuf_iterator<char>(in), {}}, {}};
    }
  random_.seed(seed);
  count_ = count;
  left_ = cut_at;
  cut_ = false;
}

void LosingDisk::cut() {
  const std::lock_guard lock(mutex_);
  cut_ = true;
}

bool LosingDisk::is_cut() const {
  const std::lock_guard lock(mutex_);
  return cut_;
}

void LosingDisk::passed(Count count) {
  if (count_ == Count::changes || count_ == count) cut_ = --left_ == 0;
}

int LosingDisk::change(const std::string& path, Change made) {
  const std::lock_guard lock(mutex_);
  if (cut_) return EIO;
  files_[path].pending.push_back(std::move(made));
  passed(Count::changes);
  return cut_ ? EIO : 0;
}

int LosingDisk::read(const std::string&) { return is_cut() ? EIO : 0; }

int LosingDisk::write(const std::string& path, std::string_view bytes, std::int64_t at) {
  return change(path, {Change::What::write, static_cast<std::size_t>(at), std::string(bytes)});
}

int LosingDisk::truncate(const std::string& path, std::int64_t size) {
  return change(path, {Change::What::truncate, static_cast<std::size_t>(size), {}});
}

int LosingDisk::remove(const std::string& path) {
  return change(path, {Change::What::remove, 0, {}});
}

int LosingDisk::sync(const std::string& path) {
  const std::lock_guard lock(mutex_);
  if (cut_) return EIO;
  passed(Count::syncs);
  if (cut_) return EIO;
  File& synced = files_[path];
  if (!synced.there) sync_names();
  for (const Change& each : synced.pending) {
    if (each.what == Change::What::write)
      put(synced.bytes, each.at, each.bytes);
    else
      synced.bytes.resize(each.at, '\0');
  }
  synced.there = true;
  synced.pending.clear();
  return 0;
}

// With the first sync of a new file SQLite syncs the folder: what was removed before does not come back.
void LosingDisk::sync_names() {
  for (auto& [path, file] : files_)
    if (!file.pending.empty() && file.pending.back().what == Change::What::remove) file = {};
}

void LosingDisk::lose(File& file) {
  struct Piece {
    std::size_t at;
    std::string bytes;
  };
  // Between nothing and all of it arrives, and what does arrive is mostly what was written.
  const bool all = random_() % 3 == 0;
  const std::uint64_t lost = all ? 0 : random_() % 9;
  const std::uint64_t spoilt = all ? 0 : random_() % 2;
  std::vector<Piece> pieces;
  const auto arrive = [&] {
    std::shuffle(pieces.begin(), pieces.end(), random_);
    for (Piece& piece : pieces) {
      if (random_() % 8 < lost) continue;
      if (random_() % 8 < spoilt)
        std::generate(piece.bytes.begin(), piece.bytes.end(),
                      [&] { return static_cast<char>(random_()); });
      put(file.bytes, piece.at, piece.bytes);
    }
    pieces.clear();
  };
  for (const Change& each : file.pending) {
    if (each.what == Change::What::write) {
      for (std::size_t begin = 0; begin < each.bytes.size();) {
        const std::size_t room = sector_bytes - (each.at + begin) % sector_bytes;
        pieces.push_back({each.at + begin, each.bytes.substr(begin, room)});
        begin += room;
      }
      continue;
    }
    arrive();
    if (random_() % 2 == 0) continue;
    file.bytes.resize(each.what == Change::What::remove ? 0 : each.at, '\0');
    if (each.what == Change::What::remove) file.there = false;
  }
  arrive();
  // A name that was never synced may be lost with all that it stands for.
  if (!file.there) file.there = random_() % 2 == 0;
}

void LosingDisk::leave(const std::string& folder) {
  const std::lock_guard lock(mutex_);
  std::filesystem::create_directory(folder);
  for (auto& [path, file] : files_) {
    lose(file);
    if (!file.there) continue;
    std::ofstream(std::filesystem::path(folder) / std::filesystem::path(path).filename(),
                  std::ios::binary)
        << file.bytes;
  }
}

}  // namespace samrad::tests
