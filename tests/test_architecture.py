"""The shape of the house holds, and each check that holds it is seen to fail on a planted breach.

The shape is told in docs/architecture.md, section 2, and kept by the import contracts and banned names of
pyproject.toml. A breach is planted in a copy of the program's modules, never in the checkout.
"""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "nhsdesk"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = {contract["id"]: contract["name"] for contract in PROJECT["tool"]["importlinter"]["contracts"]}
BANNED: dict[str, dict[str, str]] = PROJECT["tool"]["ruff"]["lint"]["flake8-tidy-imports"]["banned-api"]
CLOCKS = {name for name in BANNED if name.startswith(("datetime.", "time."))}
LONGEST = 450
MODULES = sorted(path.relative_to(ROOT).as_posix() for path in PACKAGE.rglob("*.py"))


# ------------------------------------------------------------------ who may import whom


def lint_imports(where: Path) -> tuple[set[str], str]:
    """The contracts that the modules in a folder break, and everything that was printed."""
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    asked = [sys.executable, "-c", program, "--no-cache"]
    environment = {**os.environ, "COLUMNS": "300"}
    answer = subprocess.run(asked, cwd=where, env=environment, capture_output=True, text=True, check=False)
    printed = answer.stdout + answer.stderr
    broken = {key for key, name in CONTRACTS.items() if re.search(rf"{re.escape(name)}.* BROKEN", printed)}
    kept = {key for key, name in CONTRACTS.items() if re.search(rf"{re.escape(name)}.* KEPT", printed)}
    assert broken | kept == set(CONTRACTS), printed
    assert (answer.returncode != 0) is bool(broken), printed
    return broken, printed


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the program's modules, to plant a breach in."""
    for name in ["pyproject.toml", *MODULES]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    return tmp_path


def plant(where: Path, module: str, code: str) -> None:
    """Add code to a module, which is made when there is none."""
    path = where / f"{module.replace('.', '/')}.py"
    path = path.parent / path.stem / "__init__.py" if (path.parent / path.stem).is_dir() else path
    path.parent.mkdir(parents=True, exist_ok=True)
    for package in path.relative_to(where).parents[:-1]:
        (where / package / "__init__.py").touch()
    path.write_text(
        (path.read_text(encoding="utf-8") if path.exists() else "") + f"\n{code}\n", encoding="utf-8"
    )


def test_every_import_keeps_to_the_contracts() -> None:
    assert lint_imports(ROOT)[0] == set()


@pytest.mark.parametrize(
    ("lower", "higher"),
    [
        ("domain.planted", "errors"),
        ("domain.planted", "store"),
        ("errors", "documents"),
        ("paths", "store"),
        ("settings", "papers"),
        ("log", "commands"),
        ("resources", "sections"),
        ("store.planted", "documents"),
        ("documents.planted", "store"),
        ("store.planted", "papers"),
        ("papers", "sections"),
        ("sections.planted", "returns"),
        ("returns.planted", "briefings"),
        ("briefings.planted", "imports"),
        ("imports.planted", "returns"),
        ("returns.planted", "commands"),
        ("commands.planted", "desktop"),
        ("desktop.planted", "selftest"),
        ("selftest", "cli"),
        ("cli", "app"),
    ],
)
def test_a_storey_that_leans_on_a_higher_one_is_found(lower: str, higher: str, copy: Path) -> None:
    plant(copy, f"nhsdesk.{higher}", "")
    plant(copy, f"nhsdesk.{lower}", f"import nhsdesk.{higher}")
    broken, printed = lint_imports(copy)
    assert broken == {"storeys"}
    assert f"nhsdesk.{lower.partition('.')[0]} is not allowed to import nhsdesk.{higher}" in printed


def test_a_module_without_a_place_is_found(copy: Path) -> None:
    plant(copy, "nhsdesk.planted", "")
    broken, printed = lint_imports(copy)
    assert broken == {"storeys"}
    assert "- nhsdesk.planted" in printed


def test_the_modules_beside_the_settings_may_lean_on_each_other(copy: Path) -> None:
    plant(copy, "nhsdesk.errors", "import nhsdesk.paths")
    plant(copy, "nhsdesk.paths", "import nhsdesk.log")
    assert lint_imports(copy)[0] == set()


@pytest.mark.parametrize("kind", ["returns", "briefings", "imports"])
def test_two_papers_of_one_kind_that_know_each_other_are_found(kind: str, copy: Path) -> None:
    plant(copy, f"nhsdesk.{kind}.planted", "import nhsdesk.domain")
    plant(copy, f"nhsdesk.{kind}.planted_too", f"from nhsdesk.{kind} import planted")
    broken, printed = lint_imports(copy)
    assert broken == {kind}
    assert f"nhsdesk.{kind}.planted_too is not allowed to import nhsdesk.{kind}.planted" in printed


