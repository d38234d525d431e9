"""Opens what comes from outside in a process of its own, which has only so much time: bytes go in, bytes come out.

Whoever made a file may mean harm, or a scanner may have spoiled it. What brings that process down leaves the window
standing.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nhsdesk

MOST_SECONDS = 60


class Failed(Exception):
    """The process gave nothing; its text is the one word that says why."""


def run(module: str, word: str, data: bytes) -> bytes:
    """What a module makes of bytes; `word` is what a bundle is started with to be that module."""
    try:
        done = subprocess.run(
            starting(module, word),
            input=data,
            capture_output=True,
            timeout=MOST_SECONDS,
            check=False,
            env={**os.environ, "PYTHONPATH": str(Path(nhsdesk.__file__).parents[1])},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        raise Failed("too much") from None
    if done.returncode != 0:
        raise Failed("broken")
    return done.stdout


def starting(module: str, word: str) -> list[str]:
    """How the process is started, from a checkout and from a bundle."""
    if getattr(sys, "frozen", False):
        # Windows ties a program to its console; the one without has nothing to read from or write to.
        program = Path(sys.executable)
        return [str(program.with_name(program.name.replace("-window", ""))), word]
    return [sys.executable, "-P", "-m", module]
