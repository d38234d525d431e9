"""The published map of practices, adopted as a data set; choosing a PCN brings what belongs to it."""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from nhsdesk import errors
from nhsdesk.commands import data_sets, networks
from nhsdesk.commands.networks import spoken
from nhsdesk.domain.data_sets import DataSet, DataSetKind
from nhsdesk.domain.organisations import ListBase, ListSize, Organisation, Practice, Sector
from nhsdesk.store import queries
from nhsdesk.store.database import Database


def rows_kept(database: Database) -> int:
    with database.read() as reader:
        return sum(len(queries.rows_of_data_set(reader, one.sha256)) for one in reader.all(DataSet))


def changed(source: Path, target: Path, headings: dict[str, str], rows: int = 3) -> Path:
    """The first rows of a file under other headings."""
    with source.open(encoding="utf-8-sig", newline="") as read, target.open("w", newline="") as out:
        lines = csv.reader(read)
        writer = csv.writer(out)
        writer.writerow([headings.get(heading, heading) for heading in next(lines)])
        for _ in range(rows):
            writer.writerow(next(lines))
    return target


def test_the_whole_file_is_adopted_as_one_data_set(database: Database, practice_map: Path) -> None:
    seen = data_sets.preview(practice_map)
    adopted = data_sets.adopt(database, seen)
    assert (adopted.kind, adopted.rows, adopted.as_of) == (DataSetKind.PRACTICE_MAP, 6139, date(2026, 7, 1))
    assert rows_kept(database) == 6139
    assert "52 practices belong to no PCN." in seen.reading.told
    assert sum(group is None for _, group, _ in seen.reading.rows) == 52


def test_a_preview_writes_nothing(database: Database, practice_map: Path) -> None:
    before = database.head.position
    data_sets.preview(practice_map)
    assert database.head.position == before
    assert rows_kept(database) == 0


def test_adopting_twice_does_not_double(database: Database, practice_map: Path, tmp_path: Path) -> None:
    first = data_sets.adopt(database, data_sets.preview(practice_map))
    other_name = Path(shutil.copy(practice_map, tmp_path / "again.csv"))
    position = database.head.position
    assert data_sets.adopt(database, data_sets.preview(other_name)) == first
    assert database.head.position == position
    assert rows_kept(database) == 6139


def test_undo_withdraws_the_data_set_and_it_may_be_adopted_again(
    database: Database, practice_map: Path
) -> None:
    seen = data_sets.preview(practice_map)
    data_sets.adopt(database, seen)
    database.undo()
    assert data_sets.adopted(database, seen) is None
    with pytest.raises(errors.FileRefused, match="No reference file"):
        networks.choose(database, "U07032")
    data_sets.adopt(database, seen)
    assert rows_kept(database) == 6139
    assert networks.choose(database, "U07032").ods_code == "U07032"


@pytest.fixture
def mapped(database: Database, practice_map: Path) -> Database:
    """A file that has adopted the map."""
    data_sets.adopt(database, data_sets.preview(practice_map))
    return database


def test_choosing_a_pcn_brings_its_practices_its_name_and_its_icb(mapped: Database) -> None:
    chosen = networks.choose(mapped, " u07032 ")
    with mapped.read() as reader:
        practices = reader.all(Practice)
        organisations = reader.all(Organisation)
    assert (chosen.name, chosen.ods_code, chosen.ours) == ("Eastfield PCN", "U07032", True)
    assert [(one.name, one.ods_code, one.postcode) for one in practices] == [
        ("Queens Park Medical Centre", "A81002", "TS18 2AW"),
        ("Tennant Street Medical Practice", "A81006", "TS18 2AT"),  # codespell:ignore
        ("Alma Medical Centre", "A81067", "TS18 2BP"),
    ]
    assert all(one.network == chosen.id for one in practices)
    assert [(one.name, one.ods_code) for one in organisations if one.sector is Sector.ICB] == [
        ("NHS North East and North Cumbria Integrated Care Board", "QHM")
    ]


def test_a_pcn_may_span_two_icbs(mapped: Database) -> None:
    networks.choose(mapped, "U41591")
    with mapped.read() as reader:
        assert [one.ods_code for one in reader.all(Organisation, sector=Sector.ICB)] == ["QT6", "QJK"]
        assert reader.count(Practice) == 4


def test_choosing_twice_changes_nothing_the_second_time(mapped: Database) -> None:
    first = networks.choose(mapped, "U07032")
    position = mapped.head.position
    assert networks.choose(mapped, "U07032") == first
    assert mapped.head.position == position


def test_what_a_person_named_stays_named_when_choosing_again(mapped: Database) -> None:
    first = networks.choose(mapped, "U07032")
    with mapped.change("Name our PCN") as change:
        change.put(replace(first, name="North Stockton Primary Care Network"))
    assert networks.choose(mapped, "U07032").name == "North Stockton Primary Care Network"


