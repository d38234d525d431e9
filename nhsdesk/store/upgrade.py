"""Brings an older PCN file up to date: a backup first, then all of it in one transaction, proved before it counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from pathlib import Path

import sqlcipher3.dbapi2 as driver
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.pool import StaticPool

import nhsdesk
from nhsdesk import errors, paths
from nhsdesk.store import backups, connections, journal, schema
from nhsdesk.store.database import Clock
from nhsdesk.store.head import read_head
from nhsdesk.store.journal import Step, StepChange
from nhsdesk.store.reading import in_parts


def upgrade(path: Path, from_schema: int, who: str, clock: Clock) -> None:
    """Upgrades the file where it lies. Whatever goes wrong, the file is as it was and the backup is beside it."""
    now = clock().astimezone(UTC)
    name = f"{path.stem} before upgrade {now:%Y-%m-%d %H%M%S}{backups.SUFFIX}"
    backup = backups.copy_proved(path, backups.free(path.with_name(name)))
    raw = connections.connect(path, foreign_keys=False)
    engine = create_engine("sqlite://", creator=lambda: raw, module=driver, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    try:
        with engine.connect() as connection, connection.begin():
            before = _counts(connection)
            _migrate(connection)
            connection.execute(text(f"PRAGMA user_version={schema.SCHEMA_NUMBER}"))
            _note(connection, from_schema, who, now.isoformat(timespec="microseconds"))
            _prove(connection, before, path, backup)
    except CommandError as error:
        raise errors.Damaged(_not_done(path, backup, "its form is not one this program knows")) from error
    finally:
        engine.dispose()
        raw.close()


def leads_to() -> int:
    """The form to which the steps that came with the program bring a file; 0 where there are none."""
    return int(ScriptDirectory.from_config(_config()).get_current_head() or 0)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(paths.migrations()).replace("%", "%%"))
    return config


def _migrate(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, f"{schema.SCHEMA_NUMBER:04}")


def _counts(connection: Connection) -> dict[str, int]:
    names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars()
    held = [name for name in names if not name.startswith(("found_", "sqlite_", "alembic_"))]
    return {name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one() for name in held}


def _prove(connection: Connection, before: dict[str, int], path: Path, backup: Path) -> None:
    loose = connection.execute(text("PRAGMA foreign_key_check")).all()
    after = _counts(connection)
    lost = [name for name, count in before.items() if after.get(name, 0) < count]
    if loose or lost:
        raise errors.Damaged(_not_done(path, backup, f"{', '.join(lost) or 'links'} would be lost"))


def _not_done(path: Path, backup: Path, why: str) -> str:
    return (
        f"{path.name} could not be brought up to date: {why}. It was left as it was, and {backup.name} beside it holds "
        "a copy. Send us word; go on with the earlier version of the program meanwhile."
    )


# ---- values a migration changes are a step like any other


def _note(connection: Connection, from_schema: int, who: str, moment: str) -> None:
    head = read_head(connection)
    made = [
        change
        for number in range(from_schema, schema.SCHEMA_NUMBER)
        for change in FILLED.get(number, _none)(connection)
    ]
    label = f"Brought up to date from form {from_schema} to {schema.SCHEMA_NUMBER}"
    others = {copy: number for copy, number in head.seen.items() if copy != head.copy}
    step = Step(
        head.copy, head.number + 1, moment, who, schema.SCHEMA_NUMBER, nhsdesk.__version__, "upgrade", label,
        None, True, others, position=head.position + 1, changes=tuple(map(journal.salted, made)),
    )  # fmt: skip
    journal.write(connection, [journal.chained(step, head.hash)])


Filled = Callable[[Connection], tuple[StepChange, ...]]


def _none(_: Connection) -> tuple[StepChange, ...]:
    return ()


FILLED: dict[int, Filled] = {
    1: lambda connection: filled(connection, "rate", "reimbursed", 100_00),
}
"""Schema number to what the upgrade from it fills in, told as changes so that history and exchange know of it."""


def filled(connection: Connection, kind_name: str, name: str, value: int | str) -> tuple[StepChange, ...]:
    """Gives a field its value wherever it is empty."""
    table = schema.RECORD_TABLES[kind_name]
    empty = [row.id for row in connection.execute(table.select().where(table.c[name].is_(None)))]
    for part in in_parts(empty):
        connection.execute(
            table.update().where(table.c.id.in_(part)).values({name: value, "version": table.c.version + 1})
        )
    return tuple(StepChange(kind_name, id_, journal.PUT, (name,), (None,), (value,)) for id_ in empty)
