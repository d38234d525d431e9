"""The month's check of the workforce return: its lines, when it is due, and what is known beside each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nhsdesk import resources
from nhsdesk.domain import working_days
from nhsdesk.domain.nwrs_matching import Finding
from nhsdesk.domain.nwrs_words import posts
from nhsdesk.domain.periods import Month, day_words
from nhsdesk.domain.workforce import CHECK_LINES, NwrsCheck, check_label
from nhsdesk.sections import workforce
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One line of the check: what it asks, the answer given, and what this program knows of it."""

    name: str
    asks: str
    answer: bool | None
    known: str
    doubtful: bool
    """Whether what is known speaks against a yes."""
    known_well: bool
    """Whether our own rows were looked at, so that nothing against it is a reason for it."""


@dataclass(frozen=True, slots=True)
class Facts:
    """A month's check."""

    month: Month
    due: date
    last_working_day: date
    checked_on: date | None
    remarks: str
    lines: tuple[LineFacts, ...]

    @property
    def due_words(self) -> str:
        """When it is due, in a sentence."""
        words = f"Due {day_words(self.due)}: the NWRS is extracted at midnight."
        if self.last_working_day != self.due:
            words += f" The last working day before it is {day_words(self.last_working_day)}."
        return words


def gather(reader: Reader, month: Month, compared: workforce.Facts) -> Facts:
    """The check of a month beside what the comparison as of its last day found."""
    held = next(iter(reader.all(NwrsCheck, month=month)[-1:]), None)
    known = _known(compared)
    lines = tuple(
        LineFacts(
            name, check_label(name), None if held is None else getattr(held, name), *known[name], compared.own
        )
        for name in CHECK_LINES
    )
    return Facts(
        month,
        month.last,
        working_days.last_working_day(month, resources.bank_holidays()),
        None if held is None else held.checked_on,
        (held.remarks or "") if held else "",
        lines,
    )


Known = tuple[str, bool]


def _known(compared: workforce.Facts) -> dict[str, Known]:
    if not compared.own:
        return _without_export(compared)
    late, starters = compared.of(Finding.LEAVER), compared.of(Finding.STARTER)
    missing, hours = compared.of(Finding.MISSING_THERE), compared.of(Finding.HOURS)
    marked = compared.of(Finding.MARKED_LEFT)
    alone = compared.of(Finding.SERVICE_HERE)
    return {
        "leavers": _joined(
            _some(late, "leaver still listed", "leavers still listed"),
            _some(
                marked, "post marked as left that is filled here", "posts marked as left that are filled here"
            ),
            otherwise="No leaver of ours is still listed.",
        ),
        "starters": _joined(
            _some(starters, "starter not yet there", "starters not yet there"),
            _some(missing, "other post not there", "other posts not there"),
            otherwise="Every post filled here has its row.",
        ),
        "hours_agree": _joined(
            _some(hours, "post whose hours differ", "posts whose hours differ"),
            otherwise="No hours differ.",
        ),
        "contracted": (
            _services(compared) + (f" {len(alone):,} of them without a post here." if alone else ""),
            bool(alone),
        ),
        "director": _director(compared),
        "submitted": (
            (f"{_rows(compared.in_progress)} not “Submitted”, so not counted.", True)
            if compared.in_progress
            else (f"All {compared.rows:,} rows count.", False)
        ),
    }


def _without_export(compared: workforce.Facts) -> dict[str, Known]:
    """What our own posts say of the month, where no export can be looked at."""
    left, begun = compared.left_in_month, compared.begun_in_month
    absent = sorted({line.post for line in compared.lines if line.state == workforce.NOTED_ABSENT})
    unseen = "No own export is taken in, so it is not known"
    return {
        "leavers": (_these("Left in the month", left) or "Nobody left in the month.", False),
        "starters": (
            " ".join(
                filter(
                    None,
                    (
                        _these("Started in the month", begun) or "Nobody started in the month.",
                        _these("Noted as not on NWRS", absent),
                    ),
                )
            ),
            bool(absent),
        ),
        "hours_agree": (f"{unseen}.", False),
        "contracted": (_services(compared) if compared.source else f"{unseen}.", False),
        "director": _director(compared) if compared.source else (f"{unseen}.", False),
        "submitted": (f"{unseen}.", False),
    }


def _these(words: str, refs: Sequence[str]) -> str:
    return f"{words}: {posts(refs)}." if refs else ""


def _some(lines: tuple[workforce.LineFacts, ...], one: str, many: str) -> str:
    if not lines:
        return ""
    refs = sorted({line.post for line in lines})
    return f"{len(lines):,} {one if len(lines) == 1 else many}: {posts(refs)}."


def _joined(*found: str, otherwise: str) -> Known:
    words = " ".join(filter(None, found))
    return (words, True) if words else (otherwise, False)


def _services(compared: workforce.Facts) -> str:
    if not compared.services:
        return "No contracted service is listed."
    what = "contracted service" if compared.services == 1 else "contracted services"
    return f"{compared.services:,} {what}, {compared.services_hours} hours a week."


def _director(compared: workforce.Facts) -> Known:
    if not compared.directors:
        return "No clinical director is listed.", True
    what = "clinical director is" if compared.directors == 1 else "clinical directors are"
    return f"{compared.directors:,} {what} listed.", False


def _rows(count: int) -> str:
    return "1 row is" if count == 1 else f"{count:,} rows are"
