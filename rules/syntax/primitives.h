// The terminals and directives of the grammar: X3 parsers over tokens.
//
// A terminal matches one or two tokens, records what it wanted when it does not, and may leave a leaf or a text with
// the builder. `node(kind)[…]` makes a row of what is read within; when that fails, nothing of it remains. None has an
// attribute. The grammar decides by one token (or a predicate of shape.h) and commits with `>`.
#pragma once

#include "rules/syntax/builder.h"

#define BOOST_SPIRIT_X3_NO_RTTI
#include <boost/spirit/home/x3.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace samrad::rules::grammar {

namespace x3 = boost::spirit::x3;

struct BuilderTag;
using Context = x3::context<BuilderTag, Builder>;

// Derived has `bool match(Cursor& first, Cursor last, Builder&) const`.
template <class Derived>
struct Terminal : x3::parser<Derived> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  static constexpr bool handles_container = false;
  template <class C, class R, class A>
  bool parse(Cursor& first, const Cursor& last, const C& context, R&, A&) const {
    return this->derived().match(first, last, x3::get<BuilderTag>(context));
  }
};

// -- terminals -------------------------------------------------------------------------------------------------------------

// That word or sign; two words: both, one after the other.
struct Word : Terminal<Word> {
  std::string_view first_word, second_word;
  constexpr explicit Word(std::string_view a, std::string_view b = {}) : first_word(a), second_word(b) {}
  bool match(Cursor& first, Cursor last, Builder& b) const;
};
constexpr Word w(std::string_view word) { return Word(word); }
constexpr Word w(std::string_view a, std::string_view b) { return Word(a, b); }

// Whatever comes next, after a predicate that has looked at it.
struct AnyWord : Terminal<AnyWord> {
  bool match(Cursor& first, Cursor last, Builder&) const { return first != last ? (++first, true) : false; }
};

// A token of that kind as a leaf; its text is that of the token (of a text: its contents).
struct Leaf : Terminal<Leaf> {
  TokenKind token;
  Node node;
  std::string_view what;
  bool whole;  // of numbers: no decimals
  constexpr Leaf(TokenKind t, Node n, std::string_view described, bool whole_number = false)
      : token(t), node(n), what(described), whole(whole_number) {}
  bool match(Cursor& first, Cursor last, Builder& b) const;
};

// A name, as the text of the node under way, as a leaf, or both.
struct Name : Terminal<Name> {
  std::string_view what;
  Node leaf;  // Node::root: none
  bool text, field_words;
  constexpr Name(std::string_view described, Node leaf_kind, bool as_text, bool fields)
      : what(described), leaf(leaf_kind), text(as_text), field_words(fields) {}
  bool match(Cursor& first, Cursor last, Builder& b) const;
};
constexpr Name called(std::string_view what = "a name") { return {what, Node::root, true, false}; }
constexpr Name named(std::string_view what = "a name", Node kind = Node::name) { return {what, kind, false, false}; }

// A word that stands for something else by a table of words.h: as text of the node under way, or as a leaf.
struct Mapped : Terminal<Mapped> {
  using Table = std::optional<std::string> (*)(std::string_view);
  Table table;
  std::string_view what;
  Node leaf;  // Node::root: none
  bool text;  // the text of the node under way
  constexpr Mapped(Table t, std::string_view described, Node leaf_kind, bool as_text)
      : table(t), what(described), leaf(leaf_kind), text(as_text) {}
  bool match(Cursor& first, Cursor last, Builder& b) const;
};

// A number with what follows it, as one leaf: `25 %`, `5000 SEK`. After the predicate that says so.
struct Amount : Terminal<Amount> {
  Node leaf;
  constexpr explicit Amount(Node kind) : leaf(kind) {}
  bool match(Cursor& first, Cursor last, Builder& b) const;
};

// A text token as the text of the node under way.
struct Quoted : Terminal<Quoted> {
  bool match(Cursor& first, Cursor last, Builder& b) const;
};

// The word that begins the declaration of a member: `party`, or a kind that a file declares. As a leaf.
struct KindWord : Terminal<KindWord> {
  bool match(Cursor& first, Cursor last, Builder& b) const;
};

// `Europe/Stockholm` as the text of the node under way.
struct Zone : Terminal<Zone> {
  bool match(Cursor& first, Cursor last, Builder& b) const;
};

// -- always true, and read nothing --------------------------------------------------------------------------------------------

struct Says : Terminal<Says> {  // the text of the node under way
  std::string_view text;
  constexpr explicit Says(std::string_view t) : text(t) {}
  bool match(Cursor&, Cursor, Builder& b) const { return b.text(text), true; }
};
constexpr Says says(std::string_view text) { return Says(text); }

struct Becomes : Terminal<Becomes> {  // the node under way is of that kind after all
  Node kind;
  constexpr explicit Becomes(Node k) : kind(k) {}
  bool match(Cursor&, Cursor, Builder& b) const { return b.kind(kind), true; }
};
constexpr Becomes becomes(Node kind) { return Becomes(kind); }

struct Implied : Terminal<Implied> {  // a leaf of which nothing is written
  Node kind;
  std::string_view text;
  constexpr Implied(Node k, std::string_view t) : kind(k), text(t) {}
  bool match(Cursor& first, Cursor, Builder& b) const { return b.leaf(kind, first, first, text), true; }
};
constexpr Implied implied(Node kind, std::string_view text = {}) { return {kind, text}; }

// -- predicates ------------------------------------------------------------------------------------------------------------------

