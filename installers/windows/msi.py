"""Makes the Windows packages from a bundle: an MSI for one person, one for a whole computer, and a zip.

    python installers/windows/msi.py [--bundle FOLDER] [--only perUser|perMachine]

The bundle must have been made on Windows. The MSIs are made by WiX 3 (candle and light) or by wixl, whichever is
there; wixl, of msitools, is on Linux too.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from installers import icons
from installers.product import BUILD, BUNDLE, PACKAGES, ROOT, Product, Refused, product

WORDS = ROOT / "installers" / "windows" / "nhsdesk.wxs"
SCOPES = {"perUser": "user", "perMachine": "machine"}
NAMESPACE = "http://schemas.microsoft.com/wix/2006/wi"
_OURS = uuid.UUID("1f0c6c52-7c0b-4b0e-9b69-6e9a4b1b7d00")
_UNFIT_FOR_PROFILES = ("ICE38", "ICE64", "ICE91")
"""Rules of Windows Installer about files in a profile that may roam; AppData\\Local never does."""


def main(arguments: list[str]) -> int:
    """Makes what is asked for; gives 0, or 2 after a sentence."""
    parser = argparse.ArgumentParser(prog="msi.py", description="Make the Windows packages from a bundle.")
    parser.add_argument("--bundle", type=Path, default=BUNDLE, help="the folder of the bundle")
    parser.add_argument("--only", choices=SCOPES, help="only the MSI of this scope")
    asked = parser.parse_args(arguments)
    try:
        refuse_other_systems(asked.bundle)
        made = [msi(asked.bundle, scope) for scope in ([asked.only] if asked.only else SCOPES)]
        made += [] if asked.only else [zipped(asked.bundle)]
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 2
    for path in made:
        print(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}")
    return 0


def refuse_other_systems(bundle: Path) -> None:
    """Refuse a folder that is not a bundle made on Windows."""
    for name in ("nhsdesk.exe", "nhsdesk-window.exe"):
        if not (bundle / name).is_file():
            raise Refused(f"{bundle} holds no {name}: run “python installers/build.py” on Windows first.")


def msi(bundle: Path, scope: str) -> Path:
    """The MSI of one scope, made anew in build/packages."""
    names = sorted(path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if path.is_file())
    icons.make()
    PACKAGES.mkdir(parents=True, exist_ok=True)
    listed = BUILD / "msi" / "files.wxs"
    listed.parent.mkdir(parents=True, exist_ok=True)
    files(names, scope).write(listed, encoding="utf-8", xml_declaration=True)
    told = product()
    target = PACKAGES / f"{told.name}-{told.version}-{SCOPES[scope]}.msi"
    target.unlink(missing_ok=True)
    for command in commands(told, scope, bundle, listed, target):
        if subprocess.run(command, cwd=listed.parent, check=False).returncode:
            raise Refused(f"{Path(command[0]).stem} did not make {target.name}; what it printed is above.")
    return target


def commands(told: Product, scope: str, bundle: Path, listed: Path, target: Path) -> list[list[str]]:
    """What makes the MSI with the tools of this computer."""
    said = {
        "Version": told.version,
        "Maker": told.author,
        "Scope": scope,
        "Bundle": os.path.relpath(bundle, listed.parent),
        "Icon": os.path.relpath(icons.FOLDER / "app.ico", listed.parent),
    }
    sources = [str(WORDS), str(listed)]
    wixl, candle, light = (shutil.which(name) for name in ("wixl", "candle", "light"))
    if candle and light:
        given = [f"-d{name}={value}" for name, value in said.items()]
        objects = [f"{Path(source).stem}.wixobj" for source in sources]
        quiet = [f"-sice:{rule}" for rule in _UNFIT_FOR_PROFILES if scope == "perUser"]
        return [
            [candle, "-nologo", "-arch", "x64", *given, *sources],
            [light, "-nologo", "-spdb", *quiet, "-out", str(target), *objects],
        ]
    if wixl:
        given = [part for name, value in said.items() for part in ("-D", f"{name}={value}")]
        return [[wixl, "--arch", "x64", *given, "-o", str(target), *sources]]
    raise Refused(
        "Neither WiX 3 (candle and light) nor wixl is there: install WiX 3.14, or msitools on Linux."
    )


def zipped(bundle: Path) -> Path:
    """The bundle as a zip, for who may not install anything."""
    told = product()
    base = PACKAGES / f"{told.name}-{told.version}-windows"
    return Path(shutil.make_archive(str(base), "zip", bundle.parent, bundle.name))


# ------------------------------------------------------------------ the list of files


def files(names: Iterable[str], scope: str) -> ElementTree[Element]:
    """Every file of a bundle as a component of its own, by paths below the bundle."""
    wix = Element("Wix", xmlns=NAMESPACE)
    fragment = SubElement(wix, "Fragment")
    group = SubElement(fragment, "ComponentGroup", Id="BundledFiles")
    places: dict[PurePosixPath, Element] = {
        PurePosixPath(): SubElement(fragment, "DirectoryRef", Id="INSTALLDIR")
    }
    for name in names:
        path = PurePosixPath(name)
        key = _id("c", name)
        component = SubElement(_place(places, path.parent), "Component", Id=key, Win64="yes")
        component.set("Guid", str(uuid.uuid5(_OURS, f"{scope}/{name}")).upper())
        file = SubElement(component, "File", Id=_id("f", name), KeyPath="yes", Name=path.name)
        file.set("Source", f"$(var.Bundle)/{name}")
        SubElement(group, "ComponentRef", Id=key)
    indent(wix)
    return ElementTree(wix)


def _place(places: dict[PurePosixPath, Element], folder: PurePosixPath) -> Element:
    """The element of a folder, made with those above it."""
    if folder not in places:
        above = _place(places, folder.parent)
        places[folder] = SubElement(above, "Directory", Id=_id("d", folder.as_posix()), Name=folder.name)
    return places[folder]


def _id(kind: str, name: str) -> str:
    """A name that Windows Installer takes, the same in every version."""
    return f"{kind}{hashlib.sha256(name.encode()).hexdigest()[:32]}"


def ids(tree: ElementTree[Element]) -> Iterator[str]:
    """Every name that a list of files gives to a folder, a component or a file."""
    for element in tree.iter():
        if element.tag in ("Directory", "Component", "File"):
            yield element.attrib["Id"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
