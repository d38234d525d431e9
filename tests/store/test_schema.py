"""The tables are made of the declared fields, and the migrations make the same ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import MetaData, Table, UniqueConstraint

from nhsdesk.domain import kinds
from nhsdesk.domain.fields import Record
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.records import KINDS, RECORDS
from nhsdesk.store import connections, schema
from nhsdesk.store.database import Database
from nhsdesk.store.reading import record_of, stored_of
from tests.examples import examples
from tests.factories import HIGH, HOSTILE, added, filled, records
from tests.store.conftest import SetClock, made


def test_every_kind_has_a_table_of_its_declared_fields() -> None:
    assert set(schema.RECORD_TABLES) == set(KINDS)
    for name, kind in KINDS.items():
        columns = [column.name for column in schema.RECORD_TABLES[name].columns]
        assert columns == ["id", "version", "ref", *(field.name for field in kind.fields)]


def test_only_given_fields_may_not_be_empty() -> None:
    for name, kind in KINDS.items():
        for field in kind.fields:
            assert schema.RECORD_TABLES[name].c[field.name].nullable is not field.given


def test_links_are_held_by_deferred_foreign_keys_and_every_link_is_indexed() -> None:
    for name, kind in KINDS.items():
        for field in kind.fields:
            if isinstance(field.kind, kinds.LinkTo):
                column = schema.RECORD_TABLES[name].c[field.name]
                assert column.index
                held = [(key.column.table.name, key.deferrable, key.initially) for key in column.foreign_keys]
                wanted = [(field.kind.target, True, "DEFERRED")] if field.kind.target else []
                assert held == wanted


def test_every_table_of_a_file_is_strict_and_of_whole_numbers_texts_and_bytes(db: Database) -> None:
    connection = driver.connect(str(db.path))
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    assert {name for name, _ in found} == set(schema.metadata().tables) | {"alembic_version"}
    for name, sql in found:
        if name != "alembic_version":
            assert sql.rstrip().endswith("STRICT"), name
            types = {row[2] for row in connection.execute(f'PRAGMA table_info("{name}")')}
            assert types <= {"INTEGER", "TEXT", "BLOB"}, name
    connection.close()


def test_references_and_step_numbers_are_unique() -> None:
    for table in schema.RECORD_TABLES.values():
        assert _unique(table, "ref"), table.name
    assert _unique(schema.given_names, "ref")
    assert _unique(schema.steps, "copy", "number")


def _unique(table: Table, *names: str) -> bool:
    held = [
        tuple(c.name for c in one.columns) for one in table.constraints if isinstance(one, UniqueConstraint)
    ]
    return names in held


# ---- what goes in comes out


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Any:
    clock = SetClock()
    with made(tmp_path_factory.mktemp("shared") / "Shared.nhsdesk", clock) as db:
        yield db


@pytest.mark.parametrize("cls", RECORDS)
@settings(max_examples=examples(10, 100), deadline=None)
@given(data=st.data())
def test_any_record_of_a_kind_comes_back_from_its_stored_form_exactly(
    cls: type[Record], data: st.DataObject
) -> None:
    record = data.draw(records(cls))
    stored = stored_of(record)
    assert all(value is None or type(value) in (int, str) for value in stored.values())
    back = record_of(cls.KIND, {"id": record.id, "version": record.version, **stored})
    assert back == record
    assert stored_of(back) == stored


@pytest.mark.parametrize("cls", RECORDS)
@settings(max_examples=examples(3, 20), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_record_of_a_kind_comes_back_from_the_file_exactly(
    shared: Database, cls: type[Record], data: st.DataObject
) -> None:
    with shared.change("Add") as change:
        there: dict[str, Id] = {}

        def named(target: str) -> Id:
            if target not in there:
                there[target] = added(change, KINDS[target or "person"].cls).id
            return there[target]

        kept = change.add(data.draw(records(cls, named)))
    with shared.read() as reader:
        assert reader.get(cls, kept.id) == kept
        assert reader.by_ref(kept.ref) == kept
        assert kept.id > 2**62


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_come_back_from_the_file_as_typed(shared: Database, words: str) -> None:
    with shared.change("Add") as change:
        kept = [added(change, cls, words) for cls in RECORDS]
    with shared.read() as reader:
        for one in kept:
            assert reader.get(type(one), one.id) == one


def test_ids_of_63_bits_are_exact_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "plain.db"
    path.touch()
    engine = connections.engine_for(path)
    made_here = MetaData()
    table = schema.record_table(KINDS["person"], made_here)
    schema.record_table(KINDS["organisation"], made_here)
    made_here.create_all(engine)
    record = filled(KINDS["person"].cls)
    stored = stored_of(record)
    with engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        schema.insert(connection, table, [(kinds.LARGEST, 1, *stored.values())])
        row = schema.row_with(connection, table, kinds.LARGEST)
        assert row is not None
        assert row[0] == kinds.LARGEST
        assert row[list(table.c.keys()).index("organisation")] == HIGH
        schema.update(connection, table, ("version", "name"), [(2, "Ann", kinds.LARGEST)])
        row = schema.row_with(connection, table, kinds.LARGEST)
        assert row is not None
        assert (row[1], row[list(table.c.keys()).index("name")]) == (2, "Ann")
        assert schema.row_with(connection, table, 1) is None
        connection.exec_driver_sql("DELETE FROM person")
    engine.dispose()


def test_rows_whose_columns_are_not_in_the_tables_order_are_never_written(db: Database) -> None:
    table = schema.RECORD_TABLES["person"]
    with db.read() as reader, pytest.raises(ValueError, match="not in its order"):
        schema.insert_some(reader.connection, table, ("id", "name", "ref"), [(1, "Ann", "R-001")])
    with db.read() as reader, pytest.raises(ValueError, match="not in its order"):
        schema.update(reader.connection, table, ("name", "role_title"), [("Ann", "Lead", 1)])
