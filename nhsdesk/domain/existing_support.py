"""Support that is there already, looked through before a practice asks for more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import Record, day, link, record, several, text
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.requests import Category


@record(
    title="Existing support",
    plural="Existing support",
    prefix="XS",
    columns=("who", "what_for", "categories", "how_to_ask", "checked_on"),
)
class ExistingSupport(Record):
    """Who already helps practices, with what, and how to ask."""

    who: str = text("Who")
    organisation: Id | None = link("Organisation", "Organisation", default=None)
    what_for: str | None = text("What for", default=None)
    categories: tuple[Category, ...] = several("Helps with", Category, default=())
    how_to_ask: str | None = text("How to ask", default=None)
    cost: str | None = text("What it costs", default=None)
    checked_on: date | None = day("Checked on", default=None, lean=Lean.LAST)


def fitting(held: Iterable[ExistingSupport], category: Category | None) -> tuple[ExistingSupport, ...]:
    """What helps with a kind of need, that which is made for it before that which names no kind; by name."""
    found = [one for one in held if category is None or not one.categories or category in one.categories]
    return tuple(sorted(found, key=lambda one: (not one.categories, one.who.casefold(), one.id)))
