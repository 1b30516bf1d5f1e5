// Rows and objects to arguments; what is wrong is told by line and column. Entry point: read_instances.

#include "service/fleet/instances.h"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "rules/diagnostics/near.h"
#include "service/fleet/argument.h"
#include "service/fleet/pieces.h"
#include "service/record/csv.h"
#include "service/record/limits.h"

namespace samrad::fleet {

namespace {

using program::Argument;
using program::Arguments;
using program::Parameter;
using program::Program;
using record::Json;
using record::JsonKind;
using record::Level;

constexpr std::string_view label_suffix = " label";
constexpr std::uint64_t rows_told = 1U << 13U;  // so many tell well enough how many there will be

// Looks at the first bytes of an input and then reads them like the rest.
class Peeking final : public Input {
 public:
  explicit Peeking(Input& input) : input_(input) {}

  // The first character that is no blank and no byte order mark; 0 when there is none.
  char first() {
    for (std::size_t at = 0;; ++at) {
      if (at == begin_.size()) {
        char block[4096];
        const std::size_t n = input_.read(block, sizeof block);
        if (n == 0) return 0;
        begin_.append(block, n);
      }
      if (at == 0 && begin_.starts_with("\xEF\xBB\xBF")) at = 3;
      if (at < begin_.size() && std::string_view(" \t\r\n").find(begin_[at]) == std::string::npos)
        return begin_[at];
    }
  }

  std::size_t read(char* room, std::size_t bytes) override {
    const std::size_t n = begin_.empty() ? input_.read(room, bytes) : begin_.copy(room, bytes);
    begin_.erase(0, n);
    given_ += n;
    return n;
  }
  [[nodiscard]] std::uint64_t left() const override { return input_.left(); }
  [[nodiscard]] std::uint64_t given() const { return given_; }
  [[nodiscard]] std::string error() const override { return input_.error(); }

 private:
  Input& input_;
  std::string begin_;
  std::uint64_t given_ = 0;
};

// What texts of one column were found to say, since the same come again and again.
class Said {
 public:
  // Null: not at hand.
  [[nodiscard]] const Argument* find(std::string_view text) const {
    const Entry& entry = entries_[place(text)];
    return entry.text == text ? &entry.argument : nullptr;
  }
  void keep(std::string_view text, const Argument& argument) {
    if (!text.empty() && text.size() <= text_bytes_max) entries_[place(text)] = {std::string(text), argument};
  }

 private:
  static constexpr std::size_t text_bytes_max = 64;
  static constexpr std::size_t places = 128;
  struct Entry {
    std::string text;  // empty: none, which says nothing
    Argument argument;
  };
  static std::size_t place(std::string_view text) { return hash_of(text) % places; }

  std::vector<Entry> entries_ = std::vector<Entry>(places);
};

class Reading {
 public:
  Reading(Input& input, std::string_view file, Roster& roster, record::Faults& faults)
      : input_(input),
        file_(file),
        roster_(roster),
        template_(roster.of_template()),
        faults_(faults),
        symbols_(template_),
        words_(template_, symbols_, roster.zone()) {
    for (const Parameter& parameter : template_.parameters)
      names_.emplace_back(template_.text(parameter.name));
    said_.resize(names_.size());
  }

  void read() {
    const char first = input_.first();
    if (first == '{' || first == '[')
      json();
    else
      table();
    if (const std::string why = input_.error(); !why.empty())
      error(0, "", why);
    else if (roster_.agreements().empty() && !faults_.any_error())
      error(0, "", "no agreement is in the file", "give each agreement a row of its own");
  }

 private:
  void error(std::size_t line, std::string column, std::string message, std::string help = {}) {
    faults_.add(
        {Level::error, file_, line, "", std::move(column), std::move(message), std::move(help)});
  }

