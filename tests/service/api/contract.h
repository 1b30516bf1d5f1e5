// Holds answers to the OpenAPI document: the operation, its statuses, its media types and the schema of its bodies.
#pragma once

#include <regex>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "service/http/message.h"

namespace samrad::tests {

class Contract {
 public:
  explicit Contract(nlohmann::json document);

  // What of the answer the document does not say; empty: nothing, or no operation has this path and method.
  [[nodiscard]] std::vector<std::string> faults(const http::Request& request,
                                                const http::Response& response) const;

  [[nodiscard]] const nlohmann::json& document() const { return document_; }

 private:
  struct Path {
    std::regex form;
    std::string name;
  };
  [[nodiscard]] const nlohmann::json* operation(const http::Request& request) const;

  nlohmann::json document_;
  std::vector<Path> paths_;  // those with more words first
};

}  // namespace samrad::tests
