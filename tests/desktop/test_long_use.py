"""The window outlives a day's work."""

from __future__ import annotations

import subprocess
import sys

_CALLS = """
import nhsdesk.desktop
from PySide6.QtCore import QObject, Signal

class Said(QObject):
    word = Signal()

one = Said()
for _ in range(100_000):
    one.setObjectName("x")
    one.word.emit()
    one.blockSignals(False)
print("still here")
"""


def test_a_hundred_thousand_calls_of_qt_do_not_end_the_program() -> None:
    done = subprocess.run([sys.executable, "-c", _CALLS], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "still here\n", "")


def test_without_what_guards_it_an_older_python_would_lose_its_none() -> None:
    """Says when the guard may go: once Qt no longer takes a reference at each call."""
    counted = """
import sys
from PySide6.QtCore import QObject

one, before = QObject(), sys.getrefcount(None)
for _ in range(1_000):
    one.setObjectName("x")
print(before - sys.getrefcount(None) >= 900 or sys.version_info >= (3, 12))
sys.stdout.flush()
__import__("os")._exit(0)
"""
    done = subprocess.run([sys.executable, "-c", counted], capture_output=True, text=True, check=False)
    assert done.stdout == "True\n"
