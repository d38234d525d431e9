"""A draft of an e-mail as a file: opened in Outlook or another mail program, with no address and no sender."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_SHEET = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Attached:
    """A workbook or a PDF that goes with a draft, by its name."""

    name: str
    content: bytes


def draft(subject: str, words: str, attached: Iterable[Attached] = ()) -> bytes:
    """The file of a draft that nobody has sent."""
    from email.message import EmailMessage
    from email.policy import SMTP

    made = EmailMessage(policy=SMTP)
    made["Subject"] = " ".join(subject.split())
    made["X-Unsent"] = "1"
    made.set_content(words)
    for one in attached:
        subtype = _SHEET if one.name.endswith(".xlsx") else "pdf"
        made.add_attachment(one.content, maintype="application", subtype=subtype, filename=one.name)
    return made.as_bytes()
