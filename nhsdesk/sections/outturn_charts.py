"""The year's position as two charts, described once for the window and for paper."""

from __future__ import annotations

from collections.abc import Sequence

from nhsdesk.documents.model import BarLook, Chart, Level, Series
from nhsdesk.domain import outturn
from nhsdesk.domain.money import Money, total
from nhsdesk.domain.outturn import Outturn, Row
from nhsdesk.domain.periods import MONTH_NAMES, FinancialYear, Month

CLAIMED, UPLIFT, FORECAST = "Claimed", "Uplift", "Filled, not yet claimed"
_ALL = {CLAIMED: BarLook.FULL, UPLIFT: BarLook.STRIPED, FORECAST: BarLook.OUTLINED}


def by_month(worked: Outturn) -> Chart:
    """Claimed and forecast month by month, against a straight line through the year."""
    return of_months(worked.year, outturn.by_month(worked), worked.twelfth)


def of_months(year: FinancialYear, rows: Sequence[tuple[Month, Row]], twelfth: Money | None) -> Chart:
    """The same from the months' rows."""
    return Chart(
        name="ARRS_by_month",
        title=f"ARRS by month, {year}, in pounds",
        unit="Month",
        names=tuple(month.words for month, _ in rows),
        short=tuple(MONTH_NAMES[month.number][:3] for month, _ in rows),
        series=_series([row for _, row in rows]),
        says=" ".join((_says_claimed(rows), _says_twelfth(rows, twelfth))),
        level=None if twelfth is None else Level(f"A twelfth\n{twelfth}", twelfth),
    )


def by_role(worked: Outturn) -> Chart:
    """What each role comes to in the year, the dearest first."""
    rows = sorted(outturn.by_role(worked), key=lambda row: (-row.outturn.pence, row.name))
    if rows:
        first = f"{rows[0].name} comes to most, {rows[0].outturn}"
        says = (
            f"{first}, of {worked.forecast} in all for {len(rows)} {'role' if len(rows) == 1 else 'roles'}."
        )
    else:
        says = f"No role has an amount in {worked.year}."
    return Chart(
        name="ARRS_by_role",
        title=f"ARRS by role, {worked.year}, in pounds",
        unit="Role",
        names=tuple(row.name for row in rows),
        short=tuple(row.name for row in rows),
        series=_series(rows),
        says=says,
        sideways=True,
    )


def of_roles(
    year: FinancialYear,
    what: str,
    amounts: Sequence[tuple[str, Money]],
    others: tuple[str, Money] | None,
) -> Chart:
    """One amount for each role that is shown, as given; roles that are not shown apart come last, together."""
    rows = [*amounts, *([] if others is None else [others])]
    names = tuple(name for name, _ in rows)
    told = [f"{amounts[0][0]} comes to most of the roles shown, {amounts[0][1]}."] if amounts else []
    if others is not None:
        told.append(f"{others[0]} come to {others[1]}. In all {total(amount for _, amount in rows)}.")
    elif len(rows) > 1:
        told.append(f"The roles shown come to {total(amount for _, amount in rows)}.")
    return Chart(
        name="ARRS_by_role",
        title=f"ARRS {what[:1].lower()}{what[1:]} by role, {year}, in pounds",
        unit="Role",
        names=names,
        short=names,
        series=(Series(what, BarLook.FULL, tuple(amount for _, amount in rows)),),
        says=" ".join(told),
        sideways=True,
    )


def _series(rows: Sequence[Row]) -> tuple[Series, ...]:
    """The parts of each bar; an uplift only where there is one."""
    values = {
        CLAIMED: tuple(row.claimed for row in rows),
        UPLIFT: tuple(row.uplift for row in rows),
        FORECAST: tuple(row.committed for row in rows),
    }
    return tuple(
        Series(name, look, values[name]) for name, look in _ALL.items() if name != UPLIFT or any(values[name])
    )


def _says_claimed(rows: Sequence[tuple[Month, Row]]) -> str:
    months = [month for month, row in rows if row.claimed]
    committed = total(row.committed for _, row in rows)
    if not months:
        return f"Nothing is claimed yet. {committed} is forecast to 31 March."
    until = months[0].words if len(months) == 1 else f"{months[0].words} to {months[-1].words}"
    claimed = total(row.claimed + row.uplift for _, row in rows)
    return f"{claimed} is claimed for {until}; {committed} is forecast for what is not claimed yet."


def _says_twelfth(rows: Sequence[tuple[Month, Row]], twelfth: Money | None) -> str:
    if twelfth is None:
        return "The entitlement is not known, so there is no line to compare with."
    under = sum(row.outturn < twelfth for _, row in rows)
    which = {0: "No month is", 1: "1 month is", 12: "Every month is"}.get(under, f"{under} months are")
    return f"{which} under a twelfth of the entitlement, {twelfth}."
