"""The portal's statement: what it says was claimed, approved and paid for each post, beside what we claimed.

A statement is only ever taken in, never edited to fit. What it is compared with are the claim's own lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from nhsdesk.domain.entry import Lean, quoted
from nhsdesk.domain.fields import (
    Record,
    day,
    hours,
    link,
    money,
    month,
    parent,
    record,
    reference,
    text,
)
from nhsdesk.domain.kinds import Choice, Id, Tone
from nhsdesk.domain.money import Hours, Money, total
from nhsdesk.domain.periods import Month, day_words


@record(
    title="Portal statement",
    plural="Portal statements",
    prefix="PS",
    columns=("month", "received_on", "total", "source"),
)
class PortalStatement(Record):
    """What the claims portal, or the ICB, says of one month."""

    month: Month = month("Month")
    received_on: date | None = day("Received on", default=None, lean=Lean.LAST)
    total: Money | None = money("Total stated", default=None)
    network_code: str | None = reference("PCN code stated", default=None)
    source: str | None = text("Source", default=None)

    def title_words(self) -> str:
        """The month it is for."""
        return f"Portal statement for {self.month.words}"


@record(
    title="Statement line",
    plural="Statement lines",
    prefix="PT",
    columns=("label", "post", "claimed", "approved", "paid", "status"),
)
class PortalLine(Record):
    """One post as a statement lists it."""

    statement: Id = parent("Portal statement", "PortalStatement")
    label: str = text("Portal label")
    post: Id | None = link("Post", "Post", default=None)
    role_title: str | None = text("Role", default=None)
    starts: date | None = day("Start date", default=None, lean=Lean.LAST)
    ends: date | None = day("Leave date", default=None, lean=Lean.LAST)
    hours: Hours | None = hours("Hours a week", default=None)
    claimed: Money | None = money("Claimed", default=None)
    approved: Money | None = money("Approved", default=None)
    paid: Money | None = money("Paid", default=None)
    status: str | None = text("Status", default=None)


# ---- beside what we claimed


class Finding(Choice):
    """What is to be said of one post when a statement is laid beside our claim; the gravest comes first."""

    AFTER_LEAVING = "paid after leaving"
    STILL_LISTED = "left before the month, still listed"
    UNMATCHED = "not matched to a post"
    NOT_CLAIMED = "on the statement, not claimed"
    MISSING = "claimed, missing on the statement"
    TWICE = "listed more than once"
    SHORT = "short-paid"
    OVER = "over-paid"
    NOT_PAID = "not yet paid"
    DIFFERS = "figures differ from what we claimed"
    AGREES = "agrees"

    @property
    def tone(self) -> Tone:
        """What agrees is good, what waits asks for nothing; the rest wants a look."""
        return {"agrees": Tone.GOOD, "not yet paid": Tone.GREY}.get(self.value, Tone.WARN)


_ORDER = list(Finding)
_MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class OurLine:
    """A post as we claimed it; of several employments together."""

    post: Id
    claimed: Money
    hours: Hours | None = None
    lines: int = 1


@dataclass(frozen=True, slots=True)
class KnownPost:
    """What is known here of a post that a statement may list."""

    ref: str
    label: str
    last_day: date | None = None
    """The last day anybody worked in it; None while somebody does, or where it is not known."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One post, or one label that fits none: what we claimed, what the statement says, and what to say of it."""

    ref: str
    label: str
    findings: tuple[Finding, ...]
    ours: Money | None
    theirs: Money | None
    approved: Money | None
    paid: Money | None
    lines: tuple[Id, ...] = ()
    post: Id | None = None
    last_day: date | None = None

    @property
    def gap(self) -> Money:
        """What we claimed less what was paid."""
        return (self.ours or Money()) - (self.paid or Money())

    @property
    def words(self) -> str:
        """The findings, with by how much."""
        return "; ".join(self._word(finding) for finding in self.findings)

    def _word(self, finding: Finding) -> str:
        match finding:
            case Finding.SHORT:
                return f"{finding.words} by {self.gap}"
            case Finding.OVER:
                return f"{finding.words} by {-self.gap}"
            case Finding.AFTER_LEAVING | Finding.STILL_LISTED if self.last_day is not None:
                return f"{finding.words} (left on {day_words(self.last_day)})"
            case _:
                return finding.words