def test_choosing_another_pcn_keeps_the_first_as_one_that_is_not_ours(mapped: Database) -> None:
    first = networks.choose(mapped, "U07032")
    second = networks.choose(mapped, "U41591")
    with mapped.read() as reader:
        assert reader.get(Organisation, first.id).ours is False
        assert [one.id for one in reader.all(Organisation, ours=True)] == [second.id]
        assert len(reader.all(Practice, network=first.id)) == 3


def test_going_back_to_the_first_pcn_makes_no_second_of_it(mapped: Database) -> None:
    first = networks.choose(mapped, "U07032")
    networks.choose(mapped, "U41591")
    again = networks.choose(mapped, "U07032")
    assert again.id == first.id
    with mapped.read() as reader:
        assert [one.id for one in reader.all(Organisation, ours=True)] == [first.id]
        assert len(reader.all(Organisation, ods_code="U07032")) == 1
        assert reader.count(Practice) == 7


def test_a_code_of_no_pcn_is_refused_in_a_sentence_and_changes_nothing(mapped: Database) -> None:
    position = mapped.head.position
    for code in ("U", "u", "", " ", "U99999", "07032", "U07032'; --", "=1+1", "𝐔07032", "no_data"):
        with pytest.raises(errors.FileRefused, match=r"Nothing was changed\."):
            networks.choose(mapped, code)
    assert mapped.head.position == position


def test_a_newer_map_is_the_one_chosen_from(mapped: Database, practice_map: Path, tmp_path: Path) -> None:
    text = practice_map.read_text(encoding="utf-8-sig").replace("01Jul2026", "01AUG2026")
    text = text.replace("ALMA MEDICAL CENTRE", "ALMA ROAD SURGERY")
    newer = tmp_path / "august.csv"
    newer.write_text(text, encoding="utf-8")
    assert data_sets.adopt(mapped, data_sets.preview(newer)).as_of == date(2026, 8, 1)
    networks.choose(mapped, "U07032")
    with mapped.read() as reader:
        assert "Alma Road Surgery" in {one.name for one in reader.all(Practice)}


def test_an_older_layout_is_refused_in_a_sentence_that_names_the_missing_columns(
    practice_map: Path, tmp_path: Path
) -> None:
    older = {
        "SUB_ICB_LOCATION_CODE": "CCG_CODE",
        "SUB_ICB_LOCATION_NAME": "CCG_NAME",
        "ONS_SUB_ICB_LOCATION_CODE": "ONS_CCG_CODE",
        "ICB_CODE": "STP_CODE",
        "ICB_NAME": "STP_NAME",
        "ONS_ICB_CODE": "ONS_STP_CODE",
    }
    path = changed(practice_map, tmp_path / "gp-reg-pat-prac-map.2021-07.csv", older)
    with pytest.raises(errors.FileRefused) as told:
        data_sets.preview(path)
    sentence = str(told.value)
    for missing in ("SUB_ICB_LOCATION_CODE", "SUB_ICB_LOCATION_NAME", "ICB_CODE", "ICB_NAME"):
        assert missing in sentence
    assert "PRACTICE_CODE" not in sentence
    assert path.name in sentence


@pytest.mark.parametrize("day", ["", "31Jun2026", "2026-07-01", "01Jui2026", "１Jul2026", "99Jul2026"])
def test_a_date_that_cannot_be_read_is_refused(practice_map: Path, tmp_path: Path, day: str) -> None:
    path = changed(practice_map, tmp_path / "map.csv", {})
    path.write_text(path.read_text().replace("01Jul2026", day), encoding="utf-8")
    with pytest.raises(errors.FileRefused, match="EXTRACT_DATE"):
        data_sets.preview(path)


def test_a_map_of_headings_only_is_refused(practice_map: Path, tmp_path: Path) -> None:
    path = changed(practice_map, tmp_path / "map.csv", {}, rows=0)
    with pytest.raises(errors.FileRefused, match="holds no practice"):
        data_sets.preview(path)


@pytest.mark.parametrize(
    ("shouted", "said"),
    [
        ("QUEENS PARK MEDICAL CENTRE", "Queens Park Medical Centre"),
        ("ST.MARY'S SURGERY", "St.Mary's Surgery"),
        ("STRATFORD-UPON-AVON PCN", "Stratford-Upon-Avon PCN"),
        ("JAMES O'RIORDAN MEDICAL CENTRE", "James O'Riordan Medical Centre"),
        ("THE SURGERY AT THE QUAY", "The Surgery at the Quay"),
        ("M-WEB PCN", "M-Web PCN"),
        ("LS25/LS26 PCN", "LS25/LS26 PCN"),
        ("TANDON MEDICAL CENTRE (ORAM & PARTNERS)", "Tandon Medical Centre (Oram & Partners)"),
        ("McKenzie House", "McKenzie House"),
        ("", ""),
    ],
)
def test_a_shouted_name_is_spoken(shouted: str, said: str) -> None:
    assert spoken(shouted) == said


