"""The command line: what each command does, and the one sentence with which it refuses."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver

from nhsdesk import (  # noqa: F401
    app,
    cli,
    cli_composing,
    cli_filings,
    cli_filling,
    cli_packs,
    cli_papers,
    cli_registers,
    cli_requests,
    cli_years,
)
from nhsdesk.commands import files
from nhsdesk.documents import xlsx_lint
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.data_sets import DataSet
from nhsdesk.domain.organisations import Organisation, Practice
from nhsdesk.store import lock, record_file, schema
from nhsdesk.store.record_file import Moved
from tests.conftest import Clock, Command, Said, refused

HERE = Path(app.__file__).parents[1]
COMMANDS = sorted(cli.desk.commands)
HEAVY = (
    "sqlalchemy", "openpyxl", "reportlab", "lxml", "alembic", "PySide6", "sqlcipher3", "hypothesis", "cattrs",
    "python_calamine", "psutil", "cryptography", "icalendar",
)  # fmt: skip


def run_apart(*arguments: str, **how: Any) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own."""
    command = [sys.executable, str(HERE / "main.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, **how)


@pytest.fixture
def ours(tmp_path: Path, nhsdesk: Command) -> Path:
    """A PCN file made from the command line."""
    path = tmp_path / "Ours.nhsdesk"
    assert nhsdesk("new", path, "--network", "Eastfield PCN").code == 0
    return path


def add(path: Path, title: str) -> str:
    """A commitment in a closed file; its reference."""
    with (
        record_file.open_file(path, "Ann Archer", Clock()) as database,
        database.change("Add a commitment") as change,
    ):
        return change.add(Commitment(title=title)).ref


def titles(path: Path) -> list[str]:
    with record_file.open_to_read(path, "me", Clock()) as database, database.read() as reader:
        return [one.title for one in reader.all(Commitment)]


def names_in(folder: Path) -> list[str]:
    """What lies in a folder, but the two empty files that looking at a record leaves beside it."""
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(("-wal", "-shm")))


# ---- help


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from nhsdesk import app\n"
        "for asked in (['--help'], ['check', '--help'], ['return', '--help'], ['--version']):\n"
        "    assert app.main(asked) == 0\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=HERE)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_in_plain_words(nhsdesk: Command, command: str) -> None:
    said = nhsdesk(command, "--help")
    assert said.code == 0
    assert f"Usage: nhsdesk {command} " in said.out
    assert all(
        option.help for option in cli.desk.commands[command].params if option.param_type_name == "option"
    )


def test_every_command_the_product_promises_is_there() -> None:
    promised = {
        "demo", "new", "import", "papers", "return", "briefing", "history", "undo", "check", "backup", "restore",
        "exchange", "selftest",
    }  # fmt: skip
    assert promised <= set(COMMANDS)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="there is always a display here")
