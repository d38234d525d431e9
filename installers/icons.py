"""The program's icon in the forms that each system asks for, drawn from resources/icons/app.svg."""

from __future__ import annotations

import sys
from pathlib import Path

from installers.product import BUILD, ROOT

DRAWN = ROOT / "resources" / "icons" / "app.svg"
FOLDER = BUILD / "icons"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)

PLAIN = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">
<rect x="1" y="1" width="22" height="22" rx="4" fill="#003087"/>
<path d="M6 8h12M6 12h12M6 16h7" stroke="#ffffff" stroke-width="2" stroke-linecap="round"/>
</svg>"""
"""Stands in where no icon has been drawn."""


def drawing() -> bytes:
    """The icon as it was drawn, or a plain one."""
    return DRAWN.read_bytes() if DRAWN.is_file() else PLAIN


def make(folder: Path = FOLDER) -> None:
    """Writes app.svg, app.ico, app.icns and a picture of each size into a folder."""
    from PIL import Image

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "app.svg").write_bytes(drawing())
    _paint(drawing(), folder)
    largest = Image.open(folder / f"{SIZES[-1]}.png")
    largest.save(folder / "app.ico", sizes=[(size, size) for size in SIZES if size <= 256])
    largest.save(folder / "app.icns")


def _paint(drawn: bytes, folder: Path) -> None:
    """Draws shapes without words, so that no screen and no running window is needed."""
    from PySide6.QtCore import QByteArray, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(QByteArray(drawn))
    for size in SIZES:
        picture = QImage(size, size, QImage.Format.Format_ARGB32)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        renderer.render(painter)
        painter.end()
        if not picture.save(str(folder / f"{size}.png")):
            raise OSError(f"The icon could not be written to {folder}.")


def for_this_system() -> str | None:
    """The file that an executable of this system carries its icon from."""
    ending = {"win32": "ico", "darwin": "icns"}.get(sys.platform)
    return str(FOLDER / f"app.{ending}") if ending else None