@pytest.mark.parametrize(
    ("contract", "module", "names"),
    [
        ("qt", "nhsdesk.commands.planted", "PySide6.QtCore shiboken6"),
        ("database", "nhsdesk.papers", "sqlalchemy.orm alembic sqlcipher3.dbapi2"),
        ("database", "nhsdesk.store.planted", "sqlite3"),
        (
            "paper",
            "nhsdesk.returns.planted",
            "openpyxl.styles lxml.etree reportlab.pdfgen python_calamine defusedxml.ElementTree",
        ),
        ("threads", "nhsdesk.store.planted", "concurrent.futures multiprocessing"),
    ],
)
def test_a_library_out_of_its_place_is_found(contract: str, module: str, names: str, copy: Path) -> None:
    for name in names.split():
        plant(copy, module, f"import {name}")
    broken, printed = lint_imports(copy)
    assert broken == {contract}
    for name in names.split():
        assert re.search(rf"{re.escape(module)} -> {name.partition('.')[0]}\b", printed)


def test_a_library_in_the_domain_is_found(copy: Path) -> None:
    plant(copy, "nhsdesk.domain.planted", "import click\nimport cattrs\nimport sqlalchemy")
    broken, printed = lint_imports(copy)
    assert broken == {"domain", "database"}
    for name in ("click", "cattrs", "sqlalchemy"):
        assert f"nhsdesk.domain.planted -> {name}" in printed


def test_libraries_in_their_place_are_no_breach(copy: Path) -> None:
    plant(copy, "nhsdesk.desktop.background", "import concurrent.futures\nimport PySide6.QtCore")
    plant(copy, "nhsdesk.desktop.arrs.claims_page", "import PySide6.QtWidgets")
    plant(copy, "nhsdesk.selftest", "import PySide6.QtWidgets")
    plant(copy, "nhsdesk.app", "import PySide6.QtWidgets")
    plant(copy, "nhsdesk.store.planted", "import sqlalchemy\nimport alembic.config\nimport sqlcipher3.dbapi2")
    plant(copy, "nhsdesk.documents.planted", "import lxml.etree\nimport reportlab.pdfgen")
    assert lint_imports(copy)[0] == set()


def test_every_library_kept_in_its_place_is_one_that_can_be_imported() -> None:
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    names = {name for contract in contracts for name in contract.get("forbidden_modules", [])}
    assert {name for name in names if importlib.util.find_spec(name) is None} == set()


