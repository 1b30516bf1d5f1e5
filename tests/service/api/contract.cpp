#include "tests/service/api/contract.h"

#include <algorithm>

#include "tests/service/schema.h"

namespace samrad::tests {

namespace {

using nlohmann::json;

// `/v1/agreements/{agreement}` as a regular expression. Only occurrences have slashes.
std::string form_of(const std::string& path) {
  std::string form;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] == '{') {
      const std::size_t close = path.find('}', i);
      form += path.substr(i, close - i) == "{occurrence" ? ".+" : "[^/]+";
      i = close;
    } else {
      form += path[i] == '.' ? "\\." : std::string(1, path[i]);
    }
  }
  return form;
}

// Without literal words a path says less of what it is.
std::size_t literal(const std::string& path) {
  return path.size() - 2 * static_cast<std::size_t>(std::count(path.begin(), path.end(), '{'));
}

}  // namespace

Contract::Contract(json document) : document_(std::move(document)) {
  std::vector<std::string> names;
  for (const auto& [name, path] : document_.at("paths").items())
    names.push_back(name);
  std::stable_sort(names.begin(), names.end(),
                   [](const auto& a, const auto& b) { return literal(a) > literal(b); });
  for (const std::string& name : names)
    paths_.push_back({std::regex(form_of(name)), name});
}

const json* Contract::operation(const http::Request& request) const {
  std::string method = request.method == "HEAD" ? "GET" : request.method;
  std::transform(method.begin(), method.end(), method.begin(),
                 [](char c) { return static_cast<char>(c | 0x20); });
  for (const Path& path : paths_)
    if (std::regex_match(request.path, path.form)) {
      const json& operations = document_.at("paths").at(path.name);
      return operations.contains(method) ? &operations.at(method) : nullptr;
    }
  return nullptr;
}

std::vector<std::string> Contract::faults(const http::Request& request,
                                          const http::Response& response) const {
  const json* found = operation(request);
  if (!found) return {};
  const std::string status = std::to_string(response.status);
  const json& responses = found->at("responses");
  if (!responses.contains(status)) return {"status " + status + " is not documented"};
  const std::string_view field = response.fields.find("content-type").value_or("");
  const std::string type(field.substr(0, field.find(';')));
  const json& documented = responses.at(status);
  if (response.content().empty()) return {};
  if (!documented.contains("content") || !documented.at("content").contains(type))
    return {"status " + status + " with `" + type + "` is not documented"};
  if (type.find("json") == std::string::npos || type.find("ndjson") != std::string::npos) return {};
  const json body = json::parse(response.content(), nullptr, false);
  if (body.is_discarded()) return {"the body is not JSON"};
  return faults_in_document(document_, documented.at("content").at(type).at("schema"), body);
}

}  // namespace samrad::tests
