"""What a newcomer types works, and what would be installed is exactly what was locked."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["requirements/run.txt", "requirements/dev.txt"]
PIN = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[\w.]+)( ; (?P<marker>[^\\]+?))? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
NEEDS_POSIX = pytest.mark.skipif(os.name == "nt", reason="make and bash are not at home on Windows")


def words(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def recipe(target: str, *given: str) -> str:
    """What make would run for a target."""
    asked = ["make", "--dry-run", "--no-print-directory", target, *given]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout


# ------------------------------------------------------------------ locks


def pins(lock: str) -> dict[tuple[str, str], str]:
    """The version of each package, and for which systems, in a lock."""
    found = [PIN.fullmatch(line) for line in words(lock).splitlines() if not line.startswith("    ")]
    return {(pin["name"], pin["marker"] or ""): pin["version"] for pin in found if pin}


def canonical(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower().replace("_", "-")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_is_only_versions_and_hashes(lock: str) -> None:
    for line in words(lock).splitlines():
        assert PIN.fullmatch(line) or HASH.fullmatch(line), line


@pytest.mark.parametrize("lock", LOCKS)
@pytest.mark.parametrize(
    "address", ["http", "file:", "--index-url", "--extra-index-url", "--find-links", "@", "/"]
)
def test_a_lock_names_no_address(lock: str, address: str) -> None:
    assert address not in words(lock)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash(lock: str) -> None:
    lines = words(lock).splitlines()
    bare = [
        pin
        for pin, after in zip(lines, [*lines[1:], ""], strict=True)
        if "==" in pin and "--hash" not in after
    ]
    assert bare == []


def test_what_the_program_runs_on_is_what_it_is_tested_on() -> None:
    run, dev = pins(LOCKS[0]), pins(LOCKS[1])
    assert run.items() <= dev.items()


@pytest.mark.parametrize(("lock", "groups"), [(LOCKS[0], ["run"]), (LOCKS[1], ["run", "dev"])])
def test_everything_asked_for_is_locked(lock: str, groups: list[str]) -> None:
    project = tomllib.loads(words("pyproject.toml"))
    asked = {"run": project["project"]["dependencies"], **project["dependency-groups"]}
    wanted = {canonical(requirement) for group in groups for requirement in asked[group]}
    assert wanted <= {name for name, _ in pins(lock)}
    assert canonical(project["build-system"]["requires"][0]) in {name for name, _ in pins(LOCKS[1])}


# ------------------------------------------------------------------ make


@NEEDS_POSIX
def test_the_two_commands_of_the_readme_are_there() -> None:
    commands = re.findall(r"^    make (\w+)$", words("README.md"), re.MULTILINE)
    assert commands == ["demo", "test"]
    for command in commands:
        assert "installers/checkout.py" in recipe(command)  # each makes .venv ready first


@NEEDS_POSIX
def test_help_names_every_target() -> None:
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    phony = re.search(r"^\.PHONY: (.*)$", words("Makefile"), re.MULTILINE)
    assert phony
    assert re.findall(r"^  make (\w+)", listed, re.MULTILINE) == phony[1].split()


@NEEDS_POSIX
def test_the_demonstration_uses_the_published_file_only_where_there_is_one(tmp_path: Path) -> None:
    assert "--reference" not in recipe("demo", "REFERENCE=nowhere.csv")
    (tmp_path / "published.csv").touch()
    assert f"--reference {tmp_path}/published.csv" in recipe("demo", f"REFERENCE={tmp_path}/published.csv")


def a_program(folder: Path, name: str, script: str) -> None:
    """Put a program into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (folder / name).chmod(0o755)


def make_setup(folder: Path, *given: str) -> subprocess.CompletedProcess[str]:
    """Run `make setup` where only some programs are to be found."""
    make = shutil.which("make")
    assert make
    asked = [make, "--no-print-directory", "-C", str(ROOT), "setup", *given]
    return subprocess.run(asked, env={"PATH": str(folder)}, capture_output=True, text=True, check=False)


@NEEDS_POSIX
def test_a_python_that_does_not_start_is_passed_over(tmp_path: Path) -> None:
    a_program(tmp_path, "sh", 'exec /bin/sh "$@"')
    a_program(tmp_path, "python3.13", "echo 'python3.13: command not found' >&2; exit 127")
    a_program(tmp_path, "python3.12", 'if [ "$1" = -c ]; then exit 0; fi; echo "3.12 runs $1"')
    answer = make_setup(tmp_path)
    assert (answer.returncode, answer.stdout) == (0, "3.12 runs installers/checkout.py\n")


