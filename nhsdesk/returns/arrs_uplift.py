"""The single uplift form for the ICB: what a maximum raised afterwards adds to months already claimed, post by post.

What waits for back-pay and what is to be paid back stand apart, and nothing is set against anything. Names are left
out: a post is known by its reference and portal label.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nhsdesk.documents.model import Cell, CellKind, Column, Sheet, Table, Workbook
from nhsdesk.domain.money import Money, total
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.domain.uplifts import Due, Uplift
from nhsdesk.papers import Asked, Audience, Diary, Heading, Paper, Period
from nhsdesk.papers import Due as DueDay
from nhsdesk.sections import claim_sheets, claimed_lines, heading, uplifts
from nhsdesk.sections.uplifts import LineFacts, UpliftFacts
from nhsdesk.store.reading import Reader

KEY = "arrs-uplift"
MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Facts:
    """The uplift under its heading, and the forms that were sent before."""

    heading: Heading
    uplift: UpliftFacts
    sent_before: tuple[str, ...] = ()


def gather(reader: Reader, asked: Asked) -> Facts:
    """The newest uplift claim that is kept; where none is, what would be claimed as at the day asked."""
    sent = reader.all(SentPaper, paper=KEY)
    return Facts(
        heading.gather(reader, asked),
        _uplift(reader, asked),
        tuple(f"{one.ref} on {day_words(one.issued_at.date())}" for one in sent),
    )


def _uplift(reader: Reader, asked: Asked) -> UpliftFacts:
    withdrawn = {one.id for one in reader.all(Uplift) if one.sealed()} - {
        one.id for one in claimed_lines.uplifts_submitted(reader)
    }
    kept = [one for one in reader.all(Uplift) if one.id not in withdrawn]
    if kept:
        return uplifts.of_record(reader, max(kept, key=lambda one: one.id), asked.day)
    first, last = uplifts.suggested(reader, asked.day) or (asked.month, asked.month)
    return uplifts.work_out(reader, first, last, asked.day)


def check(facts: Facts) -> tuple[Problem, ...]:
    """What stands in the way of sending it."""
    return (
        *heading.check(facts.heading),
        *uplifts.check(facts.uplift),
        *_of_the_claim(facts),
        *_of_lines(facts.uplift),
    )


def _of_the_claim(facts: Facts) -> Iterator[Problem]:
    uplift = facts.uplift
    if not uplift.ref:
        yield Problem(
            "No uplift claim is begun, so a later one would count these months again. Begin it under Uplifts.",
            Weight.ACKNOWLEDGE,
        )
    if uplift.out_of_date:
        yield Problem(
            f"{uplift.ref}: what it rests on has changed since. Work it out again.", Weight.MUST_FIX
        )
    if facts.sent_before:
        yield Problem(f"An uplift form was sent before: {', '.join(facts.sent_before)}.", Weight.ACKNOWLEDGE)
    if not uplift.of(Due.UPLIFT):
        yield Problem(f"Nothing can be claimed for {uplift.months_words} now.", Weight.ACKNOWLEDGE)


def _of_lines(uplift: UpliftFacts) -> Iterator[Problem]:
    differing = [line for line in uplift.of(Due.UPLIFT) if line.beside_icb]
    if differing:
        named = [f"{line.post} by {line.beside_icb}" for line in differing[:MOST_NAMED]]
        more = f" and {len(differing) - MOST_NAMED} more" if len(differing) > MOST_NAMED else ""
        yield Problem(f"Our figure differs from the ICB's: {', '.join(named)}{more}.", Weight.ACKNOWLEDGE)
    waiting = uplift.of(Due.WAITING)
    if waiting:
        amount = uplift.total_of(Due.WAITING)
        yield Problem(f"{amount} waits for back-pay to be confirmed, for {_posts(len(waiting))}.")
    back = uplift.of(Due.RECOVERY)
    if back:
        amount = -uplift.total_of(Due.RECOVERY)
        yield Problem(
            f"{amount} was claimed and is to be paid back, for {_posts(len(back))}.", Weight.ACKNOWLEDGE
        )


def due(_: Diary) -> DueDay:
    """No day is known beforehand: it follows the rise, the back-pay and the ICB's figure."""
    return DueDay("When a maximum was raised afterwards and the back-pay is paid")


def compile(facts: Facts) -> Workbook:
    """The workbook."""
    head, uplift = facts.heading, facts.uplift
    return heading.workbook(
        head,
        facts,
        title=f"ARRS uplift claim for {head.network}, {uplift.months_words}",
        subject=f"Single uplift claim for additional roles, {uplift.months_words}",
        told=_cover(facts),
        sheets=(
            _claim_sheet(uplift), _waiting_sheet(uplift), _recovery_sheet(uplift),
            claim_sheets.working(uplift.lines, "each post's months, and each month's steps in order"),
            claim_sheets.maxima(uplift.rates),
        ),
        notes=(
            "Claimed before is what the month's claim, and any uplift submitted since, claimed for these months.",
            "Now is the lower of cost and pro rata maximum, worked out with the maxima known and the back-pay paid by "
            f"{day_words(uplift.known_on)}.",
            "Only posts whose back-pay is paid are claimed for. Those that wait, and what is to be paid back, stand on "
            "their own sheets and are not part of the total.",
            "The claims for the months stay as they were submitted.",
            "A maximum that is not marked as confirmed has not been checked against the specification by this PCN.",
        ),
    )  # fmt: skip


