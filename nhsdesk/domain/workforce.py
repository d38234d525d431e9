"""The workforce return (NWRS) beside our posts: which role counts as which, and the check of each month.

The return is monthly, extracted at midnight on the last day; the published file tells whole PCNs, an export from NWRS
tells our own rows. `nwrs_matching` lays our posts beside the rows, `pcns_of_our_size` our staff beside other PCNs'.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nhsdesk.domain.arrs import Role
from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import Record, choice, day, flag, long_text, month, record, text
from nhsdesk.domain.kinds import NEW, Id
from nhsdesk.domain.money import Hours
from nhsdesk.domain.periods import Month


@record(
    title="Crosswalk line",
    plural="Crosswalk",
    prefix="CW",
    columns=("nwrs_role", "role", "source"),
)
class Crosswalk(Record):
    """Which ARRS role a role of the NWRS counts as; none where it is not paid by the ARRS."""

    nwrs_role: str = text("Role on NWRS", help="The detailed staff role, word for word.")
    role: Role | None = choice("Counts as", Role, default=None)
    source: str | None = text("Source", default=None)


@record(
    title="NWRS check",
    plural="NWRS checks",
    prefix="NC",
    columns=("month", "checked_on", "submitted", "leavers", "starters", "hours_agree", "contracted"),
)
class NwrsCheck(Record):
    """The month's check of the workforce return before it is extracted."""

    month: Month = month("Month")
    checked_on: date | None = day("Checked on", default=None, lean=Lean.LAST)
    leavers: bool | None = flag("Leavers are marked as left", default=None)
    starters: bool | None = flag("Starters are entered", default=None)
    hours_agree: bool | None = flag("Hours agree with the contracts", default=None)
    contracted: bool | None = flag("Contracted services are entered", default=None)
    director: bool | None = flag("At least one clinical director is entered", default=None)
    submitted: bool | None = flag("Every record reads “Submitted”", default=None)
    remarks: str | None = long_text("Remarks", default=None)

    def title_words(self) -> str:
        """The month checked."""
        return f"NWRS check for {self.month.words}"


CHECK_LINES = ("leavers", "starters", "hours_agree", "contracted", "director", "submitted")
"""The lines of a month's check, in the order they are gone through."""


def check_label(name: str) -> str:
    """What a line of the check asks."""
    return NwrsCheck.KIND.field(name).label


# ---- which role counts as which

_DASHES = re.compile(r"\s*[-‐‑‒–—−]\s*")
_SAME_WORDS = (("dieticians", "dietitians"), ("dietician", "dietitian"))
_ANYTHING = "*"


def folded(words: str) -> str:
    """A role's words as they are compared: dashes of every length, capitals and both spellings of dietitian alike."""
    plain = " ".join(unicodedata.normalize("NFKC", words).casefold().split())
    plain = _DASHES.sub(" - ", plain).strip()
    for written, meant in _SAME_WORDS:
        plain = plain.replace(written, meant)
    return plain


@dataclass(frozen=True, slots=True)
class CountsAs:
    """Which of our roles a role of the NWRS counts as, who says so, and the entry that settled it here."""

    nwrs_role: str
    role: Role | None
    source: str
    entry: Id = NEW

    @property
    def role_words(self) -> str:
        """The role, or that the ARRS does not pay for it."""
        return "Not an ARRS role" if self.role is None else self.role.words


class RolesCounted:
    """The crosswalk in force: what was settled here before what the program ships. An unknown role is not guessed."""

    def __init__(self, shipped: Iterable[CountsAs], settled: Iterable[Crosswalk] = ()) -> None:
        self._exact: dict[str, CountsAs] = {}
        self._open: list[tuple[str, str, CountsAs]] = []
        for line in shipped:
            begins, star, ends = folded(line.nwrs_role).partition(_ANYTHING)
            if star:
                self._open.append((begins.strip(), ends.strip(), line))
            else:
                self._exact[begins] = line
        for one in sorted(settled, key=lambda one: one.id):
            here = CountsAs(one.nwrs_role, one.role, one.source or "Settled here", one.id)
            self._exact[folded(one.nwrs_role)] = here

    @property
    def lines(self) -> tuple[CountsAs, ...]:
        """Every line, by the role's words."""
        every = (*self._exact.values(), *(line for _, _, line in self._open))
        return tuple(sorted(every, key=lambda line: folded(line.nwrs_role)))

    def of(self, nwrs_role: str) -> CountsAs | None:
        """What a role counts as; None for one that nobody has settled."""
        words = folded(nwrs_role)
        if words in self._exact:
            return self._exact[words]
        return next(
            (
                line
                for begins, ends, line in self._open
                if words.startswith(begins) and words.endswith(ends) and len(words) > len(begins) + len(ends)
            ),
            None,
        )


# ---- rows of the return

SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True)
class NwrsRow:
    """One row of our own export. Nothing of the person but the identifier is ever kept."""

    identifier: str
    staff_group: str
    staff_role: str
    detailed_role: str
    contracted: Hours | None
    average: Hours | None
    starts: date | None = None
    left: date | None = None
    still_here: bool | None = None
    status: str = ""
    service: bool = False
    """A contracted service: hours and no person."""

    @property
    def role_words(self) -> str:
        """The detailed role, or the role where none is given."""
        return self.detailed_role or self.staff_role

    @property
    def hours(self) -> Hours | None:
        """Contracted hours first; average hours where contracted ones are not relevant (NWRS guidance)."""
        return self.contracted if self.contracted else self.average or self.contracted

    @property
    def wte(self) -> Decimal:
        """Hours over 37.5."""
        return (self.hours or Hours()).wte

    @property
    def counts(self) -> bool:
        """Whether the extract sees it: only records that read "Submitted" do."""
        return self.status.strip().casefold() in ("", SUBMITTED)

    def listed(self, on: date) -> bool:
        """Whether somebody is said to be still working here on a day."""
        return self.still_here is not False and (self.left is None or self.left >= on)

    @property
    def order(self) -> tuple[object, ...]:
        """Sorts rows by what they hold, so that the order of the file does not matter."""
        hours, starts, left = self.hours, self.starts or date.max, self.left or date.max
        seconds = -1 if hours is None else hours.seconds
        return (
            folded(self.role_words), seconds, self.identifier, starts, left, str(self.still_here), self.status,
            self.service, self.staff_group, self.staff_role, str(self.contracted), str(self.average),
        )  # fmt: skip


def is_director(role_words: str) -> bool:
    """Whether a role of the NWRS is that of a clinical director."""
    return "clinical director" in folded(role_words) and "non - clinical" not in folded(role_words)
