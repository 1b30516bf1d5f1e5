// A registry over a store in a folder of its own, with a clock that stands still until it is set.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "service/registry/check.h"
#include "service/registry/reading_room.h"
#include "service/registry/registry.h"
#include "service/store/sqlite.h"

namespace samrad::registry {

// A folder that goes with its owner.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

[[nodiscard]] Micros at(const std::string& rfc3339);

// A store that does what another does.
class Behind : public store::Store {
 public:
  explicit Behind(std::unique_ptr<store::Store> inner) : inner_(std::move(inner)) {}
  store::Result<std::unique_ptr<store::Reader>> reader() override { return inner_->reader(); }
  store::Result<void> commit(const store::Batch& batch) override { return inner_->commit(batch); }
  store::Result<void> backup(const std::string& path) override { return inner_->backup(path); }
  store::Result<void> probe() override { return inner_->probe(); }
  std::string id() const override { return inner_->id(); }

 private:
  std::unique_ptr<store::Store> inner_;
};

// A store whose commits can be made to fail, at once or when so many have been made. Set while nothing is under way.
class Brittle final : public Behind {
 public:
  using Behind::Behind;
  std::optional<store::Failure::Kind> fails;
  std::size_t commits_left = SIZE_MAX;

  store::Result<void> commit(const store::Batch& batch) override {
    if (commits_left == 0) fails = store::Failure::Kind::io;
    if (fails) return tl::unexpected(store::Failure{*fails, "no room left for `samrad.db`"});
    --commits_left;
    return Behind::commit(batch);
  }
};

class Desk {
 public:
  explicit Desk(Micros now, Options options = {});
  ~Desk();

  // Stops the registry and the store and opens both again.
  void reopen();

  [[nodiscard]] tl::expected<Created, Trouble>
  create(const std::string& id, std::vector<std::string> texts, const std::string& parameters = {});
  [[nodiscard]] tl::expected<Amended, Trouble> amend(const std::string& id, const std::string& text,
                                                     const std::string& from = {});
  // `lines`: CloudEvents, one a line or a list.
  [[nodiscard]] tl::expected<Appended, Trouble> append(const std::string& id,
                                                       const std::string& lines,
                                                       bool keep_recorded = false,
                                                       bool each_alone = false);
  void set(Micros now);

  [[nodiscard]] std::vector<store::Verdict> verdicts(const std::string& id);
  // Empty where there is none.
  [[nodiscard]] std::string status_of(const std::string& occurrence,
                                      const std::string& id = "club");
  [[nodiscard]] std::vector<store::Finding> findings();
  // The faults of a recount, none if all is well.
  [[nodiscard]] std::vector<std::string> recounted();

  Folder folder;
  ManualClock clock;
  Options options;
  std::unique_ptr<Brittle> store;
  std::unique_ptr<Rulebooks> rulebooks;
  std::unique_ptr<Registry> registry;

 private:
  void open();
};

// One line, of the source `urn:club`; `rest`: further members.
[[nodiscard]] std::string event(const std::string& id, const std::string& type,
                                const std::string& rest);
// Of `board`.
[[nodiscard]] std::string meeting(const std::string& id, const std::string& time);

[[nodiscard]] std::vector<Incoming> incoming(const std::string& lines);

}  // namespace samrad::registry
