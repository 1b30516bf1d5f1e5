#include "service/store/reader.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "service/store/query.h"
#include "service/store/rows.h"

namespace samrad::store {

namespace {

template <class Row>
std::string select_from(std::string_view index = {}) {
  return fmt::format("SELECT {} FROM {} {} ", Table<Row>::columns, Table<Row>::name, index);
}

std::int64_t as_limit(std::size_t limit) {
  return static_cast<std::int64_t>(std::min<std::size_t>(limit, INT64_MAX));
}

constexpr std::string_view message_columns = "SELECT no, {} FROM message ";

Message message_in(const Statement& from) {
  Message message = row_in<Message>(from, 1);
  message.no = from.integer(0);
  return message;
}

std::string select_messages() {
  return fmt::format(fmt::runtime(message_columns), Table<Message>::columns);
}

constexpr std::size_t statements_max = 64;  // of a reader: more than the service has queries

class SqliteReader final : public Reader {
 public:
  explicit SqliteReader(Connection connection) : connection_(std::move(connection)) {}

  Result<std::optional<Agreement>> agreement(std::string_view id) override {
    return one<Agreement>(Query(select_from<Agreement>()).add("WHERE id = ?", id));
  }

  Result<std::optional<Agreement>> agreement(AgreementNo no) override {
    return one<Agreement>(Query(select_from<Agreement>()).add("WHERE no = ?", no));
  }

  Result<std::vector<Agreement>> agreements(std::string_view after, std::size_t limit) override {
    return list<Agreement>(Query(select_from<Agreement>())
                               .add("WHERE id > ? ORDER BY id LIMIT ?", after, as_limit(limit)));
  }

  Result<std::vector<RuleVersion>> versions(AgreementNo agreement) override {
    return list<RuleVersion>(
        Query(select_from<RuleVersion>()).add("WHERE agreement = ? ORDER BY version", agreement));
  }

  Result<std::uint64_t> last_sequence(AgreementNo agreement) override {
    auto sequences =
        list(Query("SELECT max(sequence) FROM event ").add("WHERE agreement = ?", agreement),
             [](const Statement& row) { return row.integer(0); });
    if (!sequences) return tl::unexpected(std::move(sequences.error()));
    return static_cast<std::uint64_t>(sequences->front());
  }

  Result<std::vector<Event>> events(AgreementNo agreement, const EventFilter& filter,
                                    std::size_t limit) override {
    Query query(select_from<Event>());
    query.add("WHERE agreement = ? AND sequence > ? ", agreement,
              static_cast<std::int64_t>(std::min<std::uint64_t>(filter.after, INT64_MAX)));
    if (!filter.type.empty()) query.add("AND type = ? ", std::string_view(filter.type));
    if (!filter.subject.empty()) query.add("AND subject = ? ", std::string_view(filter.subject));
    if (filter.recorded_from) query.add("AND recorded >= ? ", *filter.recorded_from);
    if (filter.recorded_before) query.add("AND recorded < ? ", *filter.recorded_before);
    return list<Event>(query.add("ORDER BY sequence LIMIT ?", as_limit(limit)));
  }

  Result<std::optional<Event>> event(AgreementNo agreement, std::uint64_t sequence) override {
    return one<Event>(
        Query(select_from<Event>())
            .add("WHERE agreement = ? AND sequence = ?", agreement,
                 static_cast<std::int64_t>(std::min<std::uint64_t>(sequence, INT64_MAX))));
  }

  Result<std::optional<Snapshot>> snapshot(AgreementNo agreement) override {
    return one<Snapshot>(Query(select_from<Snapshot>()).add("WHERE agreement = ?", agreement));
  }

  Result<std::vector<Finding>> findings(const FindingFilter& filter, std::size_t limit) override {
    Query query(select_from<Finding>());
    query.add("WHERE no > ? ", filter.after);
    if (filter.agreement) query.add("AND agreement = ? ", *filter.agreement);
    if (!filter.clause.empty()) query.add("AND clause = ? ", std::string_view(filter.clause));
    if (!filter.status.empty()) query.add("AND after = ? ", std::string_view(filter.status));
    return list<Finding>(query.add("ORDER BY no LIMIT ?", as_limit(limit)));
  }

  Result<std::vector<Verdict>> verdicts(const VerdictFilter& filter, std::size_t limit) override;

  Result<std::vector<std::pair<AgreementNo, Micros>>> wakes() override {
    return list(Query("SELECT agreement, at FROM wake"), [](const Statement& row) {
      return std::pair<AgreementNo, Micros>(row.integer(0), row.integer(1));
    });
  }

