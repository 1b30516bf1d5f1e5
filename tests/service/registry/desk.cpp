#include "tests/service/registry/desk.h"

#include <future>
#include <stdexcept>

#include <unistd.h>

#include "service/record/split.h"
#include "service/registry/canonical.h"

namespace samrad::registry {

namespace {

// Waits for the answer of one command.
template <class Answer, class Give>
tl::expected<Answer, Trouble> wait(Give give) {
  std::promise<tl::expected<Answer, Trouble>> promise;
  auto future = promise.get_future();
  give([&](tl::expected<Answer, Trouble> answer) { promise.set_value(std::move(answer)); });
  return future.get();
}

}  // namespace

Folder::Folder() {
  std::string name = (std::filesystem::temp_directory_path() / "samrad-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Micros at(const std::string& rfc3339) {
  const auto when = record::parse_rfc3339(rfc3339);
  if (!when) throw std::runtime_error("no time: " + rfc3339);
  return micros_of(*when);
}

Desk::Desk(Micros now, Options given) : clock(now), options(given) { open(); }

Desk::~Desk() { registry.reset(); }

void Desk::open() {
  auto opened = store::open_sqlite(folder.file("samrad.db"));
  if (!opened) throw std::runtime_error(opened.error().message);
  store = std::make_unique<Brittle>(std::move(*opened));
  rulebooks = std::make_unique<Rulebooks>();
  registry = std::make_unique<Registry>(*store, clock, *rulebooks, options);
  if (auto started = registry->start(); !started) throw std::runtime_error(started.error().message);
}

void Desk::reopen() {
  registry.reset();
  store.reset();
  open();
}

tl::expected<Created, Trouble> Desk::create(const std::string& id, std::vector<std::string> texts,
                                            const std::string& parameters) {
  Create command;
  command.id = id;
  command.by = "t-1";
  for (std::size_t i = 0; i < texts.size(); ++i)
    command.text.files.push_back(
        {"rules-" + std::to_string(i + 1) + ".samrad", std::move(texts[i])});
  if (!parameters.empty()) command.text.parameters = record::parse_json(parameters).value();
  return wait<Created>(
      [&](Reply<Created> reply) { registry->create(std::move(command), std::move(reply)); });
}

tl::expected<Amended, Trouble> Desk::amend(const std::string& id, const std::string& text,
                                           const std::string& from) {
  Amend command;
  command.id = id;
  command.by = "t-1";
  command.in_force_from = from;
  command.text.files.push_back({"rules.samrad", text});
  return wait<Amended>(
      [&](Reply<Amended> reply) { registry->amend(std::move(command), std::move(reply)); });
}

tl::expected<Appended, Trouble> Desk::append(const std::string& id, const std::string& lines,
                                             bool keep_recorded, bool each_alone) {
  Append command;
  command.id = id;
  command.by = "t-1";
  command.keep_recorded = keep_recorded;
  command.each_alone = each_alone;
  command.events = incoming(lines);
  return wait<Appended>(
      [&](Reply<Appended> reply) { registry->append(std::move(command), std::move(reply)); });
}

void Desk::set(Micros now) {
  clock.set(now);
  registry->look_again();
  registry->settle();
}

std::vector<store::Verdict> Desk::verdicts(const std::string& id) {
  auto reader = store->reader().value();
  store::VerdictFilter filter;
  filter.agreement = reader->agreement(id).value().value().no;
  return reader->verdicts(filter, SIZE_MAX).value();
}

std::vector<store::Finding> Desk::findings() {
  return store->reader().value()->findings({}, SIZE_MAX).value();
}

std::vector<std::string> Desk::recounted() {
  auto counted = recount(*store, *rulebooks, clock.now());
  if (!counted) return {counted.error().message};
  return counted->faults;
}

std::string Desk::status_of(const std::string& occurrence, const std::string& id) {
  for (const store::Verdict& verdict : verdicts(id))
    if (verdict.occurrence == occurrence) return verdict.status;
  return "";
}

std::string event(const std::string& id, const std::string& type, const std::string& rest) {
  return R"({"specversion":"1.0","id":")" + id + R"(","source":"urn:club","type":")" + type +
         "\"," + rest + "}\n";
}

std::string meeting(const std::string& id, const std::string& time) {
  return event(id, "meeting", R"("subject":"board","time":")" + time + '"');
}

std::vector<Incoming> incoming(const std::string& lines) {
  std::vector<Incoming> out;
  const record::Pieces pieces = record::split(lines);
  for (const record::Piece& piece : pieces.list) {
    Incoming one;
    if (auto record = record::read_record(piece.text, {"", out.size() + 1}, one.faults))
      one.record = std::move(*record);
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace samrad::registry
