// The weekly digest: a line of sums, then agreement by agreement what is most urgent first.

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "service/alerts/page.h"
#include "service/alerts/phrases.h"
#include "service/alerts/text.h"
#include "service/reports/words.h"

namespace samrad::alerts {

namespace {

using Form = Block::Form;

constexpr std::size_t urgencies = 5;

class Digesting {
 public:
  Digesting(const Message& message, std::span<const DigestPart> parts, std::string_view base)
      : message_(message),
        parts_(parts),
        base_(base),
        language_(message.recipient->language),
        sv_(language_ == Language::sv) {
    for (const DigestPart& part : parts_)
      for (const DigestItem& item : part.items)
        ++counts_[static_cast<std::size_t>(item.urgency)];
  }

  Page page() {
    page_ = {language_, subject_line(subject()), {}};
    add(Form::paragraph, opening());
    for (const DigestPart& part : parts_)
      agreement(part);
    add(Form::small,
        say("Du får det här en gång i veckan i stället för ett meddelande om varje frist. "
            "Skrivet " +
                reports::the_date(message_.day, language_) + " av Samråd, som bevakar avtalen.",
            "You get this once a week in place of a message about each deadline. Written on " +
                reports::the_date(message_.day, language_) +
                " by Samråd, which keeps track of the agreements."));
    return std::move(page_);
  }

 private:
  std::string say(std::string sv, std::string en) const { return sv_ ? sv : en; }
  std::size_t count(Urgency urgency) const { return counts_[static_cast<std::size_t>(urgency)]; }
  void add(Form form, std::string text) { page_.blocks.push_back({form, std::move(text), {}}); }

  std::string sums() const;
  std::string subject() const;
  std::string opening() const;
  std::string heading(Urgency urgency) const;
  void agreement(const DigestPart& part);
  void item(const DigestItem& item, bool has_twin);
  std::string when(const DigestItem& item) const;

  const Message& message_;
  std::span<const DigestPart> parts_;
  std::string_view base_;
  Language language_;
  bool sv_;
  std::array<std::size_t, urgencies> counts_{};
  Page page_;
};

// "2 försenade, 1 frist inom sju dagar"; empty where nothing presses.
std::string Digesting::sums() const {
  std::vector<std::string> sums;
  if (const std::size_t n = count(Urgency::overdue))
    sums.push_back(
        say(n == 1 ? "en försenad" : fmt::format("{} försenade", n), fmt::format("{} overdue", n)));
  if (const std::size_t n = count(Urgency::breach))
    sums.push_back(say(n == 1 ? "en ny avvikelse" : fmt::format("{} nya avvikelser", n),
                       n == 1 ? "1 new breach" : fmt::format("{} new breaches", n)));
  if (const std::size_t n = count(Urgency::soon))
    sums.push_back(
        say(n == 1 ? "en frist inom sju dagar" : fmt::format("{} frister inom sju dagar", n),
            fmt::format("{} due within seven days", n)));
  return reports::listed(sums, language_);
}

std::string Digesting::subject() const {
  const std::string pressing = sums();
  const std::string rest = say("inget brådskar", "nothing presses");
  return say("Avtalen den här veckan: ", "The agreements this week: ") +
         (pressing.empty() ? rest : pressing);
}

std::string Digesting::opening() const {
  if (parts_.empty())
    return say(fmt::format("Inget är försenat, och ingen frist löper ut de närmaste {} dagarna.",
                           digest_days_ahead),
               fmt::format("Nothing is overdue, and no deadline falls within the next {} days.",
                           digest_days_ahead));
  return say("Så står avtalen " + weekday_date(message_.day, language_) + ".",
             "This is how the agreements stand on " + weekday_date(message_.day, language_) + ".");
}

std::string Digesting::heading(Urgency urgency) const {
  switch (urgency) {
  case Urgency::overdue: return say("Försenat", "Overdue");
  case Urgency::breach: return say("Nya avvikelser", "New breaches");
  case Urgency::soon: return say("Inom sju dagar", "Within seven days");
  case Urgency::ahead: return say("Längre fram", "Further ahead");
  case Urgency::settled: return say("Klart sedan sist", "Settled since last time");
  }
  return {};
}

std::string Digesting::when(const DigestItem& item) const {
  const Duty& duty = *item.duty;
  const bool of_a_day = duty.status == engine::Status::broken && duty.settled;
  const std::string day = weekday_date(of_a_day ? *duty.settled : duty.due, language_);
  const int ahead = duty.due - message_.day;
  switch (item.urgency) {
  case Urgency::soon:
  case Urgency::ahead: return fmt::format("{}, {}", day, days_ahead(ahead, language_));
  case Urgency::overdue:
    return say(fmt::format("{}, {} försenat", day, days_long(-ahead, language_)),
               fmt::format("{}, {} overdue", day, days_long(-ahead, language_)));
  case Urgency::breach:
  case Urgency::settled: break;
  }
  return day;
}

// Where another item has the same name, what it asks for tells them apart.
void Digesting::item(const DigestItem& item, bool has_twin) {
  const Duty& duty = *item.duty;
  Block block{Form::item, duty.title.empty() ? duty.clause : duty.title, {}};
  const auto add = [&](const char* sv, const char* en, std::string text) {
    if (!text.empty()) block.pairs.emplace_back(say(sv, en), std::move(text));
  };
  if (has_twin) add("Krav", "Demand", duty.demand.in(language_));
  const bool of_a_day = duty.status == engine::Status::broken && duty.settled;
  add(of_a_day ? "Dag" : "Sista dag", of_a_day ? "Day" : "Last day", when(item));
  add("Gjort", "Done", progress(duty, language_));
  add("Läge", "Status", standing(duty, language_));
  add("Ansvarig", "Responsible", owners(duty, language_));
  add("Enligt", "According to", duty.source);
  if (item.acknowledged && item.urgency == Urgency::overdue)
    add("Bekräftat av", "Acknowledged by", duty.acknowledged->by);
  page_.blocks.push_back(std::move(block));
}

void Digesting::agreement(const DigestPart& part) {
  add(Form::heading, part.title);
  const DigestItem* before = nullptr;
  for (const DigestItem& one : part.items) {
    if (!before || before->urgency != one.urgency) add(Form::group, heading(one.urgency));
    const auto twins =
        std::count_if(part.items.begin(), part.items.end(), [&](const DigestItem& other) {
          return other.duty->clause == one.duty->clause;
        });
    item(one, twins > 1);
    before = &one;
  }
  const Links links = links_of(base_, part.agreement, {});
  if (!links.sheet.empty())
    page_.blocks.push_back(
        {Form::links,
         {},
         {{say("Hela avtalets läge", "How the whole agreement stands"), links.sheet}}});
}

}  // namespace

Page digest_page(const Message& message, std::span<const DigestPart> parts, std::string_view base) {
  return Digesting(message, parts, base).page();
}

}  // namespace samrad::alerts
