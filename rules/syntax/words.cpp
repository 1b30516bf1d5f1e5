// Tables of words. All lookups are linear in short tables: the lexer knows no keyword, and the grammar asks little.
#include "rules/syntax/words.h"

#include <algorithm>
#include <array>
#include <utility>

namespace samrad::rules::words {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr std::array<std::string_view, 37> reserved{
    "after", "and",   "any",    "at",    "before", "by",    "each",      "every", "except", "for",   "from",
    "happen", "happened", "if", "in",    "is",     "may",   "must",      "no",    "not",    "of",    "on",
    "only",  "or",    "otherwise", "per", "since", "than",  "the",       "to",    "unless", "until", "where",
    "while", "with",  "within", "yes"};

constexpr std::array<std::string_view, 5> field_words{"by", "to", "from", "for", "about"};

constexpr std::array<std::string_view, 16> blocks{"agreement", "use",   "kind",  "party",   "role",   "forum",
                                                                "document",  "event", "fact",  "measure", "clause", "procedure",
                                                                "template",  "parameter", "ambiguity", "set"};

constexpr std::array<std::string_view, 27> items{
    "source",   "owner",    "warn", "severity", "judged",    "overrides", "reading", "step",    "starts",
    "holds",    "registered", "timezone", "term", "holidays", "weekends",  "open",    "members", "unit",
    "baseline", "target",   "part", "due",      "in",        "until",     "except",
    "settled",  "language"};

constexpr std::array<Pair, 12> months{{{"January", "1"}, {"February", "2"}, {"March", "3"}, {"April", "4"},
                                       {"May", "5"}, {"June", "6"}, {"July", "7"}, {"August", "8"},
                                       {"September", "9"}, {"October", "10"}, {"November", "11"}, {"December", "12"}}};

constexpr std::array<Pair, 22> numbers{{{"one", "1"}, {"two", "2"}, {"three", "3"}, {"four", "4"}, {"five", "5"},
                                        {"six", "6"}, {"seven", "7"}, {"eight", "8"}, {"nine", "9"}, {"ten", "10"},
                                        {"eleven", "11"}, {"twelve", "12"}, {"thirteen", "13"}, {"fourteen", "14"},
                                        {"fifteen", "15"}, {"sixteen", "16"}, {"seventeen", "17"}, {"eighteen", "18"},
                                        {"nineteen", "19"}, {"twenty", "20"}, {"a", "1"}, {"an", "1"}}};

constexpr std::array<Pair, 9> tens{{{"twenty", "2"}, {"thirty", "3"}, {"forty", "4"}, {"fifty", "5"}, {"sixty", "6"},
                                    {"seventy", "7"}, {"eighty", "8"}, {"ninety", "9"}, {"hundred", "10"}}};

constexpr std::array<Pair, 8> adverbs{{{"daily", "day"}, {"weekly", "week"}, {"fortnightly", "fortnight"},
                                       {"monthly", "month"}, {"quarterly", "quarter"}, {"yearly", "year"},
                                       {"annually", "year"}, {"biannually", "half-year"}}};

constexpr std::array<Pair, 14> period_units{
    {{"day", "day"}, {"days", "day"}, {"week", "week"}, {"weeks", "week"}, {"fortnight", "fortnight"},
     {"fortnights", "fortnight"}, {"month", "month"}, {"months", "month"}, {"quarter", "quarter"},
     {"quarters", "quarter"}, {"half-year", "half_year"}, {"half-years", "half_year"}, {"year", "year"},
     {"years", "year"}}};

constexpr std::array<Pair, 2> clock_units{{{"hour", "hour"}, {"hours", "hour"}}};

constexpr std::array<Pair, 11> swedish_months{{{"januari", "January"}, {"februari", "February"}, {"mars", "March"},
                                               {"maj", "May"}, {"juni", "June"}, {"juli", "July"},
                                               {"augusti", "August"}, {"oktober", "October"},
                                               {"sept", "September"}, {"okt", "October"}, {"dec", "December"}}};

constexpr std::array<Pair, 33> foreign_units{
    {{"dag", "day"}, {"dagar", "days"}, {"dygn", "days"}, {"vecka", "week"}, {"veckor", "weeks"}, {"månad", "month"},
     {"månader", "months"}, {"manad", "month"}, {"manader", "months"}, {"kvartal", "quarter"}, {"halvår", "half-year"},
     {"halvar", "half-year"}, {"år", "years"}, {"ar", "years"}, {"timme", "hour"}, {"timmar", "hours"},
     {"arbetsdag", "working day"}, {"arbetsdagar", "working days"}, {"vardagar", "working days"}, {"d", "days"},
     {"h", "hours"}, {"hrs", "hours"}, {"mån", "months"}, {"yr", "years"}, {"y", "years"}, {"w", "weeks"},
     {"m", "months"}, {"workdays", "working days"}, {"weekdays", "working days"}, {"halfyear", "half-year"},
     {"halfyears", "half-years"}, {"half_year", "half-year"}, {"semester", "half-year"}}};

constexpr std::array<Pair, 33> foreign_words{
    {{"minst", "at least"}, {"högst", "at most"}, {"hogst", "at most"}, {"exakt", "exactly"}, {"senast", "by"},
     {"inom", "within"}, {"varje", "every"}, {"gång", "times"}, {"gånger", "times"}, {"ganger", "times"},
     {"och", "and"}, {"eller", "or"}, {"inte", "not"}, {"före", "before"}, {"efter", "after"}, {"om", "if"},
     {"annars", "otherwise"}, {"av", "of"}, {"till", "to"}, {"från", "from"}, {"fran", "from"}, {"utom", "except"},
     {"endast", "only"}, {"bara", "only"}, {"får", "may"}, {"innan", "before"}, {"mellan", "between"},
     {"ja", "yes"}, {"nej", "no"}, {"för", "for"}, {"med", "with"}, {"där", "where"},
     {"minimum", "at least"}}};

constexpr std::array<Pair, 33> foreign_keywords{
    {{"klausul", "clause"}, {"paragraf", "clause"}, {"regel", "clause"}, {"rule", "clause"}, {"section", "clause"},
     {"article", "clause"}, {"obligation", "clause"}, {"duty", "clause"}, {"avtal", "agreement"},
     {"överenskommelse", "agreement"}, {"contract", "agreement"}, {"part", "party"}, {"parter", "party"},
     {"organisation", "party"}, {"organization", "party"}, {"actor", "party"}, {"roll", "role"}, {"roller", "role"},
     {"dokument", "document"}, {"annex", "document"}, {"händelse", "event"}, {"faktum", "fact"}, {"mått", "measure"},
     {"indicator", "measure"}, {"förfarande", "procedure"}, {"include", "use"},
     {"mall", "template"}, {"parametrar", "parameter"}, {"oklarhet", "ambiguity"}, {"tvetydighet", "ambiguity"},
     {"question", "ambiguity"}, {"mängd", "set"}, {"group", "set"}}};

constexpr std::array<std::string_view, 12> modals{"shall", "should", "ska",   "skall", "måste", "maste",
                                                  "will",  "needs",  "ought", "bör",   "has",   "MUST"};

template <class Table>
std::optional<std::string_view> find(const Table& table, std::string_view word) {
  const auto found = std::find_if(table.begin(), table.end(), [word](const Pair& p) { return p.first == word; });
  if (found == table.end()) return std::nullopt;
  return found->second;
}

template <class Table>
bool holds(const Table& table, std::string_view word) {
  return std::find(table.begin(), table.end(), word) != table.end();
}

std::optional<std::string> owned(std::optional<std::string_view> text) {
  if (!text) return std::nullopt;
  return std::string(*text);
}

std::string lower(std::string_view word) {
  std::string result(word);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  return result;
}

}  // namespace

