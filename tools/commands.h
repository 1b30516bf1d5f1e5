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
  std::string instances;     // the file of the agreements made of a template; empty: one agreement
  unsigned threads = 1;      // that read a fleet's events
  std::string violations;    // where a fleet's violations are written as a table; empty: nowhere
  bool quiet = false;        // no result, only the status
  std::string all_readings;  // `all`: judge by all of them; empty: by the one chosen
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

struct PlanArguments {
  Question question;  // `as_of` is the eve of the plan
  std::string from;   // first day
  std::string to;     // last day
  int seconds = 60;   // after that long, what there is
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

struct CoverageArguments {
  std::vector<std::string> files;
  std::string catalogue;
  std::string format = "text";  // text, json, csv, markdown
  std::string lang;
};

struct PackArguments {
  std::vector<std::string> files;
  std::string output;  // empty: not said
  bool unpack = false;
};

struct ServeArguments {
  std::vector<std::string> flags;  // as they stand: the settings of service/config
};

struct BackupArguments {
  std::string data;
  std::string output;
};

struct RestoreArguments {
  std::string backup;
  std::string data;
  bool overwrite = false;
};

struct FsckArguments {
  std::string data;
};

struct TokenArguments {
  std::string data;
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
int audit_fleet(const AuditArguments& arguments, Console& console);
int audit_all_readings(const AuditArguments& arguments, Console& console);
int brief(const BriefArguments& arguments, Console& console);
int upcoming(const UpcomingArguments& arguments, Console& console);
int plan(const PlanArguments& arguments, Console& console);
int explain(const ExplainArguments& arguments, Console& console);
int diff(const DiffArguments& arguments, Console& console);
int readings(const ReadingsArguments& arguments, Console& console);
int coverage(const CoverageArguments& arguments, Console& console);
int pack(const PackArguments& arguments, Console& console);
int test(const TestArguments& arguments, Console& console);
int serve(const ServeArguments& arguments, Console& console);
int backup(const BackupArguments& arguments, Console& console);
int restore(const RestoreArguments& arguments, Console& console);
int fsck(const FsckArguments& arguments, Console& console);
int token(const TokenArguments& arguments, Console& console);
int completion(const std::string& shell, Console& console);
int version(Console& console);

}  // namespace samrad::tools
