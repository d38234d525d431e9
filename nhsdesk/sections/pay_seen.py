"""What taking in an employer's lines would do: each with its post, the month before, and what becomes of its pay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from nhsdesk.domain import pay_changes, pay_in, pay_matching
from nhsdesk.domain.arrs import Pay
from nhsdesk.domain.blocks import Row
from nhsdesk.domain.employers import EmployerStatement, StatementKind, VatMarker
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.pay_changes import PayChange
from nhsdesk.domain.pay_in import Compared, Reconciled
from nhsdesk.domain.pay_matching import Figures, KnownPost, Match, SentLine
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.sections import pay_in as gathered
from nhsdesk.sections.pay_in import Facts


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose lines for which month, and what is stated of the whole."""

    employer: Id
    month: Month
    kind: StatementKind = StatementKind.PAYROLL
    number: str | None = None
    total: Money | None = None
    vat: VatMarker | None = None
    vat_amount: Money | None = None
    dated: date | None = None
    replaces: Id | None = None
    """The statement taken in before that this one stands in place of."""


@dataclass(frozen=True, slots=True)
class SeenLine:
    """One line: its post, the month before, what to look at, and what becomes of the post's pay."""

    match: Match
    post: KnownPost | None
    compared: Compared
    problems: tuple[Problem, ...]
    change: PayChange = field(default_factory=PayChange)


@dataclass(frozen=True, slots=True)
class Gone:
    """A post that the month before had and this one has not."""

    post: KnownPost
    compared: Compared


@dataclass(frozen=True, slots=True)
class Seen:
    """What taking it in would do. Nothing of it is written."""

    asked: Asked
    lines: tuple[SeenLine, ...]
    gone: tuple[Gone, ...]
    reconciled: Reconciled
    before: EmployerStatement | None
    """What was taken in already under the same employer, month and number."""
    offered: tuple[KnownPost, ...]

    @property
    def open(self) -> tuple[SeenLine, ...]:
        """The lines that a person must decide on first."""
        return tuple(one for one in self.lines if any(p.weight is Weight.MUST_FIX for p in one.problems))

    @property
    def matched(self) -> tuple[SeenLine, ...]:
        """The lines that are for a post."""
        return tuple(one for one in self.lines if one.post is not None)


def see(facts: Facts, asked: Asked, rows: Sequence[Row], chosen: Mapping[int, Id | None]) -> Seen:
    """Matches the rows, compares them and says what would become of the posts' pay."""
    matches = pay_matching.match([sent(row) for row in rows], facts.posts, chosen)
    known = facts.by_id
    told = pay_in.look_at(matches, known, asked.employer, asked.month)
    per_cent = facts.rules.whole("arrs.pay_jump")
    changes = _pay_changes(facts, asked, matches)
    together = _together(matches)
    lines = []
    for one in matches:
        compared = Compared(pay_in.Difference.UNKNOWN)
        if one.post is not None:
            compared = pay_in.compare(together[one.post], facts.before.get(one.post), per_cent)
        change = changes.get(one.line.number, PayChange())
        problems = _unreadable_where_it_counts(one, told[one.line.number]) + change.told
        lines.append(SeenLine(one, known.get(one.post) if one.post else None, compared, problems, change))
    gone = tuple(
        Gone(known[post], pay_in.compare(None, before, per_cent))
        for post, before in facts.before.items()
        if post not in together and post in known
    )
    reconciled = pay_in.reconcile(matches, asked.total, asked.vat_amount)
    return Seen(asked, tuple(lines), gone, reconciled, _same_before(facts, asked), facts.posts)


def sent(row: Row) -> SentLine:
    """A row of a block as a line."""
    value = row.values.get
    figures = Figures(
        value("salary"), value("employer_ni"), value("employer_pension"), value("fees"), value("total")
    )
    return SentLine(
        row.number,
        value("label") or "",
        value("payroll_ref") or "",
        value("post_ref") or "",
        value("hours"),
        figures,
        row.problems,
    )


def _unreadable_where_it_counts(match: Match, told: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """What cannot be read stands in the way only of a line that is for a post."""
    if not match.left_out:
        return told
    return tuple(replace(one, weight=Weight.NOTE) for one in told)


def _together(matches: Sequence[Match]) -> dict[Id, Figures]:
    """What each post comes to, where several lines are for it."""
    found: dict[Id, Figures] = {}
    for one in matches:
        if one.post is not None:
            figures = one.line.figures
            found[one.post] = found[one.post].plus(figures) if one.post in found else figures
    return found


def _same_before(facts: Facts, asked: Asked) -> EmployerStatement | None:
    number = (asked.number or "").strip().casefold()
    return next((one for one in facts.taken if (one.number or "").strip().casefold() == number), None)


# ---- pay


def _pay_changes(facts: Facts, asked: Asked, matches: Sequence[Match]) -> dict[int, PayChange]:
    """What becomes of each post's pay, under the number of the first line for it."""
    by_post: dict[Id, list[Match]] = {}
    for one in matches:
        if one.post is not None:
            by_post.setdefault(one.post, []).append(one)
    posts = {post.id: post for post in facts.held.posts}
    known = facts.by_id
    made: dict[int, PayChange] = {}
    for id_, several in by_post.items():
        if not known[id_].held:
            continue
        if id_ in facts.taken_posts:
            told = f"Already in {facts.taken_posts[id_]} for this month, so its pay is left as it is."
            made[several[0].line.number] = PayChange(told=(Problem(told, Weight.ACKNOWLEDGE),))
            continue
        pay = list(facts.held.pay.get(id_, []))
        for holder, lines in _by_holder(several).items():
            alone = len(_by_holder(several)) == 1
            who = pay_changes.whose(pay, asked.month, holder, asked.employer, alone=alone)
            figures = _added(lines)
            change = pay_changes.follow(
                pay, id_, who, asked.month, figures,
                expected=gathered.expected(
                    posts[id_], asked.month, facts.known_on, facts.held, facts.rules, who
                ),
                whole_month=gathered.whole_month(
                    posts[id_], asked.month, facts.known_on, facts.held, facts.rules, who
                ),
                source=f"{asked.kind.words} for {asked.month.words}",
            )  # fmt: skip
            made[lines[0].line.number] = change
            pay = _after(pay, change)
    return made


def _by_holder(several: Sequence[Match]) -> dict[Id | None, list[Match]]:
    """Lines of those who share a post apart; lines of one of them, or of nobody in particular, together."""
    found: dict[Id | None, list[Match]] = {}
    for one in several:
        found.setdefault(one.holder, []).append(one)
    return {None: list(several)} if None in found and len(found) > 1 else found


def _added(lines: Sequence[Match]) -> Figures:
    figures = lines[0].line.figures
    for one in lines[1:]:
        figures = figures.plus(one.line.figures)
    return figures


def _after(pay: Sequence[Pay], change: PayChange) -> list[Pay]:
    """A post's pay once a change is made, for the next line of the same post."""
    put = {one.id: one for one in change.put}
    gone = {one.id for one in change.remove}
    return [put.get(one.id, one) for one in pay if one.id not in gone] + list(change.add)
