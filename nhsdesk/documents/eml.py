"""A draft of an e-mail as a file: opened in Outlook or another mail program, with no address and no sender."""

from __future__ import annotations

from collections.abc import Mapping

_KINDS = {
    ".pdf": ("application", "pdf"),
    ".xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def draft(subject: str, words: str, attached: Mapping[str, bytes] | None = None) -> bytes:
    """The file of a draft that nobody has sent, with files attached by their names."""
    from email.message import EmailMessage
    from email.policy import SMTP

    made = EmailMessage(policy=SMTP)
    made["Subject"] = " ".join(subject.split())
    made["X-Unsent"] = "1"
    made.set_content(words)
    for name, content in (attached or {}).items():
        ending = name[name.rfind(".") :].lower()
        main, sub = _KINDS.get(ending, ("application", "octet-stream"))
        made.add_attachment(content, maintype=main, subtype=sub, filename=" ".join(name.split()))
    if made.is_multipart():
        made.set_boundary("=_nhsdesk_part_of_a_draft_=")  # the same paper gives the same draft
    return made.as_bytes()
