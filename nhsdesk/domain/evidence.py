"""Evidence: what shows that something was done, when it holds from, when it was filed, when it runs out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from nhsdesk.domain.commitments import Commitment, Result, Status
from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    day,
    derived,
    file,
    flag,
    links,
    record,
    text,
)
from nhsdesk.domain.kinds import Choice, Id, KeptFile, Tone
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight

SOON = timedelta(days=30)


class Standing(Choice):
    """Whether it shows anything today."""

    HOLDS = "in date"
    SOON = "runs out within 30 days"
    RUN_OUT = "has run out"
    NOT_YET = "does not hold yet"
    UNKNOWN = "not known since when"

    @property
    def tone(self) -> Tone:
        """What has run out is bad, what soon will wants attention."""
        return _TONES.get(self.value, Tone.GREY)


_TONES = {"in date": Tone.GOOD, "runs out within 30 days": Tone.WARN, "has run out": Tone.BAD}


@record(
    title="Evidence item",
    plural="Evidence items",
    prefix="EV",
    columns=("what", "effective_on", "filed_on", "expires_on", "standing", "proves"),
)
class Evidence(Record):
    """One thing that proves one or several commitments. The day it holds from is not the day it was filed."""

    what: str = text("What it is")
    kept: KeptFile | None = file("File", default=None)
    lies_at: str | None = text(
        "Where it is", default=None, help="For what is larger than 25 MB, or kept elsewhere."
    )
    effective_on: date | None = day("Holds from", default=None, lean=Lean.LAST)
    filed_on: date | None = day("Filed on", default=None, lean=Lean.LAST)
    expires_on: date | None = day("Runs out on", default=None)
    proves: tuple[Id, ...] = links("Commitments it proves", "Commitment", default=())
    restricted: bool = flag("Restricted", default=False, help="Shown to our own board only.")

    standing = derived(
        "Standing", lambda item, rules, today: standing(item, today), uses=("effective_on", "expires_on")
    )


def earlier_words(until: date) -> str:
    """What is said of a file that a newer one has taken the place of."""
    return f"Earlier file, until {day_words(until)}"


def current_words(item: Evidence) -> str:
    """Which of its files is the one that counts, in a sentence; empty where none is kept."""
    if item.kept is None:
        return ""
    return f"{item.kept.name} is the current file, under Details. What it took the place of is listed here."


def standing(item: Evidence, today: date) -> Standing:
    """Where it stands on a day. It holds from the day it shows, whenever it was filed; its last day counts."""
    if item.expires_on is not None and item.expires_on < today:
        return Standing.RUN_OUT
    if item.effective_on is None:
        return Standing.UNKNOWN
    if item.effective_on > today:
        return Standing.NOT_YET
    if item.expires_on is not None and item.expires_on - today <= SOON:
        return Standing.SOON
    return Standing.HOLDS


def shows(item: Evidence, today: date) -> bool:
    """Whether it shows something on a day. Not knowing since when is no reason to doubt it."""
    return standing(item, today) not in (Standing.RUN_OUT, Standing.NOT_YET)


def unproved(
    commitments: Iterable[Commitment], items: Iterable[Evidence], today: date
) -> tuple[Commitment, ...]:
    """The commitments said to be met for which no evidence in date is kept."""
    proved = {id_ for item in items if shows(item, today) for id_ in item.proves}
    return tuple(
        one
        for one in commitments
        if (one.status is Status.MET or one.came_to is Result.MET) and one.id not in proved
    )


def problems(item: Evidence, today: date) -> tuple[Problem, ...]:
    """What a reader of a pack would be misled by."""
    found: list[Problem] = []

    def say(sentence: str, weight: Weight, field: str) -> None:
        found.append(Problem(f"{item.ref}: {sentence}", weight, "evidence", item.id, field))

    begins, ends = item.effective_on, item.expires_on
    if begins is not None and ends is not None and ends < begins:
        say("it runs out before it holds. Put one of the two days right.", Weight.MUST_FIX, "expires_on")
    elif ends is not None and ends < today:
        say(
            f"it ran out on {day_words(ends)}. Add what has taken its place.",
            Weight.ACKNOWLEDGE,
            "expires_on",
        )
    if item.kept is None and not item.lies_at:
        say("neither a file is kept, nor where it is.", Weight.ACKNOWLEDGE, "kept")
    if begins is None:
        say("it is not yet known since when it holds.", Weight.NOTE, "effective_on")
    if item.filed_on is not None and item.filed_on > today:
        say(
            f"it is said to be filed on {day_words(item.filed_on)}, which has not come.",
            Weight.NOTE,
            "filed_on",
        )
    if not item.proves:
        say("it is not yet said which commitment it proves.", Weight.NOTE, "proves")
    return tuple(found)
