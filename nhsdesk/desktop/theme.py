"""How the window looks: colours, type and the sheet that dresses every control.

    theme.apply(app, theme.Look.SYSTEM, 125)
    painter.setPen(QColor(theme.tokens().quiet))
    panel.setFixedWidth(theme.px(212))

Pages name things (`setObjectName("card")`, `setProperty("role", "h1")`) and never choose a colour. What
paints for itself asks `tokens()` each time it paints, and can wait for `changes.made`. A row that is chosen
is left to the style: in a high-contrast scheme of the system only the palette says how it looks.
"""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass, fields, replace
from enum import Enum
from functools import cache

from PySide6.QtCore import QLocale, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from nhsdesk import paths
from nhsdesk.desktop import stylesheet


class Look(Enum):
    """What a person may choose."""

    SYSTEM = "as the system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "high contrast"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one look, each as #RRGGBB."""

    page: str
    """Behind everything."""
    card: str
    """Behind a group of things that belong together, a field or a table."""
    nav: str
    ink: str
    quiet: str
    """Words that support others."""
    line: str
    """Between things; nobody has to see it."""
    edge: str
    """Around what can be used: 3 to 1 on page and card."""
    accent: str
    accent_dark: str
    """Words and pictures on `pick`."""
    on_accent: str
    pick: str
    """Behind what is chosen."""
    focus: str
    """Around what the keyboard is on."""
    good: str
    warn: str
    bad: str
    good_back: str
    warn_back: str
    bad_back: str
    grey_back: str


LIGHT = Tokens(
    page="#F0F4F5", card="#FFFFFF", nav="#FFFFFF", pick="#E5EFF9", grey_back="#E8EDEE",
    ink="#212B32", quiet="#4C6272", line="#D8DDE0", edge="#768692",
    accent="#005EB8", accent_dark="#003087", on_accent="#FFFFFF", focus="#005EB8",
    good="#006B32", warn="#7A4F00", bad="#B8200F",
    good_back="#E3F2EA", warn_back="#FFF2D6", bad_back="#FBE8E6",
)  # fmt: skip
DARK = Tokens(
    page="#14191E", card="#1D242B", nav="#1A2026", pick="#22384C", grey_back="#2A333B",
    ink="#EDF1F3", quiet="#A9B6BF", line="#36424C", edge="#7C8B97",
    accent="#6CB4F2", accent_dark="#A7D2F8", on_accent="#0B1116", focus="#FFEB3B",
    good="#5FD08B", warn="#F2C14E", bad="#FF8A7A",
    good_back="#17352A", warn_back="#3B3014", bad_back="#402320",
)  # fmt: skip
CONTRAST = Tokens(
    page="#000000", card="#000000", nav="#000000", pick="#00308F", grey_back="#2B2B2B",
    ink="#FFFFFF", quiet="#FFFFFF", line="#FFFFFF", edge="#FFFFFF",
    accent="#FFEB3B", accent_dark="#FFEB3B", on_accent="#000000", focus="#FFEB3B",
    good="#7CFF9B", warn="#FFD23F", bad="#FFA8A0",
    good_back="#000000", warn_back="#000000", bad_back="#000000",
)  # fmt: skip

_FAINT = {LIGHT: "#8A969E", DARK: "#6B7883", CONTRAST: "#A6A6A6"}
"""Words that cannot be used now."""


class _Changes(QObject):
    made = Signal()


changes = _Changes()
"""`made` is emitted after the look or the zoom has changed."""


@dataclass(frozen=True, slots=True)
class _InForce:
    look: Look
    zoom: int
    tokens: Tokens
    shades: dict[str, str]


_in_force = _InForce(
    Look.SYSTEM, 100, LIGHT, {"picked": LIGHT.pick, "faint": LIGHT.edge, "go_ink": LIGHT.ink, **asdict(LIGHT)}
)


