"""Puts several papers into one PDF: each page says of which it is, "Enclosure C, page 3 of 5", and each has a bookmark.

Our own papers are printed by `pdf`. A PDF from outside comes through `enclosures`, which leaves nothing in it but what
is seen; what cannot be included is said on a page of its own. The same bundle and files give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC
from io import BytesIO

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.constants import PageLabelStyle
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from nhsdesk.documents import pdf, theme
from nhsdesk.documents.bundle_tags import Tree
from nhsdesk.documents.enclosures import NotEnclosed, plain_pages
from nhsdesk.documents.model import Attached, Bundle, NotIncluded, Paragraph, Part, Report, Section
from nhsdesk.documents.page_text import printable, register_fonts, without_bars

Kept = Callable[[str], bytes | None]
"""The bytes of a file by their SHA-256; None where they are not kept."""

CONTENTS = "Contents"
NOT_KEPT = "its file is not kept in the PCN file any more"

_LONGEST_LABEL = 60
_LONGEST_TITLE = 120
_ABOVE_ENCLOSED = 26
"""Points from the edge to the words above an enclosed page, within the room left for them."""
_NUMBER = NameObject("/PageOfPart")
_CLAIM = b"<pdfuaid:part>1</pdfuaid:part>\n"
_BEFORE, _AFTER = b"q\n", b"\nQ\n"
_DRAW_NUMBER = b"/Artifact <</Type /Pagination>> BDC q /PageOfPart Do Q EMC\n"


@dataclass(frozen=True, slots=True)
class _Set:
    """A part that is ready: its PDF, whether it is from outside, and whether its headings are found as bookmarks."""

    part: Part
    pages: PdfReader
    outside: bool = False
    headings: bool = False


@dataclass(frozen=True, slots=True)
class _Head:
    """What is printed at the head of one page."""

    words: str
    mark: str
    across: float
    down: float
    from_top: float


def nothing_kept(_: str) -> None:
    """Of a bundle without files from outside."""


def write(bundle: Bundle, kept: Kept = nothing_kept) -> bytes:
    """The whole bundle as one PDF."""
    front = Part(CONTENTS, bundle.title, bundle.front)
    sets = [_set(part, bundle, kept) for part in (front, *bundle.parts)]
    writer = PdfWriter()
    tree, heads = Tree(writer), _heads_of(sets, bundle.front.mark)
    for one in sets:
        _add(writer, tree, one, heads)
    tree.close()
    _describe(writer, bundle.front)
    _say_what_it_keeps_to(writer, sets)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _set(part: Part, bundle: Bundle, kept: Kept) -> _Set:
    match part.content:
        case Report():
            return _Set(part, _reader(pdf.write(part.content)), headings=True)
        case NotIncluded():
            return _not_included(part, bundle, part.content.why)
        case Attached():
            content = kept(part.content.sha256)
            found = NotEnclosed(NOT_KEPT) if content is None else plain_pages(content)
            if isinstance(found, NotEnclosed):
                return _not_included(part, bundle, found.why)
            return _Set(part, _reader(found.content), outside=True)


def _reader(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def _not_included(part: Part, bundle: Bundle, why: str) -> _Set:
    """A page that stands where the part would, and says why it does not."""
    told = Section("Not included", (Paragraph(f"{part.label} could not be included: {why.rstrip('.')}."),))
    page = replace(bundle.front, title=part.label, subtitle=part.title, sections=(told,))
    return _Set(part, _reader(pdf.write(page)))


def _heads_of(sets: list[_Set], mark: str) -> Iterator[PageObject]:
    """A page for each page, with nothing on it but what stands at its head."""
    return iter(_reader(_printed_heads(list(_heads(sets, mark)))).pages)


def _heads(sets: list[_Set], mark: str) -> Iterator[_Head]:
    for one in sets:
        total = len(one.pages.pages)
        label = _one_line(one.part.label, _LONGEST_LABEL)
        for number, page in enumerate(one.pages.pages, 1):
            across, down = float(page.mediabox.width), float(page.mediabox.height)
            words = f"{label}, page {number} of {total}"
            if one.outside:
                yield _Head(words, mark, across, down, _ABOVE_ENCLOSED)
            else:  # our own pages bear their mark already
                yield _Head(words, "", across, down, theme.PAGE_MARGIN - 4)


def _printed_heads(heads: list[_Head]) -> bytes:
    register_fonts()
    target = BytesIO()
    canvas = Canvas(target, invariant=1, initialFontName=theme.PAGE_FONT)
    for head in heads:
        canvas.setPageSize((head.across, head.down))
        top = head.down - head.from_top
        if head.mark:
            canvas.setFont(theme.PAGE_FONT_BOLD, theme.HEADING_SIZE)
            canvas.setFillColor(HexColor(theme.DARK_BLUE))
            canvas.drawCentredString(head.across / 2, top, _one_line(head.mark, _LONGEST_LABEL))
        canvas.setFont(theme.PAGE_FONT, theme.SMALL_SIZE)
        canvas.setFillColor(HexColor(theme.SECONDARY))
        canvas.drawRightString(head.across - theme.PAGE_MARGIN, top, head.words)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _add(writer: PdfWriter, tree: Tree, one: _Set, heads: Iterator[PageObject]) -> None:
    first = len(writer.pages)
    aims = _aims(one.pages)
    added = [writer.add_page(page) for page in one.pages.pages]
    _aim(added, aims)
    if one.outside:
        tree.enclose(added, one.part.title)
    else:
        tree.take(one.pages, added)
    for page in added:
        own = tree.within(_contents(page)) if one.outside else _contents(page)
        _number(writer, page, own, next(heads), ahead=one.outside)
    label = _one_line(one.part.label, _LONGEST_LABEL)
    last = len(writer.pages) - 1
    writer.set_page_label(
        page_index_from=first, page_index_to=last, style=PageLabelStyle.DECIMAL, prefix=f"{label}, "
    )
    title = _one_line(f"{label}: {one.part.title}", _LONGEST_TITLE)
    entry = writer.add_outline_item(title=title, page_number=first, is_open=False)
    if one.headings:
        _bookmarks(writer, one.pages, entry, first)


@dataclass(frozen=True, slots=True)
class _Aim:
    """A link within one paper: the page and place of its box, the page it reaches, and where on that."""

    page: int
    link: int
    reaches: int
    where: tuple[PdfObject, ...]


def _aims(paper: PdfReader) -> list[_Aim]:
    """The links within a paper, taken off: a page that is copied would else bring the pages it leads to with it."""
    numbers = {page.indirect_reference: number for number, page in enumerate(paper.pages)}
    found = []
    for number, page in enumerate(paper.pages):
        for place, held in enumerate(page.get("/Annots") or ()):
            link = held.get_object()
            if "/Dest" in link:
                target, *where = link.pop("/Dest")
                found.append(_Aim(number, place, numbers[target.indirect_reference], tuple(where)))
    return found


def _aim(added: list[PageObject], aims: list[_Aim]) -> None:
    """Lets them lead to the pages as they lie in the bundle."""
    for one in aims:
        links, target = added[one.page]["/Annots"].get_object(), added[one.reaches].indirect_reference
        assert isinstance(links, ArrayObject)
        assert target is not None
        link = links[one.link].get_object()
        assert isinstance(link, DictionaryObject)
        link[NameObject("/Dest")] = ArrayObject([target, *one.where])


def _bookmarks(writer: PdfWriter, pages: PdfReader, under: IndirectObject, first: int) -> None:
    """The headings of one of our own papers, below its title."""
    for held in pages.outline[1:]:
        number = None if isinstance(held, list) else pages.get_destination_page_number(held)
        if not isinstance(held, list) and number is not None:
            writer.add_outline_item(title=str(held.title), page_number=first + number, parent=under)


def _number(
    writer: PdfWriter, page: PageObject, contents: list[IndirectObject], head: PageObject, *, ahead: bool
) -> None:
    """Draws the head of a page: after its own words, or before those from outside, so that the mark is read first."""
    resources = _copied(page.get("/Resources"))
    drawn = _copied(resources.get("/XObject"))
    drawn[_NUMBER] = writer._add_object(_as_form(writer, head))
    resources[NameObject("/XObject")] = drawn
    page[NameObject("/Resources")] = resources
    own = [_stream(writer, _BEFORE), *contents, _stream(writer, _AFTER)]
    number = _stream(writer, _DRAW_NUMBER)
    page[NameObject("/Contents")] = ArrayObject([number, *own] if ahead else [*own, number])


def _copied(held: PdfObject | None) -> DictionaryObject:
    """A dictionary of its own, so that a change touches no other page that shares it."""
    plain = None if held is None else held.get_object()
    return DictionaryObject(plain if isinstance(plain, DictionaryObject) else {})


def _contents(page: PageObject) -> list[IndirectObject]:
    held = page.get("/Contents")
    if held is None:
        return []
    if isinstance(held.get_object(), ArrayObject):
        return list(held.get_object())
    return [held if isinstance(held, IndirectObject) else page.raw_get("/Contents")]


def _as_form(writer: PdfWriter, head: PageObject) -> DecodedStreamObject:
    """What stands on a page, to be drawn on another."""
    form = DecodedStreamObject()
    content = head.get_contents()
    form.set_data(content.get_data() if content is not None else b"")
    box = ArrayObject([FloatObject(side) for side in (0, 0, head.mediabox.width, head.mediabox.height)])
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): box,
            NameObject("/Resources"): _copied(head.get("/Resources")).clone(writer),
        }
    )
    return form


def _stream(writer: PdfWriter, content: bytes) -> IndirectObject:
    made = DecodedStreamObject()
    made.set_data(content)
    return writer._add_object(made)


def _describe(writer: PdfWriter, front: Report) -> None:
    made = front.created.astimezone(UTC).strftime("D:%Y%m%d%H%M%S+00'00'")
    writer.metadata = {
        "/Title": _one_line(front.title),
        "/Author": _one_line(front.organisation),
        "/Subject": _one_line(front.subtitle),
        "/Keywords": _one_line(front.mark),
        "/Creator": "nhsdesk",
        "/CreationDate": made,
        "/ModDate": made,
    }
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject("en-GB")
    root[NameObject("/PageMode")] = NameObject("/UseOutlines")
    title_shown = {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    root[NameObject("/ViewerPreferences")] = DictionaryObject(title_shown)


def _say_what_it_keeps_to(writer: PdfWriter, sets: list[_Set]) -> None:
    """The description of the front page, which is that of the bundle. With pages from outside it claims no standard."""
    held = sets[0].pages.root_object.get("/Metadata")
    plain = None if held is None else held.get_object()
    if not isinstance(plain, StreamObject):
        return
    told = plain.get_data()
    if any(one.outside for one in sets):
        told = told.replace(_CLAIM, b"")
    stream = DecodedStreamObject()
    stream.set_data(told)
    stream.update({NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")})
    writer.root_object[NameObject("/Metadata")] = writer._add_object(stream)


def _one_line(text: str, longest: int = 300) -> str:
    plain = " ".join(printable(without_bars(text)).split())
    return plain if len(plain) <= longest else f"{plain[: longest - 2]} …"
