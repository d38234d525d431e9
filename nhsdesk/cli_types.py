"""How days and months are read from the command line. They load the words they need when one is typed."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import click

_YEARS = range(2000, 2100)
_OUTSIDE = "Papers are made for the years 2000 to 2099."


class MonthType(click.ParamType[Any]):
    """A month."""

    name = "month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The month of 2026-10 or "October 2026"."""
        from nhsdesk.domain import entry
        from nhsdesk.domain.problems import Problem

        read = entry.read_month(str(value))
        if isinstance(read, Problem):
            self.fail(read.sentence, param, ctx)
        if read.year not in _YEARS:
            self.fail(_OUTSIDE, param, ctx)
        return read


class DayType(click.ParamType[Any]):
    """A day."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The day of 2026-11-20 or "20 November 2026"."""
        if isinstance(value, date):
            return value
        from nhsdesk.domain import entry
        from nhsdesk.domain.problems import Problem

        today = ctx.obj.clock().astimezone(ZoneInfo("Europe/London")).date() if ctx is not None else date.min
        read = entry.read_day(str(value), today)
        if isinstance(read, Problem):
            self.fail(read.sentence, param, ctx)
        if read.year not in _YEARS:
            self.fail(_OUTSIDE, param, ctx)
        return read
