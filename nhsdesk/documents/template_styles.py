"""How a workbook's cells look and what their formats take, from its styles and theme."""

from __future__ import annotations

import re
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass
from enum import Enum
from typing import Any

from nhsdesk.documents import template_xml as xml


class Takes(Enum):
    """What a cell's number format is made for."""

    ANYTHING = "anything"
    WORDS = "words"
    NUMBER = "a number"
    MONEY = "an amount of money"
    PERCENT = "a percentage"
    DAY = "a date"
    MOMENT = "a date with a time"
    TIME = "a time"


@dataclass(frozen=True, slots=True)
class Look:
    """One style: what it takes, its format as written, and how a person sees it. Colours are `#RRGGBB` or empty."""

    takes: Takes = Takes.ANYTHING
    number_format: str = "General"
    locked: bool = True
    fill: str = ""
    colour: str = ""
    bold: bool = False
    bordered: bool = False


_BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm", 37: "#,##0;-#,##0",
    38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00", 41: "_-* #,##0",
    42: "_-£* #,##0", 43: "_-* #,##0.00", 44: "_-£* #,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 49: "@",
}  # fmt: skip
_EAST_ASIAN_DAYS = (*range(27, 32), 36, *range(50, 59))
_MONEY = re.compile(r"[£$€]")
_SAID = re.compile(r"\"[^\"]*\"|\\.|_.|\*.")
_BRACKETS = re.compile(r"\[(?!h+\]|m+\]|s+\])[^\]]*\]", re.IGNORECASE)
_THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
_INDEXED = (
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF 000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF "
    "800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF "
    "000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 "
    "3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333"
)
"""Six letters for each of the old numbered colours."""


def takes(code: str) -> Takes:
    """What a number format is made for, by its first section."""
    section = code.split(";")[0]
    bare = _BRACKETS.sub("", _SAID.sub("", section)).lower()
    if code.strip() == "" or bare.strip() == "general":
        return Takes.ANYTHING
    if "@" in bare:
        return Takes.WORDS
    if re.search(r"[dy]|mmm", bare):
        return Takes.MOMENT if re.search(r"[hs]", bare) else Takes.DAY
    if re.search(r"[hs]|\[m", bare):
        return Takes.TIME
    if "%" in bare:
        return Takes.PERCENT
    if re.search(r"[0#?]", bare):
        return Takes.MONEY if _MONEY.search(section) else Takes.NUMBER
    return Takes.DAY if re.fullmatch(r"\W*m+\W*", bare) else Takes.ANYTHING


class Styles:
    """Every style of a workbook by its number; one that is not there looks like a plain cell."""

    def __init__(self, styles: Any | None, theme: Any | None) -> None:
        self._looks: dict[int, Look] = {}
        self._formats: dict[int, str] = {}
        self._styles: list[Any] = []
        self._fonts: list[Any] = []
        self._fills: list[Any] = []
        self._borders: list[Any] = []
        self._theme = theme
        self._themed: tuple[str, ...] | None = None
        if styles is not None:
            self._read(styles)

    def _read(self, styles: Any) -> None:
        for part in styles:
            match xml.local(part):
                case "numFmts":
                    self._formats = {int(one.get("numFmtId")): one.get("formatCode", "") for one in part}
                case "cellXfs":
                    self._styles = list(part)
                case "fonts":
                    self._fonts = list(part)
                case "fills":
                    self._fills = list(part)
                case "borders":
                    self._borders = list(part)

    def look(self, number: int) -> Look:
        """How cells of this style look."""
        if number not in self._looks:
            known = 0 <= number < len(self._styles)
            self._looks[number] = self._worked_out(self._styles[number]) if known else Look()
        return self._looks[number]

    def _worked_out(self, style: Any) -> Look:
        id_ = int(style.get("numFmtId", "0"))
        code = self._formats.get(id_) or _BUILT_IN.get(
            id_, "d mmm yyyy" if id_ in _EAST_ASIAN_DAYS else "General"
        )
        protection = style.find("{*}protection")
        font = _at(self._fonts, style.get("fontId"))
        return Look(
            takes=takes(code),
            number_format=code,
            locked=protection is None or protection.get("locked", "1") not in ("0", "false"),
            fill=self._fill(_at(self._fills, style.get("fillId"))),
            colour="" if font is None else self._colour(font.find("{*}color")),
            bold=font is not None and _is_on(font.find("{*}b")),
            bordered=_is_bordered(_at(self._borders, style.get("borderId"))),
        )

    def _fill(self, fill: Any | None) -> str:
        pattern = None if fill is None else fill.find("{*}patternFill")
        if pattern is None or pattern.get("patternType", "none") == "none":
            return ""
        return self._colour(pattern.find("{*}fgColor"))

    def _colour(self, colour: Any | None) -> str:
        if colour is None:
            return ""
        plain = ""
        if rgb := colour.get("rgb"):
            plain = rgb[-6:]
        elif (theme := colour.get("theme")) is not None:
            plain = self._of_theme(int(theme))
        elif (indexed := colour.get("indexed")) is not None and 7 * int(indexed) < len(_INDEXED):
            plain = _INDEXED[7 * int(indexed) :][:6]
        if not re.fullmatch(r"[0-9A-Fa-f]{6}", plain):
            return ""
        return "#" + _tinted(plain, float(colour.get("tint", "0")))

    def _of_theme(self, number: int) -> str:
        if self._themed is None:
            self._themed = _theme_colours(self._theme)
        return self._themed[number] if number < len(self._themed) else ""


def _at(items: list[Any], number: str | None) -> Any | None:
    return items[int(number)] if number is not None and 0 <= int(number) < len(items) else None


def _is_on(element: Any | None) -> bool:
    return element is not None and element.get("val", "1") not in ("0", "false")


def _is_bordered(border: Any | None) -> bool:
    return border is not None and any(side.get("style", "none") != "none" for side in border)


def _theme_colours(theme: Any | None) -> tuple[str, ...]:
    scheme = None if theme is None else next(xml.found(theme, "clrScheme"), None)
    if scheme is None:
        return ()
    named = {xml.local(one): next((c.get("lastClr") or c.get("val", "") for c in one), "") for one in scheme}
    return tuple(named.get(name, "") for name in _THEME)


def _tinted(plain: str, tint: float) -> str:
    """Lighter for a tint above nought and darker below, as the format's specification works it out."""
    if not tint:
        return plain.upper()
    red, green, blue = (int(plain[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, saturation = rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(
        f"{round(255 * max(0.0, min(1.0, one))):02X}" for one in hls_to_rgb(hue, light, saturation)
    )
