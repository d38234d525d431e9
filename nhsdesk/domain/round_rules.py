"""Where a round stands: who has answered, who has not, and what a reply must be to count as one.

The signatures of an agreement are a round: its parties are those asked, and a signature is the reply.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nhsdesk.domain.block_cells import figure
from nhsdesk.domain.entry import quoted
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.rounds import ReplyKind, Round, RoundReply

YES_NO = ("yes", "no", "agreed", "not agreed")


@dataclass(frozen=True, slots=True)
class Answer:
    """One that is asked, by name, and what came back; `key` is the reply's id, or that of a signature."""

    key: Id
    name: str
    answer: str = ""
    figure: Decimal | None = None
    file: str = ""
    replied_on: date | None = None
    by_role: str = ""
    chased_on: date | None = None

    @property
    def came(self) -> bool:
        """Whether anything came back, though its day may not be known."""
        return bool(self.answer or self.file) or self.figure is not None or self.replied_on is not None

    @property
    def words(self) -> str:
        """What came back, with its day and by whom; "no reply" where nothing did."""
        if not self.came:
            return "no reply"
        said = (
            self.answer or (figure_words(self.figure) if self.figure is not None else self.file) or "replied"
        )
        on = f" on {day_words(self.replied_on)}" if self.replied_on else ", day not known"
        return f"{said}{on}{f', {self.by_role}' if self.by_role else ''}"


def figure_words(found: Decimal) -> str:
    """A figure as it is read: 1,250.50, and 7 for a whole one."""
    return f"{found:,.2f}".removesuffix(".00")


@dataclass(frozen=True, slots=True)
class Standing:
    """A round in short."""

    answered: int
    asked: int
    missing: tuple[str, ...]
    late: bool
    closed: bool

    @property
    def words(self) -> str:
        """How many have answered: 4 of 7."""
        return f"{self.answered} of {self.asked}"


def standing(one: Round, answers: Sequence[Answer], today: date) -> Standing:
    """How far a round has come on a day; it is late when its day has passed and somebody has not answered."""
    missing = tuple(answer.name for answer in answers if not answer.came)
    late = bool(missing) and one.due is not None and one.due < today and one.closed_on is None
    return Standing(len(answers) - len(missing), len(answers), missing, late, one.closed_on is not None)


def choices(one: Round) -> tuple[str, ...]:
    """What may be answered, where it is one of several."""
    if one.reply_kind is ReplyKind.YES_NO:
        return YES_NO
    if one.reply_kind is ReplyKind.CHOICE:
        return tuple(filter(None, (choice.strip() for choice in (one.choices or "").split(";"))))
    return ()


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply as it would be kept."""

    answer: str | None
    figure: Decimal | None
    on: date
    by_role: str | None


def read(one: Round, answer: str, on: date, role: str, today: date) -> Reply | Problem:
    """A reply as typed: one of the choices, a figure, or words; the day it came, and by which role."""
    if (why := why_not_on(one, on, today)) is not None:
        return why
    said = " ".join(answer.split())
    by_role = " ".join(role.split()) or None
    if one.reply_kind is ReplyKind.SIGNATURE:
        return Reply(said or "signed", None, on, by_role)
    if not said:
        return Problem("Give the answer.")
    if one.reply_kind is ReplyKind.FIGURE:
        return _figure(said, on, by_role)
    allowed = choices(one)
    match = next((choice for choice in allowed if choice.casefold() == said.casefold()), None)
    if allowed and match is None:
        return Problem(f"{quoted(said)} is none of the answers. Give one of: {'; '.join(allowed)}.")
    return Reply(match or said, None, on, by_role)


def why_not_on(one: Round, on: date, today: date) -> Problem | None:
    """Why a reply cannot have come on a day; None where it can."""
    if on > today:
        return Problem(
            f"{day_words(on)} has not come. Give the day on which the reply came.", field="replied_on"
        )
    if one.asked_on is not None and on < one.asked_on:
        return Problem(
            f"It was asked on {day_words(one.asked_on)}. The reply cannot be older.", field="replied_on"
        )
    return None


def begun(words: str, kind: ReplyKind, allowed: str, asked_on: date, due: date | None) -> Round | Problem:
    """A round as it is begun: what is asked, the reply wanted, and of one of several what may be answered."""
    ask = " ".join(words.split())
    if not ask:
        return Problem("Give what is asked.")
    if due is not None and due < asked_on:
        return Problem(f"{day_words(due)} has passed. Give a day by which they can reply.")
    listed = [choice.strip() for choice in allowed.split(";") if choice.strip()]
    if kind is ReplyKind.CHOICE and len({choice.casefold() for choice in listed}) < 2:
        return Problem("Give at least two choices, set apart by semicolons.")
    told = "; ".join(dict.fromkeys(listed)) if kind is ReplyKind.CHOICE else None
    return Round(ask=ask, reply_kind=kind, choices=told, asked_on=asked_on, due=due)


def _figure(said: str, on: date, by_role: str | None) -> Reply | Problem:
    found = figure(said)
    if found is None:
        return Problem(f"{quoted(said)} could not be read as a figure.", field="answer")
    kept = RoundReply.KIND.field("figure").kind
    try:
        return Reply(None, kept.load(kept.store(found)), on, by_role)
    except ValueError:
        sentence = f"{quoted(said)} has more than 2 decimal places, or is too large. Give a shorter figure."
        return Problem(sentence, field="answer")


def chase(one: Round, name: str, network: str, today: date) -> str:
    """What somebody who has not answered is written."""
    due = f", by {day_words(one.due)}" if one.due is not None else ""
    asked = f"On {day_words(one.asked_on)} we asked" if one.asked_on is not None else "We asked"
    late = one.due is not None and one.due < today
    lines = [f"To: {name}", "", f"{asked} for your reply{due}: {one.ask.rstrip('.')}."]
    lines += ["", one.explanation] if one.explanation else []
    allowed = choices(one)
    wanted = f"{one.reply_kind.words}: {'; '.join(allowed)}" if allowed else one.reply_kind.words
    lines += ["", f"Wanted: {wanted}, with the day and the role of whoever answers."]
    lines += [
        "",
        "Your reply has not come yet, and its day has passed." if late else "Your reply has not come yet.",
    ]
    lines += ["", "The form that is attached can be filled in and sent back, in Excel or printed."]
    return "\n".join([*lines, "", network]) + "\n"
