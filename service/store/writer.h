// The one connection that writes, with a statement ready for each kind of row.
#pragma once

#include <array>

#include "service/store/connection.h"

namespace samrad::store {

class Writer {
 public:
  // The file exists and has the current schema.
  [[nodiscard]] static Result<Writer> open(const std::string& path, const std::string& vfs,
                                           int cache_kib);

  // In one transaction, synced. After a failure nothing of it is there.
  [[nodiscard]] Result<void> write(const Batch& batch);
  // The same way to the disk with a row that no Reader shows.
  [[nodiscard]] Result<void> probe();

  [[nodiscard]] sqlite3* get() const { return connection_.get(); }

  enum What : std::size_t {
    begin,
    end,
    rollback,
    agreement,
    version,
    event,
    finding,
    verdict,
    verdict_gone,
    wake,
    wake_gone,
    snapshot,
    message,
    progress,
    document,
    document_gone,
    count_probe,
    how_many,
  };

 private:
  template <class Rows>
  [[nodiscard]] Result<void> put_rows(What what, const Rows& rows);
  template <class... Values>
  [[nodiscard]] Result<void> run(What what, const Values&... values);
  template <class Body>
  [[nodiscard]] Result<void> in_transaction(Body body);
  [[nodiscard]] Result<void> write_rows(const Batch& batch);

  Connection connection_;
  std::array<Statement, how_many> statements_;
};

}  // namespace samrad::store
