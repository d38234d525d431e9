"""The recipes for systems that are not here are well formed, and say of the program what pyproject.toml says."""

from __future__ import annotations

import plistlib
import re
import shutil
import struct
import subprocess
import tomllib
from configparser import ConfigParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from installers import checkout, contents, debian, icons, product, version_file
from installers.product import ROOT
from installers.windows import msi
from nhsdesk.store import record_file

INSTALLERS = ROOT / "installers"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WORDS = [
    path
    for path in sorted(INSTALLERS.rglob("*"))
    if path.is_file() and "__pycache__" not in path.parts and path.parent.name != "licences"
]


def words(*parts: str) -> str:
    return INSTALLERS.joinpath(*parts).read_text(encoding="utf-8")


def test_what_packages_say_comes_from_the_project() -> None:
    told = product.product()
    assert (told.name, told.version) == (PROJECT["name"], PROJECT["version"])
    assert PROJECT["scripts"] == {"nhsdesk": "nhsdesk.app:main"}
    assert PROJECT["gui-scripts"] == {"nhsdesk-window": "nhsdesk.app:main"}


@pytest.mark.parametrize("path", WORDS, ids=lambda path: path.name)
def test_no_recipe_names_a_version_of_ours_or_a_place_of_a_computer(path: Path) -> None:
    told = path.read_text(encoding="utf-8")
    assert f'"{PROJECT["version"]}"' not in told
    assert str(ROOT) not in told
    assert not re.search(r"/(root|home|Users)/\w", told)


def test_the_file_type_is_the_stores() -> None:
    told = ElementTree.parse(INSTALLERS / "linux" / "nhsdesk.xml").getroot()
    space = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    kind = told.find("m:mime-type", space)
    assert kind is not None
    assert kind.attrib["type"] == product.MIME_TYPE
    glob, number = kind.find("m:glob", space), kind.find(".//m:match[@type='big32']", space)
    assert glob is not None
    assert glob.attrib["pattern"] == f"*{record_file.SUFFIX}"
    assert number is not None
    assert int(number.attrib["value"], 16) == record_file.APPLICATION_ID
    assert product.SUFFIX == record_file.SUFFIX


def test_the_menu_entry_starts_the_program_and_opens_its_files() -> None:
    entry = ConfigParser(interpolation=None)
    entry.read_string(words("linux", "nhsdesk.desktop"))
    told = entry["Desktop Entry"]
    assert told["Exec"].split()[0] == PROJECT["name"]
    assert f"/{told['Exec'].split()[0]}" in f"/{debian.LAUNCHER}"
    assert told["MimeType"] == f"{product.MIME_TYPE};"


