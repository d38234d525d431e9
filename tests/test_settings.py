"""Preferences survive anything; what cannot be read is put aside, never lost and never in the way."""

from __future__ import annotations

import getpass
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk import settings
from nhsdesk.errors import Unwritable
from nhsdesk.settings import MOST_RECENT, Settings, forgotten, load, remembered, save

ANY_LETTERS = st.characters(exclude_categories=["Cs"])
ANY_TEXT = st.text(ANY_LETTERS)


def aside(folder: Path) -> list[Path]:
    return sorted(folder.glob("settings.broken-*.toml"))


def test_no_file_means_no_preferences_yet(tmp_path: Path) -> None:
    fresh = load(tmp_path / "settings.toml")
    assert (fresh.display_name, fresh.recent, fresh.problem) == ("", (), None)
    assert fresh.who == getpass.getuser()
    assert list(tmp_path.iterdir()) == []


def test_what_is_saved_is_what_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "not yet there" / "settings.toml"
    kept = Settings(
        display_name='Reception "2" \\ £',
        who="jo.bloggs",
        recent=(Path("C:/Our records/Riverside.nhsdesk"), tmp_path / "b.nhsdesk"),
        look="dark",
        zoom=150,
        layout={"window": "AdnQywADAAA=", "today.columns": 'due "this week"'},
        told=("encryption b.nhsdesk",),
    )
    save(kept, path)
    assert load(path) == kept
    assert load(path).problem is None


@given(
    display_name=ANY_TEXT, who=st.text(min_size=1), names=st.lists(ANY_TEXT.filter(lambda n: "\0" not in n))
)
def test_any_words_come_back_as_typed(
    display_name: str, who: str, names: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "any" / "settings.toml"
    who = who.encode("utf-8", "ignore").decode("utf-8") or "somebody"
    kept = Settings(display_name=display_name, who=who, recent=tuple(Path(name) for name in names))
    save(kept, path)
    assert load(path) == kept


def test_a_name_that_no_text_file_can_hold_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    save(Settings(who="jo", recent=(Path(os.fsdecode(b"\xff.nhsdesk")), Path("fine.nhsdesk"))), path)
    assert load(path).recent == (Path("fine.nhsdesk"),)


@pytest.mark.parametrize("content", [b"who = ", b"\xff\xfe\x00", b"who = 'a'\nwho = 'b'", b"\0" * 4096])
def test_a_broken_file_is_put_aside_and_said(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    read = load(path)
    (kept,) = aside(tmp_path)
    assert kept.read_bytes() == content
    assert not path.exists()
    assert read == Settings()
    assert read.problem is not None
    assert kept.name in read.problem.sentence
    assert "Your PCN files are not affected." in read.problem.sentence


@pytest.mark.parametrize(
    "wrong",
    [
        "display_name = 3",
        "recent = 'a.nhsdesk'",
        "recent = ['a.nhsdesk', 7]",
        "recent = false",
        "look = 1",
        "zoom = 'large'",
        "zoom = true",
        "zoom = 1.5",
        "layout = 'wide'",
        "layout = { columns = 3 }",
        "told = 'this'",
        "told = [1]",
    ],
)
def test_one_unreadable_preference_leaves_the_others(wrong: str, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(f"who = 'jo'\n{wrong}\n", encoding="utf-8")
    read = load(path)
    assert read == Settings(who="jo")
    assert read.problem is not None
    assert len(aside(tmp_path)) == 1


def test_a_second_broken_file_does_not_replace_the_first(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    for content in ("first =", "second ="):
        path.write_text(content, encoding="utf-8")
        load(path)
    assert {file.read_text(encoding="utf-8") for file in aside(tmp_path)} == {"first =", "second ="}


def test_a_preference_of_a_later_version_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("who = 'jo'\nfavourite_colour = 'green'\n", encoding="utf-8")
    assert load(path) == Settings(who="jo")
    assert load(path).problem is None


def test_an_empty_name_means_whoever_is_signed_in(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    save(Settings(who=""), path)
    assert load(path).who == settings.account()


def test_a_file_that_cannot_be_opened_is_left_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.mkdir()
    read = load(path)
    assert read.problem is not None
    assert "could not be read" in read.problem.sentence
    assert path.is_dir()


def test_saving_where_nothing_can_be_saved_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.mkdir()
    with pytest.raises(Unwritable, match=r"not kept in .*Your PCN files are not affected"):
        save(Settings(who="jo"), path)
    assert list(tmp_path.iterdir()) == [path]


def test_a_save_that_fails_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="this system cannot limit the size of a file")
    path = tmp_path / "settings.toml"
    save(Settings(who="jo"), path)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        with pytest.raises(Unwritable):
            save(Settings(who="jo" * 1000), path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert load(path) == Settings(who="jo")
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the profile from others in its own way")
def test_others_on_this_computer_cannot_read_them(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    save(Settings(who="jo"), path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@given(
    layout=st.dictionaries(ANY_TEXT, ANY_TEXT), told=st.lists(ANY_TEXT), look=st.text(ANY_LETTERS, min_size=1)
)
def test_any_layout_comes_back_as_it_was(
    layout: dict[str, str], told: list[str], look: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "layout" / "settings.toml"
    kept = Settings(look=look, layout=layout, told=tuple(told))
    save(kept, path)
    assert load(path) == kept


@pytest.mark.parametrize(("asked", "kept"), [(99, 100), (100, 100), (175, 175), (201, 200), (-5, 100)])
def test_the_zoom_stays_between_100_and_200(asked: int, kept: int, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    save(Settings(zoom=asked), path)
    assert load(path).zoom == kept
    path.write_text(f"zoom = {asked}\n", encoding="utf-8")
    assert (load(path).zoom, load(path).problem) == (kept, None)


def test_a_layout_that_grew_without_bounds_is_cut_and_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    many = {f"table {n}": "x" for n in range(2_000)}
    save(Settings(layout=many | {"huge": "x" * 1_000_000}), path)
    assert path.stat().st_size < 100_000
    assert len(load(path).layout) == 500
    path.write_text(f"[layout]\nhuge = '{'x' * 1_000_000}'\nwindow = 'y'\n", encoding="utf-8")
    assert load(path).layout == {"window": "y"}
    assert load(path).problem is None


def test_of_what_was_said_once_the_newest_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    save(Settings(told=tuple(str(n) for n in range(2_000))), path)
    assert load(path).told[-1] == "1999"
    assert len(load(path).told) == 500


def test_a_file_that_is_opened_again_stands_first_and_only_once(tmp_path: Path) -> None:
    held = Settings()
    for name in ("a", "b", "a"):
        held = remembered(held, tmp_path / f"{name}.nhsdesk")
    assert [path.stem for path in held.recent] == ["a", "b"]
    assert [path.stem for path in forgotten(held, tmp_path / "a.nhsdesk").recent] == ["b"]


def test_only_so_many_recent_files_are_kept(tmp_path: Path) -> None:
    held = Settings()
    for n in range(15):
        held = remembered(held, tmp_path / f"{n}.nhsdesk")
    assert len(held.recent) == MOST_RECENT
    assert held.recent[0].stem == "14"
