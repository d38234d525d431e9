"""Every kind of record stands in one tuple, and no two share a name, a prefix or a heading."""

from __future__ import annotations

import importlib
import pkgutil

import nhsdesk.domain
from nhsdesk.domain import kinds
from nhsdesk.domain.fields import Record
from nhsdesk.domain.records import KINDS, RECORDS, kind_of_prefix


def test_every_kind_of_record_declared_anywhere_is_in_the_tuple() -> None:
    for module in pkgutil.iter_modules(nhsdesk.domain.__path__):
        importlib.import_module(f"nhsdesk.domain.{module.name}")
    declared = {
        cls
        for cls in Record.__subclasses__()
        if cls.__module__.startswith("nhsdesk.domain.") and getattr(cls, "KIND", None) and cls.KIND.cls is cls
    }
    assert declared == set(RECORDS)


def test_names_titles_and_prefixes_are_each_used_once() -> None:
    for names in (
        [cls.KIND.name for cls in RECORDS],
        [cls.KIND.title for cls in RECORDS],
        [cls.KIND.plural for cls in RECORDS],
        [cls.KIND.prefix for cls in RECORDS],
    ):
        assert len(names) == len(set(names))
    assert [kind.cls for kind in KINDS.values()] == list(RECORDS)


def test_a_prefix_tells_its_kind() -> None:
    for cls in RECORDS:
        assert kind_of_prefix(cls.KIND.prefix) is cls.KIND
        assert cls.KIND.prefix.isalpha()
        assert cls.KIND.prefix.isupper()
    assert kind_of_prefix("ZZ") is None


def test_every_link_names_a_kind_there_is() -> None:
    for kind in KINDS.values():
        for field in kind.fields:
            if isinstance(field.kind, kinds.LinkTo | kinds.LinksTo):
                assert field.kind.target in ("", *KINDS)


def test_whoever_belongs_to_another_comes_after_it_in_the_tuple() -> None:
    order = list(KINDS)
    for kind in KINDS.values():
        owner = kind.owner
        if owner is not None and isinstance(owner.kind, kinds.LinkTo) and owner.kind.target:
            assert order.index(owner.kind.target) < order.index(kind.name)


def test_no_field_is_of_a_floating_kind() -> None:
    for kind in KINDS.values():
        assert {field.kind.column for field in kind.fields} <= {"INTEGER", "TEXT"}
