// Rule texts to a Rulebook: compile all versions together, fill in a template, choose the default readings.

#include "service/registry/rulebook.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/symbols.h"
#include "rules/compile.h"
#include "rules/diagnostics/near.h"
#include "rules/diagnostics/render.h"
#include "rules/program/bind.h"
#include "service/fleet/argument.h"
#include "service/registry/canonical.h"

namespace samrad::registry {

namespace {

// Faults of the parameters add up in `faults`; the arguments are whole where there is none.
program::Arguments arguments_of(const program::Program& of_template, const record::Json& given,
                                record::Faults& faults) {
  program::Arguments arguments(of_template.parameters.size());
  const auto wrong = [&](std::string parameter, std::string message, std::string help) {
    faults.add({record::Level::error, "", 0, "", std::move(parameter), std::move(message),
                std::move(help)});
  };
  if (given.kind != record::JsonKind::object && given.kind != record::JsonKind::null) {
    wrong("",
          fmt::format("`parameters` should be an object; this is {}", record::words(given.kind)),
          "");
    return arguments;
  }
  engine::Symbols symbols(of_template);
  const auto zone = record::Zone::open(of_template.text(of_template.timezone));
  if (!zone) {
    wrong("", zone.error(), "");
    return arguments;
  }
  const record::Vocabulary words(of_template, symbols, *zone);
  std::vector<std::string> names;
  for (const program::Parameter& parameter : of_template.parameters)
    names.emplace_back(of_template.text(parameter.name));
  for (const record::JsonMember& member : given.members) {
    const auto at = std::find(names.begin(), names.end(), member.name);
    if (at == names.end()) {
      wrong(member.name, "the template has no such parameter",
            rules::did_you_mean(member.name, names));
      continue;
    }
    const auto row = static_cast<std::size_t>(at - names.begin());
    auto argument = fleet::argument_of_json(words, of_template.parameters[row], member.value);
    if (argument)
      arguments[row] = std::move(*argument);
    else
      wrong(member.name, argument.error().message, argument.error().help);
  }
  if (!faults.any_error())
    for (const program::BindFault& fault : program::faults(of_template, arguments))
      wrong(fault.parameter == program::none ? "" : names[fault.parameter], fault.message, "");
  return arguments;
}

std::string hex(const std::array<std::uint8_t, 32>& bytes) {
  std::string text = "sha256:";
  for (const std::uint8_t byte : bytes)
    text += fmt::format("{:02x}", byte);
  return text;
}

}  // namespace

std::string content_of(const RuleText& text) {
  nlohmann::json json;
  json["files"] = nlohmann::json::array();
  for (const RuleFile& file : text.files)
    json["files"].push_back({{"name", file.name}, {"text", file.text}});
  std::string out = json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  if (text.parameters.kind != record::JsonKind::null) {
    out.pop_back();
    out += ",\"parameters\":" + canonical(text.parameters) + '}';
  }
  return out;
}

std::optional<RuleText> parse_rule_text(std::string_view content) {
  auto json = record::parse_json(content);
  if (!json || json->kind != record::JsonKind::object) return std::nullopt;
  RuleText text;
  const record::Json* files = json->find("files");
  if (files == nullptr || files->kind != record::JsonKind::list) return std::nullopt;
  for (const record::Json& file : files->items) {
    const record::Json* name = file.kind == record::JsonKind::object ? file.find("name") : nullptr;
    const record::Json* body = file.kind == record::JsonKind::object ? file.find("text") : nullptr;
    if (name == nullptr || body == nullptr) return std::nullopt;
    text.files.push_back({name->text, body->text});
  }
  if (const record::Json* parameters = json->find("parameters")) text.parameters = *parameters;
  return text;
}

tl::expected<RulebookPointer, RuleFaults> compile(std::span<const RuleText> versions) {
  std::vector<rules::Source> sources;
  unsigned number = 0;
  for (const RuleText& version : versions) {
    for (const RuleFile& file : version.files)
      sources.push_back({file.name, file.text, number});
    ++number;
  }
  rules::Compiled compiled = rules::compile(sources);
  RuleFaults faults;
  faults.rendered = rules::render_json(compiled.diagnostics, sources);
  faults.diagnostics = std::move(compiled.diagnostics);
  if (!compiled.program) return tl::unexpected(std::move(faults));

  auto book = std::make_shared<Rulebook>();
  book->whole = std::move(*compiled.program);
  const RuleText& last = versions.back();
  if (!book->whole.parameters.empty()) {
    const program::Arguments arguments =
        arguments_of(book->whole, last.parameters, faults.parameters);
    if (faults.parameters.any_error()) return tl::unexpected(std::move(faults));
    book->whole = program::bind(book->whole, arguments);
  } else if (last.parameters.kind == record::JsonKind::object && !last.parameters.members.empty()) {
    faults.parameters.add({record::Level::error, "", 0, "", "", "the rules have no parameters",
                           "leave `parameters` out"});
    return tl::unexpected(std::move(faults));
  }
  book->chosen = book->whole;
  std::string unknown;
  (void)program::choose_readings(book->chosen, {}, unknown);
  book->name = book->whole.text(book->whole.name);
  book->title = book->whole.text(book->whole.title);
  book->zone = book->whole.text(book->whole.timezone);
  book->hash = hex(program::hash(book->whole));
  book->remarks = std::move(faults);
  return book;
}

tl::expected<RulebookPointer, RuleFaults> Rulebooks::get(const std::vector<std::string>& contents) {
  std::string key;
  for (const std::string& content : contents)
    key += std::to_string(content.size()) + ':' + content;
  {
    const std::lock_guard lock(mutex_);
    if (const auto it = by_content_.find(key); it != by_content_.end()) {
      latest_.splice(latest_.begin(), latest_, it->second);
      return it->second->second;
    }
  }
  std::vector<RuleText> versions;
  for (const std::string& content : contents) {
    auto text = parse_rule_text(content);
    if (!text) {
      RuleFaults faults;
      faults.parameters.add({record::Level::error, "", 0, "", "",
                             "the stored rule text cannot be read", "run `samrad fsck`"});
      return tl::unexpected(std::move(faults));
    }
    versions.push_back(std::move(*text));
  }
  auto made = compile(versions);
  if (!made) return made;
  const std::lock_guard lock(mutex_);
  if (const auto it = by_content_.find(key); it != by_content_.end()) return it->second->second;
  latest_.emplace_front(std::move(key), *made);
  by_content_.emplace(latest_.front().first, latest_.begin());
  if (latest_.size() > keep_) {
    by_content_.erase(latest_.back().first);
    latest_.pop_back();
  }
  return made;
}

}  // namespace samrad::registry
