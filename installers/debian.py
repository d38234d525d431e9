"""Makes the .deb from the bundle, and proves what it holds and that it works."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import tempfile
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from installers import bundle, contents, icons, trial
from installers.product import BUILD, BUNDLE, OURS, PACKAGES, ROOT, Product, Refused, product

LINUX = ROOT / "installers" / "linux"
SYNOPSIS = "PCN commitments, ARRS claims and papers in one file"
PLACE = "opt/nhsdesk"
LAUNCHER = "usr/bin/nhsdesk"
TREE = BUILD / "deb"
MUST_HOLD = (
    f"{PLACE}/nhsdesk", LAUNCHER, "usr/share/applications/nhsdesk.desktop", "usr/share/mime/packages/nhsdesk.xml",
    "usr/share/icons/hicolor/48x48/apps/nhsdesk.png", "usr/share/icons/hicolor/scalable/apps/nhsdesk.svg",
    "usr/share/doc/nhsdesk/copyright",
)  # fmt: skip
_LINE = re.compile(r"(?P<mode>\S{10}) (?P<owner>\S+)\s+\d+ \S+ \S+ \./(?P<name>.*?)( -> (?P<target>.*))?$")
_AT_WILL = "/platformthemes/"
"""Plugins that are passed over where the desktop they are for is not there."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What the files of a bundle ask of a system: its libraries, and how new a C library."""

    libraries: frozenset[str]
    glibc: tuple[int, ...]


def make() -> Path:
    """Makes the package anew in build/packages from the bundle."""
    if shutil.which("dpkg-deb") is None:
        raise Refused("dpkg-deb is not there: make the .deb on Debian or Ubuntu.")
    told = product()
    architecture = _said("dpkg", "--print-architecture").strip()
    _fill(TREE)
    (TREE / "DEBIAN").mkdir()
    depends = _depends(needs(TREE / PLACE))
    installed = contents.size(TREE) // 1024
    (TREE / "DEBIAN" / "control").write_text(
        control(told, architecture, depends, installed), encoding="utf-8"
    )
    (TREE / "DEBIAN" / "md5sums").write_text(_sums(TREE), encoding="utf-8")
    _plain_modes(TREE)
    PACKAGES.mkdir(parents=True, exist_ok=True)
    package = PACKAGES / f"{told.name}_{told.version}_{architecture}.deb"
    _said("dpkg-deb", "--root-owner-group", "-Zxz", "-z4", "--build", str(TREE), str(package))
    return package


def control(told: Product, architecture: str, depends: Iterable[str], installed: int) -> str:
    """What the package says of itself."""
    return (
        f"Package: {told.name}\nVersion: {told.version}\nArchitecture: {architecture}\nMaintainer: {told.author}\n"
        f"Installed-Size: {installed}\nDepends: {', '.join(depends)}\nSection: misc\nPriority: optional\n"
        f"Description: {SYNOPSIS}\n{textwrap.indent(textwrap.fill(told.summary + '.', 78), ' ')}\n"
    )


def _fill(tree: Path) -> None:
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(BUNDLE, tree / PLACE, symlinks=True)
    link = tree / LAUNCHER
    link.parent.mkdir(parents=True)
    link.symlink_to(f"/{PLACE}/nhsdesk")
    share = tree / "usr" / "share"
    laid = {
        "applications/nhsdesk.desktop": LINUX / "nhsdesk.desktop",
        "mime/packages/nhsdesk.xml": LINUX / "nhsdesk.xml",
        "doc/nhsdesk/copyright": LINUX / "copyright",
        "icons/hicolor/scalable/apps/nhsdesk.svg": icons.FOLDER / "app.svg",
    }
    laid |= {f"icons/hicolor/{n}x{n}/apps/nhsdesk.png": icons.FOLDER / f"{n}.png" for n in icons.SIZES}
    for name, source in laid.items():
        (share / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, share / name)