# ---- list sizes


def sizes_of(database: Database) -> dict[tuple[str | None, ListBase], Decimal]:
    with database.read() as reader:
        codes = {one.id: one.ods_code for one in reader.all(Practice)}
        return {(codes[one.practice], one.base): one.patients for one in reader.all(ListSize)}


U07032 = {
    ("A81002", ListBase.REGISTERED): Decimal(18740),
    ("A81002", ListBase.ADJUSTED): Decimal(22134),
    ("A81006", ListBase.REGISTERED): Decimal(14739),
    ("A81006", ListBase.ADJUSTED): Decimal(17248),
    ("A81067", ListBase.REGISTERED): Decimal(11051),
    ("A81067", ListBase.ADJUSTED): Decimal(11791),
}


def test_list_sizes_adopted_before_come_with_the_pcn(mapped: Database, list_sizes: Path) -> None:
    data_sets.adopt(mapped, data_sets.preview(list_sizes))
    networks.choose(mapped, "U07032")
    assert sizes_of(mapped) == U07032
    with mapped.read() as reader:
        assert {one.counted_on for one in reader.all(ListSize)} == {date(2025, 1, 1)}


def test_list_sizes_adopted_after_come_when_the_pcn_is_chosen_again(
    mapped: Database, list_sizes: Path
) -> None:
    networks.choose(mapped, "U07032")
    data_sets.adopt(mapped, data_sets.preview(list_sizes))
    assert sizes_of(mapped) == {}
    networks.choose(mapped, "U07032")
    assert sizes_of(mapped) == U07032
    position = mapped.head.position
    networks.choose(mapped, "U07032")
    assert mapped.head.position == position


def test_a_practice_that_changed_its_pcn_since_it_was_counted_keeps_its_list_size(
    mapped: Database, list_sizes: Path, tmp_path: Path
) -> None:
    moved = tmp_path / "sizes.csv"
    lines = list_sizes.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    moved.write_text("".join(x.replace("U07032", "U99999") if "A81006" in x else x for x in lines))
    data_sets.adopt(mapped, data_sets.preview(moved))
    networks.choose(mapped, "U07032")
    assert sizes_of(mapped) == U07032


def test_the_sum_at_the_end_of_the_list_sizes_is_no_practice(list_sizes: Path) -> None:
    seen = data_sets.preview(list_sizes)
    assert len(seen.reading.rows) == 6249
    assert all(code and group != "no_data" for code, group, _ in seen.reading.rows)
    assert seen.reading.told == ("6,249 practices with their list sizes, counted on 1 January 2025.",)


@pytest.mark.parametrize(
    "count", ["-5", "many", "1e9", "99999999999999999999999999999", "12 940", "NaN", "½"]
)
def test_a_list_size_that_counts_no_patients_is_refused_with_its_row(
    list_sizes: Path, tmp_path: Path, count: str
) -> None:
    path = changed(list_sizes, tmp_path / "sizes.csv", {})
    path.write_text(path.read_text().replace(",4239,", f",{count},"), encoding="utf-8")
    with pytest.raises(errors.FileRefused, match="row 2 that is not a number of patients"):
        data_sets.preview(path)


def test_an_empty_list_size_is_told_and_left_out(mapped: Database, list_sizes: Path, tmp_path: Path) -> None:
    lines = list_sizes.read_text(encoding="utf-8-sig").replace(",18740,22134,", ",,22134,")
    path = tmp_path / "sizes.csv"
    path.write_text(lines)
    seen = data_sets.preview(path)
    assert seen.reading.told[1] == "Practices without a list size: 1."
    data_sets.adopt(mapped, seen)
    networks.choose(mapped, "U07032")
    assert set(U07032) - set(sizes_of(mapped)) == {("A81002", ListBase.REGISTERED)}


# ---- workforce


def test_the_whole_workforce_is_adopted_with_every_decimal(database: Database, workforce: Path) -> None:
    adopted = data_sets.adopt(database, data_sets.preview(workforce))
    assert (adopted.kind, adopted.rows, adopted.as_of) == (
        DataSetKind.WORKFORCE,
        39940,
        date(2026, 6, 30),
    )
    with workforce.open(encoding="utf-8-sig", newline="") as read:
        published = sorted(row["FTE"] for row in csv.DictReader(read))
    with database.read() as reader:
        kept = queries.rows_of_data_set(reader, adopted.sha256)
    assert sorted(row["fte"] for row in kept) == published
