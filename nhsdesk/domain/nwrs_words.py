"""What was found between a post and the workforce return, in words for the table and for the paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nhsdesk.domain.money import Hours
from nhsdesk.domain.nwrs_matching import By, Finding, Pairing

_MOST_NAMED = 6


def state(one: Pairing) -> str:
    """The finding in a few words: "Agrees", "Agrees, one of 3", "Hours differ; Role differs"."""
    if one.findings:
        return "; ".join(finding.value for finding in one.findings)
    if one.short:
        return f"One of {len(one.posts_meant)} posts alike, not all on NWRS"
    return "Agrees" if one.sure else f"Agrees, one of {max(one.rows_meant, len(one.posts_meant))}"


def said(one: Pairing) -> str:
    """What was found, with the hours of both sides and how sure it is, in sentences."""
    return " ".join(filter(None, (*_found(one), _doubt(one))))


def hours_words(hours: Hours | None) -> str:
    """Hours a week, or that none are given."""
    return "no hours" if hours is None else f"{hours} hours"


def posts(refs: Sequence[str]) -> str:
    """References in a row: "P-001, P-002 and 4 more"."""
    if len(refs) <= _MOST_NAMED:
        return ", ".join(refs)
    return f"{', '.join(refs[:_MOST_NAMED])} and {len(refs) - _MOST_NAMED} more"


def _found(one: Pairing) -> list[str]:
    if not one.findings:
        if one.short:
            return [
                "A row of its role and hours is there, but there are more such posts here than such rows."
            ]
        return [f"Found by its {one.by.value}."]
    return [_sentence(finding, one) for finding in one.findings]


def _sentence(finding: Finding, one: Pairing) -> str:
    here = one.ours.role.words if one.ours else ""
    there = one.row.role_words if one.row else ""
    our_hours = hours_words(one.ours.hours if one.ours else None)
    row_hours = hours_words(one.row.hours if one.row else None)
    match finding:
        case Finding.HOURS:
            return f"{our_hours} here, {row_hours} on NWRS."
        case Finding.ROLE:
            return f"{here} here, “{there}” on NWRS."
        case Finding.MISSING_THERE | Finding.STARTER:
            return f"No row is left for it: {here}, {our_hours}."
        case Finding.MISSING_HERE | Finding.SERVICE_HERE:
            return f"“{there}”, {row_hours}, with no post here."
        case Finding.LEAVER:
            return "The post has ended here; mark the record as left on NWRS."
        case Finding.MARKED_LEFT:
            return "The record is marked as left; the post is filled here."
        case Finding.IN_PROGRESS:
            return "The record is not “Submitted”, so the extract does not see it."
        case Finding.IDENTIFIER:
            return "The identifier noted on the post is not among the rows, or is another post's."
        case Finding.UNKNOWN_ROLE:
            return f"“{there}”, {row_hours}: settle in the crosswalk what it counts as."


def _doubt(one: Pairing) -> str:
    """How many could be meant, where it is not only one."""
    if one.sure or one.by is By.IDENTIFIER:
        return ""
    parts = []
    if one.rows_meant > 1:
        parts.append(f"one of {one.rows_meant} rows")
    if len(one.posts_meant) > 1:
        parts.append(f"one of {len(one.posts_meant)} posts ({posts(one.posts_meant)})")
    return f"Which is meant is not known: {', and '.join(parts)}."


def named(pairings: Iterable[Pairing], *findings: Finding) -> tuple[str, ...]:
    """The posts of which something was found, each once and by reference."""
    return tuple(
        sorted(
            {one.ours.post for one in pairings if one.ours is not None and set(findings) & set(one.findings)}
        )
    )
