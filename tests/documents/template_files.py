"""Small workbooks for tests of filling, written as XML, so that each test shows what it fills."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from nhsdesk.documents.template_book import Book
from nhsdesk.documents.template_values import Held, held
from nhsdesk.documents.template_xml import place

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

STYLES = ("General", "@", "dd/mm/yyyy", "0.00", "£#,##0.00", "0%", "hh:mm", "General", "dd/mm/yyyy hh:mm")
"""The number formats of styles 0 to 8; the cells of style 7 are not locked, and those of styles 1 to 6 have borders."""


def styles_xml() -> str:
    formats = "".join(f'<numFmt numFmtId="{200 + n}" formatCode="{code}"/>' for n, code in enumerate(STYLES))
    cells = "".join(
        f'<xf numFmtId="{200 + n}" borderId="{int(1 <= n <= 6)}"><protection locked="{int(n != 7)}"/></xf>'
        for n in range(len(STYLES))
    )
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><borders><border/>'
        f'<border><left style="thin"/></border></borders><cellXfs>{cells}</cellXfs></styleSheet>'
    )


def sheet_xml(rows: str = "", after: str = "", before: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def workbook(
    sheets: Mapping[str, str] | str,
    *,
    tables: Mapping[str, str] | None = None,
    shared: str = "",
    names: str = "",
    properties: str = "",
    hidden: tuple[str, ...] = (),
    more: Mapping[str, str] | None = None,
) -> bytes:
    """A workbook of these worksheets' XML by name, and of tables' XML by the name of the sheet each is on."""
    by_name = {"S": sheets} if isinstance(sheets, str) else dict(sheets)
    tables = tables or {}
    parts: dict[str, str] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": _rels([("rId1", "officeDocument", "xl/workbook.xml")]),
    }
    states = ("visible", "hidden")
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}" state="{states[name in hidden]}"/>'
        for n, name in enumerate(by_name, 1)
    )
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><workbookPr{properties}/><sheets>{listed}</sheets>'
        f"<definedNames>{names}</definedNames></workbook>"
    )
    related = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(by_name) + 1)]
    related += [("rIdS", "styles", "styles.xml"), ("rIdT", "sharedStrings", "sharedStrings.xml")]
    parts["xl/_rels/workbook.xml.rels"] = _rels(related)
    parts["xl/styles.xml"] = styles_xml()
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{shared}</sst>'
    for n, (name, content) in enumerate(by_name.items(), 1):
        parts[f"xl/worksheets/sheet{n}.xml"] = content
        if name in tables:
            parts[f"xl/worksheets/_rels/sheet{n}.xml.rels"] = _rels(
                [("rId1", "table", f"../tables/table{n}.xml")]
            )
            parts[f"xl/tables/table{n}.xml"] = tables[name]
    return zipped(parts | dict(more or {}))


def _rels(related: list[tuple[str, str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="{id_}" Type="{RELATIONS}/{kind}" Target="{to}"/>' for id_, kind, to in related
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def table_xml(ref: str, *columns: str, name: str = "Posts", more: str = "") -> str:
    listed = "".join(f'<tableColumn id="{n}" name="{column}"/>' for n, column in enumerate(columns, 1))
    return (
        f'<table xmlns="{MAIN}" id="1" name="{name}" displayName="{name}" ref="{ref}"{more}>'
        f'<autoFilter ref="{ref}"/><tableColumns count="{len(columns)}">{listed}</tableColumns></table>'
    )


def rule_xml(
    kind: str, where: str, first: str = "", second: str = "", more: str = ' showErrorMessage="1"'
) -> str:
    return (
        f'<dataValidation type="{kind}" sqref="{where}"{more}><formula1>{first}</formula1>'
        f"<formula2>{second}</formula2></dataValidation>"
    )


def rules_xml(*rules: str) -> str:
    return f"<dataValidations>{''.join(rules)}</dataValidations>"


def words(ref: str, text: str, style: int = 0) -> str:
    return f'<c r="{ref}" s="{style}" t="inlineStr"><is><t>{text}</t></is></c>'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as package:
        return package.read(name)


def found(content: bytes, ref: str, sheet: str = "S") -> Held:
    """What a cell of a workbook holds."""
    book = Book(content, "Filled.xlsx")
    entry, at = book.entry(sheet), place(ref)
    assert entry is not None
    assert at is not None
    return held(book, book.sheet(entry), book.sheet(entry).cell(*at))


def filled_with(value: Any, style: int = 0, after: str = "", **more: Any) -> tuple[Held, list[str]]:
    """What A1 of that style holds once it was given a value, and the sentences told."""
    from nhsdesk.documents import template

    content = workbook(sheet_xml(f'<row r="1"><c r="A1" s="{style}"/></row>', after), **more)
    done = template.fill(content, "Return.xlsx", {("S", "A1"): value})
    return found(done.content, "A1"), [one.sentence for one in done.problems]
