"""Views of a register are kept under their names, one of each name."""

from __future__ import annotations

from nhsdesk.commands import saved_views
from nhsdesk.domain.actions import Action
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.register_views import Arrangement
from nhsdesk.domain.saved_views import SavedView
from nhsdesk.store.database import Database


def names(database: Database) -> list[str]:
    with database.read() as reader:
        return [one.name for one in saved_views.of_register(reader, Commitment.KIND)]


def test_a_view_belongs_to_its_register_and_takes_the_place_of_one_of_its_name(database: Database) -> None:
    first = saved_views.save(database, Commitment.KIND, " Board  papers ", Arrangement(grouped_by="status"))
    saved_views.save(database, Action.KIND, "Board papers", Arrangement())
    again = saved_views.save(database, Commitment.KIND, "board papers", Arrangement(words="hub"))
    assert isinstance(first, SavedView)
    assert isinstance(again, SavedView)
    assert names(database) == ["Board papers"]
    assert (again.id, again.words, again.grouped_by) == (first.id, "hub", None)
    saved_views.remove(database, again)
    assert names(database) == []


def test_a_view_without_a_name_is_not_kept(database: Database) -> None:
    assert isinstance(saved_views.save(database, Commitment.KIND, "  ", Arrangement()), Problem)
    assert names(database) == []
