"""Local rules: what one PCN or its ICB has settled where practice differs, each with its default.

The rules in force on a day are values, so that a rule can be applied without a window, a file or a clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

DEFAULTS: Mapping[str, str] = {
    "arrs.part_month": "calendar days of the month",
    "arrs.pennies": "once a line",
    "brag.due_soon_days": "14",
    "brag.quiet_working_days": "5",
    "brag.closing_working_days": "2",
    "papers.arrs_claim_day": "0",
    "privacy.fewest_requests": "5",
    "privacy.fewest_people": "3",
}
"""Rule key to default. Sources: ARRS part months have no national wording (calendar days is the default proposed);
BRAG days follow the action logs boards use; group sizes are this program's own; claims are made monthly in arrears and
each ICB settles its own closing day, of the following month: 0 where none is settled."""


CHOICES: Mapping[str, tuple[str, ...]] = {
    "arrs.part_month": ("calendar days of the month", "weekdays of the month", "365ths of the year"),
    "arrs.pennies": ("once a line", "each amount"),
}
"""What a rule in words may be settled as; every other rule is a whole number."""


def readable(key: str, value: str) -> bool:
    """Whether a rule of that name can be settled so. Groups smaller than 3 would hide nothing."""
    if key not in DEFAULTS:
        return False
    if key in CHOICES:
        return value in CHOICES[key]
    if key == "papers.arrs_claim_day":
        return value.isdecimal() and len(value) <= 2 and int(value) <= 31
    return value.isdecimal() and int(value) >= (3 if key.startswith("privacy.") else 0)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules in force, and the bank holidays working days are counted by."""

    settled: Mapping[str, str] = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()

    def text(self, key: str) -> str:
        """What was settled, or the default. An unknown key is our own mistake: KeyError."""
        return self.settled.get(key, DEFAULTS[key])

    def whole(self, key: str) -> int:
        """A rule that is a whole number."""
        return int(self.text(key))
