// The command line: words to one command's arguments, and its status to the shell. CLI11 is used
// here and nowhere else; a wrong word ends in status 2 and, where there is one, a near name.

#include "rules/diagnostics/near.h"
#include "tools/commands.h"

#include <CLI/CLI.hpp>

#include <functional>
#include <map>
#include <new>

namespace {

using namespace samrad::tools;

// What the line asked for: set by the subcommand that CLI11 met.
using Work = std::function<int(Console&)>;

// As CLI11's, with a usage line that names the inputs in their order.
class Help : public CLI::Formatter {
 public:
  std::map<std::string, std::string> usages;

  std::string make_usage(const CLI::App* app, std::string) const override {
    const auto it = usages.find(app->get_name());
    return it == usages.end() ? std::string() : "usage: samrad " + it->second + "\n";
  }
};

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words)
    text += (text.empty() ? "" : "|") + word;
  return text;
}

// One of a few words, with a near name for any other.
CLI::Validator one_of(const std::vector<std::string>& words) {
  const std::string listed = joined(words);
  const auto check = [words, listed](std::string& value) {
    if (std::find(words.begin(), words.end(), value) != words.end()) return std::string();
    const std::string near = samrad::rules::did_you_mean(value, words);
    return "`" + value + "` is not one of " + listed + (near.empty() ? "" : "; " + near);
  };
  return CLI::Validator(check, "");
}

struct Line {
  CLI::App app{"Agreements as programs: what an agreement demands, and how it stands."};
  std::shared_ptr<Help> help = std::make_shared<Help>();
  Work work;

  CheckArguments check;
  FormatArguments format;
  AuditArguments audit;
  BriefArguments brief;
  UpcomingArguments upcoming;
  PlanArguments plan;
  ExplainArguments explain;
  DiffArguments diff;
  ReadingsArguments readings;
  CoverageArguments coverage;
  PackArguments pack;
  ServeArguments serve;
  BackupArguments backup;
  RestoreArguments restore;
  FsckArguments fsck;
  TokenArguments token;
  TestArguments test;
  std::string shell = "bash";
};

CLI::App* command(Line& line, const std::string& name, const std::string& says,
                  const std::string& usage, const std::string& example) {
  CLI::App* sub = line.app.add_subcommand(name, says);
  line.help->usages[name] = name + " " + usage;
  sub->group("Commands");
  sub->footer("Example:\n  " + example);
  return sub;
}

// An option that takes one of a few words.
void add_choice(CLI::App* sub, const std::string& name, std::string& value,
                const std::vector<std::string>& words, const std::string& says) {
  sub->add_option(name, value, says)->transform(one_of(words))->option_text(joined(words));
}

// An option that may be given several times, with one value each.
void add_repeatable(CLI::App* sub, const std::string& name, std::vector<std::string>& values,
                    const std::string& takes, const std::string& says) {
  sub->add_option(name, values, says + " (repeatable)")
      ->allow_extra_args(false)
      ->option_text(takes);
}

void add_format(CLI::App* sub, std::string& format, const std::vector<std::string>& words) {
  add_choice(sub, "--format", format, words, "how the result is written (default: text)");
}

// What every command has that asks about a history.
void add_question(CLI::App* sub, Question& question, const std::vector<std::string>& formats) {
  sub->add_option("RULES", question.inputs,
                  "rule file, or a directory with one; further versions of it (.samrad); event "
                  "files (.ndjson, .json, "
                  "- for standard input)")
      ->required()
      ->option_text("EVENTS…");
  sub->add_option("--as-of", question.as_of,
                  "date or moment at which the question is asked (default: now)")
      ->option_text("T");
  sub->add_option("--known-at", question.known_at, "use only what had been recorded by then")
      ->option_text("T");
  add_repeatable(sub, "--reading", question.readings, "CLAUSE=NAME",
                 "judge by that reading; an ambiguity in place of the clause: all its clauses");
  add_choice(sub, "--lang", question.lang, {"sv", "en"},
             "language of the text (default: by LC_ALL, LANG)");
  add_format(sub, question.format, formats);
}