def _cover(facts: Facts) -> tuple[str, ...]:
    uplift = facts.uplift
    icb = [f"The ICB's figure in all: {uplift.icb_total}."] if uplift.icb_total is not None else []
    ref = f" Our reference: {uplift.ref}." if uplift.ref else ""
    return (
        f"Months claimed for: {uplift.months_words}.{ref}",
        f"{_posts(len(uplift.of(Due.UPLIFT)))}, {uplift.total_of(Due.UPLIFT)} claimed in all.",
        *icb,
        f"Waiting for back-pay to be confirmed: {uplift.total_of(Due.WAITING)}. "
        f"To be paid back: {-uplift.total_of(Due.RECOVERY)}. Neither is part of the claim.",
        "Posts are named by reference and portal label. No person is named.",
    )


def _posts(number: int) -> str:
    return "1 post" if number == 1 else f"{number:,} posts"


_POST = (Column("Post"), Column("Portal label"), Column("Role"), Column("Employer"), Column("Months"))
_SUMS = (
    Column("Claimed before", CellKind.MONEY), Column("Now", CellKind.MONEY), Column("Difference", CellKind.MONEY),
)  # fmt: skip


def _post_cells(line: LineFacts) -> tuple[Cell, ...]:
    return (line.post, line.label, line.role, line.employer or "Ours", line.months)


def _sums(line: LineFacts) -> tuple[Cell, ...]:
    return (line.was, line.now, line.difference)


def _totals(lines: tuple[LineFacts, ...]) -> tuple[Money, ...]:
    return tuple(total(getattr(line, name) for line in lines) for name in ("was", "now", "difference"))


def _claim_sheet(uplift: UpliftFacts) -> Sheet:
    lines = uplift.of(Due.UPLIFT)
    columns = (
        *_POST, *_SUMS, Column("Back-pay paid on", CellKind.DAY), Column("Left on", CellKind.DAY),
        Column("ICB's figure", CellKind.MONEY), Column("Ours less the ICB's", CellKind.MONEY), Column("Maximum used"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            *_post_cells(line), *_sums(line), line.back_paid_on, line.left_on, line.icb, line.beside_icb,
            ", ".join(line.rates),
        )
        for line in lines
    ]  # fmt: skip
    if lines:
        beside = [line.beside_icb for line in lines if line.beside_icb is not None]
        icb = [line.icb for line in lines if line.icb is not None]
        told: tuple[Cell, ...] = (total(icb), total(beside)) if icb else (None, None)
        rows.append(("Total", *(None,) * 4, *_totals(lines), None, None, *told, None))
    return Sheet(
        "Uplift claim",
        f"Uplift claim by post, {uplift.months_words}",
        "This worksheet holds one table. Amounts are in pounds.",
        Table("Uplift_by_post", columns, tuple(rows)),
    )


def _waiting_sheet(uplift: UpliftFacts) -> Sheet:
    lines = uplift.of(Due.WAITING)
    rows: list[tuple[Cell, ...]] = [(*_post_cells(line), line.difference, line.because) for line in lines]
    if lines:
        rows.append(("Total", *(None,) * 4, uplift.total_of(Due.WAITING), None))
    return Sheet(
        "Waiting",
        "Waiting for back-pay to be confirmed: not part of the claim",
        "This worksheet holds one table. Amounts are in pounds, and what each would come to.",
        Table(
            "Waiting_by_post",
            (*_POST, Column("Would be", CellKind.MONEY), Column("Why nothing yet")),
            tuple(rows),
        ),
    )


def _recovery_sheet(uplift: UpliftFacts) -> Sheet:
    lines = uplift.of(Due.RECOVERY)
    rows: list[tuple[Cell, ...]] = [(*_post_cells(line), *_sums(line), line.because) for line in lines]
    if lines:
        rows.append(("Total", *(None,) * 4, *_totals(lines), None))
    return Sheet(
        "To be paid back",
        "Claimed and to be paid back: not set against the claim",
        "This worksheet holds one table. Amounts are in pounds.",
        Table("Recovery_by_post", (*_POST, *_SUMS, Column("Why")), tuple(rows)),
    )


PAPER = Paper(
    key=KEY,
    title="ARRS uplift claim",
    audience=Audience.PARTNERS,
    period=Period.DAY,
    facts=Facts,
    gather=gather,
    check=check,
    compile=compile,
    due=due,
    in_short=lambda facts: _posts(len(facts.uplift.of(Due.UPLIFT))),
)