  // The agreement is whole: hold it against the template and the agreements before it.
  void finish(std::string_view name, std::string_view title, const Arguments& arguments,
              std::size_t line, bool sound) {
    if (name.empty()) {
      error(line, "agreement", "missing", "the name that the events give in `agreement`");
      sound = false;
    } else if (const std::string why = wrong_name(name); !why.empty()) {
      error(line, "agreement", why);
      sound = false;
    } else if (const std::size_t first = line_of(name); first != 0) {
      error(line, "agreement",
            fmt::format("`{}` stands twice: first on line {}", name.substr(0, 80), first),
            "each agreement has a row and a name of its own");
      sound = false;
    }
    for (const program::BindFault& fault : program::faults(template_, arguments)) {
      if (fault.parameter != program::none && told_[fault.parameter]) continue;
      error(line, fault.parameter == program::none ? std::string() : names_[fault.parameter],
            fault.message);
      sound = false;
    }
    if (sound) {
      roster_.add(name, title, arguments, line);
      const std::uint64_t rows = roster_.agreements().size();
      if (rows == rows_told) roster_.expect(rows + rows * input_.left() / input_.given());
    }
    if (!sound && faulty_.size() < record::faults_max) faulty_.emplace(name, line);
    if (symbols_.brought_along() > 1000) symbols_.sweep(std::vector<bool>(symbols_.size()));
  }

  // Where an agreement of that name has stood before, whether it could be used or not; 0: nowhere.
  [[nodiscard]] std::size_t line_of(std::string_view name) const {
    if (const std::uint32_t row = roster_.find(name); row != program::none)
      return roster_.agreements()[row].line;
    if (faulty_.empty()) return 0;
    const auto at = faulty_.find(std::string(name));
    return at == faulty_.end() ? 0 : at->second;
  }

  // ---- a table ----

  struct Columns {
    std::optional<std::size_t> agreement, title;
    std::vector<std::optional<std::size_t>> value, label;  // by parameter
    std::vector<bool> missing;                             // of those that must be filled in
  };

  void strange_column(const record::CsvCell& cell) {
    std::vector<std::string> known = {"agreement", "title"};
    for (std::size_t i = 0; i < names_.size(); ++i) {
      known.push_back(names_[i]);
      if (template_.parameters[i].type == program::ValueKind::member)
        known.push_back(names_[i] + std::string(label_suffix));
    }
    error(cell.line, cell.text.substr(0, 80), "the template has no such parameter",
          rules::did_you_mean(cell.text, known));
  }

  Columns columns(const std::vector<record::CsvCell>& header) {
    Columns columns;
    columns.value.resize(names_.size());
    columns.label.resize(names_.size());
    columns.missing.resize(names_.size());
    for (std::size_t at = 0; at < header.size(); ++at) {
      const std::string& text = header[at].text;
      if (text == "agreement") {
        columns.agreement = at;
      } else if (text == "title") {
        columns.title = at;
      } else if (const Index row = parameter(text); row != program::none) {
        columns.value[row] = at;
      } else if (const Index of = text.ends_with(label_suffix)
                                      ? parameter(text.substr(0, text.size() - label_suffix.size()))
                                      : program::none;
                 of != program::none &&
                 template_.parameters[of].type == program::ValueKind::member) {
        columns.label[of] = at;
      } else {
        strange_column(header[at]);
      }
    }
    if (!columns.agreement)
      error(1, "agreement", "the column is missing", "the name that the events give");
    for (Index row = 0; row < names_.size(); ++row) {
      const Parameter& parameter = template_.parameters[row];
      if (columns.value[row] || parameter.optional || parameter.fallback != program::none) continue;
      error(1, names_[row], "the column is missing; each agreement must fill it in");
      columns.missing[row] = true;
    }
    return columns;
  }

  void table() {
    record::CsvReader reader(
        [this](char* room, std::size_t bytes) { return input_.read(room, bytes); });
    const std::size_t before = faults_.errors();
    Columns at;
    if (!reader.header().empty()) at = columns(reader.header());
    const bool sound = faults_.errors() == before;
    while (const std::vector<record::CsvCell>* cells = reader.next())
      row(at, *cells, sound);
    for (const record::CsvFault& fault : reader.faults())
      error(fault.line, "", fault.message, fault.help);
  }

