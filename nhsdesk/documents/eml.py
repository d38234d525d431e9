"""A draft of an e-mail as a file: opened in Outlook or another mail program, with no address and no sender."""

from __future__ import annotations


def draft(subject: str, words: str) -> bytes:
    """The file of a draft that nobody has sent."""
    from email.message import EmailMessage
    from email.policy import SMTP

    made = EmailMessage(policy=SMTP)
    made["Subject"] = " ".join(subject.split())
    made["X-Unsent"] = "1"
    made.set_content(words)
    return made.as_bytes()
