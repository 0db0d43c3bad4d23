"""Ask one question within limits: ``python -m benchmarks.judges with_pm4py 4``."""

from __future__ import annotations

import json
import math
import resource
import sys
from importlib import import_module
from time import process_time

from benchmarks.judges import GIGABYTES, SECONDS
from benchmarks.measuring import seconds_each

LONG = 1.0  # a question that takes longer is asked once


def main() -> None:
    """Print the answer, last of whatever else the library prints."""
    _, judge, branches = sys.argv
    resource.setrlimit(resource.RLIMIT_AS, (GIGABYTES << 30,) * 2)
    question = import_module(f"benchmarks.judges.{judge}").question(int(branches))
    begin = process_time()
    until = math.ceil(begin) + SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (until, until + SECONDS))
    sound = question()
    seconds = process_time() - begin
    if seconds < LONG:
        seconds = seconds_each(question)
    print(json.dumps({"sound": sound, "seconds": seconds}))


if __name__ == "__main__":
    main()
