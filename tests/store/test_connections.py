"""A question is worded once for all files, and each file gives its own answer."""

from __future__ import annotations

from pathlib import Path

from nhsdesk.domain.commitments import Commitment
from nhsdesk.store import connections
from nhsdesk.store.database import Database
from tests.store.conftest import SetClock, made


def _titles(database: Database) -> list[str]:
    with database.read() as reader:
        return [one.title for one in reader.all(Commitment)]


def test_what_was_asked_of_one_file_is_not_worded_again_for_another(tmp_path: Path, clock: SetClock) -> None:
    answers, worded = [], []
    connections.WORDED.clear()
    for name in ("North", "South"):
        with made(tmp_path / f"{name}.nhsdesk", clock) as database:
            with database.change("Add") as change:
                change.add(Commitment(title=f"Share the rota of {name}"))
            answers.append(_titles(database))
        # Files of other tests may still be coming to rest, and what they ask is worded too.
        worded.append({key for key in connections.WORDED if "commitment" in str(key)})
    assert answers == [["Share the rota of North"], ["Share the rota of South"]]
    assert worded[0] == worded[1] != set()
