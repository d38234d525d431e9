"""This computer's preferences. What the organisation must agree on is a record, not a preference.

    settings = load(paths.settings_file())
    save(replace(settings, display_name="Reception PC"), paths.settings_file())

A missing file means no preferences yet. A broken one never stops the program: what can be read is kept, the file is
put aside under another name, and `problem` says so.
"""

from __future__ import annotations

import getpass
import os
import tempfile
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

import tomli_w

from nhsdesk.domain.problems import Problem
from nhsdesk.errors import Unwritable

_SAFE = "Your PCN files are not affected."

AS_THE_SYSTEM = "as the system"
LEAST_ZOOM, MOST_ZOOM = 100, 200
MOST_RECENT = 10
_MOST_TOLD = 500
_MOST_LAYOUT = 500
_LONGEST_NAME = 200
_LONGEST_STATE = 50_000
"""A table's columns are kept in some hundred letters; more than this is no layout of ours."""


def account() -> str:
    """The name of whoever is signed in to this computer."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


@dataclass(frozen=True, slots=True)
class Settings:
    """What one person prefers on one computer."""

    display_name: str = ""
    """How this computer is called where people read about it; empty until somebody names it."""
    who: str = field(default_factory=account)
    """The name that history gives to what is done here; whoever is signed in, until somebody says otherwise."""
    recent: tuple[Path, ...] = ()
    """The PCN files last opened, newest first."""
    look: str = AS_THE_SYSTEM
    """Light, dark or high contrast, in the window's own words."""
    zoom: int = LEAST_ZOOM
    """The size of type in the window, between 100 and 200 per cent."""
    layout: dict[str, str] = field(default_factory=dict)
    """How the window was left: sizes, columns and filters, in the window's own words."""
    told: tuple[str, ...] = ()
    """What is said once and was said."""
    problem: Problem | None = field(default=None, compare=False)
    """What was wrong with the file these were read from; never saved."""


def load(path: Path) -> Settings:
    """The preferences in a file, or as many of them as can be read."""
    try:
        return _read(tomllib.loads(path.read_text(encoding="utf-8")), path)
    except FileNotFoundError:
        return Settings()
    except OSError as trouble:
        why = trouble.strerror or "it cannot be opened"
        return Settings(
            problem=Problem(f"Your preferences could not be read from {path.name} ({why}). {_SAFE}")
        )
    except ValueError:  # not TOML, or not UTF-8
        return Settings(problem=_put_aside(path))


def save(settings: Settings, path: Path) -> None:
    """Keep the preferences; the file is either the old one or the new one, never half of each."""
    words = {
        "display_name": _plain(settings.display_name),
        "who": _plain(settings.who),
        "recent": [str(record) for record in settings.recent if _plain(str(record)) == str(record)],
        "look": _plain(settings.look),
        "zoom": _bounded(settings.zoom),
        "layout": _kept_layout(settings.layout),
        "told": [_plain(one) for one in settings.told[-_MOST_TOLD:]],
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, tomli_w.dumps(words).encode("utf-8"))
    except OSError as trouble:
        why = trouble.strerror or "the file cannot be written"
        raise Unwritable(
            f"Your preferences were not kept in {path} ({why}). {_SAFE} Free some space or ask for write access "
            "to that folder."
        ) from trouble


def remembered(settings: Settings, path: Path) -> Settings:
    """The preferences after a PCN file was opened: it stands first among the recent ones."""
    whole = path.absolute()
    others = [one for one in settings.recent if one != whole]
    return replace(settings, recent=(whole, *others)[:MOST_RECENT])


def forgotten(settings: Settings, path: Path) -> Settings:
    """The preferences without that file among the recent ones."""
    return replace(settings, recent=tuple(one for one in settings.recent if one != path))


def _read(words: dict[str, Any], path: Path) -> Settings:
    known: dict[str, Any] = {}
    readable = True
    for name, read in _READ.items():
        try:
            value = read(words.get(name))
        except TypeError:
            readable = False
        else:
            known |= {name: value} if value else {}
    return Settings(**known) if readable else Settings(**known, problem=_put_aside(path))


def _text(value: object) -> str:
    if not isinstance(value, str | None):
        raise TypeError
    return value or ""


def _files(value: object) -> tuple[Path, ...]:
    if not isinstance(value, list | None):
        raise TypeError
    return tuple(Path(_text(name)) for name in value or ())


def _percent(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | None):
        raise TypeError
    return _bounded(value or LEAST_ZOOM)


def _bounded(zoom: int) -> int:
    return min(MOST_ZOOM, max(LEAST_ZOOM, zoom))


def _states(value: object) -> dict[str, str]:
    if not isinstance(value, dict | None):
        raise TypeError
    return _kept_layout({_text(name): _text(state) for name, state in (value or {}).items()})


def _kept_layout(layout: dict[str, str]) -> dict[str, str]:
    """The layout without what cannot be one; a file of preferences stays one that is read at once."""
    plain = ((_plain(name), _plain(state)) for name, state in layout.items())
    fitting = (one for one in plain if len(one[0]) <= _LONGEST_NAME and len(one[1]) <= _LONGEST_STATE)
    return dict(islice(fitting, _MOST_LAYOUT))


def _sentences(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | None):
        raise TypeError
    return tuple(_text(one) for one in (value or ())[-_MOST_TOLD:])


_READ: dict[str, Callable[[object], Any]] = {
    "display_name": _text,
    "who": _text,
    "recent": _files,
    "look": _text,
    "zoom": _percent,
    "layout": _states,
    "told": _sentences,
}


def _put_aside(path: Path) -> Problem:
    broken = "Some of your preferences could not be read and are as they were at first."
    try:
        descriptor, name = tempfile.mkstemp(
            prefix=f"{path.stem}.broken-", suffix=path.suffix, dir=path.parent
        )
        os.close(descriptor)
        path.replace(name)
    except OSError:
        return Problem(f"{broken} {_SAFE}")
    return Problem(f"{broken} The file is kept as {Path(name).name}. {_SAFE}")


def _replace(path: Path, content: bytes) -> None:
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _plain(words: str) -> str:
    """The words without the half characters that a file name may hold and a text file may not."""
    return words.encode("utf-8", "ignore").decode("utf-8")