@dataclass(frozen=True, slots=True)
class Totals:
    """What all lines come to. Claimed less paid is short, missing and unpaid, less over and unclaimed."""

    claimed: Money
    listed: Money
    approved: Money
    paid: Money
    short: Money
    missing: Money
    unpaid: Money
    over: Money
    unclaimed: Money


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A statement laid beside a claim."""

    month: Month
    lines: tuple[Compared, ...]
    totals: Totals

    def with_finding(self, finding: Finding) -> tuple[Compared, ...]:
        """The lines of which it is to be said."""
        return tuple(line for line in self.lines if finding in line.findings)


def reconcile(
    month: Month, ours: Sequence[OurLine], listed: Sequence[PortalLine], posts: Mapping[Id, KnownPost]
) -> Reconciled:
    """Lays a statement's lines beside a month's claim, post by post, in the order of the posts' references."""
    claimed: dict[Id, list[OurLine]] = {}
    theirs: dict[Id | None, list[PortalLine]] = {}
    for line in ours:
        claimed.setdefault(line.post, []).append(line)
    for one in listed:
        theirs.setdefault(one.post, []).append(one)
    made = [
        _compared(month, post, posts.get(post), claimed.get(post, []), theirs.get(post, []))
        for post in {*claimed, *(post for post in theirs if post is not None)}
    ]
    made += [_unmatched(one) for one in theirs.get(None, [])]
    made.sort(key=lambda line: (line.post is None, line.ref, line.label, line.post or 0, line.lines))
    return Reconciled(month, tuple(made), _totals(made))


def _compared(
    month: Month,
    post: Id,
    known: KnownPost | None,
    ours: Sequence[OurLine],
    theirs: Sequence[PortalLine],
) -> Compared:
    last_day = known.last_day if known else None
    line = Compared(
        ref=known.ref if known else "",
        label=known.label if known else min((one.label for one in theirs), default=""),
        findings=(),
        ours=total(one.claimed for one in ours) if ours else None,
        theirs=_sum(one.claimed for one in theirs),
        approved=_sum(one.approved for one in theirs),
        paid=_sum(one.paid for one in theirs),
        lines=tuple(sorted(one.id for one in theirs)),
        post=post,
        last_day=last_day,
    )
    left = last_day is not None and last_day < month.first
    found = {*_of_leaving(line, left), *_of_money(line)}
    if theirs and ours and _differs(line, ours, theirs):
        found = {*found, Finding.DIFFERS}
    if len(theirs) > max(1, sum(one.lines for one in ours)):
        found.add(Finding.TWICE)
    if len(found) > 1:
        found.discard(Finding.AGREES)
    return replace(line, findings=tuple(sorted(found, key=_ORDER.index)))


def _of_leaving(line: Compared, left: bool) -> Iterator[Finding]:
    if left and line.lines:
        yield Finding.STILL_LISTED
        if line.paid is not None and line.paid > Money():
            yield Finding.AFTER_LEAVING


def _of_money(line: Compared) -> Iterator[Finding]:
    if line.ours is None:
        yield Finding.NOT_CLAIMED
    elif not line.lines:
        yield Finding.MISSING
    elif line.ours and not line.paid:
        yield Finding.NOT_PAID
    elif line.gap > Money():
        yield Finding.SHORT
    elif line.gap < Money():
        yield Finding.OVER
    else:
        yield Finding.AGREES


