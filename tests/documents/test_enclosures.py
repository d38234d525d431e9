"""PDFs from outside that are to stand in a pack: plain pages come out, or why none do."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Array, Dictionary, Name, String
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from nhsdesk import app
from nhsdesk.documents import apart, enclosures, enclosures_apart
from nhsdesk.documents.enclosures import NotEnclosed, PlainPages, plain_pages
from tests.documents.test_text import nested_forms, pdf, word

OUTSIDE = b"zephyrine"
"""Stands in whatever must not come along."""


def changed(change: Callable[[pikepdf.Pdf], None], *pages: tuple[str, ...]) -> bytes:
    """A PDF in which something was put."""
    made = BytesIO()
    with pikepdf.open(BytesIO(pdf(*(pages or (("One",),))))) as held:
        change(held)
        held.save(made)
    return made.getvalue()


def included(data: bytes) -> PlainPages:
    """What comes of it here, without the process of its own."""
    told, pages = enclosures_apart.cleaned(data)
    assert "refused" not in told
    return PlainPages(pages, told["pages"], told["files"], told["scripts"], told["words"])


def refused(data: bytes) -> str:
    told, pages = enclosures_apart.cleaned(data)
    assert pages == b""
    return str(told["refused"])


def all_in(content: bytes) -> bytes:
    """Everything a PDF holds, unpacked."""
    with pikepdf.open(BytesIO(content)) as held:
        streams = [one.read_bytes() for one in held.objects if isinstance(one, pikepdf.Stream)]
        return b"\n".join([*streams, *(repr(one).encode() for one in held.objects)])


def seen_on(content: bytes) -> list[str]:
    document = pdfium.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


# ---- what is stripped


def scripts(held: pikepdf.Pdf) -> None:
    act = Dictionary(S=Name.JavaScript, JS=String(OUTSIDE.decode()))
    held.Root.OpenAction = act
    held.Root.AA = Dictionary(WC=act)
    held.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("go"), act])))
    held.pages[0].obj.AA = Dictionary(O=act)


def launches(held: pikepdf.Pdf) -> None:
    launch = Dictionary(S=Name.Launch, F=String(OUTSIDE.decode()))
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 600, 800]), A=launch, Border=Array([0, 0, 0])
    )
    held.pages[0].obj.Annots = held.make_indirect(Array([held.make_indirect(link)]))
    held.Root.OpenAction = Dictionary(S=Name.GoToR, F=String(OUTSIDE.decode()))


def files_inside(held: pikepdf.Pdf) -> None:
    held.attachments["inside.exe"] = OUTSIDE
    held.Root.AF = held.make_indirect(
        Array([held.make_indirect(Dictionary(Type=Name.Filespec, F=String("x")))])
    )


def in_a_picture(held: pikepdf.Pdf) -> None:
    form = held.make_stream(b"0 0 m", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    form.Ref = Dictionary(F=Dictionary(Type=Name.Filespec, F=String(OUTSIDE.decode())), Page=0)
    form.PieceInfo = Dictionary(Evil=Dictionary(A=Dictionary(S=Name.JavaScript, JS=String(OUTSIDE.decode()))))
    form.Metadata = held.make_stream(OUTSIDE, Type=Name.Metadata)
    held.pages[0].Resources.XObject = Dictionary(F=form)
    held.pages[0].contents_add(b"/F Do")


@pytest.mark.parametrize("put_in", [scripts, launches, files_inside, in_a_picture])
def test_nothing_that_acts_or_hides_comes_along(put_in: Callable[[pikepdf.Pdf], None]) -> None:
    before = changed(put_in)
    assert OUTSIDE in all_in(before)
    found = included(before)
    held = all_in(found.content)
    for name in (
        OUTSIDE,
        b"/JavaScript",
        b"/Launch",
        b"/OpenAction",
        b"/EmbeddedFile",
        b"/Filespec",
        b"/Annots",
    ):
        assert name not in held
    assert "One" in seen_on(found.content)[0]


def test_what_was_left_out_is_counted() -> None:
    assert included(changed(files_inside)).files == 1
    assert included(changed(scripts)).scripts == 1


def test_what_was_filled_in_and_noted_is_drawn_and_the_form_is_gone() -> None:
    made = BytesIO()
    canvas = Canvas(made)
    canvas.drawString(60, 780, "Name")
    canvas.acroForm.textfield(name="who", value="Filled in by hand", x=60, y=700, width=300)
    canvas.save()
    found = included(made.getvalue())
    assert "Filled in by hand" in seen_on(found.content)[0]
    assert b"/AcroForm" not in all_in(found.content)
    assert b"/Widget" not in all_in(found.content)


# ---- pages of every kind


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_turned_page_is_upright_and_whole(turned: int) -> None:
    def turn(held: pikepdf.Pdf) -> None:
        held.pages[0].Rotate = turned

    document = pdfium.PdfDocument(included(changed(turn, ("Top line",))).content)
    across, down = document[0].get_size()
    assert document[0].get_rotation() == 0
    assert (across > down) is (turned in (90, 270))
    assert "Top line" in document[0].get_textpage().get_text_range()
    document.close()


@pytest.mark.parametrize(
    "box", [[0, 0, 10_000, 14_000], [0, 0, 3, 3], [-500, -500, 100, 400], [9, 9, 9, 9], [600, 800, 0, 0]]
)
def test_odd_boxes_end_on_an_a4_page(box: list[int]) -> None:
    def resize(held: pikepdf.Pdf) -> None:
        held.pages[0].MediaBox = Array(box)

    document = pdfium.PdfDocument(included(changed(resize)).content)
    assert sorted(map(round, document[0].get_size())) == [595, 842]
    document.close()


def test_what_lies_outside_the_crop_is_not_seen() -> None:
    def crop(held: pikepdf.Pdf) -> None:
        held.pages[0].CropBox = Array([0, 0, 300, 300])

    found = included(changed(crop, ("Above the crop",)))
    document = pdfium.PdfDocument(found.content)
    shades = document[0].render(grayscale=True).to_pil().getextrema()
    document.close()
    assert shades == (255, 255)


def test_nothing_stands_where_the_number_goes() -> None:
    made = BytesIO()
    canvas = Canvas(made)
    canvas.rect(0, 0, 596, 842, fill=1)
    canvas.save()
    document = pdfium.PdfDocument(included(made.getvalue()).content)
    drawn = document[0].render(grayscale=True).to_pil()
    document.close()
    assert drawn.crop((0, 0, drawn.width, enclosures_apart.HEAD_ROOM - 1)).getextrema() == (255, 255)
    assert drawn.getpixel((300, enclosures_apart.HEAD_ROOM + 2)) == 0


# ---- what cannot be included


def unprintable() -> bytes:
    made = BytesIO()
    canvas = Canvas(made, encrypt=StandardEncryption("", ownerPassword="owner", canPrint=0))
    canvas.drawString(60, 700, "One")
    canvas.save()
    return made.getvalue()


def adobe_form(held: pikepdf.Pdf) -> None:
    held.Root.AcroForm = Dictionary(
        Fields=Array([]), XFA=Array([String("template"), held.make_stream(b"<template/>")])
    )
    held.Root.NeedsRendering = True


def a_layer(*, off: bool) -> bytes:
    """Words on a layer of their own."""

    def put_in(held: pikepdf.Pdf) -> None:
        layer = held.make_indirect(Dictionary(Type=Name.OCG, Name=String("Notes")))
        held.pages[0].Resources.Properties = Dictionary(L=layer)
        held.pages[0].contents_add(b"/OC /L BDC BT /F1 12 Tf 60 600 Td (On a layer) Tj ET EMC")
        settled = Dictionary(OFF=Array([layer])) if off else Dictionary(ON=Array([layer]))
        held.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=settled)

    return changed(put_in)


def test_a_layer_that_is_on_is_drawn() -> None:
    assert "On a layer" in seen_on(included(a_layer(off=False)).content)[0]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (pdf(("One",), locked="secret"), "locked"),
        (pdf(("One",))[:200], "broken"),
        (b"%PDF-1.7\n" + b"\x00" * 5_000, "broken"),
        (unprintable(), "not to be printed"),
        (changed(adobe_form), "adobe form"),
        (a_layer(off=True), "layers"),
        (word("One"), "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old word"),
        (b"MZ\x90\x00" + bytes(100), "program"),
        (b"plain words", "text"),
        (b"", "empty"),
    ],
)
def test_what_cannot_stand_in_a_pack_says_why(data: bytes, why: str) -> None:
    assert refused(data) == why


def test_a_file_of_more_pages_than_anybody_reads_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enclosures_apart, "MOST_PAGES", 1)
    assert refused(pdf(("One",), ("Two",))) == "too many pages"


def test_one_that_opens_without_a_password_is_included() -> None:
    made = BytesIO()
    canvas = Canvas(made, encrypt=StandardEncryption("", ownerPassword="owner", canPrint=1))
    canvas.drawString(60, 700, "Open to all")
    canvas.save()
    content = included(made.getvalue()).content
    assert "Open to all" in seen_on(content)[0]
    assert b"/Encrypt" not in content


# ---- the process of its own


def test_pages_come_through_the_process_and_the_same_twice() -> None:
    data = pdf(("First",), ("Second",))
    found = plain_pages(data)
    plain_pages.cache_clear()
    assert isinstance(found, PlainPages)
    assert (found.pages, found.files, found.scripts) == (2, 0, 0)
    assert "First" in found.words
    assert plain_pages(data) == found


def test_one_that_would_draw_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "MOST_SECONDS", 2)
    found = plain_pages(nested_forms(9))
    assert isinstance(found, NotEnclosed)


def test_what_brings_the_process_down_is_called_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "starting", lambda *_: [sys.executable, "-c", "import os; os.abort()"])
    found = plain_pages(pdf(("Brought down",)))
    assert found == NotEnclosed("it is damaged, or was not saved completely. Ask for it again")


def test_a_bundle_starts_itself_to_take_a_pdf_apart() -> None:
    main = Path(app.__file__).parents[1] / "main.py"
    done = subprocess.run(
        [sys.executable, str(main), app.ENCLOSE_APART], input=pdf(("One",)), capture_output=True, check=False
    )
    assert app.ENCLOSE_APART == enclosures.APART
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.partition(b"\n")[2].startswith(b"%PDF")