struct If : Terminal<If> {
  using Test = bool (*)(const Builder&, Cursor, Cursor);
  Test test;
  std::string_view what;  // what to expect when it fails; empty: nothing
  constexpr If(Test t, std::string_view described) : test(t), what(described) {}
  bool match(Cursor& first, Cursor last, Builder& b) const;
};
constexpr If if_(If::Test test, std::string_view what = {}) { return {test, what}; }

struct IsShape : Terminal<IsShape> {
  Shape shape;
  constexpr explicit IsShape(Shape s) : shape(s) {}
  bool match(Cursor& first, Cursor last, Builder& b) const { return b.shape(first, last) == shape; }
};

struct BareLists : Terminal<BareLists> {  // lists need no parentheses here
  bool match(Cursor&, Cursor, Builder& b) const { return b.bare_lists; }
};

struct End : Terminal<End> {  // of the block
  bool match(Cursor& first, Cursor last, Builder& b) const;
};

// -- directives --------------------------------------------------------------------------------------------------------------------

template <class Subject, class Derived>
struct Around : x3::unary_parser<Subject, Derived> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  static constexpr bool handles_container = false;
  constexpr explicit Around(const Subject& s) : x3::unary_parser<Subject, Derived>(s) {}
};

// A row; `around`: the row before it becomes its first child.
template <class Subject>
struct NodeOf : Around<Subject, NodeOf<Subject>> {
  Node kind;
  bool around;
  constexpr NodeOf(const Subject& s, Node k, bool a) : Around<Subject, NodeOf<Subject>>(s), kind(k), around(a) {}
  template <class C, class R, class A>
  bool parse(Cursor& first, const Cursor& last, const C& context, R& rule, A&) const {
    Builder& b = x3::get<BuilderTag>(context);
    const Builder::Mark mark = b.mark();
    const Cursor begin = first;
    around ? b.open_around(kind) : b.open(kind, first);
    if (this->subject.parse(first, last, context, rule, x3::unused)) {
      b.close(first == begin ? begin + 1 : first);
      return true;
    }
    b.drop(mark);
    first = begin;
    return false;
  }
};

// What is read within is described so when not even its first token fits.
template <class Subject>
struct DescribedAs : Around<Subject, DescribedAs<Subject>> {
  std::string_view what;
  constexpr DescribedAs(const Subject& s, std::string_view t) : Around<Subject, DescribedAs<Subject>>(s), what(t) {}
  template <class C, class R, class A>
  bool parse(Cursor& first, const Cursor& last, const C& context, R& rule, A&) const {
    Builder& b = x3::get<BuilderTag>(context);
    const Cursor begin = first;
    const Cursor outer = b.described;
    b.described = begin;
    const bool read = this->subject.parse(first, last, context, rule, x3::unused);
    b.described = outer;
    if (!read && !what.empty()) b.expect(begin, {what, false});
    return read;
  }
};

// Conditions within conditions, counted; too many are refused before they cost stack.
template <class Subject>
struct Nested : Around<Subject, Nested<Subject>> {
  constexpr explicit Nested(const Subject& s) : Around<Subject, Nested<Subject>>(s) {}
  template <class C, class R, class A>
  bool parse(Cursor& first, const Cursor& last, const C& context, R& rule, A&) const {
    Builder& b = x3::get<BuilderTag>(context);
    if (!b.enter(first)) return false;
    const bool read = this->subject.parse(first, last, context, rule, x3::unused);
    --b.depth;
    return read;
  }
};

// Lists may go without parentheses within.
template <class Subject>
struct WithBareLists : Around<Subject, WithBareLists<Subject>> {
  constexpr explicit WithBareLists(const Subject& s) : Around<Subject, WithBareLists<Subject>>(s) {}
  template <class C, class R, class A>
  bool parse(Cursor& first, const Cursor& last, const C& context, R& rule, A&) const {
    Builder& b = x3::get<BuilderTag>(context);
    const bool outer = b.bare_lists;
    b.bare_lists = true;
    const bool read = this->subject.parse(first, last, context, rule, x3::unused);
    b.bare_lists = outer;
    return read;
  }
};

template <template <class> class Directive, class... Arguments>
struct DirectiveOf {
  std::tuple<Arguments...> arguments;
  template <class Subject>
  constexpr auto operator[](const Subject& subject) const {
    using Parser = typename x3::extension::as_parser<Subject>::value_type;
    return std::apply([&](const auto&... a) { return Directive<Parser>(x3::as_parser(subject), a...); }, arguments);
  }
};

constexpr DirectiveOf<NodeOf, Node, bool> node(Node kind) { return {{kind, false}}; }
constexpr DirectiveOf<NodeOf, Node, bool> around(Node kind) { return {{kind, true}}; }
constexpr DirectiveOf<DescribedAs, std::string_view> as(std::string_view what) { return {{what}}; }
constexpr DirectiveOf<DescribedAs, std::string_view> quietly{{std::string_view()}};
constexpr DirectiveOf<Nested> nested{};
constexpr DirectiveOf<WithBareLists> with_bare_lists{};

// -- what every part of the grammar uses -----------------------------------------------------------------------------------------

inline constexpr Leaf label{TokenKind::text, Node::label, "a text in double quotes"};
inline constexpr Leaf date{TokenKind::date, Node::v_date, "a date such as 2016-06-01"};
inline constexpr Leaf number{TokenKind::number, Node::v_number, "a number"};
inline constexpr Leaf whole_number{TokenKind::number, Node::v_number, "a whole number", true};
inline constexpr End end_of_block{};

}  // namespace samrad::rules::grammar
