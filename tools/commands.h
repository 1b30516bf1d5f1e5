// The commands: what each is asked, and one function each that does it. A function writes its
// result to the console and answers with the exit status; it never ends the process and lets no
// exception out that a user could cause.
#pragma once

#include "tools/console.h"

#include <string>
#include <vector>

namespace samrad::tools {

struct CheckArguments {
  std::vector<std::string> files;
  std::string format = "text";  // text, json, sarif
};

struct FormatArguments {
  std::vector<std::string> files;  // `-`: standard input to standard output
  bool check = false;
};

// What every question about a history has in common.
struct Question {
  std::vector<std::string> inputs;    // rule files, event files, `-`
  std::string as_of;                  // a date or a moment; empty: now
  std::string known_at;               // empty: everything on record
  std::vector<std::string> readings;  // CLAUSE=NAME
  std::string lang;                   // sv, en; empty: by the environment
  std::string format = "text";
};

struct AuditArguments {
  Question question;
  std::vector<std::string> clauses;
  std::vector<std::string> statuses;
};

struct BriefArguments {
  Question question;
  std::string meeting;  // the forum
  std::string on;       // the day
};

struct UpcomingArguments {
  Question question;
  std::string within = "90 days";
  std::vector<std::string> owners;
};

struct ExplainArguments {
  Question question;  // the last of `inputs` is the occurrence
};

struct DiffArguments {
  Question question;
  std::string to_as_of;     // empty: as `as_of`
  std::string to_known_at;  // empty: everything on record
};

struct ReadingsArguments {
  Question question;
  std::vector<std::string> clauses;
};

struct TestArguments {
  std::vector<std::string> files;
  std::string format = "text";  // text, junit
  std::string lang;
  bool coverage = false;
};

int check(const CheckArguments& arguments, Console& console);
int format(const FormatArguments& arguments, Console& console);
int audit(const AuditArguments& arguments, Console& console);
int brief(const BriefArguments& arguments, Console& console);
int upcoming(const UpcomingArguments& arguments, Console& console);
int explain(const ExplainArguments& arguments, Console& console);
int diff(const DiffArguments& arguments, Console& console);
int readings(const ReadingsArguments& arguments, Console& console);
int test(const TestArguments& arguments, Console& console);
int completion(const std::string& shell, Console& console);
int version(Console& console);

}  // namespace samrad::tools
