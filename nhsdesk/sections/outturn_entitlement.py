"""The year's ARRS entitlement as the forecast takes it: the amount with its working, or why there is none."""

from __future__ import annotations

from datetime import date

from nhsdesk.domain.outturn import Entitlement
from nhsdesk.domain.periods import FinancialYear
from nhsdesk.domain.problems import Problem
from nhsdesk.sections import entitlement
from nhsdesk.store.reading import Reader


def of_year(reader: Reader, year: FinancialYear, known_on: date) -> Entitlement:
    """The sum of a year as it was known on a day."""
    facts = entitlement.gather(reader, year, known_on)
    if facts.arrs is None:
        why = entitlement.arrs(reader, year, known_on)
        return Entitlement(None, why.sentence if isinstance(why, Problem) else "")
    sure = all(one.confirmed for one in facts.of_arrs)
    return Entitlement(facts.arrs, "; ".join(facts.arrs_working), confirmed=sure)
