// A small agreement made by hand, so that these tests need no compiler: parties, roles, a forum, event types of every field
// type, and one rule of each form.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/program/program.h"

namespace samrad::tests {

class Sample {
 public:
  Sample();

  program::Program program;

  program::Symbol symbol(std::string_view text);
  program::Index kind(std::string_view name, bool open = false);
  void member(std::string_view kind, std::string_view name, std::string_view label,
              std::string_view deputy_of = "");

  struct FieldRow {
    std::string_view name;
    program::ValueKind type;
    bool list = false;
    bool required = true;
    std::string_view kind = "";
  };
  program::Index type(std::string_view name, std::string_view label,
                      std::vector<std::string_view> subject_kinds,
                      const std::vector<FieldRow>& fields,
                      program::Builtin builtin = program::Builtin::ordinary);
  program::Index pattern(std::string_view type, std::string_view subject, std::string_view text);
  program::Range symbols(const std::vector<std::string_view>& names);
  program::Rule& rule(program::Form form, std::string_view clause, std::string_view title,
                      std::string_view source, std::string_view sentence);
  program::Index find_kind(std::string_view name) const;
  program::Index find_type(std::string_view name) const;
  program::Index find_rule(std::string_view clause) const;
};

}  // namespace samrad::tests
