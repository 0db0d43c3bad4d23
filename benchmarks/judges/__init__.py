"""Who else says whether a process is sound: one module per library.

Each has ``NAME``, as it is installed, and ``question(branches)``: a function that asks whether so many
parallel branches are sound, everything it takes being built already. The time and the memory that
a question takes can grow beyond any measure, so it is asked in a process of its own: ``ask``.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple

JUDGES = {"with_pm4py": "pm4py", "with_rust": "rust-bpmn-analyzer-bindings"}
SECONDS = 20  # of the processor, from the question on
GIGABYTES = 4


class Answer(NamedTuple):
    """What a judge said and how long it took in seconds, or why it said nothing."""

    sound: bool | None
    seconds: float | None = None
    gave_up: str = ""


def installed(judge: str) -> str | None:
    """The version of a judge's library; None if it is not installed."""
    try:
        return version(JUDGES[judge])
    except PackageNotFoundError:
        return None


def ask(judge: str, branches: int) -> Answer:
    """What a judge says about a net with so many branches.

    Raises:
        RuntimeError: it failed otherwise than by taking too much.
    """
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.judges", judge, str(branches)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  ours
    if done.returncode == 0:
        return Answer(**json.loads(done.stdout.splitlines()[-1]))
    if done.returncode == -signal.SIGXCPU:
        return Answer(None, gave_up=f"gave up after {SECONDS} s")
    if done.returncode == -signal.SIGABRT or "MemoryError" in done.stderr:
        return Answer(None, gave_up=f"gave up at {GIGABYTES} GB")
    raise RuntimeError(f"{judge} failed on {branches} branches:\n{done.stderr}")