@NEEDS_POSIX
def test_the_python_that_is_asked_for_is_used(tmp_path: Path) -> None:
    a_program(tmp_path, "my python", 'echo "mine runs $1"')
    answer = make_setup(tmp_path, f"PYTHON={tmp_path}/my python")
    assert (answer.returncode, answer.stdout) == (0, "mine runs installers/checkout.py\n")


@NEEDS_POSIX
def test_without_any_python_make_says_what_to_install(tmp_path: Path) -> None:
    answer = make_setup(tmp_path)
    assert answer.returncode == 2
    assert answer.stderr.startswith(
        "nhsdesk needs Python 3.11, 3.12 or 3.13 and found none: install Python 3.13"
    )


# ------------------------------------------------------------------ the script that makes a checkout ready


@pytest.fixture(scope="module")
def checkout() -> ModuleType:
    specification = importlib.util.spec_from_file_location("checkout", ROOT / "installers" / "checkout.py")
    assert specification
    assert specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def is_one_sentence(text: str) -> bool:
    """Whether a text is one sentence; full stops inside names and versions do not count."""
    return "\n" not in text and len(re.findall(r"[.!?](?= |$)", text)) == 1 and text.endswith(".")


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 10, 13), (3, 14, 0), (4, 0, 0)])
def test_another_python_is_refused_in_a_sentence(version: tuple[int, int, int], checkout: ModuleType) -> None:
    with pytest.raises(checkout.Refused, match=r"install Python 3\.13") as refused:
        checkout.refuse_python(version)
    assert is_one_sentence(str(refused.value))
    assert f"Python {version[0]}.{version[1]}" in str(refused.value)


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 1), (3, 13, 9)])
def test_a_python_it_is_made_for_is_taken(version: tuple[int, int, int], checkout: ModuleType) -> None:
    checkout.refuse_python(version)


def test_the_refused_pythons_are_those_the_project_refuses(checkout: ModuleType) -> None:
    requires = tomllib.loads(words("pyproject.toml"))["project"]["requires-python"]
    (oldest, newest) = checkout.OLDEST, checkout.NEWEST
    assert requires == f">={oldest[0]}.{oldest[1]},<{newest[0]}.{newest[1] + 1}"


def test_a_missing_library_is_named_in_a_sentence_with_what_to_install(checkout: ModuleType) -> None:
    printed = (
        'Traceback (most recent call last):\n  File "<string>", line 1, in <module>\n'
        "ImportError: libEGL.so.1: cannot open shared object file: No such file or directory\n"
    )
    with pytest.raises(checkout.Refused) as refused:
        checkout.refuse_missing_library(printed)
    sentence = str(refused.value)
    assert is_one_sentence(sentence)
    assert sentence.startswith("This computer has no libEGL.so.1,")
    assert "sudo apt-get install libegl1 " in sentence
    assert "sudo dnf install libglvnd-egl " in sentence


@pytest.mark.parametrize("printed", ["Traceback …\nImportError: wrong kind of file\n", ""])
def test_another_fault_of_qt_is_said_in_a_sentence_too(printed: str, checkout: ModuleType) -> None:
    with pytest.raises(
        checkout.Refused, match="Qt, which draws the program's window, does not start"
    ) as refused:
        checkout.refuse_missing_library(printed)
    assert is_one_sentence(str(refused.value))


def test_a_python_without_its_venv_part_is_refused_in_a_sentence(checkout: ModuleType) -> None:
    checkout.refuse_without_venv(True)
    with pytest.raises(checkout.Refused, match=r"sudo apt-get install python3\.\d+-venv") as refused:
        checkout.refuse_without_venv(False)
    assert is_one_sentence(str(refused.value))


