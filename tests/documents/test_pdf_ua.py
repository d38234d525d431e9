"""Every briefing passes the real PDF/UA-1 validator, and a paper that is damaged does not."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from nhsdesk.briefings import BRIEFINGS, place_board
from nhsdesk.commands import papers
from nhsdesk.documents import bundle, pdf
from nhsdesk.documents.model import (
    BarLook,
    Bullets,
    Bundle,
    Chart,
    Column,
    NotIncluded,
    Paragraph,
    Part,
    Quotation,
    Report,
    Section,
    Series,
    Table,
)
from nhsdesk.domain.meetings import Meeting
from nhsdesk.store import record_file
from nhsdesk.store.database import Database
from tests.briefings.test_place_board_read import of_many
from tests.conftest import AS_OF, Clock
from tests.examples import THOROUGH

VALIDATOR = Path(__file__).resolve().parents[3] / "shared" / "tools" / "pdfua"


@pytest.fixture
def validator() -> Path:
    """The validator beside the checkout; a computer of CI must have it, and Java."""
    reason = (
        f"there is no validator at {VALIDATOR}" if not VALIDATOR.is_file() else "there is no Java compiler"
    )
    if not VALIDATOR.is_file() or shutil.which("javac") is None:
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return VALIDATOR


def test_every_briefing_passes_and_every_damaged_paper_fails(
    validator: Path, sample_as_made: Path, database: Database, tmp_path: Path, report: Callable[..., Report]
) -> None:
    with record_file.open_to_read(sample_as_made, "me", Clock()) as sample:
        made = {f"sample {name}": content for name, content in briefings(sample)}
    made |= {f"empty {name}": content for name, content in briefings(database)}
    made["hostile"] = pdf.write(hostile())
    made["bundle"] = bundle.write(bundled(hostile()))
    made["nothing"] = pdf.write(Report("", "", "", AS_OF, Clock()(), (), ""))
    whole = pdf.write(report(Paragraph("x"), table(), chart()))
    broken = {f"damaged {name}": damaged(whole, damage) for name, damage in DAMAGES.items()}
    told = validated(validator, tmp_path, {**made, **broken})
    assert {name: told[name] for name in made if told[name] != PASSED} == {}
    assert {name: told[name].split("-")[0] for name in broken} == {
        "damaged alternative": "7.3",
        "damaged scope": "7.5",
        "damaged language": "7.2",
        "damaged level": "7.4.2",
    }


@pytest.mark.skipif(not THOROUGH, reason="the validator takes ten seconds for so many pages: make thorough")
def test_the_place_board_briefing_of_ten_thousand_entries_passes(
    validator: Path, sample_as_made: Path, tmp_path: Path
) -> None:
    with record_file.open_to_read(sample_as_made, "me", Clock()) as sample:
        made = papers.make(sample, place_board.PAPER, papers.asked_of(sample, None, AS_OF))
    assert validated(validator, tmp_path, {"many": of_many(made)}) == {"many": PASSED}


PASSED = "passed"


def validated(validator: Path, folder: Path, files: dict[str, bytes]) -> dict[str, str]:
    """What the validator says of each file: that it passed, or the first clause that it does not keep."""
    for name, content in files.items():
        (folder / f"{name}.pdf").write_bytes(content)
    names = [str(folder / f"{name}.pdf") for name in files]
    java = {
        "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    }  # half the time, for so short a run
    answer = subprocess.run(
        [str(validator), *names], capture_output=True, text=True, check=False, env=os.environ | java
    )
    told: dict[str, str] = {}
    last = ""
    for line in answer.stdout.splitlines():
        if "\t" in line:
            last = Path(line.split("\t")[0]).stem
            told[last] = PASSED if "\tPASS\t" in line else ""
        elif not told[last]:
            told[last] = line.split()[0]
    assert set(told) == set(files), answer.stderr
    return told


def briefings(database: Database) -> Iterator[tuple[str, bytes]]:
    """Every briefing as at the sample's day, of the newest meeting where it is of one."""
    with database.read() as reader:
        meetings = [meeting.id for meeting in reader.all(Meeting) if meeting.held_on <= AS_OF]
    for paper in BRIEFINGS:
        of_one = paper.key.partition("-")[0] in ("agenda", "minutes", "pack")
        about = meetings[-1] if of_one and meetings else None
        asked = papers.asked_of(database, None, AS_OF, about=about)
        yield paper.key, papers.make(database, paper, asked).content


# ---- what is hard on a page


def bundled(paper: Report) -> Bundle:
    """Papers with links and tables one after another, and a page for what is not there."""
    why = NotIncluded("it is damaged")
    return Bundle(paper, (Part("Agenda", "Agenda", paper), Part("Enclosure A", "Plan.pdf", why)))


def chart() -> Chart:
    series = (Series("a", BarLook.FULL, (1, 2)), Series("b", BarLook.STRIPED, (3, None)))
    return Chart("C", "A chart", "Month", ("April", "May"), ("A", "M"), series, "April 4, May 2.")


def table() -> Table:
    columns = (Column("Post"), Column("Month"))
    return Table("T", columns, tuple((f"Post {n}", "May") for n in range(80)), "Posts")


def hostile() -> Report:
    """Everything people may type, everywhere it is printed."""
    typed = (
        "<b>x &amp; <img src='/etc/passwd'> https://www.england.nhs.uk/ (mailto:a@b.uk) javascript:alert(1) "
        "\u2588\u2588 \u05e9\u05dc\u05d5\u05dd \u202eevil 😀 \ud83d \x00\x1f ]]> %PDF (\\) endstream"
    )
    long = f"{typed} {'w' * 5_000}"
    wide = tuple(Column(f"{number} {'heading ' * 3}") for number in range(14))
    blocks = (
        Paragraph(long),
        Bullets((typed, "", "\n")),
        Bullets(()),
        Quotation(typed, typed),
        Table("T", (Column("A"), Column("B")), ((long * 2, "b"), ("", None)), typed),
        Table("W", wide, (("considerable words",) * 14,) * 9, "wide"),
        Table("E", (Column("A"),), (), "empty"),
        Chart("H", typed, "Unit", (typed,), (typed,), (Series(typed[:150], BarLook.FULL, (3,)),), typed),
    )
    sections = (
        Section(typed, blocks),
        Section("", (), own_page=True),
        Section("last", (Table("X", wide, (("y",) * 14,)),)),
    )
    return Report(typed, typed, typed, date(2026, 1, 1), Clock()(), sections, typed, typed)


# ---- what must not pass


def damaged(whole: bytes, damage: Callable[[pikepdf.Pdf], object]) -> bytes:
    out = BytesIO()
    with pikepdf.Pdf.open(BytesIO(whole)) as opened:
        damage(opened)
        opened.save(out)
    return out.getvalue()


def elements(opened: pikepdf.Pdf, kind: str) -> list[Any]:
    return [one for one in opened.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == kind]


def without_alternative(opened: pikepdf.Pdf) -> None:
    for figure in elements(opened, "/Figure"):
        del figure["/Alt"]


def without_scope(opened: pikepdf.Pdf) -> None:
    for heading in elements(opened, "/TH"):
        del heading["/A"]


def without_language(opened: pikepdf.Pdf) -> None:
    del opened.Root["/Lang"]


def with_a_level_left_out(opened: pikepdf.Pdf) -> None:
    for heading in elements(opened, "/H2"):
        heading.S = pikepdf.Name("/H4")


DAMAGES = {
    "alternative": without_alternative,
    "scope": without_scope,
    "language": without_language,
    "level": with_a_level_left_out,
}
