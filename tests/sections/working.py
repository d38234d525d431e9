"""One post's month worked out from records in a real file, by local rules given as words."""

from __future__ import annotations

from datetime import date
from typing import Any

from nhsdesk.domain.arrs import Pay, Post, Role
from nhsdesk.domain.claims import ClaimLine, NoFigure
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import Month
from nhsdesk.domain.rules import Rules
from nhsdesk.sections import posts_held
from nhsdesk.store.database import Database
from tests.conftest import AS_OF
from tests.sections.making import APRIL, practice

OCTOBER = Month(2026, 10)


def worked(
    database: Database, held: Post, month: Month = OCTOBER, known_on: date = AS_OF, **rules: str
) -> tuple[posts_held.Worked, ...]:
    """The lines of a post and what became of them."""
    settled = Rules({f"arrs.{key}": value for key, value in rules.items()})
    with database.read() as reader:
        on_file = posts_held.read(reader)
    (stored,) = (one for one in on_file.posts if one.id == held.id)
    return posts_held.work(stored, month, known_on, on_file, settled)


def lines(
    database: Database, held: Post, month: Month = OCTOBER, known_on: date = AS_OF, **rules: str
) -> list[ClaimLine]:
    """The lines of a post, every one of them a figure."""
    found = [one.result for one in worked(database, held, month, known_on, **rules)]
    assert all(isinstance(one, ClaimLine) for one in found), found
    return [one for one in found if isinstance(one, ClaimLine)]


def line(
    database: Database, held: Post, month: Month = OCTOBER, known_on: date = AS_OF, **rules: str
) -> ClaimLine:
    """The one line of a post, a figure."""
    (one,) = lines(database, held, month, known_on, **rules)
    return one


def told(database: Database, held: Post, month: Month = OCTOBER, known_on: date = AS_OF, **rules: str) -> str:
    """What is said where a post has no figure."""
    (one,) = worked(database, held, month, known_on, **rules)
    assert isinstance(one.result, NoFigure), one.result
    return " ".join(problem.sentence for problem in one.result.problems)


def bare_post(database: Database, role: Role = Role.CLINICAL_PHARMACIST, **fields: Any) -> Post:
    """A post outside London with nobody in it."""
    base = practice(database)
    with database.change("Add a post") as change:
        return change.add(Post(role=role, base=base.id, **fields))


def added(database: Database, *records: Any) -> list[Any]:
    """Records, added to the file."""
    with database.change("Add records") as change:
        return [change.add(record) for record in records]


def cost(held: Post, amount: str, starts: date = APRIL, **fields: Any) -> Pay:
    """A month's cost as one amount with no on-costs."""
    stated = {"employer_ni": Money(), "employer_pension": Money()}
    return Pay(post=held.id, starts=starts, salary=Money.pounds(amount), **{**stated, **fields})


def pounds(amount: str) -> Money:
    """An amount of pounds."""
    return Money.pounds(amount)