def test_a_checkout_is_made_ready_again_only_when_something_changed(
    checkout: ModuleType, tmp_path: Path
) -> None:
    lock, project = tmp_path / "dev.txt", tmp_path / "pyproject.toml"
    lock.write_text("a==1", encoding="utf-8")
    project.write_text("b", encoding="utf-8")
    ready = checkout.digest(lock, project, tmp_path, (3, 11, 7))
    assert checkout.digest(lock, project, tmp_path, (3, 11, 8)) == ready
    assert checkout.digest(lock, project, tmp_path, (3, 12, 1)) != ready
    assert checkout.digest(lock, project, tmp_path / "moved", (3, 11, 7)) != ready
    project.write_text("c", encoding="utf-8")
    assert checkout.digest(lock, project, tmp_path, (3, 11, 7)) != ready
    project.write_text("b", encoding="utf-8")
    lock.write_text("a==2", encoding="utf-8")
    assert checkout.digest(lock, project, tmp_path, (3, 11, 7)) != ready


def test_a_venv_that_cannot_be_used_is_known(checkout: ModuleType, tmp_path: Path) -> None:
    venv = tmp_path / ".venv"
    assert not checkout.usable(venv, (3, 11))
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    assert not checkout.usable(venv, sys.version_info[:3])  # nothing can be installed into it
    assert checkout.usable(Path(sys.prefix), sys.version_info[:3])
    assert not checkout.usable(Path(sys.prefix), (3, sys.version_info[1] + 1))


def test_a_step_that_fails_is_named_in_a_sentence(checkout: ModuleType) -> None:
    with pytest.raises(checkout.Refused, match="Installing the requirements did not work") as refused:
        checkout.run("Installing the requirements", sys.executable, "-c", "raise SystemExit(1)")
    assert is_one_sentence(str(refused.value))


# ------------------------------------------------------------------ CI

STUB = "setup check test demo packages:\n\t@echo made $@\n"


def ci(clone: Path, makefile: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run .ci/run in a folder where make only tells what it was asked for."""
    (clone / ".ci").mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / ".ci" / "run", clone / ".ci" / "run")
    (clone / "Makefile").write_text(makefile, encoding="utf-8")
    asked = ["bash", ".ci/run"]
    # Run by make themselves, the tests must not tell the make below that it is one of its own.
    own = {
        name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")
    }
    environment = {**own, **environment}
    return subprocess.run(asked, cwd=clone, env=environment, capture_output=True, text=True, check=False)


@NEEDS_POSIX
def test_ci_stops_at_once_without_the_public_files(tmp_path: Path) -> None:
    answer = ci(tmp_path / "clone", STUB)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert is_one_sentence(answer.stderr.strip())
    assert "../shared/data" in answer.stderr


@NEEDS_POSIX
def test_ci_checks_tests_demonstrates_and_packages(tmp_path: Path) -> None:
    (tmp_path / "shared" / "data").mkdir(parents=True)
    answer = ci(tmp_path / "clone", STUB)
    assert answer.returncode == 0
    first, *beside_each_other, last = answer.stdout.splitlines()
    assert (first, last) == ("made setup", "made test")
    assert sorted(beside_each_other) == [f"made {target}" for target in ("check", "demo", "packages")]


@NEEDS_POSIX
@pytest.mark.parametrize("failing", ["check", "test", "demo", "packages"])
def test_ci_fails_with_whatever_fails(failing: str, tmp_path: Path) -> None:
    (tmp_path / "shared" / "data").mkdir(parents=True)
    answer = ci(tmp_path / "clone", f"setup check test demo packages:\n\t@test $@ != {failing}\n")
    assert answer.returncode != 0


@NEEDS_POSIX
@pytest.mark.parametrize(("user", "ends"), [("0", 0), ("1000", 2)])
def test_ci_installs_missing_system_libraries_where_it_may(user: str, ends: int, tmp_path: Path) -> None:
    (tmp_path / "shared" / "data").mkdir(parents=True)
    programs = tmp_path / "programs"
    a_program(programs, "id", f"echo {user}")
    a_program(programs, "apt-get", 'echo "apt-get $*"; [ "$1" = update ] || touch installed')
    a_program(tmp_path / "clone" / ".venv" / "bin", "python", "echo liba libb")
    setup = "setup:\n\t@test -e installed\ncheck test demo packages:\n\t@echo made $@\n"
    answer = ci(tmp_path / "clone", setup, PATH=f"{programs}{os.pathsep}{os.environ['PATH']}")
    assert answer.returncode == ends
    assert ("apt-get install -y -qq --no-install-recommends liba libb" in answer.stdout) is (ends == 0)
    assert ("made test" in answer.stdout) is (ends == 0)
