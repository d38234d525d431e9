"""The workforce return (NWRS) beside our posts: which role counts as which, and the check of each month.

The return is monthly, extracted at midnight on the last day; the published file tells whole PCNs, an export from NWRS
tells our own rows.
"""

from __future__ import annotations

from datetime import date

from nhsdesk.domain.arrs import Role
from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import Record, choice, day, flag, long_text, month, record, text
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