void add_text_commands(Line& line) {
  CLI::App* check =
      command(line, "check", "report every fault of rule files and what is probably wrong in them",
              "FILE…", "samrad check norrmalm.samrad --format sarif > faults.sarif");
  check->add_option("FILE", line.check.files, "rule files or directories")
      ->required()
      ->option_text("…");
  add_format(check, line.check.format, {"text", "json", "sarif"});
  check->callback(
      [&line] { line.work = [&line](Console& c) { return samrad::tools::check(line.check, c); }; });

  CLI::App* fmt = command(line, "fmt", "lay out rule files in place", "[--check] FILE… | -",
                          "samrad fmt --check *.samrad");
  fmt->add_option("FILE", line.format.files, "rule files; - for standard input to standard output")
      ->required()
      ->option_text("…");
  fmt->add_flag("--check", line.format.check,
                "change nothing; status 1 when something would change");
  fmt->callback([&line] {
    line.work = [&line](Console& c) { return samrad::tools::format(line.format, c); };
  });

  CLI::App* test =
      command(line, "test", "run scenario files: events, a clock that moves, expectations", "FILE…",
              "samrad test scenarios/*.scenario --coverage");
  test->add_option("FILE", line.test.files, "scenario files, or directories of them")
      ->required()
      ->option_text("…");
  add_format(test, line.test.format, {"text", "junit"});
  test->add_flag("--coverage", line.test.coverage,
                 "list which statuses of each clause the scenarios reached");
  add_choice(test, "--lang", line.test.lang, {"sv", "en"}, "language of explanations");
  test->callback(
      [&line] { line.work = [&line](Console& c) { return samrad::tools::test(line.test, c); }; });
}

void add_coverage(Line& line) {
  CLI::App* coverage = command(line, "coverage", "which duties of a catalogue the rules check",
                               "RULES… --catalogue FILE",
                               "samrad coverage norrmalm.samrad --catalogue catalogue.csv");
  coverage->add_option("RULES", line.coverage.files, "rule file, or a directory with one")
      ->required()
      ->option_text("…");
  coverage
      ->add_option("--catalogue", line.coverage.catalogue,
                   "the duties, one a row: a .csv file with a column `id` and perhaps `ref`, "
                   "`duty`, `reason`; - for standard input")
      ->required()
      ->option_text("FILE");
  add_choice(coverage, "--lang", line.coverage.lang, {"sv", "en"},
             "language of the text (default: by LC_ALL, LANG)");
  add_format(coverage, line.coverage.format, {"text", "json", "csv", "markdown"});
  coverage->callback([&line] {
    line.work = [&line](Console& c) { return samrad::tools::coverage(line.coverage, c); };
  });
}

void add_audit(Line& line) {
  CLI::App* audit = command(
      line, "audit", "every occurrence with its verdict, and the violations",
      "RULES EVENTS… [options]",
      "samrad audit norrmalm.samrad history.ndjson --as-of 2018-05-31 --reading moten=avtal");
  add_question(audit, line.audit.question, {"text", "json", "ndjson", "markdown", "csv", "junit"});
  add_repeatable(audit, "--clause", line.audit.clauses, "CLAUSE", "show this clause only");
  add_repeatable(audit, "--status", line.audit.statuses, "STATUS",
                 "show occurrences with this status only");
  add_choice(audit, "--readings", line.audit.all_readings, {"all"},
             "judge by every combination of readings that matters; show where verdicts differ");
  audit
      ->add_option("--instances", line.audit.instances,
                   "the agreements made of a template (.csv, .json, .ndjson): audit them all")
      ->option_text("FILE");
  audit
      ->add_option("--violations", line.audit.violations,
                   "with --instances: write the violations to FILE as CSV")
      ->option_text("FILE");
  audit
      ->add_option("--threads", line.audit.threads,
                   "with --instances: how many threads read events (1 to 64); changes no result")
      ->check(CLI::Range(1, 64));
  audit->add_flag("--quiet", line.audit.quiet, "no result, only the status");
  audit->callback(
      [&line] { line.work = [&line](Console& c) { return samrad::tools::audit(line.audit, c); }; });

  CLI::App* explain =
      command(line, "explain", "why an occurrence has its verdict", "RULES EVENTS… OCCURRENCE",
              "samrad explain norrmalm.samrad history.ndjson moten/2017-H1 --lang en");
  add_question(explain, line.explain.question, {"text", "json", "markdown"});
  explain->callback([&line] {
    line.work = [&line](Console& c) { return samrad::tools::explain(line.explain, c); };
  });

  CLI::App* readings =
      command(line, "readings", "the verdicts of each reading of a clause, side by side",
              "RULES EVENTS…", "samrad readings norrmalm.samrad history.ndjson --clause moten");
  add_question(readings, line.readings.question, {"text", "json"});
  add_repeatable(readings, "--clause", line.readings.clauses, "CLAUSE", "this clause only");
  readings->callback([&line] {
    line.work = [&line](Console& c) { return samrad::tools::readings(line.readings, c); };
  });
}