  Result<std::vector<Message>> messages(const MessageFilter& filter, std::size_t limit) override {
    Query query(select_messages());
    query.add("WHERE no > ? ", filter.after);
    if (filter.agreement) query.add("AND agreement = ? ", *filter.agreement);
    // As a number in the text, so that the index of those that wait, or failed, is seen to fit.
    if (filter.state) query.add(fmt::format("AND state = {} ", static_cast<int>(*filter.state)));
    if (!filter.recipient.empty())
      query.add("AND recipient = ? ", std::string_view(filter.recipient));
    return list(query.add("ORDER BY no LIMIT ?", as_limit(limit)), message_in);
  }

  Result<std::optional<Message>> message(std::string_view key) override {
    return first(list(Query(select_messages()).add("WHERE key = ?", key), message_in));
  }

  Result<std::optional<std::string>> last_message_key(std::string_view prefix) override {
    const std::string end = std::string(prefix) + '\xFF';
    return first(
        list(Query("SELECT key FROM message ")
                 .add("WHERE key >= ? AND key < ? AND state <> 3 ", prefix, std::string_view(end))
                 .add("ORDER BY key DESC LIMIT 1"),
             [](const Statement& row) { return row.text(0); }));
  }

  Result<std::vector<Message>> to_send(Micros now, std::size_t limit) override {
    return list(Query(select_messages())
                    .add("WHERE state = 0 AND not_before <= ? ORDER BY not_before, no LIMIT ?", now,
                         as_limit(limit)),
                message_in);
  }

  Result<Waiting> waiting() override {
    auto rows =
        list(Query("SELECT count(*), min(CASE WHEN tries >= 3 THEN made ELSE not_before END), "
                   "(SELECT count(*) FROM message WHERE state = 2) FROM message WHERE state = 0"),
             [](const Statement& row) {
               return Waiting{static_cast<std::size_t>(row.integer(0)),
                              row.is_null(1) ? never : row.integer(1),
                              static_cast<std::size_t>(row.integer(2))};
             });
    if (!rows) return tl::unexpected(std::move(rows.error()));
    return rows->front();
  }

  Result<std::optional<Document>> document(std::string_view kind, std::string_view id) override {
    return one<Document>(Query(select_from<Document>()).add("WHERE kind = ? AND id = ?", kind, id));
  }

  Result<std::vector<Document>> documents(std::string_view kind) override {
    return list<Document>(Query(select_from<Document>()).add("WHERE kind = ? ORDER BY id", kind));
  }

  Result<Totals> totals() override {
    auto rows = list(
        Query("SELECT (SELECT max(no) FROM agreement), (SELECT max(no) FROM finding), "
              "(SELECT max(place) FROM event), (SELECT recorded FROM event ORDER BY place DESC "
              "LIMIT 1)"),
        [](const Statement& row) {
          return Totals{row.integer(0), row.integer(1), static_cast<std::uint64_t>(row.integer(2)),
                        row.integer(3)};
        });
    if (!rows) return tl::unexpected(std::move(rows.error()));
    return rows->front();
  }

 private:
  // Each row as `read` gives it. The statement is kept for the next time.
  template <class Read>
  auto list(const Query& query, Read read)
      -> Result<std::vector<std::invoke_result_t<Read, const Statement&>>> {
    auto found = statements_.find(query.text());
    if (found == statements_.end()) {
      if (statements_.size() == statements_max) statements_.clear();
      auto statement = connection_.prepare(query.text());
      if (!statement) return tl::unexpected(std::move(statement.error()));
      found = statements_.emplace(query.text(), std::move(*statement)).first;
    }
    Statement& statement = found->second;
    query.put_values(statement);
    std::vector<std::invoke_result_t<Read, const Statement&>> rows;
    for (;;) {
      auto row = statement.next();
      if (!row) return tl::unexpected(std::move(row.error()));
      if (!*row) return rows;
      rows.push_back(read(statement));
    }
  }

  template <class Row>
  Result<std::vector<Row>> list(const Query& query) {
    return list(query, [](const Statement& row) { return row_in<Row>(row); });
  }

  template <class Row>
  static Result<std::optional<Row>> first(Result<std::vector<Row>> rows) {
    if (!rows) return tl::unexpected(std::move(rows.error()));
    if (rows->empty()) return std::nullopt;
    return std::move(rows->front());
  }

  template <class Row>
  Result<std::optional<Row>> one(const Query& query) {
    return first(list<Row>(query));
  }

  Result<std::vector<std::string>> statuses();

