"""The commands by which a register goes out to a spreadsheet and comes back; `app` adds them to the others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nhsdesk import errors
from nhsdesk.cli import Desk, _reading, _say, _working, desk
from nhsdesk.cli_types import A_FILE, counted

if TYPE_CHECKING:
    from nhsdesk.commands.register_changes import Line, Seen
    from nhsdesk.domain.fields import RecordKind


@desk.command()
@click.argument("kind")
@click.argument("record", type=A_FILE)
@click.option("--out", type=A_FILE, required=True, help="The file to write: .xlsx or .csv.")
@click.option("--words", default="", help="Only entries that hold these words.")
@click.option(
    "--every-column", is_flag=True, help="All columns, not only those that the register shows at first."
)
@click.pass_obj
def export(asked: Desk, kind: str, record: Path, out: Path, words: str, every_column: bool) -> None:
    """Write the register KIND of RECORD, such as commitments, as a file to work in."""
    from nhsdesk.commands import register_files

    with _reading(asked, record) as database:
        view = register_files.whole(database, _kind(kind), words, every_column=every_column)
        register_files.save(database, view, out)
    _say(f"{out}: {counted(len(view.ids), view.kind.noun, view.kind.nouns)}.")


def _kind(words: str) -> RecordKind:
    from nhsdesk.domain.records import KINDS

    wanted = " ".join(words.replace("_", " ").replace("-", " ").split()).casefold()
    for kind in KINDS.values():
        if wanted in (kind.name.replace("_", " "), kind.title.casefold(), kind.plural.casefold()):
            return kind
    raise errors.PaperRefused(
        f"There is no register called {words}. Nothing was written. Give it as the window has it, such as "
        'commitments or "ARRS posts".'
    )


@desk.command(name="import")
@click.argument("file", type=A_FILE)
@click.argument("record", type=A_FILE)
@click.option("--preview", is_flag=True, help="Only tell what is in the file, and what it would change.")
@click.option(
    "--overwrite",
    is_flag=True,
    help="Of a register: take the file's word where a field was changed here as well.",
)
@click.pass_obj
def import_(asked: Desk, file: Path, record: Path, preview: bool, overwrite: bool) -> None:
    """Take FILE into RECORD in one step: a register that was exported, or a published NHS file as a data set."""
    from nhsdesk.commands import register_sheet

    if register_sheet.is_one(file):
        _bring_back(asked, file, record, preview=preview, overwrite=overwrite)
    else:
        _adopt(asked, file, record, preview=preview)


def _bring_back(asked: Desk, file: Path, record: Path, *, preview: bool, overwrite: bool) -> None:
    from nhsdesk.commands import register_changes

    with _reading(asked, record) if preview else _working(asked, record) as database:
        seen = register_changes.look(database, file)
        _tell(seen, overwrite=overwrite)
        done = 0 if preview else register_changes.take_in(database, seen, overwrite=overwrite)
    kind = seen.brought.kind
    _say(f"{counted(done, kind.noun, kind.nouns)} changed or added." if done else "Nothing was written.")


def _tell(seen: Seen, *, overwrite: bool) -> None:
    for sentence in seen.told:
        _say(sentence)
    for line in seen.lines:
        for words in _words(line, overwrite=overwrite):
            _say(f"Row {line.number:,}, {words}")
    if not seen.lines:
        _say(f"{counted(len(seen.brought.rows), 'row')}, no change.")


def _words(line: Line, *, overwrite: bool) -> list[str]:
    ref = f"{line.ref}: " if line.ref else ""
    told = [f"{ref}{one.field.label}: {one.before or 'empty'} → {one.after or 'empty'}" for one in line.edits]
    how = "the file's word is taken" if overwrite else "left as it is here; --overwrite takes the file's word"
    told += [
        f"{ref}{one.field.label} was changed on both sides: here {one.before or 'empty'}, in the file "
        f"{one.after or 'empty'}; {how}"
        for one in line.conflicts
    ]
    if line.added is not None:
        told.append(f"new: {line.added.title_words()}")
    return told + [f"{ref}{one}" for one in line.told]


def _adopt(asked: Desk, file: Path, record: Path, *, preview: bool) -> None:
    from nhsdesk.commands import data_sets

    seen = data_sets.preview(file)
    with _reading(asked, record) if preview else _working(asked, record) as database:
        for words in seen.reading.told:
            _say(words)
        known = data_sets.adopted(database, seen)
        if known is not None:
            _say(f"It was adopted before, as {known.ref}. Nothing was written.")
        elif preview:
            _say("Nothing was written.")
        else:
            _say(f"Adopted as {data_sets.adopt(database, seen).ref}.")