void add_reports(Line& line) {
  CLI::App* brief = command(line, "brief", "the compliance sheet before a meeting",
                            "RULES EVENTS… --meeting FORUM --on DATE",
                            "samrad brief norrmalm.samrad history.ndjson --meeting chefsamrad --on "
                            "2017-09-12 --format html > sheet.html");
  add_question(brief, line.brief.question, {"text", "markdown", "html", "json"});
  brief->get_option("--as-of")->description(
      "date or moment at which the question is asked (default: the day before)");
  brief->add_option("--meeting", line.brief.meeting, "the forum that meets")
      ->required()
      ->option_text("FORUM");
  brief->add_option("--on", line.brief.on, "the day of the meeting")
      ->required()
      ->option_text("DATE");
  brief->callback(
      [&line] { line.work = [&line](Console& c) { return samrad::tools::brief(line.brief, c); }; });

  CLI::App* upcoming =
      command(line, "upcoming", "deadlines ahead, by owner", "RULES EVENTS… --within DURATION",
              "samrad upcoming norrmalm.samrad history.ndjson --within \"6 months\" --format ics > "
              "deadlines.ics");
  add_question(upcoming, line.upcoming.question, {"text", "json", "ics"});
  upcoming
      ->add_option("--within", line.upcoming.within,
                   "how far ahead: 90d, \"90 days\", 6m, 1y (default: 90d)")
      ->option_text("DURATION");
  add_repeatable(upcoming, "--owner", line.upcoming.owners, "NAME", "this owner's only");
  upcoming->callback([&line] {
    line.work = [&line](Console& c) { return samrad::tools::upcoming(line.upcoming, c); };
  });

  CLI::App* plan = command(line, "plan", "dates for the coming events that keep every clause",
                           "RULES [EVENTS…] --from D --to D",
                           "samrad plan norrmalm.samrad history.ndjson --from 2017-01-01 --to "
                           "2017-12-31 --format ics > plan.ics");
  add_question(plan, line.plan.question, {"text", "json", "ics", "events"});
  plan->remove_option(plan->get_option("--as-of"));
  plan->remove_option(plan->get_option("--known-at"));
  plan->add_option("--from", line.plan.from,
                   "first day of the plan; what is recorded before it counts")
      ->required()
      ->option_text("D");
  plan->add_option("--to", line.plan.to, "last day of the plan")->required()->option_text("D");
  plan->add_option("--timeout", line.plan.seconds,
                   "seconds after which the work ends with what there is (default: 60)")
      ->check(CLI::Range(1, 86400))
      ->option_text("SECONDS");
  plan->callback(
      [&line] { line.work = [&line](Console& c) { return samrad::tools::plan(line.plan, c); }; });

  CLI::App* diff =
      command(line, "diff", "what changed between two moments, and because of which events",
              "RULES EVENTS… --as-of A --to-as-of B",
              "samrad diff norrmalm.samrad history.ndjson --as-of 2017-07-01 --known-at 2017-07-01 "
              "--to-known-at 2017-08-01");
  add_question(diff, line.diff.question, {"text", "json"});
  diff->add_option("--to-as-of", line.diff.to_as_of, "the later moment (default: as --as-of)")
      ->option_text("T");
  diff->add_option("--to-known-at", line.diff.to_known_at,
                   "what was recorded by then (default: everything)")
      ->option_text("T");
  diff->callback(
      [&line] { line.work = [&line](Console& c) { return samrad::tools::diff(line.diff, c); }; });
}

