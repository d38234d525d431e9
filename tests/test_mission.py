"""docs/mission.md names every wanted line once, and every test it names exists."""

from __future__ import annotations

import ast
import csv
import os
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MISSION = ROOT / "docs" / "mission.md"
SHARED = ROOT.parent / "shared"

IDENTITY = re.compile(r"F\d{3}|[CEX]\d{1,3}")
HEADING = "line | on the screen | on paper | proved by"
RULER = "--- | --- | --- | ---"
MOST = 3
"""How many lines one test may prove."""


def lines(text: str) -> list[list[str]]:
    """The cells of each line of each table."""
    return [
        [cell.strip() for cell in line.split("|")]
        for line in text.splitlines()
        if "|" in line and line not in (HEADING, RULER)
    ]


def functions_in(path: Path) -> set[str]:
    """The names of the test functions in a file, also of those inside a class."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def faults(text: str, root: Path) -> list[str]:
    """What is wrong with the tables, leaving aside whether they are complete."""
    found = []
    proofs: Counter[str] = Counter()
    for cells in lines(text):
        if len(cells) != 4 or not all(cells) or not IDENTITY.fullmatch(cells[0]):
            found.append(f"{cells} is not one line with four cells")
            continue
        name, _, _, proved = cells
        for proof in [] if proved in ("waiting", "none") else proved.split(","):
            path, _, test = proof.strip().partition("::")
            proofs[proof.strip()] += 1
            if not path.startswith("tests/") or not (root / path).is_file():
                found.append(f"{name}: there is no file {path}")
            elif not test.startswith("test_") or test not in functions_in(root / path):
                found.append(f"{name}: {path} has no test {test}")
    names = Counter(cells[0] for cells in lines(text))
    found += [f"{name} stands {times} times" for name, times in names.items() if times > 1]
    found += [f"{proof} proves {times} lines" for proof, times in proofs.items() if times > MOST]
    return found


def shared(name: str) -> str:
    """The text of a file beside the checkout; without it the test is skipped, and in CI fails."""
    path = SHARED / name
    if not path.is_file():
        missing = f"{name} is not beside this checkout (../shared), so this cannot be compared with it"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return path.read_text(encoding="utf-8")


def named(letters: str) -> list[str]:
    """The lines of some kinds, in the order they stand."""
    found = lines(MISSION.read_text(encoding="utf-8"))
    return [cells[0] for cells in found if cells[0][0] in letters]


def test_the_mission_is_well_formed_and_every_proof_exists() -> None:
    assert faults(MISSION.read_text(encoding="utf-8"), ROOT) == []


def test_every_wanted_row_has_its_line_and_no_other_has() -> None:
    rows = csv.DictReader(shared("domain/rows.csv").splitlines())
    assert named("FC") == [row["id"] for row in rows if row["state"].strip() == "build"]


def test_every_worked_example_of_a_claim_has_its_line() -> None:
    examples = re.findall(r"^\*\*(E\d+) ", shared("domain/arrs.md"), re.MULTILINE)
    assert named("E") == examples == [f"E{number}" for number in range(1, 26)]


def test_every_expectation_where_we_lead_has_its_line() -> None:
    starred = re.findall(r"^\| (\d+) \|[^|]*★", shared("design/expectations.md"), re.MULTILINE)
    assert named("X") == [f"X{number}" for number in starred]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("F001 | Today | waiting | tests/test_gone.py::test_it", "no file tests/test_gone.py"),
        ("F001 | Today | waiting | tests/test_here.py::test_gone", "has no test test_gone"),
        ("F001 | Today | waiting | tests/test_here.py::not_a_test", "has no test not_a_test"),
        ("F001 | Today | waiting | outside.py::test_it", "no file outside.py"),
        ("F001–F003 | Today | waiting | waiting", "not one line"),
        ("F001, F002 | Today | waiting | waiting", "not one line"),
        ("F001 | Today | waiting", "not one line"),
        ("F001 | | waiting | waiting", "not one line"),
        ("F002 | waiting | waiting | waiting\nF002 | waiting | waiting | waiting", "F002 stands 2 times"),
        (
            "\n".join(f"C{number} | waiting | waiting | tests/test_here.py::test_it" for number in range(4)),
            "proves 4 lines",
        ),
    ],
)
def test_a_fault_in_the_mission_is_found(line: str, fault: str, tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    for name in ("tests/test_here.py", "outside.py"):
        (tmp_path / name).write_text(
            "def test_it(): ...\ndef test_other(): ...\ndef not_a_test(): ...\n", encoding="utf-8"
        )
    sound = f"{HEADING}\n{RULER}\nF009 | Today | none | tests/test_here.py::test_other\n"
    assert faults(sound, tmp_path) == []
    assert any(fault in found for found in faults(sound + line, tmp_path))
