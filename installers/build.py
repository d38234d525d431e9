"""Makes the program's packages on this system, and proves that each works where it lands.

    python installers/build.py           the bundle, in build/bundle/nhsdesk
    python installers/build.py --deb     the bundle, and the .deb made from it
    python installers/build.py --wheel   the wheel
    python installers/build.py --all     all of these

Needs what `make setup` installs. Prints how large each is and how long it took.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parent.parent)  # packages import each other as installers.…

from installers import bundle, contents, debian, wheels  # noqa: E402
from installers.product import BUNDLE, ROOT, Refused  # noqa: E402


def main(arguments: list[str]) -> int:
    """Makes and proves what is asked for; gives 0, or 2 after a sentence."""
    asked = _asked(arguments)
    try:
        if asked.wheel or asked.all:
            _timed("The wheel", _wheel)
        if asked.deb or asked.all or not asked.wheel:
            _timed("The bundle", _bundle)
        if asked.deb or asked.all:
            _timed("The .deb", _deb)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 2
    return 0


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="build.py", description="Make the program's packages and prove them."
    )
    parser.add_argument("--wheel", action="store_true", help="make the wheel")
    parser.add_argument("--deb", action="store_true", help="make the bundle and the .deb")
    parser.add_argument("--all", action="store_true", help="make the wheel, the bundle and the .deb")
    return parser.parse_args(arguments)


def _timed(what: str, make: Callable[[], tuple[Path, int]]) -> None:
    begun = time.monotonic()
    path, size = make()
    took = time.monotonic() - begun
    print(
        f"{what} works: {path.relative_to(ROOT)}, {contents.megabytes(size)}, made and proved in {took:.0f} s.",
        flush=True,
    )


def _wheel() -> tuple[Path, int]:
    wheel = wheels.make()
    wheels.check(wheel)
    return wheel, wheel.stat().st_size


def _bundle() -> tuple[Path, int]:
    bundle.make()
    bundle.check()
    return BUNDLE, contents.size(BUNDLE)


def _deb() -> tuple[Path, int]:
    package = debian.make()
    debian.check(package)
    return package, package.stat().st_size


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
