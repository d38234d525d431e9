"""What was removed comes back whole, long after Undo has gone on to other things."""

from __future__ import annotations

from datetime import date

import pytest

from nhsdesk.commands import entries, recycle_bin
from nhsdesk.domain.actions import Action, ActionUpdate
from nhsdesk.domain.organisations import Person
from nhsdesk.errors import FileRefused
from nhsdesk.store.database import Database

DAY = date(2026, 11, 20)


def test_an_entry_comes_back_with_what_belonged_to_it(database: Database) -> None:
    with database.change("Fill") as change:
        owner = change.add(Person(role_title="PCN manager"))
        action = change.add(Action(what="Ask for the rota", owner=owner.id))
        change.add(ActionUpdate(action=action.id, said_on=DAY, said="Asked"))
        change.add(ActionUpdate(action=change.add(Action(what="Another")).id, said_on=DAY, said="Not yet"))
    with database.read() as reader:
        before = reader.all(Action), reader.all(ActionUpdate)
    entries.remove(database, action)
    with database.change("Something else") as change:
        change.add(Person(role_title="Clinical director"))
    (gone,) = recycle_bin.removed(database, Action.KIND)
    assert (gone.ref, gone.title, gone.who) == (action.ref, "Ask for the rota", "Ann Archer")
    assert recycle_bin.bring_back(database, Action.KIND, gone.id) == action.ref
    with database.read() as reader:
        after = reader.all(Action), reader.all(ActionUpdate)
    assert [[one.ref for one in listed] for listed in after] == [
        [one.ref for one in listed] for listed in before
    ]
    assert recycle_bin.removed(database, Action.KIND) == ()
    with pytest.raises(FileRefused, match="there already"):
        recycle_bin.bring_back(database, Action.KIND, gone.id)


def test_a_link_to_what_is_gone_is_left_empty(database: Database) -> None:
    with database.change("Fill") as change:
        owner = change.add(Person(role_title="PCN manager"))
        action = change.add(Action(what="Ask for the rota", owner=owner.id))
    entries.remove(database, action)
    entries.remove(database, owner)
    recycle_bin.bring_back(database, Action.KIND, action.id)
    with database.read() as reader:
        assert reader.get(Action, action.id).owner is None
