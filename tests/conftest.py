"""The Hypothesis profiles, and the marks that follow from where a test stands.

``max_examples`` is a percentage of what each property asks for in a plain run
(``tests/support/properties.py``). OHJAUSPROSESSI_EFFORT multiplies every profile.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

EFFORT = int(os.environ.get("OHJAUSPROSESSI_EFFORT", "1"))
TESTS = Path(__file__).parent
PROFILES = {"fast": 10, "default": 100, "nightly": 2_000}

for name, percent in PROFILES.items():
    settings.register_profile(name, max_examples=percent * EFFORT, deadline=None)
settings.load_profile("default")  # --hypothesis-profile names another

# Tests that take seconds whatever the profile: parts of their ids.
SLOW = (
    *("goldens/", "property/test_diagram_faults", "processes/test_processes_mutation"),
    *("unit/testing/test_plugin", "unit/testing/test_state_machine", "unit/cli/test_app"),
    *("unit/diagram/output/test_fixed_dot", "unit/diagram/draw/test_table"),
    *("test_python_examples_run", "test_commands_are_understood", "test_a_definition_shrinks"),
    *("unit/cli/commands/test_demo", "test_outputs_are_those_shown", "test_nearly_every_edit"),
    *("test_every_transition_lies_on_a_course", "test_a_second_run_writes_the_same"),
    *("fifteen_branches", "[undecided]"),  # 10,000 situations
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow and what needs a browser; keep a file in one worker.

    Files cache what they load and draw, and the browser is one a session. Properties share nothing
    and are handed out one by one.
    """
    for item in items:
        place = item.path.relative_to(TESTS).as_posix()
        if any(part in f"{place}::{item.name}" for part in SLOW):
            item.add_marker(pytest.mark.slow)
        if place.startswith("browser/"):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
        elif not place.startswith("property/") or "diagram" in place:
            item.add_marker(pytest.mark.xdist_group(place))
