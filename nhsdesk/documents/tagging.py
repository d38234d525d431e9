"""A printed page that says what each of its parts is, so that software can read it out: tagged PDF, PDF/UA-1.

    canvas = TaggedCanvas(target, title="Paper", ...)
    words = canvas.root.add("P")
    with canvas.within(words):
        canvas.drawString(...)
    with canvas.artifact("Pagination", "Footer"):
        canvas.drawString(...)

What is drawn stands either within an element or is an artifact, which nobody reads out; never both, and never neither.
reportlab draws and knows nothing of this: the marks in its streams and the tree of elements are written here. Sources:
ISO 32000-1:2008, 14.7 and 14.8 (structure, tagged PDF); ISO 14289-1:2014 (PDF/UA-1).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

LANGUAGE = "en-GB"

_FIRST_LINK = 1_000_000
"""Keys of links in the parent tree begin here, above those of any page."""


_ABOVE_PLACE = 24
"""Points above a place that a link leads to, which are seen with it."""


class Element:
    """A part of the document: a heading, a paragraph, a cell. It stands in its parent from the moment it is made."""

    __slots__ = ("alternative", "attributes", "kids", "kind", "number", "parent")

    def __init__(
        self, kind: str, parent: Element | None, *, attributes: str = "", alternative: str = ""
    ) -> None:
        self.kind = kind
        self.parent = parent
        self.attributes = attributes
        """As PDF writes a dictionary: "/O /Table /Scope /Row"."""
        self.alternative = alternative
        """What is read out instead of what is drawn."""
        self.kids: list[Element | tuple[int, int] | tuple[int, str]] = []
        """Elements; (page, number of the marked piece on it); (page, name of a link)."""
        self.number = 0
        """Of its object in the file."""

    def add(self, kind: str, *, attributes: str = "", alternative: str = "") -> Element:
        """A further element, after those that stand in this one."""
        made = Element(kind, self, attributes=attributes, alternative=alternative)
        self.kids.append(made)
        return made


class TaggedCanvas(Canvas):  # type: ignore[misc, unused-ignore]
    """A canvas that writes a tagged file. `title`, `author` and `subject` are of the document."""

    _code: list[str]
    _pageNumber: int  # noqa: N815 - both are reportlab's

    def __init__(self, target: Any, *, title: str, author: str, subject: str, font: str) -> None:
        self.root = Element("Document", None)
        self.sheets: list[Any] = []
        """reportlab's pages, as far as they are done."""
        self._pieces: list[list[Element]] = []
        self._links: list[tuple[int, Element]] = []
        self._named_places: dict[str, tuple[int, float]] = {}
        self._inner_links: list[tuple[_Written, str, tuple[int, float]]] = []
        self._marked = False
        super().__init__(
            target, lang=LANGUAGE, pdfVersion=(1, 7), invariant=1, initialFontName=font, pageCompression=1
        )
        self.setTitle(title)
        self.setAuthor(author)
        self.setSubject(subject)
        self.setViewerPreference("DisplayDocTitle", "true")
        self._described = (title, author, subject)

    # ---- marked pieces

    @contextmanager
    def within(self, element: Element) -> Iterator[None]:
        """What is drawn meanwhile belongs to this element."""
        self.begin(element)
        yield
        self.end()

    @contextmanager
    def artifact(self, kind: str = "Layout", subtype: str = "") -> Iterator[None]:
        """What is drawn meanwhile is not read out: Layout, Background, or Pagination with Header or Footer."""
        self._begin(f"/Artifact <</Type /{kind}{f' /Subtype /{subtype}' if subtype else ''}>> BDC")
        yield
        self.end()

    def begin(self, element: Element) -> None:
        """Opens a piece of an element; `end` closes it."""
        page = self._pageNumber - 1
        while len(self._pieces) <= page:
            self._pieces.append([])
        self._begin(self._next_piece(page, element))

    def end(self) -> None:
        """Closes the piece that is open."""
        self._code.append("EMC")
        self._marked = False

    def _begin(self, mark: str) -> None:
        if self._marked:
            raise ValueError("a marked piece inside another")
        self._code.append(mark)
        self._marked = True

    def _next_piece(self, page: int, element: Element) -> str:
        on_page = self._pieces[page]
        element.kids.append((page, len(on_page)))
        on_page.append(element)
        return f"/{element.kind} <</MCID {len(on_page) - 1}>> BDC"

    # ---- links and pages

    def link(self, element: Element, address: str, box: tuple[float, float, float, float]) -> None:
        """Makes a box on the page lead to an address; the element is a Link, in which its words stand."""
        written = self._boxed(element, address, box)
        written.text += f" /A << /S /URI /URI {_text_of_ascii(address)} >> >>"

    def lead(self, element: Element, place: str, says: str, box: tuple[float, float, float, float]) -> None:
        """Makes a box on the page lead to a place of this document, which may come later; `says` is read out."""
        written = self._boxed(element, says, box)
        self._inner_links.append((written, place, (self._pageNumber - 1, box[3])))

    def place(self, name: str, top: float) -> None:
        """Names a height of this page, so that a box can lead to it."""
        self._named_places.setdefault(name, (self._pageNumber - 1, top))

    def _boxed(self, element: Element, says: str, box: tuple[float, float, float, float]) -> _Written:
        """A link that does not yet say where to."""
        key = _FIRST_LINK + len(self._links)
        name = f"link{key}"
        self._links.append((key, element))
        edges = " ".join(f"{edge:.2f}" for edge in box)
        written = _Written(
            f"<< /Type /Annot /Subtype /Link /Rect [{edges}] /Border [0 0 0] /F 4 /StructParent {key} "
            f"/Contents {_text(says)}"
        )
        self._addAnnotation(written, name)
        element.kids.append((self._pageNumber - 1, name))
        return written

    def showPage(self) -> None:  # noqa: N802
        if self._marked:
            raise ValueError("a marked piece is open at the end of a page")
        super().showPage()

    def _setAnnotations(self, page: Any) -> None:  # noqa: N802
        """Called by reportlab for each page when it is done."""
        super()._setAnnotations(page)
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = len(self.sheets)
        page.Tabs = pdfdoc.PDFName("S")
        self.sheets.append(page)

    @contextmanager
    def after_page(self, number: int) -> Iterator[None]:
        """What is drawn meanwhile comes last on a page that is done, counted from 0."""
        current = self._code, self._pageNumber
        self._code, self._pageNumber = [], number + 1
        yield
        self.sheets[number].stream += "\n".join(self._code) + "\n"
        self._code, self._pageNumber = current

    # ---- the whole file

    def save(self) -> None:
        """Writes the file; every page must have been shown."""
        document = self._doc
        catalog = document.Catalog
        self._aim()
        catalog.StructTreeRoot = self._tree()
        catalog.MarkInfo = _Written("<< /Marked true >>")
        catalog.Metadata = pdfdoc.XMP(creator=lambda _: _metadata(*self._described))
        document.SaveToFile(self._filename, self)

    def _aim(self) -> None:
        """Says of each link where it leads: to itself where its place never came."""
        pages = self._page_numbers()
        for written, name, own in self._inner_links:
            page, top = self._named_places.get(name, own)
            written.text += f" /Dest [{pages[page]} 0 R /XYZ 0 {top + _ABOVE_PLACE:.2f} 0] >>"

    def _page_numbers(self) -> list[int]:
        numbers = self._doc.idToObjectNumberAndVersion
        return [numbers[f"Page{number + 1}"][0] for number in range(len(self.sheets))]

    def _tree(self) -> _Written:
        root = _Written("")
        root_number = self._registered(root)
        written = [(element, _Written("")) for element in _every(self.root)]
        for element, place in written:
            element.number = self._registered(place)
        pages = self._page_numbers()
        for element, place in written:
            place.text = self._spelled(element, root_number, pages)
        root.text = (
            f"<< /Type /StructTreeRoot /K {self.root.number} 0 R /ParentTree << /Nums [ {self._parents()} ] >> "
            f"/ParentTreeNextKey {_FIRST_LINK + len(self._links)} >>"
        )
        return root

    def _registered(self, written: _Written) -> int:
        self._doc.Reference(written)
        return int(self._doc.objectcounter)

    def _parents(self) -> str:
        """Which element each piece of each page, and each link, belongs to."""
        pieces = self._pieces + [[] for _ in range(len(self.sheets) - len(self._pieces))]
        by_page = [
            f"{page} [ {' '.join(f'{element.number} 0 R' for element in on_page)} ]"
            for page, on_page in enumerate(pieces)
        ]
        return " ".join([*by_page, *(f"{key} {element.number} 0 R" for key, element in self._links)])

    def _spelled(self, element: Element, root: int, pages: list[int]) -> str:
        """An element as PDF writes it. Pieces on its first page are bare numbers, others say their page."""
        own = [kid for kid in element.kids if isinstance(kid, tuple)]
        home = own[0][0] if own else None
        kids = " ".join(self._kid(kid, home, pages) for kid in element.kids)
        parts = [f"<< /Type /StructElem /S /{element.kind}"]
        parts.append(f"/P {element.parent.number if element.parent else root} 0 R")
        if home is not None:
            parts.append(f"/Pg {pages[home]} 0 R")
        if element.attributes:
            parts.append(f"/A << {element.attributes} >>")
        if element.alternative:
            parts.append(f"/Alt {_text(element.alternative)}")
        parts.append(f"/K [ {kids} ] >>")
        return " ".join(parts)

    def _kid(
        self, kid: Element | tuple[int, int] | tuple[int, str], home: int | None, pages: list[int]
    ) -> str:
        if isinstance(kid, Element):
            return f"{kid.number} 0 R"
        page, what = kid
        if isinstance(what, str):
            number, _ = self._doc.idToObjectNumberAndVersion[self._doc.annotationName(what)]
            return f"<< /Type /OBJR /Pg {pages[page]} 0 R /Obj {number} 0 R >>"
        return str(what) if page == home else f"<< /Type /MCR /Pg {pages[page]} 0 R /MCID {what} >>"


class _Written(pdfdoc.PDFObject):  # type: ignore[misc, unused-ignore]
    """An object of the file, spelled out already: many times faster than reportlab's dictionaries."""

    __RefOnly__ = 1

    def __init__(self, text: str) -> None:
        self.text = text

    def format(self, document: Any) -> bytes:
        return self.text.encode("ascii")


def _every(element: Element) -> Iterator[Element]:
    """An element and all below it, in reading order."""
    waiting = [element]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += [kid for kid in reversed(one.kids) if isinstance(kid, Element)]


def _text(words: str) -> str:
    """A text of any characters as PDF writes it."""
    return f"<feff{words.encode('utf-16-be', 'replace').hex()}>"


def _text_of_ascii(words: str) -> str:
    return f"<{words.encode('ascii').hex()}>"


def _metadata(title: str, author: str, subject: str) -> bytes:
    """The document's description as XMP has it, in which a file says that it keeps to PDF/UA-1."""
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{escape(author)}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{escape(subject)}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{LANGUAGE}</rdf:li></rdf:Bag></dc:language>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>""".encode()