def imported(path: Path) -> set[str]:
    """The names of the modules that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add("." * node.level + (node.module or ""))
    return found


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith("nhsdesk/domain/")])
def test_the_domain_imports_only_python_and_itself(module: str) -> None:
    foreign = {
        name
        for name in imported(ROOT / module)
        if name.partition(".")[0] not in sys.stdlib_module_names
        and name != "nhsdesk.domain"
        and not name.startswith("nhsdesk.domain.")
    }
    assert foreign == set()


def test_migrations_spell_everything_out() -> None:
    paths = sorted((ROOT / "migrations").rglob("*.py"))
    leaning = {path.name for path in paths for name in imported(path) if name.partition(".")[0] == "nhsdesk"}
    assert leaning == set()


# ------------------------------------------------------------------ banned names

BREACHES = [
    ("datetime.date.today", "from datetime import date\n\nday = date.today()\n"),
    ("datetime.date.today", "import datetime as dt\n\nday = dt.date.today()\n"),
    ("datetime.datetime.now", "from datetime import UTC, datetime\n\nmoment = datetime.now(UTC)\n"),
    ("datetime.datetime.utcnow", "from datetime import datetime\n\nmoment = datetime.utcnow()\n"),
    ("datetime.datetime.today", "from datetime import datetime\n\nmoment = datetime.today()\n"),
    ("time.time", "import time\n\nmoment = time.time()\n"),
    ("time.time", "from time import time\n\nmoment = time()\n"),
    ("PySide6.QtCore.QThreadPool", "from PySide6.QtCore import QThreadPool\n\npool = QThreadPool()\n"),
    (
        "PySide6.QtCore.QThreadPool",
        "from PySide6 import QtCore\n\npool = QtCore.QThreadPool.globalInstance()\n",
    ),
    (
        "concurrent.futures",
        "from concurrent.futures import ThreadPoolExecutor\n\npool = ThreadPoolExecutor()\n",
    ),
    ("concurrent.futures", "import concurrent.futures\n\npool = concurrent.futures.ThreadPoolExecutor()\n"),
]


def ruff(*words: str, code: str | None = None) -> str:
    """What ruff finds; nothing when all is well."""
    asked = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--no-cache",
        "--quiet",
        "--output-format=concise",
        *words,
    ]
    answer = subprocess.run(asked, cwd=ROOT, input=code, capture_output=True, text=True, check=False)
    assert answer.returncode in (0, 1), answer.stderr
    return answer.stdout


@pytest.mark.parametrize(("name", "code"), BREACHES)
@pytest.mark.parametrize(
    "module",
    [
        "domain/claims.py",
        "store/journal.py",
        "commands/papers.py",
        "selftest.py",
        "papers.py",
        "desktop/window.py",
    ],
)
def test_a_banned_name_is_found(name: str, code: str, module: str) -> None:
    found = ruff("--select=TID251", f"--stdin-filename=nhsdesk/{module}", "-", code=code)
    assert f"`{name}` is banned: {BANNED[name]['msg']}" in found


@pytest.mark.parametrize(("name", "code"), BREACHES)
def test_a_banned_name_is_let_through_only_where_it_belongs(name: str, code: str) -> None:
    allowed = ["app.py", "cli.py", "desktop/today_page.py", "desktop/arrs/claims_page.py"]
    for module in allowed if name in CLOCKS else ["desktop/background.py"]:
        assert ruff("--select=TID251", f"--stdin-filename=nhsdesk/{module}", "-", code=code) == ""


def test_every_banned_name_has_its_breach() -> None:
    assert {name for name, _ in BREACHES} == set(BANNED)


@pytest.mark.parametrize(
    ("names", "may"),
    [
        (CLOCKS, re.compile(r"nhsdesk/(app|cli|desktop/(.+/)?\w*page\w*)\.py")),
        (set(BANNED) - CLOCKS, re.compile(r"nhsdesk/desktop/background\.py")),
    ],
    ids=["clocks", "threads"],
)
def test_a_place_that_may_use_one_banned_name_uses_no_other(names: set[str], may: re.Pattern[str]) -> None:
    banned = ", ".join(f"{json.dumps(name)} = {{ msg = '' }}" for name in sorted(names))
    others = [module for module in MODULES if not may.fullmatch(module)]
    rule = f"lint.flake8-tidy-imports.banned-api = {{ {banned} }}"
    assert ruff("--isolated", "--select=TID251", "--ignore-noqa", f"--config={rule}", *others) == ""


# ------------------------------------------------------------------ what a file may be


@pytest.mark.parametrize("module", MODULES)
def test_a_file_says_what_it_is_for_and_is_one_chapter(module: str) -> None:
    text = (ROOT / module).read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), f"{module} does not say what it is for"
    assert len(text.splitlines()) <= LONGEST, f"{module} is longer than {LONGEST} lines"


# Pattern, and an example in two parts: so that this file does not find itself.
WORDS_OF_WORK = [
    (r"\b[Ii]ssu[e] #?\d", "Issu", "e 2"),
    (r"\b[Pp]has[e] \d", "phas", "e 1"),
    (r"\b[Ss]prin[t] \d", "Sprin", "t 3"),
    (r"\bTOD[O]\b", "TOD", "O: finish"),
    (r"\bFIXM[E]\b", "FIXM", "E"),
    (r"\bXX[X]\b", "XX", "X"),
    (r"\bHAC[K]\b", "HAC", "K"),
    (r"\bWI[P]\b", "WI", "P"),
    (r"/wor[k]/", "/wor", "k/main"),
    (r"/roo[t]/", "/roo", "t/.venv"),
    (r"\bpyp[i]\.", "pyp", "i.org"),
    (r"\bpythonhoste[d]\.", "files.pythonhoste", "d.org"),
]
TEXTS = {".py", ".md", ".toml", ".txt", ".yaml", ".yml", ".mako"}
NAMES = {"Makefile", "LICENSE", ".gitignore", ".gitattributes", "run"}
WRITTEN = sorted(
    path
    for folder in ("nhsdesk", "tests", "migrations", "installers", "docs", ".ci", "resources")
    for path in (ROOT / folder).rglob("*")
    if (path.suffix in TEXTS or path.name in NAMES) and path.is_file() and "__pycache__" not in path.parts
)
AT_THE_TOP = sorted(path for path in ROOT.iterdir() if path.suffix in TEXTS or path.name in NAMES)


@pytest.mark.parametrize("path", [*AT_THE_TOP, *WRITTEN], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_file_tells_of_the_work_on_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = [match[0] for pattern, *_ in WORDS_OF_WORK for match in re.finditer(pattern, text)]
    assert found == []


@pytest.mark.parametrize(("pattern", "begins", "ends"), WORDS_OF_WORK)
def test_each_word_of_the_work_would_be_found(pattern: str, begins: str, ends: str) -> None:
    assert re.search(pattern, f"# {begins}{ends}\n")
