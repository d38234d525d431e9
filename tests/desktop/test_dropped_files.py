"""Files dropped on an entry: each looked at before it is kept, and a plain sentence for each that is not."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from nhsdesk.desktop.file_field import FileField
from nhsdesk.desktop.files_tab import FilesTab
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.links import Attachment
from tests.desktop.desk_side import Person

PDF = b"%PDF-1.4\nwords of ours"


def drops(on: QWidget, urls: list[QUrl]) -> bool:
    """Drags something over a control and lets it go there; whether the control takes it."""
    held = QMimeData()
    held.setUrls(urls)
    how = (Qt.DropAction.CopyAction, held, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(QPointF(5, 5), *how)
    entering.ignore()
    QApplication.sendEvent(on, entering)
    if entering.isAccepted():
        QApplication.sendEvent(on, QDropEvent(QPointF(5, 5), *how))
    return entering.isAccepted()


def paths(folder: Path, **named: bytes) -> list[QUrl]:
    made = []
    for name, content in named.items():
        path = folder / name.replace("_", ".")
        path.write_bytes(content)
        made.append(QUrl.fromLocalFile(str(path)))
    return made


def kept(person: Person) -> list[str]:
    with person.database.read() as reader:
        return [one.kept.name for one in reader.all(Attachment)]


def tab(person: Person) -> FilesTab:
    person.goes_to("Commitments")
    person.opens_entry("C-003")
    person.turns_to("Files")
    return next(one for one in person.register.findChildren(FilesTab) if one.isVisible())


def test_one_file_is_kept_as_if_it_had_been_chosen(person: Person, tmp_path: Path) -> None:
    assert drops(tab(person), paths(tmp_path, Minutes_pdf=PDF))
    assert kept(person) == ["Minutes.pdf"]
    assert person.told == "Minutes.pdf (22 bytes) is kept in the PCN file."


def test_of_several_each_that_may_be_kept_is_and_the_others_are_told_of(
    person: Person, tmp_path: Path
) -> None:
    several = paths(
        tmp_path, Minutes_pdf=PDF, Setup_pdf=b"MZ\x90\x00", Note_txt=b"Agreed", Empty_txt=b"",
        Letter_txt=b"NHS no 450 557 7104",
    )  # fmt: skip
    assert drops(tab(person), several)
    assert kept(person) == ["Minutes.pdf", "Note.txt"]
    assert person.told == "2 of 5 files are kept in the PCN file."
    assert person.sees("Setup.pdf was not kept: it is a Windows program")
    assert person.sees("Empty.txt was not kept: it is empty")
    assert person.sees("what looks like an NHS number")


def test_what_is_no_file_is_not_taken(person: Person) -> None:
    assert not drops(tab(person), [QUrl("https://example.org/paper.pdf")])
    assert kept(person) == []


def test_a_folder_is_refused_in_words(person: Person, tmp_path: Path) -> None:
    assert drops(tab(person), [QUrl.fromLocalFile(str(tmp_path))])
    assert kept(person) == []
    assert "it is a folder" in person.message


def test_a_field_of_one_file_takes_one(newcomer: Person, tmp_path: Path) -> None:
    with newcomer.database.change("Add evidence item") as change:
        item = change.add(Evidence(what="Board paper"))
    newcomer.window.show_record("evidence", item.id)
    newcomer.waits()
    field = next(one for one in newcomer.register.findChildren(FileField) if one.isVisible())
    two = paths(tmp_path, One_pdf=PDF, Two_pdf=PDF)
    assert drops(field, two)
    assert newcomer.sees("“File” holds one file, and 2 were dropped. None was kept.")
    assert newcomer.reads("File") == ""
    assert drops(field, two[:1])
    assert newcomer.reads("File") == "One.pdf (22 bytes)"
