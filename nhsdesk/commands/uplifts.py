"""Uplifts: back-pay written down for many posts at once, and the one claim for a rise that came late."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from nhsdesk import errors
from nhsdesk.domain import back_pay, uplifts
from nhsdesk.domain.arrs import BackPay, Pay, Post
from nhsdesk.domain.back_pay import Raised
from nhsdesk.domain.claimed import ClaimState
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import Month, day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.rates import RateConfidence
from nhsdesk.domain.uplifts import Due, Uplift, UpliftLine
from nhsdesk.sections import uplifts as gathered
from nhsdesk.sections.uplifts import LineFacts, UpliftFacts
from nhsdesk.store import record_file
from nhsdesk.store.database import Database
from nhsdesk.store.door import Change
from nhsdesk.store.reading import Reader

MOST_NAMED = 6

# ---- back-pay


@dataclass(frozen=True, slots=True)
class Rise:
    """Back-pay as it would be written down: to be looked at first."""

    rows: tuple[Raised, ...]
    problems: tuple[Problem, ...]


def back_pay_for(
    reader: Reader,
    posts: Iterable[Post],
    percent: Decimal,
    first: Month,
    last: Month,
    paid_on: date | None = None,
) -> Rise:
    """The back-pay of these posts for a rise of so many per cent from a month to a month, worked out from their pay."""
    wrong = back_pay.readable(percent, first, last)
    if wrong is not None:
        return Rise((), (wrong,))
    pay: dict[Id, list[Pay]] = {}
    before: dict[Id, list[BackPay]] = {}
    for one in reader.all(Pay):
        pay.setdefault(one.post, []).append(one)
    for late in reader.all(BackPay):
        before.setdefault(late.post, []).append(late)
    rows: list[Raised] = []
    problems: list[Problem] = []
    for post in posts:
        made, wrongs = back_pay.raised(
            post, pay.get(post.id, ()), before.get(post.id, ()), percent, first, last, paid_on
        )
        rows += made
        problems += wrongs
    return Rise(tuple(rows), tuple(problems))


def record_back_pay(database: Database, rows: Sequence[Raised], evidence: str | None = None) -> int:
    """Writes the back-pay down, as one step. Gives how many entries that were."""
    posts = {row.post.id for row in rows}
    if not rows:
        return 0
    with database.change(f"Record back-pay for {_counted(len(posts), 'post')}") as change:
        for row in rows:
            change.add(replace(row.back_pay, evidence=evidence))
    return len(rows)


def unconfirmed_back_pay(reader: Reader, posts: Iterable[Id], today: date) -> tuple[BackPay, ...]:
    """The back-pay of these posts that is not known to have been paid."""
    wanted = set(posts)
    return tuple(
        one
        for one in reader.all(BackPay)
        if one.post in wanted and (one.paid_on is None or one.paid_on > today)
    )


def confirm_back_pay(
    database: Database, rows: Iterable[BackPay], paid_on: date, evidence: str | None = None
) -> int:
    """Notes that back-pay was paid to the people, as one step."""
    _refuse_tomorrow(database, paid_on)
    held = tuple(rows)
    if not held:
        return 0
    with database.change(f"Confirm {_counted(len(held), 'back-pay', 'back-pay entries')} as paid") as change:
        for one in held:
            change.put(replace(one, paid_on=paid_on, evidence=evidence or one.evidence))
    return len(held)


# ---- the claim


def begin(database: Database, first: Month, last: Month) -> Uplift:
    """Begins the one claim for the rise of these months: a draft, with a line for each post."""
    with database.change("Begin an uplift claim") as change:
        return draft(change, first, last, database.today())


def draft(change: Change, first: Month, last: Month, known_on: date) -> Uplift:
    """A draft uplift with its lines, worked out with what is known on a day."""
    if last < first:
        raise errors.DeskError(
            f"No uplift was begun: {last.words} comes before {first.words}. Change the months."
        )
    for one in change.reader.all(Uplift, state=ClaimState.DRAFT):
        if one.first <= last and first <= one.last:
            raise errors.DeskError(
                f"No uplift was begun: {one.ref} is a draft for {one.title_words()}. Work that out again, or remove it."
            )
    facts = gathered.work_out(change.reader, first, last, known_on)
    if not facts.lines:
        raise errors.DeskError(
            f"No uplift was begun: nothing is due for {facts.months_words} that was not claimed. Nothing was written."
        )
    made = change.add(Uplift(first=first, last=last, known_on=known_on))
    _add_lines(change, made, facts.lines, {})
    return made


def work_out_again(database: Database, id_: Id) -> Uplift:
    """Brings a draft up to what is known today; the ICB's figures stay beside it."""
    with database.change("Work an uplift claim out again") as change:
        uplift = change.reader.get(Uplift, id_)
        today = database.today()
        facts = gathered.work_out(change.reader, uplift.first, uplift.last, today)
        old = change.reader.all(UpliftLine, uplift=id_)
        icb = {line.post: line.icb for line in old if line.icb is not None}
        for line in old:
            change.remove(line)
        _add_lines(change, uplift, facts.lines, icb)
        return change.put(replace(uplift, known_on=today))


