// Follows every link of every Markdown page, to the file and to the heading, as GitHub and most forges resolve them, and
// matches the diagnostic codes with their pages.

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "tests/tidy/rules.h"

namespace samrad::tidy {

namespace {

std::string folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string() : std::string(path.substr(0, slash));
}

// Joins and resolves `.` and `..`. Empty when it leaves the tree.
std::string resolved(std::string_view folder, std::string_view target) {
  const std::string joined = target.starts_with('/')
                                 ? std::string(target)
                                 : std::string(folder) + "/" + std::string(target);
  std::vector<std::string> parts;
  for (std::size_t i = 0; i <= joined.size();) {
    const std::size_t slash = std::min(joined.find('/', i), joined.size());
    const std::string part = joined.substr(i, slash - i);
    i = slash + 1;
    if (part.empty() || part == ".") continue;
    if (part != "..")
      parts.push_back(part);
    else if (parts.empty())
      return {};
    else
      parts.pop_back();
  }
  std::string path;
  for (const std::string& part : parts)
    path += (path.empty() ? "" : "/") + part;
  return path.empty() ? "." : path;
}

bool is_folder(const Tree& tree, const std::string& path) {
  if (path == ".") return true;
  const std::string prefix = path + "/";
  const auto it =
      std::lower_bound(tree.begin(), tree.end(), prefix,
                       [](const File& file, const std::string& p) { return file.path < p; });
  return it != tree.end() && it->path.starts_with(prefix);
}

// The name a heading gets: letters, digits, `-` and `_`, lower case, spaces as `-`. Of the letters beyond ASCII the
// two-byte Latin ones are known (å, ä, ö, é …); other such characters are punctuation here and are dropped.
std::string slug_of(std::string_view heading) {
  std::string slug;
  for (std::size_t i = 0; i < heading.size(); ++i) {
    const char c = heading[i];
    const unsigned byte = static_cast<unsigned char>(c);
    if (c >= 'A' && c <= 'Z')
      slug += static_cast<char>(c - 'A' + 'a');
    else if (is_word_character(c) || c == '-')
      slug += c;
    else if (c == ' ')
      slug += '-';
    else if (byte == 0xC3 && i + 1 < heading.size()) {
      const unsigned next = static_cast<unsigned char>(heading[++i]);
      const bool capital = next >= 0x80 && next <= 0x9E && next != 0x97;
      slug += c;
      slug += static_cast<char>(capital ? next + 0x20 : next);
    }
  }
  return slug;
}

// The page with code blocks and `code` blanked: what looks like a link there is none.
std::string prose_of(std::string_view page) {
  std::string out(page);
  bool fenced = false;
  std::size_t offset = 0;
  for (std::string_view line : lines_of(page)) {
    const std::size_t first = std::min(line.find_first_not_of(' '), line.size());
    const bool fence =
        line.substr(first).starts_with("```") || line.substr(first).starts_with("~~~");
    bool code = fenced || fence;
    if (fence) fenced = !fenced;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const bool tick = line[i] == '`' && !fenced && !fence;
      if (tick) code = !code;
      if (code || tick) out[offset + i] = ' ';
    }
    offset = std::min(page.find('\n', offset), page.size()) + 1;
  }
  return out;
}

std::set<std::string> headings_of(std::string_view page) {
  std::set<std::string> slugs;
  std::map<std::string, int> seen;
  bool fenced = false;
  for (std::string_view line : lines_of(page)) {
    if (line.starts_with("```") || line.starts_with("~~~")) fenced = !fenced;
    if (fenced || !line.starts_with('#')) continue;
    const std::size_t space = line.find_first_not_of('#');
    if (space == std::string_view::npos || line[space] != ' ') continue;
    const std::string slug = slug_of(line.substr(space + 1));
    const int times = seen[slug]++;
    slugs.insert(times == 0 ? slug : slug + "-" + std::to_string(times));
  }
  for (std::size_t at = page.find("<a id=\""); at != std::string_view::npos;
       at = page.find("<a id=\"", at + 1))
    slugs.insert(std::string(page.substr(at + 7, page.find('"', at + 7) - at - 7)));
  return slugs;
}

struct Link {
  std::string target;
  std::size_t offset;
};

