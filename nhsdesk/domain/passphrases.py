"""How strong a passphrase is, in advice a person can follow. Nothing here keeps one."""

from __future__ import annotations

import re

LEAST_LETTERS = 15
LEAST_WORDS = 3
LEAST_DIFFERENT = 8

_COMMON = frozenset(
    {
        "password", "passphrase", "letmein", "welcome", "qwerty", "qwertyuiop", "12345678", "123456789012345",
        "correct horse battery staple", "three random words", "support request", "general practice",
    }
)  # fmt: skip


def why_weak(passphrase: str, known: tuple[str, ...] = ()) -> str:
    """What is wrong with a passphrase, and what would be right; empty for a good one.

    `known` are words anybody would try first: the practice's name, its code, the reference. The length follows the
    National Cyber Security Centre's advice of three random words.
    """
    told = "Use three or four random words, such as a colour, an animal and a tool, with spaces between them."
    if not passphrase.strip():
        return f"Give a passphrase. {told}"
    if passphrase != passphrase.strip():
        return "The passphrase begins or ends with a space, which is easily lost. Take it away."
    if len(passphrase) < LEAST_LETTERS:
        return f"The passphrase is shorter than {LEAST_LETTERS} letters. {told}"
    plain = " ".join(re.findall(r"\w+", passphrase.casefold()))
    if len(set(plain) - {" "}) < LEAST_DIFFERENT or plain in _COMMON or plain.replace(" ", "").isdigit():
        return f"The passphrase is easily guessed. {told}"
    left = plain
    for word in (" ".join(re.findall(r"\w+", one.casefold())) for one in known if one):
        left = left.replace(word, " ") if word else left
    if len(left.replace(" ", "")) < LEAST_LETTERS - LEAST_WORDS:
        return f"The passphrase is mostly what everybody knows of this request. {told}"
    return ""