def tokens() -> Tokens:
    """The colours in force."""
    return _in_force.tokens


def px(size: float) -> int:
    """So many pixels at the zoom in force."""
    return round(size * _in_force.zoom / 100)


def apply(app: QApplication, look: Look, zoom: int) -> None:
    """Dress the program in one look, with type of 11 points or the system's, times 100 to 200 per cent."""
    global _in_force
    zoom = min(200, max(100, zoom))
    _begin(app)
    _in_force = replace(_in_force, look=look)  # before the system answers with a change of its own
    _tell_the_system(app, look)
    untouched = look is Look.SYSTEM and _system_is_high_contrast(app)
    app.setPalette(QPalette() if untouched else _palette(_chosen(app, look)))
    chosen = _from_palette(app.palette()) if untouched else _chosen(app, look)
    shades = _shades(chosen, app)
    _in_force = _InForce(look, zoom, chosen, shades)
    font = _font(zoom)
    app.setFont(font)
    colours = {name: f"palette({role})" for name, role in _ROLES.items()} if untouched else shades
    app.setStyleSheet(stylesheet.write(colours, shades, font.pointSizeF(), zoom))
    changes.made.emit()


# ---------------------------------------------------------------- the system


_BEGUN = "nhsdesk-dressed"


def _begin(app: QApplication) -> None:
    """What is done once: one style everywhere, British dates and figures, an ear for the system's changes."""
    if app.property(_BEGUN):
        return
    app.setProperty(_BEGUN, True)
    app.setStyle("Fusion")
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    hints = app.styleHints()
    access = hints.accessibility()
    hints.colorSchemeChanged.connect(_dress_again)
    access.contrastPreferenceChanged.connect(_dress_again)


def _dress_again() -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication) and _in_force.look is Look.SYSTEM:
        apply(app, Look.SYSTEM, _in_force.zoom)


def _tell_the_system(app: QApplication, look: Look) -> None:
    """Title bars and file dialogs are the system's; they take the same side as the window."""
    schemes = {Look.SYSTEM: Qt.ColorScheme.Unknown, Look.LIGHT: Qt.ColorScheme.Light}
    app.styleHints().setColorScheme(schemes.get(look, Qt.ColorScheme.Dark))


def _system_is_high_contrast(app: QApplication) -> bool:
    hints = app.styleHints()  # what it gives lives no longer than its name here
    return bool(hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast)


def _chosen(app: QApplication, look: Look) -> Tokens:
    if look is Look.SYSTEM:
        return DARK if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT
    return {Look.LIGHT: LIGHT, Look.DARK: DARK, Look.CONTRAST: CONTRAST}[look]


# ---------------------------------------------------------------- colours


def _palette(t: Tokens) -> QPalette:
    """What Qt paints by itself, in our colours."""
    role = QPalette.ColorRole
    colours = {
        role.Window: t.page, role.WindowText: t.ink, role.Base: t.card, role.AlternateBase: t.page,
        role.Text: t.ink, role.PlaceholderText: t.quiet, role.BrightText: t.bad,
        role.Button: t.card, role.ButtonText: t.ink, role.ToolTipBase: t.card, role.ToolTipText: t.ink,
        role.Highlight: t.pick, role.HighlightedText: t.ink, role.Accent: t.accent,
        role.Link: t.accent, role.LinkVisited: t.accent,
        role.Light: t.card, role.Midlight: t.grey_back, role.Mid: t.edge, role.Dark: t.edge,
        role.Shadow: t.ink,
    }  # fmt: skip
    palette = QPalette()
    for each, colour in colours.items():
        palette.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(_FAINT[t]))
    return palette


