"""What goes into a bundle and what must not: asked by nhsdesk.spec when it is made, and proved of what was made."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

QT_USED = ("QtCore", "QtGui", "QtWidgets", "QtPdf", "QtPdfWidgets", "QtPrintSupport", "QtSvg")
"""What the window draws with, carried also where nothing names it in a way that a build can see."""

QT_UNUSED = (
    "QtConcurrent", "QtDesigner", "QtHelp", "QtLabsStyleKit", "QtNetwork", "QtOpenGL", "QtOpenGLWidgets", "QtQml",
    "QtQmlFeatures", "QtQuick", "QtQuickControls2", "QtQuickTest", "QtQuickWidgets", "QtSql", "QtUiTools",
)  # fmt: skip

EXCLUDED = (
    *(f"PySide6.{name}" for name in QT_UNUSED),
    "IPython", "PIL._avif", "PIL.ImageQt", "PIL.ImageTk", "PyQt5", "PyQt6", "_curses", "_dbm", "_gdbm", "_pytest",
    "_tkinter", "curses", "ensurepip", "hypothesis", "idlelib", "lib2to3", "lxml.html", "lxml.isoschematron",
    "lxml.objectify", "matplotlib", "mypy", "nis", "numpy", "pandas", "pip", "pkg_resources", "pydoc_data", "pygments",
    "pytest", "readline", "setuptools", "sqlite3", "tkinter", "turtle", "uv", "wheel",
)  # fmt: skip
"""Modules that some library would take if they were there. sqlite3 is one: the store has a driver of its own."""

PLATFORMS = ("cocoa", "minimal", "offscreen", "windows", "xcb")
IMAGES = ("ico", "jpeg", "svg")
_PLUGINS = {
    "platforms": PLATFORMS,
    "imageformats": IMAGES,
    "iconengines": ("svgicon",),
    "platforminputcontexts": ("composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"),
    "platformthemes": ("gtk3", "xdgdesktopportal"),
    "printsupport": ("cupsprintersupport", "cocoaprintersupport", "windowsprintersupport"),
    "styles": ("modernwindowsstyle", "windowsvistastyle", "macstyle"),
    "xcbglintegrations": (),
}
"""The plugins of Qt that are kept, by their folder. A folder that is not named goes."""

_UNWANTED = re.compile(
    r"""
    (^|/)(lib)?Qt6?(Concurrent|Designer|EglF[sS]|Help|Labs|OpenGL|Qml|Quick|ShaderTools|Sql|UiTools|VirtualKeyboard|
        WaylandClient|WaylandCompositor|WaylandEgl|WlShell)[^/]*(\.so[.\d]*|\.dll|\.framework(/.*)?|\.abi3\.so|\.pyd)?$
    | (^|/)opengl32sw\.dll$ | (^|/)d3dcompiler_\d+\.dll$        # for drawing in three dimensions
    | (^|/)(qml|resources/icudtl|metatypes|typesystems|glue|include)/
    | (^|/)PIL/_avif
    | (^|/)tzdata/zoneinfo/(right|posix)/
    | (^|/)(sqlalchemy|lxml|reportlab|openpyxl|PIL)/.*\.(pxd|pyx|pxi|h|c|cpp|pyi)$
    | (^|/)[^/]+\.dist-info/(RECORD|INSTALLER|REQUESTED|WHEEL|direct_url\.json|top_level\.txt)$
    """,
    re.VERBOSE,
)
_TRANSLATION = re.compile(r"(^|/)translations/(?P<name>[^/]+)\.qm$")
_PLUGIN = re.compile(r"(^|/)plugins/(?P<kind>[^/]+)/(lib)?q?(?P<name>[^/]+?)(\.so|\.dll|\.dylib)$")
_FROM_THE_SYSTEM = re.compile(r"lib[^/]+\.so[.\d]*$")
_WITH_PYTHON = re.compile(
    r"lib(python|crypto|ssl|ffi|bz2|lzma|z|uuid|expat|mpdec|Qt6|icu|pyside6|shiboken6)[^/]*$|.*-[0-9a-f]{8}\.so"
)
"""Of the libraries at the top of a Linux bundle, those that Python is made with, and links to what wheels carry. The
others are the desktop's: the system's own are used, which it keeps safe."""


def is_wanted(name: str) -> bool:
    """Whether a file belongs into a bundle, by the path it would have there."""
    path = name.replace("\\", "/")
    plugin, translation = _PLUGIN.search(path), _TRANSLATION.search(path)
    if plugin:
        return plugin["name"] in _PLUGINS.get(plugin["kind"], ())
    if translation:
        return translation["name"].endswith(("_en", "_en_GB"))
    top = path.removeprefix("_internal/")
    if _FROM_THE_SYSTEM.match(top) and not _WITH_PYTHON.match(top):
        return False
    return not _UNWANTED.search(path)


def trimmed(entries: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Those files that are wanted, out of what PyInstaller found: where to, from where, of which kind."""
    return [entry for entry in entries if is_wanted(entry[0])]


CARRIED = (
    "resources/bank_holidays/england.csv", "resources/rates/arrs_rates.csv", "resources/glossary/terms.csv",
    "resources/demo/sample.toml", "resources/fonts/OpenSans-Regular.ttf", "resources/fonts/LICENSE.txt",
    "docs/guide/the-window.md",
    "migrations/env.py", "migrations/versions/0001_first_form.py", "tzdata/zoneinfo/Europe/London",
    "licences/LGPL-3.txt", "licences/GPL-3.txt", "licences/SQLCipher.txt", "licences/READ ME FIRST.txt",
)  # fmt: skip
"""What lies in every bundle, whatever the system."""

_CARRIED_LIKE = (
    r"PySide6/.*Qt6?Core", r"PySide6/.*Qt6?Pdf(\.|$)", r"PySide6/.*QtPdfWidgets", r"PySide6/.*QtSvg",
    r"PySide6/.*QtWidgets", r"platforms/(lib)?qoffscreen", r"platforms/(lib)?q(xcb|windows|cocoa)",
    r"sqlcipher3/_sqlite3", r"python_calamine/", r"lxml/etree",
)  # fmt: skip


def faults(tree: Path, places: Iterable[Path] = ()) -> list[str]:
    """What is missing in a bundle, what should not be in it, and files that tell of a place on this computer."""
    names = sorted(path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_file())
    inside = {name.partition("_internal/")[2] or name for name in names}
    missing = [name for name in CARRIED if name not in inside]
    missing += [like for like in _CARRIED_LIKE if not any(re.search(like, name) for name in inside)]
    told = [f"{name} is missing." for name in missing]
    told += [f"{name} should not be in it." for name in names if not is_wanted(name)]
    return told + [f"{name} names {place}." for name, place in _naming(tree, names, places)]


def _naming(tree: Path, names: Iterable[str], places: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    sought = [(os.fsencode(place), place) for place in places]
    for name in names:
        held = (tree / name).read_bytes() if sought else b""
        yield from ((name, place) for words, place in sought if words in held)


def size(tree: Path) -> int:
    """Bytes of the files of a folder; what a link leads to counts once."""
    return sum(path.lstat().st_size for path in tree.rglob("*") if path.is_file() and not path.is_symlink())


def megabytes(number: int) -> str:
    """Bytes as a person reads them."""
    return f"{number / 1_000_000:.0f} MB"
