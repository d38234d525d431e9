"""What goes into packages is decided by name, and a package that lacks something or tells too much is refused."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from installers import contents, debian, licences, trial, wheels
from installers.product import Refused

NEEDS_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in program is a shell script")


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/lib/libQt6Core.so.6",
        "PySide6/Qt/lib/libQt6Network.so.6",  # Qt PDF is linked with it
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "PySide6/plugins/platforms/qoffscreen.dll",
        "PySide6/Qt/plugins/imageformats/libqsvg.so",
        "PySide6/plugins/styles/qmodernwindowsstyle.dll",
        "PySide6/QtPdfWidgets.abi3.so",
        "PySide6/QtPdf.pyd",
        "PySide6/Qt/translations/qtbase_en.qm",
        "tzdata/zoneinfo/Europe/London",
        "libpython3.11.so.1.0",
        "libcrypto.so.3",
        "libxcb-9065bb12.so.1.1.0",  # a wheel's own
        "resources/rates/on_costs.csv",
    ],
)
def test_what_the_program_needs_is_wanted(name: str) -> None:
    assert contents.is_wanted(name)
    assert contents.is_wanted(name.replace("/", "\\"))


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6/Qt6Qml.dll",
        "PySide6/QtOpenGL.abi3.so",
        "PySide6/opengl32sw.dll",
        "PySide6/Qt/lib/QtVirtualKeyboard.framework/Versions/A/QtVirtualKeyboard",
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/Qt/plugins/egldeviceintegrations/libqeglfs-emu-integration.so",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/plugins/sqldrivers/libqsqlite.so",
        "PySide6/Qt/qml/QtQuick/qmldir",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PIL/_avif.cpython-311-x86_64-linux-gnu.so",
        "libxcb-cursor.so.0",
        "_internal/libglib-2.0.so.0",
        "nhsdesk-1.0.dist-info/direct_url.json",
    ],
)
def test_what_it_does_not_need_is_left_out(name: str) -> None:
    assert not contents.is_wanted(name)
    assert contents.trimmed([(name, "from", "BINARY"), ("main.py", "from", "DATA")]) == [
        ("main.py", "from", "DATA")
    ]


LIKE = [
    "PySide6/Qt/lib/libQt6Core.so.6", "PySide6/Qt/lib/libQt6Pdf.so.6", "PySide6/QtPdfWidgets.abi3.so",
    "PySide6/QtSvg.abi3.so", "PySide6/QtWidgets.abi3.so", "PySide6/Qt/plugins/platforms/libqoffscreen.so",
    "PySide6/Qt/plugins/platforms/libqxcb.so", "sqlcipher3/_sqlite3.so", "python_calamine/_python_calamine.so",
    "lxml/etree.so",
]  # fmt: skip


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A bundle by its names."""
    for name in (*contents.CARRIED, *LIKE):
        (tmp_path / "_internal" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "_internal" / name).write_text("words", encoding="utf-8")
    (tmp_path / "nhsdesk").write_bytes(b"\x7fELF")
    return tmp_path


def test_a_whole_bundle_has_no_faults(tree: Path) -> None:
    assert contents.faults(tree, [tree]) == []
    assert contents.size(tree) == 5 * len([*contents.CARRIED, *LIKE]) + 4


def test_what_is_missing_unwanted_or_tells_of_this_computer_is_named(tree: Path) -> None:
    (tree / "_internal" / "resources" / "rates" / "arrs_rates.csv").unlink()
    (tree / "_internal" / "PySide6" / "QtSvg.abi3.so").unlink()
    (tree / "_internal" / "libQt6Quick.so.6").touch()
    (tree / "_internal" / "lxml" / "etree.so").write_bytes(b"\0" + str(tree / "made here").encode())
    assert contents.faults(tree, [tree / "made here"]) == [
        "resources/rates/arrs_rates.csv is missing.",
        "PySide6/.*QtSvg is missing.",
        "_internal/libQt6Quick.so.6 should not be in it.",
        f"_internal/lxml/etree.so names {tree / 'made here'}.",
    ]


# ------------------------------------------------------------------ the .deb

LISTED = [
    "drwxr-xr-x root/root         0 2026-11-22 12:44 ./",
    *(
        f"-rwxr-xr-x root/root        10 2026-11-22 12:44 ./{name}"
        for name in debian.MUST_HOLD
        if name != debian.LAUNCHER
    ),
    f"lrwxrwxrwx root/root         0 2026-11-22 12:44 ./{debian.LAUNCHER} -> /{debian.PLACE}/nhsdesk",
]
INFO = "".join(
    f" {field}: x\n"
    for field in (
        "Package",
        "Version",
        "Architecture",
        "Maintainer",
        "Depends",
        "Installed-Size",
        "Description",
    )
)


def test_a_package_that_holds_everything_has_no_faults() -> None:
    assert debian.faults("\n".join(LISTED), INFO) == []


