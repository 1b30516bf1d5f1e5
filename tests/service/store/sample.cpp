#include "tests/service/store/sample.h"

#include <cstdlib>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

namespace samrad::tests {

using namespace store;

Folder::Folder(Where where) {
  const std::filesystem::path memory = "/dev/shm";
  const bool there = where == in_memory && access(memory.c_str(), W_OK) == 0;
  const auto parent = there ? memory : std::filesystem::temp_directory_path();
  std::string made = (parent / "samrad-store-XXXXXX").string();
  if (mkdtemp(made.data()) == nullptr) throw std::runtime_error("no folder for a test");
  folder_ = made;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

Agreement agreement(AgreementNo no, const std::string& id) {
  return {.no = no,
          .id = id.empty() ? fmt::format("agreement-{:05}", no) : id,
          .title = fmt::format("Samverkan {}", no),
          .zone = "Europe/Stockholm",
          .created = 1000 + no,
          .created_by = "registrar"};
}

RuleVersion rule_version(AgreementNo no, std::uint32_t version) {
  return {.agreement = no,
          .version = version,
          .recorded = 2000 + version,
          .by = "registrar",
          .in_force_from = version == 1 ? "" : fmt::format("2017-{:02}-01", version),
          .content = fmt::format(R"({{"rules":"{} {}"}})", no, version),
          .program_hash = fmt::format("sha256:{}-{}", no, version)};
}

Event event(AgreementNo no, std::uint64_t sequence, const std::string& type) {
  return {.agreement = no,
          .sequence = sequence,
          .source = "urn:example:diary",
          .id = fmt::format("{}-{}", no, sequence),
          .type = type,
          .subject = fmt::format("meeting/{}", sequence % 3),
          .day = 17000 + static_cast<std::int64_t>(sequence),
          .recorded = static_cast<Micros>(10'000 + sequence),
          .by = "clerk",
          .bytes = fmt::format(R"({{"id":"{}-{}","type":"{}"}})", no, sequence, type)};
}

Finding finding(FindingNo no, AgreementNo agreement, std::uint64_t sequence) {
  return {.no = no,
          .agreement = agreement,
          .sequence = sequence,
          .occurrence = fmt::format("meet/{}", no),
          .clause = no % 2 == 0 ? "meet" : "report",
          .before = "open",
          .after = no % 3 == 0 ? "missed" : "met",
          .due = "2017-06-30",
          .due_at = 30'000 + no,
          .noticed = 30'001 + no};
}

Verdict verdict(AgreementNo no, const std::string& occurrence, const std::string& status,
                const std::string& due) {
  return {.agreement = no,
          .occurrence = occurrence,
          .clause = occurrence.substr(0, occurrence.find('/')),
          .owners = "police municipality",
          .status = status,
          .severity = "error",
          .opens = "2017-01-01",
          .due = due,
          .settled = status == "met" ? due : "",
          .firm = status == "met"};
}

Message message(const std::string& key, Micros not_before, AgreementNo agreement) {
  return {.key = key,
          .agreement = agreement,
          .recipient = "coordinator",
          .way = "email",
          .kind = "warning",
          .occurrence = "meet/1",
          .content = R"({"subject":"A meeting is due"})",
          .made = 5000,
          .not_before = not_before};
}

Batch founding(AgreementNo no) {
  Batch batch;
  batch.agreements = {agreement(no)};
  batch.versions = {rule_version(no)};
  return batch;
}

std::string content(Store& store) {
  const auto reader = value(store.reader());
  std::string text;
  const auto line = [&](const auto&... parts) {
    ((text += fmt::format("{}|", parts)), ...);
    text += '\n';
  };
  for (const Agreement& a : value(reader->agreements("", SIZE_MAX))) {
    line("agreement", a.no, a.id, a.title, a.zone, a.created, a.created_by, a.closed.value_or(-1),
         a.version);
    for (const RuleVersion& v : value(reader->versions(a.no)))
      line("version", v.version, v.recorded, v.by, v.in_force_from, v.content, v.program_hash);
    for (const Event& e : value(reader->events(a.no, {}, SIZE_MAX)))
      line("event", e.sequence, e.source, e.id, e.type, e.subject, e.day, e.recorded, e.by,
           e.bytes);
    if (const auto s = value(reader->snapshot(a.no))) line("snapshot", s->sequence, s->bytes);
  }
  for (const Finding& f : value(reader->findings({}, SIZE_MAX)))
    line("finding", f.no, f.agreement, f.sequence, f.occurrence, f.clause, f.before, f.after, f.due,
         f.due_at, f.noticed);
  for (const Verdict& v : value(reader->verdicts({}, SIZE_MAX)))
    line("verdict", v.agreement, v.occurrence, v.clause, v.owners, v.status, v.severity, v.opens,
         v.due, v.settled, v.firm);
  for (const auto& [no, at] : value(reader->wakes()))
    line("wake", no, at);
  for (const Message& m : value(reader->messages({}, SIZE_MAX)))
    line("message", m.no, m.key, m.agreement, m.recipient, m.way, m.kind, m.occurrence, m.content,
         m.made, m.not_before, static_cast<int>(m.state), m.tries, m.last_error,
         m.finished.value_or(-1));
  for (const Document& d : value(reader->documents("token")))
    line("document", d.id, d.content);
  return text;
}

}  // namespace samrad::tests
