"""What lies inside a file under a passphrase: the message, the form, and the page to read, packed together.

pack(message, form, page) -> bytes
unpack(content, name) -> Parts          FileRefused for what another program packed
"""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from io import BytesIO

from nhsdesk.documents.refusals import refused
from nhsdesk.domain import handing_over
from nhsdesk.domain.handing_over import Message

MESSAGE, FORM, PAGE = "message.json", "form.xlsx", "request.pdf"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_MOST_BYTES = 8_000_000
_BROKEN = (
    zipfile.BadZipFile,
    KeyError,
    OSError,
    EOFError,
    ValueError,
    TypeError,
    NotImplementedError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class Parts:
    """What was inside."""

    message: Message
    form: bytes
    page: bytes


def pack(message: Message, form: bytes, page: bytes) -> bytes:
    """One stored zip; nothing in it is squeezed, so that nothing can unfold."""
    from nhsdesk.papers import plain_of

    told = {"form": handing_over.FORM, "message": plain_of(message)}
    written = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8", "surrogatepass")
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as package:
        for name, content in ((MESSAGE, written), (FORM, form), (PAGE, page)):
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.create_system = 0
            package.writestr(entry, content)
    return whole.getvalue()


def unpack(content: bytes, name: str) -> Parts:
    """The parts of what was sealed. Whoever knew the passphrase may still have packed something else."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            if sum(entry.file_size for entry in package.infolist()) > _MOST_BYTES:
                raise ValueError("too large")
            written, form, page = (package.read(part) for part in (MESSAGE, FORM, PAGE))
        told = json.loads(written)
        number = told["form"]
    except (*_BROKEN, RecursionError) as error:
        raise _not_ours(name) from error
    if number != handing_over.FORM:
        raise refused(
            name,
            "it holds a request of a form that this version of the program does not know",
            "Bring this program up to date, and open it again.",
        )
    return Parts(_message(told, name), form, page)


def _message(told: object, name: str) -> Message:
    from nhsdesk.papers import of_plain

    try:
        assert isinstance(told, dict)
        return of_plain(Message, told["message"])
    except Exception as error:  # the converter gives its complaints as a group of any kind
        raise _not_ours(name) from error


def _not_ours(name: str) -> Exception:
    return refused(name, "what is inside is not a support request", "Ask whoever sent it what it is.")
