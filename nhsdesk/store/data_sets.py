"""Adopts a published file as a whole: one journalled record over rows written once and never changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from json.encoder import encode_basestring
from typing import Any

from sqlalchemy import select

from nhsdesk.domain.data_sets import DataSet
from nhsdesk.store import schema
from nhsdesk.store.door import Change
from nhsdesk.store.journal import compact

Row = tuple[str, str | None, tuple[Any, ...]]
"""The code a row is found by, its group's code, and its values in the order of the names."""

MANY = 2_000


def adopt(change: Change, data_set: DataSet, names: tuple[str, ...], rows: Iterable[Row]) -> DataSet:
    """Keeps the rows under the file's SHA-256 and the record that names them. Rows once kept are not written again."""
    held = schema.data_rows
    connection = change.reader.connection
    known = connection.execute(
        select(held.c.place).where(held.c.data_set == data_set.sha256).limit(1)
    ).first()
    if known is None:
        for part in _parts(_stored(data_set.sha256, names, rows)):
            schema.insert(connection, held, part)
    return change.add(data_set)


def _stored(sha256: str, names: tuple[str, ...], rows: Iterable[Row]) -> Iterator[tuple[object, ...]]:
    named = [f"{compact(name)}:" for name in names]
    for place, (code, group_code, values) in enumerate(rows):
        row = [
            name + (encode_basestring(value) if type(value) is str else compact(value))
            for name, value in zip(named, values, strict=True)
        ]
        yield sha256, place, code, group_code, f"{{{','.join(row)}}}"


def _parts(rows: Iterator[tuple[object, ...]]) -> Iterator[list[tuple[object, ...]]]:
    while part := list(islice(rows, MANY)):
        yield part