void add_pack(Line& line) {
  CLI::App* pack =
      command(line, "pack", "event files as a packed log, which every command reads in their place",
              "EVENTS… --output LOG | --unpack LOG",
              "samrad pack 2016.ndjson 2017.ndjson --output events.log");
  pack->add_option("EVENTS", line.pack.files,
                   "event files (.ndjson, .json, - for standard input) or logs")
      ->required()
      ->option_text("…");
  pack->add_option("-o,--output", line.pack.output,
                   "the log to be written; with --unpack the event file (default: standard output)")
      ->option_text("FILE");
  pack->add_flag("--unpack", line.pack.unpack, "the lines that are in a log, as they were");
  pack->callback(
      [&line] { line.work = [&line](Console& c) { return samrad::tools::pack(line.pack, c); }; });
}

void add_service(Line& line) {
  CLI::App* serve = command(
      line, "serve", "the service: records events, knows every verdict, warns before deadlines",
      "--data DIR [--SETTING VALUE]…", "samrad serve --data /var/lib/samrad");
  serve->allow_extras();
  serve->callback([&line, serve] {
    line.serve.flags = serve->remaining();
    line.work = [&line](Console& c) { return samrad::tools::serve(line.serve, c); };
  });

  CLI::App* backup = command(line, "backup", "a copy of a service's store, made while it runs",
                             "--data DIR FILE", "samrad backup --data /var/lib/samrad monday.db");
  backup->add_option("--data", line.backup.data, "the service's data folder")->required();
  backup->add_option("FILE", line.backup.output, "the copy; must not exist")->required();
  backup->callback([&line] {
    line.work = [&line](Console& c) { return samrad::tools::backup(line.backup, c); };
  });

  CLI::App* restore = command(line, "restore", "put a backup into a data folder", "FILE --data DIR",
                              "samrad restore monday.db --data /var/lib/samrad");
  restore->add_option("FILE", line.restore.backup, "the backup")->required();
  restore->add_option("--data", line.restore.data, "the service's data folder")->required();
  restore->add_flag("--overwrite", line.restore.overwrite,
                    "also where there is a store; it stays beside as samrad.db.replaced");
  restore->callback([&line] {
    line.work = [&line](Console& c) { return samrad::tools::restore(line.restore, c); };
  });

  CLI::App* fsck =
      command(line, "fsck", "find every verdict of a store again from its events, and compare",
              "--data DIR", "samrad fsck --data /var/lib/samrad");
  fsck->add_option("--data", line.fsck.data, "the service's data folder; the service must not run")
      ->required();
  fsck->callback(
      [&line] { line.work = [&line](Console& c) { return samrad::tools::fsck(line.fsck, c); }; });

  CLI::App* token = command(line, "token", "make a token for an administrator of a stopped service",
                            "--data DIR", "samrad token --data /var/lib/samrad");
  token
      ->add_option("--data", line.token.data,
                   "the service's data folder, made where it is absent; the service must not run")
      ->required();
  token->callback(
      [&line] { line.work = [&line](Console& c) { return samrad::tools::token(line.token, c); }; });
}

void add_rest(Line& line) {
  CLI::App* completion = command(line, "completion", "print the completion script of a shell",
                                 "bash", "source <(samrad completion bash)");
  completion->add_option("SHELL", line.shell, "bash")
      ->transform(one_of({"bash"}))
      ->option_text(" ");
  completion->callback([&line] {
    line.work = [&line](Console& c) { return samrad::tools::completion(line.shell, c); };
  });

  CLI::App* version = command(line, "version", "print the version", "", "samrad version");
  version->callback([&line] { line.work = [](Console& c) { return samrad::tools::version(c); }; });
}