_ROLES = {
    "page": "window", "card": "base", "nav": "base", "pick": "highlight", "grey_back": "base",
    "ink": "text", "quiet": "text", "line": "text", "edge": "text", "faint": "placeholder-text",
    "accent": "highlight", "accent_dark": "text", "on_accent": "highlighted-text", "focus": "highlight",
    "good": "text", "warn": "text", "bad": "text",
    "good_back": "base", "warn_back": "base", "bad_back": "base", "chunk": "base",
    "on_pick": "highlighted-text", "picked": "highlighted-text", "link_back": "base",
    "go_hover": "highlight", "go_back": "base", "go_ink": "text", "go_edge": "highlight",
    "grey_rim": "text", "accent_rim": "text", "good_rim": "text", "warn_rim": "text", "bad_rim": "text",
}  # fmt: skip
"""What each colour is in a high-contrast scheme of the system, which nobody may paint over."""


def _from_palette(palette: QPalette) -> Tokens:
    """The system's high-contrast colours, for what paints itself."""
    role = QPalette.ColorRole
    named = {
        "window": role.Window, "base": role.Base, "text": role.Text,
        "highlight": role.Highlight, "highlighted-text": role.HighlightedText,
    }  # fmt: skip
    colours = {each.name: palette.color(named[_ROLES[each.name]]).name() for each in fields(Tokens)}
    return Tokens(**(colours | {"pick": colours["card"]}))  # words in ink lie on it


def shade(name: str) -> str:
    """A token, or `picked` (on what is chosen), `faint` (unusable), `go_ink` (on a focused main button)."""
    return _in_force.shades[name]


_YELLOW, _DARK_EDGE = "#FFEB3B", "#212B32"


def _shades(t: Tokens, app: QApplication) -> dict[str, str]:
    """A look's tokens, and what only the sheet and the icons need (`go` is the main button)."""
    if t in _FAINT:
        more = {"on_pick": t.ink, "picked": t.accent_dark, "faint": _FAINT[t]}
        more |= {"go_hover": t.accent_dark, "chunk": t.pick, "link_back": t.pick}
    else:
        disabled = app.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
        more = {"on_pick": t.on_accent, "picked": t.on_accent, "faint": disabled.name()}
        more |= {"go_hover": t.accent, "chunk": t.card, "link_back": t.card}
    if t in (LIGHT, DARK):  # focus in the NHS manner; rims are not needed where backs can be seen
        more |= {"go_back": _YELLOW, "go_ink": _DARK_EDGE, "go_edge": t.ink}
        more |= {"grey_rim": t.grey_back, "accent_rim": t.pick}
        more |= {"good_rim": t.good_back, "warn_rim": t.warn_back, "bad_rim": t.bad_back}
    else:
        more |= {"go_back": t.card, "go_ink": t.ink, "go_edge": t.focus}
        more |= {"grey_rim": t.ink, "accent_rim": t.accent}
        more |= {"good_rim": t.good, "warn_rim": t.warn, "bad_rim": t.bad}
    return asdict(t) | more


# ---------------------------------------------------------------- type

_AS_GOOD = ("Adwaita Sans", "Cantarell", "Fira Sans", "Inter", "IBM Plex Sans", "Lato", "Noto Sans",
            "Open Sans", "Red Hat Text", "Roboto", "Source Sans 3", "Ubuntu", "Ubuntu Sans")  # fmt: skip
"""What Linux systems set their windows in and people read well; all have a semibold or a good bold."""


def _font(zoom: int) -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if sys.platform not in ("win32", "darwin") and QFontInfo(font).family() not in _AS_GOOD and _open_sans():
        font.setFamilies(["Open Sans"])
    font.setPointSizeF(max(11.0, font.pointSizeF()) * zoom / 100)
    return font


@cache
def _open_sans() -> bool:
    """Bring the typeface that papers carry into the window; whether that worked."""
    folder = paths.resources() / "fonts"
    wanted = [folder / f"OpenSans-{weight}.ttf" for weight in ("Regular", "SemiBold", "Bold")]
    return all(QFontDatabase.addApplicationFont(str(file)) >= 0 for file in wanted)
