"""What may be kept of files from outside: how large, of what kind, and under which name it goes out again.

Nothing that could be run is kept, whatever it calls itself, and nothing that is not what its name says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from nhsdesk.domain.entry import whole_letters

MOST_BYTES = 25_000_000
"""A larger file is referred to, not kept."""

FIRST_BYTES = 4_096
"""So much of a file tells what it is."""

_RUNS = (
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a Linux program"),
    *((magic, "a Mac program") for magic in (
        b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe",
        b"\xca\xfe\xba\xbf",
    )),
    (b"#!", "a script"),
    (b"\x4c\x00\x00\x00\x01\x14\x02\x00", "a Windows shortcut"),
    (b"dex\n", "a program for telephones"),
    (b"\x00asm", "a program for browsers"),
)  # fmt: skip
_PROGRAMS = (
    "app appimage application appref-ms bat bin chm cmd com command cpl deb desktop dll dmg exe gadget hta inf ins "
    "isp jar js jse jsp lnk mde msc msi msix msp mst nsh out pif pkg ps1 ps1xml psc1 psd1 psm1 py pyc pyw pyz rb reg "
    "rpm run scf scr sct settingcontent-ms sh shb sys url vb vbe vbs vxd wasm ws wsc wsf wsh xbap xll"
)
_RUN_BY_NAME = frozenset(_PROGRAMS.split())
_BEGINS = {
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF8",),
    "zip": (b"PK",),
    "docx": (b"PK", b"\xd0\xcf\x11\xe0"),
    "xlsx": (b"PK", b"\xd0\xcf\x11\xe0"),
    "pptx": (b"PK", b"\xd0\xcf\x11\xe0"),
    "odt": (b"PK",),
    "ods": (b"PK",),
    "doc": (b"\xd0\xcf\x11\xe0", b"{\\rtf", b"PK"),
    "xls": (b"\xd0\xcf\x11\xe0",),
    "msg": (b"\xd0\xcf\x11\xe0",),
}
"""How a file of a kind begins; a workbook locked with a password begins as the old ones do."""
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


def seen(words: str) -> str:
    """Words in one line without signs that cannot be seen or that turn the direction of writing."""
    return " ".join(_UNSEEN.sub("", " ".join(whole_letters(words).splitlines())).split())


def shown_name(name: str) -> str:
    """The last part of a file's name as it is kept and shown: no folders, and nothing that cannot be seen."""
    last = re.split(r"[/\\]", whole_letters(name))[-1]
    return _UNSEEN.sub("", last).strip() or "file"


def why_refused(name: str, begins: bytes, size: int) -> str:
    """Why a file is not kept, as the end of a sentence; empty for one that may be."""
    if size == 0:
        return "it is empty"
    why = why_it_runs(name, begins)
    if why:
        return why
    ending = _ending(name)
    wanted = _BEGINS.get(ending, ())
    if wanted and not _is(ending, begins, wanted):
        return f"its name ends in .{ending}, and it is no such file"
    return ""


def why_it_runs(name: str, begins: bytes) -> str:
    """Why a file could be run as a program, as the end of a sentence; empty for one that could not."""
    what = program_in(begins)
    if what:
        return f"it is {what}, whatever its name says"
    if _ending(name) in _RUN_BY_NAME or ":" in _UNSEEN.sub("", name).strip():
        return "it is of a kind that can be run as a program"
    return ""


def program_in(begins: bytes) -> str:
    """Which program a file is by how it begins: "a Windows program"; empty for none."""
    plain = begins.removeprefix(b"\xef\xbb\xbf")
    return next((what for magic, what in _RUNS if plain.startswith(magic)), "")


def _ending(name: str) -> str:
    """What Windows takes for the ending, which overlooks dots and spaces behind it."""
    return _UNSEEN.sub("", name).rstrip(". ").rpartition(".")[2].strip().lower()


def _is(ending: str, begins: bytes, wanted: tuple[bytes, ...]) -> bool:
    if ending == "pdf":
        return b"%PDF-" in begins[:1_024]  # some programs write a few bytes before it
    return begins.startswith(wanted)


# ---- names to go out under

_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"] + [f"{one}{n}" for one in ("com", "lpt") for n in "0123456789¹²³"]
)  # fmt: skip
_LONGEST = 100
_LONGEST_ENDING = 12


def safe_name(name: str) -> str:
    """A name that every system takes and none reads as anything else: no folders, devices, signs or great length."""
    whole = unicodedata.normalize("NFC", shown_name(name))
    kept = "".join(one if one.isalnum() or one in " ._-()" else "_" for one in whole).strip(". ")
    stem, dot, ending = kept.rpartition(".")
    if not stem or len(ending) > _LONGEST_ENDING:
        stem, dot, ending = kept, "", ""
    stem = stem[:_LONGEST].strip(". ") or "file"
    if stem.partition(".")[0].strip().lower() in _DEVICES:
        stem = f"_{stem}"
    return f"{stem}{dot}{ending}"


def unique_names(names: Iterable[str]) -> tuple[str, ...]:
    """Safe names in the same order, no two alike on a system that takes small and capital letters for the same."""
    taken: set[str] = set()
    found = []
    for name in map(safe_name, names):
        stem, dot, ending = name.rpartition(".") if "." in name else (name, "", "")
        own, number = name, 1
        while own.casefold() in taken:
            number += 1
            own = f"{stem} ({number}){dot}{ending}"
        taken.add(own.casefold())
        found.append(own)
    return tuple(found)


def size_words(size: int) -> str:
    """How large, as a person reads it: "820 bytes", "34 kB", "2.4 MB"."""
    if size < 1_000:
        return f"{size} bytes"
    if size < 1_000_000:
        return f"{size // 1_000:,} kB"
    tenths = size // 100_000
    return f"{tenths // 10:,}.{tenths % 10} MB"
