"""How many examples a property looks at, and whether they were worth looking at.

A test states the number for a plain run. The Hypothesis profile scales it: ``max_examples`` of the
profile in force is a percentage, so `fast`, `default` and `nightly` (``tests/conftest.py``) and the
variable OHJAUSPROSESSI_EFFORT reach every property in one place.
"""

from __future__ import annotations

from collections import Counter
from functools import wraps
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Callable

    Test = Callable[..., None]

_FEWEST = 40  # of fewer examples than this no share can be asked
_SEEN: Counter[str] = Counter()


def effort(number: int) -> int:
    """The number of examples, or of anything else, that the profile in force makes of a plain one."""
    return max(1, number * settings().max_examples // 100)


def saw(what: str, times: int = 1) -> None:
    """Count sights of something that ``examples(…, sees=…)`` asks for."""
    _SEEN[what] += times


def examples(
    number: int, *, sees: dict[str, float] | None = None, **more: Any
) -> Callable[[Test], Test]:
    """Run a property on so many examples, and fail it if they show too little.

    Written above ``@given``. A property that looks into only some of its examples drops the others
    by ``assume`` and says ``saw(what)`` where it looks.

    Args:
        number: examples in a plain run.
        sees: thing to look at → how often it must be seen, on average, in an example.
        more: further settings of Hypothesis.
    """
    scaled = effort(number)
    applied = settings(max_examples=scaled, deadline=None, print_blob=True, **more)

    def decorate(test: Test) -> Test:
        run = applied(test)

        @wraps(test)
        def counted(*args: Any, **kwargs: Any) -> None:
            _SEEN.clear()
            run(*args, **kwargs)
            if scaled >= _FEWEST:
                for what, share in (sees or {}).items():
                    assert _SEEN[what] >= share * scaled, f"{what}: seen {_SEEN[what]} of {scaled}"

        return counted

    return decorate


# For properties of raw text and data, where most draws are refused early and that is the point.
ANY_DATA = {"suppress_health_check": list(HealthCheck)}
