"""The planned starters notice: who is to start before 31 March, told to the ICB by a day in December.

"ICB wants planned starters by December" (North East London ICB, 2023/24). Confirmed starts stand apart from planned.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.periods import FinancialYear
from nhsdesk.domain.rules import Rules, month_and_day
from nhsdesk.domain.working_days import ONE_DAY, add_working_days, is_working_day


@dataclass(frozen=True, slots=True)
class Starter:
    """A post that somebody is to start in, without their name."""

    post: str
    post_id: int
    label: str
    role: str
    starts: date
    hours: Hours | None
    confirmed: bool
    stage: str
    amount: Money | None
    """What it comes to by 31 March; None where something is missing for a figure."""

    @property
    def certainty(self) -> str:
        """Confirmed or planned, in a word."""
        return "Confirmed" if self.confirmed else "Planned"


def notice_due(year: FinancialYear, rules: Rules) -> date:
    """The day by which the ICB is told, as settled; the last working day before it where it is none itself."""
    found = month_and_day(rules.text("arrs.starters_month_day"))
    month, day = found or (12, 31)
    on = date(year.first_year if month >= 4 else year.first_year + 1, month, day)
    return on if is_working_day(on, rules.holidays) else add_working_days(on + ONE_DAY, -1, rules.holidays)