def test_a_package_that_lacks_its_launcher_or_a_field_or_belongs_to_somebody_is_refused() -> None:
    assert debian.faults("\n".join(LISTED[:-1]), INFO) == [f"{debian.LAUNCHER} is missing."]
    elsewhere = [*LISTED[:-1], LISTED[-1].replace("-> /opt", "-> /mnt")]
    assert debian.faults("\n".join(elsewhere), INFO) == [f"{debian.LAUNCHER} leads to /mnt/nhsdesk/nhsdesk."]
    assert debian.faults("\n".join(LISTED), INFO.replace(" Depends: x\n", "")) == [
        "It does not say its Depends."
    ]
    strange = "-rw-rw-rw- ann/staff        10 2026-11-22 12:44 ./opt/nhsdesk/a file"
    assert debian.faults("\n".join([*LISTED, strange]), INFO) == [
        "opt/nhsdesk/a file belongs to ann/staff.",
        "Anyone may write opt/nhsdesk/a file.",
    ]


def test_a_package_asks_for_the_libraries_that_it_does_not_carry() -> None:
    told = (
        "Dynamic Section:\n  NEEDED               libc.so.6\n  NEEDED               libxcb.so.1\n"
        "  NEEDED               libQt6Core.so.6\nVersion References:\n  required from libc.so.6:\n"
        "    0x0a 0x00 02 GLIBC_2.4\n    0x0b 0x00 03 GLIBC_2.34\n    0x0c 0x00 04 GLIBC_2.2.5\n"
    )
    needs = debian.needed(told, {"libQt6Core.so.6"})
    assert needs == debian.Needs(frozenset({"libc.so.6", "libxcb.so.1"}), (2, 34))


def test_the_package_of_a_library_is_read_from_what_the_system_tells() -> None:
    told = (
        "diversion by a from: /usr/lib/libb.so.1\nlibxcb1:amd64: /usr/lib/x86_64-linux-gnu/libxcb.so.1\n"
        "libc6:amd64, libc6:i386: /lib/x86_64-linux-gnu/libc.so.6\n"
    )
    assert debian.packages(told) == {"libxcb.so.1": "libxcb1", "libc.so.6": "libc6"}


# ------------------------------------------------------------------ the wheel


def test_a_wheel_carries_the_program_and_what_it_reads() -> None:
    wanted = wheels.wanted()
    assert {"nhsdesk/app.py", "nhsdesk/resources/rates/arrs_rates.csv", "nhsdesk/migrations/env.py"} <= set(
        wanted
    )
    starts = (
        "[console_scripts]\nnhsdesk = nhsdesk.app:main\n\n[gui_scripts]\nnhsdesk-window = nhsdesk.app:main\n"
    )
    assert wheels.faults([*wanted, "nhsdesk-1.dist-info/METADATA"], starts, wanted) == []
    assert wheels.faults([*wanted[1:], "tests/conftest.py"], "", wanted) == [
        f"{wanted[0]} is missing.",
        "tests/conftest.py should not be in it.",
        "“nhsdesk = nhsdesk.app:main” is missing.",
        "“nhsdesk-window = nhsdesk.app:main” is missing.",
    ]


# ------------------------------------------------------------------ licences and the trial


def test_the_licence_of_everything_carried_is_gathered(tmp_path: Path) -> None:
    licences.gather(tmp_path / "licences")
    held = {path.relative_to(tmp_path / "licences").parts[0] for path in (tmp_path / "licences").rglob("*")}
    names = {licences._canonical(library.name) for library in licences.needed()}
    assert names - set(licences.TOLD_BY_US) <= held
    assert {
        "LGPL-3.txt",
        "GPL-3.txt",
        "SQLCipher.txt",
        "Python.txt",
        "nhsdesk.txt",
        "READ ME FIRST.txt",
    } <= held


def test_a_library_without_a_licence_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(licences, "TOLD_BY_US", {})
    with pytest.raises(Refused, match=r"No licence text was found for .*shiboken6"):
        licences.gather(tmp_path / "licences")


def test_the_trial_takes_nothing_of_this_computer_along(tmp_path: Path) -> None:
    told = trial.clean_environment(
        tmp_path, {"PYTHONPATH": "x", "PATH": "/venv/bin", "LANG": "de_DE", "TZ": "Asia/Tokyo"}
    )
    assert told["PYTHONTZPATH"] == ""
    assert told["HOME"] == str(tmp_path)
    assert not {"PYTHONPATH", "LANG", "TZ", "VIRTUAL_ENV"} & told.keys()


def a_program(folder: Path, *lines: str) -> Path:
    """A stand-in for a packaged program."""
    path = folder / "nhsdesk"
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]), encoding="utf-8")
    path.chmod(0o755)
    return path


@NEEDS_POSIX
def test_a_program_that_works_is_believed(tmp_path: Path) -> None:
    program = a_program(tmp_path, 'echo "$@"', f"echo '{trial.WORKS}'")
    assert trial.selftest(program, tmp_path) == [f"selftest --records {tmp_path}", trial.WORKS]


@NEEDS_POSIX
@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("echo 'FAULT: none'", "exit 1"), "ended with 1"),
        (("exit 0",), "ended with 0"),
        (("touch litter", f"echo '{trial.WORKS}'"), "left litter where it was started"),
    ],
)
def test_a_program_that_fails_says_nothing_or_leaves_something_is_refused(
    lines: tuple[str, ...], told: str, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match=told):
        trial.selftest(a_program(tmp_path, *lines), tmp_path)


def test_a_program_that_is_not_there_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="does not start"):
        trial.selftest(tmp_path / "nothing", tmp_path)