bool is_reserved(std::string_view word) { return holds(reserved, word); }
bool is_field_word(std::string_view word) { return holds(field_words, word); }
bool is_block_keyword(std::string_view word) { return holds(blocks, word); }
bool is_item_word(std::string_view word) { return holds(items, word); }
bool is_modal(std::string_view word) { return holds(modals, word); }

std::optional<std::string> month(std::string_view word) { return owned(find(months, word)); }
std::optional<std::string> number(std::string_view word) { return owned(find(numbers, word)); }
std::optional<std::string> period_unit(std::string_view word) { return owned(find(period_units, word)); }

std::optional<std::string> duration_unit(std::string_view word) {
  const auto clock = find(clock_units, word);
  return owned(clock ? clock : find(period_units, word));
}

std::optional<std::string> ordinal_ending(std::string_view word) {
  if (word == "st" || word == "nd" || word == "rd" || word == "th") return std::string();
  return std::nullopt;
}

std::optional<std::string_view> month_meant(std::string_view word) {
  const std::string small = lower(word);
  if (const auto swedish = find(swedish_months, small)) return swedish;
  if (small.size() < 3) return std::nullopt;
  for (const auto& [name, number] : months)
    if (lower(name) == small || lower(name.substr(0, 3)) == small) return name;
  return std::nullopt;
}

std::optional<std::string> number_meant(std::string_view word) {
  const std::string small = lower(word);
  const std::size_t hyphen = small.find('-');
  const auto ten = find(tens, std::string_view(small).substr(0, hyphen));
  if (!ten) return std::nullopt;
  if (hyphen == std::string::npos) return std::string(*ten) + "0";
  const auto one = find(numbers, std::string_view(small).substr(hyphen + 1));
  if (!one || one->size() != 1) return std::nullopt;
  return std::string(*ten) + std::string(*one);
}

std::optional<std::string_view> adverb_meant(std::string_view word) { return find(adverbs, lower(word)); }

std::optional<std::string_view> unit_meant(std::string_view word) { return find(foreign_units, lower(word)); }
std::optional<std::string_view> word_meant(std::string_view word) { return find(foreign_words, lower(word)); }

bool may_stand_for_another(std::string_view word) {
  return number(word) || number_meant(word) || month_meant(word) || duration_unit(word) || unit_meant(word) || adverb_meant(word) ||
         word_meant(word) || word == "the" || word == "once" || word == "twice" || word == "every";
}

std::optional<std::string_view> keyword_meant(std::string_view word) { return find(foreign_keywords, lower(word)); }

std::span<const std::string_view> block_keywords() { return blocks; }
std::span<const std::string_view> item_words() { return items; }

}  // namespace samrad::rules::words
