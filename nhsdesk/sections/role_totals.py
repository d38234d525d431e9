"""ARRS claims by role for readers outside: no group under the smallest size, nothing from which one follows."""

from __future__ import annotations

from dataclasses import dataclass

from nhsdesk.documents.model import Block, Column, Figure, Paragraph, Section, Table
from nhsdesk.domain import privacy
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.rules import Rules
from nhsdesk.papers import Asked
from nhsdesk.sections import claim_lines, claim_month
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """A role's posts and claim; None where the group is too small to be shown."""

    role: str
    posts: int | None
    claimed: Money | None
    refs: tuple[str, ...] = ()
    """The posts, where the role is shown."""


@dataclass(frozen=True, slots=True)
class Facts:
    """A month's claim by role, suppressed before it is kept, so that the trace gives nothing back."""

    month: Month
    roles: tuple[RoleFacts, ...]
    posts: int | None
    claimed: Money | None
    smallest: int
    unconfirmed: int
    problems: tuple[Problem, ...]


def gather(reader: Reader, asked: Asked) -> Facts:
    """The month's lines added up by role, small groups taken out."""
    month = claim_month.as_it_stands(reader, asked.month, asked.day, asked.month_rules)
    counts: dict[str, int] = {}
    amounts: dict[str, Money] = {}
    posts: dict[str, tuple[str, ...]] = {}
    for line in month.lines:
        counts[line.role] = counts.get(line.role, 0) + 1
        amounts[line.role] = amounts.get(line.role, Money()) + line.claimed
        posts[line.role] = (*posts.get(line.role, ()), line.post)
    smallest = _smallest(asked.rules)
    shown = privacy.suppress(counts, smallest)
    paid = privacy.suppress_amounts(amounts, counts, smallest)
    roles = tuple(
        RoleFacts(role, shown.shown[role], paid.shown[role], posts[role] if shown.shown[role] else ())
        for role in sorted(counts)
    )
    unconfirmed = sum(not rate.confirmed for rate in month.rates)
    return Facts(asked.month, roles, shown.total, paid.total, smallest, unconfirmed, claim_lines.check(month))


def _smallest(rules: Rules) -> int:
    return rules.whole("privacy.fewest_people")


def check(facts: Facts) -> tuple[Problem, ...]:
    """What stands in the way of the figures."""
    return facts.problems


def section(facts: Facts) -> Section:
    """The table by role, and what is left out of it."""
    if not facts.roles:
        return Section(
            "Additional roles", (Paragraph(f"No ARRS claim is worked out for {facts.month.words}."),)
        )
    columns = (Column("Role"), Column("Posts"), Column("Claimed"))
    rows = [(one.role, _count(one.posts), _amount(one.claimed)) for one in facts.roles]
    rows.append((_ALL, _count(facts.posts), _amount(facts.claimed)))
    told = [Paragraph(f"The claim for {facts.month.words_with_number}, by role.")]
    hidden = sum(one.posts is None for one in facts.roles)
    if hidden:
        which = "1 role is" if hidden == 1 else f"{hidden} roles are"
        told.append(
            Paragraph(f"{which} not shown, because a group under {facts.smallest} could be recognised.")
        )
    if facts.unconfirmed:
        verb = "is" if facts.unconfirmed == 1 else "are"
        told.append(
            Paragraph(
                f"{facts.unconfirmed} of the maxima used {verb} not yet confirmed against the specification."
            )
        )
    blocks: tuple[Block, ...] = (told[0], Table(_TABLE, columns, tuple(rows)), *told[1:])
    return Section("Additional roles", blocks, figures=_figures(facts))


_TABLE, _ALL = "Claim by role", "All roles"


def _figures(facts: Facts) -> tuple[Figure, ...]:
    """Of each role that is shown, and of all. The posts of a small group are not named."""
    by = f"posts of the role with a line in the claim for {facts.month.words}, and the sum of their lines"
    found = [
        Figure(
            one.role, f"{_count(one.posts)}; {_amount(one.claimed)}", "Posts and claim", by, one.refs, _TABLE
        )
        for one in facts.roles
        if one.posts is not None
    ]
    if facts.posts is None and facts.claimed is None:
        return tuple(found)
    refs = tuple(ref for one in facts.roles for ref in one.refs)
    hidden = any(one.posts is None for one in facts.roles)
    not_named = f"posts in groups under {facts.smallest} are counted and not named" if hidden else ""
    shown = f"{_count(facts.posts)}; {_amount(facts.claimed)}"
    by = f"all lines of the claim for {facts.month.words}"
    return (*found, Figure(_ALL, shown, "Posts and claim", by, refs, _TABLE, not_named))


def _count(posts: int | None) -> str:
    return "not shown" if posts is None else f"{posts}"


def _amount(claimed: Money | None) -> str:
    return "not shown" if claimed is None else str(claimed)
