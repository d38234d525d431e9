"""What the commands share: how days and months are read, which options every paper has, how words are shown.

Days and months load the words they need when one is typed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

A_FILE = click.Path(path_type=Path)

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


class YearType(click.ParamType[Any]):
    """A financial year."""

    name = "year"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The year of 2026-27 or 2026/27."""
        from nhsdesk.domain import entry
        from nhsdesk.domain.problems import Problem

        read = entry.read_financial_year(str(value))
        if isinstance(read, Problem):
            self.fail(read.sentence, param, ctx)
        if read.first_year not in _YEARS:
            self.fail("Years are closed from 2000/01 to 2099/00.", param, ctx)
        return read


def paper_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of every command that makes a paper."""
    for option in (
        click.option("--draft", is_flag=True, help="Mark it as a draft, and keep nothing as sent."),
        click.option("--acknowledge", is_flag=True, help="Go on although some problems are not put right."),
        click.option(
            "--as-at", type=DayType(), help="An earlier day, to make it from what the file held then."
        ),
        click.option(
            "--about",
            help="For agenda and minutes, the meeting, such as M-004; for minutes-book, the body, such as BD-001.",
        ),
        click.option("--out", type=A_FILE, required=True, help="The file to write."),
        click.option(
            "--period", type=MonthType(), help="The month, such as 2026-10; last month when not given."
        ),
        click.argument("record", type=A_FILE),
        click.argument("key"),
    ):
        command = option(command)
    return command


passphrase_option = click.option(
    "--passphrase-from",
    type=A_FILE,
    help="A file whose first line is the passphrase; asked for when not given.",
)
"""A passphrase is never an argument: arguments stay in the history of a terminal."""


def passphrase(from_file: Path | None, *, twice: bool = False) -> str:
    """The passphrase, from a file or asked for without showing it."""
    if from_file is None:
        return str(click.prompt("Passphrase", hide_input=True, confirmation_prompt=twice))
    try:
        lines = from_file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise click.UsageError(f"{from_file} cannot be read as text. Nothing was done.") from None
    return lines[0] if lines else ""


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def shown(words: str) -> str:
    """Words with what would steer the terminal shown as signs."""
    return words.translate(_SIGNS)


_SIGNS = {code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"}
_SIGNS |= dict.fromkeys([*range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], 0xFFFD)
"""Control characters by their pictures; those that turn the direction of writing, and others, as unknown."""