def _sums(tree: Path) -> str:
    files = sorted(path for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
    named = [(path, path.relative_to(tree)) for path in files if path.relative_to(tree).parts[0] != "DEBIAN"]
    return "".join(
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {name.as_posix()}\n"
        for path, name in named
    )


def _plain_modes(tree: Path) -> None:
    """Modes that do not depend on who made the tree."""
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if runs else 0o644)


# ------------------------------------------------------------------ what it needs of the system


def needs(tree: Path) -> Needs:
    """What the program files of a tree ask for and do not find in it."""
    programs = [
        path for path in sorted(tree.rglob("*")) if path.is_file() and not path.is_symlink() and _is_elf(path)
    ]
    asked = [str(path) for path in programs if _AT_WILL not in path.as_posix()]
    own = {path.name for path in tree.rglob("*.so*")}
    return needed(_said("objdump", "-p", *asked), own)


def needed(told: str, own: Iterable[str]) -> Needs:
    """What objdump tells of the needs of program files, without what they carry themselves."""
    libraries = frozenset(re.findall(r"^\s+NEEDED\s+(\S+)", told, re.MULTILINE)) - set(own)
    versions = [tuple(map(int, found.split("."))) for found in re.findall(r"\bGLIBC_([\d.]+)", told)]
    return Needs(libraries, max(versions, default=()))


def _is_elf(path: Path) -> bool:
    with path.open("rb") as read:
        return read.read(4) == b"\x7fELF"


def _depends(asked: Needs) -> list[str]:
    """The system's packages that hold what is needed."""
    told = _said("dpkg-query", "--search", *(f"*/{name}" for name in sorted(asked.libraries)))
    held = packages(told)
    missing = sorted(asked.libraries - held.keys())
    if missing:
        raise Refused(f"No package of this system holds {', '.join(missing)}, which the bundle needs.")
    newest = ".".join(map(str, asked.glibc))
    return [f"libc6 (>= {newest})", *sorted(set(held.values()) - {"libc6"})]


def packages(told: str) -> dict[str, str]:
    """The package that holds each library, out of the words of dpkg-query."""
    rows = [line.rpartition(": ") for line in told.splitlines() if not line.startswith("diversion")]
    return {path.rpartition("/")[2]: names.split(",")[0].partition(":")[0] for names, _, path in rows}


# ------------------------------------------------------------------ what was made


def check(package: Path) -> None:
    """Refuses a package that lacks something or tells of this computer; runs the self-test of what it would install."""
    told = faults(_said("dpkg-deb", "--contents", str(package)), _said("dpkg-deb", "--info", str(package)))
    with tempfile.TemporaryDirectory(prefix="nhsdesk-deb-") as passing:
        _said("dpkg-deb", "--extract", str(package), passing)
        told += contents.faults(Path(passing) / PLACE, OURS)
        if told:
            raise Refused("\n".join([*told, "The .deb does not hold what it should."]))
        trial.selftest(bundle.program(Path(passing) / PLACE))


def faults(listed: str, info: str) -> list[str]:
    """What is wrong with a package, by what dpkg-deb tells of it."""
    lines = [found for found in map(_LINE.match, listed.splitlines()) if found]
    links = {line["name"]: line["target"] for line in lines}
    told = [f"{name} is missing." for name in MUST_HOLD if name not in links]
    if links.get(LAUNCHER) not in (None, f"/{PLACE}/nhsdesk"):
        told.append(f"{LAUNCHER} leads to {links[LAUNCHER]}.")
    told += [f"{line['name']} belongs to {line['owner']}." for line in lines if line["owner"] != "root/root"]
    told += [
        f"Anyone may write {line['name']}." for line in lines if line["mode"][8] == "w" and not line["target"]
    ]
    for field in (
        "Package",
        "Version",
        "Architecture",
        "Maintainer",
        "Depends",
        "Installed-Size",
        "Description",
    ):
        if not re.search(rf"^ {field}: \S", info, re.MULTILINE):
            told.append(f"It does not say its {field}.")
    return told + [f"It names {place}." for place in OURS if str(place) in listed + info]


def _said(*asked: str) -> str:
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refused(f"{done.stderr}{asked[0]} did not do what it was asked for.")
    return done.stdout
