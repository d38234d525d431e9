"""Looks at integrators, and takes over the functions that others were found to have."""

from __future__ import annotations

from collections.abc import Sequence

from nhsdesk import resources
from nhsdesk.domain.elsewhere import SuggestedFunction
from nhsdesk.domain.integrators import Integrator, IntegratorFunction
from nhsdesk.domain.kinds import Id
from nhsdesk.sections import integrators
from nhsdesk.sections.integrator_facts import Facts
from nhsdesk.store.database import Database


def view(database: Database) -> Facts:
    """All integrators as our own board sees them today."""
    with database.read() as reader:
        return integrators.as_at(reader, database.today())


def suggested(database: Database, integrator: Id) -> tuple[SuggestedFunction, ...]:
    """The functions others were found to have that this integrator has not by that name. The list is partial."""
    with database.read() as reader:
        held = {_plain(one.name) for one in reader.all(IntegratorFunction, integrator=integrator)}
    return tuple(one for one in resources.integrator_functions() if _plain(one.name) not in held)


def add_functions(
    database: Database, integrator: Id, chosen: Sequence[SuggestedFunction]
) -> tuple[IntegratorFunction, ...]:
    """Adds functions without lead, status or service level: nobody has said those yet."""
    if not chosen:
        return ()
    with database.read() as reader:
        ref = reader.get(Integrator, integrator).ref
    with database.change(f"Add functions to {ref}") as change:
        return tuple(change.add(IntegratorFunction(integrator=integrator, name=one.name)) for one in chosen)


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def listed(database: Database) -> tuple[Integrator, ...]:
    """Every integrator, in the order they were added."""
    with database.read() as reader:
        return reader.all(Integrator)
