"""Makes an attached PDF fit to stand in a pack, in a process of its own: bytes come in, plain pages go out.

Started by documents/enclosures.py, which gives it a minute. Each page is drawn on a fresh A4 page, upright, with room
at its head. What was filled in or noted on it is drawn as it is seen. Nothing else is taken along: no script, action,
link or form, and no file inside the file. A page that cannot be drawn here would not open on another desk either, so it
is tried before the file is let in.

Out go a line of JSON, which says what is wrong in one word or how many pages there are, and after it the new PDF.
"""

from __future__ import annotations

import json
import sys
from io import BytesIO
from typing import Any

from nhsdesk.documents import text_apart
from nhsdesk.documents.text_apart import Unread

MOST_PAGES = 300
MOST_WORDS = 2_000_000
A4 = (595.276, 841.89)
HEAD_ROOM = 42
"""Points above an enclosed page, for its mark and its number."""

_PRINTING = 1 << 2
"""The right to print, as a PDF keeps it (ISO 32000-1, table 22)."""
_TRIED_AT = 0.1
_SMALLEST_SIDE = 1.0
_OF_PICTURES = (
    "/OPI",
    "/Ref",
    "/AF",
    "/Metadata",
    "/PieceInfo",
    "/StructParent",
    "/StructParents",
    "/Alternates",
)
_ACTIONS = (
    "/JavaScript", "/Launch", "/GoTo", "/GoToR", "/GoToE", "/GoToDp", "/SubmitForm", "/ImportData", "/ResetForm",
    "/URI", "/Rendition", "/Movie", "/Sound", "/Named", "/Thread", "/Hide", "/SetOCGState", "/Trans", "/GoTo3DView",
    "/RichMediaExecute", "/ECMAScript",
)  # fmt: skip


def cleaned(data: bytes) -> tuple[dict[str, Any], bytes]:
    """What is told of a PDF, and its pages as a plain one; nothing where it is refused."""
    try:
        told, pages = _drawn(data)
        return told, _bare(pages)
    except Unread as why:
        return {"refused": str(why)}, b""
    except MemoryError:
        return {"refused": "too much"}, b""


def _drawn(data: bytes) -> tuple[dict[str, Any], bytes]:
    import pypdfium2
    from pypdfium2 import raw

    kind = text_apart.kind_of(data[: text_apart.HEAD])
    if kind != "pdf":
        raise Unread(kind)
    held = _opened(data)
    _refuse_what_cannot_be_shown(held, raw)
    if _has_layers_off(data):
        raise Unread("layers")
    try:
        held.init_forms()  # so that what was filled in is drawn
        made, words = pypdfium2.PdfDocument.new(), []
        for number in range(len(held)):
            words.append(_draw(held, number, made))
            if sum(map(len, words)) > MOST_WORDS:
                raise Unread("too much")
        out = BytesIO()
        made.save(out)
    except pypdfium2.PdfiumError as error:
        raise Unread("broken") from error
    told = {
        "pages": len(held),
        "files": held.count_attachments(),
        "scripts": max(raw.FPDFDoc_GetJavaScriptActionCount(held), 0),
        "words": "\n".join(words),
    }
    return told, out.getvalue()


def _opened(data: bytes) -> Any:
    import pypdfium2
    from pypdfium2 import raw

    try:
        held = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower()
        raise Unread("locked" if locked else "broken") from error
    if not len(held):
        raise Unread("broken")
    if len(held) > MOST_PAGES:
        raise Unread("too many pages")
    return held


def _refuse_what_cannot_be_shown(held: Any, raw: Any) -> None:
    guarded = raw.FPDF_GetSecurityHandlerRevision(held) >= 0
    if guarded and not raw.FPDF_GetDocPermissions(held) & _PRINTING:
        raise Unread("not to be printed")
    if held.get_formtype() in (raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND):
        raise Unread("adobe form")


def _has_layers_off(data: bytes) -> bool:
    """Whether something in it is switched off, which nobody has seen and a drawing would show."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        layers = _plain(PdfReader(BytesIO(data)).root_object.get("/OCProperties"))
        settled = _plain(layers.get("/D")) if isinstance(layers, dict) else None
        off = _plain(settled.get("/OFF")) if isinstance(settled, dict) else None
        base = _plain(settled.get("/BaseState")) if isinstance(settled, dict) else None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, OSError, RecursionError):
        return False  # what only a more patient reader opens has to do without
    return bool(off) or base == "/OFF"


def _plain(held: Any) -> Any:
    return None if held is None else held.get_object()


def _draw(held: Any, number: int, made: Any) -> str:
    """Draws a page on a new one, as large as fits; gives its words, which the drawing has proved to be readable."""
    from pypdfium2 import PdfMatrix, raw

    if raw.FPDFPage_Flatten(held[number], raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_FAIL:
        raise Unread("broken")
    page = held[number]  # what was filled in stands in it only when it is taken up anew
    width, height = (max(side, _SMALLEST_SIDE) for side in page.get_size())
    across, down = A4 if height >= width else A4[::-1]
    scale = min(1.0, across / width, (down - HEAD_ROOM) / height)
    left = (across - width * scale) / 2
    drawn = held.page_as_xobject(number, made).as_pageobject()
    drawn.set_matrix(PdfMatrix(scale, 0, 0, scale, left, down - HEAD_ROOM - height * scale))
    fresh = made.new_page(across, down)
    fresh.insert_obj(drawn)
    fresh.gen_content()
    fresh.render(scale=_TRIED_AT)
    text = fresh.get_textpage()
    words = str(text.get_text_bounded())
    for one in (text, fresh, page):
        one.close()
    return words


def _bare(pages: bytes) -> bytes:
    """The same pages once more, with every action, file and outside reference emptied, wherever it may hang."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError

    try:
        reader, writer = PdfReader(BytesIO(pages)), PdfWriter()
        for page in reader.pages:
            writer.add_page(page)
        for held in list(writer._objects):
            _empty(held, 0)
        writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
        writer.metadata = None
        out = BytesIO()
        writer.write(out)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unread("broken") from error
    return out.getvalue()


_DEEPEST = 50


def _empty(held: Any, depth: int) -> None:
    if depth > _DEEPEST:
        raise Unread("too much")
    if isinstance(held, list):
        for one in held:
            _empty(one, depth + 1)
    if not isinstance(held, dict):
        return
    kind = held.get("/Type")
    if held.get("/S") in _ACTIONS or kind in ("/Filespec", "/F", "/EmbeddedFile", "/Action") or "/EF" in held:
        _blank(held)
    if held.get("/Subtype") in ("/Form", "/Image"):
        for name in _OF_PICTURES:
            held.pop(name, None)
    for one in list(held.values()):
        _empty(one, depth + 1)


def _blank(held: Any) -> None:
    held.clear()
    if hasattr(held, "set_data"):
        held.set_data(b"")


def main() -> int:
    """Reads a PDF from whoever started this, and gives it back as plain pages."""
    text_apart.hold_to_memory()
    told, pages = cleaned(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + pages)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
