// The face of the registry: each call becomes a piece of work in the queue.

#include "service/registry/registry.h"

#include "service/registry/work.h"

namespace samrad::registry {

Registry::Registry(store::Store& store, const Clock& clock, Rulebooks& rulebooks, Options options,
                   Announcer* announcer)
    : work_(std::make_unique<Work>(store, clock, rulebooks, options, announcer)) {}

Registry::~Registry() { stop(); }

store::Result<void> Registry::start() { return work_->start(); }
void Registry::stop() { work_->stop(); }
void Registry::look_again(bool all) { work_->look_again(all); }
void Registry::settle() { work_->settle(); }
void Registry::listen(Listener listener) { work_->listener = std::move(listener); }
const Directory& Registry::directory() const { return work_->directory; }
Directory& Registry::directory() { return work_->directory; }
Gauges Registry::gauges() const { return work_->gauges(); }

namespace {

// `submit` with the refusal given to the caller.
template <class Work, class Answer, class Run>
void put(Work& work, Run run, std::size_t events, const Reply<Answer>& reply,
         bool answered_first = false) {
  Trouble trouble;
  if (!work.submit(std::move(run), events, trouble, answered_first))
    reply(tl::unexpected(std::move(trouble)));
}

// Keeps a move-only command within a function that may be copied.
template <class Command>
std::shared_ptr<Command> shared(Command command) {
  return std::make_shared<Command>(std::move(command));
}

}  // namespace

void Registry::create(Create command, Reply<Created> reply) {
  put(
      *work_,
      [this, c = shared(std::move(command)), reply](Round& r) { work_->create(r, *c, reply); }, 1,
      reply);
}

void Registry::amend(Amend command, Reply<Amended> reply) {
  put(
      *work_,
      [this, c = shared(std::move(command)), reply](Round& r) { work_->amend(r, *c, reply); }, 1,
      reply);
}

void Registry::close(Close command, Reply<store::Agreement> reply) {
  put(
      *work_,
      [this, c = shared(std::move(command)), reply](Round& r) { work_->close(r, *c, reply); }, 1,
      reply);
}

void Registry::append(Append command, Reply<Appended> reply) {
  const std::size_t events = command.events.size();
  put(
      *work_,
      [this, c = shared(std::move(command)), reply](Round& r) { work_->append(r, *c, reply); },
      events, reply);
}

namespace {

// A command that only adds rows.
template <class Add>
std::function<void(Round&)> only_rows(Add add, Reply<Kept> reply) {
  return [add = std::move(add), reply = std::move(reply)](Round& round) {
    add(round.batch);
    round.callers.push_back({0, [reply](const store::Failure* failure) {
                               if (failure != nullptr)
                                 reply(tl::unexpected(trouble(*failure)));
                               else
                                 reply(Kept{});
                             }});
  };
}

}  // namespace

void Registry::keep(Keep command, Reply<Kept> reply) {
  const std::string about = command.about;
  const auto add = [c = std::move(command)](store::Batch& batch) {
    // Rows that are put are written before rows that go: what an earlier command of the round says of a name makes way.
    for (const store::Document& document : c.documents) {
      std::erase_if(batch.documents_gone, [&](const auto& name) {
        return name.kind == document.kind && name.id == document.id;
      });
      batch.documents.push_back(document);
    }
    for (const store::DocumentName& name : c.gone) {
      std::erase_if(batch.documents,
                    [&](const auto& one) { return one.kind == name.kind && one.id == name.id; });
      batch.documents_gone.push_back(name);
    }
  };
  const auto rows = only_rows(add, reply);
  put(
      *work_,
      [this, rows, about](Round& round) {
        rows(round);
        if (!about.empty()) work_->tell_anew(round, about);
      },
      1, reply);
}

void Registry::progress(std::vector<store::Progress> progress, Reply<Kept> reply) {
  const auto add = [p = std::move(progress)](store::Batch& batch) {
    batch.progress.insert(batch.progress.end(), p.begin(), p.end());
  };
  put(*work_, only_rows(add, reply), 1, reply);
}

void Registry::add(std::function<void(store::Batch&)> rows, Reply<Kept> reply) {
  constexpr bool answered_first = true;
  put(*work_, only_rows(std::move(rows), reply), 1, reply, answered_first);
}

}  // namespace samrad::registry