// Inline links `[…](target "title")` and definitions `[name]: target`.
std::vector<Link> links_of(std::string_view prose) {
  std::vector<Link> links;
  for (std::size_t at = prose.find(']'); at != std::string_view::npos;
       at = prose.find(']', at + 1)) {
    const std::string_view rest = prose.substr(at + 1);
    std::size_t begin = 0;
    if (rest.starts_with("("))
      begin = at + 2;
    else if (rest.starts_with(": ") && prose[prose.rfind('\n', at) + 1] == '[')
      begin = at + 3;
    else
      continue;
    const std::size_t end = std::min(prose.find_first_of(") \n", begin), prose.size());
    std::string target(prose.substr(begin, end - begin));
    if (target.starts_with('<') && target.ends_with('>'))
      target = target.substr(1, target.size() - 2);
    links.push_back({std::move(target), at});
  }
  return links;
}

bool is_elsewhere(std::string_view target) {
  return target.find("://") != std::string_view::npos || target.starts_with("mailto:");
}

bool is_code_of_diagnostic(std::string_view word) {
  const std::size_t digits = word.find_first_of("0123456789");
  if (digits == 0 || digits > 3 || digits == std::string_view::npos) return false;
  const bool letters = std::all_of(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(digits),
                                   [](char c) { return c >= 'A' && c <= 'Z'; });
  const std::string_view number = word.substr(digits);
  return letters && number.size() >= 3 && number.size() <= 4 &&
         std::all_of(number.begin(), number.end(), is_digit);
}

}  // namespace

Findings page_links(const Tree& tree) {
  Findings out;
  for (const File& file : tree) {
    if (!file.path.ends_with(".md") || file.in("tests/corpus/")) continue;
    const std::string prose = prose_of(file.text);
    for (const Link& link : links_of(prose)) {
      if (is_elsewhere(link.target)) continue;
      const int line = line_of(prose, link.offset);
      const std::size_t hash = link.target.find('#');
      const std::string target = link.target.substr(0, hash);
      const std::string path = target.empty() ? file.path : resolved(folder_of(file.path), target);
      const File* page = find(tree, path);
      if (path.empty() || (!page && !is_folder(tree, path))) {
        out.push_back({file.path, line, "the link `" + link.target + "` leads to no file",
                       "a reader who follows it is lost", "the path from this page to the file"});
      } else if (hash != std::string::npos && page && page->path.ends_with(".md")) {
        const std::string anchor = link.target.substr(hash + 1);
        if (headings_of(page->text).count(anchor) == 0)
          out.push_back({file.path, line, "`" + page->path + "` has no heading `#" + anchor + "`",
                         "a reader who follows it lands at the top of the page",
                         "the heading in lower case, spaces as `-`, without punctuation"});
      }
    }
  }
  return out;
}

Findings diagnostics(const Tree& tree) {
  const std::string pages = "docs/diagnostics/";
  std::map<std::string, std::pair<std::string, int>> codes;  // to where it is declared
  std::map<std::string, std::string> page_of;
  for (const File& file : tree) {
    const std::string name = file.path.substr(file.path.rfind('/') + 1);
    if (file.in("rules/") && name.starts_with("codes.")) {
      const std::string text = without_comments(file.text);
      for (const Word& word : words_of(text))
        if (is_code_of_diagnostic(word.text))
          codes.emplace(std::string(word.text), std::pair(file.path, line_of(text, word.offset)));
    }
    if (file.in(pages) && is_code_of_diagnostic(name.substr(0, name.find('.'))))
      page_of.emplace(name.substr(0, name.find('.')), file.path);
  }
  Findings out;
  if (codes.empty() || page_of.empty()) return out;  // one of the two is not written yet
  for (const auto& [code, place] : codes)
    if (page_of.count(code) == 0)
      out.push_back({place.first, place.second, "the diagnostic `" + code + "` has no page",
                     "the code in a message is what a user looks up",
                     "write " + pages + code + ".md"});
  for (const auto& [code, path] : page_of)
    if (codes.count(code) == 0)
      out.push_back({path, 1, "no diagnostic has the code `" + code + "`",
                     "a page about nothing misleads",
                     "remove the page; a code that was in use once is not used again"});
  return out;
}

}  // namespace samrad::tidy
