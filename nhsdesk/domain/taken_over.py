"""What came in a pack of another PCN: where from, and whether we have confirmed it."""

from __future__ import annotations

from datetime import date

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import Record, about, choice, day, link, record, text
from nhsdesk.domain.kinds import Choice, Id


class AdoptedKind(Choice):
    """What became of a line that came from another PCN."""

    NOT_CONFIRMED = "from another PCN, not confirmed by us"
    CONFIRMED = "confirmed by us"
    PUT_ASIDE = "put aside"


@record(
    title="Taken over from another PCN",
    plural="Taken over from other PCNs",
    prefix="TO",
    columns=("on", "came_from", "taken_on", "standing", "confirmed_on"),
)
class TakenOver(Record):
    """Says of an entry that it came in a pack of another PCN, and whether we have confirmed it since."""

    on: Id = about("Entry")
    came_from: str = text("From")
    taken_on: date | None = day("Taken over on", default=None, lean=Lean.LAST)
    pack: str | None = text("Pack", default=None, help="Its name and date.")
    key: str | None = text("Key in the pack", default=None, help="By it the same line is known again.")
    standing: AdoptedKind = choice("Standing", AdoptedKind, default=AdoptedKind.NOT_CONFIRMED)
    confirmed_on: date | None = day("Confirmed on", default=None, lean=Lean.LAST)
    confirmed_by: Id | None = link("Confirmed by", "Person", default=None)
