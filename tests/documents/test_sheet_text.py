from __future__ import annotations

import pytest

from nhsdesk.documents.sheet_text import LONGEST_TEXT, one_line, sheet_names, sheet_text, table_names


@pytest.mark.parametrize(
    ("typed", "spelt"),
    [
        ("as typed", "as typed"),
        ("two\r\nlines\rthree", "two\nlines\nthree"),
        ("a\x00b", "a_x0000_b"),
        ("_x0041_", "_x005F_x0041_"),
        ("_x0041_x0042_", "_x005F_x0041_x005F_x0042_"),
        ("_x0041\x01", "_x005F_x0041_x0001_"),
        ("_x41_ snake_case_", "_x41_ snake_case_"),
        ("half \ud83d a face", "half \ufffd a face"),
    ],
)
def test_text_is_spelt_as_the_format_asks(typed: str, spelt: str) -> None:
    assert sheet_text(typed) == spelt


def test_the_longest_text_stays_whole() -> None:
    assert sheet_text("x" * LONGEST_TEXT) == "x" * LONGEST_TEXT


def test_a_longer_text_says_how_much_was_cut() -> None:
    cut = sheet_text("x" * 40_000)
    kept = cut.index(" [cut: ")
    assert cut == "x" * kept + f" [cut: {40_000 - kept} more characters]"
    assert LONGEST_TEXT - 1 <= len(cut) <= LONGEST_TEXT


def test_characters_outside_the_basic_plane_count_twice() -> None:
    cut = sheet_text("😀" * 20_000)
    assert len(cut.encode("utf-16-le")) // 2 <= LONGEST_TEXT
    assert cut.count("😀") + int(cut.split("[cut: ")[1].split()[0]) == 20_000


def test_a_cut_never_falls_inside_an_escape() -> None:
    cut = sheet_text("\x01" * 10_000)
    assert cut.split(" [cut")[0].replace("_x0001_", "") == ""
    assert len(cut) <= LONGEST_TEXT


def test_sheets_get_names_a_spreadsheet_accepts() -> None:
    wanted = ["Claims: [May/June]?", "'quoted'", "", "History", "x" * 40, "X" * 40, "a\x00\nb"]
    assert sheet_names(wanted) == [
        "Claims May June",
        "quoted",
        "Sheet",
        "History 2",
        "x" * 31,
        "X" * 29 + " 2",
        "a b",
    ]


def test_tables_get_names_a_formula_could_use() -> None:
    wanted = ["Claims by post", "claims by post", "A1", "R", "2026", "£", "Ünïcode"]
    assert table_names(wanted) == [
        "Claims_by_post",
        "claims_by_post_2",
        "Table_A1",
        "Table_R",
        "Table_2026",
        "Table",
        "n_code",
    ]


def test_titles_stay_on_one_line() -> None:
    assert one_line(" two\r\n lines\x00\ud83d ") == "two lines\ufffd"
