"""A whole ICB from NHS England's own file: previewed, one step, twice without harm, quirks and all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from nhsdesk import errors
from nhsdesk.commands import data_sets, files, geography, networks
from nhsdesk.domain.areas import Area, AreaMembership, NetworkMembership, Tier
from nhsdesk.domain.organisations import Organisation, Practice, Sector
from nhsdesk.store import connections, copies
from nhsdesk.store.database import Database
from tests.conftest import SHARED_DATA, Clock

MAP = SHARED_DATA / "reference" / "gp-reg-pat-prac-map.2026-07.csv"
JULY = date(2026, 7, 1)


@pytest.fixture(scope="module")
def england(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file into which the real file of practices was read, made once."""
    if not MAP.is_file():
        pytest.skip(f"the real public files are not at {SHARED_DATA}")
    path = tmp_path_factory.mktemp("england") / "England.nhsdesk"
    with files.create(path, "Eastfield PCN", "Ann Archer", Clock()) as database:
        data_sets.adopt(database, data_sets.preview(MAP))
    return path


@pytest.fixture
def held(england: Path, tmp_path: Path, clock: Clock) -> Iterator[Database]:
    copied = tmp_path / "England.nhsdesk"
    copied.write_bytes(england.read_bytes())
    connection = connections.connect_plain(copied)
    connection.execute("UPDATE about_file SET value = ? WHERE key = 'home'", (copies.home(copied),))
    connection.close()
    with files.open_for_work(copied, "Ann Archer", clock) as database:
        yield database


def steps(database: Database) -> int:
    return database.head.number


def test_every_icb_of_the_file_is_offered_with_its_parts(held: Database) -> None:
    offered = geography.offered(held)
    assert {len(one.code) for one in offered if not one.part} == {3, 5}
    london = [one for one in offered if one.code.startswith("Z9B2Z")]
    assert [(one.practices, one.part) for one in london] == [(510, False), (173, True), (337, True)]
    alone = [one.code for one in offered if one.code.startswith("QKK")]
    assert alone == ["QKK"]


def test_an_icb_of_the_april_mergers_comes_in_as_one_step_and_twice_without_harm(held: Database) -> None:
    before = steps(held)
    seen = geography.preview(held, "Z9B2Z")
    assert seen.words == (
        "NHS West and North London Integrated Care Board, as of 1 July 2026: 2 new areas, 80 new PCNs, 510 new "
        "practices, 80 PCNs placed in it.",
        "2 practices are in no PCN in the file.",
    )
    assert steps(held) == before
    geography.take_in(held, "Z9B2Z")
    assert steps(held) == before + 1
    again = geography.take_in(held, "z9b2z ")
    assert (again.changes, steps(held)) == (False, before + 1)
    held.undo()
    with held.read() as reader:
        assert (reader.count(Area), reader.count(Practice)) == (0, 0)


def test_what_came_in_stands_in_the_tree_below_its_region(held: Database) -> None:
    geography.take_in(held, "QT6")
    view = geography.view(held, JULY)
    assert (view.nodes[0].name, view.nodes[0].tier) == ("South West", "region")
    (icb,) = view.nodes[0].children
    assert icb.name == "NHS Cornwall and the Isles of Scilly Integrated Care Board"
    assert len(icb.children) == 15
    assert all(one.tier == "PCN" and not one.name.isupper() for one in icb.children)


def test_a_pcn_that_spans_two_icbs_is_told_and_stands_in_both(held: Database) -> None:
    seen = geography.preview(held, "QT6")
    assert (
        "Coast and Country PCN (U41591) also has practices listed under NHS Devon Integrated Care Board; those are not "
        "taken in here."
    ) in seen.told
    geography.take_in(held, "QT6")
    geography.take_in(held, "QJK")
    assert not geography.preview(held, "QT6").changes
    with held.read() as reader:
        (network,) = reader.all(Organisation, ods_code="U41591")
        assert len(reader.all(AreaMembership, network=network.id)) == 2
        assert len(reader.all(Practice, network=network.id)) == 4


