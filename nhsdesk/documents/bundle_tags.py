"""What the parts of a bundle are, for software that reads them out: one tree made of the trees of our own papers.

    tree = Tree(writer)
    tree.take(reader, pages)        a paper of our own, with its own tree (tagging.py)
    tree.enclose(pages, title)      pages from outside, whose words are read as they were drawn
    tree.close()

Source: ISO 32000-1:2008, 14.7.4.4 (finding structure elements from content items).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

_BEGIN, _END = b"/P <</MCID 0>> BDC\n", b"\nEMC\n"


class Tree:
    """The tree of a whole bundle while its parts are put in one after another."""

    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer
        self._root = self._added("StructTreeRoot")
        self._document = self._element("Document", self._root)
        self._parts: list[IndirectObject] = []
        self._parents: list[PdfObject] = []
        self._next = 0

    def take(self, reader: PdfReader, pages: Sequence[PageObject]) -> None:
        """Puts the tree of a paper in, after those before it; one without a tree stays without."""
        held = reader.root_object.get("/StructTreeRoot")
        if held is None:
            return
        # Whatever names the paper's own root names that of the bundle.
        translated = self._writer._id_translated.setdefault(id(reader), {})
        translated[reader.root_object.raw_get("/StructTreeRoot").idnum] = self._root.idnum
        tree = held.get_object()
        assert isinstance(tree, DictionaryObject)
        part = tree.raw_get("/K").clone(self._writer)
        self._become_part(part)
        self._renumber(_pairs(tree), reader.pages, pages)

    def enclose(self, pages: Iterable[PageObject], title: str) -> None:
        """A part whose pages are a paragraph each."""
        part = self._element("Part", self._document, T=TextStringObject(title))
        self._parts.append(part)
        kids = ArrayObject()
        for page in pages:
            own = page.indirect_reference
            assert own is not None
            paragraph = self._element("P", part, Pg=own, K=NumberObject(0))
            kids.append(paragraph)
            self._parents += [NumberObject(self._next), ArrayObject([paragraph])]
            page[NameObject("/StructParents")] = NumberObject(self._next)
            page[NameObject("/Tabs")] = NameObject("/S")
            self._next += 1
        _of(part)[NameObject("/K")] = kids

    def within(self, contents: list[IndirectObject]) -> list[IndirectObject]:
        """The contents of an enclosed page as the one piece of its paragraph."""
        return [self._stream(_BEGIN), *contents, self._stream(_END)]

    def close(self) -> None:
        """Makes it the tree of the file."""
        _of(self._document)[NameObject("/K")] = ArrayObject(self._parts)
        root = _of(self._root)
        root[NameObject("/K")] = self._document
        root[NameObject("/ParentTree")] = DictionaryObject({NameObject("/Nums"): ArrayObject(self._parents)})
        root[NameObject("/ParentTreeNextKey")] = NumberObject(self._next)
        catalog = self._writer.root_object
        catalog[NameObject("/StructTreeRoot")] = self._root
        catalog[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): BooleanObject(True)})

    def _become_part(self, part: PdfObject) -> None:
        assert isinstance(part, IndirectObject)
        element = _of(part)
        element[NameObject("/S")] = NameObject("/Part")
        element[NameObject("/P")] = self._document
        self._parts.append(part)

    def _renumber(
        self, pairs: list[tuple[int, PdfObject]], before: Sequence[PageObject], pages: Sequence[PageObject]
    ) -> None:
        """Gives each page and link a number that no other part has."""
        numbers = {}
        for old, elements in pairs:
            numbers[old] = self._next
            self._parents += [NumberObject(self._next), elements.clone(self._writer)]
            self._next += 1
        for was, page in zip(before, pages, strict=True):  # a page is copied without its number
            page[NameObject("/StructParents")] = _again(was, "/StructParents", numbers)
            page[NameObject("/Tabs")] = NameObject("/S")
            for annotation in page.get("/Annots") or ():
                link = annotation.get_object()
                assert isinstance(link, DictionaryObject)
                link[NameObject("/StructParent")] = _again(link, "/StructParent", numbers)

    def _added(self, kind: str) -> IndirectObject:
        return self._writer._add_object(DictionaryObject({NameObject("/Type"): NameObject(f"/{kind}")}))

    def _element(self, kind: str, parent: IndirectObject, **more: PdfObject) -> IndirectObject:
        made = self._added("StructElem")
        element = _of(made)
        element.update({NameObject("/S"): NameObject(f"/{kind}"), NameObject("/P"): parent})
        element.update({NameObject(f"/{name}"): value for name, value in more.items()})
        return made

    def _stream(self, content: bytes) -> IndirectObject:
        made = DecodedStreamObject()
        made.set_data(content)
        return self._writer._add_object(made)


def _of(reference: IndirectObject) -> DictionaryObject:
    held = reference.get_object()
    assert isinstance(held, DictionaryObject)
    return held


def _pairs(tree: DictionaryObject) -> list[tuple[int, PdfObject]]:
    """Each number of the parent tree with its element, or its elements."""
    parents = tree["/ParentTree"].get_object()
    assert isinstance(parents, DictionaryObject)
    held = parents["/Nums"].get_object()
    assert isinstance(held, ArrayObject)
    return [(int(held[at]), held[at + 1]) for at in range(0, len(held), 2)]


def _again(held: DictionaryObject, name: str, numbers: dict[int, int]) -> NumberObject:
    return NumberObject(numbers[int(str(held[name]))])