@pytest.mark.parametrize("arguments", [(), ("Ours.nhsdesk",)])
def test_the_window_says_how_to_go_on_where_there_is_no_display(
    nhsdesk: Command, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert "There is no display here" in refused(nhsdesk(*arguments))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nope"], "No such command 'nope'."),
        (["check"], "Missing argument 'RECORD'."),
        (["new", "a.nhsdesk"], "Give the PCN's name with --network"),
        (["undo", "a.nhsdesk", "--all"], "No such option"),
        (["return", "arrs-claim", "a.nhsdesk"], "Missing option '--out'."),
        (["return", "arrs-claim", "a.nhsdesk", "--out", "x", "--period", "2026-13"], "as a month"),
        (["return", "arrs-claim", "a.nhsdesk", "--out", "x", "--period", "9999-12"], "2000 to 2099"),
        (["briefing", "place-board", "a.nhsdesk", "--out", "x", "--as-at", "31/2/2026"], "is not a day"),
        (["briefing", "place-board", "a.nhsdesk", "--out", "x", "--as-at", "1850-01-01"], "2000 to 2099"),
        (["briefing", "place-board", "a.nhsdesk", "--out", "x", "--as-at", "9999-12-31"], "2000 to 2099"),
        (["new", "a.nhsdesk", "--network", "X", "--code", "U07032"], "--reference and --code go together."),
        (["new", "a.nhsdesk", "--network", "X", "--reference", "x.csv"], "go together."),
        (["--who", " ", "papers"], "--who needs a name."),
    ],
)
def test_a_command_typed_wrongly_is_one_sentence(
    nhsdesk: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert says in refused(nhsdesk(*arguments))
    assert names_in(tmp_path) == []


# ---- new


def test_new_makes_a_file_that_knows_its_pcn_and_the_maxima(nhsdesk: Command, tmp_path: Path) -> None:
    path = tmp_path / "Ours.nhsdesk"
    said = nhsdesk("--who", "Ann  Archer", "new", path, "--network", "  Eastfield PCN ")
    assert said == Said(0, f"{path} is ready.\n", "")
    with record_file.open_to_read(path, "me", Clock()) as database, database.read() as reader:
        (organisation,) = reader.all(Organisation)
        assert (organisation.name, organisation.ours) == ("Eastfield PCN", True)
    assert "Ann Archer" in nhsdesk("history", path, "O-001").out
    assert names_in(tmp_path) == ["Ours.nhsdesk"]


def test_new_with_a_reference_file_brings_the_practices(
    nhsdesk: Command, tmp_path: Path, practice_map: Path
) -> None:
    path = tmp_path / "Ours.nhsdesk"
    said = nhsdesk("new", path, "--network", "Ours", "--reference", practice_map, "--code", "u07032")
    assert said.code == 0
    assert "of Ours (U07032), with 3 practices" in said.out
    with record_file.open_to_read(path, "me", Clock()) as database, database.read() as reader:
        assert reader.count(Practice) == 3


@pytest.mark.parametrize("code", ["U", "U99999", ""])
def test_new_with_a_wrong_code_leaves_no_file(
    nhsdesk: Command, tmp_path: Path, practice_map: Path, code: str
) -> None:
    said = nhsdesk(
        "new", tmp_path / "a.nhsdesk", "--network", "Ours", "--reference", practice_map, "--code", code
    )
    assert "Check the code" in refused(said)
    assert names_in(tmp_path) == []


def test_new_with_a_wrong_reference_file_leaves_no_file(nhsdesk: Command, tmp_path: Path) -> None:
    reference = tmp_path / "reference.csv"
    for content in (b"", b"PK\x03\x04", b"a,b\n1,2\n"):
        reference.write_bytes(content)
        refused(
            nhsdesk(
                "new", tmp_path / "a.nhsdesk", "--network", "X", "--reference", reference, "--code", "U07032"
            )
        )
    missing = tmp_path / "missing.csv"
    refused(
        nhsdesk("new", tmp_path / "a.nhsdesk", "--network", "X", "--reference", missing, "--code", "U07032")
    )
    assert names_in(tmp_path) == ["reference.csv"]


def test_new_never_writes_over_a_file(nhsdesk: Command, ours: Path, tmp_path: Path) -> None:
    before = ours.read_bytes()
    assert "already there" in refused(nhsdesk("new", ours, "--network", "Other"))
    assert ours.read_bytes() == before
    words = tmp_path / "letter.txt"
    words.write_text("mine")
    assert "already there" in refused(nhsdesk("new", words, "--network", "Other"))
    assert words.read_text() == "mine"


@pytest.mark.parametrize("name", ["", "   ", "\t\n"])
def test_new_needs_a_name(nhsdesk: Command, tmp_path: Path, name: str) -> None:
    assert "needs the name" in refused(nhsdesk("new", tmp_path / "a.nhsdesk", "--network", name))
    assert names_in(tmp_path) == []


def test_new_in_no_folder_or_a_synchronised_one_is_refused(nhsdesk: Command, tmp_path: Path) -> None:
    assert "no folder" in refused(nhsdesk("new", tmp_path / "no" / "a.nhsdesk", "--network", "X"))
    (tmp_path / "OneDrive").mkdir()
    said = refused(nhsdesk("new", tmp_path / "OneDrive" / "a.nhsdesk", "--network", "X"))
    assert "OneDrive" in said
    assert names_in(tmp_path / "OneDrive") == []


@pytest.mark.parametrize("name", ["Zoë’s PCN 🩺", "a 100% sure #1?.nhsdesk", "‮txt", "=1+1", "<b>PCN<b>"])
def test_names_in_any_letters_work_as_paths_and_as_names(nhsdesk: Command, tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.nhsdesk"
    assert nhsdesk("--who", name, "new", path, "--network", name).code == 0
    assert nhsdesk("check", path).code == 0
    out = tmp_path / f"{name}.pdf"
    assert nhsdesk("briefing", "place-board", path, "--out", out).code == 0
    assert out.read_bytes().startswith(b"%PDF-")
    assert nhsdesk("history", path, "O-001").code == 0
    backups = tmp_path / f"{name} backups"
    assert nhsdesk("backup", path, backups).code == 0
    assert nhsdesk("restore", next(backups.iterdir()), path).code == 0


def test_a_path_of_broken_letters_works_and_a_name_of_them_is_refused(
    nhsdesk: Command, tmp_path: Path
) -> None:
    path = tmp_path / "m\udcffp.nhsdesk"
    assert "half a letter" in refused(nhsdesk("new", path, "--network", "m\udcffp"))
    assert names_in(tmp_path) == []
    assert nhsdesk("--who", "m\udcffp", "new", path, "--network", "Ours").code == 0
    assert nhsdesk("briefing", "place-board", path, "--out", path.with_suffix(".pdf")).code == 0
    assert "m\ufffdp" in nhsdesk("history", path, "O-001").out
    assert nhsdesk("check", path).code == 0


# ---- import


def test_import_previews_adopts_and_does_not_adopt_twice(
    nhsdesk: Command, ours: Path, list_sizes: Path
) -> None:
    before = ours.read_bytes()
    preview = nhsdesk("import", list_sizes, ours, "--preview")
    assert preview.out.splitlines() == [
        "6,249 practices with their list sizes, counted on 1 January 2025.",
        "Nothing was written.",
    ]
    assert ours.read_bytes() == before
    assert nhsdesk("import", list_sizes, ours).out.splitlines()[-1] == "Adopted as DS-001."
    again = "It was adopted before, as DS-001. Nothing was written."
    assert nhsdesk("import", list_sizes, ours).out.splitlines()[-1] == again
    assert nhsdesk("import", list_sizes, ours, "--preview").out.splitlines()[-1] == again
    with record_file.open_to_read(ours, "me", Clock()) as database, database.read() as reader:
        assert reader.count(DataSet) == 1
    assert nhsdesk("undo", ours).out == "Undone: Adopt data set: practice list sizes\n"


def test_choose_brings_what_was_taken_in(
    nhsdesk: Command, ours: Path, practice_map: Path, list_sizes: Path
) -> None:
    assert "No reference file" in refused(nhsdesk("choose", ours, "U07032"))
    nhsdesk("import", practice_map, ours)
    assert "It has no list sizes yet" in nhsdesk("choose", ours, "U07032").out
    nhsdesk("import", list_sizes, ours)
    said = nhsdesk("choose", ours, "U07032").out
    assert said == f"{ours} is of Eastfield PCN (U07032), with 3 practices and their list sizes.\n"
    assert "Check the code" in refused(nhsdesk("choose", ours, "U"))


def test_a_wrong_file_or_a_missing_record_is_refused_and_nothing_is_written(
    nhsdesk: Command, ours: Path, tmp_path: Path, practice_map: Path
) -> None:
    before = ours.read_bytes()
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("a,b\n1,2\n")
    for arguments in ((wrong, ours), (wrong, ours, "--preview"), (tmp_path, ours), (ours, ours)):
        assert re.search("Nothing was read in|was not read", refused(nhsdesk("import", *arguments)))
    for how in ((), ("--preview",)):
        assert "There is no file" in refused(nhsdesk("import", practice_map, tmp_path / "none.nhsdesk", *how))
    assert ours.read_bytes() == before


# ---- papers


def test_papers_lists_every_paper(nhsdesk: Command) -> None:
    lines = [" ".join(line.split()) for line in nhsdesk("papers").out.splitlines()]
    assert "arrs-claim ARRS monthly claim (give --period 2026-10; for partners)" in lines
    assert "place-board Place board briefing (as it stands today, or --as-at a day; for partners)" in lines
    assert any(line.startswith("action-log-pages-own Action log to print") for line in lines)


def test_the_briefing_of_a_paper_that_is_a_workbook_is_its_form_to_print(
    nhsdesk: Command, sample: Path, tmp_path: Path
) -> None:
    for key in ("action-log", "action-log-own"):
        out = tmp_path / f"{key}.pdf"
        assert nhsdesk("briefing", key, sample, "--out", out, "--draft").code == 0
        assert out.read_bytes().startswith(b"%PDF-")
    assert "no paper called decision-log." in refused(
        nhsdesk("briefing", "decision-log", sample, "--out", tmp_path / "d.pdf")
    )


def test_a_return_stops_at_what_must_be_acknowledged_and_goes_on_when_it_is(
    nhsdesk: Command, sample: Path, tmp_path: Path
) -> None:
    out = tmp_path / "October.xlsx"
    asked = ("return", "arrs-claim", sample, "--period", "2026-10", "--out", out)
    said = refused(nhsdesk(*asked))
    assert "one thing must be acknowledged first" in said
    assert said.endswith("To go on, give --acknowledge.")
    assert not out.exists()
    done = nhsdesk(*asked, "--acknowledge")
    assert (done.code, done.out) == (0, f"{out}\n")
    assert done.err.startswith(
        "Acknowledged, and kept with the paper: 15 of the 15 maxima used are not confirmed"
    )
    assert zipfile.is_zipfile(out)


def test_a_briefing_is_made_as_at_a_day_in_words(nhsdesk: Command, sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "papers" / "Board.pdf"
    said = nhsdesk(
        "briefing", "place-board", sample, "--as-at", "20 November 2026", "--period", "October 2026",
        "--out", out, "--acknowledge",
    )  # fmt: skip
    assert said.code == 0
    assert out.read_bytes().startswith(b"%PDF-")


def test_a_draft_needs_no_acknowledging_and_leaves_the_record_as_it_was(
    nhsdesk: Command, sample: Path, tmp_path: Path
) -> None:
    before = sample.read_bytes()
    said = nhsdesk(
        "return", "arrs-claim", sample, "--period", "2026-10", "--out", tmp_path / "d.xlsx", "--draft"
    )
    assert said.code == 0
    assert "Must be acknowledged" in said.err
    assert sample.read_bytes() == before


def test_what_must_be_put_right_cannot_be_acknowledged(
    nhsdesk: Command, sample: Path, tmp_path: Path
) -> None:
    asked = ("return", "arrs-claim", sample, "--period", "2030-01", "--acknowledge")
    said = refused(nhsdesk(*asked, "--out", tmp_path / "x.xlsx"))
    assert "January 2030 has not begun" in said
    assert "--acknowledge" not in said
    assert not (tmp_path / "x.xlsx").exists()


@pytest.mark.parametrize(
    ("command", "key"), [("return", "place-board"), ("briefing", "arrs-claim"), ("return", "")]
)
def test_an_unknown_paper_is_refused_with_those_there_are(
    nhsdesk: Command, ours: Path, tmp_path: Path, command: str, key: str
) -> None:
    said = refused(nhsdesk(command, key, ours, "--out", tmp_path / "x"))
    assert "There are: " in said
    assert not (tmp_path / "x").exists()


def test_a_paper_that_cannot_be_written_is_a_sentence(nhsdesk: Command, ours: Path, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").mkdir()
    for out in (tmp_path / "x.pdf", ours / "x.pdf"):
        said = refused(nhsdesk("briefing", "place-board", ours, "--out", out))
        assert "Your PCN file is safe" in said
    assert "There is nothing" in nhsdesk("undo", ours).err or nhsdesk("undo", ours).code == 2


# ---- history, undo, redo


def test_history_undo_and_redo_tell_what_was_done(nhsdesk: Command, ours: Path) -> None:
    ref = add(ours, "Offer enhanced access")
    assert nhsdesk("undo", ours).out == "Undone: Add a commitment\n"
    assert titles(ours) == []
    lines = nhsdesk("history", ours, ref.lower()).out.splitlines()
    assert lines[0] == "20 November 2026, 09:30, Ann Archer, copy A: Add a commitment"
    assert "    What: nothing → Offer enhanced access" in lines
    assert f"    removed ({ref})" in lines
    assert nhsdesk("redo", ours).out == "Done again: Add a commitment\n"
    assert titles(ours) == ["Offer enhanced access"]
    assert refused(nhsdesk("redo", ours)) == "There is nothing to redo."


def test_history_of_what_never_was_is_refused(nhsdesk: Command, ours: Path) -> None:
    for ref in ("C-999", "", "'; DROP TABLE", "\x1b[2J"):
        said = nhsdesk("history", ours, ref)
        assert "is not the reference of anything" in refused(said)
        assert "\x1b" not in said.err


def test_undo_stops_where_a_paper_was_sent(nhsdesk: Command, ours: Path, tmp_path: Path) -> None:
    nhsdesk("briefing", "place-board", ours, "--out", tmp_path / "x.pdf")
    assert "Undo stops at “Issue Place board briefing”" in refused(nhsdesk("undo", ours))


# ---- check


def test_check_proves_a_whole_file(nhsdesk: Command, ours: Path) -> None:
    said = nhsdesk("check", ours)
    assert said.code == 0
    assert said.out.endswith(" 1 step in 1 copy: all is whole.\n")


def test_check_tells_of_a_file_that_was_tampered_with(nhsdesk: Command, ours: Path) -> None:
    connection = driver.connect(str(ours))
    connection.execute("UPDATE steps SET who = 'Somebody else'")
    connection.commit()
    connection.close()
    said = nhsdesk("check", ours)
    assert said.code == 2
    assert said.out.endswith("1 fault.\n")
    assert "does not follow from the one before" in said.err


def test_check_tells_of_a_kept_paper_that_was_changed(nhsdesk: Command, ours: Path, tmp_path: Path) -> None:
    nhsdesk("briefing", "place-board", ours, "--out", tmp_path / "x.pdf")
    connection = driver.connect(str(ours))
    connection.execute("UPDATE file_bytes SET bytes = zeroblob(10)")
    connection.commit()
    connection.close()
    said = nhsdesk("check", ours)
    assert said.code == 2
    assert "does not have the contents it was kept with" in said.err


# ---- backup, restore, copy, exchange


def test_a_backup_is_restored_and_the_file_in_the_way_is_kept(
    nhsdesk: Command, ours: Path, tmp_path: Path
) -> None:
    add(ours, "Before")
    backup = Path(nhsdesk("backup", ours, tmp_path / "backups").out.strip())
    assert backup.is_file()
    add(ours, "After")
    said = nhsdesk("restore", backup, ours)
    assert said.code == 0
    first, second = said.out.splitlines()
    assert first == f"{ours} is restored, as copy B."
    kept = tmp_path / second.removeprefix("The file that was there is kept as ").removesuffix(".")
    assert titles(ours) == ["Before"]
    assert titles(kept) == ["Before", "After"]
    assert nhsdesk("check", ours).code == 0


def test_restoring_what_is_no_backup_leaves_the_file_as_it_was(
    nhsdesk: Command, ours: Path, tmp_path: Path
) -> None:
    before = ours.read_bytes()
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear all")
    cut = tmp_path / "cut.nhsdesk"
    cut.write_bytes(before[:-1000])
    for wrong in (letter, cut, tmp_path / "none", tmp_path):
        refused(nhsdesk("restore", wrong, ours))
        assert ours.read_bytes() == before
    assert names_in(tmp_path) == ["Ours.nhsdesk", "cut.nhsdesk", "letter.txt"]


def test_a_backup_is_not_restored_where_a_working_file_may_not_lie(
    nhsdesk: Command, ours: Path, tmp_path: Path
) -> None:
    backup = Path(nhsdesk("backup", ours, tmp_path / "backups").out.strip())
    (tmp_path / "OneDrive").mkdir()
    assert "OneDrive" in refused(nhsdesk("restore", backup, tmp_path / "OneDrive" / "Ours.nhsdesk"))
    assert names_in(tmp_path / "OneDrive") == []
    assert "no folder" in refused(nhsdesk("restore", backup, tmp_path / "none" / "Ours.nhsdesk"))
    with files.open_for_work(ours, "Jo Baker", Clock()):
        assert "Jo Baker" in refused(nhsdesk("restore", backup, ours))


def test_a_backup_into_what_is_no_folder_is_a_sentence(nhsdesk: Command, ours: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear all")
    for folder in (letter, letter / "in"):
        assert "is a file, not a folder" in refused(nhsdesk("backup", ours, folder))


def test_two_copies_exchange_both_ways_and_tell_their_conflicts(
    nhsdesk: Command, ours: Path, tmp_path: Path
) -> None:
    ref = add(ours, "First words")
    other = tmp_path / "Jo.nhsdesk"
    assert nhsdesk("copy", ours, other).out == f"{other} is copy B.\n"
    add(ours, "Mine")
    add(other, "Theirs")
    for path, words in ((ours, "My words"), (other, "Their words")):
        with (
            record_file.open_file(path, "Jo" if path == other else "Ann", Clock()) as database,
            database.change(f"Change What of {ref}") as change,
        ):
            found = change.reader.by_ref(ref)
            assert isinstance(found, Commitment)
            change.put(replace(found, title=words))
    said = nhsdesk("exchange", ours, other)
    assert said.code == 0
    assert said.out.splitlines()[0].startswith("Ours.nhsdesk: 2 steps taken in")
    conflict = said.out.splitlines()[-1]
    for words in (
        f"“What” of {ref} was changed on both sides",
        "It was First words.",
        "My words",
        "Their words",
    ):
        assert words in conflict
    assert {"Mine", "Theirs"} <= set(titles(ours)) & set(titles(other))
    again = nhsdesk("exchange", other, ours)
    assert again.code == 0
    assert again.out.count("0 entries changed.") == 2


def test_what_cannot_be_exchanged_is_refused(nhsdesk: Command, ours: Path, tmp_path: Path) -> None:
    assert "cannot exchange with itself" in refused(nhsdesk("exchange", ours, ours))
    link = tmp_path / "link.nhsdesk"
    link.symlink_to(ours)
    assert "cannot exchange with itself" in refused(nhsdesk("exchange", ours, link))
    stranger = tmp_path / "Stranger.nhsdesk"
    nhsdesk("new", stranger, "--network", "Westfield PCN")
    before = stranger.read_bytes(), ours.read_bytes()
    refused(nhsdesk("exchange", ours, stranger))
    assert (stranger.read_bytes(), ours.read_bytes()) == before
    assert "There is no file" in refused(nhsdesk("exchange", ours, tmp_path / "none.nhsdesk"))
    assert nhsdesk("check", ours).code == 0


# ---- files that cannot be worked on


WORKING = (
    ("undo",),
    ("redo",),
    ("choose", "U07032"),
    ("briefing", "place-board", "--out", "x.pdf"),
)


def asked(words: tuple[str, ...], path: Path) -> list[str]:
    """A command with the file where it belongs."""
    place = 2 if words[0] == "briefing" else 1
    return [*words[:place], str(path), *words[place:]]


@pytest.mark.parametrize("words", WORKING, ids=lambda words: words[0])
def test_a_file_open_elsewhere_is_refused_by_the_name_of_its_holder(
    nhsdesk: Command, ours: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        import psutil

        held = {
            "person": "Jo Baker",
            "machine": os.uname().nodename,
            "process": other.pid,
            "process_began": psutil.Process(other.pid).create_time(),
            "since": "2026-11-20T09:00:00+00:00",
        }
        lock.lock_path(ours).write_text(json.dumps(held))
        said = refused(nhsdesk(*asked(words, ours)))
        other.communicate(b"\n")
    assert "Jo Baker" in said
    assert "Nothing was written." in said
    assert not (tmp_path / "x.pdf").exists()


def test_a_file_open_elsewhere_can_still_be_read_and_backed_up(
    nhsdesk: Command, ours: Path, tmp_path: Path
) -> None:
    with files.open_for_work(ours, "Jo Baker", Clock()):
        assert nhsdesk("check", ours).code == 0
        assert nhsdesk("history", ours, "O-001").code == 0
        assert nhsdesk("backup", ours, tmp_path / "b").code == 0
        assert nhsdesk("briefing", "place-board", ours, "--draft", "--out", tmp_path / "x.pdf").code == 0


READING = (*WORKING, ("check",), ("history", "C-001"), ("backup", "b"))


@pytest.mark.parametrize("words", READING, ids=lambda words: words[0])
def test_what_is_no_pcn_file_is_refused_and_left_alone(
    nhsdesk: Command, ours: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    wrong = {
        "letter.nhsdesk": b"Dear all",
        "empty.nhsdesk": b"",
        "cut.nhsdesk": ours.read_bytes()[:-4096],
        "noise.nhsdesk": ours.read_bytes()[:200] + os.urandom(len(ours.read_bytes()) - 200),
    }
    for name, content in wrong.items():
        path = tmp_path / name
        path.write_bytes(content)
        refused(nhsdesk(*asked(words, path)))
        assert path.read_bytes() == content
        path.unlink()
    refused(nhsdesk(*asked(words, tmp_path / "missing.nhsdesk")))
    refused(nhsdesk(*asked(words, tmp_path)))
    assert names_in(tmp_path) == ["Ours.nhsdesk"]


def test_a_newer_file_is_refused_with_both_forms_named(nhsdesk: Command, ours: Path) -> None:
    connection = driver.connect(str(ours))
    connection.execute(f"PRAGMA user_version={schema.SCHEMA_NUMBER + 5}")
    connection.commit()
    connection.close()
    before = ours.read_bytes()
    for words in (("undo",), ("check",)):
        said = refused(nhsdesk(*asked(words, ours)))
        assert f"form {schema.SCHEMA_NUMBER + 5}" in said
        assert "Install the later version" in said
    assert ours.read_bytes() == before


_AS_NOBODY = """
import os, sys
from nhsdesk import app, cli, cli_composing, cli_filings, cli_filling, cli_packs, cli_papers
from nhsdesk import cli_registers, cli_requests, settings
from nhsdesk.commands import data_sets, files, histories, networks, papers
from nhsdesk.store import backups, exchange, proving
os.setgroups([]); os.setresgid(65534, 65534, 65534); os.setresuid(65534, 65534, 65534)
code = app.main(["--who", "Nobody", *sys.argv[1:]])
sys.stdout.flush()
os._exit(code)
"""


def run_as_nobody(*arguments: str) -> Said:
    """The command line of a user without rights; CI is root, whom no folder refuses."""
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    command = [sys.executable, "-c", _AS_NOBODY, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=HERE, check=False)
    return Said(done.returncode, done.stdout, done.stderr)


def test_a_file_in_a_folder_that_may_only_be_read_can_be_looked_at_and_not_changed(nhsdesk: Command) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "Ours.nhsdesk"
        nhsdesk("new", path, "--network", "Eastfield PCN")
        folder.chmod(0o755)
        before = path.read_bytes()
        for words in (("undo",), ("choose", "U07032")):
            said = refused(run_as_nobody(*asked(words, path)))
            assert "read only" in said
            assert "Nothing was written." in said
        assert run_as_nobody("check", str(path)).out.endswith("all is whole.\n")
        assert "added as O-001" in run_as_nobody("history", str(path), "O-001").out
        assert "could not be made" in refused(run_as_nobody("backup", str(path), f"{name}/backups"))
        assert "Nothing" in refused(run_as_nobody("new", f"{name}/new.nhsdesk", "--network", "X"))
        assert path.read_bytes() == before
        assert [one.name for one in folder.iterdir()] == ["Ours.nhsdesk"]


def test_a_file_that_moved_is_asked_about_with_the_words_to_say(
    nhsdesk: Command, ours: Path, tmp_path: Path
) -> None:
    add(ours, "Mine")
    moved = Path(shutil.copy(ours, tmp_path / "Moved.nhsdesk"))
    before = moved.read_bytes()
    said = refused(nhsdesk("undo", moved))
    assert "was last written on" in said
    assert "nhsdesk --moved check FILE" in said
    assert moved.read_bytes() == before
    assert nhsdesk("--moved", "undo", moved).out == "Undone: Add a commitment\n"
    assert nhsdesk("redo", moved).code == 0
    second = Path(shutil.copy(ours, tmp_path / "Second.nhsdesk"))
    assert nhsdesk("--second-copy", "exchange", second, ours).code == 0
    assert nhsdesk("exchange", second, ours).code == 0
    with record_file.open_to_read(second, "me", Clock()) as database:
        assert database.head.letter == "B"


# ---- demo


def test_demo_writes_the_sample_a_return_and_a_briefing_and_lists_them(
    nhsdesk: Command, tmp_path: Path
) -> None:
    folder = tmp_path / "demo folder"
    said = nhsdesk("demo", folder)
    assert said.code == 0
    listed = said.out.splitlines()
    made = ("Sample PCN.nhsdesk", "SAMPLE ARRS claim 2026-10.xlsx", "SAMPLE Place board briefing.pdf")
    assert listed[:3] == [str(folder / name) for name in made]
    assert listed[3] == "ARRS monthly claim: 1 problem acknowledged."
    assert names_in(folder) == sorted((*made, "SAMPLE Place board briefing.html"))


def test_demo_from_the_real_file_bears_its_names(
    nhsdesk: Command, tmp_path: Path, practice_map: Path
) -> None:
    assert nhsdesk("demo", tmp_path, "--reference", practice_map).code == 0
    path = tmp_path / "Sample PCN.nhsdesk"
    with record_file.open_to_read(path, "me", Clock()) as database, database.read() as reader:
        assert "Queens Park Medical Centre" in {one.name for one in reader.all(Practice)}


def test_demo_that_cannot_be_written_leaves_nothing(
    nhsdesk: Command, tmp_path: Path, list_sizes: Path
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear all")
    assert "is a file, not a folder" in refused(nhsdesk("demo", letter))
    folder = tmp_path / "demo"
    (folder / "SAMPLE ARRS claim 2026-10.xlsx").mkdir(parents=True)
    assert "A folder has that name" in refused(nhsdesk("demo", folder))
    assert names_in(folder) == ["SAMPLE ARRS claim 2026-10.xlsx"]
    refused(nhsdesk("demo", tmp_path / "other", "--reference", list_sizes))
    assert names_in(tmp_path / "other") == []


def test_demo_never_writes_over_an_earlier_one(nhsdesk: Command, tmp_path: Path) -> None:
    nhsdesk("demo", tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert "already there" in refused(nhsdesk("demo", tmp_path))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


# ---- where words go


def test_words_that_would_steer_a_terminal_are_shown_as_signs(nhsdesk: Command, ours: Path) -> None:
    ref = add(ours, "\x1b[2J\x07red\u202e\r9 May 2020, Mallory, copy A: Removed")
    out = nhsdesk("history", ours, ref).out
    assert not set(out) & {"\x1b", "\x07", "\r", "\u202e"}
    assert "␛[2J␇red�␍9 May 2020" in out


def test_a_console_that_knows_few_letters_shows_the_rest_as_codes(ours: Path) -> None:
    ref = add(ours, "Zoë → 🩺")
    done = run_apart(
        "history", str(ours), ref, env={**os.environ, "PYTHONIOENCODING": "cp1252"}, encoding="cp1252"
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "nothing \\u2192 Zoë \\u2192 \\U0001fa7a" in done.stdout


def test_a_reader_that_has_gone_away_ends_the_program_quietly(ours: Path) -> None:
    for command in (["papers"], ["--help"], ["history", str(ours), "O-001"]):
        read, write = os.pipe()
        os.close(read)
        done = subprocess.run(
            [sys.executable, str(HERE / "main.py"), *command],
            stdout=write,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        os.close(write)
        assert done.stderr == ""
        assert done.returncode in (0, 1)


def test_a_full_disk_behind_the_output_is_a_sentence() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, str(HERE / "main.py"), "papers"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_a_mistake_of_the_program_is_one_sentence_and_logged_without_its_words(tmp_path: Path) -> None:
    """A copy of the program whose shipped maxima were spoilt makes such a mistake."""
    for name in ("nhsdesk", "resources", "migrations", "main.py"):
        take = shutil.copytree if (HERE / name).is_dir() else shutil.copy
        take(HERE / name, tmp_path / name)
    rates = tmp_path / "resources" / "rates" / "arrs_rates.csv"
    rates.write_text(rates.read_text().replace("CLIN_PHARM", "Secret words"))
    record = tmp_path / "Ours.nhsdesk"
    done = subprocess.run(
        [sys.executable, "main.py", "new", str(record), "--network", "Ours"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "state")},
    )
    assert done.returncode == 1
    assert done.stderr.startswith("The program made a mistake (ValueError). What was saved before is safe.")
    assert done.stderr.count("\n") == 1
    log = next(tmp_path.rglob("nhsdesk.log")).read_text()
    assert "ValueError" in log
    assert "resources.py:" in log
    assert "Secret words" not in done.stdout + done.stderr + log
    assert not record.exists()


def test_a_record_with_a_word_no_field_knows_is_refused_as_changed_outside(
    nhsdesk: Command, ours: Path
) -> None:
    add(ours, "Offer enhanced access")
    connection = driver.connect(str(ours))
    connection.execute("UPDATE commitment SET kind = 'Secret words'")
    connection.commit()
    connection.close()
    said = refused(nhsdesk("briefing", "place-board", ours, "--draft", "--out", ours.with_name("x.pdf")))
    assert "C-001 cannot be read" in said
    assert "Secret words" not in said
    assert not ours.with_name("x.pdf").exists()


def test_broken_preferences_are_told_and_do_not_stop_the_work(
    nhsdesk: Command, own_home: Path, ours: Path
) -> None:
    settings = own_home / "nhsdesk" / "settings.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text("who = [")
    said = nhsdesk("check", ours)
    assert said.code == 0
    assert "preferences could not be read" in said.err


def test_nothing_is_left_open_or_locked_after_a_refusal(nhsdesk: Command, ours: Path, tmp_path: Path) -> None:
    refused(nhsdesk("undo", ours, "--all"))
    nhsdesk("return", "arrs-claim", ours, "--out", tmp_path / "x.xlsx")
    assert not lock.lock_path(ours).exists()
    with record_file.open_file(ours, "me", Clock(), moved=Moved.NOT_SAID) as database:
        assert database.read_only_because == ""


def test_a_working_copy_of_a_return_is_not_kept_as_sent(
    nhsdesk: Command, sample: Path, tmp_path: Path
) -> None:
    out = tmp_path / "Action log.xlsx"
    said = nhsdesk("return", "action-log", sample, "--working-copy", "--out", out)
    assert (said.code, said.out) == (0, f"{out}\n")
    assert xlsx_lint.faults(out.read_bytes(), working_copy=True) == ()
    assert xlsx_lint.faults(out.read_bytes()) != ()
    assert nhsdesk("sent", sample).out == ""


def test_all_minutes_of_a_body_are_made_by_its_reference(
    nhsdesk: Command, sample: Path, tmp_path: Path
) -> None:
    out = tmp_path / "minutes.pdf"
    said = nhsdesk("briefing", "minutes-book", sample, "--about", "bd-999", "--out", out)
    assert (said.code, "There is no meeting or body “bd-999”" in said.err) == (2, True)
    assert nhsdesk("briefing", "minutes-book", sample, "--about", "BD-001", "--out", out, "--draft").code == 0
    assert out.exists()