def test_a_part_of_an_icb_may_come_in_alone_and_the_rest_later(held: Database) -> None:
    geography.take_in(held, "Z9B2Z/93C")
    with held.read() as reader:
        assert reader.count(Practice) < 200
    later = geography.preview(held, "Z9B2Z")
    assert (later.areas, later.practices > 300) == (0, True)


def test_a_practice_that_moved_keeps_each_days_own_answer(held: Database) -> None:
    with held.change("Add") as change:
        old = change.add(Organisation(name="Old PCN", ods_code="U99999", sector=Sector.PCN))
        change.add(Practice(name="Bradworthy", ods_code="L83012", network=old.id))
    assert "1 practice in another PCN than before" in geography.preview(held, "QJK").words[0]
    geography.take_in(held, "QJK")
    with held.read() as reader:
        (practice,) = reader.all(Practice, ods_code="L83012")
        stays = reader.all(NetworkMembership, practice=practice.id)
    assert practice.name == "Bradworthy"
    assert [(one.valid_from, one.valid_to) for one in stays] == [(None, date(2026, 6, 30)), (JULY, None)]
    assert not geography.preview(held, "QJK").changes


def test_practices_of_our_own_pcn_are_told_and_left(held: Database) -> None:
    with held.read() as reader:
        (ours,) = reader.all(Organisation, ours=True)
    with held.change("Add") as change:
        change.add(Practice(name="Bradworthy", ods_code="L83012", network=ours.id))
    told = geography.take_in(held, "QJK").told
    assert any(one.startswith("1 practice of ours is in another PCN in the file than here.") for one in told)
    with held.read() as reader:
        assert reader.all(Practice, ods_code="L83012")[0].network == ours.id


def test_a_pcn_of_an_icb_that_was_merged_moves_to_its_successor_on_the_day_of_the_file(
    held: Database,
) -> None:
    source = "NHS England, practices and PCNs, 1 January 2026"
    with held.change("Add") as change:
        before = change.add(Area(name="NHS North West London ICB", tier=Tier.SYSTEM, code="QRV"))
        pcn = change.add(Organisation(name="Exmoor", ods_code="U41591", sector=Sector.PCN))
        change.add(AreaMembership(within=before.id, network=pcn.id, source=source))
    seen = geography.take_in(held, "QJK")
    assert (
        "PCNs come here from NHS North West London ICB. Where that ICB ended, give its area its last day and its "
        "successor."
    ) in seen.told
    with held.read() as reader:
        stays = reader.all(AreaMembership, network=pcn.id)
    assert [(one.valid_from, one.valid_to) for one in stays] == [(None, date(2026, 6, 30)), (JULY, None)]


def test_one_name_with_two_codes_is_told_and_both_are_kept(held: Database) -> None:
    told = geography.take_in(held, "S1Y5D").told
    assert "Grand Union PCN is the name of 2 PCNs: U41025 and U09187. The code tells them apart." in told
    geography.take_in(held, "QPM")
    with held.read() as reader:
        assert len(reader.all(Organisation, name="Grand Union PCN")) == 2


def test_without_a_file_or_with_a_code_that_is_not_there_it_is_said_what_to_do(
    held: Database, database: Database
) -> None:
    with pytest.raises(errors.FileRefused, match="Read it in under PCN file first"):
        geography.preview(database, "QJK")
    with pytest.raises(errors.FileRefused, match="No practice of XYZ is in the file read in"):
        geography.preview(held, "XYZ")
    assert geography.offered(database) == ()


def test_the_pcn_chosen_from_the_file_is_placed_too(held: Database) -> None:
    networks.choose(held, "U41591")
    geography.take_in(held, "QT6")
    chains = geography.view(held, JULY).chains
    assert {one.at(Tier.REGION)[0].name for one in chains} == {"South West"}
    assert replace(chains[0].practice, ref="").name
