// Agreements are made, amended and closed.

#include <algorithm>

#include <fmt/format.h>

#include "rules/calendar/date.h"
#include "service/record/history.h"
#include "service/registry/canonical.h"
#include "service/registry/work.h"

namespace samrad::registry {

namespace {

constexpr std::size_t id_bytes_max = 200;

bool fit_for_id(std::string_view id) {
  const auto fine = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.' || c == '~';
  };
  return !id.empty() && id.size() <= id_bytes_max && id != "." && id != ".." &&
         std::all_of(id.begin(), id.end(), fine);
}

std::string_view trimmed(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t\r");
  return first == std::string_view::npos ? std::string_view() : line.substr(first);
}

// Says from when the text is in force below the line that declares the agreement, unless it says so itself.
void put_in_force(RuleText& text, const std::string& from) {
  constexpr std::string_view words = "in force from";
  for (RuleFile& file : text.files) {
    std::size_t head = std::string::npos;
    for (std::size_t begin = 0; begin < file.text.size();) {
      std::size_t end = file.text.find('\n', begin);
      if (end == std::string::npos) end = file.text.size();
      const std::string_view line = std::string_view(file.text).substr(begin, end - begin);
      if (trimmed(line).starts_with(words)) return;
      if (head == std::string::npos &&
          (line.starts_with("agreement ") || line.starts_with("template ")))
        head = end;
      begin = end + 1;
    }
    if (head == std::string::npos) continue;
    file.text.insert(head, fmt::format("\n  {} {}", words, from));
    return;
  }
}

}  // namespace

std::string content_in_force(RuleText text, const std::string& from) {
  if (!from.empty()) put_in_force(text, from);
  return content_of(text);
}

Trouble wrong_rules(RuleFaults faults) {
  Trouble out = trouble(Trouble::Kind::wrong_rules, "the rules cannot be used");
  out.rules = std::move(faults);
  return out;
}

void Registry::Work::create(Round& round, const Create& command, const Reply<Created>& reply) {
  const std::string content = content_of(command.text);
  auto book = rulebooks_.get({content});
  if (!book) return reply(tl::unexpected(wrong_rules(std::move(book.error()))));
  store::Agreement row;
  row.id = command.id.empty() ? (*book)->name : command.id;
  if (!fit_for_id(row.id))
    return reply(
        tl::unexpected(trouble(Trouble::Kind::wrong_request,
                               fmt::format("`{}` cannot be the id of an agreement; give one of "
                                           "letters a to z, digits, `-`, `_`, `.` and `~`, "
                                           "at most {} of them",
                                           row.id.substr(0, id_bytes_max), id_bytes_max))));
  if (directory.find(row.id) || just_created(round, row.id))
    return reply(tl::unexpected(
        trouble(Trouble::Kind::exists, fmt::format("there is an agreement `{}` already", row.id))));
  auto workroom = room(*book);
  if (!workroom) return reply(tl::unexpected(std::move(workroom.error())));

  row.no =
      next_agreement_ + static_cast<store::AgreementNo>(
                            round.created.size() + (under_way_ ? under_way_->created.size() : 0));
  row.title = (*book)->title;
  row.zone = (*book)->zone;
  row.created = last_stamp_;
  row.created_by = command.by;
  round.created.emplace(row.id, row.no);
  round.touch(row.no);
  round.batch.agreements.push_back(row);
  round.batch.versions.push_back({row.no, 1, last_stamp_, command.by, "", content, (*book)->hash});
  put(std::make_unique<Course>(row, *workroom, options_.ahead_days));
  round.callers.push_back({row.no, [reply, row, book = *book](const store::Failure* failure) {
                             if (failure != nullptr)
                               return reply(tl::unexpected(trouble(*failure)));
                             reply(Created{row, book});
                           }});
}

