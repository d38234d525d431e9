"""Sheets that every workbook of claims has alike: how each line was worked out, and the maxima it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from nhsdesk.documents.model import CellKind, Column, Sheet, Table
from nhsdesk.sections.claim_lines import RateFacts


class Explained(Protocol):
    """A line with its working in words."""

    @property
    def post(self) -> str:
        """The post's reference."""

    @property
    def label(self) -> str:
        """What the portal calls it."""

    @property
    def working(self) -> tuple[str, ...]:
        """Its steps, in the order a person would take them."""


def working(lines: Iterable[Explained], what: str) -> Sheet:
    """Each line's steps, a row a step; `what` tells what a line has: "each line's steps in order"."""
    rows = tuple(
        (line.post, line.label, f"Step {number}", words)
        for line in lines
        for number, words in enumerate(line.working, 1)
    )
    columns = (Column("Post"), Column("Portal label"), Column("Step"), Column("Working"))
    return Sheet(
        "Working",
        "How each line was worked out",
        f"This worksheet holds one table: {what}.",
        Table("Working_by_step", columns, rows),
    )


def maxima(rates: Sequence[RateFacts]) -> Sheet:
    """Every maximum used, with its source and how sure it is."""
    columns = (
        Column("Rate"), Column("Role"), Column("London zone"), Column("Maximum a year", CellKind.MONEY),
        Column("Valid from", CellKind.DAY), Column("Published on", CellKind.DAY), Column("How sure"), Column("Source"),
    )  # fmt: skip
    rows = tuple(
        (
            one.ref,
            one.role,
            one.zone,
            one.annual,
            one.valid_from,
            one.published_on,
            one.confidence,
            one.source,
        )
        for one in rates
    )
    return Sheet(
        "Maxima",
        "Maxima used",
        "This worksheet holds one table. Amounts are in pounds.",
        Table("Maxima_used", columns, rows),
    )