void declare(Line& line) {
  CLI::App& app = line.app;
  app.name("samrad");
  line.help->usages["samrad"] = "COMMAND …";
  line.help->column_width(26);
  line.help->label("Positionals", "Inputs");
  app.formatter(line.help);
  app.set_help_flag("-h,--help", "print this help");
  app.require_subcommand(0, 1);
  app.footer("Example:\n  samrad audit norrmalm.samrad history.ndjson --as-of 2018-05-31\n\n"
             "Status: 0 fine; 1 violations, failed tests or errors in rules; 2 wrong usage; 3 "
             "unreadable input.");
  add_text_commands(line);
  add_coverage(line);
  add_audit(line);
  add_reports(line);
  add_pack(line);
  add_service(line);
  add_rest(line);
}

std::string near_option(const CLI::App& sub, const std::string& word) {
  std::vector<std::string> names;
  for (const CLI::Option* option : sub.get_options())
    for (const std::string& name : option->get_lnames())
      names.push_back("--" + name);
  return samrad::rules::did_you_mean(word.substr(0, word.find('=')), names);
}

// CLI11 tells of a missing or repeated value in words of its own.
std::string about_values(const std::string& what) {
  const std::string option = "`" + what.substr(0, what.find(':')) + "`";
  return what.find("received") == std::string::npos ? option + " needs a value"
                                                    : option + " is given more than once";
}

int wrong_usage(Line& line, Console& console, const std::string& what) {
  console.complain(what);
  const auto subs = line.app.get_subcommands();
  console.err("see `samrad " + (subs.empty() ? std::string() : subs.front()->get_name() + " ") +
              "--help`\n");
  return exit_usage;
}

// What CLI11 could not place: an option nobody has, or a word too many.
std::string about_extras(const CLI::App& app) {
  const auto subs = app.get_subcommands();
  const CLI::App& sub = subs.empty() ? app : *subs.front();
  const std::vector<std::string> extras = app.remaining(true);
  for (const std::string& word : extras) {
    if (word.size() < 2 || word[0] != '-') continue;
    const std::string near = near_option(sub, word);
    return "no option `" + word.substr(0, word.find('=')) + "`" + (near.empty() ? "" : "; " + near);
  }
  return extras.empty() ? "too many words" : "nothing is known to do with `" + extras.front() + "`";
}

int run(Line& line, int argc, char** argv, Console& console) {
  declare(line);
  if (argc < 2) {
    console.err(line.app.help());
    return exit_usage;
  }
  const std::string first = argv[1];
  std::vector<std::string> names;
  for (const CLI::App* sub : line.app.get_subcommands({}))
    names.push_back(sub->get_name());
  if (first == "--version") return version(console);
  if (first == "help") {
    const bool known = argc > 2 && std::find(names.begin(), names.end(), argv[2]) != names.end();
    console.out(known ? line.app.get_subcommand(argv[2])->help() : line.app.help());
    return exit_fine;
  }
  if (!first.empty() && first[0] != '-' &&
      std::find(names.begin(), names.end(), first) == names.end()) {
    const std::string near = samrad::rules::did_you_mean(first, names);
    return wrong_usage(line, console,
                       "no command `" + first + "`" + (near.empty() ? "" : "; " + near));
  }
  try {
    line.app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    const auto subs = line.app.get_subcommands();
    console.out(subs.empty() ? line.app.help() : subs.front()->help());
    return exit_fine;
  } catch (const CLI::ExtrasError&) {
    return wrong_usage(line, console, about_extras(line.app));
  } catch (const CLI::ArgumentMismatch& error) {
    return wrong_usage(line, console, about_values(error.what()));
  } catch (const CLI::RequiredError& error) {
    return wrong_usage(line, console,
                       std::string(error.what()).substr(0, std::string(error.what()).find(' ')) +
                           " is missing");
  } catch (const CLI::Error& error) {
    return wrong_usage(line, console, error.what());
  }
  return line.work ? line.work(console) : wrong_usage(line, console, "no command");
}

}  // namespace

int main(int argc, char** argv) {
  Console console;
  Line line;
  try {
    return console.finish(run(line, argc, argv, console));
  } catch (const std::bad_alloc&) {
    console.complain("out of memory");
  } catch (const std::exception&) {
    console.complain("this is a fault of samrad and not yours; please report it with the command "
                     "line and the files");
  }
  return console.finish(exit_unreadable);
}
