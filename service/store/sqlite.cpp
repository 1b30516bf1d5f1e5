#include "service/store/sqlite.h"

#include <mutex>

#include <fmt/format.h>

#include "service/store/checkpoints.h"
#include "service/store/copies.h"
#include "service/store/files.h"
#include "service/store/migrations.h"
#include "service/store/reader.h"
#include "service/store/writer.h"

namespace samrad::store {

namespace {

class SqliteStore final : public Store {
 public:
  SqliteStore(std::string path, const Options& options, FolderLock lock, std::string id)
      : path_(std::move(path)),
        options_(options),
        lock_(std::move(lock)),
        id_(std::move(id)),
        checkpoints_(path_, options_, writing_) {}

  Result<std::unique_ptr<Reader>> reader() override {
    return open_reader(path_, options_.vfs, options_.reader_cache_kib);
  }

  Result<void> commit(const Batch& batch) override {
    return written([&](Writer& writer) { return writer.write(batch); });
  }

  Result<void> backup(const std::string& path) override {
    return copy_store(path_, options_.vfs, path);
  }

  Result<void> probe() override {
    if (auto failure = checkpoints_.failure()) return tl::unexpected(std::move(*failure));
    return written([](Writer& writer) { return writer.probe(); });
  }

  std::string id() const override { return id_; }

  // The writer before, if there was one, is closed after the new one is open: were the file closed in between, SQLite would look at
  // the log afresh and might find there what a failed commit has left.
  Result<void> open_writer() {
    auto opened = Writer::open(path_, options_.vfs, options_.writer_cache_kib);
    if (!opened) return tl::unexpected(std::move(opened.error()));
    sqlite3_wal_hook(
        opened->get(),
        [](void* checkpoints, sqlite3*, const char*, int pages) {
          static_cast<Checkpoints*>(checkpoints)->grown(pages);
          return SQLITE_OK;
        },
        &checkpoints_);
    writer_ = std::move(*opened);
    trusted_ = true;
    return {};
  }

 private:
  // After a failure of the disk the connection is not trusted with what it remembers of the file: the next commit has a new one.
  template <class Write>
  Result<void> written(Write write) {
    const std::lock_guard holding(writing_);
    if (!trusted_)
      if (auto opened = open_writer(); !opened) return opened;
    auto done = write(*writer_);
    trusted_ = done || done.error().kind == Failure::Kind::conflict;
    return done;
  }

  const std::string path_;
  const Options options_;
  const FolderLock lock_;
  const std::string id_;
  std::mutex writing_;
  Checkpoints
      checkpoints_;  // destroyed after the writer, when nothing is in the way of emptying the log
  std::optional<Writer> writer_;
  bool trusted_ = false;
};

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite(const std::string& path, const Options& options) {
  const std::string folder = folder_of(path);
  if (options.create) {
    if (auto made = make_folder(folder); !made) return tl::unexpected(std::move(made.error()));
  } else if (!exists(path)) {
    return tl::unexpected(Failure{
        Failure::Kind::absent,
        fmt::format(
            "`{}`: there is no store; name the place of one, or make it with `samrad serve`",
            path)});
  }
  auto lock = FolderLock::take(folder);
  if (!lock) return tl::unexpected(std::move(lock.error()));
  if (auto whole = no_restore_unfinished(path); !whole)
    return tl::unexpected(std::move(whole.error()));

  const auto mode = options.create ? Connection::Mode::create : Connection::Mode::write;
  std::string id;
  {
    auto connection = Connection::open(path, mode, options.vfs);
    if (!connection) return tl::unexpected(std::move(connection.error()));
    // Before the first table: what the file is, is known from its first page on.
    auto done = schema_of(*connection);
    if (!done) return tl::unexpected(std::move(done.error()));
    auto prepared = connection->run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    if (prepared) prepared = migrate(*connection);
    if (!prepared) return tl::unexpected(std::move(prepared.error()));
    auto name = connection->text("SELECT value FROM about WHERE name = 'id'");
    if (!name) return tl::unexpected(std::move(name.error()));
    id = std::move(*name);
  }
  if (auto durable = sync_file(folder); !durable) return tl::unexpected(std::move(durable.error()));
  auto store = std::make_unique<SqliteStore>(path, options, std::move(*lock), std::move(id));
  if (auto opened = store->open_writer(); !opened) return tl::unexpected(std::move(opened.error()));
  return store;
}

}  // namespace samrad::store
