"""The first page of a board's paper: what is asked of us, decided and late, what it costs, and where figures come from.

Each answer names the section that tells more. What could not be read, or was never entered, is said to be not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from nhsdesk.documents import tracing
from nhsdesk.documents.model import Bullets, Figure, Paragraph, Section
from nhsdesk.domain.commitments import Status
from nhsdesk.domain.money import Money, total
from nhsdesk.domain.periods import FinancialYear, day_words
from nhsdesk.domain.unfunded import unfunded_words
from nhsdesk.sections import actions, commitments, decisions, fund_facts, funds, position, workload

F = TypeVar("F")

TITLE = "In short"
NEWEST = 2
"""Decisions that are told in their words."""

_LONGEST = 160
"""Characters of a decision on the first page."""

_SEEN = "those that the readers of this paper may see"

Point = tuple[str, tuple[Figure, ...]]
"""An answer in words, and the figures in it."""

Answer = tuple[str, tuple[Figure, ...], str]
"""An answer with its question, and the heading of the section it tells of; empty where it tells of none."""


@dataclass(frozen=True, slots=True)
class Held:
    """The facts of the sections it draws on; None where one could not be read. `failed` names those by heading."""

    day: date
    commitments: commitments.Facts | None
    actions: actions.Facts | None
    decisions: decisions.Facts | None
    claimed: position.Facts | None
    workload: workload.Facts | None
    funds: fund_facts.Facts | None
    failed: tuple[str, ...] = ()


def section(held: Held) -> Section:
    """The five answers."""
    words = "This paper tells a contract duty from an ask. What is required names the contract or law it rests on."
    where = (
        f"“{commitments.WRITTEN}” gives the document and page of each, or says that the page is not known."
    )
    answers = tuple(_answers(held))
    return Section(
        TITLE,
        (
            Paragraph(words),
            Paragraph(where, needs=commitments.WRITTEN),
            Bullets(tuple(told for told, _, _ in answers)),
        ),
        figures=tuple(figure for _, told, _ in answers for figure in told),
        tells_of=tuple(heading for _, _, heading in answers),
    )


def _answers(held: Held) -> Iterator[Answer]:
    claimed = position.claimed_heading(FinancialYear.of(held.day))
    yield _answer("What is asked of us", "Commitments", held.commitments, _asked)
    yield _answer("What is decided", decisions.TITLE, held.decisions, lambda one: _decided(one, held.day))
    yield _answer("What is late", "Actions", held.actions, lambda one: _late_actions(one, held.day))
    yield _answer("What is late", "Commitments", held.commitments, lambda one: _late(one, held.day))
    yield _answer("What it costs", claimed, held.claimed, _roles)
    yield _answer("What it costs", "Commitments", held.commitments, _unfunded)
    yield _answer("What it costs", workload.TITLE, held.workload, _moved)
    if held.funds is not None and not held.funds.funds:
        none = _none("no fund held for the partnership is recorded", held.funds.withheld)
        yield f"What it costs: {none}", (), funds.TITLE if held.funds.withheld else ""
    else:
        yield _answer("What it costs", funds.TITLE, held.funds, _funds)
    told = f"the number in square brackets behind it leads to “{tracing.HEADING}”, which names the entries"
    yield f"Where each figure comes from: {told}.", (), ""
    if held.failed:
        yield f"Could not be made, and said in its place: {'; '.join(held.failed)}.", (), ""


def _answer(question: str, heading: str, facts: F | None, told: Callable[[F], Point]) -> Answer:
    if facts is None:
        return f"{question}: not known here, for “{heading}” could not be read.", (), ""
    words, figures = told(facts)
    return f"{question}: {words} See “{heading}”.", figures, heading


def _none(words: str, withheld: tuple[str, ...]) -> str:
    """That there is nothing; nothing that may be shown, where something is withheld."""
    return f"{words}, of {_SEEN}." if withheld else f"{words}."


def _asked(held: commitments.Facts) -> Point:
    if not held.lines:
        return _none("no commitment is listed", held.withheld), ()
    unknown = tuple(line.ref for line in held.lines if line.binds.startswith("Not yet known"))
    they = "it binds" if len(unknown) == 1 else "they bind"
    known = f"Of {len(unknown)} it is not yet known whether {they}"
    not_known = f" {known}." if unknown else ""
    by = "of no kind yet, or said to bind and not found to"
    figure = Figure(known, f"{len(unknown)}", "Commitments not yet known to bind", by, unknown)
    words = f"{commitments.required_words(held)} {commitments.asked_words(held)}{not_known}"
    figures = (*commitments.counted(held), *((figure,) if unknown else ()))
    return f"{commitments.count_words(held)} listed. {words}", figures


def _decided(held: decisions.Facts, day: date) -> Point:
    lines = decisions.lately(held, day)
    if not lines:
        return _none("no decision of the last quarter is recorded, and none waits", held.withheld), ()
    refs, waits = tuple(one.ref for one in lines), tuple(one.ref for one in lines if one.waits)
    count = "1 decision" if len(refs) == 1 else f"{len(refs):,} decisions"
    wait = f"{len(waits):,} of them" if waits else "none of them"
    verb = "waits" if len(waits) < 2 else "wait"
    newest = "; ".join(f"{one.ref} {_cut(one.words)}" for one in lines[:NEWEST])
    words = (
        f"{count} since {day_words(day - decisions.LATELY)}, with older ones that still wait. {wait.capitalize()} "
        f"{verb} to be made or ratified. The newest: {newest}."
    )
    figures = [Figure(count, f"{len(refs):,}", "Decisions", _SEEN, refs)]
    if waits:
        figures.append(
            Figure(wait, f"{len(waits):,}", "Decisions that wait", "not made, or to be ratified", waits)
        )
    return words, tuple(figures)


def _cut(words: str) -> str:
    plain = " ".join(words.split()).rstrip(".")
    return plain if len(plain) <= _LONGEST else plain[:_LONGEST].rstrip() + "…"


# ---- what is late


def _late_actions(held: actions.Facts, day: date) -> Point:
    open_ = [line for line in held.lines if line.closed_on is None]
    if not open_:
        return _none("no action is open", held.withheld), ()
    due = {line.ref: line.revised_due or line.due for line in open_}
    opening = actions.open_words(held)
    words, figures = _against_their_dates("actions", due, frozenset(), day)
    return f"{opening}. {words}", (*actions.counted(held), *figures)


def _late(held: commitments.Facts, day: date) -> Point:
    open_ = [line for line in held.lines if not line.over]
    if not open_:
        return _none("no commitment is under way", held.withheld), ()
    due = {
        line.ref: line.revised_due or line.due
        for line in open_
        if line.revised_due or line.due or line.status != Status.STANDING.words
    }
    said = frozenset(line.ref for line in open_ if line.status == Status.LATE.words)
    words, figures = _against_their_dates("commitments", due, said, day)
    return words[:1].lower() + words[1:], figures


def _against_their_dates(what: str, due: dict[str, date | None], said: frozenset[str], day: date) -> Point:
    """How many are past their date, or said to be late, and of how many no date is entered."""
    late = tuple(ref for ref, by in due.items() if ref in said or (by is not None and by < day))
    dateless = tuple(ref for ref, by in due.items() if by is None and ref not in said)
    number = _counted(len(late), what)
    none = f"Of the {what} none is past its date"
    opening = f"{number} {'is' if len(late) == 1 else 'are'} past {_its(late)}" if late else none
    figures = []
    if late:
        by = f"{_SEEN}, not at an end, due before the day of the paper by the date last set"
        by += ", or said to be late" if what == "commitments" else ""
        figures.append(Figure(opening, f"{len(late):,}", f"Late {what}", by, late))
    words = f"{opening}."
    if dateless:
        without = f"Of {_counted(len(dateless), what)} without a date"
        words += f" {without} it is not known whether {'it is' if len(dateless) == 1 else 'they are'} late."
        by = f"{_SEEN}, not at an end"
        figures.append(
            Figure(without, f"{len(dateless):,}", f"{what.capitalize()} without a date", by, dateless)
        )
    return words, tuple(figures)


_PIECES = "pieces of work"


def _counted(number: int, what: str) -> str:
    one = "piece of work" if what == _PIECES else what[:-1]
    return f"1 {one}" if number == 1 else f"{number:,} {what}"


def _its(refs: tuple[str, ...]) -> str:
    return "its date" if len(refs) == 1 else "their dates"


# ---- what it costs


def _roles(held: position.Facts) -> Point:
    what = f"additional roles in {held.year}"
    if not held.roles:
        return f"{what}, nothing is claimed yet.", ()
    if held.amount is None:
        return f"{what}, not shown, for the sum would tell of a group small enough to be recognised.", ()
    how = "forecast to the end of the year" if held.forecast else "claimed so far, uplifts included"
    refs = tuple(ref for one in held.roles for ref in one.refs)
    unnamed = any(one.amount is None for one in held.roles)
    figure = Figure(
        f"{held.amount} {how}",
        str(held.amount),
        f"Additional roles in {held.year}",
        "the monthly amounts of all roles added up",
        refs,
        not_named=f"posts in groups under {held.smallest} are counted and not named" if unnamed else "",
    )
    return f"{what}, {held.amount} {how}.", (figure,)


def _unfunded(held: commitments.Facts) -> Point:
    words = unfunded_words(held.unfunded, held.hour_cost)
    told = words[:1].lower() + words[1:]
    if not held.unfunded:
        return _none(told.rstrip("."), held.withheld), ()
    by = f"{_SEEN}, not at an end, with unfunded hours a week"
    hours = f"{held.unfunded} hours a week"
    return told, (Figure(hours, hours, "Unfunded hours", by, held.unfunded_refs),)


def _moved(held: workload.Facts) -> Point:
    if not held.transfers and not held.requests:
        return _none("no work that moved to general practice is recorded", held.withheld), ()
    parts = (*_hours_moved(held), *_asked_of_us(held))
    return f"{'; '.join(words for words, _ in parts)}.", tuple(figure for _, figure in parts)


_BY = "by the day of the paper"


def _hours_moved(held: workload.Facts) -> Iterator[tuple[str, Figure]]:
    """What moved without money takes, as far as it is known; nothing that is not known is taken for nothing."""
    unfunded = tuple(one.ref for one in held.transfers if one.funded is False)
    without = held.totals.unfunded.without_hours
    if without < len(unfunded):
        hours = f"{held.totals.unfunded.hours:,.2f}".rstrip("0").rstrip(".") + " hours"
        missing = f", without {without:,} of {len(unfunded):,} whose hours are not known" if without else ""
        figure = Figure(f"{hours} a month", hours, "Work that moved and is not funded", _BY, unfunded)
        yield f"work that moved without money takes {hours} a month{missing}", figure
    elif unfunded:
        count = _counted(len(unfunded), _PIECES)
        figure = Figure(count, f"{len(unfunded):,}", "Work that moved and is not funded", _BY, unfunded)
        yield (
            f"how many hours {count} without money {'takes' if len(unfunded) == 1 else 'take'} is not known",
            figure,
        )
    if unknown := tuple(one.ref for one in held.transfers if one.funded is None):
        count = _counted(len(unknown), _PIECES)
        they = "it is" if len(unknown) == 1 else "they are"
        told = f"of {count} it is not known whether {they} funded"
        yield told, Figure(count, f"{len(unknown):,}", "Work not known to be funded", _BY, unknown)
    if held.transfers and not unfunded and not unknown:
        every = tuple(one.ref for one in held.transfers)
        told = "all work that moved is funded"
        yield told, Figure(told, f"{len(every):,}", "Work that moved and is funded", _BY, every)


def _asked_of_us(held: workload.Facts) -> Iterator[tuple[str, Figure]]:
    """What calls on us cost, as far as a cost is entered."""
    refs = tuple(one.ref for one in held.requests)
    unknown = sum(one.cost is None for one in held.requests)
    what = "Calls on our people and rooms"
    if unknown < len(refs):
        cost = f"{held.requested.cost} was asked of our people and rooms"
        missing = f", without {unknown:,} of {len(refs):,} calls whose cost is not known" if unknown else ""
        yield f"{cost}{missing}", Figure(cost, str(held.requested.cost), what, _BY, refs)
    elif refs:
        count = "1 call" if len(refs) == 1 else f"{len(refs):,} calls"
        told = f"what {count} on our people and rooms cost is not known"
        yield told, Figure(count, f"{len(refs):,}", what, _BY, refs)


def _funds(held: fund_facts.Facts) -> Point:
    spent = total(one.spent for one in held.funds)
    values = [one.value for one in held.funds if one.value is not None]
    unknown = len(held.funds) - len(values)
    worth = f" of {total(values)}" if values else ""
    missing = f"; the value of {unknown} of {len(held.funds)} funds is not known" if unknown else ""
    told = f"{spent} is spent{worth}"
    refs = tuple(ref for one in held.funds for ref in (one.ref, *(entry.ref for entry in one.entries)))
    by = "movements of the entries of each fund up to the day, and its value as entered"
    figure = Figure(told, _both(spent, values), "Funds held for the partnership", by, refs)
    return f"of the funds held for the partnership, {told}{missing}.", (figure,)


def _both(spent: Money, values: list[Money]) -> str:
    return f"{spent} of {total(values)}" if values else str(spent)