void Registry::Work::amend(Round& round, const Amend& command, const Reply<Amended>& reply) {
  auto found = active(round, command.id);
  if (!found) return reply(tl::unexpected(std::move(found.error())));
  Course& course = **found;
  const auto refuse = [&](Trouble::Kind kind, std::string message) {
    Trouble out = trouble(kind, std::move(message));
    out.current = course.agreement.version;
    reply(tl::unexpected(std::move(out)));
  };
  if (course.agreement.closed)
    return refuse(Trouble::Kind::closed, fmt::format("the agreement `{}` is closed", command.id));
  if (command.expected_version && *command.expected_version != course.agreement.version)
    return refuse(Trouble::Kind::not_current,
                  fmt::format("the rules are at version {}, not {}", course.agreement.version,
                              *command.expected_version));
  if (!command.in_force_from.empty() && !calendar::parse_iso(command.in_force_from))
    return refuse(Trouble::Kind::wrong_request,
                  fmt::format("`{}` is no date; a date is `2017-02-15`",
                              command.in_force_from.substr(0, 40)));
  if (auto caught_up = catch_up(round, course); !caught_up)
    return reply(tl::unexpected(caught_up.error()));

  const store::AgreementNo no = course.agreement.no;
  auto versions = reader_of(no).versions(no);
  if (!versions) return reply(tl::unexpected(trouble(versions.error())));
  std::vector<std::string> contents;
  for (const store::RuleVersion& version : *versions)
    contents.push_back(version.content);
  for (const store::RuleVersion& version : round.batch.versions)
    if (version.agreement == no) contents.push_back(version.content);
  contents.push_back(content_in_force(command.text, command.in_force_from));
  auto book = rulebooks_.get(contents);
  if (!book) return reply(tl::unexpected(wrong_rules(std::move(book.error()))));
  const std::string in_force = calendar::iso((*book)->whole.versions.back().in_force);
  if (!command.in_force_from.empty() && in_force != command.in_force_from)
    return refuse(Trouble::Kind::wrong_request,
                  fmt::format("the text says `in force from {}`, the request {}", in_force,
                              command.in_force_from));

  // What is on record must be readable under the new rules too.
  auto log = log_of(round, course)->all();
  if (!log) return reply(tl::unexpected(trouble(log.error())));
  record::Records records;
  for (record::Record& record : *log)
    records.add(std::move(record));
  const record::History history((*book)->whole, std::move(records));
  if (history.faults().any_error()) {
    Trouble out =
        trouble(Trouble::Kind::wrong_events, "events on record cannot be read under these rules");
    out.events = history.faults();
    return reply(tl::unexpected(std::move(out)));
  }
  auto workroom = room(*book);
  if (!workroom) return reply(tl::unexpected(std::move(workroom.error())));

  course.move_to(*workroom);
  course.agreement.version += 1;
  course.agreement.title = (*book)->title;
  course.agreement.zone = (*book)->zone;
  round.batch.agreements.push_back(course.agreement);
  round.batch.versions.push_back({no, course.agreement.version, last_stamp_, command.by, in_force,
                                  contents.back(), (*book)->hash});
  round.callers.push_back(
      {no,
       [reply, &round, no, row = course.agreement, book = *book](const store::Failure* failure) {
         if (failure != nullptr) return reply(tl::unexpected(trouble(*failure)));
         Amended answer{row, book, {}};
         if (const auto it = round.findings.find(no); it != round.findings.end())
           answer.findings = it->second;
         reply(std::move(answer));
       }});
}

void Registry::Work::close(Round& round, const Close& command,
                           const Reply<store::Agreement>& reply) {
  auto found = active(round, command.id);
  if (!found) return reply(tl::unexpected(std::move(found.error())));
  Course& course = **found;
  if (command.expected_version && *command.expected_version != course.agreement.version) {
    Trouble out = trouble(Trouble::Kind::not_current,
                          fmt::format("the rules are at version {}, not {}",
                                      course.agreement.version, *command.expected_version));
    out.current = course.agreement.version;
    return reply(tl::unexpected(std::move(out)));
  }
  if (!course.agreement.closed) {
    if (auto caught_up = catch_up(round, course); !caught_up)
      return reply(tl::unexpected(caught_up.error()));
    if (auto looked = look(round, course, round.now); !looked)
      return reply(tl::unexpected(looked.error()));
    course.agreement.closed = last_stamp_;
    round.batch.agreements.push_back(course.agreement);
    std::string closing = "{\"by\":";
    append_text(closing, command.by);
    closing += ",\"reason\":";
    append_text(closing, command.reason);
    round.batch.documents.push_back(
        {std::string(kind_of_closing), course.agreement.id, closing + '}'});
    set_wake(course.agreement.no, store::never);
    round.batch.wakes.emplace_back(course.agreement.no, store::never);
  }
  round.callers.push_back(
      {course.agreement.no, [reply, row = course.agreement](const store::Failure* failure) {
         if (failure != nullptr) return reply(tl::unexpected(trouble(*failure)));
         reply(row);
       }});
}

// Where it cannot be read nothing is told of it; what was kept stays.
void Registry::Work::tell_anew(Round& round, const std::string& id) {
  auto course = active(round, id);
  if (!course) return;
  if (!(*course)->agreement.closed)
    if (auto caught_up = catch_up(round, **course); !caught_up) return;
  round.anew.insert((*course)->agreement.no);
}

}  // namespace samrad::registry