def test_the_window_is_proved_with_every_part_of_qt_that_it_names() -> None:
    named = set()
    for path in (ROOT / "nhsdesk").rglob("*.py"):
        named |= set(
            re.findall(r"^\s*(?:from|import) PySide6\.(\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
        )
    assert named & set(contents.QT_UNUSED) == set()


# ------------------------------------------------------------------ Windows

SPACE = {"w": msi.NAMESPACE}
NAMES = [
    "nhsdesk.exe",
    "nhsdesk-window.exe",
    "_internal/PySide6/Qt6Core.dll",
    "_internal/resources/on_costs.csv",
]


def test_the_windows_installer_is_well_formed_and_takes_version_and_maker_from_the_project() -> None:
    root = ElementTree.parse(msi.WORDS).getroot()
    told = root.find("w:Product", SPACE)
    assert told is not None
    assert told.attrib["Version"] == "$(var.Version)"
    assert told.attrib["Manufacturer"] == "$(var.Maker)"
    assert told.attrib["Name"] == PROJECT["name"]
    package = told.find("w:Package", SPACE)
    assert package is not None
    assert package.attrib["InstallScope"] == "$(var.Scope)"
    assert told.find("w:MajorUpgrade", SPACE) is not None
    suffix = f"Software\\Classes\\{record_file.SUFFIX}"
    assert suffix in {value.attrib["Key"] for value in root.iter(f"{{{msi.NAMESPACE}}}RegistryValue")}


def test_no_two_things_in_the_windows_installer_share_a_number() -> None:
    numbers = re.findall(r"[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}", words("windows", "nhsdesk.wxs"))
    assert len(numbers) == len(set(numbers)) == 6


@pytest.mark.parametrize("scope", list(msi.SCOPES))
def test_every_file_of_a_bundle_is_a_component_below_the_folder_it_lies_in(scope: str) -> None:
    tree = msi.files(NAMES, scope)
    root = ElementTree.fromstring(ElementTree.tostring(tree.getroot()))
    sources = [file.attrib["Source"] for file in root.iter(f"{{{msi.NAMESPACE}}}File")]
    assert sources == [f"$(var.Bundle)/{name}" for name in NAMES]
    listed = {one.attrib["Id"] for one in root.iter(f"{{{msi.NAMESPACE}}}ComponentRef")}
    assert listed == {one.attrib["Id"] for one in root.iter(f"{{{msi.NAMESPACE}}}Component")}
    assert len(listed) == len(NAMES)
    folder = root.find(".//w:Directory[@Name='_internal']/w:Directory[@Name='PySide6']/w:Component", SPACE)
    assert folder is not None


def test_names_in_the_windows_installer_are_its_own_and_stay() -> None:
    given = list(msi.ids(msi.files(NAMES, "perUser")))
    assert len(given) == len(set(given))
    assert all(re.fullmatch(r"[a-z][0-9a-f]{32}", one) for one in given)
    assert list(msi.ids(msi.files([*NAMES, "another.dll"], "perUser")))[: len(given)] == given


def test_a_person_and_a_computer_can_both_have_the_program() -> None:
    mine, everybodys = ({c.attrib["Guid"] for c in msi.files(NAMES, s).iter("Component")} for s in msi.SCOPES)
    assert len(mine) == len(NAMES)
    assert mine & everybodys == set()


@pytest.mark.parametrize(("there", "program"), [({"candle", "light"}, "candle"), ({"wixl"}, "wixl")])
def test_the_tool_that_is_there_is_told_version_and_scope(
    there: set[str], program: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: name if name in there else None)
    listed = tmp_path / "files.wxs"
    made = msi.commands(product.product(), "perUser", tmp_path / "bundle", listed, tmp_path / "made.msi")
    assert made[0][0] == program
    assert any(part.endswith(f"Version={PROJECT['version']}") for part in made[0])
    assert any(part.endswith("Scope=perUser") for part in made[0])
    assert {str(msi.WORDS), str(listed)} <= set(made[0])
    assert str(tmp_path / "made.msi") in made[-1]


def test_without_a_tool_or_a_windows_bundle_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(product.Refused, match=r"install WiX 3\.14"):
        msi.commands(product.product(), "perUser", tmp_path, tmp_path / "files.wxs", tmp_path / "made.msi")
    assert msi.main(["--bundle", str(tmp_path)]) == 2
    assert "on Windows first" in capsys.readouterr().err


def test_windows_is_told_what_the_program_is() -> None:
    told = version_file.text(product.product(), "nhsdesk-window")
    compile(told, "version", "eval")
    assert "StringStruct('OriginalFilename', 'nhsdesk-window.exe')" in told
    assert f"StringStruct('ProductVersion', '{PROJECT['version']}')" in told


# ------------------------------------------------------------------ macOS, the spec, the icon


def test_macos_lets_people_put_their_own_qt_in_place() -> None:
    told = plistlib.loads((INSTALLERS / "macos" / "entitlements.plist").read_bytes())
    assert told["com.apple.security.cs.disable-library-validation"] is True


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not here")
def test_the_macos_recipe_is_a_script_that_bash_reads() -> None:
    asked = ["bash", "-n", str(INSTALLERS / "macos" / "build.sh")]
    assert subprocess.run(asked, capture_output=True, check=False).returncode == 0


def test_the_bundle_is_one_folder_and_never_packed() -> None:
    spec = words("nhsdesk.spec")
    compile(spec, "nhsdesk.spec", "exec")
    assert "COLLECT(" in spec
    assert "exclude_binaries=True" in spec
    assert "upx=True" not in spec


def test_the_icon_is_there_for_every_system_and_without_a_drawing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(icons, "DRAWN", tmp_path / "none.svg")
    assert icons.drawing() == icons.PLAIN
    ElementTree.fromstring(icons.PLAIN)
    icons.make(tmp_path)
    assert (tmp_path / "app.icns").read_bytes().startswith(b"icns")
    reserved, kind, count = struct.unpack("<HHH", (tmp_path / "app.ico").read_bytes()[:6])
    assert (reserved, kind) == (0, 1)
    assert count >= 6


def test_what_building_needs_is_installed_with_the_rest() -> None:
    assert "binutils" in checkout.DEBIAN.split()
