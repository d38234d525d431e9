"""Where the program finds its own data, and where this computer keeps what belongs to this person.

The program's data lie at the top of a checkout and of a bundle, and inside the package of a wheel. A person's files
lie in the local profile: a roaming one is copied at sign-in, and Documents is often a synchronised folder, where a
record can be harmed.
"""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs

from nhsdesk.errors import DeskError

_NAME = "nhsdesk"


def resources() -> Path:
    """The folder of shipped data: fonts, icons, rates, bank holidays, the demonstration."""
    return _carried("resources")


def migrations() -> Path:
    """The folder of steps that bring an older record up to date."""
    return _carried("migrations")


def guide() -> Path:
    """The folder of the user guide, a page to a file."""
    return _carried("docs/guide")


def settings_file() -> Path:
    """This person's preferences on this computer."""
    return platformdirs.user_config_path(_NAME, appauthor=False, roaming=False) / "settings.toml"


def log_folder() -> Path:
    """Where the program keeps its log."""
    return platformdirs.user_log_path(_NAME, appauthor=False)


def records_folder() -> Path:
    """Where a new record is offered to lie."""
    return platformdirs.user_data_path(_NAME, appauthor=False, roaming=False) / "PCN files"


def words_folder() -> Path:
    """Where words being typed are kept while their PCN file cannot be written."""
    return platformdirs.user_data_path(_NAME, appauthor=False, roaming=False) / "Words kept"


def _carried(name: str) -> Path:
    package = Path(__file__).resolve().parent
    bundle = getattr(sys, "_MEIPASS", None)
    places = [package, Path(bundle)] if bundle else [package]
    for place in [*places, package.parent]:
        if (place / name).is_dir():
            return place / name
    raise DeskError(
        f"The program is incomplete: its folder “{name}” is missing. Your PCN files are not affected. "
        "Install the program again."
    )