def throw_away(database: Database, id_: Id) -> Uplift:
    """Removes a draft with its lines; what it would have claimed is due as before."""
    with database.change("Throw away an uplift draft") as change:
        uplift = change.reader.get(Uplift, id_)
        change.remove(uplift)
    return uplift


def _add_lines(change: Change, uplift: Uplift, lines: Sequence[LineFacts], icb: Mapping[Id, Money]) -> None:
    left = dict(icb)
    for line in lines:
        post = Id(int(line.post_id))
        waits, recovers = line.due == Due.WAITING.value, line.due == Due.RECOVERY.value
        change.add(
            UpliftLine(
                uplift=uplift.id,
                post=post,
                was=line.was,
                ours=Money() if waits else line.difference,
                icb=None if recovers else left.pop(post, None),
                back_paid_on=line.back_paid_on,
                left=line.left_on is not None and line.left_on <= (uplift.known_on or date.max),
                why_not=line.because or None,
                working=line.kept,
            )
        )
    for post, amount in left.items():
        change.add(UpliftLine(uplift=uplift.id, post=post, was=Money(), ours=Money(), icb=amount))


def note_icb_figures(database: Database, id_: Id, figures: Mapping[Id, Money | None]) -> int:
    """Writes the ICB's figures beside ours, post by post, as one step; a post we have no line for gets one."""
    with database.change("Note the ICB's uplift figures") as change:
        uplift = change.reader.get(Uplift, id_)
        lines = change.reader.all(UpliftLine, uplift=id_)
        for post, amount in figures.items():
            theirs = [line for line in lines if line.post == post and line.ours >= Money()]
            theirs.sort(key=lambda line: uplifts.due_of(line) is Due.WAITING)
            if theirs:
                change.put(replace(theirs[0], icb=amount))
            elif amount is not None:
                change.add(UpliftLine(uplift=uplift.id, post=post, was=Money(), ours=Money(), icb=amount))
    return len(figures)


def note_icb_total(database: Database, id_: Id, amount: Money | None) -> Uplift:
    """Writes down what the ICB says the uplift comes to in all."""
    with database.change("Note the ICB's uplift total") as change:
        return change.put(replace(change.reader.get(Uplift, id_), icb_total=amount))


def mark_submitted(database: Database, id_: Id, on: date) -> Uplift:
    """Marks an uplift as submitted to the ICB: from then on it stays as it is."""
    _refuse_tomorrow(database, on)
    sample = record_file.is_sample(database)
    with database.change("Mark an uplift claim as submitted") as change:
        return submit(change, id_, on, sample=sample)


def submit(change: Change, id_: Id, on: date, *, sample: bool = False) -> Uplift:
    """Seals an uplift; refused while it is out of date, claims nothing, or rests on a maximum nobody has confirmed."""
    uplift = change.reader.get(Uplift, id_)
    facts = gathered.of_record(change.reader, uplift, on)
    why_not = _why_not(facts, sample=sample)
    if why_not:
        raise errors.DeskError(f"{uplift.ref} was not marked as submitted: {why_not}")
    return change.put(replace(uplift, state=ClaimState.SUBMITTED, submitted_on=on))


def _why_not(facts: UpliftFacts, *, sample: bool) -> str:
    if facts.out_of_date:
        return "what it rests on has changed since. Work it out again, and look at it first."
    if not facts.of(Due.UPLIFT) and not facts.of(Due.RECOVERY):
        return "no line of it can be claimed yet. Record the back-pay that was paid first."
    made_up = RateConfidence.SAMPLE.words
    unsure = [
        rate.ref for rate in facts.rates if not rate.confirmed and not (sample and rate.confidence == made_up)
    ]
    if unsure:
        more = f" and {len(unsure) - MOST_NAMED} more" if len(unsure) > MOST_NAMED else ""
        return (
            f"nobody has confirmed the maxima it rests on: {', '.join(unsure[:MOST_NAMED])}{more}. Confirm them "
            "against the specification under Rates and rules."
        )
    return ""


def _refuse_tomorrow(database: Database, on: date) -> None:
    if on > database.today():
        raise errors.DeskError(
            f"{day_words(on)} has not come. Nothing was written. Give today or an earlier day."
        )


def _counted(number: int, one: str, many: str = "") -> str:
    return f"1 {one}" if number == 1 else f"{number:,} {many or one + 's'}"
