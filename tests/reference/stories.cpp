#include "tests/reference/stories.h"

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "rules/compile.h"
#include "service/record/cloud_event.h"
#include "service/record/zone.h"
#include "service/scenario/events.h"
#include "service/scenario/scenario.h"

namespace samrad::tests {

std::vector<Story> stories_of(const std::string& path,
                              const std::map<std::string, std::string>& files) {
  const auto given = files.find(path);
  const std::string text = given == files.end() ? content_of(path) : given->second;
  const auto beside = [&](const std::string& name) {
    return (std::filesystem::path(path).parent_path() / name).lexically_normal().string();
  };
  std::vector<Story> stories;
  for (const scenario::Scenario& one : scenario::parse(text).scenarios) {
    Story story;
    story.material.name = path + ": " + one.title;
    std::vector<rules::Source> sources;
    std::vector<std::string> versions;
    for (const scenario::File& file : one.rules)
      if (std::find(versions.begin(), versions.end(), beside(file.path)) == versions.end())
        versions.push_back(beside(file.path));
    for (const std::string& version : versions)
      story.material.texts.push_back(text_of(version, files));
    for (std::size_t v = 0; v < versions.size(); ++v)
      for (const std::string& part : story.material.texts[v])
        sources.push_back({std::to_string(sources.size()), part, static_cast<unsigned>(v)});
    const rules::Compiled compiled = rules::compile(sources);
    if (!compiled.program)
      throw std::runtime_error(story.material.name +
                               " does not compile: " + compiled.diagnostics.front().message);
    const auto zone = record::Zone::open(compiled.program->text(compiled.program->timezone));
    for (const scenario::File& file : one.history)
      story.material.records += content_of(beside(file.path));
    for (const scenario::Choice& choice : one.readings)
      story.material.readings.emplace_back(choice.clause, choice.reading);

    scenario::Setting setting{*compiled.program, *zone, {}};
    record::Records base;
    base.read(story.material.records, "history");
    for (const record::Record& record : base.list())
      setting.type_of.emplace(record.id, record.type);
    for (const scenario::Statement& s : one.statements) {
      if (s.happening) {
        story.material.records += scenario::json_line(s.event, setting) + "\n";
        setting.type_of[s.event.id] = s.event.type;
        continue;
      }
      std::string moment = scenario::moment_text(s.expectation.on, *zone);
      if (!s.expectation.known_at.empty())
        moment += "|" + scenario::moment_text(s.expectation.known_at, *zone);
      if (std::find(story.moments.begin(), story.moments.end(), moment) == story.moments.end())
        story.moments.push_back(moment);
    }
    stories.push_back(std::move(story));
  }
  return stories;
}

}  // namespace samrad::tests