def _differs(line: Compared, ours: Sequence[OurLine], theirs: Sequence[PortalLine]) -> bool:
    if line.theirs is not None and line.theirs != line.ours:
        return True
    hours = (ours[0].hours, theirs[0].hours)
    return len(ours) == len(theirs) == 1 and None not in hours and hours[0] != hours[1]


def _unmatched(one: PortalLine) -> Compared:
    return Compared("", one.label, (Finding.UNMATCHED,), None, one.claimed, one.approved, one.paid, (one.id,))


def _sum(amounts: Iterable[Money | None]) -> Money | None:
    told = [amount for amount in amounts if amount is not None]
    return total(told) if told else None


def _totals(lines: Sequence[Compared]) -> Totals:
    def gaps(finding: Finding) -> Money:
        return total(line.gap for line in lines if finding in line.findings)

    return Totals(
        claimed=total(line.ours or Money() for line in lines),
        listed=total(line.theirs or Money() for line in lines),
        approved=total(line.approved or Money() for line in lines),
        paid=total(line.paid or Money() for line in lines),
        short=gaps(Finding.SHORT),
        missing=gaps(Finding.MISSING),
        unpaid=gaps(Finding.NOT_PAID),
        over=-gaps(Finding.OVER),
        unclaimed=total(line.paid or Money() for line in lines if line.ours is None),
    )


def in_words(done: Reconciled) -> tuple[str, ...]:
    """What a statement comes to, in sentences, the money that is missing first."""
    sums = done.totals
    told = (
        (Finding.SHORT, f"Short-paid by {sums.short}"),
        (Finding.MISSING, f"Claimed but missing on the statement, {sums.missing}"),
        (Finding.OVER, f"Over-paid by {sums.over}"),
        (Finding.AFTER_LEAVING, "Paid after leaving"),
        (Finding.STILL_LISTED, "Left before the month, still listed"),
        (Finding.NOT_CLAIMED, "On the statement, but not claimed"),
        (Finding.UNMATCHED, "Not matched to a post"),
        (Finding.TWICE, "Listed more than once"),
        (Finding.DIFFERS, "Figures differ from what we claimed"),
        (Finding.NOT_PAID, f"Not yet paid, {sums.unpaid}"),
    )
    found = [f"{words}: {_named(lines)}." for finding, words in told if (lines := done.with_finding(finding))]
    if not found and done.lines:
        return (f"Every line agrees: {sums.claimed} claimed and paid.",)
    return tuple(found)


def _named(lines: Sequence[Compared]) -> str:
    names = [line.ref or quoted(line.label) for line in lines[:_MOST_NAMED]]
    more = len(lines) - len(names)
    return ", ".join(names) + (f" and {more:,} more" if more else "")


# ---- before it is taken in


@dataclass(frozen=True, slots=True)
class Match:
    """The post a label stands for; or, where there is none, why."""

    post: Id | None
    why_not: str = ""


def match(label: str, labels: Iterable[tuple[str, Id]]) -> Match:
    """The one post of that portal label: exactly as written, else but for capitals and spaces. Never a guess."""
    known = tuple(labels)
    exact = {post for one, post in known if one == label}
    found = exact or {post for one, post in known if _plain(one) == _plain(label)}
    if len(found) == 1:
        return Match(found.pop())
    why = "several posts have this label" if found else "no post has this label"
    return Match(None, why)


def _plain(label: str) -> str:
    return "".join(label.split()).casefold()


def not_ours(codes: Iterable[str], own: str, unknown: int, listed: int) -> str:
    """Why a statement seems to be another PCN's; empty where nothing says so."""
    others = sorted({code.strip().upper() for code in codes if code.strip()} - {own.strip().upper()})
    if own and others:
        return f"This statement names another PCN: {', '.join(quoted(one) for one in others[:5])}, and yours is {own}."
    if listed and 2 * unknown > listed:
        return (
            f"{unknown:,} of its {listed:,} labels are of no post here: it may be another PCN's, or the posts' "
            "portal labels are not entered yet."
        )
    return ""
