// A page of docs/ as a row of steps that a test can take: write a file, mend one, run a command.
//
// What a fence holds is said by its word: `samrad` rule text, `console` commands (`$ samrad …`) and what they print, with a line `…` for
// lines left out, `json` events, `scenario` stories, `text` none of these. An HTML comment before it says the rest:
//
//   <!-- preamble            the rule text that follows goes before each `samrad` block from here on; with a name (`preamble
//   …                        page.samrad`) the preamble and all its blocks are also written to that file
//   -->
//   <!-- write NAME -->      the block is the whole of that file; in a comment of several lines: the rest of the comment is
//   <!-- append NAME -->     the block is added to that file; `, wrong CODE`: it then has this error and no other
//   <!-- mend NAME: OLD -> NEW -->    OLD, which stands there once, becomes NEW; ¶ is the end of a line
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace samrad::tests {

// A command of a `console` block and what it prints.
struct Shown {
  std::string command;
  std::vector<std::string> lines;
};

struct Step {
  int line = 0;                              // of the fence, from 1
  std::string word;                          // of the fence
  std::string rules;                         // `samrad`: the whole text to compile
  std::string wrong;                         // the code of the one error it has; empty: none
  std::map<std::string, std::string> files;  // as they stand when the reader has come so far
  std::vector<Shown> shown;                  // `console`
};

// The steps in order. `faults` gets what is not as described above, each with its line.
std::vector<Step> steps_of(std::string_view page, std::vector<std::string>& faults);

// Whether the lines are those shown, where each `…` among these stands for any number of lines.
bool alike(const std::vector<std::string>& shown, const std::vector<std::string>& found);

std::vector<std::string> lines_of(std::string_view text);
std::string content(const std::string& path);  // relative to the root of the tree

}  // namespace samrad::tests
