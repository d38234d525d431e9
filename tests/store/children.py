"""Other processes for the tests of the store, forked from one that has everything imported and nothing open."""

from __future__ import annotations

import _strptime  # type: ignore[import-not-found]  # noqa: F401 — found late, by a user who may not read where Python lies
import multiprocessing
import os
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

import pytest

PATIENCE = 30
"""Seconds after which a child that says nothing counts as stuck."""

others: Any = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
if sys.platform != "win32":
    others.set_forkserver_preload(["pytest", "hypothesis", "tests.store.at_work"])

only_posix = pytest.mark.skipif(sys.platform == "win32", reason="signals, limits and users of Unix")


def begin(target: Callable[..., object], *args: Any) -> Any:
    """A child at work."""
    child = others.Process(target=target, args=args, daemon=True)
    child.start()
    return child


def heard(pipe: Connection) -> Any:
    """What a child says, within reason."""
    assert pipe.poll(PATIENCE), "the child says nothing"
    return pipe.recv()


def _answer(target: Callable[..., object], pipe: Connection, args: tuple[Any, ...]) -> None:
    try:
        pipe.send((True, target(*args)))
    except BaseException as error:
        pipe.send((False, f"{type(error).__name__}: {error}"))


def asked(target: Callable[..., object], *args: Any) -> Any:
    """What a function comes to in a process of its own."""
    here, there = others.Pipe()
    child = begin(_answer, target, there, args)
    there.close()
    done, answer = heard(here)
    child.join(PATIENCE)
    assert done, answer
    return answer


def become_nobody() -> None:
    """Goes on as a user without rights; for a child process, to its end."""
    if os.geteuid() == 0:
        os.setegid(65534)
        os.seteuid(65534)
