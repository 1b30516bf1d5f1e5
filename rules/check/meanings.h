// The parts of find_meanings(): names and patterns. Each gives one row of the tree its Meaning, the rows under it
// having theirs.
#pragma once

#include "rules/check/pass.h"

namespace samrad::rules {

// v_name. A word that is nothing known stays `pending`: it may yet become a member of an open kind.
void find_name(Pass& pass, NodeId id);
// v_of: `chair of x`, `day of x`, `contact of police`.
void find_of(Pass& pass, NodeId id);
// v_every: `every role of polisen`.
void find_every(Pass& pass, NodeId id);
// Ends the waiting of a pending word: a member when `kind` is an open one, else a complaint.
void settle(Pass& pass, NodeId id, Index kind = none);

// pattern, subject, subject_of, subject_same, role_is.
void find_pattern(Pass& pass, NodeId id);
void find_subject(Pass& pass, NodeId id);
void find_role_is(Pass& pass, NodeId id);

// A name that must be a member (owner, chair, power): complains with `wanted` as what was expected ("a role").
// The kinds allowed, or all when empty.
Index find_member(Pass& pass, NodeId id, const std::vector<Index>& kinds, std::string_view wanted);

// The same where a row of names stands: a set is all of its members.
void find_members_of(Pass& pass, NodeId id, const std::vector<Index>& kinds, std::string_view wanted);

// The type of the literal that stands as that child of a node, and for which a parameter may stand; `wrong`: none does.
[[nodiscard]] Type literal_at(Node parent, std::size_t child);

// The names that a person may have meant in that scope: fields, members, facts, variable.
[[nodiscard]] std::vector<std::string_view> nameable(const Pass& pass, const Scope& scope);

}  // namespace samrad::rules