  Connection connection_;
  std::map<std::string, Statement> statements_;
};

// What restricts verdicts besides their status.
void add_restrictions(Query& query, const VerdictFilter& filter) {
  if (filter.firm) query.add(*filter.firm ? "AND firm = 1 " : "AND firm = 0 ");
  if (!filter.clause.empty()) query.add("AND clause = ? ", std::string_view(filter.clause));
  if (!filter.occurrence.empty())
    query.add("AND occurrence = ? ", std::string_view(filter.occurrence));
  if (!filter.owner.empty())
    query.add("AND instr(' ' || owners || ' ', ' ' || ? || ' ') > 0 ",
              std::string_view(filter.owner));
  // A page goes on at its place: the walk must not begin again at the first day.
  const std::string_view place = !filter.after               ? std::string_view()
                                 : filter.after->due.empty() ? due_none
                                                             : std::string_view(filter.after->due);
  if (filter.due_from > place) query.add("AND due >= ? ", std::string_view(filter.due_from));
  if (!filter.due_through.empty())
    query.add("AND due <= ? ", std::string_view(filter.due_through));
  else if (!filter.due_from.empty())
    query.add("AND due < ? ", due_none);
  if (filter.after)
    query.add("AND (due, agreement, occurrence) > (?, ?, ?) ", place, filter.after->agreement,
              std::string_view(filter.after->occurrence));
}

// One walk over the index a status, merged.
Query over_all_agreements(const VerdictFilter& filter, const std::vector<std::string>& statuses,
                          std::size_t limit) {
  Query query("");
  for (const std::string& status : statuses) {
    query.add(query.text().empty() ? "" : "UNION ALL ")
        .add(fmt::format("SELECT * FROM ({}", select_from<Verdict>("INDEXED BY verdict_due")))
        .add("WHERE status = ? ", std::string_view(status));
    add_restrictions(query, filter);
    query.add("ORDER BY due, agreement, occurrence LIMIT ?) ", as_limit(limit));
  }
  query.add("ORDER BY due, agreement, occurrence LIMIT ?", as_limit(limit));
  return query;
}

Query within_agreement(const VerdictFilter& filter, const std::vector<std::string>& statuses,
                       std::size_t limit) {
  Query query(select_from<Verdict>("NOT INDEXED"));
  query.add("WHERE agreement = ? ", *filter.agreement);
  for (std::size_t i = 0; i < statuses.size(); ++i)
    query.add(i == 0 ? "AND status IN (?" : ", ?", std::string_view(statuses[i]));
  if (!statuses.empty()) query.add(") ");
  add_restrictions(query, filter);
  query.add("ORDER BY due, agreement, occurrence LIMIT ?", as_limit(limit));
  return query;
}

// All that occur, by leaps over the index: a search for each, however many rows there are.
Result<std::vector<std::string>> SqliteReader::statuses() {
  return list(
      Query("WITH RECURSIVE each (status) AS (SELECT min(status) FROM verdict UNION ALL "
            "SELECT (SELECT min(status) FROM verdict WHERE status > each.status) FROM each "
            "WHERE each.status IS NOT NULL) SELECT status FROM each WHERE status IS NOT NULL"),
      [](const Statement& row) { return row.text(0); });
}

Result<std::vector<Verdict>> SqliteReader::verdicts(const VerdictFilter& filter,
                                                    std::size_t limit) {
  std::vector<std::string> wanted = filter.statuses;
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  if (filter.agreement) return list<Verdict>(within_agreement(filter, wanted, limit));
  if (!wanted.empty()) return list<Verdict>(over_all_agreements(filter, wanted, limit));

  if (auto begun = connection_.run("BEGIN"); !begun)
    return tl::unexpected(std::move(begun.error()));
  auto all = statuses();
  Result<std::vector<Verdict>> found;
  if (!all)
    found = tl::unexpected(std::move(all.error()));
  else if (!all->empty())
    found = list<Verdict>(over_all_agreements(filter, *all, limit));
  (void)connection_.run("COMMIT");
  return found;
}

}  // namespace

Result<std::unique_ptr<Reader>> open_reader(const std::string& path, const std::string& vfs,
                                            int cache_kib) {
  auto connection = Connection::open(path, Connection::Mode::read, vfs);
  if (!connection) return tl::unexpected(std::move(connection.error()));
  const std::string settings = fmt::format(
      "PRAGMA query_only = ON; PRAGMA cache_size = -{}; PRAGMA temp_store = MEMORY", cache_kib);
  if (auto done = connection->run(settings.c_str()); !done)
    return tl::unexpected(std::move(done.error()));
  return std::make_unique<SqliteReader>(std::move(*connection));
}

}  // namespace samrad::store