  void row(const Columns& at, const std::vector<record::CsvCell>& cells, bool sound) {
    const auto text = [&](const std::optional<std::size_t>& column) {
      return column ? std::string_view(cells[*column].text) : std::string_view();
    };
    arguments_.resize(names_.size());
    told_ = at.missing;
    for (Index i = 0; i < names_.size(); ++i) {
      if (argument(i, text(at.value[i]), text(at.label[i]), at.value[i] ? cells[*at.value[i]].line : cells.front().line)) continue;
      told_[i] = true;
      sound = false;
    }
    if (at.agreement) finish(text(at.agreement), text(at.title), arguments_, cells.front().line, sound);
  }

  // Reads what a row fills in for a parameter; false, and told, where something is wrong with it.
  bool argument(Index i, std::string_view text, std::string_view label, std::size_t line) {
    if (label.empty())
      if (const Argument* const same = said_[i].find(text)) {
        arguments_[i] = *same;
        return true;
      }
    auto read = argument_of_text(words_, template_.parameters[i], text, label);
    if (!read) {
      arguments_[i] = {};
      error(line, names_[i], read.error().message, read.error().help);
      return false;
    }
    arguments_[i] = std::move(*read);
    if (label.empty()) said_[i].keep(text, arguments_[i]);
    return true;
  }

  // ---- JSON ----

  void json() {
    PieceReader pieces(input_);
    StreamPiece piece;
    while (pieces.next(piece)) {
      if (piece.text.size() > record::event_bytes_max) {
        error(piece.line, "",
              fmt::format("the agreement is longer than {} bytes", record::event_bytes_max));
        continue;
      }
      const auto json = record::parse_json(piece.text);
      if (!json)
        error(piece.line, "", json.error());
      else if (json->kind != JsonKind::object)
        error(piece.line, "",
              fmt::format("an agreement is an object, `{{…}}`; this is {}", words(json->kind)));
      else
        object(*json, piece.line);
    }
    if (pieces.broken_line() != 0) error(pieces.broken_line(), "", std::string(pieces.broken()));
  }

  void object(const Json& json, std::size_t line) {
    told_.assign(names_.size(), false);
    Arguments arguments(names_.size());
    std::string name, title;
    bool sound = true;
    for (const auto& [member, value] : json.members) {
      if (member == "agreement" || member == "title") {
        if (value.kind == JsonKind::text)
          (member == "title" ? title : name) = value.text;
        else if (value.kind != JsonKind::null)
          error(line, member, fmt::format("should be a text; this is {}", words(value.kind))),
              sound = false;
        continue;
      }
      const Index row = parameter(member);
      if (row == program::none) {
        std::vector<std::string> known = names_;
        known.insert(known.end(), {"agreement", "title"});
        error(line, member.substr(0, 80), "the template has no such parameter",
              rules::did_you_mean(member, known));
        sound = false;
        continue;
      }
      auto argument = argument_of_json(words_, template_.parameters[row], value);
      told_[row] = !argument;
      sound = sound && argument.has_value();
      if (argument)
        arguments[row] = std::move(*argument);
      else
        error(line, member, argument.error().message, argument.error().help);
    }
    finish(name, title, arguments, line, sound);
  }

  [[nodiscard]] Index parameter(std::string_view name) const {
    const auto at = std::find(names_.begin(), names_.end(), name);
    return at == names_.end() ? program::none : static_cast<Index>(at - names_.begin());
  }

  Peeking input_;
  std::string file_;
  Roster& roster_;
  const Program& template_;
  record::Faults& faults_;
  engine::Symbols symbols_;
  record::Vocabulary words_;
  std::vector<std::string> names_;  // of the parameters
  std::vector<Said> said_;          // by parameter
  Arguments arguments_;             // of the row of the table that is read
  std::vector<bool> told_;          // by parameter: what is wrong with it has been said
  std::unordered_map<std::string, std::size_t> faulty_;  // agreements with a fault, and their lines
};

}  // namespace

void read_instances(Input& input, std::string_view file, Roster& roster, record::Faults& faults) {
  Reading(input, file, roster, faults).read();
}

}  // namespace samrad::fleet
