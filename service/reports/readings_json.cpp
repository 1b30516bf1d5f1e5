// Readings compared, as JSON.

#include <algorithm>

#include <nlohmann/json.hpp>

#include "service/reports/readings.h"

namespace samrad::reports {

namespace {

using nlohmann::ordered_json;

ordered_json text_or_null(const std::string& text) {
  return text.empty() ? ordered_json() : ordered_json(text);
}

ordered_json day_or_null(calendar::Day day) {
  return day == calendar::day_max ? ordered_json() : ordered_json(calendar::iso(day));
}

std::string dump(const ordered_json& json) {
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

ordered_json reading_json(const Alternative& one) {
  return {{"name", one.name}, {"label", one.label}, {"default", one.by_default}};
}

// With what choosing it means.
ordered_json readings_of(const Ambiguity& ambiguity) {
  ordered_json json = ordered_json::array();
  for (const Alternative& one : ambiguity.alternatives) {
    ordered_json choices = ordered_json::array();
    for (const program::Choice& choice : one.choices)
      choices.push_back({{"clause", choice.clause}, {"reading", choice.reading}});
    json.push_back(reading_json(one));
    json.back()["choices"] = std::move(choices);
  }
  return json;
}

ordered_json column_json(const ReadingsResult& result, const Comparison& comparison,
                         const Column& column) {
  ordered_json together;
  if (column.beside) {
    const Ambiguity& other = result.ambiguities[column.beside->ambiguity];
    together = {{"ambiguity", other.name},
                {"reading", other.alternatives[column.beside->alternative].name}};
  }
  return {
      {"reading", result.ambiguities[comparison.ambiguity].alternatives[column.alternative].name},
      {"togetherWith", std::move(together)},
      {"base", column.base}};
}

ordered_json occurrence_json(const ComparedOccurrence& row) {
  ordered_json verdicts = ordered_json::array();
  for (const std::optional<Verdict>& one : row.verdicts)
    verdicts.push_back(
        one ? ordered_json{{"status", code(one->status)}, {"due", day_or_null(one->due)}}
            : ordered_json());
  return {{"id", row.id},
          {"clause", row.clause},
          {"severity", code(row.severity)},
          {"verdicts", std::move(verdicts)}};
}

ordered_json outcome_json(const ClauseOutcomes& one) {
  ordered_json columns = ordered_json::array();
  for (const Outcome& outcome : one.by_column)
    columns.push_back({{"occurrences", outcome.total},
                       {"missed", outcome.missed},
                       {"broken", outcome.broken},
                       {"cannotAssess", outcome.unknown},
                       {"pending", outcome.pending}});
  return {{"clause", one.clause},
          {"severity", code(one.severity)},
          {"decided", one.decided()},
          {"columns", std::move(columns)}};
}

ordered_json comparison_json(const ReadingsResult& result, const Comparison& comparison) {
  const Ambiguity& ambiguity = result.ambiguities[comparison.ambiguity];
  ordered_json columns = ordered_json::array(), occurrences = ordered_json::array(),
               outcomes = ordered_json::array();
  for (const Column& column : comparison.columns)
    columns.push_back(column_json(result, comparison, column));
  for (const auto* rows : {&comparison.own, &comparison.others})
    for (const ComparedOccurrence& row : *rows)
      if (row.differs) occurrences.push_back(occurrence_json(row));
  for (const ClauseOutcomes& one : comparison.outcomes)
    outcomes.push_back(outcome_json(one));
  return {{"name", ambiguity.name},
          {"title", text_or_null(ambiguity.title)},
          {"source", text_or_null(ambiguity.source)},
          {"readings", readings_of(ambiguity)},
          {"columns", std::move(columns)},
          {"decides", comparison.decides()},
          {"differing", comparison.differing()},
          {"occurrences", std::move(occurrences)},
          {"clauses", std::move(outcomes)}};
}

ordered_json unsettled_json(const Unsettled& one) {
  ordered_json clauses = ordered_json::array(), occurrences = ordered_json::array();
  for (const ClauseOutcomes& clause : one.outcomes) {
    const Outcome& outcome = clause.by_column[0];
    clauses.push_back({{"clause", clause.clause},
                       {"severity", code(clause.severity)},
                       {"occurrences", outcome.total},
                       {"met", outcome.met},
                       {"missed", outcome.missed},
                       {"broken", outcome.broken},
                       {"cannotAssess", outcome.unknown},
                       {"pending", outcome.pending}});
  }
  for (const ComparedOccurrence& row : one.occurrences)
    occurrences.push_back({{"id", row.id},
                           {"clause", row.clause},
                           {"status", code(row.verdicts[0]->status)},
                           {"due", day_or_null(row.due)}});
  return {{"name", one.ambiguity.name},
          {"title", text_or_null(one.ambiguity.title)},
          {"source", text_or_null(one.ambiguity.source)},
          {"disagree", one.disagree()},
          {"clauses", std::move(clauses)},
          {"occurrences", std::move(occurrences)}};
}

}  // namespace

std::string readings_json(const ReadingsResult& result) {
  ordered_json list = ordered_json::array(), decide = ordered_json::array();
  for (const Comparison& comparison : result.comparisons) {
    list.push_back(comparison_json(result, comparison));
    if (comparison.decides()) decide.push_back(result.ambiguities[comparison.ambiguity].name);
  }
  ordered_json unsettled = ordered_json::array();
  for (const Unsettled& one : result.unsettled) {
    unsettled.push_back(unsettled_json(one));
    const ordered_json name = one.ambiguity.name;
    if (one.disagree() && std::find(decide.begin(), decide.end(), name) == decide.end())
      decide.push_back(name);
  }
  return dump({{"agreement", result.agreement},
               {"asOf", result.as_of},
               {"combinations", {{"run", result.run}, {"possible", result.possible}}},
               {"decide", std::move(decide)},
               {"ambiguities", std::move(list)},
               {"severalClauses", std::move(unsettled)}});
}

std::string side_by_side_json(const ReadingsResult& result) {
  ordered_json list = ordered_json::array();
  for (const Comparison& comparison : result.comparisons) {
    const Ambiguity& ambiguity = result.ambiguities[comparison.ambiguity];
    ordered_json occurrences = ordered_json::array(), readings = ordered_json::array();
    for (const Alternative& one : ambiguity.alternatives)
      readings.push_back(reading_json(one));
    for (const ComparedOccurrence& row : comparison.own) {
      ordered_json verdicts = ordered_json::object();
      for (std::size_t i = 0; i < row.verdicts.size(); ++i)
        verdicts[ambiguity.alternatives[i].name] =
            row.verdicts[i] ? ordered_json(code(row.verdicts[i]->status)) : ordered_json();
      occurrences.push_back(
          {{"id", row.id}, {"due", day_or_null(row.due)}, {"status", std::move(verdicts)}});
    }
    list.push_back({{"clause", ambiguity.name},
                    {"readings", std::move(readings)},
                    {"occurrences", std::move(occurrences)}});
  }
  return dump({{"agreement", result.agreement}, {"clauses", std::move(list)}});
}

}  // namespace samrad::reports
