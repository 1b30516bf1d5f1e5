// A TOML text to names and values. Tables become part of the names, `[[oidc]]` becomes a list of issuers; nothing is known yet of what may be
// set.

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "service/config/given.h"

namespace samrad::config {

namespace {

// Lines in the order of the file: toml++ sorts by name.
bool before(const toml::source_position& a, const toml::source_position& b) {
  return a.line != b.line ? a.line < b.line : a.column < b.column;
}

class Reader {
 public:
  explicit Reader(const std::string& path) : path_(path) {}

  [[nodiscard]] GivenFile file(const toml::table& root) const {
    GivenFile file;
    for (const auto& [key, node] : root)
      if (key.str() == "oidc" && is_list_of_tables(node))
        for (const toml::node& item : *node.as_array())
          file.issuers.push_back(issuer(*item.as_table()));
    flatten(root, "", file.settings, true);
    return file;
  }

  [[nodiscard]] std::string place(const toml::source_position& at) const {
    return fmt::format("{}:{}:{}", path_, at.line, at.column);
  }

 private:
  static bool is_list_of_tables(const toml::node& node) {
    return node.is_array() && node.as_array()->is_homogeneous(toml::node_type::table) &&
           !node.as_array()->empty();
  }

  [[nodiscard]] GivenIssuer issuer(const toml::table& table) const {
    GivenIssuer issuer;
    issuer.at = place(table.source().begin);
    flatten(table, "", issuer.settings, false);
    return issuer;
  }

  // Tables within the root are sections; within an issuer they are values.
  void flatten(const toml::table& table, const std::string& before_name, std::vector<Given>& out,
               bool sections) const {
    using Entry = std::pair<const toml::key*, const toml::node*>;
    std::vector<Entry> entries;
    for (const auto& [key, node] : table)
      entries.emplace_back(&key, &node);
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
      return before(a.first->source().begin, b.first->source().begin);
    });
    for (const auto& [key, node] : entries) {
      const std::string name = before_name + std::string(key->str());
      if (sections && name == "oidc" && is_list_of_tables(*node)) continue;
      if (sections && node->is_table())
        flatten(*node->as_table(), name + ".", out, sections);
      else
        out.push_back(
            {name, value(*node), true, place(key->source().begin), place(node->source().begin)});
    }
  }

  static Value value(const toml::node& node) {
    switch (node.type()) {
    case toml::node_type::string: return node.as_string()->get();
    case toml::node_type::integer: return node.as_integer()->get();
    case toml::node_type::boolean: return node.as_boolean()->get();
    case toml::node_type::array: return texts(*node.as_array());
    case toml::node_type::table: return table(*node.as_table());
    case toml::node_type::floating_point: return Other{"a number with decimals"};
    default: return Other{"a date or a time"};
    }
  }

  static Value texts(const toml::array& array) {
    Texts texts;
    for (const toml::node& item : array) {
      if (!item.is_string()) return Other{"a list with something else than texts in it"};
      texts.push_back(item.as_string()->get());
    }
    return texts;
  }

  static Value table(const toml::table& table) {
    Table lists;
    for (const auto& [key, node] : table) {
      const Value list = value(node);
      if (!std::holds_alternative<Texts>(list))
        return Other{"a table with something else than lists of texts in it"};
      lists[std::string(key.str())] = std::get<Texts>(list);
    }
    return lists;
  }

  const std::string& path_;
};

}  // namespace

GivenFile read_toml(std::string_view text, const std::string& path, std::vector<Fault>& faults) {
  const Reader reader(path);
  try {
    return reader.file(toml::parse(text, path));
  } catch (const toml::parse_error& error) {
    faults.push_back({Level::error, reader.place(error.source().begin),
                      fmt::format("this is no TOML: {}", error.description()),
                      "nothing else of the file was read"});
  } catch (const std::exception&) {
    faults.push_back({Level::error, path, "the file could not be read as TOML", ""});
  }
  return {};
}

}  // namespace samrad::config
