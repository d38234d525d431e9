"""Risks: looked at as a map, scored anew with the score before kept, and begun from those that others have named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from nhsdesk import errors, resources
from nhsdesk.domain import risks
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.risks import Risk, RiskScore
from nhsdesk.papers import Audience
from nhsdesk.sections import risks as section
from nhsdesk.sections.risks import Facts
from nhsdesk.store.database import Database


def view(database: Database) -> Facts:
    """The open risks as their page shows them: to ourselves, with what is restricted."""
    with database.read() as reader:
        return section.register(reader, database.today(), Audience.OWN_BOARD)


def note_score(
    database: Database,
    risk: Id,
    likelihood: int,
    consequence: int,
    *,
    why: str = "",
    review_on: date | None = None,
) -> Risk:
    """Gives a risk its new score and keeps the one before with its day; a new day of review where one is given."""
    if risks.product(likelihood, consequence) is None:
        raise errors.DeskError(
            "The score was not kept: likelihood and consequence are whole numbers from 1 to 5. Nothing was changed. "
            "Choose both and note the score again."
        )
    with database.read() as reader:
        ref = reader.get(Risk, risk).ref
    today = database.today()
    with database.change(f"Note a new score of {ref}") as change:
        held = change.reader.get(Risk, risk)
        if held.likelihood is not None and held.consequence is not None:
            change.add(
                RiskScore(
                    risk=held.id,
                    scored_on=held.scored_on or held.opened or today,
                    likelihood=held.likelihood,
                    consequence=held.consequence,
                    remark=held.scored_because,
                )
            )
        return change.put(
            replace(
                held,
                likelihood=likelihood,
                consequence=consequence,
                scored_on=today,
                scored_because=why.strip() or None,
                review_on=review_on or held.review_on,
            )
        )


def starters(database: Database) -> tuple[Risk, ...]:
    """The risks offered to a register with none; nothing where it has one, open or closed."""
    with database.read() as reader:
        return () if reader.count(Risk) else resources.starter_risks()


def add_starters(database: Database) -> tuple[Risk, ...]:
    """Takes the offered risks into the register, open from today and not yet scored."""
    offered = starters(database)
    if not offered:
        return ()
    today = database.today()
    with database.change("Begin the risk register") as change:
        return tuple(change.add(replace(one, opened=today)) for one in offered)
