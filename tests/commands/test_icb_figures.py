"""The ICB's uplift figures as pasted: matched to posts, never guessed, and what is wrong with them told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nhsdesk import errors
from nhsdesk.commands import files, icb_figures
from nhsdesk.commands.icb_figures import Figures
from nhsdesk.domain.money import Money
from nhsdesk.store.database import Database
from tests.conftest import Clock

P = Money.pounds


@pytest.fixture
def database(sample: Path, clock: Clock) -> Iterator[Database]:
    with files.open_for_work(sample, "Ann Archer", clock) as opened:
        yield opened


def read(database: Database, words: str) -> Figures:
    with database.read() as reader:
        return icb_figures.read(reader, words, database.today())


def by_ref(database: Database, found: Figures) -> dict[str, Money]:
    with database.read() as reader:
        return {reader.any_of(post).ref: amount for post, amount in found.by_post.items()}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "words",
    [
        "P-001\t368.76\nP-002\t£1,333.36",
        "Post\tICB's figure\nP-001\t368.76\nP-002\t£1,333.36",
        "Portal label\tRole\tUplift\nClinical pharmacist 1\tCP\t368.76\nclinical  Pharmacist 2\tCP\t1333.36",
        "Clinical pharmacist 1\tCP\t1.0\t368.76\nClinical pharmacist 2\tCP\t1.0\t1,333.36",
    ],
)
def test_a_post_is_known_by_its_reference_or_its_label_with_headings_or_without(
    database: Database, words: str
) -> None:
    found = read(database, words)
    assert by_ref(database, found) == {"P-001": P("368.76"), "P-002": P("1333.36")}
    assert (found.told, found.total) == ((), P("1702.12"))


def test_what_fits_no_post_or_stands_twice_or_is_no_amount_is_told(database: Database) -> None:
    found = read(
        database,
        "Post\tAmount\nP-001\t1.00\nP-001\t2.00\nNobody\t3.00\nP-002\tabout 4\nP-003\t\n",
    )
    assert by_ref(database, found) == {"P-001": P("1.00")}
    told = " ".join(found.told)
    assert "“P-001” stands there twice; the first figure counts." in told
    assert "Of no post here: “Nobody”." in told
    assert "“about 4” could not be read as an amount" in told
    assert "“ICB's figure” is empty." in told


def test_a_block_without_figures_gives_none(database: Database) -> None:
    assert read(database, "P-001\tnothing\nP-002\tnothing").by_post == {}
    with pytest.raises(errors.FileRefused):
        read(database, "  ")


def test_hostile_words_are_told_cut_short(database: Database) -> None:
    found = read(database, f"P-001\t1.00\n{'<b>' * 4_000}\t2.00\n=1+1\t3.00")
    assert by_ref(database, found) == {"P-001": P("1.00")}
    assert len(" ".join(found.told)) < 300
